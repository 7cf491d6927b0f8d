"""P-values: as published, and as a ratio with its interval implies them.

An implied p-value only checks a published one. It is never printed as a result: nobody made that
test.

Source:
    Altman DG, Bland JM. How to obtain the P value from a confidence interval. BMJ 2011;343:d2304.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import NormalDist

from handouts.evidence.rounding import half_unit

NINETY_FIVE = Decimal(95)
"""The usual level of an interval, in percent."""

_WRITTEN = re.compile(
    r"(?:[pP]\s*)?(?P<relation>=|<=|>=|[<>≤≥])?\s*(?P<value>\d*\.?\d+(?:[eE]-\d+)?)"
)


class Relation(StrEnum):
    """How a p-value stands to the number that is printed."""

    EQUAL = "="
    BELOW = "<"
    AT_MOST = "≤"
    ABOVE = ">"
    AT_LEAST = "≥"


_RELATIONS = {"<=": Relation.AT_MOST, ">=": Relation.AT_LEAST}


@dataclass(frozen=True, slots=True)
class PValue:
    """A published p-value, as written.

    Attributes:
        value: the printed number, above 0 and at most 1.
        relation: how the p-value stands to it.

    Raises:
        ValueError: no p-value can be like that.
    """

    value: Decimal
    relation: Relation = Relation.EQUAL

    def __post_init__(self) -> None:
        if not self.value.is_finite() or not 0 < self.value <= 1:
            msg = f"p-value {self.value} is not above 0 and at most 1"
            raise ValueError(msg)
        if self.relation is Relation.ABOVE and self.value == 1:
            msg = "no p-value is above 1"
            raise ValueError(msg)

    @classmethod
    def parse(cls, written: str | Decimal) -> PValue:
        """Read ``0.005``, ``<0.001``, ``p = 0.03``, ``P<.001``, ``≤0.05`` or a number.

        Raises:
            ValueError: the text is not a p-value.
        """
        if isinstance(written, Decimal):
            return cls(written)
        found = _WRITTEN.fullmatch(written.strip())
        if found is None:
            msg = f"`{written}` is not a p-value like 0.005 or <0.001"
            raise ValueError(msg)
        sign = found["relation"] or "="
        return cls(Decimal(found["value"]), _RELATIONS.get(sign) or Relation(sign))

    @property
    def range(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest p-value that would be printed like this."""
        if self.relation in (Relation.BELOW, Relation.AT_MOST):
            return Decimal(0), self.value
        if self.relation in (Relation.ABOVE, Relation.AT_LEAST):
            return self.value, Decimal(1)
        slack = half_unit(self.value)
        return max(Decimal(0), self.value - slack), min(Decimal(1), self.value + slack)

    def __str__(self) -> str:
        number = format(self.value, "f")
        return number if self.relation is Relation.EQUAL else f"{self.relation}{number}"


@dataclass(frozen=True, slots=True)
class ImpliedP:
    """The two-sided p-value a ratio and its interval imply, at six significant figures.

    Attributes:
        value: from the printed numbers as they stand.
        low: least p-value the rounding of the three printed numbers allows.
        high: greatest p-value the rounding of the three printed numbers allows.
    """

    value: Decimal
    low: Decimal
    high: Decimal


def implied_p(
    estimate: Decimal, low: Decimal, high: Decimal, *, level: Decimal = NINETY_FIVE
) -> ImpliedP:
    """The two-sided p-value of a ratio against 1, from its interval (Altman and Bland 2011).

    The interval is taken as symmetric on the log scale, as that of a Cox model is: the standard
    error is the log width over twice the normal deviate of the level. The range takes each of the
    three printed numbers anywhere within its rounding.

    Args:
        estimate: the ratio.
        low: lower bound of its interval.
        high: upper bound of its interval.
        level: level of the interval, in percent.

    Raises:
        ValueError: a number is not positive, the bounds are not in order, or the level is not
            between 0 and 100.
    """
    if min(estimate, low, high) <= 0 or low >= high or not 0 < level < 100:
        msg = f"ratio {estimate} with {level}% interval {low} to {high} implies no p-value"
        raise ValueError(msg)
    deviate = NormalDist().inv_cdf(0.5 + float(level) / 200)
    logs = [(_log(each - half_unit(each)), _log(each + half_unit(each))) for each in (low, high)]
    widest = logs[1][1] - logs[0][0]
    narrowest = logs[1][0] - logs[0][1]
    effects = [abs(_log(estimate + sign * half_unit(estimate))) for sign in (-1, 1)]
    straddles = abs(estimate - 1) <= half_unit(estimate)
    least = 0.0 if straddles else min(effects)
    return ImpliedP(
        _two_sided(abs(_log(estimate)), _log(high) - _log(low), deviate),
        _two_sided(max(effects), narrowest, deviate),
        _two_sided(least, widest, deviate),
    )


def _log(ratio: Decimal) -> float:
    """Natural logarithm; minus infinity where rounding reaches 0 or below."""
    return math.log(ratio) if ratio > 0 else -math.inf


def _two_sided(effect: float, width: float, deviate: float) -> Decimal:
    """The p-value of a log ratio whose interval is so wide on the log scale."""
    if width <= 0:
        return Decimal(0)
    if effect == 0 or math.isinf(width):
        return Decimal(1)
    if math.isinf(effect):
        return Decimal(0)
    score = 2 * deviate * effect / width
    return Decimal(f"{math.erfc(score / math.sqrt(2)):.5e}")
