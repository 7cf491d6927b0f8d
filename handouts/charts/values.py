"""Facts as a chart prints and draws them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from handouts.evidence.facts import Fact
from handouts.evidence.formatting import NBSP, Audience, UnsuitableFormatError, Writing
from handouts.models.missing import Missing
from handouts.models.quantity import Unit

_SHARES = (Unit.PERCENT, Unit.POINTS)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is drawn of a fact.

    Attributes:
        value: infinite where it was not reached.
        low, high: its interval, ``high`` infinite where it was not reached; None without one.
    """

    value: float
    low: float | None
    high: float | None


def estimate(fact: Fact, writing: Writing) -> Estimate | None:
    """The numbers of a fact for drawing; None where its value is missing.

    Patients are shown whole people without intervals, so nothing of an interval is drawn for them.
    """
    if not isinstance(fact.value, Decimal | int):
        return None
    interval = fact.interval if isinstance(fact.interval, tuple) else None
    if interval is None or _is_plain(fact, writing):
        return Estimate(float(fact.value), None, None)
    return Estimate(float(fact.value), float(interval[0]), float(interval[1]))


def value_words(fact: Fact, writing: Writing, *, spelled: bool = False) -> str:
    """The value without its interval.

    Args:
        fact: what to write.
        writing: for whom.
        spelled: "not reached" for "NR".
    """
    if fact.value is Missing.NOT_SEEN:
        return writing.translate("not seen")
    if isinstance(fact.value, Missing):
        return writing.missing(fact.value)
    if fact.unit is Unit.POINTS and writing.audience is Audience.PATIENT:
        try:
            return writing.write(fact, "difference-of-100")
        except UnsuitableFormatError:
            return writing.translate("both fewer than 1 of 100")
    if isinstance(fact.value, Decimal | int) and fact.unit is not Unit.PERCENT:
        return _number(Decimal(fact.value), writing, signed=fact.unit is Unit.POINTS,
                       spelled=spelled)  # fmt: skip
    return writing.write(fact)


def interval_words(fact: Fact, writing: Writing, *, spelled: bool = False) -> str:
    """The interval alone, or that it was not seen; no words where there is nothing to say."""
    if isinstance(fact.value, Missing) or fact.interval is None or _is_plain(fact, writing):
        return ""
    if fact.interval is Missing.NOT_SEEN and fact.unit is not Unit.POINTS:
        return writing.translate("interval not seen")
    if isinstance(fact.interval, Missing):
        return writing.translate("interval not available")
    low, high = fact.interval
    if low.is_finite() and high.is_finite():
        return writing.interval(low, high)
    to = writing.translate("to")
    bounds = [_number(each, writing, signed=False, spelled=spelled) for each in (low, high)]
    return f"{bounds[0]}{NBSP}{to}{NBSP}{bounds[1]}".replace(" ", NBSP)


def words(fact: Fact, writing: Writing, *, spelled: bool = False, gaps: bool = True) -> str:
    """Value and interval, as "0.62 (0.51 to 0.75)"; they may part at the blank between them.

    Args:
        fact: what to write.
        writing: for whom.
        spelled: "not reached" for "NR".
        gaps: whether an interval that is missing is named.
    """
    value = value_words(fact, writing, spelled=spelled)
    if not gaps and not isinstance(fact.interval, tuple):
        return value
    interval = interval_words(fact, writing, spelled=spelled)
    return f"{value} ({interval})" if interval else value


def tied(head: str) -> str:
    """The name of an interval kept in one line."""
    return head.replace("95% CI", f"95%{NBSP}CI")


def share_tick(writing: Writing) -> Callable[[Decimal], str]:
    """Writes the ticks of an axis of shares: percent for clinicians, people for patients."""
    if writing.audience is Audience.PATIENT:
        return writing.number
    return lambda tick: f"{writing.number(tick)}%"


def difference_head(writing: Writing) -> str:
    """What stands over a column of differences."""
    if writing.audience is Audience.PATIENT:
        return writing.translate("Difference")
    return writing.translate("Difference, points (95% CI)")


def is_reached(fact: Fact) -> bool:
    """Whether the value and both bounds are finite, as far as they are there."""
    numbers = [fact.value, *(fact.interval if isinstance(fact.interval, tuple) else ())]
    return not any(isinstance(each, Decimal) and math.isinf(each) for each in numbers)


def _is_plain(fact: Fact, writing: Writing) -> bool:
    return writing.audience is Audience.PATIENT and fact.unit in _SHARES


def _number(value: Decimal, writing: Writing, *, signed: bool, spelled: bool) -> str:
    if value.is_infinite():
        return writing.translate("not reached") if spelled else writing.translate("NR")
    return writing.signed(value) if signed else writing.number(value)
