"""The work of a build: decide what has to be made, have it made, publish it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from handouts.build.assets import assets_of
from handouts.build.dependencies import (
    foundation,
    judgements_of,
    own_file,
    problems_in,
    values_for,
)
from handouts.build.folders import Folders
from handouts.build.fonts import use_fonts
from handouts.build.generator import generator_with
from handouts.build.inputs import Digests, Inputs, Recorder, digest_of
from handouts.build.manifest import NAME as MANIFEST
from handouts.build.manifest import Entry, Manifest, read_manifest
from handouts.build.native import check_native_libraries, native_libraries
from handouts.build.odd_files import odd_files, printable
from handouts.build.plan import plan_for, title_of
from handouts.build.pool import results_of, worker_count
from handouts.build.publish import Publication
from handouts.build.record import BuildRecord, EditionRecord, Records, are_there
from handouts.build.report import Report
from handouts.build.reports.documents import EditionReport, LibraryReport, of_pages
from handouts.build.reports.files import files_of, reports_in
from handouts.build.reports.scores import scores_of
from handouts.build.request import InvalidRequest, Request
from handouts.build.result import Result, Setup, name_of
from handouts.build.severities import judged
from handouts.build.site import files as site
from handouts.build.site.catalogue import Catalogue, catalogue_of
from handouts.build.site.twins import linked
from handouts.build.watcher import Watcher
from handouts.checks.numbers import (
    SOURCE_LANGUAGE,
    number_problems_in_library,
    number_problems_in_templates,
)
from handouts.checks.plain_language import plain_language_problems
from handouts.checks.quality import quality_problems
from handouts.diagnostics import Diagnostic, InvalidInput, Severity, in_order
from handouts.loading.files import read_text
from handouts.loading.library import Library, load_library
from handouts.models.edition import Edition

_UNSOURCED = "unsourced-number"


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
        force: bool,
        jobs: int | None,
    ) -> None:
        self._folders, self._request, self._today = folders, request, today
        self._records, self._digests, self._watcher = records, digests, watcher
        self._force, self._jobs = force, jobs
        self._content = folders.name(folders.content)
        self._outcome = _Outcome()
        # Before it is read: an edit in between is noticed next time.
        for folder in (folders.content, *folders.templates):
            digests.tree(folders.name(folder))
        self._library = self._loaded()
        self._plan = plan_for(request, self._library)
        self._problems = judged(
            map(
                _printable,
                (
                    *self._library.problems,
                    *odd_files(folders),
                    *_problems_of_words(self._library, folders),
                ),
            ),
            self._library.project.value.severities,
        )
        self._assets = assets_of(folders)
        self._publication = Publication(folders.output)

    def report(self) -> Report:
        """Do it.

        Raises:
            InvalidInput: ``cannot-write``.
            UnusableEnvironment: a library of the system is missing.
        """
        if self._records.generator is None:
            self._records.use(generator_with(native_libraries()))
        missing = tuple(self._not_yet_made())
        if missing:
            check_native_libraries()
            use_fonts(self._folders)
            self._make(missing)
        diagnostics: list[Diagnostic] = []
        outputs: dict[str, str] = {}
        if self._request.publish:
            outputs = self._publish(diagnostics)
        report = self._reported(diagnostics)
        self._records.save_generator()
        if not report.crashes and not report.traces:
            self._save(self._reported([]), outputs)  # what was mended is not said again
        return report

    def _loaded(self) -> Library:
        try:
            return load_library(self._folders.content, self._folders.root)
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
        if (record := self._records.edition(edition.pdf_path)) is None:
            return None
        holds = (
            (record.until is None or self._today <= record.until)
            and record.inputs.values == values_for(edition.language, self._library)
            and record.inputs.are_current(self._digests)
            and (
                not self._request.publish or are_there(record.outputs, self._folders.output)
            )
            and not self._errors_below(record.inputs)
        )  # fmt: skip
        return record if holds else None

    def _make(self, editions: tuple[Edition, ...]) -> None:
        if self._request.publish:
            self._publication.sweep()
        self._watcher.started(len(editions))
        setup = Setup(self._folders, self._today, self._request.publish, self._request.in_print)
        workers = worker_count(self._jobs, len(editions))
        for result in results_of(editions, setup, workers=workers):
            failed = result.entry is None or bool(self._errors_below(result.inputs))
            if failed:
                self._outcome.failed[result.edition] = result
            else:
                self._keep(result)
            self._watcher.made(name_of(result.edition), failed=failed)

    def _keep(self, result: Result) -> None:
        """Publish an edition and record it, so that an interrupted build goes on from here."""
        assert result.entry is not None  # noqa: S101  (for the type checker)
        for path, data in result.files.items():
            self._publication.write(path, data)
        record = EditionRecord(
            inputs=result.inputs,
            outputs=result.outputs,
            entry=result.entry,
            diagnostics=result.diagnostics,
            page_diagnostics=result.page_diagnostics,
            until=result.until,
        )
        if not self._request.in_print:  # a build says less
            self._records.save_edition(result.edition.pdf_path, record)
        self._outcome.made[result.edition] = record
        self._outcome.built += 1

    def _errors_below(self, inputs: Inputs) -> tuple[Diagnostic, ...]:
        """Errors in the files of the content that a document depends on."""
        found = problems_in(inputs.files, self._problems)
        return tuple(each for each in found if each.severity is Severity.ERROR)

    def _publish(self, diagnostics: list[Diagnostic]) -> dict[str, str]:
        """Bring the output folder in line; gives what a later build finds there unchanged."""
        try:
            before = read_manifest(self._folders.output)
        except InvalidInput as invalid:
            diagnostics += invalid.diagnostics
            before = Manifest()
        entries = {
            path: entry
            for path, entry in before.documents.items()
            if not self._plan.answers_for(entry)
        } | {each.entry.path: each.entry for each in self._outcome.made.values()}
        catalogue = catalogue_of(
            filter(self._is_there, entries.values()),
            self._library,
            self._text_of,
        )
        self._link_twins(catalogue)
        assets = {**self._assets.files, **site.files_of(catalogue, self._published)}
        for path, data in assets.items():
            self._publication.write(path, data)
        generator = self._records.generator
        manifest = Manifest(entries, tuple(assets), generator.versions if generator else {})
        gone = before.files | {each.pdf_path for each in self._failed_editions}
        self._publication.remove(gone - manifest.files)
        text = manifest.json().encode()
        self._publication.write(MANIFEST, text)
        reports = files_of(self._library_report(manifest))
        for path, data in reports.items():
            self._publication.write(path, data)
        outputs = {path: digest_of(data) for path, data in (*assets.items(), *reports.items())}
        for record in self._outcome.made.values():
            outputs |= record.outputs
        return outputs | {MANIFEST: digest_of(text)}

    def _link_twins(self, catalogue: Catalogue) -> None:
        """Bring the ways between the twins in line with what is published, and their records."""
        made = {each.entry.path: edition for edition, each in self._outcome.made.items()}
        for sheet in catalogue.sheets:
            path = sheet.entry.html
            try:
                before = (self._folders.output / path).read_bytes()
                after = linked(before.decode(), sheet, catalogue).encode()
            except (OSError, UnicodeDecodeError):
                continue  # no build has made that
            if after != before:
                self._publication.write(path, after)
            for entry in sheet.editions:
                edition = made.get(entry.path)
                record = (
                    self._outcome.made[edition] if edition else self._records.edition(entry.path)
                )
                if record is None or record.outputs.get(path) == digest_of(after):
                    continue
                if edition or record.outputs.get(path) == digest_of(before):
                    record = replace(record, outputs={**record.outputs, path: digest_of(after)})
                    self._records.save_edition(entry.path, record)
                    if edition:
                        self._outcome.made[edition] = record

    def _is_there(self, entry: Entry) -> bool:
        """Whether a document lies in the output folder as the manifest says."""
        has_twin = (self._folders.output / entry.html).is_file()
        return has_twin and are_there({entry.path: entry.sha256}, self._folders.output)

    def _published(self, path: str) -> bytes:
        return (self._folders.output / path).read_bytes()

    def _text_of(self, shown: str) -> str:
        return read_text(self._folders.path(shown), shown)

    def _library_report(self, manifest: Manifest) -> LibraryReport:
        """What there is to say about the output folder as it is now, older editions included."""
        project = self._library.project
        editions = {
            path: self._aged(each)
            for path, each in reports_in(self._folders.output, manifest.documents).items()
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
            read = each.inputs.files if each else foundation(edition, self._folders)
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
                scores=scores_of(edition, self._library),
            )

    def _aged(self, report: EditionReport) -> EditionReport:
        """The report of an edition that this build left alone: it may be out of date by now."""
        if report.entry is None:
            return report
        record = self._records.edition(report.edition.pdf_path)
        is_current = (
            record is not None
            and record.entry == report.entry
            and record.inputs.values == values_for(report.edition.language, self._library)
            and record.inputs.are_current(self._digests)
        )
        return replace(report, is_current=is_current)

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
        )

    def _not_said_yet(self, done: Result | EditionRecord) -> Iterator[Diagnostic]:
        """What is said about a document; not that a page has a number that stands in the content.

        There the problem has a line, and a cure.
        """
        below = problems_in(done.inputs.files, self._problems)
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
        files = {name for each in done for name in each.inputs.files}
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


def _problems_of_words(library: Library, folders: Folders) -> Iterator[Diagnostic]:
    """Numbers typed into the words of content and templates; words of handouts, and quality."""

    def text_of(shown: str) -> str:
        return read_text(folders.path(shown), shown)

    yield from number_problems_in_library(library, text_of)
    yield from plain_language_problems(library, text_of)
    yield from quality_problems(library)
    names = library.names(SOURCE_LANGUAGE)
    yield from number_problems_in_templates(
        folders.templates, names, shown=folders.shown, read=Recorder(folders).read
    )


def _printable(problem: Diagnostic) -> Diagnostic:
    return replace(problem, path=problem.path and printable(problem.path))
