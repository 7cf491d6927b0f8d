"""The work of a build: decide what has to be made, have it made, publish it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from handouts.build.assets import assets_of
from handouts.build.dependencies import (
    Values,
    foundation,
    judgements_of,
    own_file,
    problems_in,
)
from handouts.build.findings import Findings
from handouts.build.folders import Folders
from handouts.build.fonts import use_fonts
from handouts.build.generator import generator_with
from handouts.build.inputs import Digests, Inputs, digest_of
from handouts.build.journal import Found, found_in
from handouts.build.limits import Limits
from handouts.build.loaded import loaded_for
from handouts.build.lock import alone
from handouts.build.makers import Makers, longest_first
from handouts.build.manifest import NAME as MANIFEST
from handouts.build.manifest import Entry, Manifest
from handouts.build.native import check_native_libraries, native_libraries
from handouts.build.odd_files import odd_files, printable
from handouts.build.plan import plan_for, title_of
from handouts.build.pool import groups_of, was_costly
from handouts.build.pruning import prune
from handouts.build.publish import Publication
from handouts.build.record import BuildRecord, EditionRecord, Records, are_there
from handouts.build.report import Report
from handouts.build.reports.documents import EditionReport, LibraryReport, of_pages
from handouts.build.reports.files import files_of, reports_in
from handouts.build.request import InvalidRequest, Request
from handouts.build.result import Result, Setup, name_of
from handouts.build.severities import judged
from handouts.build.shelf import Shelf
from handouts.build.site import files as site
from handouts.build.site.catalogue import Catalogue, catalogue_of
from handouts.build.site.twins import linked
from handouts.build.store import Store, store_folder
from handouts.build.timing import Stage, Stopwatch, Timings
from handouts.build.watcher import Watcher
from handouts.diagnostics import Diagnostic, InvalidInput, Severity, in_order
from handouts.loading.files import read_text
from handouts.loading.library import Library, load_library
from handouts.models.edition import Edition

_UNSOURCED = "unsourced-number"

_BYTES_A_SECOND = 20_000
"""Of the source of a document, in the time it takes to make one of its editions."""


@dataclass(slots=True)
class _Outcome:
    """What has come of the editions so far."""

    made: dict[Edition, EditionRecord] = field(default_factory=dict)
    failed: dict[Edition, Result] = field(default_factory=dict)
    built: int = 0
    blocked: list[Edition] = field(default_factory=list)


class Work:
    """One run over a library; see ``build_library`` for the arguments."""

    def __init__(
        self,
        folders: Folders,
        request: Request,
        *,
        today: date,
        records: Records,
        digests: Digests,
        watcher: Watcher,
        makers: Makers,
        limits: Limits,
        force: bool,
    ) -> None:
        self._folders, self._request, self._today = folders, request, today
        self._records, self._digests, self._watcher = records, digests, watcher
        self._makers, self._limits, self._force = makers, limits, force
        if records.generator is None:
            records.use(generator_with(native_libraries()))
        self._stopwatch = Stopwatch()
        self._timings: dict[Edition, tuple[Stage, ...]] = {}
        self._seconds: dict[Edition, float | None] = {}
        self._content = folders.name(folders.content)
        self._outcome = _Outcome()
        # Before it is read: an edit in between is noticed next time.
        for folder in (folders.content, *folders.templates):
            digests.tree(folders.name(folder))
        if all(each.is_there for each in native_libraries()):
            use_fonts(folders)
            makers.prepare()
        with self._stopwatch.stage("load"):
            self._library = self._loaded()
        self._plan = plan_for(request, self._library)
        with self._stopwatch.stage("check words"):
            self._findings = Findings(self._library, folders, digests, records)
            self._problems = judged(
                map(
                    _printable,
                    (
                        *self._library.problems,
                        *odd_files(folders),
                        *self._findings.problems(),
                    ),
                ),
                self._library.project.value.severities,
            )
        self._assets = assets_of(folders)
        self._publication = Publication(folders.output)
        self._store = Store(store_folder(folders.cache))
        self._shelf = Shelf(folders.output, self._store)
        self._values = Values(self._library)
        self._errors: dict[str | None, list[Diagnostic]] = {}
        for each in self._problems:
            if each.severity is Severity.ERROR:
                self._errors.setdefault(each.path, []).append(each)

    def report(self) -> Report:
        """Do it.

        Raises:
            InvalidInput: ``cannot-write``.
            UnusableEnvironment: a library of the system is missing.
        """
        if not self._request.publish:
            return self._report()
        with alone(self._folders.output, self._watcher.waiting):
            self._publication.check_writable()
            return self._report()

    def _report(self) -> Report:
        with self._stopwatch.stage("look up"):
            missing = tuple(self._not_yet_made())
        if missing:
            check_native_libraries()
            use_fonts(self._folders)
            with self._stopwatch.stage("make"):
                self._make(missing)
        diagnostics: list[Diagnostic] = []
        outputs: dict[str, str] = {}
        if self._request.publish:
            with self._stopwatch.stage("publish"):
                outputs = self._publish(diagnostics)
        report = self._reported(diagnostics)
        self._records.save_generator()
        if not report.crashes and not report.traces and not self._has_had_bad_luck:
            self._save(self._reported([]), outputs)  # what was mended is not said again
        if missing:
            prune(self._folders.cache, frozenset(self._kept_files()))
        return report

    def _kept_files(self) -> Iterator[Path]:
        for edition, record in self._outcome.made.items():
            yield self._records.edition_file(edition.pdf_path)
            yield from map(self._store.path, record.files.values())

    def _loaded(self) -> Library:
        try:
            loaded = loaded_for(self._folders, self._records.stamp)
            return load_library(self._folders.content, self._folders.root, loaded)
        except InvalidInput as invalid:
            raise InvalidRequest(invalid.diagnostics) from None

    def _not_yet_made(self) -> Iterator[Edition]:
        """The editions without a record that holds; the others are taken from theirs."""
        for edition in self._plan.editions:
            if self._library.failed.intersection(foundation(edition, self._folders)):
                self._outcome.blocked.append(edition)
            elif (record := self._record_of(edition)) is not None:
                self._outcome.made[edition] = record
            else:
                yield edition

    def _record_of(self, edition: Edition) -> EditionRecord | None:
        if self._force or self._request.in_print:
            return None
        records = self._records.editions(edition.pdf_path)
        self._seconds[edition] = records[0].seconds if records else None
        record = next(filter(self._holds, records), None)
        if record is not None and record is not records[0]:
            self._records.save_edition(edition.pdf_path, record)  # the newest stay
        return record

    def _holds(self, record: EditionRecord) -> bool:
        return (
            (record.until is None or self._today <= record.until)
            and self._values.are_current(record.inputs.values)
            and record.inputs.are_current(self._digests)
            and (not self._request.publish or self._shelf.has(record.files))
            and not self._errors_below(record.below)
        )

    def _make(self, editions: tuple[Edition, ...]) -> None:
        self._watcher.started(len(editions))
        setup = Setup(
            self._folders,
            self._today,
            self._store.folder if self._request.publish else None,
            self._request.in_print,
            self._limits,
            self._records.stamp,
        )
        groups = longest_first(groups_of(editions), self._cost)
        made = self._makers.results_of(groups, setup, self._watcher, self._library)
        with closing(made):
            for result in made:
                self._take(result)

    def _cost(self, edition: Edition) -> float:
        """Seconds that an edition may take: as many as last time, or by the length of its words."""
        if known := self._seconds.get(edition):
            return known
        try:
            size = self._folders.path(own_file(edition, self._folders)).stat().st_size
        except OSError:
            size = 0
        return size / _BYTES_A_SECOND

    def _take(self, result: Result) -> None:
        """Record an edition, so that an interrupted build goes on from here."""
        full = [each for each in result.diagnostics if each.code == "cannot-write"]
        if full:
            raise InvalidInput(tuple(full))
        self._timings[result.edition] = result.stages
        failed = result.entry is None or bool(self._errors_below(result.below))
        if failed:
            self._outcome.failed[result.edition] = result
        else:
            self._keep(result)
        self._watcher.made(name_of(result.edition), failed=failed)

    def _keep(self, result: Result) -> None:
        assert result.entry is not None  # noqa: S101  (for the type checker)
        record = EditionRecord(
            inputs=result.inputs,
            below=result.below,
            files=result.files,
            entry=result.entry,
            diagnostics=result.diagnostics,
            page_diagnostics=result.page_diagnostics,
            until=result.until,
            seconds=sum(each.seconds for each in result.stages),
        )
        if not self._request.in_print:  # a build says less
            self._records.save_edition(result.edition.pdf_path, record)
        self._outcome.made[result.edition] = record
        self._outcome.built += 1

    def _errors_below(self, files: Iterable[str]) -> tuple[Diagnostic, ...]:
        """Errors in the files of the content that a document depends on."""
        return tuple(error for name in files for error in self._errors.get(name, ()))

    def _publish(self, diagnostics: list[Diagnostic]) -> dict[str, str]:
        """Bring the output folder in line; gives what a later build finds there unchanged."""
        try:
            before = found_in(self._folders.output)
        except InvalidInput as invalid:
            diagnostics += invalid.diagnostics
            before = Found(Manifest(), frozenset())
        made = self._outcome.made.values()
        older = {
            path: entry
            for path, entry in before.manifest.documents.items()
            if not self._plan.answers_for(entry) and self._is_there(entry)
        }
        entries = older | {each.entry.path: each.entry for each in made}
        files = {path: digest for each in made for path, digest in each.files.items()}
        catalogue = catalogue_of(entries.values(), self._library, self._text_of)
        pages = {
            **self._assets.files,
            **self._twins(catalogue, files),
            **site.files_of(catalogue, lambda path: self._published(path, files)),
        }
        generator = self._records.generator
        assets = tuple({*self._assets.files, *pages} - {each.html for each in entries.values()})
        manifest = Manifest(entries, assets, generator.versions if generator else {})
        reports = files_of(self._library_report(manifest))
        pages |= reports
        changed: dict[str, bytes | Callable[[], bytes]] = {
            path: partial(self._shelf.get, path, digest)
            for path, digest in files.items()
            if path not in pages and not self._shelf.is_published(path, digest)
        }
        changed |= {
            path: data for path, data in pages.items() if not self._publication.holds(path, data)
        }
        gone = {each.pdf_path for each in self._failed_editions}
        self._publication.replace(changed, before, manifest, gone)
        outputs = {path: digest_of(data) for path, data in pages.items()}
        return {**files, **outputs, MANIFEST: digest_of(manifest.json().encode())}

    def _twins(self, catalogue: Catalogue, files: Mapping[str, str]) -> dict[str, bytes]:
        """The twins with the ways between them; those that no build has made are left out."""
        twins = {}
        for sheet in catalogue.sheets:
            path = sheet.entry.html
            try:
                twin = self._published(path, files).decode()
            except (OSError, UnicodeDecodeError):
                continue
            twins[path] = linked(twin, sheet, catalogue).encode()
        return twins

    def _published(self, path: str, files: Mapping[str, str]) -> bytes:
        """A file that is published now, or stays."""
        if digest := files.get(path):
            return self._shelf.get(path, digest)
        return (self._folders.output / path).read_bytes()

    def _is_there(self, entry: Entry) -> bool:
        """Whether a document lies in the output folder as the manifest says."""
        has_twin = (self._folders.output / entry.html).is_file()
        return has_twin and are_there({entry.path: entry.sha256}, self._folders.output)

    def _text_of(self, shown: str) -> str:
        return read_text(self._folders.path(shown), shown)

    def _library_report(self, manifest: Manifest) -> LibraryReport:
        """What there is to say about the output folder as it is now, older editions included."""
        project = self._library.project
        last = reports_in(self._folders.output, manifest.documents) if self._plan.is_partial else {}
        editions = {
            path: self._aged(each)
            for path, each in last.items()
            if not self._plan.answers_for(each.edition)
        } | {each.edition.pdf_path: each for each in self._edition_reports()}
        reports = tuple(editions[path] for path in sorted(editions))
        diagnostics = [*self._problems, *self._assets.problems]
        diagnostics += of_pages({each.edition: each.page_diagnostics for each in reports})
        for each in reports:
            diagnostics += each.diagnostics
        return LibraryReport(
            title=project.value.title,
            publisher=project.value.publisher,
            settings=project.path,
            editions=reports,
            diagnostics=in_order(diagnostics),
            versions=tuple(sorted(manifest.generator.items())),
        )

    def _edition_reports(self) -> Iterator[EditionReport]:
        """The reports of the editions of this build."""
        outcome = self._outcome
        done: dict[Edition, Result | EditionRecord] = {**outcome.made, **outcome.failed}
        for edition in self._plan.editions:
            each = done.get(edition)
            read = each.below if each else foundation(edition, self._folders)
            files = (*read, *judgements_of(edition, self._folders))
            entry = each.entry if isinstance(each, EditionRecord) else None
            said = tuple(self._not_said_yet(each)) if each else ()
            yield EditionReport(
                edition=edition,
                source=own_file(edition, self._folders),
                title=entry.title if entry else title_of(edition, self._library),
                entry=entry,
                diagnostics=in_order((*problems_in(files, self._problems), *said)),
                page_diagnostics=each.page_diagnostics if each else (),
                scores=self._findings.scores(edition.id, edition.language),
            )

    def _aged(self, report: EditionReport) -> EditionReport:
        """The report of an edition that this build left alone: it may be out of date by now."""
        if report.entry is None:
            return report
        is_current = any(
            record.entry == report.entry
            and self._values.are_current(record.inputs.values)
            and record.inputs.are_current(self._digests)
            for record in self._records.editions(report.edition.pdf_path)
        )
        return replace(report, is_current=is_current)

    @property
    def _has_had_bad_luck(self) -> bool:
        """Whether a document failed for what need not be so again: a killed process, a slow one."""
        return any(map(was_costly, self._outcome.failed.values()))

    @property
    def _failed_editions(self) -> tuple[Edition, ...]:
        return (*self._outcome.failed, *self._outcome.blocked)

    def _reported(self, others: list[Diagnostic]) -> Report:
        outcome = self._outcome
        done: dict[Edition, Result | EditionRecord] = {**outcome.made, **outcome.failed}
        diagnostics = [*others, *self._library_problems(), *self._assets.problems]
        for each in done.values():
            diagnostics += self._not_said_yet(each)
        diagnostics += of_pages({edition: each.page_diagnostics for edition, each in done.items()})
        return Report(
            built=outcome.built,
            cached=len(outcome.made) - outcome.built,
            failed=tuple(sorted(name_of(each) for each in self._failed_editions)),
            diagnostics=in_order(diagnostics),
            crashes=tuple(each.crash for each in outcome.failed.values() if each.crash),
            traces=tuple(each.trace for each in outcome.failed.values() if each.trace),
            timings=Timings(
                tuple(self._stopwatch.stages),
                {name_of(edition): stages for edition, stages in self._timings.items()},
            ),
        )

    def _not_said_yet(self, done: Result | EditionRecord) -> Iterator[Diagnostic]:
        """What is said about a document; not that a page has a number that stands in the content.

        There the problem has a line, and a cure.
        """
        below = problems_in(done.below, self._problems)
        said = tuple(each.message for each in below if each.code == _UNSOURCED)
        for each in done.diagnostics:
            if each.code != _UNSOURCED or not each.message.startswith(said):
                yield each

    def _library_problems(self) -> tuple[Diagnostic, ...]:
        """All problems of the content; or, where documents were named, what lies below these."""
        if not self._request.ids:
            return self._problems
        outcome = self._outcome
        done: list[Result | EditionRecord] = [*outcome.made.values(), *outcome.failed.values()]
        files = {name for each in done for name in each.below}
        files.update(*(foundation(each, self._folders) for each in outcome.blocked))
        files.update(*(judgements_of(each, self._folders) for each in self._plan.editions))
        return problems_in(files, self._problems)

    def _save(self, report: Report, outputs: Mapping[str, str]) -> None:
        outcome = self._outcome
        done: list[Result | EditionRecord] = [*outcome.made.values(), *outcome.failed.values()]
        read = self._assets.inputs.with_(*(each.inputs for each in done))
        prefix = f"{self._content}/"
        files = {name: each for name, each in read.files.items() if not name.startswith(prefix)}
        searched = (self._content, *map(self._folders.name, self._folders.templates))
        trees = {**read.trees, **{name: self._digests.tree(name) for name in searched}}
        self._records.save_build(
            self._request.key(self._folders.name(self._folders.output)),
            BuildRecord(
                inputs=Inputs(files, trees),
                outputs=outputs,
                since=self._today,
                until=min((e.until for e in outcome.made.values() if e.until), default=None),
                report=report,
            ),
        )


def _printable(problem: Diagnostic) -> Diagnostic:
    return replace(problem, path=problem.path and printable(problem.path))
