"""The standards that a finished PDF says it keeps, as far as a program can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import page as page_validation
from page import ValidationProfile

from handouts.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from handouts.rendering.pdf import PdfDocument


def check_pdf_ua(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``pdf-ua``: the file passes the checks of PDF/UA-1 (ISO 14289-1) that a program can make."""
    hint = "PDF/UA-1 makes a file readable for everybody; the rule is named first"
    failures = _failures(document, ValidationProfile.PDF_UA_1)
    return [error("pdf-ua", each, path=path, hint=hint) for each in failures]


def check_pdf_a(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``pdf-a``: the file passes the checks of PDF/A-2a (ISO 19005-2) that a program can make."""
    hint = "PDF/A-2a makes a file last; the rule is named first"
    failures = _failures(document, ValidationProfile.PDF_A_2A)
    return [error("pdf-a", each, path=path, hint=hint) for each in failures]


def _failures(document: PdfDocument, profile: ValidationProfile) -> list[str]:
    """What breaks a standard, each message once."""
    report = page_validation.validate_pdf_bytes(document.data, profile=profile)
    return list(dict.fromkeys(f"{each.rule_id}: {each.message}" for each in report.failures))
