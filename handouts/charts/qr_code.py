"""A QR code: an address that a phone reads off the paper.

Level M, black on white, with a quiet zone of four modules (ISO/IEC 18004, 9.1). What a phone needs
of it on paper: a symbol of 20 mm at least, modules of 0.4 mm at least.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape

import segno

from handouts.charts.drawing import ChartStyle, Drawing

QUIET_MODULES = 4
LEAST_SYMBOL_MM = 20
LEAST_MODULE_MM = 0.4


@lru_cache(maxsize=256)
def draw_qr(address: str, style: ChartStyle, *, size_mm: float, alt: str) -> Drawing:
    """The code of an address, with its quiet zone.

    Args:
        address: what it says.
        style: its ink.
        size_mm: side of the whole; more, if the symbol or its modules would be too small.
        alt: what it is, in words.
    """
    symbol = segno.make(address, error="m", micro=False, boost_error=False)
    rows = [bytes(row) for row in symbol.matrix]
    modules = len(rows) + 2 * QUIET_MODULES
    side_mm = max(size_mm, LEAST_MODULE_MM * modules, LEAST_SYMBOL_MM * modules / len(rows))
    side = f"{side_mm:.2f}mm"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart qr-code" role="img" width="{side}"'
        f' height="{side}" viewBox="0 0 {modules} {modules}"><title>{escape(alt)}</title>'
        f'<path fill="{style.ink}" shape-rendering="crispEdges" d="{_path(rows)}"/></svg>'
    )
    return Drawing(svg, alt, side_mm, side_mm)


def _path(rows: list[bytes]) -> str:
    """Dark modules as one path: neighbours in a row are one rectangle, so that no seam shows."""
    steps = []
    for y, row in enumerate(rows, QUIET_MODULES):
        start = None
        for x, is_dark in enumerate((*row, 0)):
            if is_dark and start is None:
                start = x
            elif not is_dark and start is not None:
                length = x - start
                steps.append(f"M{start + QUIET_MODULES} {y}h{length}v1h-{length}z")
                start = None
    return "".join(steps)
