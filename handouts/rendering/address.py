"""Where the screen page of a sheet is on the web, in letters and as a QR code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handouts.charts.drawing import ChartStyle, Drawing
from handouts.charts.qr_code import draw_qr
from handouts.models.edition import Edition, Format


@dataclass(frozen=True, slots=True)
class PageAddress:
    """The address of a document's screen page.

    Attributes:
        url: the whole address.
        shown: as it is printed beside the code, without ``https://``.
        code: the QR code of ``url``.
        is_in_footer: whether ``shown`` stands at the foot of each page; in large print it would
            not fit there, and stands where the sheet ends.
    """

    url: str
    shown: str
    code: Drawing
    is_in_footer: bool


def page_address(
    base_url: str | None,
    edition: Edition,
    style: ChartStyle,
    translate: Callable[[str], str],
    *,
    size_mm: float,
) -> PageAddress | None:
    """The address of an edition's screen page; None where the project names no web address."""
    if base_url is None:
        return None
    url = f"{base_url.rstrip('/')}/{edition.clinic}/{edition.language}/{edition.id}/"
    shown = url.partition("://")[2]
    alt = translate("QR code of the address {address}").format(address=shown)
    code = draw_qr(url, style, size_mm=size_mm, alt=alt)
    return PageAddress(url, shown, code, edition.format is not Format.LARGE_PRINT)
