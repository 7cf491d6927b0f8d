"""How many typing slips the checks of a record catch: every number, every slip, one at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from handouts.evidence.trial_coherence import trial_findings
from handouts.loading.library import load_library
from handouts.models.missing import Missing
from handouts.models.numbers import Count, Number
from handouts.models.trial import PText, Trial
from tests.evidence.arithmetic import breaks
from tests.evidence.slips import Change, Field, Slip, changes
from tests.golden import Golden
from tests.projects import ROOT

NAMES = ("aphinity", "cleopatra", "extenet", "her2climb")
LEAST_CAUGHT = 0.95

_COUNTS = {Field.RANDOMISED, Field.COUNTED, Field.EVENTS}
_COUNT: TypeAdapter[int] = TypeAdapter(Count)
_P: TypeAdapter[object] = TypeAdapter(Number | PText | Missing)

WHY_NOT = {
    Field.RANDOMISED: "the arms make up the total, and the people of a row call them by name",
    Field.COUNTED: "the exchange of two arms of nearly one size adds up and divides alike",
    Field.EVENTS: "a few events more or less change neither the direction nor, within rounding,"
    " the width of the interval",
    Field.RESULT: "most arms have no published interval; a value that stays inside a wide interval,"
    " or a rate that stays near what the hazard ratio makes of the other arm's, is possible",
    Field.RESULT_BOUND: "nothing but the value between them ties the bounds of a median or rate",
    Field.SHARE: "a harm without a published count is a number alone",
    Field.RATIO: "some ratios have no interval; else the last digit lies within the bounds'"
    " rounding",
    Field.RATIO_BOUND: "the last digit of a bound lies within the rounding of the ratio and the"
    " other bound",
    Field.P: "p-values under 0.0001 agree whatever their digits, rows without a ratio have nothing"
    " to compare with, and two tests of the same data differ by up to a factor of 2",
    Field.DIFFERENCE: "where no rates of the arms were seen the difference is a number alone",
    Field.DIFFERENCE_BOUND: "nothing but the difference between them ties its bounds",
}
"""What remains possible after every check, by field: only the source tells."""


INTRODUCTION = """\
Kept by `pytest tests/evidence/test_mutations.py --update-golden`. Every number of the four records
was typed wrong, one at a time. A slip *breaks coherence* if the number then lies outside what the
rounding of the other printed numbers allows; `tests/evidence/arithmetic.py` says how, without the
code under test. The others could be true: what is caught of them is caught by a model
(proportional hazards, the width that events give an interval, the split of the people)."""


@dataclass(frozen=True)
class Tried:
    """One slip and what became of it."""

    trial: str
    change: Change
    breaks: bool
    caught: bool


@cache
def records() -> dict[str, Trial]:
    found = load_library(ROOT / "content", ROOT).trials
    return {name: found[name].value for name in NAMES}


def refused(change: Change) -> bool:
    """Whether no record can be read with these values at all."""
    try:
        for value in change.values.values():
            if isinstance(value, dict | tuple):
                continue  # exchanged, not new
            if change.field in _COUNTS:
                _COUNT.validate_python(value)
            elif change.field is Field.P:
                _P.validate_python(value)
    except ValidationError:
        return True
    return False


def as_counts(change: Change) -> Change:
    """Whole numbers as the record holds them."""
    if change.field not in _COUNTS:
        return change
    values = {
        path: value if isinstance(value, dict | int) else int(value)
        for path, value in change.values.items()
    }
    return Change(change.slip, change.field, values)


def tried() -> Iterator[Tried]:
    for name, trial in records().items():
        for change in changes(trial):
            if refused(change):
                yield Tried(name, change, breaks=True, caught=True)
                continue
            mutant = as_counts(change).applied(trial)
            caught = next(trial_findings(mutant), None) is not None
            yield Tried(name, change, breaks=breaks(mutant), caught=caught)


@cache
def all_tried() -> tuple[Tried, ...]:
    return tuple(tried())


def share(found: list[Tried]) -> float:
    return sum(each.caught for each in found) / len(found)


@pytest.mark.parametrize("name", NAMES)
def test_the_record_as_it_stands_breaks_nothing_and_nothing_is_found(name: str) -> None:
    assert not breaks(records()[name])
    assert list(trial_findings(records()[name])) == []


@pytest.mark.parametrize("name", NAMES)
def test_of_the_slips_that_break_coherence_nearly_all_are_caught(name: str) -> None:
    breaking = [each for each in all_tried() if each.breaks and each.trial == name]
    assert len(breaking) > 300
    assert share(breaking) >= LEAST_CAUGHT


@pytest.mark.parametrize("slip", Slip)
def test_so_are_they_of_each_kind(slip: Slip) -> None:
    breaking = [each for each in all_tried() if each.breaks and each.change.slip is slip]
    assert share(breaking) >= LEAST_CAUGHT


def test_every_field_and_every_slip_was_tried() -> None:
    assert {each.change.field for each in all_tried()} == set(Field) == WHY_NOT.keys()
    assert {each.change.slip for each in all_tried()} == set(Slip)


def test_exchanged_bounds_and_wrong_signs_are_always_caught() -> None:
    for slip in (Slip.BOUNDS, Slip.SIGN):
        for each in all_tried():
            is_difference = each.change.field in {Field.DIFFERENCE, Field.DIFFERENCE_BOUND}
            if each.change.slip is slip and not is_difference:
                assert each.caught, each


def test_what_is_caught_is_written_down(request: pytest.FixtureRequest) -> None:
    update = bool(request.config.getoption("--update-golden"))
    print(report())
    Golden(Path(__file__).parent, update=update).check("mutations.md", report())


def report() -> str:
    """The result as Markdown, for people to read."""
    found = all_tried()
    breaking = [each for each in found if each.breaks]
    return "\n".join(
        [
            "# Typing slips in the records",
            "",
            *INTRODUCTION.splitlines(),
            "",
            _summary(found, breaking),
            "",
            *_table("Slip", list(Slip), [each.change.slip for each in found]),
            "",
            *_table("Number", list(Field), [each.change.field for each in found]),
            "",
            *_table("Record", list(NAMES), [each.trial for each in found]),
            "",
            "## What can't be caught",
            "",
            *(f"- **{field}** ({_escaped(field)}): {why}." for field, why in WHY_NOT.items()),
            "",
            "Coherence that is broken and not caught:",
            "",
            *_escapes(),
            "",
        ]
    )


def _summary(found: tuple[Tried, ...], breaking: list[Tried]) -> str:
    percent = _percent(breaking)
    return f"Of {len(found)} slips {len(breaking)} break coherence; {percent} of these are caught."


def _table(head: str, names: list[str], keys: list[str]) -> Iterator[str]:
    yield f"| {head} | Slips | Break coherence | Of these caught | Others caught | Not caught |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name in names:
        here = [each for each, key in zip(all_tried(), keys, strict=True) if key == name]
        broken = [each for each in here if each.breaks]
        others = [each for each in here if not each.breaks]
        yield (
            f"| {name} | {len(here)} | {len(broken)} | {_percent(broken)} |"
            f" {sum(each.caught for each in others)} of {len(others)} |"
            f" {sum(not each.caught for each in here)} |"
        )


def _percent(found: list[Tried]) -> str:
    return f"{100 * share(found):.1f}%" if found else "none"


def _escaped(field: Field) -> str:
    here = [each for each in all_tried() if each.change.field is field]
    return f"{sum(not each.caught for each in here)} of {len(here)} slips"


def _escapes() -> Iterator[str]:
    missed = [each for each in all_tried() if each.breaks and not each.caught]
    counted = Counter((each.change.field, each.trial) for each in missed)
    for (field, trial), count in sorted(counted.items()):
        yield f"- {field}, {trial}: {count}"
