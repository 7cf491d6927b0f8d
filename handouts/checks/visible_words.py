"""The words of an HTML text that a reader sees or hears, run by run, without those that are marked.

A run is the text of one block: inline elements do not divide it, so that a name stays whole where
a part of it is bold. Alt texts and other spoken attributes are runs of their own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from html.parser import HTMLParser

from handouts.markdown.numbers import FILLED

_SPOKEN = ("alt", "title", "aria-label", "aria-description", "placeholder")
_UNSEEN = frozenset({"script", "style"})
_VOID = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr",
    }
)  # fmt: skip
_INLINE = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "ins", "kbd",
        "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tspan", "u",
        "var", "wbr",
    }
)  # fmt: skip


class BrokenHtmlError(ValueError):
    """A text that can't be read as HTML; ``line`` is where."""

    def __init__(self, line: int) -> None:
        super().__init__("this can't be read as HTML")
        self.line = line


@dataclass(frozen=True, slots=True)
class VisibleWords:
    """One run of words, ``FILLED`` where a marked element stood.

    ``lines`` holds the line of the HTML in which each piece of the text starts, by its offset.
    """

    text: str
    lines: tuple[tuple[int, int], ...]

    def line(self, offset: int) -> int:
        """The line of the HTML in which a character of the text stands."""
        start, line = max(each for each in self.lines if each[0] <= offset)
        return line + self.text.count("\n", start, offset)


def visible_words(
    html: str, marks: Collection[str], *, charts: bool = True
) -> tuple[VisibleWords, ...]:
    """The runs of words in an HTML text, in its order.

    Args:
        html: a whole page, or a part of it.
        marks: attributes whose elements are left out.
        charts: whether charts count; they are not read where they are drawn from facts.

    Raises:
        BrokenHtmlError: it can't be read.
    """
    reader = _Reader(frozenset(marks), charts=charts)
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:  # how the parser says that it does not know a declaration
        raise BrokenHtmlError(reader.getpos()[0]) from None
    reader.end_run()
    return tuple(reader.found)


class _Reader(HTMLParser):
    def __init__(self, marks: frozenset[str], *, charts: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[VisibleWords] = []
        self._marks, self._charts = marks, charts
        self._open: list[tuple[str, bool]] = []
        self._left_out = 0
        self._parts: list[str] = []
        self._lines: list[tuple[int, int]] = []
        self._length = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        left_out = bool(self._left_out) or self._is_left_out(tag, attrs)
        if not self._left_out and tag not in _INLINE:
            self.end_run()
        if not left_out:
            for name, value in attrs:
                if name in _SPOKEN and value:
                    self.found.append(VisibleWords(value, ((0, self.getpos()[0]),)))
        elif not self._left_out:
            self._add(FILLED)
        if tag not in _VOID:
            self._open.append((tag, left_out))
            self._left_out += left_out

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or all(tag != name for name, _ in self._open):
            return
        was_left_out = bool(self._left_out)
        closed = ""
        while closed != tag:
            closed, left_out = self._open.pop()
            self._left_out -= left_out
        if tag not in _INLINE and not (was_left_out and self._left_out):
            self.end_run()

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self._add(data)

    def end_run(self) -> None:
        """Close the run of words that is being read."""
        text = "".join(self._parts)
        if text.strip(f"{FILLED} \t\n"):
            self.found.append(VisibleWords(text, tuple(self._lines)))
        self._parts.clear()
        self._lines.clear()
        self._length = 0

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._lines.append((self._length, self.getpos()[0]))
        self._length += len(text)

    def _is_left_out(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        if tag in _UNSEEN or not self._marks.isdisjoint(name for name, _ in attrs):
            return True
        classes = (dict(attrs).get("class") or "").split()
        return tag == "svg" and not self._charts and "chart" in classes
