from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.evidence.p_values import PValue, Relation, implied_p
from handouts.evidence.rounding import rounded
from tests.evidence import RATIOS, Published


@pytest.mark.parametrize(
    ("written", "value", "relation", "shown"),
    [
        ("0.005", "0.005", Relation.EQUAL, "0.005"),
        ("<0.001", "0.001", Relation.BELOW, "<0.001"),
        ("< 0.0001", "0.0001", Relation.BELOW, "<0.0001"),
        ("P<.001", "0.001", Relation.BELOW, "<0.001"),
        ("p = 0.0441", "0.0441", Relation.EQUAL, "0.0441"),
        ("<=0.05", "0.05", Relation.AT_MOST, "≤0.05"),
        ("≥0.99", "0.99", Relation.AT_LEAST, "≥0.99"),
        (">0.99", "0.99", Relation.ABOVE, ">0.99"),
        ("8e-5", "0.00008", Relation.EQUAL, "0.00008"),
        ("1.00", "1.00", Relation.EQUAL, "1.00"),
    ],
)
def test_a_p_value_is_read_as_it_is_written(
    written: str, value: str, relation: Relation, shown: str
) -> None:
    found = PValue.parse(written)
    assert (found.value, found.relation) == (Decimal(value), relation)
    assert str(found) == shown


def test_a_p_value_may_be_a_number() -> None:
    assert str(PValue.parse(Decimal("0.60"))) == "0.60"


@pytest.mark.parametrize(
    "written",
    ["", "-", "NS", "0,005", "0.000", "<0", "1.2", ">1", "-0.01", "5%", "0.005; 0.0048", "0.04 ns"],
)
def test_what_is_no_p_value_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="p-value"):
        PValue.parse(written)


@pytest.mark.parametrize("number", ["NaN", "-0.1", "0", "1.01"])
def test_no_number_outside_zero_to_one_is_a_p_value(number: str) -> None:
    with pytest.raises(ValueError, match="p-value"):
        PValue.parse(Decimal(number))


@pytest.mark.parametrize(
    ("written", "least", "most"),
    [
        ("0.005", "0.0045", "0.0055"),
        ("<0.001", "0", "0.001"),
        (">0.05", "0.05", "1"),
        ("1.0", "0.95", "1"),
    ],
)
def test_a_printed_p_value_stands_for_a_range(written: str, least: str, most: str) -> None:
    assert PValue.parse(written).range == (Decimal(least), Decimal(most))


def agrees(found: Decimal, worked_out: Decimal) -> bool:
    """Equal at the figures that were written down."""
    exponent = worked_out.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return rounded(found, -exponent) == worked_out


@pytest.mark.parametrize("ratio", RATIOS, ids=[each.name for each in RATIOS])
def test_an_interval_implies_the_p_value_worked_out_by_hand(ratio: Published) -> None:
    implied = implied_p(ratio.estimate, ratio.low, ratio.high)
    assert agrees(implied.value, ratio.implied)
    assert agrees(implied.low, ratio.implied_low)
    assert agrees(implied.high, ratio.implied_high)


def test_an_implied_p_value_has_six_figures() -> None:
    implied = implied_p(Decimal("0.83"), Decimal("0.69"), Decimal("1.00"))
    assert [str(each) for each in (implied.value, implied.low, implied.high)] == [
        "0.0490230",
        "0.0355969",
        "0.0651809",
    ]


@given(st.tuples(*[st.decimals("0.01", "5", places=2)] * 3))
def test_rounding_only_widens_an_implied_p_value(three: tuple[Decimal, Decimal, Decimal]) -> None:
    low, estimate, high = sorted(three)
    if low < high:
        implied = implied_p(estimate, low, high)
        assert 0 <= implied.low <= implied.value <= implied.high <= 1


def test_a_ratio_and_its_inverse_imply_the_same() -> None:
    assert (
        implied_p(Decimal("0.5"), Decimal("0.25"), Decimal("1.0")).value
        == implied_p(Decimal(2), Decimal(1), Decimal(4)).value
    )


def test_a_wider_level_implies_a_smaller_p_value() -> None:
    usual = implied_p(Decimal("0.66"), Decimal("0.50"), Decimal("0.88"))
    wider = implied_p(Decimal("0.66"), Decimal("0.50"), Decimal("0.88"), level=Decimal(99))
    assert wider.value < usual.value


@pytest.mark.parametrize(
    ("estimate", "low", "high", "level"),
    [
        ("0", "0.5", "0.9", "95"),
        ("0.7", "0.00", "0.9", "95"),
        ("0.7", "0.9", "0.5", "95"),
        ("0.7", "0.7", "0.7", "95"),
        ("0.7", "0.5", "0.9", "100"),
    ],
)
def test_numbers_that_are_no_ratio_imply_nothing(
    estimate: str, low: str, high: str, level: str
) -> None:
    with pytest.raises(ValueError, match="implies no p-value"):
        implied_p(Decimal(estimate), Decimal(low), Decimal(high), level=Decimal(level))
