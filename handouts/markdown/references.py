"""References in prose: ``{{ fact | format }}``, ``{{ 3 | plain }}`` and ``[@statement]``.

A number enters prose only by a reference to a fact, or, when it is no clinical number, with the
format ``plain``. ``[@file.statement]`` prints nothing of its own: it says which statement of the
evidence the words rest on, so that its source and how it was seen come with them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

PLAIN = "plain"
"""The format that lets a plain count stand: it is what to search for to see them all."""

_REFERENCE = re.compile(
    r"""\{\{\s*(?P<subject>"[^"{}]*"|[^\s|{}"]+)\s*(?:\|\s*(?P<format>[a-z0-9-]+)\s*)?\}\}"""
    r"""|\[@(?P<statement>[A-Za-z0-9.-]+)\]"""
)
_BROKEN = re.compile(r"\{\{|\}\}|\[@")


_COUNT = re.compile(r"\d{1,6}|[^\W\d_]+(?:[ -][^\W\d_]+){0,2}")
"""What can be a plain count: a whole number, or a number in at most three words."""


class ReferenceKind(StrEnum):
    """What a reference stands for."""

    FACT = "fact"
    PLAIN = "plain"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: what it names, the format asked for, and where it stands."""

    kind: ReferenceKind
    subject: str
    format: str | None
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class BrokenReference:
    """Braces that open or close no reference."""

    line: int
    column: int


def place_in(text: str, offset: int, line: int, column: int) -> tuple[int, int]:
    """Line and column of an offset in a text that starts at the given line and column."""
    before = text[:offset]
    newlines = before.count("\n")
    if newlines:
        return line + newlines, offset - before.rfind("\n")
    return line, column + offset


def split(
    text: str, line: int, column: int = 1
) -> tuple[list[str | Reference], list[BrokenReference]]:
    """The text cut at its references, and the braces that make no reference."""
    parts: list[str | Reference] = []
    broken: list[BrokenReference] = []
    end = 0
    for match in _REFERENCE.finditer(text):
        _keep(text, end, match.start(), parts, broken, line, column)
        place = place_in(text, match.start(), line, column)
        if match["format"] == PLAIN and not _COUNT.fullmatch(match["subject"].strip('"')):
            broken.append(BrokenReference(*place))
        else:
            parts.append(_reference(match, *place))
        end = match.end()
    _keep(text, end, len(text), parts, broken, line, column)
    return parts, broken


def _keep(
    text: str,
    start: int,
    stop: int,
    parts: list[str | Reference],
    broken: list[BrokenReference],
    line: int,
    column: int,
) -> None:
    literal = text[start:stop]
    broken.extend(
        BrokenReference(*place_in(text, start + match.start(), line, column))
        for match in _BROKEN.finditer(literal)
    )
    if literal:
        parts.append(literal)


def _reference(match: re.Match[str], line: int, column: int) -> Reference:
    statement = match["statement"]
    if statement is not None:
        return Reference(ReferenceKind.STATEMENT, statement, None, line, column)
    subject, form = match["subject"].strip('"'), match["format"]
    kind = ReferenceKind.PLAIN if form == PLAIN else ReferenceKind.FACT
    return Reference(kind, subject, form, line, column)
