"""The standards that a finished PDF says it keeps: PDF/UA-1, as far as a program can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import page as page_validation

from handouts.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from handouts.rendering.pdf import PdfDocument


def check_pdf_ua(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``pdf-ua``: the file passes the checks of PDF/UA-1 that a program can make."""
    report = page_validation.validate_pdf_bytes(
        document.data, profile=page_validation.ValidationProfile.PDF_UA_1
    )
    failures = dict.fromkeys(f"{each.rule_id}: {each.message}" for each in report.failures)
    return [error("pdf-ua", message, path=path) for message in failures]
