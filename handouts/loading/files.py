"""Text files as people save them, read with every problem named."""

from __future__ import annotations

import itertools
import re
import stat
from typing import TYPE_CHECKING

from handouts.diagnostics import Diagnostic, InvalidInput, error

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 2 * 1024 * 1024
"""Larger files are refused: no content file comes near it."""

UNPRINTABLE = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\xac\xae-\u200a\u2010-\u2027\u202f-\u205f\u2065-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Controls, surrogates, byte order marks, what ends a line only for some programs, and what no
reader sees: soft hyphens, joiners, zero-width spaces, overrides of direction (isolates may be)."""

_MOST_UNPRINTABLE = 10
_BYTE_ORDER_MARK = "\ufeff"


def is_left_lying(name: str) -> bool:
    """Whether a file is what Emacs (``.#en.md``) or macOS (``._en.md``) put beside another one."""
    return name.startswith((".#", "._"))


def read_text(path: Path, shown: str) -> str:
    r"""The text of a file, without a byte order mark and with ``\n`` at the end of every line.

    Args:
        path: the file.
        shown: its path as diagnostics print it.

    Raises:
        InvalidInput: ``missing-file``, ``unreadable-file``, ``file-too-large``, ``not-utf8`` or
            ``empty-file`` (white space alone counts as empty).
    """
    content = _read_bytes(path, shown)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise _invalid(_not_utf8(content, problem.start, shown)) from None
    text = text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise _invalid(error("empty-file", "the file is empty", path=shown))
    return text


def unprintable(text: str, shown: str, first_line: int = 1) -> tuple[Diagnostic, ...]:
    """Characters that can't stand in a text (``bad-character``), the first few of them.

    Args:
        text: the text.
        shown: path of its file as diagnostics print it.
        first_line: line of that file in which the text starts.
    """
    found = itertools.islice(UNPRINTABLE.finditer(text), _MOST_UNPRINTABLE)
    return tuple(
        error(
            "bad-character",
            f"the invisible character U+{ord(each[0]):04X} can't stand here",
            path=shown,
            line=first_line + text.count("\n", 0, each.start()),
            column=each.start() - text.rfind("\n", 0, each.start()),
            hint="delete it",
        )
        for each in found
    )


def _read_bytes(path: Path, shown: str) -> bytes:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            kind = "a directory" if stat.S_ISDIR(mode) else "not a regular file"
            raise _unreadable(f"it is {kind}", shown)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise _invalid(error("missing-file", "there is no such file", path=shown)) from None
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the path
        reason = getattr(problem, "strerror", None) or problem
        raise _unreadable(str(reason), shown) from None
    if len(content) > MOST_BYTES:
        message = f"the file is larger than {MOST_BYTES // 1024**2} MiB"
        raise _invalid(error("file-too-large", message, path=shown, hint="split it"))
    return content


def _not_utf8(content: bytes, bad: int, shown: str) -> Diagnostic:
    start = content.rfind(b"\n", 0, bad) + 1
    before = content[start:bad].decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    return error(
        "not-utf8",
        f"the byte 0x{content[bad]:02x} is not UTF-8 text",
        path=shown,
        line=content.count(b"\n", 0, bad) + 1,
        column=len(before) + 1,
        hint="save the file with the encoding UTF-8",
    )


def _unreadable(reason: str, shown: str) -> InvalidInput:
    return _invalid(error("unreadable-file", f"the file can't be read: {reason}", path=shown))


def _invalid(diagnostic: Diagnostic) -> InvalidInput:
    return InvalidInput((diagnostic,))


def shown_path(path: Path, root: Path) -> str:
    """A path as people see it: relative to the project where it lies in it, with slashes."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()
