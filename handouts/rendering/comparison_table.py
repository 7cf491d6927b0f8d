"""Trials side by side: each row one question, each column one trial, all from the trials' records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from handouts.charts.drawing import ChartStyle, Drawing
from handouts.charts.harm_dots import draw_pair as draw_dots
from handouts.charts.landmark_bars import draw_pair as draw_bars
from handouts.evidence.trial_facts import experimental_first
from handouts.models.front_matter import ComparedTrial, ComparisonFront
from handouts.models.missing import Missing
from handouts.models.record import Record
from handouts.models.trial import Effect, Outcome, OutcomeRole, Population, Trial
from handouts.rendering.analysis_words import cut_words
from handouts.rendering.record_words import RecordWords


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """What one trial says to one question.

    Attributes:
        lines: words, one line each; the first is the answer, the others say what it counts.
        drawing: the answer as a picture, if there is one.
    """

    lines: tuple[Markup, ...]
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
        (_("Strategy"), _Column.strategy),
        (_("Setting and people"), _Column.people),
        (_("Comparator"), _Column.comparator),
        (_("Primary endpoint"), _Column.endpoint),
        (_("Primary result"), _Column.primary),
        (_("Absolute effect"), _Column.absolute),
        (_("Overall survival"), _Column.survival),
        (_("Main harm"), _Column.harm),
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
        self.id, self.trial = record.id, record.value
        self.style, self.width_mm, self.height_mm = style, width_mm, height_mm
        self.arms = experimental_first(record.value)
        self.outcomes = {each.id: each for each in record.value.outcomes}
        self._ = said.words.writing.translate

    def strategy(self) -> ComparedCell:
        return self._statement("strategy")

    def people(self) -> ComparedCell:
        counts = [self.words.fact(f"{self.id}.randomised.{arm.id}") for arm in self.arms]
        randomised = Markup("{} v {} {}").format(*counts, self._("randomised"))
        return ComparedCell((*self._statement("people").lines, randomised))

    def comparator(self) -> ComparedCell:
        return ComparedCell((Markup("{}").format(self.arms[1].name),))

    def endpoint(self) -> ComparedCell:
        return self._statement("endpoint")

    def primary(self) -> ComparedCell:
        return self._result(self.outcomes[self.compared.relative])

    def absolute(self) -> ComparedCell:
        outcome = self.outcomes[self.compared.absolute]
        facts = [self.words.book.get(f"{self.id}.{outcome.id}.{arm.id}") for arm in self.arms]
        first, second = facts
        drawing = None
        if first is not None and second is not None:
            alt = self._("{trial}, {event}: {first}% v {second}%, as bars.").format(
                trial=self.trial.acronym, event=outcome.event,
                first=first.value, second=second.value,
            )  # fmt: skip
            for fact in (first, second):
                self.words.drawn(fact.address, alt)
            drawing = draw_bars(
                first, second, self.style, width_mm=self.width_mm, height_mm=self.height_mm,
                alt=alt, name=f"{self.id}-absolute",
            )  # fmt: skip
        values = [self.words.fact(f"{self.id}.{outcome.id}.{arm.id}") for arm in self.arms]
        time = self.words.fact(f"{self.id}.{outcome.id}.at")
        answer = Markup("{} v {} {} {}").format(*values, self._("at"), time)
        event = Markup("{}").format(outcome.event)
        return ComparedCell((answer, event, self._difference(outcome), self._about(outcome)), drawing)

    def survival(self) -> ComparedCell:
        return self._result(self.outcomes[self.compared.survival])

    def harm(self) -> ComparedCell:
        harms = {each.id: each for each in self.trial.harms}
        places = {each.id: place for place, each in enumerate(self.trial.harms)}
        lines = []
        for name in self.compared.main_harms:
            values = [self.words.fact(f"{self.id}.{name}.{arm.id}") for arm in self.arms]
            lines.append(
                Markup("{} {} v {} {}").format(
                    harms[name].term, *values, self.said.cite(harms[name])
                )
            )
        del places
        return ComparedCell(tuple(lines), self._dots())
