"""Puts faults into documents of our library and asks the gate about each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from handouts.build.folders import Folders
from handouts.build.gate import check_words, limits_of
from handouts.build.job import look_of
from handouts.build.typesetting import Typesetter
from handouts.checks.document import check_pdf
from handouts.diagnostics import Diagnostic, InvalidInput, Severity
from handouts.loading.library import Library, load_library
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.compose import HtmlDocument
from tests.faults.kinds import CSS, HTML, Fault
from tests.projects import ROOT, our_page

DOCUMENTS = (
    Edition("her2climb-stops-working", Kind.PATIENT, "en", Format.STANDARD, Paper.A4, "default"),
    Edition("your-her2climb-treatment", Kind.PATIENT, "ar", Format.STANDARD, Paper.A4, "default"),
    Edition("her2climb", Kind.TRIAL, "en", Format.STANDARD, Paper.A4, "default"),
    Edition("four-trials", Kind.COMPARISON, "en", Format.STANDARD, Paper.LETTER, "default"),
)
FAULTS = (*HTML, *CSS)


@dataclass(frozen=True)
class Trial:
    """One fault in one document, and what the gate said; None if it could not be put in."""

    fault: Fault
    edition: Edition
    codes: tuple[str, ...] | None

    @property
    def is_caught(self) -> bool:
        return bool(self.codes)


@cache
def library() -> Library:
    return load_library(ROOT / "content", ROOT)


@cache
def _typesetter() -> Typesetter:
    folders = Folders(ROOT, ROOT / "content", ROOT / "output")
    return Typesetter(folders, look_of(folders))


def pdf_of(document: HtmlDocument, edition: Edition) -> bytes | None:
    """The file; None if it can't be rendered. What changes no byte of it spoils nothing."""
    try:
        return _typesetter().render(document, edition, Path.read_bytes).data
    except InvalidInput:
        return None


@cache
def _good_pdf(edition: Edition) -> bytes | None:
    return pdf_of(our_page(edition), edition)


def findings(document: HtmlDocument, edition: Edition) -> tuple[Diagnostic, ...]:
    """Errors and warnings of the gate."""
    try:
        pdf = _typesetter().render(document, edition, Path.read_bytes)
    except InvalidInput as invalid:
        return invalid.diagnostics
    limits = limits_of(edition, document, library())
    found = (
        *check_words(document, library().names(edition.language)),
        *check_pdf(pdf, limits=limits, path=document.source),
    )
    return tuple(each for each in found if each.severity is not Severity.NOTE)


def inject(fault: Fault, edition: Edition) -> Trial:
    """Put one fault into the printed page of a document."""
    document = our_page(edition)
    html = fault.change(document.html)
    if html is None:
        return Trial(fault, edition, None)
    spoilt = replace(document, html=html)
    if pdf_of(spoilt, edition) == _good_pdf(edition):
        return Trial(fault, edition, None)
    found = findings(spoilt, edition)
    return Trial(fault, edition, tuple(sorted({each.code for each in found})))


def trials(documents: tuple[Edition, ...] = DOCUMENTS) -> Iterator[Trial]:
    """Every kind of fault in every document that it can spoil."""
    for fault in FAULTS:
        for edition in documents:
            yield inject(fault, edition)
