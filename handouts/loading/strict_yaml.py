"""YAML made strict: the scalars of YAML 1.2, numbers as written, the place of every value.

Data is built from the parser's events and not from its nodes: only events tell an explicit tag
from a guessed one and know where an alias stands, and reading can stop at a limit before anything
deep or large is held in memory.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from handouts.diagnostics import Diagnostic, InvalidInput, error, in_order
from handouts.loading.files import UNPRINTABLE, read_text, unprintable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Data: TypeAlias = "bool | int | Decimal | str | list[Data] | dict[str, Data] | None"
DataPath: TypeAlias = tuple[str | int, ...]

MOST_ALIASES = 50
MOST_EXPANDED = 20_000
DEEPEST = 50
LONGEST_NUMBER = 40
LARGEST_EXPONENT = 9

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CONSTANTS: Mapping[str, Data] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_STARTS = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE]([-+]?[0-9]+))?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")

_SYNTAX_HINTS: Mapping[str, str] = {  # by the character the parser stumbles on
    "\t": "indent with spaces, not with tabs",
    ":": "text with `: ` in it needs quotes; or the line stands too far to the right",
    **{each: f"text that starts with `{each}` needs quotes" for each in "@`%"},
}


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a text file; both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """Data and where it was written.

    Attributes:
        data: plain Python; numbers with a point or an exponent are ``Decimal``.
        places: where each value stands, by its path of keys and indices; ``()`` is the whole.
            An alias stands where it is written, what is inside it where the original is.
        keys: where each key stands, by the path of its value.
    """

    data: Data
    places: Mapping[DataPath, Place]
    keys: Mapping[DataPath, Place]

    def place(self, path: DataPath) -> Place:
        """Where a value stands, or the nearest thing around it that exists."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path]

    def line_and_column(self, path: DataPath) -> tuple[int, int]:
        """As ``place``, in the plain values that records carry with them."""
        found = self.place(path)
        return found.line, found.column


def read_yaml(path: Path, shown: str) -> Document:
    """The one document of a YAML file.

    Args:
        path: the file.
        shown: its path as diagnostics print it.

    Raises:
        InvalidInput: all problems of the file that can be found together; codes as in
            ``read_text`` and ``parse_yaml``.
    """
    return parse_yaml(read_text(path, shown), shown)


def parse_yaml(text: str, shown: str, first_line: int = 1) -> Document:
    """The one document of a YAML text.

    Args:
        text: the text.
        shown: path of its file as diagnostics print it.
        first_line: line of that file in which the text starts (front matter).

    Raises:
        InvalidInput: ``yaml-syntax``, ``bad-character``, ``empty-file``, ``many-documents``,
            ``duplicate-key``, ``merge-key``, ``key-not-text``, ``explicit-tag``, ``bad-alias``,
            ``too-many-aliases``, ``too-deep``, ``bad-number``: all that can be found together.
    """
    if problems := unprintable(text, shown, first_line):
        raise InvalidInput(problems)
    reader = _Reader(yaml.parse(text, Loader=_LOADER), shown, first_line - 1)
    data: Data = None
    try:
        data = reader.document()
    except _Stop:
        pass
    except yaml.YAMLError as problem:
        reader.syntax(problem, text)
    except RecursionError:  # keys that are mappings, whose keys are mappings
        place = reader.places[-1][1] if reader.places else Place(first_line, 1)
        deep = error("too-deep", f"more than {DEEPEST} levels are nested", path=shown,
                     line=place.line, column=place.column)  # fmt: skip
        raise InvalidInput((deep,)) from None
    if reader.problems:
        raise InvalidInput(in_order(reader.problems))
    return Document(data, dict(reader.places), dict(reader.keys))


def in_short(text: str, limit: int = 60) -> str:
    """Text on one line in backticks, cut where it is long."""
    line = " ".join(text.split())
    return f"`{line}`" if len(line) <= limit else f"`{line[: limit - 1]}…`"


class _Stop(Exception):  # noqa: N818  (a limit is reached: nothing after it is worth reading)
    pass


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an anchor names: the data, its path, and what it holds in the lists of places."""

    data: Data
    path: DataPath
    places: slice
    keys: slice


@dataclass(slots=True)
class _Reader:
    """Builds data from events and collects the problems met on the way."""

    events: Iterator[Any]
    shown: str
    lines_before: int
    problems: list[Diagnostic] = field(default_factory=list)
    places: list[tuple[DataPath, Place]] = field(default_factory=list)
    keys: list[tuple[DataPath, Place]] = field(default_factory=list)
    anchors: dict[str, _Anchored | None] = field(default_factory=dict)
    aliases: int = 0
    expanded: int = 0

    def document(self) -> Data:
        """The data of the first document; a second one is a problem."""
        next(self.events)  # the stream starts
        if not isinstance(next(self.events), yaml.DocumentStartEvent):
            place = Place(self.lines_before + 1, 1)
            self._report("empty-file", "nothing but comments and blank lines stands here", place)
            return None
        first = next(self.events)
        data = self._value(first, ())
        if isinstance(first, yaml.ScalarEvent) and first.implicit[0] and not first.value:
            # Its own mark may lie after the last line.
            place = Place(self.lines_before + 1, 1)
            self._report("empty-file", "this document is empty", place)
        next(self.events)  # the document ends
        second = next(self.events)
        if isinstance(second, yaml.DocumentStartEvent):
            place = self._place(second.start_mark)
            hint = "keep one document in a file"
            self._report("many-documents", "a second document starts here", place, hint)
        return data

    def syntax(self, problem: yaml.YAMLError, text: str) -> None:
        """Report what the parser says, where it says it."""
        message = getattr(problem, "problem", None) or str(problem)
        mark = getattr(problem, "problem_mark", None)
        if mark is None:
            self._report("yaml-syntax", in_short(message), Place(self.lines_before + 1, 1))
            return
        context = getattr(problem, "context", None)
        start = getattr(problem, "context_mark", None)
        lines = text.split("\n")
        if mark.line < len(lines):
            place = self._place(mark)
            hint = _SYNTAX_HINTS.get(lines[mark.line][mark.column : mark.column + 1])
        else:  # the end of a text without a last line feed
            place, hint = Place(self.lines_before + len(lines), len(lines[-1]) + 1), None
        if context:
            message = f"{message} {context}"
        if start is not None and (first := self._place(start)).line != place.line:
            message = f"{message} from line {first.line}"
        self._report("yaml-syntax", message, place, hint)

    def _value(self, event: Any, path: DataPath) -> Data:
        """The value that starts with this event."""
        place = self._place(event.start_mark)
        first_place, first_key = len(self.places) + 1, len(self.keys)
        self.places.append((path, place))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(str(event.anchor), path, place)
        self._open(event, place)
        data: Data
        if isinstance(event, yaml.ScalarEvent):
            data = self._scalar(event, place)
        elif len(path) == DEEPEST:
            raise self._limit("too-deep", f"more than {DEEPEST} levels are nested", place)
        elif isinstance(event, yaml.MappingStartEvent):
            data = self._mapping(path)
        else:
            data = self._sequence(path)
        if event.anchor is not None:
            places = slice(first_place, len(self.places))
            keys = slice(first_key, len(self.keys))
            self.anchors[event.anchor] = _Anchored(data, path, places, keys)
        return data

    def _sequence(self, path: DataPath) -> list[Data]:
        items: list[Data] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: DataPath) -> dict[str, Data]:
        entries: dict[str, Data] = {}
        first: dict[str, Place] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            place = self._place(event.start_mark)
            key = self._key(event, path)
            value = self._value(next(self.events), (*path, key))
            if key in first:
                message = f"key {in_short(key)} stands twice in this mapping"
                hint = f"the first is in line {first[key].line}"
                self._report("duplicate-key", message, place, hint)
            else:
                entries[key] = value
                first[key] = place
                self.keys.append(((*path, key), place))
        return entries

    def _key(self, event: Any, path: DataPath) -> str:
        """The key that starts with this event; some text where it is no key for us."""
        place = self._place(event.start_mark)
        before = len(self.places)
        key = self._value(event, path)
        del self.places[before:]
        is_plain = isinstance(event, yaml.ScalarEvent) and event.implicit[0]
        if is_plain and key == "<<":
            hint = "write out what it would bring in"
            self._report("merge-key", "the merge key `<<` is not allowed", place, hint)
        elif isinstance(key, dict | list):
            kind = "mapping" if isinstance(key, dict) else "list"
            hint = "a value that starts with `{` or `[` and is meant as text needs quotes"
            self._report("key-not-text", f"a key must be text, not a {kind}", place, hint)
        elif isinstance(key, str):
            return key
        elif isinstance(event, yaml.ScalarEvent) and event.value:
            message = f"key {in_short(event.value)} must be text"
            self._report("key-not-text", message, place, "write it in quotes")
        else:
            self._report("key-not-text", "a key must be text, but it is empty", place)
        # One that no other key of this mapping has, so that it is not called a repeat.
        return f"{place.line}:{place.column}"

    def _open(self, event: Any, place: Place) -> None:
        """Refuse a tag, and keep an anchor's name from being used inside what it names."""
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            hint = "delete it; quotes make text of any value"
            self._report("explicit-tag", f"the tag {in_short(tag)} is not allowed", place, hint)
        if event.anchor is not None:
            if event.anchor in self.anchors:
                message = f"anchor {in_short(event.anchor)} stands twice"
                self._report("bad-alias", message, place, "give each anchor its own name")
            self.anchors[event.anchor] = None

    def _alias(self, name: str, path: DataPath, place: Place) -> Data:
        """A copy of what the anchor names, with the places of the original inside."""
        self.aliases += 1
        if self.aliases > MOST_ALIASES:
            raise self._limit("too-many-aliases", f"more than {MOST_ALIASES} aliases", place)
        if (anchored := self.anchors.get(name)) is None:
            reason = "stands inside its own anchor" if name in self.anchors else "has no anchor"
            self._report("bad-alias", f"alias {in_short(name)} {reason}", place)
            return None
        start = len(anchored.path)
        places = [(path + old[start:], each) for old, each in self.places[anchored.places]]
        self.expanded += 1 + len(places)
        if self.expanded > MOST_EXPANDED:
            message = f"the aliases stand for more than {MOST_EXPANDED:,} values"
            raise self._limit("too-many-aliases", message, place)
        if any(len(each) > DEEPEST for each, _ in places):
            raise self._limit("too-deep", f"more than {DEEPEST} levels are nested", place)
        self.places += places
        self.keys += [(path + old[start:], each) for old, each in self.keys[anchored.keys]]
        return deepcopy(anchored.data)

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Data:
        """Quoted text as it is, anything plain by the core schema of YAML 1.2."""
        text: str = event.value
        if not event.implicit[0]:
            if event.style == '"' and (bad := UNPRINTABLE.search(text)):
                message = f"the escaped character U+{ord(bad[0]):04X} can't be printed"
                self._report("bad-character", message, place, "delete it")
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if text[0] not in _NUMBER_STARTS:
            return text
        for form, base in ((_INTEGER, 10), (_OCTAL, 8), (_HEXADECIMAL, 16)):
            if form.fullmatch(text):
                return int(text, base) if self._is_short(text, place) else 0
        if number := _FLOAT.fullmatch(text):
            return Decimal(text) if self._is_short(text, place, number[1]) else 0
        if _NOT_FINITE.fullmatch(text):
            message = f"{in_short(text)} is not a number anyone can read"
            self._report("bad-number", message, place, "write it in quotes if it is text")
        return text

    def _is_short(self, text: str, place: Place, exponent: str | None = None) -> bool:
        """Whether a number is of a length and a size that can be meant; reported if not."""
        if len(text) <= LONGEST_NUMBER and abs(int(exponent or 0)) <= LARGEST_EXPONENT:
            return True
        message = f"the number {in_short(text)} is too long or too large"
        self._report("bad-number", message, place, "write it in quotes if it is text")
        return False

    def _place(self, mark: Any) -> Place:
        return Place(self.lines_before + mark.line + 1, mark.column + 1)

    def _report(self, code: str, message: str, place: Place, hint: str | None = None) -> None:
        line, column = place.line, place.column
        self.problems.append(
            error(code, message, path=self.shown, line=line, column=column, hint=hint)
        )

    def _limit(self, code: str, message: str, place: Place) -> _Stop:
        self._report(code, message, place)
        return _Stop()
