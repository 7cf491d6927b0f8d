"""Every page says what it is, and in which state: banner and footer."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from handouts.checks.letters import shortened
from handouts.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.rendering.compose import StateWords
    from handouts.rendering.layout import Layout, PageLayout, TextRun

_WHOLE = re.compile(r"(?<![\d.])\d+(?![\d.])")
_SIGNS = re.compile(r"[\W_]+")


def check_page_state(
    layout: Layout, words: StateWords, *, path: str | None = None
) -> list[Diagnostic]:
    """``state-lost``: each page carries the banner of a draft, and in its footer what it is.

    On the first page the banner is text of the page, later in the margin.

    Args:
        layout: of the document.
        words: what has to be said.
        path: the file that diagnostics name.
    """
    hint = "a template or stylesheet takes it off"
    return [
        error("state-lost", message, path=path, hint=hint)
        for page in layout.pages
        for message in _missing(page, len(layout.pages), words)
    ]


def _missing(page: PageLayout, pages: int, words: StateWords) -> Iterator[str]:
    margin = _letters(run for run in page.runs if run.in_margin)
    text = margin + _letters(run for run in page.runs if not run.in_margin)
    for said in words.banner:
        if _plain(said) not in text:
            yield f"page {page.number} does not say `{shortened(said)}`"
    for said in words.footer:
        if _plain(said) not in margin:
            yield f"page {page.number} does not say `{said}` in its margin"
    numbers = [int(each) for run in page.runs if run.in_margin for each in _WHOLE.findall(run.text)]
    if not any(pair == (page.number, pages) for pair in pairwise(numbers)):
        yield f"page {page.number} does not say that it is one of {pages}"


def _letters(runs: Iterable[TextRun]) -> str:
    return _plain("".join(run.text for run in runs))


def _plain(text: str) -> str:
    """Letters and digits only: a text wraps, and signs are set apart where scripts mix."""
    return _SIGNS.sub("", text).casefold()
