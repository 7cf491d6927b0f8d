"""What a screen reader says, in which order, and the headings by which its user finds the way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from handouts.checks.letters import letters, plain, shortened
from handouts.checks.printed import printed
from handouts.diagnostics import Diagnostic, error
from handouts.rendering.isolation import reads_right_to_left

if TYPE_CHECKING:
    from handouts.checks.printed import Printed
    from handouts.checks.tree import ObjectId
    from handouts.rendering.pdf import PdfDocument

_LEVELS = {f"H{level}": level for level in range(1, 7)}


@dataclass(slots=True)
class _Heading:
    """A heading, or what stands for one; page 0 if it leads nowhere."""

    level: int
    text: str
    page: int

    def fits(self, level: int, text: str) -> bool:
        """Whether level and words are these; one that wraps has a line end where a space was."""
        key = letters if reads_right_to_left(text) else plain
        return self.level == level and key(self.text) == key(text)


def check_reading_order(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``reading-order``: the structure has all words of the pages, in their order.

    The order of the letters in a line is not compared where a page has text from right to left.
    """
    file = printed(document.data)
    texts = _texts(file)
    figures = {mark for each in file.tree.elements if each.kind == "Figure" for mark in each.marks}
    read = [texts.get(mark, "") for mark in file.tree.marks if mark not in figures]
    runs = [run.text for page in document.layout.pages for run in page.runs if not run.in_margin]
    key = letters if any(map(reads_right_to_left, runs)) else plain
    said, written = (filter(key, each) for each in (read, runs))
    for here, there in zip_longest(said, written, fillvalue=""):
        if key(here) != key(there):
            message = f"a screen reader says {_quoted(here)} where {_quoted(there)} stands"
            hint = (
                "it goes by the order of the HTML: look at what CSS has moved, and at nested lists"
            )
            return [error("reading-order", message, path=path, hint=hint)]
    return []


def check_headings(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``wrong-headings``: the headings of the structure are those of the document, in order."""
    hint = "a heading is one of `h1` to `h6`, whole on its page"
    tagged = _tagged(printed(document.data))
    message = _difference(document, tagged, "heading of the structure")
    return [error("wrong-headings", message, path=path, hint=hint)] if message else []


def check_bookmarks(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``wrong-bookmarks``: the bookmarks are the headings, in order, with level and page."""
    file = printed(document.data)
    marks = [_Heading(each.level, each.title, each.page) for each in file.metadata.bookmarks]
    message = _difference(document, marks, "bookmark") or _astray(marks, _tagged(file))
    hint = "bookmarks are made of `h1` to `h6` by themselves: leave `bookmark-*` out of the CSS"
    return [error("wrong-bookmarks", message, path=path, hint=hint)] if message else []


def _difference(document: PdfDocument, given: list[_Heading], name: str) -> str | None:
    """The first one between the document's headings and what stands for them."""
    for heading, other in zip_longest(document.layout.headings, given):
        if other is None:
            return f"a heading has no {name}: `{heading.text}`"
        if heading is None:
            return f"a {name} has no heading: `{other.text}`"
        if not other.fits(heading.level, heading.text):
            return (
                f"the {name} `{other.text}` (level {other.level}) stands for "
                f"the heading `{heading.text}` (level {heading.level})"
            )
    return None


def _astray(marks: list[_Heading], headings: list[_Heading]) -> str | None:
    """The first bookmark that does not lead to its heading's page, where each has a heading."""
    if len(marks) != len(headings):
        return None
    for mark, heading in zip(marks, headings, strict=True):
        if mark.page != heading.page:
            where = f"page {mark.page}" if mark.page else "no page"
            there = f"its heading is on page {heading.page}"
            return f"the bookmark `{mark.text}` leads to {where}, {there}"
    return None


def _tagged(file: Printed) -> list[_Heading]:
    """The headings of the structure, with the words of all elements inside of them."""
    texts = _texts(file)
    found: list[_Heading] = []
    around: dict[ObjectId, _Heading] = {}
    for element in file.tree.elements:
        heading = around.get(element.parent)
        if element.kind in _LEVELS:
            heading = _Heading(_LEVELS[element.kind], "", 0)
            found.append(heading)
        if heading is not None:
            around[element.identity] = heading
            for mark in element.marks:
                heading.text += texts.get(mark, "")
                heading.page = heading.page or mark[0]
    return found


def _quoted(text: str) -> str:
    return f"`{shortened(text)}`" if text.strip() else "nothing"


def _texts(file: Printed) -> dict[tuple[int, int], str]:
    """What the glyphs of each piece of marked content stand for, by page and number."""
    texts: dict[tuple[int, int], str] = {}
    for page in file.pages:
        for shown in page.shown:
            if shown.mark is not None:
                mark = page.number, shown.mark
                texts[mark] = texts.get(mark, "") + shown.text
    return texts
