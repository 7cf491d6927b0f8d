"""Words that only a stylesheet writes: it may number and repeat, and has nothing to say itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from handouts.checks.letters import plain, shortened
from handouts.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.rendering.layout import Layout, TextRun

_LETTERS = re.compile(r"\w")
_COUNTER = re.compile(r"\d+")
_HINT = "take `content` out of the styles: words stand in the HTML, numbers are those of lists"


def check_style_words(layout: Layout, root: Any, *, path: str | None = None) -> list[Diagnostic]:
    """``style-words``: what CSS writes is in the HTML too, or counts items and pages.

    The words of margins are those of ``data-`` attributes, with numbers of pages; the number of an
    item is its place in its list, and each numbered item has one. Before and after an element
    stands nothing.

    Args:
        layout: of the document.
        root: the element ``html`` that was laid out.
        path: the file that diagnostics name.
    """
    elements = list(root.iter())
    known = _words_of_attributes(elements, len(layout.pages))
    numbers = _numbers(elements)
    found: dict[str, None] = {}
    numbered: set[int] = set()
    for page in layout.pages:
        made = [run for run in page.runs if run.generated and run.text.strip()]
        unknown = [word for word in _margin_words(made) if word not in known]
        for run in made:
            if run.tag == "li::marker" and _is(run, numbers.get(run.index)):
                numbered.add(run.index)
            elif run.tag not in {"", "img"} and not _is_sign(run):
                unknown.append(shortened(run.text))
        for words in unknown:
            message = f"page {page.number}: `{words}` is written by a stylesheet, and is not in"
            found[f"{message} the HTML"] = None
    for index in sorted(numbers.keys() - numbered):
        text = shortened("".join(elements[index].itertext()))
        found[f"the item `{text}` of a numbered list has no number"] = None
    return [error("style-words", message, path=path, hint=_HINT) for message in found]


def _margin_words(made: list[TextRun]) -> list[str]:
    """The words of a page's margins, those that a line has broken at a hyphen as one."""
    text = ""
    for run in made:
        if run.tag == "":
            text += run.text if text.endswith("-") else f" {run.text}"
    return text.split()


def _is(run: TextRun, number: int | None) -> bool:
    digits = _COUNTER.search(run.text)
    return number is not None and digits is not None and int(digits[0]) == number


def _is_sign(run: TextRun) -> bool:
    """Whether a run is the bullet of a list."""
    return run.tag == "li::marker" and not _LETTERS.search(plain(run.text))


def _words_of_attributes(elements: list[Any], pages: int) -> set[str]:
    texts = (
        value
        for element in elements
        if isinstance(element.tag, str)
        for name, value in element.items()
        if name.startswith("data-")
    )
    return {word for text in texts for word in text.split()} | {*map(str, range(1, pages + 1))}


def _numbers(elements: list[Any]) -> dict[int, int]:
    """The place in its list of each item of a numbered list, by its place in the document."""
    indexes = {element: index for index, element in enumerate(elements)}
    return {indexes[item]: number for number, item in _items(elements)}


def _items(elements: list[Any]) -> Iterator[tuple[int, Any]]:
    for element in elements:
        if element.tag == "ol":
            yield from enumerate((each for each in element if each.tag == "li"), start=1)
