"""What the HTML pages need beside them: their stylesheets and the fonts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handouts.build.folders import Folders
from handouts.build.foreign import foreign_in_style
from handouts.build.inputs import Inputs, Recorder, files_in
from handouts.diagnostics import Diagnostic, error

FOLDER = "assets"
ENTRIES = ("web.css", "report.css", "library.css")
"""The stylesheets of the twins, of the report and of the library page."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?["']?([^"')\s;]+)""")
_OF_FONTS = frozenset({".ttf", ".otf", ".md", ".txt"})
"""Fonts and their licences; nothing else in the folder is published."""


@dataclass(frozen=True, slots=True)
class Assets:
    """What is published beside the HTML pages.

    Attributes:
        files: by path below the output folder.
        inputs: what they were read from.
        problems: why some files are left out.
    """

    files: Mapping[str, bytes]
    inputs: Inputs
    problems: tuple[Diagnostic, ...]


def assets_of(folders: Folders) -> Assets:
    """The stylesheets and fonts of a project.

    The stylesheets keep their places to one another, and so do the fonts, so that every address in
    them stays right.
    """
    collection = _Collection(folders, Recorder(folders))
    for entry in ENTRIES:
        collection.add_style(entry)
    for folder in folders.styles:
        collection.add_fonts(folder)
    return Assets(
        collection.files, collection.recorder.inputs, tuple(dict.fromkeys(collection.problems))
    )


@dataclass(slots=True)
class _Collection:
    folders: Folders
    recorder: Recorder
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def add_style(self, name: str) -> None:
        """A stylesheet and all it imports; what is not there is left to the reader's browser."""
        target = f"{FOLDER}/{name}"
        if target in self.files or name.startswith("../"):
            return
        path = self.folders.styles[0] / name
        try:
            data = self.recorder.read(path)
        except FileNotFoundError:
            return
        except OSError as problem:
            self.problems.append(unreadable(path, problem, self.folders))
            return
        self.files[target] = data
        text = data.decode(errors="replace")
        for imported in _IMPORT.findall(_COMMENT.sub("", text)):
            if ":" not in imported and not imported.startswith("/"):
                self.add_style(
                    posixpath.normpath(posixpath.join(posixpath.dirname(name), imported))
                )
        for line, address in foreign_in_style(text):
            self.files.pop(target, None)
            self.problems.append(
                error(
                    "foreign-resource",
                    f"the stylesheet would load `{address}` from the web",
                    path=self.folders.shown(path),
                    line=line,
                    hint="put the file into styles/",
                )
            )

    def add_fonts(self, folder: Path) -> None:
        """The fonts in a folder with stylesheets, with their licences."""
        self.recorder.search(folder / "fonts")
        for path in files_in(folder / "fonts"):
            if path.suffix.lower() not in _OF_FONTS:
                continue
            try:
                data = self.folders.inside(path).read_bytes()
            except OSError as problem:
                self.problems.append(unreadable(path, problem, self.folders))
            else:
                self.files.setdefault(f"{FOLDER}/{path.relative_to(folder).as_posix()}", data)


def unreadable(path: Path, problem: OSError, folders: Folders) -> Diagnostic:
    """That a file can't be read, and why."""
    reason = problem.strerror or str(problem)
    return error("unreadable-file", f"the file can't be read: {reason}", path=folders.shown(path))
