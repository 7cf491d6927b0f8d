from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.evidence.differences import Difference, difference, mover, newcombe, published
from handouts.evidence.needed_to_treat import (
    AltmanInterval,
    Kind,
    NumberNeeded,
    altman_interval,
    number_needed,
)


def points(middle: str, low: str, high: str) -> Difference:
    return published(Decimal(middle), Decimal(low), Decimal(high))


def test_aphinity_treats_56_for_one_more_alive_at_ten_years() -> None:
    found = number_needed(points("1.8", "0.03", "3.47"), higher_is_better=True)
    assert found == NumberNeeded(56, 29, 3334, Kind.BENEFIT)
    assert str(found) == "NNTB 56 (29 to 3334)"


def test_more_serious_harm_in_cleopatra_is_a_number_needed_to_harm() -> None:
    found = number_needed(newcombe(160, 408, 116, 396), higher_is_better=False)
    assert found == NumberNeeded(11, 7, 30, Kind.HARM)


def test_the_number_comes_from_the_points_before_rounding() -> None:
    found = newcombe(996, 2000, 797, 2000)
    assert str(found.points) == "10.0"  # 9.95, which would be 10 as printed
    needed = number_needed(found, higher_is_better=True)
    assert needed is not None
    assert needed.number == 11


def test_one_third_is_three_people_and_not_four() -> None:
    needed = number_needed(newcombe(200, 300, 100, 300), higher_is_better=True)
    assert needed is not None
    assert needed.number == 3


@pytest.mark.parametrize(
    ("found", "higher_is_better", "kind"),
    [
        (points("5", "2", "8"), True, Kind.BENEFIT),
        (points("5", "2", "8"), False, Kind.HARM),
        (points("-5", "-8", "-2"), True, Kind.HARM),
        (points("-5", "-8", "-2"), False, Kind.BENEFIT),
    ],
)
def test_benefit_and_harm_depend_on_what_is_counted(
    found: Difference, higher_is_better: bool, kind: Kind
) -> None:
    assert number_needed(found, higher_is_better=higher_is_better) == NumberNeeded(20, 13, 50, kind)


@pytest.mark.parametrize(
    "found",
    [
        difference(Decimal("91.6"), Decimal("89.8")),
        points("1.8", "0.00", "3.6"),
        points("1.8", "-0.1", "3.7"),
        points("1.8", "3.47", "0.03"),
        points("9.9", "0.03", "3.47"),
        # ExteNET at 5 years: 2.5 points, but -0.05 to 5.06
        mover(
            Decimal("90.2"),
            Decimal("88.3"),
            Decimal("91.8"),
            Decimal("87.7"),
            Decimal("85.7"),
            Decimal("89.4"),
        ),
    ],
)
def test_there_is_no_number_unless_the_interval_excludes_zero(found: Difference) -> None:
    assert number_needed(found, higher_is_better=True) is None


@pytest.mark.parametrize(
    ("found", "higher_is_better", "text"),
    [
        (points("10", "-5", "25"), True, "NNTB 4 to ∞ to NNTH 20"),  # the example of Altman 1998
        (points("10", "-5", "25"), False, "NNTB 20 to ∞ to NNTH 4"),
        (points("3", "-2.5", "8.5"), True, "NNTB 12 to ∞ to NNTH 40"),
        (points("1.8", "0.00", "3.6"), True, "NNTB 28 to ∞"),
        (points("1.8", "0.00", "3.6"), False, "∞ to NNTH 28"),
    ],
)
def test_altmans_form_runs_through_infinity(
    found: Difference, higher_is_better: bool, text: str
) -> None:
    assert str(altman_interval(found, higher_is_better=higher_is_better)) == text


def test_extenet_survival_could_go_either_way() -> None:
    survival = mover(
        Decimal("90.1"),
        Decimal("88.3"),
        Decimal("91.6"),
        Decimal("90.2"),
        Decimal("88.4"),
        Decimal("91.7"),
    )
    assert altman_interval(survival, higher_is_better=True) == AltmanInterval(45, 41)


@pytest.mark.parametrize(
    "found",
    [
        difference(Decimal("91.6"), Decimal("89.8")),
        points("1.8", "0.03", "3.47"),
        points("9", "-1", "3"),
        points("0", "3", "-1"),
        points("0", "0", "0"),
    ],
)
def test_altmans_form_is_only_for_intervals_that_hold_zero(found: Difference) -> None:
    assert altman_interval(found, higher_is_better=True) is None


@given(st.integers(0, 500), st.integers(0, 500), st.booleans())
def test_counts_give_a_number_or_altmans_form_but_never_both(
    first: int, second: int, higher_is_better: bool
) -> None:
    found = newcombe(first, 500, second, 500)
    number = number_needed(found, higher_is_better=higher_is_better)
    through = altman_interval(found, higher_is_better=higher_is_better)
    assert (number is None) != (through is None)
    if number is not None:
        assert 1 <= number.low <= number.number <= number.high


def test_the_names_are_written_out() -> None:
    assert Kind.BENEFIT.words == "number needed to treat for one more person to benefit"
    assert Kind.HARM.words == "number needed to treat for one more person to be harmed"
