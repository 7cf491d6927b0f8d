from __future__ import annotations

from decimal import Decimal
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.evidence.differences import (
    Difference,
    Method,
    Z,
    difference,
    implied_count,
    mover,
    newcombe,
    published,
    score_interval,
)


@st.composite
def arms(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(st.integers(1, 3000))
    return draw(st.integers(0, size)), size


@st.composite
def rates(draw: st.DrawFn) -> tuple[Decimal, Decimal, Decimal]:
    low, middle, high = sorted(draw(st.tuples(*[st.decimals(0, 100, places=1)] * 3)))
    return middle, low, high


def rate(middle: str, low: str, high: str) -> tuple[Decimal, Decimal, Decimal]:
    return Decimal(middle), Decimal(low), Decimal(high)


def interval(found: Difference) -> tuple[str, str, str]:
    return str(found.points), str(found.low), str(found.high)


def test_the_deviate_is_that_of_a_95_percent_interval() -> None:
    assert pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-15) == float(Z)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [  # Newcombe 1998, table II, method 10
        ((56, 70, 48, 80), ("20.00", "5.24", "33.39")),
        ((9, 10, 3, 10), ("60.00", "17.05", "80.90")),
        ((6, 7, 2, 7), ("57.14", "5.82", "80.62")),
        ((5, 56, 0, 29), ("8.93", "-3.81", "19.26")),
        ((0, 10, 0, 10), ("0.00", "-27.75", "27.75")),
        ((10, 10, 0, 10), ("100.00", "60.75", "100.00")),
    ],
)
def test_newcombe_gives_the_figures_of_his_paper(
    counts: tuple[int, int, int, int], expected: tuple[str, str, str]
) -> None:
    assert interval(newcombe(*counts, decimals=2)) == expected


def test_serious_harm_in_cleopatra_has_complete_counts() -> None:
    found = newcombe(160, 408, 116, 396)
    assert interval(found) == ("9.9", "3.4", "16.4")
    assert found.method is Method.NEWCOMBE
    assert found.decimals == 1


def test_counts_would_give_aphinity_survival_another_interval_than_the_published_one() -> None:
    first, second = Decimal("91.6"), Decimal("89.8")
    as_counts = mover(
        first, *score_interval(first, 2400), second, *score_interval(second, 2404), decimals=2
    )
    assert interval(as_counts) == ("1.80", "0.16", "3.45")
    as_published = published(Decimal("1.8"), Decimal("0.03"), Decimal("3.47"))
    assert interval(as_published) == ("1.8", "0.03", "3.47")
    assert as_published.method is Method.PUBLISHED


@given(arms(), arms())
def test_a_newcombe_interval_contains_its_difference(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    found = newcombe(*first, *second)
    assert found.low is not None
    assert found.high is not None
    assert -100 <= found.low <= found.points <= found.high <= 100


@given(arms(), arms())
def test_exchanged_arms_turn_a_newcombe_interval_round(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    one, other = newcombe(*first, *second), newcombe(*second, *first)
    assert (one.points, one.low, one.high) == (
        -other.points,
        -(other.high or Decimal(0)),
        -(other.low or Decimal(0)),
    )


@pytest.mark.parametrize("counts", [(5, 4, 1, 4), (-1, 4, 1, 4), (1, 4, 0, 0)])
def test_newcombe_refuses_what_is_no_count(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="not a count of people"):
        newcombe(*counts)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [  # ExteNET: disease-free at 2 and 5 years, alive at 8 years
        (("93.9", "92.4", "95.2"), ("91.6", "90.0", "93.0"), ("2.3", "0.2", "4.4")),
        (("90.2", "88.3", "91.8"), ("87.7", "85.7", "89.4"), ("2.5", "0.0", "5.1")),
        (("90.1", "88.3", "91.6"), ("90.2", "88.4", "91.7"), ("-0.1", "-2.4", "2.2")),
    ],
)
def test_mover_recovers_the_interval_from_both_arms(
    first: tuple[str, str, str], second: tuple[str, str, str], expected: tuple[str, str, str]
) -> None:
    found = mover(*rate(*first), *rate(*second))
    assert interval(found) == expected
    assert found.method is Method.MOVER


@given(rates(), rates())
def test_a_mover_interval_contains_its_difference_and_turns_round(
    first: tuple[Decimal, Decimal, Decimal], second: tuple[Decimal, Decimal, Decimal]
) -> None:
    one, other = mover(*first, *second), mover(*second, *first)
    assert one.low is not None
    assert one.high is not None
    assert -100 <= one.low <= one.points <= one.high <= 100
    assert (one.points, one.low) == (-other.points, -(other.high or Decimal(0)))


@pytest.mark.parametrize(
    "wrong", [("94", "95", "96"), ("94", "96", "92"), ("94", "90", "101"), ("1", "-1", "2")]
)
def test_mover_refuses_a_rate_outside_its_interval(wrong: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match="not a value in its interval"):
        mover(*rate(*wrong), *rate("50", "40", "60"))


def test_medians_are_times_and_have_no_ceiling() -> None:
    her2climb = mover(*rate("7.8", "7.5", "9.6"), *rate("5.6", "4.2", "7.1"), ceiling=None)
    assert interval(her2climb) == ("2.2", "0.7", "4.5")
    long = mover(*rate("110", "95", "130"), *rate("80", "70", "90"), ceiling=None)
    assert interval(long) == ("30", "12", "52")
    with pytest.raises(ValueError, match="not a value in its interval"):
        mover(*rate("5.6", "7.5", "9.6"), *rate("5.6", "4.2", "7.1"), ceiling=None)


@pytest.mark.parametrize(
    ("first", "second", "points", "decimals"),
    [
        ("91.6", "89.8", "1.8", 1),
        ("87.2", "83.8", "3.4", 1),
        ("37", "23", "14", 0),
        ("5", "0.5", "4.5", 1),  # HER2CLIMB, liver enzymes
        ("2", "2.5", "-0.5", 1),  # HER2CLIMB, fatal reactions: -1 would double it
        ("90.1", "90.2", "-0.1", 1),
        ("92.0", "92.0", "0.0", 1),
    ],
)
def test_a_difference_is_what_a_reader_subtracts(
    first: str, second: str, points: str, decimals: int
) -> None:
    found = difference(Decimal(first), Decimal(second))
    assert str(found.points) == points
    assert found.decimals == decimals
    assert (found.low, found.high, found.method) == (None, None, None)
    assert not found.excludes_zero


@pytest.mark.parametrize(
    ("percent", "n", "count"),
    [
        ("39.2", 408, 160),  # CLEOPATRA, serious harm
        ("29.3", 396, 116),
        ("7.3", 1408, 103),  # ExteNET, serious harm
        ("6.0", 1408, None),  # 84 or 85
        ("91.6", 2400, None),  # APHINITY: 2198 or 2199, and a Kaplan-Meier rate besides
        ("12.5", 8, 1),
        ("13", 8, 1),  # 12.5 with the half rounded up
        ("12", 8, 1),  # 12.5 with the half rounded to the even digit
        ("50.1", 3, None),
        ("100", 20, 20),
        ("0", 20, 0),
        ("133.1", 20, None),
        ("-5.0", 20, None),
    ],
)
def test_a_percentage_implies_one_count_or_none(percent: str, n: int, count: int | None) -> None:
    assert implied_count(Decimal(percent), n) == count


@given(arms(), st.integers(0, 4))
def test_an_implied_count_is_the_one_that_was_printed(arm: tuple[int, int], decimals: int) -> None:
    count, size = arm
    printed = round(Decimal(100 * count) / Decimal(size), decimals)
    assert implied_count(printed, size) in {count, None}
    if 100 / size > 10**-decimals * 1.01:
        assert implied_count(printed, size) == count


def test_nobody_has_no_share() -> None:
    with pytest.raises(ValueError, match="holds nobody"):
        implied_count(Decimal(50), 0)
    with pytest.raises(ValueError, match="not a share of people"):
        score_interval(Decimal(50), 0)


@pytest.mark.parametrize(
    ("found", "excludes"),
    [
        (published(Decimal("1.8"), Decimal("0.03"), Decimal("3.47")), True),
        (published(Decimal("-1.8"), Decimal("-3.47"), Decimal("-0.03")), True),
        (published(Decimal("1.8"), Decimal("0.00"), Decimal("3.47")), False),
        (published(Decimal("1.8"), Decimal("-0.10"), Decimal("3.47")), False),
        (published(Decimal("1.8")), False),
        (
            published(Decimal("-1.8"), Decimal("0.03"), Decimal("3.47")),
            False,
        ),  # not its own interval
        (newcombe(160, 408, 116, 396), True),
    ],
)
def test_an_interval_excludes_zero_before_and_after_rounding(
    found: Difference, excludes: bool
) -> None:
    assert found.excludes_zero is excludes


def test_a_bound_printed_as_zero_does_not_exclude_zero() -> None:
    found = newcombe(60, 500, 41, 500, decimals=0)
    assert found.precise is not None
    assert found.precise[1] > 0
    assert str(found.low) == "0"
    assert not found.excludes_zero


def test_an_interval_has_two_bounds_and_a_method() -> None:
    with pytest.raises(ValueError, match="two bounds or none"):
        published(Decimal("1.8"), Decimal("0.03"))
    with pytest.raises(ValueError, match="needs the method"):
        Difference(Decimal("1.8"), Decimal("0.03"), Decimal("3.47"), None, 1)


@pytest.mark.parametrize("method", Method)
def test_each_method_is_a_sentence_without_digits(method: Method) -> None:
    assert method.sentence.endswith(".")
    assert not any(each.isdigit() for each in method.sentence)
