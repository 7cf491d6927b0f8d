"""Where pages end: nothing is torn apart, no heading stays behind, no page is half empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.checks.letters import shortened
from handouts.diagnostics import Diagnostic, error, note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.rendering.layout import Block, Layout, PageLayout

LEAST_FULL, LEAST_FULL_LAST = 0.70, 0.25
"""Least share of a page that is used, on a last page and on the others."""

_ROWS = frozenset({"tr", "figure"})
_HEADINGS = frozenset({f"h{level}" for level in range(1, 7)})


def check_breaks(layout: Layout, *, path: str | None = None) -> list[Diagnostic]:
    """``torn-apart``, ``stranded-heading``, ``page-fill``.

    Rows of tables, figures and all that its stylesheet keeps together stand on one page; under
    each heading stand some of its words. How full a page is, is advice: a page may have to end
    early, so that a box stays whole.
    """
    return [
        *(
            error(
                "torn-apart", message, path=path, hint="shorten it, or let it begin on a new page"
            )
            for message in _torn(layout)
        ),
        *(
            error("stranded-heading", message, path=path, hint="give it `break-after: avoid`")
            for message in _stranded(layout)
        ),
        *(note("page-fill", message, path=path) for message in _empty(layout)),
    ]


def _torn(layout: Layout) -> Iterator[str]:
    seen: dict[int, int] = {}
    told: list[Block] = []
    for page in layout.pages:
        for block in page.blocks:
            if block.in_margin or block.repeated:
                continue
            whole = block.keeps_together or block.tag in _ROWS
            first = seen.setdefault(block.index, page.number)
            inside = any(each.index < block.index <= each.last for each in told)
            if whole and first < page.number and not inside:
                told.append(block)
                yield f"{_named(block, layout)} begins on page {first} and goes on after it"


def _stranded(layout: Layout) -> Iterator[str]:
    for page, after in zip(layout.pages, layout.pages[1:], strict=False):
        runs = [run for run in page.runs if not run.in_margin and run.text.strip()]
        if not runs or not any(not run.in_margin for run in after.runs):
            continue
        last = runs[-1]
        for block in page.blocks:
            if block.tag in _HEADINGS and block.index <= last.index <= block.last:
                yield f"page {page.number} ends with the heading `{shortened(last.text)}`"
                break


def _empty(layout: Layout) -> Iterator[str]:
    if len(layout.pages) == 1:
        return
    for page in layout.pages:
        is_last = page is layout.pages[-1]
        least = LEAST_FULL_LAST if is_last else LEAST_FULL
        if (share := page_fill(page)) < least:
            yield f"page {page.number} is {share:.0%} full; aim at {least:.0%}"


def page_fill(page: PageLayout) -> float:
    """The share of a page's height down to the lowest of its words and pictures."""
    bottoms = [run.area.bottom for run in page.runs if not run.in_margin]
    bottoms += [picture.area.bottom for picture in page.pictures if not picture.in_margin]
    return max(0.0, (max(bottoms, default=page.area.y) - page.area.y) / page.area.height)


def _named(block: Block, layout: Layout) -> str:
    name = {"tr": "a row of a table", "figure": "a figure"}.get(block.tag)
    if name is None:
        name = f"`{block.classes[0]}`" if block.classes else f"an element `{block.tag}`"
    inside = (
        run.text
        for page in layout.pages
        for run in page.runs
        if block.index <= run.index <= block.last and not run.generated
    )
    words = next((shortened(text) for text in inside if text.strip()), None)
    return f"{name} with `{words}`" if words else name
