"""``index.html``: every document, to be found, read and printed.

The page is a plain list, whole without a script. ``library.js`` hides what is not looked for; it
reads the list itself, so that every title and address is in the page once. Both open from a disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from handouts.build.manifest import Entry
from handouts.build.reports.legible import legible
from handouts.build.site.archives import archives_of
from handouts.build.site.catalogue import Catalogue, Sheet
from handouts.evidence.formatting import written_date
from handouts.models.edition import Format, Kind, Paper
from handouts.rendering.language import SOURCE_LANGUAGE, direction_of, own_name

_FOLDER = Path(__file__).parent
_TEMPLATE = "page.html.jinja"

_KINDS = {
    Kind.TRIAL: "Trial summaries",
    Kind.COMPARISON: "Comparisons of trials",
    Kind.REFERENCE: "Reference pages",
}
FORMATS = {Format.STANDARD: "Standard print", Format.LARGE_PRINT: "Large print"}
PAPERS = {Paper.A4: "A4", Paper.LETTER: "US Letter"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Sheets under one heading; ``language`` is the heading's own."""

    heading: str
    language: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """What one kind of reader is shown first."""

    name: str
    heading: str
    shelves: tuple[Shelf, ...]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """All its sheets."""
        return tuple(each for shelf in self.shelves for each in shelf.sheets)


def page_of(catalogue: Catalogue) -> str:
    """The page of a library."""
    rooms = tuple(
        each
        for each in (
            Room("patients", "For patients", tuple(_by_language(catalogue))),
            Room("clinicians", "For clinicians", tuple(_by_kind(catalogue))),
        )
        if each.shelves
    )
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_legible,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "edition": edition_name, "state": _state, "size": _size, "named": language_name,
        "day": lambda day: written_date(day, "en"), "direction": _direction,
    }  # fmt: skip
    languages = dict.fromkeys(each.entry.language for each in catalogue.sheets)
    editions = [edition for each in catalogue.sheets for edition in each.editions]
    return environment.get_template(_TEMPLATE).render(
        library=catalogue,
        rooms=rooms,
        archives=archives_of(catalogue),
        languages=tuple(languages),
        formats=[(k, n) for k, n in FORMATS.items() if any(e.format == k for e in editions)],
        papers=[(k, n) for k, n in PAPERS.items() if any(e.paper == k for e in editions)],
    )


def script() -> bytes:
    """The script of the page."""
    return (_FOLDER / "library.js").read_bytes()


def edition_name(entry: Entry) -> str:
    """A format and a paper as people know them."""
    form = next((name for each, name in FORMATS.items() if each == entry.format), entry.format)
    paper = next((name for each, name in PAPERS.items() if each == entry.paper), entry.paper)
    return f"{form}, {paper}"


def _by_language(catalogue: Catalogue) -> Iterator[Shelf]:
    found: dict[str, list[Sheet]] = {}
    for each in catalogue.sheets:
        if each.is_for_patients:
            found.setdefault(each.entry.language, []).append(each)
    for language in sorted(found, key=lambda each: (each != SOURCE_LANGUAGE, each)):
        yield Shelf(language_name(language), language, tuple(found[language]))


def _by_kind(catalogue: Catalogue) -> Iterator[Shelf]:
    sheets = [each for each in catalogue.sheets if not each.is_for_patients]
    for kind, group in groupby(sheets, key=lambda each: Kind(each.entry.kind)):
        yield Shelf(_KINDS[kind], SOURCE_LANGUAGE, tuple(group))


def _legible(value: Any) -> Any:
    return legible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _state(sheet: Sheet) -> str:
    """Whether somebody has checked it, for people."""
    if not sheet.is_draft:
        return f"Checked, valid until {sheet.entry.next_review}"
    ended = all(each.review_state == "expired" for each in sheet.editions)
    return "Check out of date" if ended else "Draft, not checked"


def language_name(language: str) -> str:
    """What a language calls itself; its code where nobody knows it."""
    return _or(own_name, language, language)


def _size(count: int) -> str:
    """Bytes as people read them, in SI units."""
    return f"{max(count / 1_000_000, 0.1):.1f} MB"


def _direction(language: str) -> str:
    return _or(direction_of, language, "auto")


def _or(name: Any, language: str, other: str) -> str:
    """What CLDR says of a language; a manifest may hold one that it does not know."""
    try:
        Locale.parse(language.replace("-", "_"))
        return str(name(language))
    except (UnknownLocaleError, ValueError):
        return other
