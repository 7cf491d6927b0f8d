"""``report.html``: every document with its pages, checks and findings, for people.

One static file and the pictures beside it: it runs nothing, loads nothing from elsewhere, and opens
from a disk.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from handouts.build.reports.codes import explanations
from handouts.build.reports.documents import DocumentReport, LibraryReport
from handouts.build.reports.legible import legible
from handouts.diagnostics import Severity
from handouts.models.edition import Edition, Kind, Paper
from handouts.rendering.fingerprint import short_fingerprint

_TEMPLATE = "page.html.jinja"
_THUMBNAIL_WIDTH = 140
"""CSS pixels; half of the picture's own."""

_KINDS = {
    Kind.PATIENT: "Patient handouts",
    Kind.TRIAL: "Trial summaries",
    Kind.COMPARISON: "Comparisons of trials",
    Kind.REFERENCE: "Reference pages for clinicians",
}
_SEVERE_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def page_of(library: LibraryReport) -> str:
    """The page of a library."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_legible,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "counted": _counted, "size": _size, "language": _language, "edition": _edition,
        "marked": _marked, "short": short_fingerprint, "verdict": _verdict, "anchor": _anchor,
    }  # fmt: skip
    environment.globals |= {"severities": _SEVERE_FIRST, "thumbnail": _thumbnail}
    said = {each.code for each in library.diagnostics}
    return environment.get_template(_TEMPLATE).render(
        library=library,
        kinds=[
            (name, documents)
            for kind, name in _KINDS.items()
            if (documents := [e for e in library.documents if e.edition.kind is kind])
        ],
        to_mend=[e for e in library.diagnostics if e.severity is not Severity.NOTE],
        codes=sorted((c, e.meaning) for c, e in explanations().items() if c in said),
    )


def _legible(value: Any) -> Any:
    return legible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _marked(text: str) -> Markup:
    """A message; what it quotes is set apart, also where that is written the other way."""
    parts = (str(escape(each)) for each in legible(text).split("`"))
    quoted = (
        f'<bdi class="finding__quoted">{each}</bdi>' if number % 2 else each
        for number, each in enumerate(parts)
    )  # fmt: skip
    return Markup("".join(quoted))  # noqa: S704  (each part is escaped)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def _size(count: int) -> str:
    """Bytes as people read them, in SI units."""
    thousands = max(1, round(count / 1000))
    return f"{thousands} kB" if thousands < 1000 else f"{count / 1_000_000:.1f} MB"


def _language(code: str) -> str:
    try:
        return str(Locale.parse(code.replace("-", "_")).get_display_name("en") or code)
    except (UnknownLocaleError, ValueError):
        return code


def _edition(edition: Edition) -> str:
    paper = "A4" if edition.paper is Paper.A4 else str(edition.paper).capitalize()
    return f"{str(edition.format).replace('-', ' ').capitalize()}, {paper}"


def _anchor(document: DocumentReport) -> str:
    edition = document.edition
    return f"{edition.clinic}.{edition.id}.{edition.language}"


def _verdict(document: DocumentReport) -> tuple[str, str]:
    """How a document came out: a word for its style, and words for people."""
    if document.has_failed:
        missing = len(document.editions) - len(document.made)
        some = "failed" if missing == len(document.editions) else f"{missing} failed"
        return "error", some
    for severity in _SEVERE_FIRST:
        if count := document.count(severity):
            return str(severity), _counted(count, str(severity))
    return "good", "nothing found"


def _thumbnail(paper: Paper) -> tuple[int, int]:
    """Width and height at which a page is shown, in CSS pixels."""
    width, height = paper.size_pt
    return _THUMBNAIL_WIDTH, round(_THUMBNAIL_WIDTH * height / width)
