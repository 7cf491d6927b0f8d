"""The work of a build: decide what has to be made, have it made, publish it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from handouts.build.account import Account
from handouts.build.assets import assets_of
from handouts.build.dependencies import (
    Values,
    foundation,
    own_file,
)
from handouts.build.findings import Findings
from handouts.build.folders import Folders
from handouts.build.fonts import use_fonts
from handouts.build.generator import generator_with
from handouts.build.inputs import Digests, Inputs
from handouts.build.limits import Limits
from handouts.build.loaded import loaded_for
from handouts.build.lock import alone
from handouts.build.makers import Makers, longest_first
from handouts.build.native import check_native_libraries, native_libraries
from handouts.build.odd_files import odd_files, printable
from handouts.build.outcome import Outcome
from handouts.build.outputs import Outputs
from handouts.build.plan import plan_for
from handouts.build.pool import groups_of
from handouts.build.problems import Problems
from handouts.build.pruning import prune_when_due
from handouts.build.record import BuildRecord, EditionRecord, Records
from handouts.build.report import Report
from handouts.build.reports.documents import EditionReport
from handouts.build.request import InvalidRequest, Request
from handouts.build.result import Result, Setup, name_of
from handouts.build.severities import judged
from handouts.build.shelf import Shelf
from handouts.build.store import Store, store_folder
from handouts.build.timing import Stage, Stopwatch, Timings
from handouts.build.watcher import Watcher
from handouts.diagnostics import Diagnostic, InvalidInput
from handouts.loading.library import Library, load_library
from handouts.models.edition import Edition

_BYTES_A_SECOND = 20_000
"""Of the source of a document, in the time it takes to make one of its editions."""


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
        self._makers, self._force = makers, force
        if records.generator is None:
            records.use(generator_with(native_libraries()))
        self._stopwatch = Stopwatch()
        self._timings: dict[Edition, tuple[Stage, ...]] = {}
        self._seconds: dict[Edition, float | None] = {}
        self._content = folders.name(folders.content)
        self._outcome = Outcome()
        # Every file, before it is read: an edit in between is noticed next time.
        for folder in (folders.content, *folders.templates):
            digests.tree(folders.name(folder))
        self._store = Store(store_folder(folders.cache))
        self._setup = Setup(
            folders,
            today,
            self._store.folder if request.publish else None,
            request.in_print,
            limits,
            None if force else records.stamp,
        )
        if all(each.is_there for each in native_libraries()):
            use_fonts(folders)
            makers.prepare(self._setup)
        with self._stopwatch.stage("load"):
            self._library = self._loaded()
        self._plan = plan_for(request, self._library)
        with self._stopwatch.stage("check words"):
            findings = Findings(self._library, folders, digests, records, anew=force)
            found = (*self._library.problems, *odd_files(folders), *findings.problems())
            severities = self._library.project.value.severities
            self._problems = Problems(judged(map(_printable, found), severities))
        self._assets = assets_of(folders)
        self._account = Account(
            folders, request, self._plan, self._library, self._assets, findings, self._problems,
            self._outcome, self._is_current,
        )  # fmt: skip
        self._shelf = Shelf(folders.output, self._store)
        self._outputs = Outputs(folders, self._library, self._plan, self._shelf, self._assets)
        self._values = Values(self._library)

    def report(self) -> Report:
        """Do it.

        Raises:
            InvalidInput: ``cannot-write``.
            UnusableEnvironment: a library of the system is missing.
        """
        if not self._request.publish:
            return self._report()
        with alone(self._folders.output, self._watcher.waiting):
            self._outputs.check_writable()
            return self._report()

    def _report(self) -> Report:
        with self._stopwatch.stage("look up"):
            missing = tuple(self._not_yet_made())
        if missing:
            check_native_libraries()
            use_fonts(self._folders)
            with self._stopwatch.stage("make"):
                self._make(missing)
        mended: tuple[Diagnostic, ...] = ()
        outputs: dict[str, str] = {}
        if self._request.publish:
            generator = self._records.generator
            versions = generator.versions if generator else {}
            with self._stopwatch.stage("publish"):
                outputs, mended = self._outputs.publish(
                    self._outcome, versions, self._account.of_library
                )
        report = self._account.of_build(self._timed(), mended)
        self._records.save_generator()
        if not report.crashes and not report.traces and not self._outcome.had_bad_luck:
            # What was mended is not said again.
            self._save(self._account.of_build(report.timings), outputs)
        if missing:
            kept = frozenset(self._kept_files())
            prune_when_due(self._folders.cache, kept, self._outcome.built)
        return report

    def _kept_files(self) -> Iterator[Path]:
        for edition, record in self._outcome.made.items():
            yield self._records.edition_file(edition.pdf_path)
            yield from map(self._store.path, record.files.values())

    def _loaded(self) -> Library:
        try:
            loaded = loaded_for(self._folders, self._setup.stamp)
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
            and not self._problems.has_errors(record.below)
        )

    def _make(self, editions: tuple[Edition, ...]) -> None:
        self._watcher.started(len(editions))
        groups = longest_first(groups_of(editions), self._cost)
        made = self._makers.results_of(
            groups, self._setup, self._watcher, self._library, self._digests
        )
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
        failed = result.entry is None or self._problems.has_errors(result.below)
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

    def _is_current(self, report: EditionReport) -> bool:
        return any(
            record.entry == report.entry
            and self._values.are_current(record.inputs.values)
            and record.inputs.are_current(self._digests)
            for record in self._records.editions(report.edition.pdf_path)
        )

    def _timed(self) -> Timings:
        documents = {name_of(edition): stages for edition, stages in self._timings.items()}
        return Timings(tuple(self._stopwatch.stages), documents)

    def _save(self, report: Report, outputs: Mapping[str, str]) -> None:
        outcome = self._outcome
        done = outcome.done.values()
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
