"""What a document was made from, by the content of each file: recorded while it is read.

A file that was looked for and not found is an input too, and so is the list of files in a folder
that was searched: when one appears, the document may come out differently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handouts.build.folders import Folders


@dataclass(frozen=True, slots=True)
class Inputs:
    """Digests of what was read, by the names that ``Folders`` gives; None for what was not there.

    Attributes:
        files: single files.
        trees: folders with everything in them.
        values: what was taken out of many files, such as all names with digits.
    """

    files: Mapping[str, str | None] = field(default_factory=dict)
    trees: Mapping[str, str | None] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    def are_current(self, digests: Digests) -> bool:
        """Whether files and folders still hold what was read."""
        return all(digests.tree(name) == digest for name, digest in self.trees.items()) and all(
            digests.file(name) == digest for name, digest in self.files.items()
        )

    def with_(self, *others: Inputs) -> Inputs:
        """These and others together."""
        files, trees, values = dict(self.files), dict(self.trees), dict(self.values)
        for other in others:
            files.update(other.files)
            trees.update(other.trees)
            values.update(other.values)
        return Inputs(files, trees, values)


@dataclass(slots=True)
class Digests:
    """Digests of files as they are now, each read once."""

    folders: Folders
    _files: dict[str, str | None] = field(default_factory=dict)
    _trees: dict[str, str | None] = field(default_factory=dict)

    def file(self, name: str) -> str | None:
        """The digest of a file, None if it is not there."""
        if name not in self._files:
            path = self.folders.path(name)
            is_own = path.is_relative_to(self.folders.root)
            out = is_own and leads_out(path, self.folders.root)
            self._files[name] = None if out else file_digest(path)
        return self._files[name]

    def tree(self, name: str) -> str | None:
        """The digest of a folder, None if it is not there."""
        if name not in self._trees:
            self._trees[name] = tree_digest(self.folders.path(name))
        return self._trees[name]


@dataclass(slots=True)
class Recorder:
    """Reads files and writes down what it read.

    A stylesheet is asked for in the project's own folder; where that has none of the name, the
    built-in one is given, so that an override may import built-in files and the other way round.
    """

    folders: Folders
    files: dict[str, str | None] = field(default_factory=dict)
    trees: dict[str, str | None] = field(default_factory=dict)

    def read(self, path: Path) -> bytes:
        """The bytes of a file.

        Raises:
            OSError: it can't be read; FileNotFoundError is recorded.
        """
        own, *others = self.folders.styles
        if others and path.is_relative_to(own):
            rest = path.relative_to(own)
            for layer in (own, *others[:-1]):
                try:
                    return self._read(layer / rest)
                except FileNotFoundError:
                    continue
            path = others[-1] / rest
        return self._read(path)

    def search(self, folder: Path) -> None:
        """Record a folder with everything in it."""
        self.trees[self.folders.name(folder)] = tree_digest(folder)

    def add(self, inputs: Inputs | Recorder) -> None:
        """Record what was read for something that is used again."""
        self.files.update(inputs.files)
        self.trees.update(inputs.trees)

    @property
    def inputs(self) -> Inputs:
        """What was read so far."""
        return Inputs(dict(self.files), dict(self.trees))

    def _read(self, path: Path) -> bytes:
        name = self.folders.name(path)
        try:
            data = self.folders.inside(path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            self.files[name] = None
            raise FileNotFoundError(str(path)) from None
        except OSError:
            self.files[name] = None
            raise
        self.files[name] = digest_of(data)
        return data


def digest_of(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def file_digest(path: Path) -> str | None:
    """The digest of a file, None if it is not there or can't be read, or is a pipe or device."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def tree_digest(folder: Path) -> str | None:
    """The digest of all files below a folder, their names included; None if it is not there."""
    if not folder.is_dir():
        return None
    root = folder.resolve().parent
    lines = (
        f"{digest} {path.relative_to(folder).as_posix()}"
        for path in files_in(folder)
        for digest in (None if leads_out(path, root) else file_digest(path),)
    )
    return digest_of("\n".join(lines).encode(errors="surrogateescape"))


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path is, or lies behind, a link out of a folder."""
    try:
        return not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link into itself leads nowhere
        return False


def files_in(
    folder: Path, above: frozenset[Path] = frozenset(), root: Path | None = None
) -> Iterator[Path]:
    """All files below a folder but hidden ones, in order of names; links are followed once.

    A link to a folder out of the project, which is the one that this folder lies in, is not
    followed: it stands for itself.
    """
    real = folder.resolve()
    root = root or real.parent
    if real in above or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not leads_out(path, root):
            yield from files_in(path, above | {real}, root)
        else:
            yield path
