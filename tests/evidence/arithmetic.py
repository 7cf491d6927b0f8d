"""What is certain about the numbers of a record, worked out without the code under test.

A record breaks coherence if some number lies outside what the rounding of the other printed numbers
of its row, or of the record, allows:

- people add up: arms to totals, no more counted than randomised, all randomised as randomised;
- counts lie between 0 and the people counted, and give their percentage where all are counted;
  a percentage of complete counts is one that some whole number of the people gives;
- a share lies between 0 and 100, a time above 0, a ratio above 0, a p-value above 0 and up to 1;
- an estimate lies between its bounds, the lower first;
- a ratio is the geometric mean of its bounds;
- a p-value lies within what the ratio and its interval imply, each anywhere in its rounding;
- a published difference is that of the arms;
- a rate without the event never rises with time, and is one half at the median.

No tolerance is given beyond rounding: the checks under test give some (a factor of 2 for p-values),
and what so escapes them counts as an escape. What only a model ties together (events and the width
of an interval, rates and a hazard ratio) is not certain, and not counted here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from handouts.models.missing import Missing
from handouts.models.trial import Outcome, Trial

_TINY = 1e-9
_MONTHS = {"months": 1, "years": 12, "weeks": 12 * 7 / 365.25, "days": 12 / 365.25}


def breaks(trial: Trial) -> bool:
    """Whether the record breaks coherence."""
    return not all(_holds(trial))


def _holds(trial: Trial) -> Iterator[bool]:
    randomised = {arm.id: arm.randomised for arm in trial.arms}
    yield all(n >= 0 for n in randomised.values())
    yield sum(randomised.values()) == trial.randomised_total
    people: dict[str, Any] = {}
    for each in trial.populations:
        if not isinstance(each.total, Missing):
            yield 0 <= each.total <= trial.randomised_total
            if not isinstance(each.arms, Missing):
                people[each.id] = each.arms
                yield min(each.arms.values()) >= 0
                yield sum(each.arms.values()) == each.total
                if each.name in {"all", "randomised", "all randomised"}:
                    yield each.arms == randomised
    for outcome in trial.outcomes:
        yield from _outcome(outcome, people.get(outcome.population, {}))
        if outcome.events:
            limits = people.get(outcome.population) or randomised
            yield all(0 <= n <= limits[arm] for arm, n in outcome.events.items())
    for harm in trial.harms:
        counted = people.get(harm.population or trial.safety_population, {})
        for arm, share in harm.arms.items():
            if not isinstance(share, Missing):
                yield 0 <= share <= 100
                yield from _share(harm.events, counted if harm.counts else {}, arm, share)
    yield from _curves(trial)


def _outcome(outcome: Outcome, people: Any) -> Iterator[bool]:
    values = []
    for arm, result in outcome.arms.items():
        if isinstance(result.value, Missing):
            continue
        values.append(result.value)
        yield 0 <= result.value <= 100 if outcome.unit == "%" else result.value > 0
        yield from _within(result.value, result.ci)
        yield isinstance(result.ci, Missing) or result.ci[0] >= 0
        if outcome.measure == "proportion":
            yield from _share(outcome.events, people, arm, result.value)
    if outcome.difference is not None:
        yield from _within(outcome.difference.value, outcome.difference.ci)
        if len(values) == 2:
            three = (*values, outcome.difference.value)
            off = abs(abs(values[0] - values[1]) - abs(outcome.difference.value))
            yield float(off) <= sum(_half(each) for each in three) + _TINY
            yield (values[0] - values[1]) * outcome.difference.value >= 0
    if not isinstance(outcome.effect, Missing):
        yield from _ratio(outcome.effect)


def _ratio(effect: Any) -> Iterator[bool]:
    p: tuple[float, float] | None = None
    if not isinstance(effect.p, Missing):
        number = float(str(effect.p).lstrip("<"))
        yield 0 < number <= 1
        is_below = str(effect.p).startswith("<")
        p = (0, number) if is_below else (number - _half(effect.p), number + _half(effect.p))
    if isinstance(effect.value, Missing):
        return
    yield effect.value > 0
    if isinstance(effect.ci, Missing):
        return
    numbers = (effect.value, *effect.ci)
    yield effect.value > 0 and effect.ci[0] >= 0 and effect.ci[1] > 0
    yield from _within(effect.value, effect.ci)
    if min(numbers) <= 0 or effect.ci[0] >= effect.ci[1]:
        return
    (v, v_), (low, l_), (h, h_) = ((float(each), _half(each)) for each in numbers)
    yield math.sqrt(max(0, low - l_) * (h - h_)) <= v + v_ + _TINY
    yield v - v_ <= math.sqrt((low + l_) * (h + h_)) + _TINY
    if p is not None and low > l_ and v > v_:
        logs = [abs(math.log(v + v_)), abs(math.log(v - v_))]
        nearest = 0.0 if abs(v - 1) <= v_ else min(logs)
        widest, narrowest = (math.log((h + s * h_) / (low - s * l_)) for s in (1, -1))
        most, least = (_two_sided(*each) for each in ((nearest, widest), (max(logs), narrowest)))
        yield p[0] <= most + _TINY and p[1] >= least - _TINY


def _two_sided(effect: float, width: float) -> float:
    return math.erfc(3.919928 * effect / width / math.sqrt(2)) if width > 0 else 0.0


def _within(value: Any, ci: Any) -> Iterator[bool]:
    if not isinstance(ci, Missing):
        low, high = ci
        yield low <= high
        yield float(value) + _half(value) > float(low) - _half(low)
        yield math.isinf(high) or float(value) - _half(value) < float(high) + _half(high)


def _share(events: Any, people: Any, arm: str, share: Any) -> Iterator[bool]:
    if people.get(arm) and not (events and arm in events):
        exact = float(share) * people[arm] / 100
        near = (100 * n / people[arm] for n in (math.floor(exact), math.ceil(exact)))
        yield min(abs(each - float(share)) for each in near) <= _half(share) + _TINY
    if events and arm in events and people.get(arm):
        yield 0 <= events[arm] <= people[arm]
        yield abs(100 * events[arm] / people[arm] - float(share)) <= _half(share) + _TINY


def _curves(trial: Trial) -> Iterator[bool]:
    above: Outcome | None = None
    rates: dict[Any, list[tuple[float, Any]]] = {}
    for row in trial.outcomes:
        is_rate = row.at is not None and row.unit == "%"
        if is_rate and row.at is not None:
            time = float(row.at.value) * _MONTHS[row.at.unit]
            for arm, result in row.arms.items():
                if not isinstance(result.value, Missing):
                    key = (row.analysis, row.population, row.assessed_by, row.event, arm)
                    rates.setdefault(key, []).append((time, result.value))
        same = above and (row.analysis, row.population) == (above.analysis, above.population)
        if not (is_rate and isinstance(row.effect, Missing) and same):
            above = row
        elif above and above.measure == "median" and row.at is not None:
            for arm, result in row.arms.items():
                median = above.arms[arm].value
                if not isinstance(result.value, Missing) and not isinstance(median, Missing):
                    slack = _half(median)
                    rate, off = float(result.value), _half(result.value)
                    yield time >= float(median) - slack or rate + off >= 50
                    yield time <= float(median) + slack or rate - off <= 50
    for points in rates.values():
        for earlier, rate in points:
            for later, other in points:
                if later > earlier:
                    yield float(other) - _half(other) <= float(rate) + _half(rate) + _TINY


def _half(number: Any) -> float:
    """Half a unit of the last printed digit."""
    if math.isinf(number):
        return 0.0
    return 0.5 * 10.0 ** -len(str(number).partition(".")[2])
