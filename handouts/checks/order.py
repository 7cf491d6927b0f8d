"""Words stand on the page in the order in which they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handouts.checks.letters import shortened
from handouts.diagnostics import Diagnostic, error
from handouts.rendering.isolation import reads_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.rendering.layout import Block, Layout, PageLayout, TextRun

_NEAR = 2.0
"""Pixels by which places may differ."""

_HINT = "look for `order`, `*-reverse`, places in a grid, `float` and `position`"


def check_order(layout: Layout, root: Any, *, path: str | None = None) -> list[Diagnostic]:
    """``out-of-order``: what is written first is read first; cells stand below their headers.

    Steps in another order are other steps, and a number under another header is another result.

    Args:
        layout: of the document.
        root: the element ``html`` that was laid out.
        path: the file that diagnostics name.
    """
    elements = list(root.iter())
    is_rtl = root.get("dir") == "rtl"
    before: TextRun | None = None
    found: dict[str, None] = {}
    for page in layout.pages:
        above: TextRun | None = None
        for run in page.runs:
            if run.in_margin or run.generated or run.repeated or not run.text.strip():
                continue
            name = f"`{shortened(run.text)}`"
            if before is not None and _is_written_before(run, before, elements):
                other = f"`{shortened(before.text)}`"
                found[f"page {page.number}: {other} stands before {name}, written after it"] = None
            elif above is not None and _is_read_before(run, above, is_rtl=is_rtl):
                other = f"`{shortened(above.text)}`"
                found[f"page {page.number}: {name} stands before {other}, written after it"] = None
            before = above = run
        found.update(dict.fromkeys(_astray(page)))
    return [error("out-of-order", message, path=path, hint=_HINT) for message in found]


def _is_written_before(run: TextRun, other: TextRun, elements: list[Any]) -> bool:
    """Whether the HTML has a run before another one that does not stand inside of its element."""
    if run.index >= other.index:
        return False
    inside = elements[other.index]
    return all(each is not inside for each in elements[run.index].iter())


def _is_read_before(run: TextRun, other: TextRun, *, is_rtl: bool) -> bool:
    """Whether a run stands above another one, or on its line before it."""
    width, height = run.area.shared(other.area)
    if width > _NEAR and run.area.bottom <= other.area.y + _NEAR:
        return True
    if height < 0.5 * min(run.area.height, other.area.height):
        return False
    if is_rtl or reads_right_to_left(run.text) or reads_right_to_left(other.text):
        return False  # the two directions share lines
    return run.area.right <= other.area.x + _NEAR


def _astray(page: PageLayout) -> Iterator[str]:
    """Cells that do not stand below those of the first row."""
    rows: list[list[Block]] = []
    for block in page.blocks:
        if block.tag == "table":
            rows = []
        elif block.tag == "tr":
            rows.append([])
        elif block.tag in {"td", "th"} and rows:
            first, row = rows[0], rows[-1]
            row.append(block)
            place = len(row)
            if place <= len(first) and abs(first[place - 1].area.x - block.area.x) > _NEAR:
                cell = f"cell {place} of row {len(rows)} of a table"
                yield f"page {page.number}: {cell} does not stand below its header"
