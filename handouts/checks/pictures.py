"""Every picture of the HTML is on a page, whole, where it can be seen; QR codes can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.checks.letters import shortened
from handouts.diagnostics import Diagnostic, error
from handouts.rendering.layout import MM_PER_PIXEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.rendering.composed import ComposedText
    from handouts.rendering.layout import Layout, PageLayout, Picture

LEAST_CODE_MM = 24.0
"""A QR code with its quiet zone: then its symbol has the 20 mm that a phone needs."""

_CODE = "qr-code"
_LOGO = "letterhead__logo"

_LEAST_MM = 1.0
_UNSEEN = frozenset({"visibility", "opacity"})

_SHRUNK = 0.9
"""A drawing below this share of its own width is drawn in too small a type, with too thin lines."""


def check_pictures(
    layout: Layout, words: ComposedText, *, are_told: bool = False, path: str | None = None
) -> list[Diagnostic]:
    """``picture-lost``, ``picture-off-page``, ``picture-shrunk``, ``qr-too-small``.

    Args:
        layout: of the document.
        words: of its HTML, with the places of its pictures.
        are_told: whether pictures that can't be read are told already.
        path: the file that diagnostics name.
    """
    there = {picture.index for page in layout.pages for picture in page.pictures}
    found = [
        error(
            "picture-lost",
            f"the picture {name} is on no page",
            path=path,
            hint="look for `display`, `position`, and pages that a fixed height cuts off",
        )
        for index, name in words.pictures.items()
        if index not in there and not are_told
    ]
    for page in layout.pages:
        for picture in page.pictures:
            found += [
                error(code, f"page {page.number}: {message}", path=path, hint=hint)
                for code, message, hint in _wrong(page, picture)
            ]
    return found


def _wrong(page: PageLayout, picture: Picture) -> Iterator[tuple[str, str, str]]:
    name = f"the picture of `{shortened(picture.texts[0])}`" if picture.texts else "a picture"
    room = page.sheet if picture.in_margin else page.area
    if _LOGO in picture.classes:  # its place is the margin of the first page, above the words
        room = page.printable
    width, height = picture.area.width * MM_PER_PIXEL, picture.area.height * MM_PER_PIXEL
    if min(width, height) < _LEAST_MM:
        size = f"{width:.1f} by {height:.1f} mm"
        yield "picture-lost", f"{name} is {size}", "give it a size"
    elif not room.holds(picture.area):
        yield "picture-off-page", f"{name} goes over the page's edge", "make it smaller"
    elif picture.window and not picture.window.holds(picture.area, tolerance=2):
        yield "picture-off-page", f"{name} is cut off by its box", "take `overflow` off its box"
    elif picture.spoilt_by in _UNSEEN:
        yield "picture-lost", f"{name} can't be seen, by `{picture.spoilt_by}`", "show it"
    elif picture.spoilt_by:
        message = f"{name} is moved or hidden by `{picture.spoilt_by}`"
        yield "picture-off-page", message, "place it without"
    elif picture.natural and picture.area.width < _SHRUNK * picture.natural:
        asked = f"{picture.natural * MM_PER_PIXEL:.0f} mm"
        message = f"{name} is {width:.0f} mm wide, and made for {asked}"
        yield "picture-shrunk", message, "take its width and height out of the styles"
    if _CODE in picture.classes and width < LEAST_CODE_MM:
        message = f"the QR code is {width:.1f} mm wide; the least is {LEAST_CODE_MM:g} mm"
        yield "qr-too-small", message, "phones do not read it: let it have its own size"
