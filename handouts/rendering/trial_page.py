"""What a trial page shows, in words and drawings, ready to be laid out by a template."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from handouts.charts.chart import Chart
from handouts.charts.drawing import ChartStyle
from handouts.models.missing import Missing
from handouts.models.priority import Priority, weaker
from handouts.models.quantity import Point, Unit
from handouts.models.record import Record
from handouts.models.source import Source
from handouts.models.trial import Arm, Outcome, Population, Trial
from handouts.rendering.balance import blocks_in_first, lines_of, list_lines
from handouts.rendering.citations import line_citation
from handouts.rendering.fit import Block, Ranks, in_brief, ranked
from handouts.rendering.record_words import RecordWords, SourceLine, numbered
from handouts.rendering.sayings import ON_SCREEN, SILENT
from handouts.rendering.trial_charts import trial_charts
from handouts.rendering.trial_tables import (
    PUBLISHED,
    HarmRow,
    ResultTable,
    TrialTables,
    is_landmark_of,
)
from handouts.rendering.words import Words

_POINTS = ("applies_to", "limits", "changes", "approvals")
_OBJECTIVE = ("objective",)

_HARM_SIGNS = 27
_HARM_LINE = 0.95
_AROUND_HARMS = 5.0
"""Letters in the first column of the table of harms, the height of its lines and of its head and
foot, in lines of running text."""


@dataclass(frozen=True, slots=True)
class ArmLine:
    """An arm: its name, its size, how it is given."""

    name: str
    people: Markup
    schedule: Markup


@dataclass(frozen=True, slots=True)
class Ranked:
    """Some words that may be left off; rank 0 never is."""

    words: Markup
    rank: int


@dataclass(frozen=True, slots=True)
class TrialPage:
    """Everything on the page, in the order of reading."""

    acronym: str
    title: str
    citation: str
    doi: str | None
    registration: tuple[Markup, ...]
    bottom_line: Markup
    objective: Ranked
    people: Markup
    arms: tuple[ArmLine, ...]
    design: Markup
    endpoint: Markup
    signs: tuple[Ranked, ...]
    arm_names: tuple[str, str]
    results: tuple[ResultTable, ...]
    harms: tuple[HarmRow, ...]
    harms_people: tuple[Markup, Markup] | None
    harms_note: Markup
    harms_source: Markup
    applies_to: tuple[Ranked, ...]
    limits: tuple[Ranked, ...]
    changes: tuple[Ranked, ...]
    approvals: tuple[Ranked, ...]
    funding: Markup
    not_seen: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    charts: tuple[Chart, ...] = field(metadata=ON_SCREEN)
    ranks: Ranks = field(metadata=SILENT)

    def lists_under_harms(self, shown: int) -> int:
        """How many of the lists follow the harms in the first column, so that both end alike.

        Args:
            shown: optional blocks of this rank and below are on the page.
        """
        lists = (self.applies_to, self.limits, self.changes, self.approvals)
        heights = [list_lines(each.words for each in one if each.rank <= shown) for one in lists]
        harms = sum(
            max(lines_of(each.name + each.about, _HARM_SIGNS), 2 if each.difference.under else 1)
            for each in self.harms
            if each.rank <= shown
        )
        return blocks_in_first(harms * _HARM_LINE + _AROUND_HARMS, heights)


@dataclass(frozen=True, slots=True)
class TrialSizes:
    """Sizes of drawings, from the design tokens: millimetres, and points for labels.

    Attributes:
        plot_mm: width of the forest plot's column.
        row_mm: height of a mark in it.
        chart_mm: width of the charts of the HTML twin.
        chart_pt: size of their labels.
    """

    plot_mm: float
    row_mm: float
    chart_mm: float
    chart_pt: float


def trial_page(
    record: Record[Trial],
    words: Words,
    sources: Mapping[str, Source],
    style: ChartStyle,
    sizes: TrialSizes,
) -> TrialPage:
    """The page of a trial.

    Args:
        record: the trial.
        words: prints facts and prose, and writes down what was printed.
        sources: all sources, by id.
        style: look of the plot.
        sizes: sizes of the drawings.
    """
    ranks = ranked(_blocks(record.value))

    def page(said: RecordWords) -> TrialPage:
        tables = TrialTables(said, style, ranks, plot_mm=sizes.plot_mm, row_mm=sizes.row_mm)
        on_screen = replace(style, label_pt=sizes.chart_pt)
        charts = trial_charts(said, on_screen, width_mm=sizes.chart_mm)
        return _Page(said, tables, sources, ranks).page(charts)

    return numbered(record, words, page)


def _blocks(trial: Trial) -> Iterator[tuple[Hashable, Block]]:
    """What may be left off, in the order of reading."""
    yield _OBJECTIVE, Block("questions", trial.acronym, Priority.LOW)
    for analysis in trial.analyses:
        head: tuple[Outcome, Priority] | None = None
        for index, outcome in enumerate(trial.outcomes):
            if outcome.analysis != analysis.id:
                continue
            priority = outcome.priority
            # A rate says "same people" as the row it hangs on, so it never outlives that row.
            if head is not None and is_landmark_of(outcome, head[0]):
                priority = weaker(priority, head[1])
            else:
                head = outcome, priority
            yield ("outcomes", index), Block("results", in_brief(outcome.name), priority)
    for index, harm in enumerate(trial.harms):
        yield ("harms", index), Block("harms", in_brief(harm.term), harm.priority)
    for name in _POINTS:
        points: tuple[Point, ...] = getattr(trial, name)
        for index, point in enumerate(points):
            yield (name, index), Block("points", in_brief(point.text), point.priority)


class _Page:
    def __init__(
        self,
        said: RecordWords,
        tables: TrialTables,
        sources: Mapping[str, Source],
        ranks: Ranks,
    ) -> None:
        self.said, self.tables, self.sources, self.ranks = said, tables, sources, ranks
        self.trial, self.words, self.arms = said.record.value, said.words, tables.arms
        self._ = said.words.writing.translate

    def page(self, charts: tuple[Chart, ...]) -> TrialPage:
        trial, said = self.trial, self.said
        first = self.sources[trial.citation]
        said.number(trial.citation)  # the first one
        # In the order of reading, in which sources are numbered.
        return TrialPage(
            acronym=trial.acronym,
            title=trial.title,
            citation=line_citation(first),
            doi=first.doi,
            registration=tuple(Markup("{}").format(each.number) for each in trial.registration),
            bottom_line=said.prose(trial.bottom_line, "bottom_line"),
            objective=Ranked(said.prose(trial.objective, "objective"), self.ranks.of(_OBJECTIVE)),
            people=said.paragraph("participants", "eligibility", "exclusions"),
            arms=tuple(self._arm(arm) for arm in self.arms),
            design=said.paragraph(
                "design", "masking", "randomisation", "allocation", "setting", "recruitment"
            ),
            endpoint=said.statement(trial.primary_endpoint, "primary_endpoint"),
            signs=tuple(self._signs()),
            arm_names=(self.arms[0].short, self.arms[1].short),
            results=tuple(self.tables.results(index) for index in range(len(trial.analyses))),
            harms=tuple(self.tables.harm(each, index) for index, each in enumerate(trial.harms)),
            harms_people=self._harms_people(),
            harms_note=said.prose(trial.harms_note, "harms_note"),
            harms_source=said.cite(self._safety_population()),
            applies_to=self._listed("applies_to"),
            limits=self._listed("limits"),
            changes=self._listed("changes"),
            approvals=self._listed("approvals"),
            funding=said.statement(trial.funding, "funding"),
            not_seen=tuple(self._missing()),
            sources=said.source_lines(self.sources),
            charts=charts,
            ranks=self.ranks,
        )

    def _signs(self) -> Iterator[Ranked]:
        """What the signs in the tables mean, as far as they stand there."""
        found: tuple[tuple[str, Callable[[Outcome], bool]], ...] = (
            ("Months: medians.", lambda row: row.unit is Unit.MONTHS),
            ("Brackets: 95% CI.", lambda _: True),
            ("n/N: events/people.", lambda row: bool(row.events)),
            ("NR: not reached.", _has_not_reached),
            ("Differences: ours (MOVER, Newcombe).", lambda _: True),
            (f"{PUBLISHED}: as published.", lambda row: row.difference is not None),
            ("Not seen: in no source read.", lambda _: True),
        )
        for words, stands_in in found:
            ranks = [
                self.ranks.of(("outcomes", place))
                for place, each in enumerate(self.trial.outcomes)
                if stands_in(each)
            ]
            if ranks:
                yield Ranked(Markup("{}").format(self._(words)), min(ranks))

    def _safety_population(self) -> Population:
        name = self.trial.safety_population
        found: tuple[Population, ...] = self.trial.populations
        return next(each for each in found if each.id == name)

    def _harms_people(self) -> tuple[Markup, Markup] | None:
        safe = self._safety_population()
        if isinstance(safe.arms, Missing):
            return None
        first, second = (self.words.fact(f"{safe.id}.{arm.id}") for arm in self.arms)
        return first, second

    def _listed(self, name: str) -> tuple[Ranked, ...]:
        found: tuple[Point, ...] = getattr(self.trial, name)
        ranks = [self.ranks.of((name, index)) for index in range(len(found))]
        return tuple(
            Ranked(self.said.statement(each, name, index, rank=rank), rank)
            for index, (each, rank) in enumerate(zip(found, ranks, strict=True))
        )

    def _arm(self, arm: Arm) -> ArmLine:
        index = self.trial.arms.index(arm)
        schedule = self.said.statement(arm.schedule, "arms", index, "schedule")
        return ArmLine(arm.short, self.words.fact(f"randomised.{arm.id}"), schedule)

    def _missing(self) -> Iterable[str]:
        named = {
            "allocation": "concealment of allocation",
            "setting": "centres and countries",
            "exclusions": "exclusion criteria",
            "funder_role": "funder’s role",
            "conflicts": "conflicts",
        }
        for name, words in named.items():
            if isinstance(getattr(self.trial, name), Missing):
                yield self._(words)


def _has_not_reached(outcome: Outcome) -> bool:
    """Whether a bound is printed in short; a value is written out."""
    return any(
        not isinstance(each.ci, Missing) and any(bound.is_infinite() for bound in each.ci)
        for each in outcome.arms.values()
    )
