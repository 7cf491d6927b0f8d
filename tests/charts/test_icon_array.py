from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.charts.drawing import Drawing
from handouts.charts.icon_array import draw_icons
from tests.charts import FILL, PAPER, PT_PER_MM, STYLE, texts, tree, uses

SIZE_MM = 44.0


def icons(count: int) -> Drawing:
    return draw_icons(count, STYLE, size_mm=SIZE_MM, alt=f"{count} of 100", name="icons")


def cells(drawing: Drawing, colour: str) -> list[tuple[int, int]]:
    """Column from the left and row from the bottom of each mark of a colour, from 0."""
    step = SIZE_MM * PT_PER_MM / 10
    return [
        (int(x / step), int((SIZE_MM * PT_PER_MM - y) / step)) for x, y in uses(drawing, colour)
    ]


@pytest.mark.parametrize("count", [0, 1, 12, 33, 50, 99, 100])
def test_so_many_marks_are_filled_and_a_hundred_drawn(count: int) -> None:
    drawing = icons(count)
    assert len(uses(drawing, FILL)) == count
    assert len(uses(drawing, PAPER)) == 100 - count


@given(st.integers(0, 100))
@settings(max_examples=15, deadline=None)
def test_marks_are_filled_from_the_bottom_row_upward(count: int) -> None:
    drawing = icons(count)
    filled, empty = cells(drawing, FILL), cells(drawing, PAPER)
    assert sorted(filled, key=lambda cell: (cell[1], cell[0])) == [
        (each % 10, each // 10) for each in range(count)
    ]
    assert set(filled) | set(empty) == {(column, row) for column in range(10) for row in range(10)}


def test_filled_and_empty_marks_differ_also_without_colour() -> None:
    drawn = {
        (each.get("fill"), each.get("stroke")) for each in tree(icons(33)).iter("use")
    }  # fmt: skip
    assert drawn == {(STYLE.fill, STYLE.fill), (STYLE.paper, STYLE.line)}


@pytest.mark.parametrize("count", [-1, 101, 1000])
def test_other_counts_can_not_be_drawn(count: int) -> None:
    with pytest.raises(ValueError, match=f"{count} of 100 can't be drawn"):
        icons(count)


def test_a_few_shapes_are_drawn_and_used_again() -> None:
    root = tree(icons(33))
    assert len(list(root.iter("path"))) == 2
    assert len(icons(33).svg) < 20_000


def test_it_says_its_count_in_words_and_has_no_label() -> None:
    drawing = icons(33)
    assert drawing.alt == "33 of 100"
    assert texts(drawing) == []


def test_it_is_as_large_as_it_is_asked_to_be() -> None:
    drawing = icons(33)
    assert (drawing.width_mm, drawing.height_mm) == pytest.approx((SIZE_MM, SIZE_MM))
