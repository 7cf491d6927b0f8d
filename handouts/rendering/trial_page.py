"""What a trial page shows, in words and drawings, ready to be laid out by a template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from handouts.charts.drawing import ChartStyle
from handouts.models.missing import Missing
from handouts.models.quantity import Statement, Unit
from handouts.models.record import Record
from handouts.models.source import Source
from handouts.models.trial import Arm, Outcome, Trial
from handouts.rendering.citations import line_citation
from handouts.rendering.record_words import RecordWords
from handouts.rendering.trial_tables import PUBLISHED, HarmRow, ResultTable, TrialTables
from handouts.rendering.words import Ledger, Words


@dataclass(frozen=True, slots=True)
class ArmLine:
    """An arm: its name, its size, how it is given."""

    name: str
    people: Markup
    schedule: Markup


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list."""

    words: Markup
    on_paper: bool


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source of the page, with its number and how it was read."""

    number: int
    text: str
    read: str
    on_paper: bool


@dataclass(frozen=True, slots=True)
class TrialPage:
    """Everything on the page, in the order of reading."""

    acronym: str
    title: str
    citation: str
    doi: str | None
    registration: tuple[Markup, ...]
    bottom_line: Markup
    objective: Markup
    people: Markup
    arms: tuple[ArmLine, ...]
    design: Markup
    endpoint: Markup
    signs: tuple[Point, ...]
    arm_names: tuple[str, str]
    results: tuple[ResultTable, ...]
    harms: tuple[HarmRow, ...]
    harms_people: tuple[Markup, Markup] | None
    harms_note: Markup
    harms_source: Markup
    applies_to: tuple[Point, ...]
    limits: tuple[Point, ...]
    changes: tuple[Point, ...]
    approvals: tuple[Point, ...]
    funding: Markup
    not_seen: tuple[str, ...]
    sources: tuple[SourceLine, ...]


def trial_page(
    record: Record[Trial],
    words: Words,
    sources: Mapping[str, Source],
    style: ChartStyle,
    *,
    plot_mm: float,
    row_mm: float,
) -> TrialPage:
    """The page of a trial.

    Args:
        record: the trial.
        words: prints facts and prose, and writes down what was printed.
        sources: all sources, by id.
        style: look of the plot.
        plot_mm: width of the forest plot's column.
        row_mm: height of a mark in it.
    """
    # Once to see which sources the paper cites: these have the first numbers, without a gap.
    trial_run = RecordWords(record, replace(words, ledger=Ledger()))
    _Page(trial_run, _tables(trial_run, style, plot_mm, row_mm), sources).page()
    cited = (each for each in trial_run.words.ledger.sources if each in trial_run.cited_on_paper)
    words.ledger.sources.extend(cited)
    said = RecordWords(record, words)
    return _Page(said, _tables(said, style, plot_mm, row_mm), sources).page()


def _tables(said: RecordWords, style: ChartStyle, plot_mm: float, row_mm: float) -> TrialTables:
    return TrialTables(said, style, plot_mm=plot_mm, row_mm=row_mm)


class _Page:
    def __init__(
        self, said: RecordWords, tables: TrialTables, sources: Mapping[str, Source]
    ) -> None:
        self.said, self.tables, self.sources = said, tables, sources
        self.trial, self.words, self.arms = said.record.value, said.words, tables.arms
        self._ = said.words.writing.translate

    def page(self) -> TrialPage:
        trial = self.trial
        first = self.sources[trial.citation]
        top = {
            "acronym": trial.acronym,
            "title": trial.title,
            "citation": line_citation(first),
            "doi": first.doi,
            "registration": tuple(Markup("{}").format(each.number) for each in trial.registration),
            "bottom_line": self.said.prose(trial.bottom_line, "bottom_line"),
            "objective": self.said.prose(trial.objective, "objective"),
            "people": self.said.paragraph("participants", "eligibility", "exclusions"),
            "arms": tuple(self._arm(arm) for arm in self.arms),
            "design": self.said.paragraph(
                "design", "masking", "randomisation", "allocation", "setting", "recruitment"
            ),
            "endpoint": self.said.statement(trial.primary_endpoint, "primary_endpoint"),
            "signs": tuple(self._signs()),
            "arm_names": (self.arms[0].short, self.arms[1].short),
        }
        results = tuple(self.tables.results(index) for index in range(len(trial.analyses)))
        harms = tuple(self.tables.harm(each, index) for index, each in enumerate(trial.harms))
        safety = trial.safety_population
        safe = next(each for each in trial.populations if each.id == safety)
        rest = {
            "results": results,
            "harms": harms,
            "harms_people": None
            if isinstance(safe.arms, Missing)
            else tuple(self.words.fact(f"{safety}.{arm.id}") for arm in self.arms),
            "harms_note": self.said.prose(trial.harms_note, "harms_note"),
            "harms_source": self.said.cite(safe),
            "applies_to": self._listed("applies_to"),
            "limits": self._listed("limits"),
            "changes": self._listed("changes"),
            "approvals": self._listed("approvals"),
            "funding": self.said.statement(trial.funding, "funding"),
            "not_seen": tuple(self._missing()),
        }
        numbered = tuple(
            SourceLine(
                number,
                line_citation(self.sources[name]),
                self.sources[name].read,
                name in self.said.cited_on_paper,
            )
            for number, name in enumerate(self.words.ledger.sources, 1)
            if name in self.sources
        )
        return TrialPage(**top, **rest, sources=numbered)  # type: ignore[arg-type]

    def _signs(self) -> Iterator[Point]:
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
            rows = [each for each in self.trial.outcomes if stands_in(each)]
            if rows:
                yield Point(Markup("{}").format(self._(words)), any(each.paper for each in rows))

    def _listed(self, name: str) -> tuple[Point, ...]:
        found: tuple[Statement, ...] = getattr(self.trial, name)
        return tuple(
            Point(self.said.statement(each, name, index), each.paper)
            for index, each in enumerate(found)
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
