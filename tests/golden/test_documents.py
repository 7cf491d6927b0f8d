"""What our own documents say: composed for paper, composed for screens, and read back from PDF."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from handouts.build.folders import Folders
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.composed import composed_text
from tests.golden import Golden
from tests.projects import ROOT, our_page

DOCUMENTS = [
    (Kind.PATIENT, "her2climb-stops-working"),
    (Kind.PATIENT, "two-ways-to-block-her2"),
    (Kind.TRIAL, "her2climb"),
    (Kind.COMPARISON, "four-trials"),
    (Kind.REFERENCE, "resistance-mechanisms"),
    (Kind.REFERENCE, "trial-methods"),
    (Kind.PATIENT, "medicines-herbs-foods"),
    (Kind.PATIENT, "blood-tests-for-tumour-dna"),
    (Kind.PATIENT, "how-scans-show"),
    (Kind.PATIENT, "what-her2-positive-means"),
    (Kind.PATIENT, "your-her2climb-treatment"),
]
FORMATS = dict.fromkeys(Kind, (Format.STANDARD,)) | {
    Kind.PATIENT: (Format.STANDARD, Format.LARGE_PRINT)
}
TRANSLATIONS = [
    Edition(path.parent.name, Kind.PATIENT, path.stem, Format.STANDARD, Paper.A4, "default")
    for path in sorted((ROOT / "content" / "patient").glob("*/*.md"))
    if path.stem != "en"
]
EDITIONS = [
    Edition(name, kind, "en", format_, paper, "default")
    for kind, name in DOCUMENTS
    for format_ in FORMATS[kind]
    for paper in Paper
] + TRANSLATIONS
STANDARD = [each for each in EDITIONS if (each.format, each.paper) == ("standard", "a4")]


def words_name(edition: Edition) -> str:
    return f"{edition.id}.{edition.language}.page.txt"


def twin_name(edition: Edition) -> str:
    return f"{edition.id}.{edition.language}.twin.txt"


def pdf_name(edition: Edition) -> str:
    return f"{Path(edition.pdf_path).name}.txt"


def pages_of(edition: Edition) -> list[str]:
    """The text of each page of its PDF, in the order in which it is painted."""
    from handouts.build.job import look_of
    from handouts.build.typesetting import Typesetter

    folders = Folders(ROOT, ROOT / "content", ROOT / "output")
    typesetter = Typesetter(folders, look_of(folders))
    pdf = typesetter.render(our_page(edition), edition, Path.read_bytes)
    with pypdfium2.PdfDocument(pdf.data) as file:
        return [str(page.get_textpage().get_text_bounded()).replace("\r", "") for page in file]


@pytest.mark.parametrize("edition", STANDARD, ids=words_name)
def test_a_document_says_on_paper_what_was_accepted(edition: Edition, golden: Golden) -> None:
    golden.check(words_name(edition), f"{composed_text(our_page(edition).html)}\n")


@pytest.mark.parametrize("edition", STANDARD, ids=twin_name)
def test_its_twin_says_what_was_accepted(edition: Edition, golden: Golden) -> None:
    golden.check(twin_name(edition), f"{composed_text(our_page(edition).twin)}\n")


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
