"""Markdown text to blocks.

Python-Markdown reads the Markdown of one block at a time, so that the line of each block is known
and no mark has to be smuggled through it. Raw HTML is refused, and what comes out is cleaned to an
allow-list: words of a clinic are untrusted input.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import unescape
from xml.etree import ElementTree as ET

import markdown
import nh3
from markdown.extensions.tables import TableExtension

from handouts.diagnostics import Diagnostic, InvalidInput, error
from handouts.markdown.blocks import (
    Block,
    Component,
    Heading,
    Inline,
    Item,
    ListBlock,
    Paragraph,
    Table,
)
from handouts.markdown.references import Reference, place_in, split

_ARGUMENT = re.compile(r"""([a-z-]+)=(?:"([^"]*)"|([^\s"]+))""")
_FENCE = re.compile(
    r"""^(?P<fence>:{3,})\s*(?P<name>[a-z][a-z-]*)?(?P<arguments>(?:\s+[a-z-]+=(?:"[^"]*"|[^\s"]+))*)\s*$"""
)
_HTML = re.compile(r"<[A-Za-z/!?][^>]*>|<!--")
_ITEM = re.compile(r"^ ?(?:[-*+]|\d+\.)[ \t]", re.MULTILINE)
_INNER_ITEM = re.compile(r"^(?: |\t)+(?:[-*+]|\d+\.)[ \t]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_TABLE_HEAD = 2
"""Lines of a table above its first row."""

_STRAY_FENCE = re.compile(r"^\s*::")
_STRAY_ROW = re.compile(r"^\s*\|")
_PICTURE = re.compile(r"!\[")
_CELL_END = re.compile(r"(?<!\\)\|")
_LAST_PIPE = re.compile(r"(?<!\\)\|\Z")
_SLOT = re.compile("\ue000(\\d+)\ue001")
_MARKS = re.compile("[\x00\x02\x03\ud800-\udfff\ue000\ue001]")
"""Characters that mean something here or in a parser below, and halves of characters."""

_MOST_BLANKS = 40
_DEEP = re.compile(rf"^[ \t]{{{_MOST_BLANKS},}}", re.MULTILINE)
"""What would be a list some twenty deep: the parser calls itself for each level."""

_MOST_MARKERS = 10
_MARKERS = re.compile(rf"^([ \t]*)(?:(?:[-*+]|\d+\.)[ \t]+){{{_MOST_MARKERS + 1},}}", re.MULTILINE)
"""List marks on one line: each opens a list in the one before it, and the parser calls itself."""

_MOST_LINES = 1000
"""Of one block: for each heading or table in it the parser looks at all lines below."""

_MOST_BRACKETS = 300
"""The parser looks for the end of each to the end of the block: its time goes with their square."""

_INDENT = 2
"""Spaces that put a line inside the item of a list above it."""

_DEEPEST = 6
"""How many components may stand one in another; a page is never deeper than three."""

_TAGS = {"strong", "a", "code", "br", "span"}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2})")
_BLANKS = re.compile(r"[\x00-\x20]")
_SCHEMES = {"https", "mailto", "tel"}


def parse_blocks(text: str, path: str, first_line: int = 1) -> tuple[Block, ...]:
    """The blocks of a Markdown text.

    Raises:
        InvalidInput: raw HTML, a picture, a heading of level 1 or below 3, a fence that does not
            open or close a component, braces that make no reference; all of them at once.
    """
    reader = _Reader(path)
    blocks = reader.blocks(text.split("\n"), first_line)
    if reader.problems:
        raise InvalidInput(tuple(reader.problems))
    return blocks


def parse_inline(text: str, path: str, line: int, column: int = 1) -> Inline:
    """The words of one prose field of a record: inline Markdown and references, no blocks.

    Raises:
        InvalidInput: as ``parse_blocks``.
    """
    reader = _Reader(path)
    words = reader.inline(" ".join(text.split()), line, column)
    if reader.problems:
        raise InvalidInput(tuple(reader.problems))
    return words


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Diagnostic] = []

    def blocks(
        self, lines: Sequence[str], first_line: int, *, inside: tuple[int, ...] = ()
    ) -> tuple[Block, ...]:
        """The blocks of some lines; ``inside`` holds the lengths of the fences around them."""
        found: list[Block] = []
        start: int | None = None
        index = 0
        while index <= len(lines):
            line = lines[index] if index < len(lines) else ""
            fence = _FENCE.match(line) if line.startswith(":::") else None
            alone = line.startswith((":::", "#"))
            loose = not line.strip() and start is not None and self._continues(lines, start, index)
            if start is not None and not loose and (alone or not line.strip()):
                found.extend(self._block(lines[start:index], first_line + start))
                start = None
            if line.startswith(":::"):
                index = self._component(lines, index, first_line, fence, found, inside=inside)
            elif alone:
                found.extend(self._block([line], first_line + index))
            elif start is None and line.strip():
                start = index
            index += 1
        return tuple(found)

    def _continues(self, lines: Sequence[str], start: int, index: int) -> bool:
        """Whether a blank line only loosens a list that goes on."""
        after = next((each for each in lines[index:] if each.strip()), "")
        is_list = _ITEM.match(lines[start]) is not None
        return is_list and bool(_ITEM.match(after) or after.startswith(" " * _INDENT))

    def _component(
        self,
        lines: Sequence[str],
        index: int,
        first_line: int,
        fence: re.Match[str] | None,
        found: list[Block],
        *,
        inside: tuple[int, ...],
    ) -> int:
        line = first_line + index
        if fence is None or not fence["name"]:
            self._problem(
                "broken-component", "this fence opens no component", line, 1,
                "write `::: name`, its words, and `:::` on a line of its own",
            )  # fmt: skip
            return index
        mark = fence["fence"]
        if inside and len(mark) >= inside[-1]:
            self._problem(
                "broken-component", "a component inside another needs a shorter fence", line, 1,
                "open and close the outer one with one colon more",
            )  # fmt: skip
        end = next((i for i in range(index + 1, len(lines)) if lines[i].rstrip() == mark), None)
        if end is None:
            self._problem(
                "broken-component", f"component `{fence['name']}` is never closed", line, 1,
                f"end it with `{mark}` on a line of its own",
            )  # fmt: skip
            end = len(lines)
        if len(inside) == _DEEPEST:
            self._problem(
                "too-deep", f"components stand more than {_DEEPEST} deep here", line, 1,
                "make them flat",
            )  # fmt: skip
            return end
        body = self.blocks(lines[index + 1 : end], line + 1, inside=(*inside, len(mark)))
        arguments = tuple(
            (each[1], each[2] if each[2] is not None else each[3])
            for each in _ARGUMENT.finditer(fence["arguments"])
        )
        found.append(Component(fence["name"], arguments, body, line))
        return end

    def _block(self, lines: Sequence[str], line: int) -> list[Block]:
        if len(lines) > _MOST_LINES:
            self._problem(
                "too-deep", f"more than {_MOST_LINES} lines stand in one block", line, 1,
                "cut the block into several",
            )  # fmt: skip
            lines = lines[:_MOST_LINES]
        root, references = self._read("\n".join(lines), line, 1, _tree)
        items = [line + i for i, each in enumerate(lines) if _ITEM.match(each)]
        found: list[Block] = []
        for element in root:
            if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                level = int(element.tag[1])
                if level not in (2, 3):
                    self._problem(
                        "heading-level", f"a heading of level {level} can't stand here", line, 1,
                        "use ## for sections and ### below them; the title is in the front matter",
                    )  # fmt: skip
                found.append(Heading(level, _words(element, references), line))
            elif element.tag in ("ul", "ol"):
                if any(_INNER_ITEM.match(each) and not _ITEM.match(each) for each in lines):
                    self._problem(
                        "nested-list", "a list can't stand inside a list", line, 1,
                        "make it flat, or give it a heading of its own",
                    )  # fmt: skip
                elif len(element) != len(items):
                    self._problem(
                        "broken-list", "the items of this list can't be told apart", line, 1,
                        "begin each with `- ` at the left edge, and indent its further lines by"
                        " two spaces",
                    )  # fmt: skip
                found.append(
                    ListBlock(
                        element.tag == "ol",
                        tuple(
                            Item(_words(_flat(each), references), at)
                            for each, at in zip(element, items, strict=False)
                        ),
                        line,
                    )
                )
            elif element.tag == "table":
                found.append(self._table(element, references, lines, line))
            elif element.tag == "p":
                if items:
                    self._problem(
                        "broken-list", "a list can't begin inside a paragraph", items[0], 1,
                        "put an empty line above it, or a backslash before the mark if it is none",
                    )  # fmt: skip
                self._strays(lines, line)
                found.append(Paragraph(_words(element, references), line))
            else:
                self._problem(
                    "unknown-block", f"a block of kind `{element.tag}` can't be printed", line, 1,
                    "use headings, paragraphs, lists, tables and components",
                )  # fmt: skip
        return found

    def _table(
        self, element: ET.Element, references: list[Reference], lines: Sequence[str], line: int
    ) -> Table:
        rows = [tuple(_words(cell, references) for cell in row) for row in element.iter("tr")]
        for offset, row in enumerate(lines):
            if (cells := _cells_of(row)) != len(rows[0]):
                more = "more" if cells > len(rows[0]) else "fewer"
                self._problem(
                    "broken-table", f"this row has {more} cells than the header has",
                    line + offset, 1, r"write a pipe inside a cell as `\|`"
                    if cells > len(rows[0]) else "leave an empty cell between two pipes",
                )  # fmt: skip
        if len(lines) <= _TABLE_HEAD:
            self._problem(
                "broken-table", "this table has a header and no rows", line, 1,
                "give it a row, or delete it",
            )  # fmt: skip
        return Table(rows[0], tuple(rows[1:]), line)

    def _strays(self, lines: Sequence[str], line: int) -> None:
        """Lines of a paragraph that were meant as a fence or a row, and would print their marks."""
        for offset, each in enumerate(lines):
            if _STRAY_FENCE.match(each):
                self._problem(
                    "broken-component", "this line opens or closes no component", line + offset, 1,
                    "begin it with three colons or more, at the left edge",
                )  # fmt: skip
            elif _STRAY_ROW.match(each):
                self._problem(
                    "broken-table", "this row belongs to no table", line + offset, 1,
                    "a table begins with its header and a line such as `|---|---|`, after an"
                    " empty line",
                )  # fmt: skip

    def inline(self, text: str, line: int, column: int) -> Inline:
        root, references = self._read(text, line, column, _tree_of_words)
        return tuple(part for element in root for part in _words(element, references))

    def _read(
        self, text: str, line: int, column: int, tree: Callable[[str], ET.Element]
    ) -> tuple[ET.Element, list[Reference]]:
        for match in _MARKS.finditer(text):
            self._problem(
                "bad-character", f"the invisible character U+{ord(match[0]):04X} can't stand here",
                *place_in(text, match.start(), line, column), "delete it",
            )  # fmt: skip
        text = _MARKS.sub(" ", text)
        parts, broken = split(text, line, column)
        for each in broken:
            self._problem(
                "broken-reference", "these braces make no reference", each.line, each.column,
                "write {{ fact }}, {{ fact | format }}, {{ 3 | plain }} or [@statement]",
            )  # fmt: skip
        for pattern, code, message, hint in (
            (_HTML, "raw-html", "HTML can't be written in content", "use Markdown and components"),
            (_PICTURE, "raw-picture", "a picture can't be placed in words", "use a component"),
        ):
            for match in pattern.finditer(text):
                self._problem(code, message, *place_in(text, match.start(), line, column), hint)
        references: list[Reference] = []
        joined = ""
        for part in parts:
            if isinstance(part, Reference):
                joined += f"\ue000{len(references)}\ue001"
                references.append(part)
            else:
                joined += part
        try:
            root = tree(self._bounded(joined, line, column))
        except RecursionError:
            _markdown.cache_clear()  # it stopped halfway, and would go on from there
            root = ET.Element("div")
            self._problem(
                "too-deep", "lists or marks stand too deep one in another here", line, column,
                "make them flat",
            )  # fmt: skip
        self._safe_links(root, line, column)
        for value in (value for element in root.iter() for value in element.attrib.values()):
            for slot in _SLOT.findall(value):
                self._problem(
                    "broken-reference", "a reference can't stand in an address",
                    references[int(slot)].line, references[int(slot)].column,
                    "write the address out",
                )  # fmt: skip
        return root, references

    def _bounded(self, joined: str, line: int, column: int) -> str:
        """The text without what the parser would take too deep a stack or too long for."""
        if deep := _DEEP.search(joined):
            self._problem(
                "too-deep", f"a line begins with {_MOST_BLANKS} blanks or more",
                *place_in(joined, deep.start(), line, column), "make the list flat",
            )  # fmt: skip
            joined = _DEEP.sub("", joined)
        if marks := _MARKERS.search(joined):
            self._problem(
                "too-deep", f"a line begins with more than {_MOST_MARKERS} marks of a list",
                *place_in(joined, marks.start(), line, column), "make the list flat",
            )  # fmt: skip
            joined = _MARKERS.sub(r"\g<1>- ", joined)
        if joined.count("[") > _MOST_BRACKETS:
            self._problem(
                "too-deep", f"more than {_MOST_BRACKETS} square brackets open in one block",
                line, column, "delete them, or cut the block into several",
            )  # fmt: skip
            joined = joined.replace("[", "")
        return joined

    def _safe_links(self, root: ET.Element, line: int, column: int) -> None:
        for link in root.iter("a"):
            scheme = _SCHEME.match(_BLANKS.sub("", unescape(link.get("href", ""))))
            if scheme is not None and scheme[1].lower().removesuffix(":") not in _SCHEMES:
                self._problem(
                    "unsafe-link", f"a link can't lead to a `{scheme[1][:20]}` address",
                    line, column, "an address starts with https://, mailto: or tel:",
                )  # fmt: skip

    def _problem(
        self, code: str, message: str, line: int, column: int, hint: str | None = None
    ) -> None:
        self.problems.append(
            error(code, message, path=self.path, line=line, column=column, hint=hint)
        )


def _tree(text: str) -> ET.Element:
    """Python-Markdown's tree of one block, inline marks resolved, nothing serialised."""
    if _ITEM.match(text) and _BLANK_LINE.search(text):
        text = _ITEM.sub(r"\n\g<0>", text).lstrip("\n")  # loose in one place, loose in all
    _markdown().reset()
    lines = text.expandtabs(_INDENT).split("\n")
    return _resolved(_markdown().parser.parseDocument(lines).getroot())  # type: ignore[arg-type]


def _tree_of_words(text: str) -> ET.Element:
    """The tree of a text that is one paragraph whatever it begins with: "2. line" is no list."""
    _markdown().reset()
    root = ET.Element("div")
    ET.SubElement(root, "p").text = text
    return _resolved(root)


def _resolved(root: ET.Element) -> ET.Element:
    for processor in _markdown().treeprocessors:
        replaced = processor.run(root)
        root = root if replaced is None else replaced
    return root


def _cells_of(row: str) -> int:
    """How many cells a row of a table is written with."""
    words = "".join(part if isinstance(part, str) else "x" for part in split(row, 1)[0]).strip()
    return len(_CELL_END.split(_LAST_PIPE.sub("", words.removeprefix("|"))))


def _flat(item: ET.Element) -> ET.Element:
    """A list item without the paragraph that a loose list wraps its words in."""
    return (
        item[0] if len(item) == 1 and item[0].tag == "p" and not (item.text or "").strip() else item
    )


def _words(element: ET.Element, references: list[Reference]) -> Inline:
    html = _markdown().serializer(element)
    html = html[html.index(">") + 1 : html.rindex("<")].strip()
    for processor in _markdown().postprocessors:
        html = processor.run(html)
    html = nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None
    )
    pieces = _SLOT.split(html)
    return tuple(
        references[int(piece)] if odd else piece
        for index, piece in enumerate(pieces)
        for odd in (index % 2 == 1,)
        if odd or piece
    )


@cache
def _markdown() -> markdown.Markdown:
    made = markdown.Markdown(
        extensions=[TableExtension()], output_format="html", tab_length=_INDENT
    )
    made.preprocessors.deregister("html_block")
    made.inlinePatterns.deregister("html")
    for unwanted in ("code", "quote", "hr", "reference"):
        made.parser.blockprocessors.deregister(unwanted)
    return made
