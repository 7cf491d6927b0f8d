"""What there is to say about each document in an output folder: the model all reports are made of.

An ``EditionReport`` is what a build finds out about one PDF, and what is kept between builds. A
``LibraryReport`` holds them all, and groups them into documents with their checks for readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from handouts.build.manifest import Entry
from handouts.build.reports.codes import check_of, checks
from handouts.diagnostics import Diagnostic, Severity, in_order
from handouts.models.edition import Edition, Format, Kind

SOURCE_LANGUAGE = "en"

_OF_HANDOUTS = frozenset(
    {"Plain language of patient handouts", "Quality of handouts, self-assessed"}
)
"""Checks that no other document has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One number that a check gives.

    Attributes:
        name: what is measured.
        value: the number, for programs.
        text: the number as people read it, with its unit.
        target: what it should be, in words; None where nothing is asked for.
        is_met: whether it is; None where nothing is asked for.
    """

    name: str
    value: float
    text: str
    target: str | None = None
    is_met: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The scores of one named check.

    A check that also says something in words has the name of a heading of ``codes.yaml``.
    """

    check: str
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionReport:
    """What is known of one edition.

    Attributes:
        edition: which one.
        source: the file with its words.
        title: of the document; None if its file could not be used.
        entry: its entry in the manifest; None if it could not be made.
        is_current: whether it was made from the content as it is; a build of some documents may
            leave others behind.
        diagnostics: what is said about its words and all that lies below them.
        page_diagnostics: what is said about its pages.
        scores: of each check that gives some.
    """

    edition: Edition
    source: str
    title: str | None
    entry: Entry | None
    is_current: bool = True
    diagnostics: tuple[Diagnostic, ...] = ()
    page_diagnostics: tuple[Diagnostic, ...] = ()
    scores: tuple[Scores, ...] = ()

    @property
    def said(self) -> tuple[Diagnostic, ...]:
        """All diagnostics."""
        return in_order((*self.diagnostics, *self.page_diagnostics))


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic of a document; ``editions`` are those it is about, None if it is about all."""

    diagnostic: Diagnostic
    editions: tuple[Edition, ...] | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A score of a document; ``editions`` as in ``Finding``."""

    score: Score
    editions: tuple[Edition, ...] | None


@dataclass(frozen=True, slots=True)
class Check:
    """One named check of a document: what it found, and its scores."""

    name: str
    findings: tuple[Finding, ...]
    scores: tuple[Measured, ...] = ()


@dataclass(frozen=True)
class DocumentReport:
    """One document in one language for one clinic, in all its editions."""

    editions: tuple[EditionReport, ...]

    @property
    def edition(self) -> Edition:
        """The first of its editions: for what they have in common."""
        return self.editions[0].edition

    @property
    def title(self) -> str:
        """Its title; its id if its file could not be used."""
        return next((each.title for each in self.editions if each.title), self.edition.id)

    @property
    def source(self) -> str:
        """The file with its words."""
        return self.editions[0].source

    @property
    def made(self) -> tuple[Entry, ...]:
        """The entries of the editions that could be made."""
        return tuple(each.entry for each in self.editions if each.entry is not None)

    @property
    def has_failed(self) -> bool:
        """Whether an edition could not be made."""
        return len(self.made) < len(self.editions)

    @property
    def is_current(self) -> bool:
        """Whether all editions were made from the content as it is."""
        return all(each.is_current for each in self.editions)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every diagnostic once, with the editions it is about."""
        said = in_order(each for edition in self.editions for each in edition.said)
        return tuple(Finding(each, self._among(each)) for each in said)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks that found something or give scores, in the order of ``codes.yaml``."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(check_of(finding.diagnostic.code), []).append(finding)
        scores: dict[str, list[Measured]] = {}
        for name, score in self._scored():
            measured = Measured(score, self._with(name, score))
            scores.setdefault(name, []).append(measured)
        return tuple(
            Check(name, tuple(found.get(name, ())), tuple(scores.get(name, ())))
            for name in dict.fromkeys((*checks(), *found, *scores))
            if name in found or name in scores
        )

    @property
    def silent_checks(self) -> tuple[str, ...]:
        """The checks that were made and found nothing; none where an edition failed on the way."""
        if self.has_failed:
            return ()
        spoke = {each.name for each in self.checks}
        return tuple(each for each in checks() if each not in spoke and self._applies(each))

    def count(self, severity: Severity) -> int:
        """How many of its diagnostics are of that severity."""
        return sum(each.diagnostic.severity is severity for each in self.findings)

    def _applies(self, check: str) -> bool:
        if check in _OF_HANDOUTS:
            return self.edition.kind is Kind.PATIENT
        return check != "Languages" or self.edition.language != SOURCE_LANGUAGE

    def _scored(self) -> Iterator[tuple[str, Score]]:
        """Every score once, with the name of its check."""
        yield from dict.fromkeys(
            (each.check, score)
            for edition in self.editions
            for each in edition.scores
            for score in each.scores
        )

    def _with(self, check: str, score: Score) -> tuple[Edition, ...] | None:
        return self._unless_all(
            each.edition
            for each in self.editions
            if any(e.check == check and score in e.scores for e in each.scores)
        )

    def _among(self, diagnostic: Diagnostic) -> tuple[Edition, ...] | None:
        return self._unless_all(each.edition for each in self.editions if diagnostic in each.said)

    def _unless_all(self, editions: Iterable[Edition]) -> tuple[Edition, ...] | None:
        found = tuple(editions)
        return None if len(found) == len(self.editions) else found


@dataclass(frozen=True)
class LibraryReport:
    """What there is to say about an output folder.

    Attributes:
        title: name of the library.
        publisher: of the library.
        settings: its settings file: where problems that have no file of their own are shown.
        editions: every edition that is published, or could not be made.
        diagnostics: every problem once, by file and place.
        versions: of the program and what it stands on.
    """

    title: str
    publisher: str
    settings: str
    editions: tuple[EditionReport, ...]
    diagnostics: tuple[Diagnostic, ...]
    versions: tuple[tuple[str, str], ...]

    @cached_property
    def documents(self) -> tuple[DocumentReport, ...]:
        """The editions by document: patient handouts first, the source language first."""
        kinds, formats = list(Kind), list(Format)

        def place(each: EditionReport) -> tuple[int, str, bool, str, str]:
            about = each.edition
            foreign = about.language != SOURCE_LANGUAGE
            return kinds.index(about.kind), about.id, foreign, about.language, about.clinic

        def layout(each: EditionReport) -> tuple[int, str]:
            return formats.index(each.edition.format), each.edition.paper

        ordered = sorted(self.editions, key=lambda each: (place(each), layout(each)))
        return tuple(DocumentReport(tuple(group)) for _, group in groupby(ordered, key=place))

    @cached_property
    def others(self) -> tuple[Diagnostic, ...]:
        """Problems that lie below no document."""
        said = {each for edition in self.editions for each in edition.diagnostics}
        said |= set(of_pages({each.edition: each.page_diagnostics for each in self.editions}))
        return tuple(each for each in self.diagnostics if each not in said)

    @property
    def failed(self) -> tuple[EditionReport, ...]:
        """The editions that could not be made."""
        return tuple(each for each in self.editions if each.entry is None)

    def count(self, severity: Severity) -> int:
        """How many diagnostics are of that severity."""
        return sum(each.severity is severity for each in self.diagnostics)


def of_pages(found: Mapping[Edition, tuple[Diagnostic, ...]]) -> Iterator[Diagnostic]:
    """What is wrong with pages, each once, with the editions it was found in."""
    editions: dict[Diagnostic, list[str]] = {}
    for edition, diagnostics in sorted(found.items()):
        for each in diagnostics:
            editions.setdefault(each, []).append(f"{edition.format} {edition.paper}")
    for each, names in editions.items():
        where = ", ".join(dict.fromkeys(names))
        yield replace(each, message=f"{each.message} ({where})")
