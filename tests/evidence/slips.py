"""Slips of the hand in a record: where its numbers are, and how a typist gets each one wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from handouts.models.missing import Missing
from handouts.models.trial import Trial

Path = tuple[str | int, ...]


class Slip(StrEnum):
    """How a number went wrong."""

    SWAPPED = "two neighbouring digits swapped"
    DIGIT = "one digit changed"
    POINT = "decimal point moved"
    SIGN = "sign wrong"
    BOUNDS = "bounds exchanged"
    VALUE_AND_BOUND = "value and bound exchanged"
    ARMS = "arms exchanged"


class Field(StrEnum):
    """What the number is."""

    RANDOMISED = "people randomised"
    COUNTED = "people counted"
    EVENTS = "people with an event"
    RESULT = "median or rate of an arm"
    RESULT_BOUND = "its interval"
    SHARE = "complete share, or harm"
    RATIO = "hazard ratio"
    RATIO_BOUND = "interval of the ratio"
    P = "p-value"
    DIFFERENCE = "published difference"
    DIFFERENCE_BOUND = "interval of the difference"


@dataclass(frozen=True, slots=True)
class Change:
    """One slip: new values by their paths in the record."""

    slip: Slip
    field: Field
    values: dict[Path, Any]

    def applied(self, trial: Trial) -> Trial:
        for path, value in self.values.items():
            trial = _replaced(trial, path, value)
        return trial


def changes(trial: Trial) -> Iterator[Change]:
    """Every slip of every number of a record, one at a time."""
    for path, field in numbers(trial):
        for slip, value in _slips(value_at(trial, path)):
            yield Change(slip, field, {path: value})
    yield from _exchanges(trial)


def numbers(trial: Trial) -> Iterator[tuple[Path, Field]]:
    """The paths of all numbers of people, results, ratios, p-values, differences and harms."""
    yield ("randomised_total",), Field.RANDOMISED
    for i in range(len(trial.arms)):
        yield ("arms", i, "randomised"), Field.RANDOMISED
    for path in (("populations", i) for i in range(len(trial.populations))):
        yield from _given(trial, (*path, "total"), Field.COUNTED)
        yield from _by_arm(trial, (*path, "arms"), Field.COUNTED)
    for i, outcome in enumerate(trial.outcomes):
        at: Path = ("outcomes", i)
        value = Field.SHARE if outcome.measure == "proportion" else Field.RESULT
        for arm in outcome.arms:
            yield from _estimate(trial, (*at, "arms", arm), value, Field.RESULT_BOUND)
        if not isinstance(outcome.effect, Missing):
            yield from _estimate(trial, (*at, "effect"), Field.RATIO, Field.RATIO_BOUND)
            yield from _given(trial, (*at, "effect", "p"), Field.P)
        if outcome.difference is not None:
            yield from _estimate(
                trial, (*at, "difference"), Field.DIFFERENCE, Field.DIFFERENCE_BOUND
            )
        yield from _by_arm(trial, (*at, "events"), Field.EVENTS)
    for i in range(len(trial.harms)):
        yield from _by_arm(trial, ("harms", i, "arms"), Field.SHARE)
        yield from _by_arm(trial, ("harms", i, "events"), Field.EVENTS)


def value_at(trial: Trial, path: Path) -> Any:
    here: Any = trial
    for step in path:
        is_record = isinstance(step, str) and dataclasses.is_dataclass(here)
        here = getattr(here, str(step)) if is_record else here[step]
    return here


def _estimate(trial: Trial, at: Path, value: Field, bound: Field) -> Iterator[tuple[Path, Field]]:
    yield from _given(trial, (*at, "value"), value)
    if not isinstance(value_at(trial, (*at, "ci")), Missing):
        yield from _given(trial, (*at, "ci", 0), bound)
        yield from _given(trial, (*at, "ci", 1), bound)


def _by_arm(trial: Trial, at: Path, field: Field) -> Iterator[tuple[Path, Field]]:
    found = value_at(trial, at)
    if isinstance(found, dict):
        for arm in found:
            yield from _given(trial, (*at, arm), field)


def _given(trial: Trial, at: Path, field: Field) -> Iterator[tuple[Path, Field]]:
    value = value_at(trial, at)
    if not isinstance(value, Missing) and value != Decimal("Infinity"):
        yield at, field


def _slips(value: Any) -> Iterator[tuple[Slip, Any]]:
    """Other texts of the number, as slips make them; the number that comes out is another one."""
    sign, text = ("<", value[1:]) if isinstance(value, str) else ("", str(value))
    found: list[tuple[Slip, str]] = []
    for i, digit in enumerate(text):
        if not digit.isdigit():
            continue
        if i + 1 < len(text) and text[i + 1].isdigit():
            found.append((Slip.SWAPPED, text[:i] + text[i + 1] + digit + text[i + 2 :]))
        for step in (1, 4, 9):
            other = str((int(digit) + step) % 10)
            found.append((Slip.DIGIT, text[:i] + other + text[i + 1 :]))
    number = Decimal(text)
    found += [(Slip.POINT, f"{number.scaleb(step):f}") for step in (-1, 1)]
    found.append((Slip.SIGN, f"-{text}"))
    for slip, other in found:
        if Decimal(other) != number:
            yield slip, sign + other if sign else Decimal(other)


def _exchanges(trial: Trial) -> Iterator[Change]:
    for i, outcome in enumerate(trial.outcomes):
        at: Path = ("outcomes", i)
        places = [((*at, "arms", arm), Field.RESULT_BOUND) for arm in outcome.arms]
        if not isinstance(outcome.effect, Missing):
            places.append(((*at, "effect"), Field.RATIO_BOUND))
        if outcome.difference is not None:
            places.append(((*at, "difference"), Field.DIFFERENCE_BOUND))
        for place, field in places:
            value, ci = (value_at(trial, (*place, name)) for name in ("value", "ci"))
            if isinstance(ci, Missing) or isinstance(value, Missing):
                continue
            yield Change(Slip.BOUNDS, field, {(*place, "ci"): (ci[1], ci[0])})
            for k in (0, 1):
                if ci[k] != value:
                    new = {(*place, "value"): ci[k], (*place, "ci", k): value}
                    yield Change(Slip.VALUE_AND_BOUND, field, new)
        yield from _arms(trial, (*at, "arms"), Field.RESULT)
        yield from _arms(trial, (*at, "events"), Field.EVENTS)
    for i in range(len(trial.populations)):
        yield from _arms(trial, ("populations", i, "arms"), Field.COUNTED)
    for i in range(len(trial.harms)):
        yield from _arms(trial, ("harms", i, "arms"), Field.SHARE)
        yield from _arms(trial, ("harms", i, "events"), Field.EVENTS)
    pair = [arm.randomised for arm in trial.arms]
    if pair[0] != pair[1]:
        new = {("arms", k, "randomised"): pair[1 - k] for k in (0, 1)}
        yield Change(Slip.ARMS, Field.RANDOMISED, new)


def _arms(trial: Trial, at: Path, field: Field) -> Iterator[Change]:
    found = value_at(trial, at)
    if isinstance(found, dict) and len(found) == 2:
        (first, one), (second, other) = found.items()
        if one != other and not isinstance(one, Missing) and not isinstance(other, Missing):
            yield Change(Slip.ARMS, field, {at: {first: other, second: one}})


def _replaced(here: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    step, *rest = path
    if isinstance(here, dict):
        return {**here, step: _replaced(here[step], tuple(rest), value)}
    if isinstance(here, tuple):
        inner = list(here)
        inner[int(step)] = _replaced(here[int(step)], tuple(rest), value)
        return tuple(inner)
    return dataclasses.replace(
        here, **{str(step): _replaced(getattr(here, str(step)), tuple(rest), value)}
    )
