"""The text of a PDF as a program that reads it finds it."""

from __future__ import annotations

import pypdfium2


def extracted_text(data: bytes) -> tuple[str, ...]:
    """The text of each page as PDFium reads it, with hyphens at line ends as they are printed."""
    document = pypdfium2.PdfDocument(data)
    try:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_range())
            text_page.close()
            page.close()
    finally:
        document.close()
    return tuple(texts)
