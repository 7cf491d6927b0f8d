"""Small pictures of the pages of a PDF, for people who look a build over."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from PIL import Image

WIDTH = 280
"""Pixels across; pages are shown at half of it, sharp on screens of double density."""

_COLOURS = 32
"""Enough for sheets of few colours, at a third of the bytes of full colour."""


def thumbnails_of(data: bytes) -> tuple[bytes, ...]:
    """Each page of a PDF as PNG, ``WIDTH`` pixels wide; the same bytes for the same PDF."""
    document = pypdfium2.PdfDocument(data)
    try:
        return tuple(_thumbnail(page) for page in document)
    finally:
        document.close()


def _thumbnail(page: pypdfium2.PdfPage) -> bytes:
    bitmap = page.render(scale=WIDTH / page.get_width())
    try:
        picture = bitmap.to_pil()
        few = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    finally:
        bitmap.close()
        page.close()
    target = BytesIO()
    few.save(target, "PNG", compress_level=6)
    return target.getvalue()
