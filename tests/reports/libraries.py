"""Reports of made-up libraries, to write in every form."""

from __future__ import annotations

from dataclasses import replace

from handouts.build.manifest import Entry
from handouts.build.reports.documents import EditionReport, LibraryReport, Score, Scores, of_pages
from handouts.diagnostics import Diagnostic, error, in_order, note, warning
from handouts.models.edition import Edition, Format, Kind, Paper

SOURCE = "content/patient/sheet/en.md"
HOSTILE = '<script>alert(1)</script> ]]> \x00 & "quoted" \u202eevil\u202c \ud800 سلام'

ERROR = error("text-lost", "a line is lost", path=SOURCE, line=3, column=7, hint="find it")
WARNING = warning("long-sentence", "it is long", path=SOURCE, line=5, column=1)
NOTE = note("draft", "nobody has reviewed it", path=SOURCE)
STRAY = warning("unused-file", "nothing reads it", path="content/facts/spare file.yaml")


def edition(paper: Paper = Paper.A4, name: str = "sheet", language: str = "en") -> Edition:
    return Edition(name, Kind.PATIENT, language, Format.STANDARD, paper, "default")


def report(about: Edition, *said: Diagnostic, title: str = "A sheet") -> EditionReport:
    entry = Entry(
        id=about.id, kind=about.kind, title=title, language=about.language, format=about.format,
        paper=about.paper, clinic=about.clinic, path=about.pdf_path, html=about.twin_path, pages=2,
        bytes=41_500, sha256="0" * 64, reference="MADE-01-EN", content_version="1.2",
        fingerprint="0123456789ABCDEFGHJKMNPQRS",
        reviewed=None, next_review=None, review_state="draft", sources=("ONE-2020",),
    )  # fmt: skip
    grade = Score(name="Grade", value=9.5, text="9.5", target="at most 9", is_met=False)
    return EditionReport(
        edition=about, source=SOURCE, title=title, entry=entry, diagnostics=said,
        scores=(Scores(check="Plain language of patient handouts", scores=(grade,)),),
    )  # fmt: skip


def failed(each: EditionReport, *of_its_pages: Diagnostic) -> EditionReport:
    return replace(each, entry=None, page_diagnostics=of_its_pages)


def library(
    *editions: EditionReport, others: tuple[Diagnostic, ...] = (), title: str = "Library"
) -> LibraryReport:
    said = [*others, *(each for edition in editions for each in edition.diagnostics)]
    said += of_pages({each.edition: each.page_diagnostics for each in editions})
    return LibraryReport(
        title=title,
        publisher="A publisher",
        settings="content/project.yaml",
        editions=editions,
        diagnostics=in_order(said),
        versions=(("handouts", "0.1.0"),),
    )


def full_library() -> LibraryReport:
    """One sheet on two papers: an error on one of them, a warning and a note on both, one stray."""
    return library(
        report(edition(), WARNING, NOTE),
        failed(report(edition(Paper.LETTER), WARNING, NOTE), ERROR),
        others=(STRAY,),
    )


def hostile_library() -> LibraryReport:
    said = error("unused-file", HOSTILE, path=f"content/{HOSTILE}.md", line=1, hint=HOSTILE)
    return library(report(edition(), said, title=HOSTILE), others=(said,), title=HOSTILE)
