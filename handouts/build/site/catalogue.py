"""What the site says of the documents in an output folder: the model its pages are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from handouts.build.manifest import Entry
from handouts.loading.library import CLINICIAN_LANGUAGE, Library
from handouts.models.edition import Format, Kind, Paper

SOURCE_LANGUAGE = "en"

_KINDS = tuple(map(str, Kind))
_FORMATS = tuple(map(str, Format))
_PAPERS = tuple(map(str, Paper))


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the words of a document say of it, beyond its entry in the manifest.

    Attributes:
        text: one sentence.
        compiled: day on which its facts were last put together.
        terms: words of the glossary of its language that it uses.
        keywords: as in the metadata of its PDF.
    """

    text: str
    compiled: date
    terms: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One document in one language for one clinic, in all its editions.

    Attributes:
        editions: standard format first, then by paper.
        summary: None where the project does not hold its words any more.
    """

    editions: tuple[Entry, ...]
    summary: Summary | None

    @property
    def entry(self) -> Entry:
        """The first of its editions: for what they have in common."""
        return self.editions[0]

    @property
    def is_for_patients(self) -> bool:
        """Whether patients are to read it, and not clinicians."""
        return self.entry.kind == Kind.PATIENT

    @property
    def is_draft(self) -> bool:
        """Whether nobody has approved these words, or the approval has ended."""
        return any(each.review_state != "reviewed" for each in self.editions)


@dataclass(frozen=True)
class Catalogue:
    """All documents of an output folder.

    Attributes:
        title, publisher: of the library.
        sheets: handouts for patients first; by clinic, language (the source language first), title.
        base_url: where the output folder is on the web, without a slash at its end; None if it is
            not, or nobody has said where.
    """

    title: str
    publisher: str
    sheets: tuple[Sheet, ...]
    base_url: str | None = None

    @cached_property
    def _by_document(self) -> Mapping[tuple[str, str], tuple[Sheet, ...]]:
        found: dict[tuple[str, str], tuple[Sheet, ...]] = {}
        for each in self.sheets:
            key = each.entry.clinic, each.entry.id
            found[key] = (*found.get(key, ()), each)
        return found

    def others(self, sheet: Sheet) -> tuple[Sheet, ...]:
        """The same document in other languages."""
        same = self._by_document[sheet.entry.clinic, sheet.entry.id]
        return tuple(each for each in same if each is not sheet)

    @property
    def clinics(self) -> tuple[str, ...]:
        """The clinics that have documents here."""
        return tuple(sorted({each.entry.clinic for each in self.sheets}))


def catalogue_of(
    entries: Iterable[Entry], library: Library, text_of: Callable[[str], str]
) -> Catalogue:
    """The catalogue of an output folder.

    Args:
        entries: of its manifest.
        library: what the project holds.
        text_of: gives the words of a file of the content, by its path as shown.
    """
    summaries = summaries_of(library, text_of)
    known = [e for e in entries if e.kind in _KINDS]

    def sheet(each: Entry) -> tuple[int, str, bool, str, str]:
        foreign = each.language != SOURCE_LANGUAGE
        return _KINDS.index(each.kind), each.clinic, foreign, each.language, each.id

    def edition(each: Entry) -> tuple[int, int, str]:
        return _place(each.format, _FORMATS), _place(each.paper, _PAPERS), each.path

    ordered = sorted(known, key=lambda each: (sheet(each), edition(each)))
    groups = [tuple(group) for _, group in groupby(ordered, key=sheet)]
    sheets = [
        Sheet(each, summaries.get((each[0].kind, each[0].id, each[0].language))) for each in groups
    ]
    sheets.sort(key=lambda each: (*sheet(each.entry)[:-1], each.entry.title, each.entry.id))
    project = library.project.value
    base = project.base_url.rstrip("/") if project.base_url else None
    return Catalogue(project.title, project.publisher, tuple(sheets), base)


def summaries_of(
    library: Library, text_of: Callable[[str], str]
) -> dict[tuple[str, str, str], Summary]:
    """The summary of every document of a library, by kind, id and language."""
    found = {}
    for each in library.written:
        front = each.front
        found[str(each.kind), each.id, each.language] = Summary(
            text=front.lead, compiled=front.compiled, keywords=tuple(front.keywords),
            terms=_terms(library, each.language, text_of(each.path)),
        )  # fmt: skip
    for record in library.trials.values():
        trial = record.value
        found[str(Kind.TRIAL), record.id, CLINICIAN_LANGUAGE] = Summary(
            text=trial.objective, compiled=trial.compiled, keywords=tuple(trial.keywords),
            terms=_terms(library, CLINICIAN_LANGUAGE, text_of(record.path)),
        )  # fmt: skip
    return found


def _terms(library: Library, language: str, text: str) -> tuple[str, ...]:
    glossary = library.glossaries.get(language)
    words = text.casefold()
    terms = glossary.value.terms if glossary else ()
    return tuple(term for term in terms if term.casefold() in words)


def _place(name: str, names: tuple[str, ...]) -> int:
    return names.index(name) if name in names else len(names)
