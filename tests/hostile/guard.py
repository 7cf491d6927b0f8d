"""Watches what Python does on the way: sockets, programs, and files outside of what is allowed.

An audit hook (PEP 578) can't be taken away, so there is one for the whole process, and it looks
only while a guard is on. What C libraries open by themselves (Fontconfig, Pango) it does not see.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.projects import ROOT

FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork",
    "ftplib.", "http.client.", "urllib.", "smtplib.", "webbrowser.",
)  # fmt: skip
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
NAMING = frozenset({"os.rename", "os.link", "os.symlink", "os.mkdir"})

READABLE = tuple(
    Path(each).resolve()
    for each in (
        ROOT, sys.prefix, sys.base_prefix, "/usr/lib", "/usr/share", "/etc/fonts", "/dev/null",
        "/proc/self", "/etc/mime.types", "/etc/ld.so.cache",
    )
)  # fmt: skip

_TEMPORARY = Path(tempfile.gettempdir()).resolve()
_OF_LAYOUT = ("weasyprint-", f"handouts-fonts-{os.getuid()}")
"""Folders that the layout engine makes for fonts of a page."""


@dataclass
class Guard:
    """What was done while it was on.

    Attributes:
        forbidden: sockets and programs, as the audit event and its arguments.
        read: files that were opened to be read.
        written: files, and folders, that were opened or made to be written.
    """

    forbidden: list[str] = field(default_factory=list)
    read: set[Path] = field(default_factory=set)
    written: set[Path] = field(default_factory=set)

    def outside(self, folders: Iterable[Path]) -> set[Path]:
        """Files outside of these folders, and of Python and this program, that were touched."""
        own = [each.resolve() for each in folders]
        state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
        allowed = (*own, *READABLE, (state / "handouts").resolve())
        return {
            path
            for path in (*self.read, *self.written)
            if not any(path.is_relative_to(each) for each in allowed)
            and not (path.parent == _TEMPORARY and path.name.startswith(_OF_LAYOUT))
        }

    def see(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            if isinstance(path, str | bytes | os.PathLike):
                writes = bool((flags or 0) & WRITES) or any(each in "wax+" for each in mode or "")
                (self.written if writes else self.read).add(_resolved(path))
        elif event in NAMING:
            self.written.add(_resolved(arguments[0 if event == "os.mkdir" else 1]))
        elif event.startswith(FORBIDDEN):
            self.forbidden.append(f"{event} {arguments!r}")


def _resolved(path: Any) -> Path:
    name = os.fsdecode(path)
    return Path(name).absolute() if "\0" in name else Path(os.path.realpath(name))


_on: list[Guard] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    for guard in tuple(_on):
        guard.see(event, arguments)


_installed: list[bool] = []


@contextmanager
def watched() -> Iterator[Guard]:
    """A guard that is on inside."""
    if not _installed:
        sys.addaudithook(_hook)
        _installed.append(True)
    guard = Guard()
    _on.append(guard)
    try:
        yield guard
    finally:
        _on.remove(guard)
