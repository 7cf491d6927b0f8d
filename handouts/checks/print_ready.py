"""All checks of a document as an office printer puts it on paper; slower than the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.checks.chart_colours import check_chart_colours
from handouts.checks.ink import check_holes, check_safe_edge, check_toner
from handouts.checks.qr_reading import DOTS_PER_INCH, check_codes
from handouts.checks.raster import grey_pages
from handouts.diagnostics import Diagnostic, in_order

if TYPE_CHECKING:
    from collections.abc import Collection

    from handouts.rendering.pdf import PdfDocument


def check_print(
    document: PdfDocument,
    *,
    addresses: Collection[str],
    is_punched: bool,
    path: str | None = None,
) -> tuple[Diagnostic, ...]:
    """Toner, edges, holes, colours of charts, QR codes.

    Args:
        document: to check.
        addresses: what its QR codes must say.
        is_punched: whether holes may be punched in its sheets, as in those of patients.
        path: the file that diagnostics name.
    """
    pages = tuple(grey_pages(document.data, DOTS_PER_INCH))
    found = list(check_chart_colours(document.root, path=path))
    found += check_toner(pages, path=path)
    for number, page in enumerate(pages, 1):
        found += check_safe_edge(page, number, DOTS_PER_INCH, path=path)
        if is_punched:
            found += check_holes(page, number, DOTS_PER_INCH, path=path)
    found += check_codes(pages, addresses, path=path)
    return in_order(found)
