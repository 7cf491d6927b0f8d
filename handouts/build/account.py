"""What there is to say after a build: about this run, and about the whole output folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from handouts.build.assets import Assets
from handouts.build.dependencies import foundation, judgements_of, own_file
from handouts.build.findings import Findings
from handouts.build.folders import Folders
from handouts.build.manifest import Manifest
from handouts.build.outcome import Outcome
from handouts.build.plan import Plan, title_of
from handouts.build.problems import Problems
from handouts.build.record import EditionRecord
from handouts.build.report import Report
from handouts.build.reports.documents import EditionReport, LibraryReport, of_pages
from handouts.build.reports.files import reports_in
from handouts.build.request import Request
from handouts.build.result import name_of
from handouts.build.timing import Timings
from handouts.diagnostics import Diagnostic, in_order
from handouts.loading.library import Library


@dataclass(frozen=True, slots=True)
class Account:
    """What there is to say.

    Attributes:
        folders: of the project.
        request, plan: what was asked for.
        library: what was loaded.
        assets: of the pages for screens.
        findings, problems: of the content.
        outcome: of the editions, so far.
        is_current: whether an edition that an earlier build has reported is as it would be now.
    """

    folders: Folders
    request: Request
    plan: Plan
    library: Library
    assets: Assets
    findings: Findings
    problems: Problems
    outcome: Outcome
    is_current: Callable[[EditionReport], bool]

    def of_build(self, timings: Timings, others: Iterable[Diagnostic] = ()) -> Report:
        """The outcome of this run.

        Args:
            timings: where the time went.
            others: what else was found.
        """
        outcome, done = self.outcome, self.outcome.done
        diagnostics = [*others, *self._problems_below(), *self.assets.problems]
        for each in done.values():
            diagnostics += self.problems.not_said_yet(each)
        diagnostics += of_pages({edition: each.page_diagnostics for edition, each in done.items()})
        return Report(
            built=outcome.built,
            cached=len(outcome.made) - outcome.built,
            failed=tuple(sorted(name_of(each) for each in outcome.without_file)),
            diagnostics=in_order(diagnostics),
            crashes=tuple(each.crash for each in outcome.failed.values() if each.crash),
            traces=tuple(each.trace for each in outcome.failed.values() if each.trace),
            timings=timings,
        )

    def of_library(self, manifest: Manifest) -> LibraryReport:
        """The output folder as it is with that manifest, editions of earlier builds included."""
        project = self.library.project
        last = reports_in(self.folders.output, manifest.documents) if self.plan.is_partial else {}
        editions = {
            path: self._aged(each)
            for path, each in last.items()
            if not self.plan.answers_for(each.edition)
        } | {each.edition.pdf_path: each for each in self._editions()}
        reports = tuple(editions[path] for path in sorted(editions))
        diagnostics = [*self.problems.all, *self.assets.problems]
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

    def _editions(self) -> Iterator[EditionReport]:
        """The reports of the editions of this build."""
        done = self.outcome.done
        for edition in self.plan.editions:
            each = done.get(edition)
            read = each.below if each else foundation(edition, self.folders)
            files = (*read, *judgements_of(edition, self.folders))
            entry = each.entry if isinstance(each, EditionRecord) else None
            said = tuple(self.problems.not_said_yet(each)) if each else ()
            yield EditionReport(
                edition=edition,
                source=own_file(edition, self.folders),
                title=entry.title if entry else title_of(edition, self.library),
                entry=entry,
                diagnostics=in_order((*self.problems.of(files), *said)),
                page_diagnostics=each.page_diagnostics if each else (),
                scores=self.findings.scores(edition.id, edition.language),
            )

    def _aged(self, report: EditionReport) -> EditionReport:
        """The report of an edition that this build left alone: it may be out of date by now."""
        if report.entry is None:
            return report
        return replace(report, is_current=self.is_current(report))

    def _problems_below(self) -> tuple[Diagnostic, ...]:
        """All problems of the content; or, where documents were named, what lies below these."""
        if not self.request.ids:
            return self.problems.all
        outcome = self.outcome
        files = {name for each in outcome.done.values() for name in each.below}
        files.update(*(foundation(each, self.folders) for each in outcome.blocked))
        files.update(*(judgements_of(each, self.folders) for each in self.plan.editions))
        return self.problems.of(sorted(files))
