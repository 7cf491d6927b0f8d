"""The folders of one build: where the content is, where templates are found, where files go."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from handouts.build.builtin import builtin_folder
from handouts.build.request import InvalidRequest
from handouts.diagnostics import Diagnostic, error

BUILTIN = "built-in "

_SHOWN = 80
"""Letters of a name that are shown where it can't be the name of a file."""

CACHED = (
    "files", "editions", "builds", "words", "loaded", "fonts",
    "preview", "preview/build", "preview/served",
)  # fmt: skip
"""The folders of the cache."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one project. All paths are absolute.

    Attributes:
        root: the project; paths are shown relative to it.
        content: the folder that holds ``project.yaml``.
        output: where a build writes.
    """

    root: Path
    content: Path
    output: Path

    @property
    def cache(self) -> Path:
        """What may be thrown away at any time."""
        return self.root / ".cache" / "handouts"

    @property
    def templates(self) -> tuple[Path, ...]:
        """Where templates are looked for, the project's own folder first."""
        return _layers(self.root, "templates")

    @property
    def styles(self) -> tuple[Path, ...]:
        """Where stylesheets and fonts are looked for, the project's own folder first."""
        return _layers(self.root, "styles")

    def name(self, path: Path) -> str:
        """The name of a file that is the same wherever the project lies."""
        if path.is_relative_to(self.root):
            return path.relative_to(self.root).as_posix()
        for folder in ("templates", "styles"):
            base = builtin_folder(folder)
            if path.is_relative_to(base):
                return f"{BUILTIN}{folder}/{path.relative_to(base).as_posix()}".rstrip("/.")
        return path.as_posix()

    def path(self, name: str) -> Path:
        """The file of a name that ``name`` gave."""
        if name.startswith(BUILTIN):
            folder, _, rest = name.removeprefix(BUILTIN).partition("/")
            return builtin_folder(folder) / rest
        return self.root / name

    def inside(self, path: Path) -> Path:
        """Where a file really lies that a page is made from or that is published.

        Raises:
            FileNotFoundError: there is none.
            OSError: it is a link that leads out of the project or nowhere, or it is no file.
        """
        try:
            real = path.resolve(strict=True)
        except (FileNotFoundError, NotADirectoryError):
            if path.is_symlink():
                raise OSError(errno.ELOOP, "it is a link that leads nowhere", str(path)) from None
            raise
        except RuntimeError:
            raise OSError(errno.ELOOP, "it is a link into itself", str(path)) from None
        places = (self.root, *self.templates[-1:], *self.styles[-1:])
        if not any(real.is_relative_to(each) for each in places):
            raise OSError(errno.EACCES, "it is a link out of the project", str(path))
        if real.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
        if not real.is_file():
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        return real

    def shown(self, path: Path) -> str:
        """A path as people see it; a built-in file where the project has no such file itself."""
        for layers in (self.templates, self.styles):
            for layer in layers:
                if path.is_relative_to(layer):
                    rest = path.relative_to(layer)
                    places = [each / rest for each in layers]
                    found = (each for each in places if each.exists() or each.is_symlink())
                    return self.name(next(found, path))
        return self.name(path)


@lru_cache(maxsize=64)  # asked for with each file that is read
def _layers(root: Path, name: str) -> tuple[Path, ...]:
    return tuple(dict.fromkeys((root / name, builtin_folder(name))))


def find_folders(content: str | None, output: str | None, here: Path) -> Folders:
    """The folders of the project that is meant.

    Args:
        content: the content folder as given by the user, or None for ``content/`` in ``here``.
        output: the output folder as given, or None for ``output/`` beside the content.
        here: what relative paths start from.

    Raises:
        InvalidRequest: ``no-project``, there is no ``project.yaml``; ``output-in-input``;
            ``linked-cache``.
    """
    folder = (here / (content or "content")).resolve()
    try:
        is_there = (folder / "project.yaml").is_file()
    except OSError as problem:  # a name too long, or a folder that nobody may look into
        shown = (content or "content/")[:_SHOWN]
        reason = f"{shown} can't be looked at: {problem.strerror}"
        raise InvalidRequest((error("no-project", reason),)) from None
    if not is_there:
        hint = (
            "give the folder that holds project.yaml"
            if content
            else "run in the folder above content/, or give --content FOLDER"
        )
        name = content or "content/"
        raise InvalidRequest((error("no-project", f"{name} holds no project.yaml", hint=hint),))
    folders = Folders(
        folder.parent, folder, (here / output).resolve() if output else folder.parent / "output"
    )
    for kept in (folder, *folders.templates, *folders.styles, folders.cache):
        message = None
        if folders.output.is_relative_to(kept):
            message = f"the output can't lie in {folders.name(kept)}, which a build reads"
        elif kept.is_relative_to(folders.output):
            message = f"the output can't be a folder that holds {folders.name(kept)}"
        if message is not None:
            raise InvalidRequest((error("output-in-input", message, hint="choose another folder"),))
    links = tuple(map(_linked, _links_in_cache(folders)))
    if links:
        raise InvalidRequest(links)
    return folders


def _links_in_cache(folders: Folders) -> Iterator[str]:
    """Folders of the cache that are links: what is written and removed there would lie elsewhere.

    A project may come from anybody.
    """
    cache = folders.cache
    for path in (cache.parent, cache, *(cache / each for each in CACHED)):
        if path.is_symlink():
            yield folders.name(path)


def _linked(path: str) -> Diagnostic:
    return error(
        "linked-cache",
        "a folder of the cache is a link, and what a build removes there may be yours",
        path=path,
        hint="remove the link; a build makes the folder anew",
    )
