"""The results and harms of a trial as charts, each with the same facts as a table."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.charts.arms import ArmFact, ArmGroup
from handouts.charts.chart import Chart
from handouts.charts.drawing import ChartStyle
from handouts.charts.harm_dots import harm_dots
from handouts.charts.harm_words import HarmRow
from handouts.charts.landmark_bars import landmark_bars
from handouts.charts.medians import medians_chart
from handouts.evidence.facts import Fact
from handouts.evidence.trial_facts import experimental_first
from handouts.models.missing import Missing
from handouts.models.trial import Harm, Measure, Outcome, Trial
from handouts.rendering.record_words import RecordWords


def trial_charts(said: RecordWords, style: ChartStyle, *, width_mm: float) -> tuple[Chart, ...]:
    """Medians with intervals, rates at a time, and harms; those that the trial has results for.

    Args:
        said: prints the record's prose, and writes down what the charts draw.
        style: look of the charts.
        width_mm: width of each.
    """
    charts = tuple(_Charts(said, style, width_mm).charts())
    for chart in charts:
        for row in chart.table.rows:
            for cell in row:
                if cell.fact is not None:
                    said.words.drawn(cell.fact, chart.drawing.alt)
    return charts


class _Charts:
    def __init__(self, said: RecordWords, style: ChartStyle, width_mm: float) -> None:
        self.said, self.style, self.width_mm = said, style, width_mm
        self.trial: Trial = said.record.value
        self.writing = said.words.writing
        self.arms = experimental_first(self.trial)

    def charts(self) -> Iterator[Chart]:
        medians = list(self._groups(Measure.MEDIAN))
        if medians:
            yield medians_chart(
                medians, self.writing, self.style, width_mm=self.width_mm, name="medians"
            )
        rates = list(self._groups(Measure.SURVIVAL_RATE))
        if rates:
            yield landmark_bars(
                rates, self.writing, self.style, width_mm=self.width_mm, name="rates"
            )
        harms = [
            self._harm(harm, place)
            for place, harm in enumerate(self.trial.harms)
            if any(not isinstance(each, Missing) for each in harm.arms.values())
        ]
        if harms:
            names = (self.arms[0].short, self.arms[1].short)
            yield harm_dots(
                harms, self.writing, self.style, width_mm=self.width_mm, arms=names, name="harms"
            )

    def _groups(self, measure: Measure) -> Iterator[ArmGroup]:
        analyses = {each.id: place for place, each in enumerate(self.trial.analyses)}
        for outcome in self.trial.outcomes:
            if outcome.measure is not measure or not _has_values(outcome):
                continue
            first, second = (
                ArmFact(arm.short, self._fact(f"{outcome.id}.{arm.id}")) for arm in self.arms
            )
            place = analyses[outcome.analysis]
            about = self._text(self.trial.analyses[place].name, "analyses", place, "name")
            at = None if outcome.at is None else self._fact(f"{outcome.id}.at")
            yield ArmGroup(outcome.name, first, second, about, at)

    def _harm(self, harm: Harm, place: int) -> HarmRow:
        first, second = (self._fact(f"{harm.id}.{arm.id}") for arm in self.arms)
        term = self._text(harm.term, "harms", place, "term")
        return HarmRow(term, first, second, self._fact(f"{harm.id}.difference"))

    def _fact(self, name: str) -> Fact:
        return self.said.words.book.facts[f"{self.said.record.id}.{name}"]

    def _text(self, prose: str, *at: str | int) -> str:
        return self.said.prose(prose, *at).striptags()


def _has_values(outcome: Outcome) -> bool:
    return any(not isinstance(each.value, Missing) for each in outcome.arms.values())
