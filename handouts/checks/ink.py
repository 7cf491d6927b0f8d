"""Ink on the sheet: how much, and where a printer or a hole punch would spoil it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.checks.raster import MM_PER_INCH
from handouts.diagnostics import Diagnostic, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.checks.raster import Grey

MOST_TONER, MOST_TONER_ON_A_PAGE = 0.08, 0.10
"""Shares that toner may cover, of a document's pages taken together and of any of them; an office
printer's cartridge is sold for 5 %."""

SAFE_EDGE_MM = 6.0
"""Printers put no ink nearer to an edge."""

_PAPER = 250
"""Dots lighter than this are paper."""


@dataclass(frozen=True, slots=True)
class Holes:
    """Where a punch cuts: distance of the centres from the side edge, and between them."""

    name: str
    inset_mm: float
    apart_mm: tuple[float, ...]
    radius_mm: float


HOLES = (
    Holes("two holes (ISO 838)", 12.0, (-40.0, 40.0), 3.0),
    Holes("three holes (US)", 12.7, (-108.0, 0.0, 108.0), 4.0),
)
"""``apart_mm`` counts from the middle of the sheet's height."""

_AROUND_HOLE_MM = 1.0


def check_toner(pages: Sequence[Grey], *, path: str | None = None) -> list[Diagnostic]:
    """``too-much-toner``: how much of the pages is covered, greys counted by their darkness."""
    covers = [float(1 - page.mean() / 255) for page in pages]
    mean = sum(covers) / len(covers)
    found = [
        f"page {number} is covered with toner by {cover:.1%}; the most is"
        f" {MOST_TONER_ON_A_PAGE:.0%}"
        for number, cover in enumerate(covers, 1)
        if cover > MOST_TONER_ON_A_PAGE
    ]
    if mean > MOST_TONER:
        most = f"the most is {MOST_TONER:.0%}"
        found.append(f"its pages are covered with toner by {mean:.1%} on average; {most}")
    hint = "use tints and lines in place of filled areas"
    return [warning("too-much-toner", message, path=path, hint=hint) for message in found]


def check_safe_edge(page: Grey, number: int, dots: int, *, path: str | None) -> list[Diagnostic]:
    """``ink-at-edge``: nothing is printed within 6 mm of an edge.

    Args:
        page: in grey.
        number: of the page.
        dots: to the inch.
        path: the file that diagnostics name.
    """
    edge = round(SAFE_EDGE_MM / MM_PER_INCH * dots)
    sides = {
        "upper": page[:edge],
        "lower": page[-edge:],
        "left": page[:, :edge],
        "right": page[:, -edge:],
    }
    return [
        error(
            "ink-at-edge",
            f"page {number} has ink within {SAFE_EDGE_MM:g} mm of its {name} edge",
            path=path,
            hint="printers cut it off: keep inside of the margins",
        )
        for name, strip in sides.items()
        if (strip < _PAPER).any()
    ]


def check_holes(page: Grey, number: int, dots: int, *, path: str | None) -> list[Diagnostic]:
    """``ink-in-holes``: a punch cuts through nothing, on either side of the sheet.

    Holes are those of ISO 838 and of American binders, at the left edge and, for the back of the
    sheet, at the right.
    """
    return [
        error(
            "ink-in-holes",
            f"page {number} has ink where {holes.name} are punched at its {side} edge",
            path=path,
            hint="keep 17 mm free at both sides",
        )
        for holes in HOLES
        for side in ("left", "right")
        if any((cut < _PAPER).any() for cut in _cuts(page, holes, side, dots))
    ]


def _cuts(page: Grey, holes: Holes, side: str, dots: int) -> Iterator[Grey]:
    """The square around each hole."""
    per_mm = dots / MM_PER_INCH
    height, width = page.shape
    reach = (holes.radius_mm + _AROUND_HOLE_MM) * per_mm
    x = holes.inset_mm * per_mm if side == "left" else width - holes.inset_mm * per_mm
    for apart in holes.apart_mm:
        y = height / 2 + apart * per_mm
        rows = slice(max(0, round(y - reach)), round(y + reach))
        yield page[rows, max(0, round(x - reach)) : round(x + reach)]
