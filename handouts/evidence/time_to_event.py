"""Do the hazard ratio, its events, the medians and the rates of one analysis fit each other?

Two kinds of checks. That a curve falls, and crosses one half at its median, is certain. The others
compare the hazard ratio with what it would be from other numbers, if hazards were proportional:
they are wide, so that only a gross contradiction is told, and their findings are not ``certain``.

Sources:
    Parmar MKB, Torri V, Stewart L. Extracting summary statistics to perform meta-analyses of the
    published literature for survival endpoints. Stat Med 1998;17:2815-2834.
    Schoenfeld DA. Sample-size formula for the proportional-hazards regression model.
    Biometrics 1983;39:499-503.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist
from typing import TYPE_CHECKING

from handouts.evidence.coherence import Finding
from handouts.evidence.rounding import half_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH_TOLERANCE = 0.06
"""How far a standard error may lie outside what the events imply, as a share of it.

Both formulas are approximations; stratified and adjusted models add a few percent. The published
rows of the four trials lie at most 1 percent outside.
"""

HALF = Decimal(50)
"""The percentage that a curve crosses at its median."""

_DEVIATE = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A published hazard ratio with its 95% interval, all above 0 and in order."""

    value: Decimal
    low: Decimal
    high: Decimal

    @property
    def excludes_one(self) -> bool:
        """Whether the interval lies on one side of 1, whatever its rounding."""
        return self.high + half_unit(self.high) < 1 or self.low - half_unit(self.low) > 1

    def __str__(self) -> str:
        return f"{self.value} ({self.low} to {self.high})"


def events_against_interval(
    ratio: Ratio, events: Sequence[int], people: Sequence[int]
) -> Finding | None:
    """``events-against-interval``: the interval is as wide as so many events make it.

    The standard error of the log hazard ratio is about the root of 1/d1 + 1/d2 (Parmar 1998), or of
    1 over the events times both arms' shares of the people (Schoenfeld 1983). The published
    interval, with its rounding, must reach from one to the other, or to within
    ``WIDTH_TOLERANCE``. A wide interval may also be of fewer events than are given.

    Args:
        ratio: the hazard ratio.
        events: people with the event, by arm.
        people: people counted, by arm, in the same order.
    """
    if min(events) < 1 or min(people) < 1:
        return None
    share = people[0] / sum(people)
    expected = (
        math.sqrt(1 / events[0] + 1 / events[1]),
        1 / math.sqrt(sum(events) * share * (1 - share)),
    )
    least = _log(ratio.high - half_unit(ratio.high)) - _log(ratio.low + half_unit(ratio.low))
    most = _log(ratio.high + half_unit(ratio.high)) - _log(ratio.low - half_unit(ratio.low))
    low, high = min(expected) * (1 - WIDTH_TOLERANCE), max(expected) * (1 + WIDTH_TOLERANCE)
    if most / (2 * _DEVIATE) >= low and least / (2 * _DEVIATE) <= high:
        return None
    error = math.log(ratio.high / ratio.low) / (2 * _DEVIATE)
    return Finding(
        "events-against-interval",
        f"interval of hazard ratio {ratio} has a standard error of {error:.3f} on the log scale,"
        f" but {events[0]} and {events[1]} events make about {expected[0]:.3f}",
        "are the events of this analysis and this outcome?",
        certain=False,
    )


def events_against_ratio(
    ratio: Ratio, events: Sequence[int], people: Sequence[int]
) -> Finding | None:
    """``events-against-ratio``: the arm with more events of its people has the higher hazard.

    The ratio of the shares of people with the event, first arm to second, lies between the hazard
    ratio and 1, and nearer to 1 the more people had the event. It must lie between the interval's
    far bound and 1, or in the interval. People leave unequally, so nothing finer is told.
    """
    if min(events) < 1 or min(people) < 1:
        return None
    crude = (events[0] / people[0]) / (events[1] / people[1])
    if _low(ratio) <= crude <= max(1.0, _high(ratio)) and ratio.value <= 1:
        return None
    if min(1.0, _low(ratio)) <= crude <= _high(ratio) and ratio.value >= 1:
        return None
    return Finding(
        "events-against-ratio",
        f"{events[0]} of {people[0]} v {events[1]} of {people[1]} people had the event, a ratio of"
        f" {crude:.2f}, but the hazard ratio is {ratio}",
        "have the arms changed places, or are the events of another analysis?",
        certain=False,
    )


def rates_against_ratio(ratio: Ratio, first: Decimal, second: Decimal) -> Finding | None:
    """``rates-against-ratio``: the rates at a time fit the hazard ratio of the same curves.

    With proportional hazards, log S1 over log S2 is the hazard ratio at every time (Parmar 1998).
    Early or late in crossing curves it is not: so it may lie out of the interval by half the
    interval's width on either side. Rates are percentages of people without the event; nothing is
    found where one is 0 or 100.
    """
    slack = [float(half_unit(each)) for each in (first, second)]
    rates = [float(each) for each in (first, second)]
    if min(rates) <= 0 or max(rates) >= 100:
        return None
    found = [_hazards(rates[0] + sign * slack[0], rates[1] - sign * slack[1]) for sign in (1, -1)]
    reach = math.log(_high(ratio) / _low(ratio)) / 2 if ratio.low > 0 else math.inf
    least = _low(ratio) * math.exp(-reach) if ratio.low > 0 else 0.0
    most = _high(ratio) * math.exp(reach)
    if found[0] <= most and found[1] >= least:
        return None
    return Finding(
        "rates-against-ratio",
        f"rates of {first} and {second} would go with a hazard ratio of about"
        f" {_hazards(*rates):.2f}, but it is {ratio}",
        "have the arms changed places, or are rates and ratio of different analyses?",
        certain=False,
    )


def medians_against_ratio(
    ratio: Ratio,
    first: Decimal,
    second: Decimal,
    first_interval: tuple[Decimal, Decimal] | None,
    second_interval: tuple[Decimal, Decimal] | None,
) -> Finding | None:
    """``medians-against-ratio``: the arm with the lower hazard does not have the shorter median.

    Only where the ratio's interval excludes 1, and the medians lie apart beyond their intervals;
    or, without these, beyond the mirror image of the ratio's interval. The size of the ratio of
    the medians is never checked: it is not the hazard ratio.
    """
    if not ratio.excludes_one or not first.is_finite() or not second.is_finite():
        return None
    if ratio.value > 1:
        inverse = Ratio(1 / ratio.value, 1 / ratio.high, 1 / ratio.low)
        shorter, longer, low, high = second, first, second_interval, first_interval
    else:
        inverse = ratio
        shorter, longer, low, high = first, second, first_interval, second_interval
    if shorter >= longer:
        return None
    if low is not None and high is not None:
        apart = low[1] < high[0]
    else:
        apart = float(shorter) < _high(inverse) * float(longer)
    if not apart:
        return None
    return Finding(
        "medians-against-ratio",
        f"medians of {first} and {second} go one way, hazard ratio {ratio} the other",
        "have the arms changed places, or are medians and ratio of different analyses?",
        certain=False,
    )


def rate_against_median(rate: Decimal, time: Decimal, median: Decimal) -> Finding | None:
    """``rate-against-median``: before its median a curve is above one half, after it below.

    Args:
        rate: percentage without the event at the time.
        time: when, in the unit of the median.
        median: the median of the same curve; infinite if not reached.
    """
    slack = Decimal(0) if median.is_infinite() else half_unit(median)
    before, after = time < median - slack, time > median + slack
    if before and rate + half_unit(rate) < HALF:
        side = "before"
    elif after and rate - half_unit(rate) > HALF:
        side = "after"
    else:
        return None
    shown = "not reached" if median.is_infinite() else str(median)
    return Finding(
        "rate-against-median",
        f"the rate is {rate} percent {side} the median of {shown}, where the curve crosses {HALF}",
        "are the rate and the median of one arm, one outcome and one analysis?",
    )


def rates_out_of_order(earlier: Decimal, later: Decimal) -> Finding | None:
    """``rates-out-of-order``: a rate without the event never rises with time."""
    if later - half_unit(later) <= earlier + half_unit(earlier):
        return None
    return Finding(
        "rates-out-of-order",
        f"the rate rises from {earlier} to {later} percent with time",
        "have the times changed places, or are the rates of different analyses?",
    )


def _hazards(first: float, second: float) -> float:
    """Log S1 over log S2, of percentages that rounding may have carried to 0 or 100."""
    least, most = 1e-9, 1 - 1e-9
    logs = [math.log(min(most, max(least, each / 100))) for each in (first, second)]
    return logs[0] / logs[1]


def _low(ratio: Ratio) -> float:
    return float(max(Decimal(0), ratio.low - half_unit(ratio.low)))


def _high(ratio: Ratio) -> float:
    return float(ratio.high + half_unit(ratio.high))


def _log(ratio: Decimal) -> float:
    """Natural logarithm; minus infinity where rounding reaches 0 or below."""
    return math.log(ratio) if ratio > 0 else -math.inf
