"""Source text as it will be printed, with the place of every character in its file.

The number rule reads what is printed and names what was written: marks of Markdown, references and
the targets of links are taken out, and the rest remembers where it stood.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from handouts.markdown.numbers import FILLED

DataPath = tuple[str | int, ...]
Place = tuple[int, int]

FENCE = ":::"
"""Begins the line that opens a component."""

_UNPRINTED_FIELDS = frozenset(
    {
        # what a record is and what it refers to
        "kind", "reference", "version", "id", "citation", "analysis", "population",
        "safety_population", "sources", "via", "locator", "review",
        "translates", "trial", "absolute", "relative", "survival", "main_harms", "plotted",
        # remarks that are never printed
        "note", "what",
        # facts, and names that hold digits because they are names
        "value", "p", "number", "names", "protected", "data_cutoff",
    }
)  # fmt: skip
"""Fields whose text is no prose; everything else in a record is, so that a new field is checked."""

_UNPRINTED_ARGUMENTS = (
    "fact", "terms", "name", "view", "priority", "split", "widths",
    "cycle", "first-days", "second-days", "third-days", "serious",
)  # fmt: skip
"""Arguments that name a fact, a term or a drawing, or set a layout; all others are printed."""

_FRONT_MATTER_MARK = "---"
_ITEM = re.compile(r" ?(?:[-*+]|\d+\.)[ \t]")
_HEADING = "#"
_ARGUMENT = re.compile(r'([a-z-]+)=("[^"]*"|[^\s"]+)')
_MARKS = re.compile(
    r"""(?P<filled>\{\{[^{}]*\}\}|\[@[^\]\s]*\])
    |(?P<target>(?<=\])\([^()\s]*(?:\s+"[^"]*")?\))
    |\\(?P<escaped>[\\`*_{}\[\]()>\#+\-.!])
    |(?P<entity>&\#?\w+;)
    |(?P<mark>\*{2,}|(?<!\d)\*(?=\w)|(?<=\w)\*(?!\d)|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|`)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class PrintedText:
    """What a text prints; ``offsets`` says where in it each printed character was written."""

    text: str
    offsets: tuple[int, ...]


def printed_inline(source: str) -> PrintedText:
    """What inline Markdown prints, ``FILLED`` in place of each reference."""
    parts: list[str] = []
    offsets: list[int] = []

    def keep(text: str, start: int, step: int) -> None:
        parts.append(text)
        offsets.extend(start + step * index for index in range(len(text)))

    end = 0
    for match in _MARKS.finditer(source):
        keep(source[end : match.start()], end, 1)
        end = match.end()
        if match["filled"]:
            keep(FILLED, match.start(), 0)
        elif match["escaped"]:
            keep(match["escaped"], match.start() + 1, 0)
        elif match["entity"]:
            keep(html.unescape(match["entity"]), match.start(), 0)
    keep(source[end:], end, 1)
    return PrintedText("".join(parts), tuple(offsets))


def printed_body(source: str) -> PrintedText:
    """What the words of a handout's file print: everything below its front matter.

    Numbers of ordered lists are marks, and so are the names and references of components.
    """
    lines = source.split("\n")
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == _FRONT_MATTER_MARK), 0)
    blank = [FILLED * len(line) for line in lines[: end + 1]]
    in_block = in_list = False
    for line in lines[end + 1 :]:
        kept = line
        if line.startswith(FENCE):
            kept, in_block = _arguments(line), False
        elif not line.strip() or line.startswith(_HEADING):
            in_block = False
        else:
            item = _ITEM.match(line)
            if not in_block:
                in_block, in_list = True, item is not None
            if in_list and item:
                kept = FILLED * item.end() + line[item.end() :]
        blank.append(kept)
    return printed_inline("\n".join(blank))


def _arguments(fence: str) -> str:
    """A fence with nothing left of it but what its arguments print."""
    kept = list(FILLED * len(fence))
    for match in _ARGUMENT.finditer(fence):
        if match[1] not in _UNPRINTED_ARGUMENTS:
            kept[match.start(2) : match.end(2)] = match[2].replace('"', FILLED)
    return "".join(kept)


def texts_in(value: object, at: DataPath = ()) -> Iterator[tuple[str, DataPath]]:
    """Every text of a record that may be printed, with its path."""
    if isinstance(value, str):
        if not isinstance(value, Enum):
            yield value, at
    elif is_dataclass(value):
        for each in fields(value):
            if each.name not in _UNPRINTED_FIELDS:
                yield from texts_in(getattr(value, each.name), (*at, each.name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts_in(inner, (*at, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from texts_in(inner, (*at, index))


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The text of one file, read when a place in it is asked for."""

    path: str
    read: Callable[[str], str]

    def place(self, offset: int) -> Place:
        """Line and column of an offset."""
        text = self.read(self.path)
        return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)

    def line(self, number: int) -> str:
        """A line, counted from 1."""
        return self.read(self.path).split("\n")[number - 1]

    def place_in_value(self, start: Place, value: str, offset: int) -> Place:
        """Where a character of a YAML text stands, the text starting at ``start``.

        Folded and quoted texts are followed over their lines; where escapes stand in the way the
        place is that of the whole text.
        """
        text = self.read(self.path)
        begin = sum(len(line) + 1 for line in text.split("\n")[: start[0] - 1]) + start[1] - 1
        before = (re.escape(each) for each in re.split(r"\s+", value[:offset]))
        words = r"\s+".join(before).replace("'", "''?").replace('"', '\\\\?"')
        opening = r"""(?:&\S+\s+)?(?:[|>][^\n]*\n\s*|["'])?"""
        match = re.compile(opening + words).match(text, begin)
        if match is None or text[match.end() : match.end() + 1] != value[offset]:
            return start
        return self.place(match.end())
