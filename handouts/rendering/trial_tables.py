"""The tables of a trial page: results by analysis with their forest plot, and harms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from markupsafe import Markup

from handouts.charts.drawing import ChartStyle, Drawing
from handouts.charts.forest import RatioMark, axis_for, draw_axis, draw_mark
from handouts.evidence.facts import Fact
from handouts.evidence.trial_facts import experimental_first
from handouts.models.missing import Missing
from handouts.models.trial import (
    Arm,
    Effect,
    Harm,
    Measure,
    Outcome,
    OutcomeRole,
    RatioMeasure,
)
from handouts.rendering.analysis_words import cut_words
from handouts.rendering.fit import Ranks
from handouts.rendering.record_words import RecordWords
from handouts.rendering.sayings import ON_SCREEN
from handouts.rendering.words import with_citation

_P_OF_ROLE = {OutcomeRole.EXPLORATORY: "nominal", OutcomeRole.DESCRIPTIVE: "descriptive"}
"""What stands behind a p-value of an analysis that was to prove nothing."""

PUBLISHED = "†"
"""Stands behind a difference that a source gives; the others are our arithmetic."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value with what stands under it in small type (an interval, a p-value, or why not)."""

    main: Markup
    under: Markup


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row of results."""

    name: Markup
    about: Markup
    arms: tuple[Value, Value]
    difference: Value
    number_needed: Markup = field(metadata=ON_SCREEN)
    mark: Drawing | None
    ratio: Value
    is_primary: bool
    is_landmark: bool
    rank: int


@dataclass(frozen=True, slots=True)
class ResultTable:
    """All rows of one analysis: one data cut, said in the caption."""

    caption: Markup
    note: Markup
    axis: Drawing
    null_mm: float
    ratio: str
    rows: tuple[ResultRow, ...]

    @property
    def rank(self) -> int:
        """The table is left off with the last of its rows."""
        return min((row.rank for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class HarmRow:
    """One harm, in the same form as the benefits."""

    name: Markup
    about: Markup
    arms: tuple[Markup, Markup]
    difference: Value
    rank: int


class TrialTables:
    """Makes the rows of one trial's tables."""

    def __init__(
        self, said: RecordWords, style: ChartStyle, ranks: Ranks, *, plot_mm: float, row_mm: float
    ) -> None:
        """Set the axis that all plots of the page share.

        Args:
            said: prints the record's prose and its sources.
            style: look of the plot.
            ranks: which rows may be left off.
            plot_mm: width of the forest plot's column.
            row_mm: height of a mark in it.
        """
        self.said, self.words, self.style, self.row_mm = said, said.words, style, row_mm
        self.ranks = ranks
        self.trial = said.record.value
        self.arms = experimental_first(self.trial)
        self._ = said.words.writing.translate
        self.axis = axis_for(
            (mark for each in self.trial.outcomes if (mark := _mark(each))), plot_mm
        )

    def results(self, index: int) -> ResultTable:
        """The table of one analysis, by its place in the record."""
        analysis = self.trial.analyses[index]
        caption = Markup("{}. {}").format(
            self.said.prose(analysis.name, "analyses", index, "name"),
            cut_words(analysis, self.words, self.said.record.id),
        )
        favours = tuple(
            self._("favours {arm}").format(arm=f"\n{arm.short.lower()}").replace(" \n", "\n")
            for arm in self.arms
        )
        if index:
            favours = ("", "")  # the axis is that of the table above
        axis = draw_axis(
            self.axis, self.style, favours=(favours[0], favours[1]),
            alt=self._axis_alt(), name=f"{analysis.id}-axis",
        )  # fmt: skip
        outcomes = [
            (each, self.ranks.of(("outcomes", place)))
            for place, each in enumerate(self.trial.outcomes)
            if each.analysis == analysis.id
        ]
        above = [None, *(each for each, _ in outcomes)]
        rows = tuple(
            self._row(outcome, before, rank)
            for (outcome, rank), before in zip(outcomes, above, strict=False)
        )
        rank = min((rank for _, rank in outcomes), default=0)
        note = self.said.cite(analysis, rank=rank)
        ratio = self._(self._measures(outcome for outcome, _ in outcomes)).capitalize()
        return ResultTable(caption, note, axis, self.axis.null_mm, ratio, rows)

    def _axis_alt(self) -> str:
        return self._(
            "Axis of the {measure}, logarithmic. Left of one favours {first}, right of one"
            " favours {second}."
        ).format(
            measure=self._(self._measures(self.trial.outcomes)),
            first=self.arms[0].short.lower(),
            second=self.arms[1].short.lower(),
        )

    def _measures(self, outcomes: Iterable[Outcome]) -> str:
        """What the ratios of some rows are; "ratio" where they are not all the same."""
        found = {_measure(each) for each in outcomes} - {RatioMeasure.NONE}
        return found.pop() if len(found) == 1 else "ratio"

    def _row(self, outcome: Outcome, above: Outcome | None, rank: int) -> ResultRow:
        name: Markup = Markup("{}").format(outcome.name)
        if outcome.at is not None:
            name = Markup("{} {} {}").format(
                outcome.name, self._("at"), self.words.fact(f"{outcome.id}.at")
            )
        mark = _mark(outcome) if outcome.plot else None
        return ResultRow(
            name=name,
            about=self._about(outcome, above, rank),
            arms=(self._result(outcome, self.arms[0]), self._result(outcome, self.arms[1])),
            difference=self._difference(outcome.id),
            number_needed=self._number_needed(outcome),
            mark=self._draw(outcome, mark) if mark else None,
            ratio=self._ratio(outcome),
            is_primary=outcome.role is OutcomeRole.PRIMARY,
            is_landmark=above is not None and is_landmark_of(outcome, above),
            rank=rank,
        )

    def _about(self, outcome: Outcome, above: Outcome | None, rank: int) -> Markup:
        """Role, people counted, sources: the small line under a row's name.

        A rate that follows the row it belongs to counts the same people, and says so.
        """
        if above is not None and is_landmark_of(outcome, above):
            people = self.words.fact(f"{outcome.population}.total")
            cited = self.said.cite(outcome, rank=rank)
            return with_citation(Markup("{} {}").format(self._("same"), people), cited)
        place = next(
            i for i, each in enumerate(self.trial.populations) if each.id == outcome.population
        )
        population = self.trial.populations[place]
        people = self.said.prose(population.name, "populations", place, "name")
        if not isinstance(population.arms, Missing):
            counts = (self.words.fact(f"{population.id}.{arm.id}") for arm in self.arms)
            counts = (
                self._of_counted(outcome, arm, count)
                for arm, count in zip(self.arms, counts, strict=True)
            )
            people = Markup("{} {} v {}").format(people, *counts)
        elif outcome.events:
            events = (self.words.fact(f"{outcome.id}.events-{arm.id}") for arm in self.arms)
            people = Markup("{}; {} {} v {}").format(people, self._("events"), *events)
        about = Markup("{}: {}").format(self._(outcome.role.value), people)
        return with_citation(about, self.said.cite(outcome, rank=rank))

    def _of_counted(self, row: Outcome | Harm, arm: Arm, people: Markup) -> Markup:
        """As "191/402", people with the event of those counted; or those counted alone."""
        if arm.id not in (row.events or {}):
            return people
        return Markup("{}/{}").format(self.words.fact(f"{row.id}.events-{arm.id}"), people)

    def _result(self, outcome: Outcome, arm: Arm) -> Value:
        name = f"{outcome.id}.{arm.id}"
        fact = self.words.book.get(name, self.said.record.id)
        return Value(self._cell(name), self._interval(name, fact))

    def _cell(self, name: str) -> Markup:
        """A value in a table; what was not seen is named in short, and in full under the table."""
        fact = self.words.book.get(name, self.said.record.id)
        if fact is not None and fact.value is Missing.NOT_SEEN:
            return Markup('<span class="missing">{}</span>').format(self._("not seen"))
        return self.words.fact(name)

    def _interval(self, name: str, fact: Fact | None) -> Markup:
        if fact is None or not isinstance(fact.interval, tuple):
            return Markup("")
        return Markup("({})").format(self.words.fact(name, "short-interval"))

    def _difference(self, name: str) -> Value:
        name = f"{name}.difference"
        fact = self.words.book.get(name, self.said.record.id)
        if fact is None or isinstance(fact.value, Missing):
            return Value(Markup("{}").format(self._("not available")), Markup(""))
        main = self.words.fact(name, "signed")
        if fact.difference is not None and fact.difference.is_published:
            main = Markup("{}{}").format(main, PUBLISHED)
        return Value(main, self._interval(name, fact))

    def _number_needed(self, outcome: Outcome) -> Markup:
        name = f"{outcome.id}.nnt"
        if self.words.book.get(name, self.said.record.id) is None:
            return Markup("")
        return self.words.fact(name, "at-its-time")

    def _ratio(self, outcome: Outcome) -> Value:
        effect = outcome.effect
        if isinstance(effect, Missing):
            return Value(Markup("{}").format(self._("not applicable")), Markup(""))
        p = self._p(outcome, effect)
        if isinstance(effect.value, Missing):
            return Value(Markup("{}").format(self._("not applicable")), p)
        value = self.words.fact(f"{outcome.id}.ratio")
        if self._measures(self.trial.outcomes) != effect.measure:
            value = Markup("{} {}").format(effect.measure.short, value)
        if not isinstance(effect.ci, Missing):
            interval = self.words.fact(f"{outcome.id}.ratio", "interval")
            return Value(Markup("{} ({})").format(value, interval), p)
        if effect.p is Missing.NOT_SEEN:
            return Value(value, Markup("{}").format(self._("interval, p not seen")))
        return Value(value, Markup("{}; {}").format(self._("interval not seen"), p))

    def _p(self, outcome: Outcome, effect: Effect) -> Markup:
        match effect.p:
            case Missing.DESCRIPTIVE:
                return Markup("{}").format(self._("descriptive, no test"))
            case Missing():
                return Markup("p {}").format(self._("not seen"))
            case _:
                sign = "" if str(effect.p).startswith(("<", ">")) else "="
                value = Markup("p{}{}").format(sign, self.words.fact(f"{outcome.id}.p"))
                proves_less = _P_OF_ROLE.get(outcome.role)
                return Markup("{}, {}").format(value, self._(proves_less)) if proves_less else value

    def _draw(self, outcome: Outcome, mark: RatioMark) -> Drawing:
        side = self.arms[0].short if mark.high < 1 else self.arms[1].short
        finding = self._("favours {arm}").format(arm=side.lower())
        if mark.low <= 1 <= mark.high:
            finding = self._("the interval includes one")
        ratio = self.words.book.facts[f"{self.said.record.id}.{outcome.id}.ratio"]
        low, high = ratio.interval if isinstance(ratio.interval, tuple) else (None, None)
        alt = self._("{name}: {measure} {value}, 95% interval {low} to {high}; {finding}.").format(
            name=outcome.name,
            measure=self._(_measure(outcome)),
            value=ratio.value,
            low=low,
            high=high,
            finding=finding,
        )
        self.words.drawn(f"{outcome.id}.ratio", alt)
        return draw_mark(
            mark, self.axis, self.style, height_mm=self.row_mm, alt=alt, name=outcome.id,
            bold=outcome.role is OutcomeRole.PRIMARY,
        )  # fmt: skip

    def harm(self, harm: Harm, index: int) -> HarmRow:
        """The row of one harm; ``index`` is its place in the record."""
        rank = self.ranks.of(("harms", index))
        remark = (
            self.said.prose(harm.remark, "harms", index, "remark") if harm.remark else Markup("")
        )
        brackets = Markup("; ").join(filter(None, (remark, self._people_of(harm))))
        about = (
            Markup("({}) {}").format(brackets, self.said.cite(harm, rank=rank))
            if brackets
            else self.said.cite(harm, rank=rank)
        )
        return HarmRow(
            name=self.said.prose(harm.term, "harms", index, "term"),
            about=about,
            arms=(
                self._cell(f"{harm.id}.{self.arms[0].id}"),
                self._cell(f"{harm.id}.{self.arms[1].id}"),
            ),
            difference=self._difference(harm.id),
            rank=rank,
        )

    def _people_of(self, harm: Harm) -> Markup:
        """The people of a harm, where they are not those of the table or were counted singly."""
        if not harm.population and not harm.events:
            return Markup("")
        population = harm.population or self.trial.safety_population
        pair = (
            self._of_counted(harm, arm, self.words.fact(f"{population}.{arm.id}"))
            for arm in self.arms
        )
        return Markup("{} v {}").format(*pair)


def is_landmark_of(outcome: Outcome, above: Outcome) -> bool:
    """Whether a row only reads a rate off the curve that the row above sums up."""
    return (
        outcome.at is not None
        and isinstance(outcome.effect, Missing)
        and outcome.population == above.population
    )


def _measure(outcome: Outcome) -> RatioMeasure:
    return RatioMeasure.NONE if isinstance(outcome.effect, Missing) else outcome.effect.measure


def _mark(outcome: Outcome) -> RatioMark | None:
    """What the plot draws for a row; nothing for an estimate without an interval."""
    effect = outcome.effect
    if isinstance(effect, Missing) or isinstance(effect.ci, Missing):
        return None
    if not isinstance(effect.value, Decimal) or outcome.measure is Measure.PROPORTION:
        return None
    return RatioMark(float(effect.value), float(effect.ci[0]), float(effect.ci[1]))
