"""Problems as values: what is wrong, where, how bad, and what to do about it.

A stage collects every problem it meets and hands them on together. ``InvalidInput`` carries the
ones that stop a stage; any other exception is a bug and shows its traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is. Only errors stop a document; a note never changes the exit code."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem.

    Attributes:
        severity: how bad it is.
        code: stable kebab-case name, explained in ``codes.yaml`` beside this file.
        message: one sentence in lower case without a full stop.
        path: the file the reader can mend, relative to the project where it lies inside it.
        line: line in that file, from 1.
        column: column in that line, from 1.
        hint: what to do about it.
    """

    severity: Severity
    code: str
    message: str
    path: str | None = None
    line: int | None = None
    column: int | None = None
    hint: str | None = None

    @property
    def place(self) -> str:
        """``path:line:column``, as far as it is known."""
        if self.path is None:
            return "handouts"
        parts = [self.path]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)

    def __str__(self) -> str:
        text = f"{self.place}: {self.severity}: {self.message} [{self.code}]"
        return f"{text}\n  hint: {self.hint}" if self.hint else text

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of reading: by file, then by place in it."""
        return (self.path or "", self.line or 0, self.column or 0, self.code, self.message)


def error(
    code: str,
    message: str,
    *,
    path: str | None = None,
    line: int | None = None,
    column: int | None = None,
    hint: str | None = None,
) -> Diagnostic:
    """A diagnostic of severity ``error``."""
    return Diagnostic(Severity.ERROR, code, message, path, line, column, hint)


def warning(
    code: str,
    message: str,
    *,
    path: str | None = None,
    line: int | None = None,
    column: int | None = None,
    hint: str | None = None,
) -> Diagnostic:
    """A diagnostic of severity ``warning``."""
    return Diagnostic(Severity.WARNING, code, message, path, line, column, hint)


def note(
    code: str,
    message: str,
    *,
    path: str | None = None,
    line: int | None = None,
    column: int | None = None,
    hint: str | None = None,
) -> Diagnostic:
    """A diagnostic of severity ``note``."""
    return Diagnostic(Severity.NOTE, code, message, path, line, column, hint)


@dataclass
class InvalidInput(Exception):  # noqa: N818  (it is not an error of the program)
    """What a person wrote can't be used; ``diagnostics`` says why, all problems at once."""

    diagnostics: tuple[Diagnostic, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        super().__init__("\n".join(str(each) for each in self.diagnostics))

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics without repeats, by file and place."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda each: each.sort_key))


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest known name, or lists the few there are."""
    candidates = sorted(known)
    near = difflib.get_close_matches(name, candidates, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    if 0 < len(candidates) <= 12:
        return "known here: " + ", ".join(f"`{each}`" for each in candidates)
    return None
