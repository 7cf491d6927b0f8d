from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.charts.drawing import TextOutsideDrawingError
from handouts.charts.lettering import width_mm
from handouts.charts.linear import LinearAxis, linear_axis
from tests.charts import STYLE
from tests.charts.facts import LARGE, writing

PERCENT = Decimal(100)


def axis(*values: float, mm: float = 60.0, cap: Decimal | None = None) -> LinearAxis:
    return linear_axis(values, mm, STYLE, writing().number, cap=cap)


@given(st.lists(st.decimals(-100, 100, places=1).map(float), max_size=5))
def test_it_holds_0_and_every_value_inside_its_column(values: list[float]) -> None:
    found = axis(*values)
    assert 0 in found.ticks
    assert len(found.ticks) <= 6
    for value in [*values, 0.0]:
        assert 0 < found.position_mm(value) < found.width_mm


@given(st.lists(st.decimals(-100, 100, places=1).map(float), max_size=5))
def test_its_labels_do_not_touch(values: list[float]) -> None:
    found = axis(*values, mm=30.0)
    ends = [
        (found.position_mm(float(tick)), width_mm(label, STYLE) / 2)
        for tick, label in zip(found.ticks, found.labels, strict=True)
    ]
    assert ends[0][0] - ends[0][1] >= -0.01
    assert ends[-1][0] + ends[-1][1] <= found.width_mm + 0.01
    assert all(right[0] - right[1] > left[0] + left[1] for left, right in itertools.pairwise(ends))


def test_it_ends_at_round_values() -> None:
    assert axis(26.9).labels == ("0", "10", "20", "30")
    assert axis(9.6).labels == ("0", "2", "4", "6", "8", "10")
    assert axis(-8.9, 6.1).labels == ("−10", "−5", "0", "5", "10")
    assert axis(0.4).labels == ("0.0", "0.1", "0.2", "0.3", "0.4")


def test_it_does_not_pass_its_cap() -> None:
    assert axis(95.0, cap=PERCENT).high == 100


def test_equal_steps_are_equally_long() -> None:
    found = axis(30.0)
    steps = {
        round(found.position_mm(float(b)) - found.position_mm(float(a)), 6)
        for a, b in itertools.pairwise(found.ticks)
    }
    assert len(steps) == 1


def test_it_has_fewer_labels_where_there_is_less_room() -> None:
    assert axis(95.0, mm=20.0).labels == ("0", "50", "100")
    assert axis(95.0, mm=11.0).labels == ("0", "100")


def test_an_axis_without_room_for_its_ends_is_told() -> None:
    with pytest.raises(TextOutsideDrawingError, match="an axis of 8 mm has no room"):
        linear_axis([95.0], 8.0, LARGE, writing().number)


def test_an_axis_without_values_still_has_two_ends() -> None:
    assert (axis().low, axis().high) == (0.0, 1.0)
