"""Lines to write on leave room for a hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.diagnostics import Diagnostic, error
from handouts.rendering.layout import MM_PER_PIXEL

if TYPE_CHECKING:
    from handouts.rendering.layout import Layout

LEAST_APART_MM, LEAST_LONG_MM = 8.0, 80.0
LINE = "write-line"
"""Class of a line that takes the width of its box."""


def check_write_in(layout: Layout, *, path: str | None = None) -> list[Diagnostic]:
    """``write-in-too-small``: lines to write on are 8 mm high and 80 mm long, at least.

    The figures are the house's: a hand that shakes needs them.
    """
    found = []
    for page in layout.pages:
        for block in page.blocks:
            if LINE not in block.classes:
                continue
            height, width = block.area.height * MM_PER_PIXEL, block.area.width * MM_PER_PIXEL
            if height < LEAST_APART_MM - 0.05 or width < LEAST_LONG_MM - 0.05:
                found.append(
                    error(
                        "write-in-too-small",
                        f"page {page.number} has a line to write on of {width:.0f} by"
                        f" {height:.1f} mm; the least is {LEAST_LONG_MM:g} by {LEAST_APART_MM:g}",
                        path=path,
                    )
                )
    return found
