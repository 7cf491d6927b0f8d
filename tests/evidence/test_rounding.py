from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.evidence.rounding import (
    decimals_of,
    difference_of_rounded,
    fewer_than_one,
    half_unit,
    of_hundred,
    rounded,
)

percentages = st.decimals(min_value=0, max_value=100, places=1)


@pytest.mark.parametrize(
    ("written", "decimals", "half"),
    [("0.60", 2, "0.005"), ("0.6", 1, "0.05"), ("37", 0, "0.5"), ("1E+1", 0, "0.5")],
)
def test_a_printed_number_keeps_its_decimals(written: str, decimals: int, half: str) -> None:
    assert decimals_of(Decimal(written)) == decimals
    assert half_unit(Decimal(written)) == Decimal(half)


@pytest.mark.parametrize("written", ["NaN", "Infinity"])
def test_what_is_not_a_number_has_no_decimals(written: str) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        decimals_of(Decimal(written))


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("0.05", 1, "0.1"), ("-0.04", 1, "0.0"), ("1", 2, "1.00")],
)
def test_halves_are_rounded_away_from_zero(value: str, decimals: int, printed: str) -> None:
    assert str(rounded(Decimal(value), decimals)) == printed


@pytest.mark.parametrize(("value", "decimals"), [("1", -1), ("NaN", 1), ("-Infinity", 0)])
def test_rounding_needs_a_number_and_a_place(value: str, decimals: int) -> None:
    with pytest.raises(ValueError, match="can't round"):
        rounded(Decimal(value), decimals)


@pytest.mark.parametrize(
    ("percent", "people"),
    [("91.6", 92), ("89.8", 90), ("33.1", 33), ("12.5", 13), ("13.5", 14), ("0", 0), ("100", 100)],
)
def test_patients_see_whole_people_of_a_hundred(percent: str, people: int) -> None:
    assert of_hundred(Decimal(percent)) == people


@pytest.mark.parametrize("percent", ["133.1", "-0.1"])
def test_no_share_lies_outside_a_hundred(percent: str) -> None:
    with pytest.raises(ValueError, match="not between 0 and 100"):
        of_hundred(Decimal(percent))


@pytest.mark.parametrize(
    ("percent", "fewer"),
    [("0", False), ("0.1", True), ("0.5", True), ("0.6", True), ("0.99", True), ("1.0", False)],
)
def test_below_one_is_fewer_than_one_of_a_hundred(percent: str, fewer: bool) -> None:
    assert fewer_than_one(Decimal(percent)) is fewer


@pytest.mark.parametrize(
    ("first", "second", "people"),
    [
        ("91.6", "89.8", 2),  # APHINITY survival
        ("90.2", "87.7", 2),  # ExteNET: 2.5 points, but 90 less 88
        ("90.1", "90.2", 0),  # ExteNET survival: 90 and 90
        ("33.1", "12.3", 21),
        ("12.3", "33.1", -21),
        ("5", "0.5", 4),
        ("0", "0", 0),
        ("0.6", "0.2", None),  # APHINITY heart failure: fewer than 1 in both arms
        ("0.4", "0", None),
        ("0", "0.9", None),
    ],
)
def test_the_difference_is_that_of_the_rounded_arms(
    first: str, second: str, people: int | None
) -> None:
    assert difference_of_rounded(Decimal(first), Decimal(second)) == people


@given(percentages, percentages)
def test_patients_can_subtract_what_they_read(first: Decimal, second: Decimal) -> None:
    people = difference_of_rounded(first, second)
    if people is not None:
        assert people == of_hundred(first) - of_hundred(second)
        assert difference_of_rounded(second, first) == -people
