"""Absolute differences between two arms, in percentage points, and their 95% intervals.

An interval is the published one; or it is computed from the intervals both arms were published
with (``mover``); or, where the counts are complete, from the counts (``newcombe``). The caller
chooses, because only the caller knows what a percentage is. A Kaplan-Meier rate is not a count
divided by a number of people: people leave the study before the landmark. So ``newcombe``,
``score_interval`` and ``implied_count`` are never for Kaplan-Meier rates. In APHINITY, 10-year
survival of 91.6 v 89.8 percent treated as counts of 2400 v 2404 would come out as 0.16 to 3.45
points; the published interval is 0.03 to 3.47.

Sources:
    Newcombe RG. Interval estimation for the difference between independent proportions:
    comparison of eleven methods. Stat Med 1998;17:873-890.
    Zou GY, Donner A. Construction of confidence limits about effect measures: a general
    approach. Stat Med 2008;27:1693-1702.
    Wilson EB. Probable inference, the law of succession, and statistical inference.
    J Am Stat Assoc 1927;22:209-212.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from handouts.evidence.rounding import DIGITS, decimals_of, half_unit, rounded

Z = Decimal("1.959963984540054")
"""The normal deviate of a two-sided 95% interval."""

HUNDRED = Decimal(100)
"""The most that a percentage can be."""


class Method(StrEnum):
    """Where the interval of a difference comes from."""

    PUBLISHED = "published"
    MOVER = "mover"
    NEWCOMBE = "newcombe"

    @property
    def sentence(self) -> str:
        """The method in words for the foot of a table."""
        return _SENTENCES[self]


_SENTENCES = {
    Method.PUBLISHED: "The interval of the difference is as published.",
    Method.MOVER: (
        "The interval of the difference is computed from the published intervals of both arms"
        " (method of variance estimates recovery)."
    ),
    Method.NEWCOMBE: (
        "The interval of the difference is computed from the counts of both arms"
        " (Newcombe, hybrid score, without continuity correction)."
    ),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """First arm minus second arm, in percentage points, ready to print.

    Attributes:
        points: the difference; a published one keeps its written text.
        low: lower bound of the 95% interval; None if there is no interval.
        high: upper bound of the 95% interval; None if there is no interval.
        method: where the interval comes from; None if there is no interval.
        decimals: decimals of ``points``, and of the bounds where we computed them.
        unrounded: points, low and high as computed, before rounding; None for published values.
        is_published: whether the points are a source's own.

    Raises:
        ValueError: one bound is given without the other, or an interval without its method.
    """

    points: Decimal
    low: Decimal | None
    high: Decimal | None
    method: Method | None
    decimals: int
    unrounded: tuple[Decimal, Decimal, Decimal] | None = field(default=None, repr=False)
    is_published: bool = False

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            msg = "an interval has two bounds or none"
            raise ValueError(msg)
        if self.low is not None and self.method is None:
            msg = "an interval needs the method it comes from"
            raise ValueError(msg)

    @property
    def precise(self) -> tuple[Decimal, Decimal, Decimal] | None:
        """Points, low and high at the best precision known; None if there is no interval."""
        if self.unrounded is not None:
            return self.unrounded
        if self.low is None or self.high is None:
            return None
        return (self.points, self.low, self.high)

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies on one side of 0, before rounding and as printed.

        False without an interval, and where the points lie outside the interval.
        """
        if self.precise is None or self.low is None or self.high is None:
            return False
        points, low, high = self.precise
        above = min(low, self.low) > 0
        below = max(high, self.high) < 0
        return (above or below) and low <= points <= high


def published(
    points: Decimal, low: Decimal | None = None, high: Decimal | None = None
) -> Difference:
    """A difference as its source prints it, with its interval if the source gives one.

    Raises:
        ValueError: one bound is given without the other.
    """
    method = None if low is None else Method.PUBLISHED
    return Difference(points, low, high, method, decimals_of(points), is_published=True)


def difference(first: Decimal, second: Decimal) -> Difference:
    """First minus second of two printed values, without an interval.

    As the reader would subtract what is printed: 91.6 and 89.8 give 1.8; 5 and 0.5 give 4.5.
    """
    decimals = max(decimals_of(first), decimals_of(second))
    return Difference(rounded(first - second, decimals), None, None, None, decimals)


def mover(
    p1: Decimal,
    l1: Decimal,
    u1: Decimal,
    p2: Decimal,
    l2: Decimal,
    u2: Decimal,
    *,
    decimals: int | None = None,
    ceiling: Decimal | None = HUNDRED,
) -> Difference:
    """First minus second, with the interval recovered from the published intervals of both arms.

    The square of each bound's distance is the sum of the squares of the arms' distances (method of
    variance estimates recovery, MOVER: Zou and Donner 2008; Newcombe 1998, method 10, is the case
    of score intervals). It serves for Kaplan-Meier rates, because their intervals know of the
    people who left. The arms' intervals are rounded, so the bounds are good to about one unit of
    the arms' last decimal.

    Args:
        p1: rate of the first arm, in percent.
        l1: lower bound of its 95% interval.
        u1: upper bound of its 95% interval.
        p2: rate of the second arm, in percent.
        l2: lower bound of its 95% interval.
        u2: upper bound of its 95% interval.
        decimals: decimals of the result; by default the coarser of the two printed rates.
        ceiling: most that a bound can be; None for medians, which are times and not rates. An
            upper bound that was not reached is infinite, and so is then a bound of the difference.

    Raises:
        ValueError: a rate lies outside its interval, or a bound is below 0 or over the ceiling.
    """
    for rate, low, high in ((p1, l1, u1), (p2, l2, u2)):
        if not 0 <= low <= rate <= high or (ceiling is not None and high > ceiling):
            msg = f"{rate} with interval {low} to {high} is not a value in its interval"
            raise ValueError(msg)
    if decimals is None:
        decimals = min(decimals_of(p1), decimals_of(p2))
    return _with_interval(p1 - p2, (p1 - l1, u1 - p1), (p2 - l2, u2 - p2), Method.MOVER, decimals)


def newcombe(k1: int, n1: int, k2: int, n2: int, *, decimals: int = 1) -> Difference:
    """First minus second of two complete counts, by Newcombe's hybrid score method.

    Newcombe 1998, method 10: ``mover`` of the two Wilson score intervals, without continuity
    correction. For complete counts only, never for Kaplan-Meier rates.

    Args:
        k1: people with the event in the first arm.
        n1: all people of the first arm.
        k2: people with the event in the second arm.
        n2: all people of the second arm.
        decimals: decimals of the result.

    Raises:
        ValueError: an arm holds nobody, or a count is not between 0 and the size of its arm.
    """
    for count, size in ((k1, n1), (k2, n2)):
        if not 0 <= count <= size or size < 1:
            msg = f"{count} of {size} is not a count of people in an arm"
            raise ValueError(msg)
    with localcontext(prec=DIGITS):
        exact = Fraction(100 * k1, n1) - Fraction(100 * k2, n2)
        points = Decimal(exact.numerator) / Decimal(exact.denominator)
        distances = []
        for count, size in ((k1, n1), (k2, n2)):
            rate = Decimal(100 * count) / Decimal(size)
            low, high = score_interval(rate, size)
            distances.append((rate - low, high - rate))
    return _with_interval(points, distances[0], distances[1], Method.NEWCOMBE, decimals)


def score_interval(percent: Decimal, n: int) -> tuple[Decimal, Decimal]:
    """The 95% score interval of one arm's share, in percent, not rounded (Wilson 1927).

    Raises:
        ValueError: the arm holds nobody, or the share is not between 0 and 100.
    """
    if not 0 <= percent <= 100 or n < 1:
        msg = f"{percent} percent of {n} is not a share of people in an arm"
        raise ValueError(msg)
    with localcontext(prec=DIGITS):
        share = percent / 100
        centre = 2 * n * share + Z * Z
        reach = Z * (Z * Z + 4 * n * share * (1 - share)).sqrt()
        scale = 100 / (2 * (n + Z * Z))
        return max(Decimal(0), (centre - reach) * scale), min(
            Decimal(100), (centre + reach) * scale
        )


def implied_count(percent: Decimal, n: int) -> int | None:
    """The one count out of ``n`` that is printed as this percentage; None if none or several.

    A count fits if its percentage lies at most half a unit of the last printed decimal away, so
    halves may have been rounded up or to the even digit. Never for Kaplan-Meier rates.

    Raises:
        ValueError: the arm holds nobody.
    """
    if n < 1:
        msg = f"an arm of {n} holds nobody"
        raise ValueError(msg)
    slack = Fraction(half_unit(percent))
    least = math.ceil((Fraction(percent) - slack) * n / 100)
    most = math.floor((Fraction(percent) + slack) * n / 100)
    least, most = max(0, least), min(n, most)
    return least if least == most else None


def _with_interval(
    points: Decimal,
    first: tuple[Decimal, Decimal],
    second: tuple[Decimal, Decimal],
    method: Method,
    decimals: int,
) -> Difference:
    """The difference from each arm's distances to its lower and its upper bound."""
    with localcontext(prec=DIGITS):
        low = points - (first[0] ** 2 + second[1] ** 2).sqrt()
        high = points + (first[1] ** 2 + second[0] ** 2).sqrt()
    return Difference(
        rounded(points, decimals),
        rounded(low, decimals),
        rounded(high, decimals) if high.is_finite() else high,
        method,
        decimals,
        (points, low, high),
    )
