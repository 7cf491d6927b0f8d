"""Files in the content that no program can do anything with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from handouts.build.folders import Folders
from handouts.build.inputs import files_in, leads_out
from handouts.diagnostics import Diagnostic, error


def odd_files(folders: Folders) -> Iterator[Diagnostic]:
    """``not-a-file`` for pipes and devices, which are not read; ``bad-name`` for names.

    ``unreadable-file`` for folders that are links out of the project; files that are, loading says.
    """
    for path in files_in(folders.content):
        name = folders.name(path)
        if not is_text(name):
            yield error(
                "bad-name",
                "the name is not UTF-8",
                path=printable(name),
                hint="rename the file or its folder",
            )
        elif path.is_dir() and leads_out(path, folders.root):
            yield error(
                "unreadable-file",
                "the folder can't be read: it is a link out of the project",
                path=name,
                hint="copy what it holds to this place",
            )
        elif path.exists() and not path.is_file():
            yield _no_file(path, folders)


def _no_file(path: Path, folders: Folders) -> Diagnostic:
    return error(
        "not-a-file",
        "this is a pipe or a device, no file",
        path=folders.name(path),
        hint="take it out of the content",
    )


def is_text(name: str) -> bool:
    """Whether a name is text: the system gives bytes that are not UTF-8 as surrogates."""
    return printable(name) == name


def printable(name: str) -> str:
    """A name with what is not UTF-8 escaped."""
    return name.encode(errors="backslashreplace").decode()
