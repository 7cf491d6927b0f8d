"""Are the analyses of a trial's record in the order of time, in everything that tells the time?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from handouts.evidence.coherence import Finding
from handouts.evidence.facts import DataPath
from handouts.evidence.rounding import half_unit
from handouts.models.missing import Missing
from handouts.models.quantity import Unit
from handouts.models.trial import Analysis, Trial

_Found = tuple[Finding, DataPath]

IN_MONTHS = {
    Unit.DAYS: Decimal(12) / Decimal("365.25"),
    Unit.WEEKS: 7 * Decimal(12) / Decimal("365.25"),
    Unit.MONTHS: Decimal(1),
    Unit.YEARS: Decimal(12),
}
"""Months in each unit of time."""


def analysis_findings(trial: Trial) -> Iterator[_Found]:
    """What is out of order in the analyses, with its path in the record.

    - ``cutoff-after-compiled``: data can't be cut after the record was compiled.
    - ``analyses-out-of-order``: analyses stand from the first to the last, so neither the data cut
      nor the median follow-up goes back.
    - ``follow-up-against-cutoffs``: between two data cuts the median follow-up can't grow by more
      than the time between them.
    """
    for index, analysis in enumerate(trial.analyses):
        first = _first_day(analysis)
        if first is not None and first > trial.compiled:
            message = f"data cut {analysis.data_cutoff}, but compiled {trial.compiled}"
            yield (
                Finding("cutoff-after-compiled", message, None),
                ("analyses", index, "data_cutoff"),
            )
    for index, (earlier, later) in enumerate(pairwise(trial.analyses), 1):
        yield from _pair(earlier, later, ("analyses", index))


def _pair(earlier: Analysis, later: Analysis, at: DataPath) -> Iterator[_Found]:
    hint = "list analyses from the first to the last, or compare both with their sources"
    days = _first_day(earlier), _last_day(later)
    if days[0] is not None and days[1] is not None and days[1] < days[0]:
        message = f"data cut {later.data_cutoff} stands after data cut {earlier.data_cutoff}"
        yield Finding("analyses-out-of-order", message, hint), (*at, "data_cutoff")
        return
    before, after = _follow_up(earlier), _follow_up(later)
    if before is None or after is None:
        return
    (least, least_slack), (most, most_slack) = before, after
    if most + most_slack < least - least_slack:
        message = f"median follow-up of `{later.id}` is shorter than that of `{earlier.id}` before"
        yield Finding("analyses-out-of-order", message, hint), (*at, "follow_up")
    if days[0] is None or days[1] is None:
        return
    between = Decimal((days[1] - days[0]).days) * IN_MONTHS[Unit.DAYS]
    grown = most - most_slack - least - least_slack
    if grown > between:
        message = (
            f"median follow-up grows by {most - least:.1f} months, but the data cuts are"
            f" {between:.1f} months apart"
        )
        yield Finding("follow-up-against-cutoffs", message, hint), (*at, "follow_up")


def _follow_up(analysis: Analysis) -> tuple[Decimal, Decimal] | None:
    """In months, with what rounding allows."""
    if isinstance(analysis.follow_up, Missing) or analysis.follow_up.unit not in IN_MONTHS:
        return None
    months = IN_MONTHS[analysis.follow_up.unit]
    return analysis.follow_up.value * months, half_unit(analysis.follow_up.value) * months


def _first_day(analysis: Analysis) -> date | None:
    """The day of the data cut, or the first day of its month."""
    if isinstance(analysis.data_cutoff, Missing):
        return None
    if isinstance(analysis.data_cutoff, date):
        return analysis.data_cutoff
    try:
        return date.fromisoformat(f"{analysis.data_cutoff}-01")
    except ValueError:
        return None  # a month of 13 is told where the record is read


def _last_day(analysis: Analysis) -> date | None:
    """The day of the data cut, or the last day that every month has."""
    first = _first_day(analysis)
    if first is None or isinstance(analysis.data_cutoff, date):
        return first
    return first.replace(day=28)
