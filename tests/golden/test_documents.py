"""What our own documents say: composed for paper, composed for screens, and read back from PDF."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from handouts.build.folders import Folders
from handouts.loading.library import load_library
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.compose import HtmlDocument, Look, compose
from handouts.rendering.composed import composed_text
from tests.golden import Golden
from tests.projects import ROOT

DOCUMENTS = [(Kind.PATIENT, "her2climb-stops-working"), (Kind.TRIAL, "her2climb")]
FORMATS = {Kind.PATIENT: (Format.STANDARD, Format.LARGE_PRINT), Kind.TRIAL: (Format.STANDARD,)}
EDITIONS = [
    Edition(name, kind, "en", format_, paper, "default")
    for kind, name in DOCUMENTS
    for format_ in FORMATS[kind]
    for paper in Paper
]
STANDARD = [each for each in EDITIONS if (each.format, each.paper) == ("standard", "a4")]


def words_name(edition: Edition) -> str:
    return f"{edition.id}.{edition.language}.page.txt"


def twin_name(edition: Edition) -> str:
    return f"{edition.id}.{edition.language}.twin.txt"


def pdf_name(edition: Edition) -> str:
    return f"{Path(edition.pdf_path).name}.txt"


@cache
def composed(edition: Edition) -> HtmlDocument:
    look = Look((ROOT / "templates",), (ROOT / "styles",), str)
    library = load_library(ROOT / "content", ROOT)
    return compose(edition, library, look, date(2026, 11, 20), Path.read_bytes)


def pages_of(edition: Edition) -> list[str]:
    """The text of each page of its PDF, in the order in which it is painted."""
    from handouts.build.job import look_of
    from handouts.build.typesetting import Typesetter

    document = composed(edition)
    folders = Folders(ROOT, ROOT / "content", ROOT / "output")
    typesetter = Typesetter(folders, look_of(folders))
    if edition.kind.fits_its_page:
        document = typesetter.fitted(document, edition, 1, Path.read_bytes)
    pdf = typesetter.render(document, edition, Path.read_bytes)
    with pypdfium2.PdfDocument(pdf.data) as file:
        return [str(page.get_textpage().get_text_bounded()).replace("\r", "") for page in file]


@pytest.mark.parametrize("edition", STANDARD, ids=words_name)
def test_a_document_says_on_paper_what_was_accepted(edition: Edition, golden: Golden) -> None:
    golden.check(words_name(edition), f"{composed_text(composed(edition).html)}\n")


@pytest.mark.parametrize("edition", STANDARD, ids=twin_name)
def test_its_twin_says_what_was_accepted(edition: Edition, golden: Golden) -> None:
    golden.check(twin_name(edition), f"{composed_text(composed(edition).twin)}\n")


@pytest.mark.parametrize("edition", EDITIONS, ids=pdf_name)
def test_each_page_of_its_pdf_says_what_was_accepted(edition: Edition, golden: Golden) -> None:
    pages = [f"== Page {number}\n{text}" for number, text in enumerate(pages_of(edition), 1)]
    golden.check(pdf_name(edition), "\n\n".join(pages) + "\n")


def test_every_kept_text_belongs_to_a_document(golden: Golden) -> None:
    golden.check_names(
        [
            *map(words_name, STANDARD),
            *map(twin_name, STANDARD),
            *map(pdf_name, EDITIONS),
        ]
    )
