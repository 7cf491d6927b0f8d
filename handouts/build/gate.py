"""The gate: what is asked of each edition before it is published, words first, then pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.build.foreign import foreign_in_page
from handouts.build.native import quick_lookup
from handouts.diagnostics import Diagnostic, error
from handouts.models.edition import Edition, Format

with quick_lookup():
    from handouts.checks.completeness import check_completeness
    from handouts.checks.document import Limits
    from handouts.checks.numbers import number_problems_in_document
    from handouts.checks.paper import CLINICIAN_FLOORS, LARGE_PRINT_FLOORS, PATIENT_FLOORS
    from handouts.checks.visible_words import BrokenHtmlError
    from handouts.rendering.brand import LEAST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.loading.library import Library
    from handouts.rendering.compose import HtmlDocument

_LARGE_PRINT_PAGES = 3
"""Large print may take so many times the pages of the standard format."""


def check_words(document: HtmlDocument, names: tuple[str, ...]) -> Iterator[Diagnostic]:
    """What is wrong with a composed document, whatever its pages will look like.

    Args:
        document: both of its pages are looked at, the printed one and its twin.
        names: with digits in them that are no numbers.
    """
    yield from check_completeness(document)
    yield from number_problems(document, names)
    for each in dict.fromkeys((*foreign_in_page(document.html), *foreign_in_page(document.twin))):
        yield error(
            "foreign-resource",
            f"the page would load or run {each}",
            path=document.source,
            hint="a template writes it; pages load nothing from elsewhere and run nothing",
        )


def limits_of(edition: Edition, document: HtmlDocument, library: Library) -> Limits:
    """What the pages of an edition must keep to; ``check_pdf`` asks for it."""
    paper, state = str(edition.paper), document.state_words
    clinic = library.clinics[edition.clinic]
    if edition.kind.fits_its_page:
        return Limits(1, paper, CLINICIAN_FLOORS, contrast=LEAST, state=state)
    pages = library.handouts[edition.id, edition.language].front.pages
    if edition.format is Format.LARGE_PRINT:
        return Limits(
            _LARGE_PRINT_PAGES * pages, paper, LARGE_PRINT_FLOORS, state=state, clinic=clinic
        )
    return Limits(pages, paper, PATIENT_FLOORS, state=state, clinic=clinic)


def number_problems(document: HtmlDocument, names: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """Numbers on a document, or on its twin, that no fact stands behind."""
    path = document.source
    try:
        found = [
            each
            for html in (document.html, document.twin)
            for each in number_problems_in_document(html, names, document.language, path)
        ]
    except BrokenHtmlError:
        message = "a template writes what can't be read as HTML"
        return (error("broken-template", message, path=path),)
    return tuple(dict.fromkeys(found))
