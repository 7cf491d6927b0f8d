"""Pictures of pages, to look at on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

WIDTH = 900
HEIGHT = 4 * WIDTH
"""Pixels of a picture at most; printed pages are not half as high for their width."""


def pictures_of(data: bytes) -> Iterator[bytes]:
    """Each page of a PDF as PNG, ``WIDTH`` wide; less where it would be too high then.

    Raises:
        pypdfium2.PdfiumError: it is no PDF.
    """
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            bitmap = page.render(scale=min(WIDTH / page.get_width(), HEIGHT / page.get_height()))
            target = BytesIO()
            bitmap.to_pil().save(target, "PNG", compress_level=1)
            bitmap.close()
            page.close()
            yield target.getvalue()
    finally:
        document.close()
