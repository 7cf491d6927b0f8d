"""Discover what a project holds and load it: every file once, every problem reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, TypeVar

from handouts.config import Project
from handouts.diagnostics import Diagnostic, InvalidInput, Severity, did_you_mean, error
from handouts.evidence.diagram_coherence import diagram_problems
from handouts.evidence.diagram_facts import facts_of_diagram
from handouts.evidence.facts import FactBook, facts_of_file, source_problems
from handouts.evidence.trial_coherence import trial_problems
from handouts.evidence.trial_facts import facts_of_trial
from handouts.loading.agreement import (
    clinic_problems,
    id_problems,
    name_problems,
    reference_problems,
    unused_files,
)
from handouts.loading.comparison import comparison_problems
from handouts.loading.files import is_left_lying, shown_path
from handouts.loading.records import validate
from handouts.loading.sourced import sourced_in
from handouts.loading.staleness import translation_problems
from handouts.loading.strict_yaml import read_yaml
from handouts.loading.written import (
    ClinicianPage,
    PatientHandout,
    Written,
    load_clinician_page,
    load_handout,
)
from handouts.models.clinic import Clinic
from handouts.models.diagram import Diagram
from handouts.models.front_matter import ComparisonFront, FrontMatter
from handouts.models.glossary import Glossary
from handouts.models.names import ID, LANGUAGE
from handouts.models.quality import QualitySheet
from handouts.models.quantity import FactFile
from handouts.models.record import Record
from handouts.models.source import Source
from handouts.models.translation import RecordWords
from handouts.models.trial import Trial

T = TypeVar("T")
F = TypeVar("F", bound=FrontMatter)

SOURCE_LANGUAGE = "en"
"""Translations are made from this language."""

CLINICIAN_LANGUAGE = "en"
"""Pages for clinicians are written in one language."""


@dataclass(frozen=True, slots=True)
class Library:
    """Everything a project holds.

    Attributes:
        project: its settings.
        trials, facts, diagrams, clinics, glossaries: records by id (a glossary's is its language).
        translations: words of records by language.
        handouts: patient handouts by id and language.
        clinician: pages for clinicians that compare or explain, by id and language.
        quality: what the authors of a patient handout think of it, by its id.
        sources: sources by id.
        book: every fact by address.
        problems: what is wrong with the content, file by file.
        failed: files that could not be used at all, as shown to people.
    """

    project: Record[Project]
    trials: Mapping[str, Record[Trial]]
    facts: Mapping[str, Record[FactFile]]
    diagrams: Mapping[str, Record[Diagram]]
    clinics: Mapping[str, Record[Clinic]]
    glossaries: Mapping[str, Record[Glossary]]
    translations: Mapping[str, Record[RecordWords]]
    handouts: Mapping[tuple[str, str], PatientHandout]
    clinician: Mapping[tuple[str, str], ClinicianPage]
    quality: Mapping[str, Record[QualitySheet]]
    sources: Mapping[str, Source]
    book: FactBook
    problems: tuple[Diagnostic, ...]
    failed: frozenset[str]

    @property
    def written(self) -> tuple[Written[Any], ...]:
        """Everything that is written in Markdown, in every language."""
        return (*self.handouts.values(), *self.clinician.values())

    def names(self, language: str) -> tuple[str, ...]:
        """Names with digits in a language, with every trial's acronym and registry numbers."""
        glossary = self.glossaries.get(language)
        trials = [record.value for record in self.trials.values()]
        return (
            *(glossary.value.names if glossary else ()),
            *(trial.acronym for trial in trials),
            *(each.number for trial in trials for each in trial.registration),
        )


class Keep(Protocol):
    """Remembers what files hold, so that each is read once only."""

    def get(self, path: Path, what: str, load: Callable[[], T]) -> T:
        """What a file holds, as ``load`` finds it or has found it in the same bytes.

        Args:
            path: the file.
            what: as what it is loaded, and whatever else but its bytes has a say in that.
            load: does it; what it raises is not kept.
        """


def load_library(content: Path, root: Path, keep: Keep | None = None) -> Library:
    """Load a project's content.

    Args:
        content: the folder that holds ``project.yaml``.
        root: the folder that paths are shown relative to.
        keep: what was loaded before.

    Raises:
        InvalidInput: ``project.yaml`` itself can't be used; problems of all other files are in the
            library's ``problems``.
    """
    return _Loading(content, root, keep).library()


@dataclass(slots=True)
class _Loading:
    content: Path
    root: Path
    keep: Keep | None
    problems: list[Diagnostic] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)

    def library(self) -> Library:
        project = self._read(self.content / "project.yaml", "project", Project)
        sources = self._sources()
        trials = self._folder_records("trials", "trial.yaml", Trial)
        facts = self._file_records("facts", FactFile)
        diagrams = self._file_records("diagrams", Diagram)
        clinics = self._file_records("clinics", Clinic)
        glossaries = self._file_records("glossary", Glossary)
        translations = self._file_records("translations", RecordWords)
        handouts = self._handouts()
        quality = self._quality()
        self._compare(handouts, allow_draft=project.value.allow_draft)
        trials = self._sound(trials, sources)
        facts = self._sound(facts, sources)
        diagrams = self._sound(diagrams, sources)
        clinician = self._clinician(trials, sources)
        book = FactBook(
            {
                fact.address: fact
                for group in (
                    *(
                        facts_of_trial(each.id, each.value, each.path, each.place)
                        for each in trials.values()
                    ),
                    *(
                        facts_of_file(each.id, each.value, each.path, each.place)
                        for each in facts.values()
                    ),
                    *(
                        facts_of_diagram(each.id, each.value, each.path, each.place)
                        for each in diagrams.values()
                    ),
                )
                for fact in group
            },
            frozenset(self.broken),
        )
        self.problems.extend(
            chain(
                chain.from_iterable(clinic_problems(each) for each in clinics.values()),
                id_problems(trials, facts, diagrams, [*handouts.values(), *clinician.values()]),
                reference_problems(trials, [*handouts.values(), *clinician.values()]),
                name_problems(glossaries),
                unused_files(self.content, self.root, clinics.values()),
            )
        )
        return Library(
            project, trials, facts, diagrams, clinics, glossaries, translations, handouts,
            clinician, quality, sources or {}, book,
            tuple(self.problems), frozenset(self.failed),
        )  # fmt: skip

    def _read(self, path: Path, name: str, type_: type[T]) -> Record[T]:
        shown = shown_path(path, self.root)

        def read() -> Record[T]:
            document = read_yaml(path, shown)
            return Record(name, shown, validate(document, type_, shown), document.line_and_column)

        return self._kept(path, f"{type_.__name__} {name} {shown}", read)

    def _kept(self, path: Path, what: str, load: Callable[[], T]) -> T:
        real = path.resolve()
        if not any(real.is_relative_to(each.resolve()) for each in (self.root, self.content)):
            shown = shown_path(path, self.root)
            message = "the file can't be read: it is a link out of the project"
            raise InvalidInput((error("unreadable-file", message, path=shown),))
        return self.keep.get(path, what, load) if self.keep else load()

    def _is_id(self, name: str, path: Path, pattern: re.Pattern[str] = ID) -> bool:
        """Whether a file or folder has a name that can be an id; if not, it is a problem."""
        if pattern.fullmatch(name):
            return True
        shown = shown_path(path, self.root)
        self.problems.append(
            error(
                "bad-id",
                f"`{name}` can't be an id",
                path=shown,
                hint="file and folder names are small letters, digits and hyphens",
            )
        )
        self.failed.add(shown)
        return False

    def _try(self, path: Path, name: str, type_: type[T]) -> Record[T] | None:
        if not self._is_id(name, path):
            return None
        try:
            return self._read(path, name, type_)
        except InvalidInput as invalid:
            self.problems.extend(invalid.diagnostics)
            self.failed.add(shown_path(path, self.root))
            self.broken.add(name)
            return None

    def _file_records(self, folder: str, type_: type[T]) -> dict[str, Record[T]]:
        found = (
            self._try(path, path.stem, type_) for path in _found(self.content / folder, "*.yaml")
        )
        return {record.id: record for record in found if record is not None}

    def _folder_records(self, folder: str, file: str, type_: type[T]) -> dict[str, Record[T]]:
        found = (
            self._try(each / file, each.name, type_)
            for each in _found(self.content / folder, "*")
            if each.is_dir()
        )
        return {record.id: record for record in found if record is not None}

    def _sources(self) -> Mapping[str, Source] | None:
        path = self.content / "sources.yaml"
        shown = shown_path(path, self.root)
        try:
            return validate(read_yaml(path, shown), dict[str, Source], shown)
        except InvalidInput as invalid:
            self.problems.extend(invalid.diagnostics)
            self.failed.add(shown)
            return None

    def _handouts(self) -> dict[tuple[str, str], PatientHandout]:
        found = (
            self._written(path, load_handout) for path in _found(self.content / "patient", "*/*.md")
        )
        return {(each.id, each.language): each for each in found if each is not None}

    def _quality(self) -> dict[str, Record[QualitySheet]]:
        """Self-assessments; a handout needs none, and one that is broken does not stop it."""
        found = {}
        for path in _found(self.content / "patient", "*/quality.yaml"):
            try:
                found[path.parent.name] = self._read(path, path.parent.name, QualitySheet)
            except InvalidInput as invalid:
                self.problems.extend(invalid.diagnostics)
                self.failed.add(shown_path(path, self.root))
        return found

    def _compare(
        self, handouts: Mapping[tuple[str, str], PatientHandout], *, allow_draft: bool
    ) -> None:
        """Each translation with what it was made from."""
        for (name, language), handout in handouts.items():
            source = handouts.get((name, SOURCE_LANGUAGE))
            if language == SOURCE_LANGUAGE or source is None:
                continue
            problems = list(translation_problems(handout, source, allow_draft=allow_draft))
            self.problems.extend(problems)
            if any(each.severity is Severity.ERROR for each in problems):
                self.failed.add(handout.path)

    def _clinician(
        self, trials: Mapping[str, Record[Trial]], sources: Mapping[str, Source] | None
    ) -> dict[tuple[str, str], ClinicianPage]:
        found: dict[tuple[str, str], ClinicianPage] = {}
        for path in _found(self.content / "clinician", f"*/{CLINICIAN_LANGUAGE}.md"):
            page = self._written(path, load_clinician_page)
            if page is None:
                continue
            problems = list(self._sourcing(page.record, sources))
            if isinstance(page.front, ComparisonFront):
                problems += comparison_problems(page.record, trials, self.broken)
            if problems:
                self.problems.extend(problems)
                self.failed.add(page.path)
            else:
                found[page.id, page.language] = page
        return found

    def _written(self, path: Path, load: Callable[[Path, str], Written[F]]) -> Written[F] | None:
        shown = shown_path(path, self.root)
        if not self._is_id(path.parent.name, path) or not self._is_id(path.stem, path, LANGUAGE):
            return None
        try:
            return self._kept(path, f"{load.__name__} {shown}", lambda: load(path, shown))
        except InvalidInput as invalid:
            self.problems.extend(invalid.diagnostics)
            self.failed.add(shown)
            return None

    def _sound(
        self, records: dict[str, Record[T]], sources: Mapping[str, Source] | None
    ) -> dict[str, Record[T]]:
        """The records that agree with themselves; one that does not lends no fact to a document."""
        sound = {}
        for name, record in records.items():
            problems = list(self._disagreements(record, sources))
            self.problems.extend(problems)
            if any(each.severity is Severity.ERROR for each in problems):
                self.failed.add(record.path)
                self.broken.add(name)
            else:
                sound[name] = record
        return sound

    def _disagreements(
        self, record: Record[T], sources: Mapping[str, Source] | None
    ) -> Iterator[Diagnostic]:
        trial = record.value if isinstance(record.value, Trial) else None
        if trial is not None:
            yield from trial_problems(trial, record.path, record.place)
        if isinstance(record.value, Diagram):
            yield from diagram_problems(record.value, record.path, record.place)
        yield from self._sourcing(record, sources)
        if sources is not None and trial is not None and trial.citation not in sources:
            line, column = record.place(("citation",))
            yield error(
                "unknown-source",
                f"source `{trial.citation}` is not in content/sources.yaml",
                path=record.path,
                line=line,
                column=column,
                hint=did_you_mean(trial.citation, sources),
            )

    def _sourcing(
        self, record: Record[Any], sources: Mapping[str, Source] | None
    ) -> Iterator[Diagnostic]:
        if sources is not None:
            yield from source_problems(
                sourced_in(record.value), sources, record.path, record.place,
                lambda name: did_you_mean(name, sources),
            )  # fmt: skip


def _found(folder: Path, pattern: str) -> list[Path]:
    """What is there of a pattern, but what editors and systems leave lying about."""
    return sorted(
        path
        for path in folder.glob(pattern)
        if not any(map(is_left_lying, path.relative_to(folder).parts))
    )
