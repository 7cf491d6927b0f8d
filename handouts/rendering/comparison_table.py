"""Trials side by side: a row is one question, a column one trial, all from the trials' records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from handouts.charts.drawing import ChartStyle, Drawing
from handouts.charts.landmark_bars import draw_pair as draw_bars
from handouts.evidence.trial_facts import experimental_first
from handouts.models.front_matter import ComparedTrial, ComparisonFront
from handouts.models.missing import Missing
from handouts.models.quantity import Statement, Unit
from handouts.models.record import Record
from handouts.models.trial import Effect, Measure, Outcome, OutcomeRole, Trial
from handouts.rendering.analysis_words import cut_words
from handouts.rendering.fit import in_brief
from handouts.rendering.record_words import RecordWords
from handouts.rendering.words import together, with_citation

_NO_WORDS = Markup("")


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """What one trial says to one question.

    Attributes:
        lines: words, one line each.
        about: which people and which analysis they count.
        drawing: the first line as a picture, if there is one.
    """

    lines: tuple[Markup, ...]
    about: Markup = _NO_WORDS
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One question and the answer of each trial."""

    question: str
    cells: tuple[ComparedCell, ...]


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """All of them."""

    trials: tuple[str, ...]
    rows: tuple[ComparedRow, ...]


def comparison_table(
    said: RecordWords,
    trials: Mapping[str, Record[Trial]],
    style: ChartStyle,
    *,
    width_mm: float,
    height_mm: float,
) -> ComparisonTable:
    """The table of a comparison.

    Args:
        said: prints the comparison's own prose, facts of the trials, and their sources.
        trials: records by id.
        style: look of the pictures in its cells.
        width_mm: width of a picture.
        height_mm: height of a picture.
    """
    front: ComparisonFront = said.record.value
    columns = [
        _Column(said, index, each, trials[each.trial], style, width_mm, height_mm)
        for index, each in enumerate(front.trials)
    ]
    _ = said.words.writing.translate
    rows = (
        (_("Compared"), _Column.strategy),
        (_("People"), _Column.people),
        (_("Endpoint"), _Column.endpoint),
        (_("Primary result"), _Column.primary),
        (_("Absolute effect"), _Column.absolute),
        (_("Survival"), _Column.survival),
        (_("Harm"), _Column.harm),
        (_("Mind"), _Column.mind),
    )
    return ComparisonTable(
        tuple(trials[each.trial].value.acronym for each in front.trials),
        tuple(
            ComparedRow(question, tuple(answer(column) for column in columns))
            for question, answer in rows
        ),
    )


class _Column:
    """One trial's answers."""

    def __init__(
        self,
        said: RecordWords,
        index: int,
        compared: ComparedTrial,
        record: Record[Trial],
        style: ChartStyle,
        width_mm: float,
        height_mm: float,
    ) -> None:
        self.said, self.words, self.index, self.compared = said, said.words, index, compared
        self.record, self.id, self.trial = record, record.id, record.value
        self.style, self.width_mm, self.height_mm = style, width_mm, height_mm
        self.arms = experimental_first(record.value)
        self.outcomes = {each.id: each for each in record.value.outcomes}
        self.harms = {each.id: each for each in record.value.harms}
        self._ = said.words.writing.translate

    def strategy(self) -> ComparedCell:
        return ComparedCell((self._statement(self.compared.strategy, "strategy"),))

    def people(self) -> ComparedCell:
        return ComparedCell((self._statement(self.compared.people, "people"),))

    def endpoint(self) -> ComparedCell:
        return ComparedCell((self._statement(self.compared.endpoint, "endpoint"),))

    def primary(self) -> ComparedCell:
        return self._result(self.outcomes[self.compared.relative])

    def survival(self) -> ComparedCell:
        return self._result(self.outcomes[self.compared.survival])

    def absolute(self) -> ComparedCell:
        outcome = self.outcomes[self.compared.absolute]
        time = self.words.fact(f"{self.id}.{outcome.id}.at")
        counted = Markup("{} {} {}").format(outcome.event, self._("at"), time)
        lines = [self._pair(outcome.id), counted[:1].upper() + counted[1:]]
        if isinstance(outcome.effect, Effect) and not isinstance(outcome.effect.ci, Missing):
            difference = self._difference(outcome.id, bare=True)
            lines.append(Markup("{}; {}").format(difference, self._ratio(outcome)))
        else:
            lines[-1] = Markup("{}: {}").format(lines[-1], self._difference(outcome.id))
        bars = self._bars(outcome.id, outcome.event or outcome.name)
        return ComparedCell(tuple(lines), self._about(outcome), bars)

    def harm(self) -> ComparedCell:
        first, *others = self.compared.main_harms
        lines = [self._pair(first), self._term(first)]
        lines += [Markup("{}: {}").format(self._term(each), self._pair(each)) for each in others]
        cited = self.said.cite(*(self.harms[each] for each in self.compared.main_harms))
        lines[-1] = with_citation(lines[-1], cited)
        return ComparedCell(tuple(lines), drawing=self._bars(first, self.harms[first].term))

    def mind(self) -> ComparedCell:
        return ComparedCell((self._statement(self.compared.mind, "mind"),))

    def _term(self, name: str) -> Markup:
        place = list(self.harms).index(name)
        own = self.said.of(self.id, self.record.path)
        return own.words.prose(self.harms[name].term, self.record.place(("harms", place, "term")))

    def _statement(self, statement: Statement, name: str) -> Markup:
        own = self.said.of(self.id, self.said.words.path)
        return own.statement(statement, "trials", self.index, name)

    def _pair(self, row: str) -> Markup:
        """Both arms: "93.9% v 91.6%", "18.5 v 12.4 months"."""
        names = [f"{self.id}.{row}.{arm.id}" for arm in self.arms]
        facts = [self.words.book.get(name) for name in names]
        bare = all(
            fact is not None and fact.unit is Unit.MONTHS and not isinstance(fact.value, Missing)
            for fact in facts
        )
        first = self.words.fact(names[0], "number" if bare else None)
        return together(Markup("{} v {}").format(first, self.words.fact(names[1])))

    def _result(self, outcome: Outcome) -> ComparedCell:
        """Both arms, relative effect, and what they count."""
        arms = self._pair(outcome.id)
        if outcome.measure is Measure.MEDIAN:
            arms = Markup("{} {}").format(self._("Median"), arms)
        elif outcome.at is not None:
            time = self.words.fact(f"{self.id}.{outcome.id}.at")
            arms = Markup("{} {} {}").format(arms, self._("at"), time)
            if outcome.role is OutcomeRole.PRIMARY:
                difference = self._difference(outcome.id, bare=True)
                arms = Markup("{} ({})").format(arms, difference)
        return ComparedCell((arms, self._ratio(outcome)), self._about(outcome))

    def _ratio(self, outcome: Outcome) -> Markup:
        ratio = f"{self.id}.{outcome.id}.ratio"
        interval = self.words.fact(ratio, "interval")
        short = "" if isinstance(outcome.effect, Missing) else outcome.effect.measure.short
        return Markup("{} {} ({})").format(short, self.words.fact(ratio), interval)

    def _difference(self, row: str, *, bare: bool = False) -> Markup:
        """With its unit and interval; or, bare, as a signed number beside the arms it is of."""
        name = f"{self.id}.{row}.difference"
        fact = self.words.book.get(name)
        if fact is None or isinstance(fact.value, Missing):
            return Markup("{}").format(self._("difference not available"))
        if bare:
            return self.words.fact(name, "signed-number")
        points = self.words.fact(name, "signed")
        if not isinstance(fact.interval, tuple):
            return points
        return Markup("{} ({})").format(points, self.words.fact(name, "interval"))

    def _about(self, outcome: Outcome) -> Markup:
        """Role, people, data cut and follow-up, sources: a row is never without them."""
        analysis = next(each for each in self.trial.analyses if each.id == outcome.analysis)
        cut = cut_words(analysis, self.words, self.id, brief=True)
        role, people = self._(outcome.role.value).capitalize(), self._people(outcome.population)
        about = Markup("{}, {}. {}.").format(role, people, cut)
        return with_citation(about, self.said.cite(outcome))

    def _people(self, name: str) -> Markup:
        population = next(each for each in self.trial.populations if each.id == name)
        if not isinstance(population.arms, Missing):
            counts = [self.words.fact(f"{self.id}.{name}.{arm.id}") for arm in self.arms]
            return Markup("{} v {}").format(*counts)
        if isinstance(population.total, Missing):
            return Markup("{}").format(self._("number of people not seen"))
        return Markup("{} {}").format(self.words.fact(f"{self.id}.{name}.total"), self._("in all"))

    def _bars(self, row: str, counted: str) -> Drawing | None:
        """Both shares as bars of 100%; none where a share is missing."""
        facts = [self.words.book.get(f"{self.id}.{row}.{arm.id}") for arm in self.arms]
        shares = [each.value for each in facts if each and isinstance(each.value, Decimal)]
        if len(shares) != len(facts):
            return None
        alt = self._("{trial}: {counted}, {first}% v {second}%, as bars out of 100%.").format(
            trial=self.trial.acronym, counted=in_brief(counted), first=shares[0], second=shares[1]
        )
        for fact in facts:
            if fact is not None:
                self.words.drawn(fact.address, alt)
        return draw_bars(
            float(shares[0]), float(shares[1]), self.style, width_mm=self.width_mm,
            height_mm=self.height_mm, alt=alt, name=f"{self.id}-{row}",
        )  # fmt: skip
