"""Number needed to treat: how many people are treated for one more to benefit, or be harmed.

A number needed to treat is printed with its time frame and its interval, and only if the interval
of the absolute difference excludes 0. Otherwise the difference is printed alone, or the interval in
Altman's form, which runs through infinity.

Source:
    Altman DG. Confidence intervals for the number needed to treat. BMJ 1998;317:1309-1312.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext
from enum import StrEnum
from typing import TYPE_CHECKING

from handouts.evidence.rounding import DIGITS, rounded

if TYPE_CHECKING:
    from handouts.evidence.differences import Difference

_GUARD = 20
"""Decimals kept before rounding up, so that a difference of one third gives 3 and not 4."""


class Kind(StrEnum):
    """For better or for worse: Altman's names."""

    BENEFIT = "NNTB"
    HARM = "NNTH"

    @property
    def words(self) -> str:
        """The name written out."""
        outcome = "benefit" if self is Kind.BENEFIT else "be harmed"
        return f"number needed to treat for one more person to {outcome}"


@dataclass(frozen=True, slots=True)
class NumberNeeded:
    """A number needed to treat with its 95% interval, in whole people.

    Attributes:
        number: people treated for one more to benefit or be harmed, rounded up.
        low: least number the interval allows, rounded up.
        high: greatest number the interval allows, rounded up.
        kind: benefit or harm.
    """

    number: int
    low: int
    high: int
    kind: Kind

    def __str__(self) -> str:
        return f"{self.kind} {self.number} ({self.low} to {self.high})"


@dataclass(frozen=True, slots=True)
class AltmanInterval:
    """The interval of a number needed to treat where the difference could be 0.

    Attributes:
        benefit: least number needed to treat for benefit; None if benefit is not in the interval.
        harm: least number needed to treat for harm; None if harm is not in the interval.
    """

    benefit: int | None
    harm: int | None

    def __str__(self) -> str:
        parts = ["∞"]
        if self.benefit is not None:
            parts.insert(0, f"{Kind.BENEFIT} {self.benefit}")
        if self.harm is not None:
            parts.append(f"{Kind.HARM} {self.harm}")
        return " to ".join(parts)


def number_needed(difference: Difference, *, higher_is_better: bool) -> NumberNeeded | None:
    """The number needed to treat with the first arm's treatment rather than the second's.

    All three numbers are rounded up from 100 divided by the points before rounding. Where the
    difference is a published one, its printed points are all there is. The time frame is that of
    the difference and stays with the caller.

    Args:
        difference: first arm minus second arm, in percentage points.
        higher_is_better: true for survival, false for deaths and side effects.

    Returns:
        None if there is no interval, or it does not exclude 0 both before rounding and as printed,
        or the points lie outside it.
    """
    precise = difference.precise
    if precise is None or not difference.excludes_zero:
        return None
    points, low, high = precise
    near, far = (low, high) if low > 0 else (high, low)
    kind = Kind.BENEFIT if (low > 0) == higher_is_better else Kind.HARM
    return NumberNeeded(_people(points), _people(far), _people(near), kind)


def altman_interval(difference: Difference, *, higher_is_better: bool) -> AltmanInterval | None:
    """The interval in Altman's form, "NNTB 12 to ∞ to NNTH 40", where it does not exclude 0.

    Args:
        difference: first arm minus second arm, in percentage points.
        higher_is_better: true for survival, false for deaths and side effects.

    Returns:
        None if there is no interval, if it excludes 0 (use ``number_needed``), if its bounds are
        exchanged or the points lie outside it, or if both bounds are 0.
    """
    precise = difference.precise
    if precise is None or difference.excludes_zero:
        return None
    points, low, high = precise
    if not low <= points <= high:
        return None
    better, worse = (high, -low) if higher_is_better else (-low, high)
    benefit = _people(better) if better > 0 else None
    harm = _people(worse) if worse > 0 else None
    if benefit is None and harm is None:
        return None
    return AltmanInterval(benefit, harm)


def _people(points: Decimal) -> int:
    """How many people one event is spread over at so many points of difference, rounded up."""
    with localcontext(prec=DIGITS):
        people = rounded(Decimal(100) / abs(points), _GUARD)
        return int(people.to_integral_value(rounding=ROUND_CEILING))
