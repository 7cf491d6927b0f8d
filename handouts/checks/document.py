"""All checks of one PDF."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handouts.checks.breaks import check_breaks
from handouts.checks.clinic_slots import check_clinic_slots
from handouts.checks.conformance import check_pdf_a, check_pdf_ua
from handouts.checks.contrast import check_contrast
from handouts.checks.marked_content import check_artifacts, check_marks
from handouts.checks.markup import check_markup
from handouts.checks.metadata import check_metadata
from handouts.checks.order import check_order
from handouts.checks.overlaps import check_overlaps
from handouts.checks.page_state import check_page_state
from handouts.checks.paper import (
    PATIENT_FLOORS,
    check_page_count,
    check_page_size,
    check_text_inside,
    check_type_size,
)
from handouts.checks.pictures import check_pictures
from handouts.checks.reading import check_bookmarks, check_headings, check_reading_order
from handouts.checks.structure import check_links, check_parent_tree, check_structure
from handouts.checks.style_words import check_style_words
from handouts.checks.typeface import FAMILIES, check_fonts, check_glyphs
from handouts.checks.wording import check_text
from handouts.checks.write_in import check_write_in
from handouts.diagnostics import Diagnostic, in_order
from handouts.rendering.brand import LEAST_FOR_PATIENTS
from handouts.rendering.compose import StateWords
from handouts.rendering.composed import composed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.models.clinic import Clinic
    from handouts.models.record import Record
    from handouts.rendering.pdf import PdfDocument


@dataclass(frozen=True, slots=True)
class Limits:
    """What a kind of document must keep to.

    Attributes:
        pages: at most so many.
        paper: ``a4`` or ``letter`` if only one of them will do.
        floors: least type size in points by role; see ``check_type_size``.
        families: allowed font families.
        contrast: least ratio of text to its background.
        state: what each page says of the document.
        clinic: whose words stand in the clinic's slots.
    """

    pages: int
    paper: str | None = None
    floors: Mapping[str, float] = field(default_factory=lambda: dict(PATIENT_FLOORS))
    families: tuple[str, ...] = FAMILIES
    contrast: float = LEAST_FOR_PATIENTS
    state: StateWords | None = None
    clinic: Record[Clinic] | None = None


def check_pdf(
    document: PdfDocument, *, limits: Limits, path: str | None = None
) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with a document, with what went wrong while it was rendered.

    Args:
        document: to check.
        limits: what it must keep to.
        path: the file that diagnostics name.
    """
    layout, root = document.layout, document.root
    words = composed(root, without=layout.running)
    is_told = any(each.code == "missing-picture" for each in document.diagnostics)
    return in_order(
        [
            *document.diagnostics,
            *check_page_size(document, paper=limits.paper, path=path),
            *check_page_count(document, limit=limits.pages, path=path),
            *check_type_size(document, floors=limits.floors, path=path),
            *check_text_inside(document, path=path),
            *check_contrast(layout, least=limits.contrast, path=path),
            *check_overlaps(layout, path=path),
            *check_order(layout, root, path=path),
            *check_style_words(layout, root, path=path),
            *check_breaks(layout, path=path),
            *check_pictures(layout, words, are_told=is_told, path=path),
            *check_clinic_slots(layout, root, limits.clinic, pages=limits.pages, path=path),
            *check_write_in(layout, path=path),
            *(check_page_state(layout, limits.state, path=path) if limits.state else ()),
            *check_markup(root, path=path),
            *check_fonts(document, families=limits.families, path=path),
            *check_glyphs(document, path=path),
            *check_text(document, words, path=path),
            *check_pdf_ua(document, path=path),
            *check_pdf_a(document, path=path),
            *check_marks(document, path=path),
            *check_artifacts(document, path=path),
            *check_structure(document, path=path),
            *check_parent_tree(document, path=path),
            *check_links(document, path=path),
            *check_reading_order(document, path=path),
            *check_headings(document, path=path),
            *check_bookmarks(document, path=path),
            *check_metadata(document, path=path),
        ]
    )
