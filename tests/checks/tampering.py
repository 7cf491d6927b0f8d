"""Spoil a finished PDF in one place."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.rendering.pdf import PdfDocument


def tampered(document: PdfDocument, change: Callable[[pikepdf.Pdf], object]) -> PdfDocument:
    """The document, with something changed in its file."""
    with pikepdf.open(io.BytesIO(document.data)) as pdf:
        change(pdf)
        output = io.BytesIO()
        # Streams that are compressed anew may end with a byte that PDF/A forbids there.
        pdf.save(
            output, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
    return replace(document, data=output.getvalue())


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """All elements of one type, such as ``/P``, in reading order."""
    return _below(pdf.Root.StructTreeRoot.K[0], kind)


def _below(element: Any, kind: str) -> list[Any]:
    found = [element] if element.get("/S") == kind else []
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += _below(kid, kind)
    return found


def rewritten(document: PdfDocument, old: bytes, new: bytes, *, page: int = 1) -> PdfDocument:
    """The document, with the first ``old`` in the content of a page made ``new``."""

    def change(pdf: pikepdf.Pdf) -> None:
        sheet = pdf.pages[page - 1]
        content = sheet.Contents.read_bytes()
        assert old in content
        sheet.Contents.write(content.replace(old, new, 1))

    return tampered(document, change)
