from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.charts.drawing import Drawing, TextOutsideDrawingError
from handouts.charts.forest import RatioAxis, RatioMark, axis_for, draw_axis, draw_mark
from tests.charts import FILL, INK, PT_PER_MM, STYLE, lines, text_places, texts, tree, uses

WIDTH_MM = 36.0
PFS = RatioMark(0.54, 0.42, 0.71)
WIDE = RatioMark(1.0, 0.01, 100.0)


@st.composite
def marks(draw: st.DrawFn) -> RatioMark:
    low, estimate, high = sorted(draw(st.tuples(*[st.floats(0.06, 19)] * 3)))
    return RatioMark(estimate, low, high)


def row(mark: RatioMark, axis: RatioAxis, *, bold: bool = False) -> Drawing:
    return draw_mark(mark, axis, STYLE, height_mm=3.0, alt="a row", name="row", bold=bold)


def axis_with(first: str, second: str, marks: tuple[RatioMark, ...] = (PFS,)) -> Drawing:
    axis = axis_for(marks, WIDTH_MM)
    return draw_axis(axis, STYLE, favours=(first, second), alt="the axis", name="axis")


def arrows(drawing: Drawing) -> int:
    """Marks of the colour of the line: heads of arrows."""
    return len(uses(drawing, INK))


class TestTheAxis:
    @given(st.lists(marks(), max_size=6))
    def test_it_holds_all_marks_and_the_null_line(self, found: list[RatioMark]) -> None:
        axis = axis_for(found, WIDTH_MM)
        assert 0 < axis.null_mm < WIDTH_MM
        for mark in found:
            for value in (mark.low, mark.estimate, mark.high):
                assert 0 < axis.position_mm(value) < WIDTH_MM

    def test_it_is_no_wider_than_it_must_be(self) -> None:
        assert (axis_for([PFS], WIDTH_MM).low, axis_for([PFS], WIDTH_MM).high) == (0.35, 2.0)
        assert axis_for([RatioMark(0.3, 0.22, 0.48)], WIDTH_MM).low == 0.2

    def test_it_has_room_beside_the_null_line_also_without_marks(self) -> None:
        axis = axis_for([], WIDTH_MM)
        assert axis.low < 1 < axis.high

    @given(st.floats(1.01, 20))
    def test_a_ratio_and_its_inverse_lie_equally_far_from_one(self, ratio: float) -> None:
        axis = RatioAxis(0.05, 20.0, WIDTH_MM)
        right = axis.position_mm(ratio) - axis.null_mm
        left = axis.null_mm - axis.position_mm(1 / ratio)
        assert right == pytest.approx(left)
        assert right > 0

    def test_its_ticks_are_round_and_inside(self) -> None:
        assert axis_for([PFS], WIDTH_MM).ticks == (0.35, 0.5, 0.7, 1.0, 1.4, 2.0)

    def test_its_labels_are_words_that_do_not_touch(self) -> None:
        drawing = axis_with("", "", (WIDE,))
        places = sorted(x for x, _, _ in text_places(drawing).values())
        assert texts(drawing) == ["0.2", "1", "5"]
        assert all(
            after - before > 1.5 * STYLE.label_pt for before, after in itertools.pairwise(places)
        )

    def test_one_is_always_labelled_and_stands_on_the_null_line(self) -> None:
        axis = axis_for([PFS], WIDTH_MM)
        x, _, anchor = text_places(axis_with("", ""))["1"]
        assert anchor == "middle"
        assert x == pytest.approx(axis.null_mm * PT_PER_MM, abs=0.01)


class TestAMark:
    def test_square_and_interval_stand_where_the_axis_says(self) -> None:
        axis = axis_for([PFS], WIDTH_MM)
        drawing = row(PFS, axis)
        ((x, _),) = uses(drawing, FILL)
        assert x == pytest.approx(axis.position_mm(0.54) * PT_PER_MM, abs=0.01)
        (ends,) = lines(drawing)
        assert ends == pytest.approx(
            [axis.position_mm(each) * PT_PER_MM for each in (0.42, 0.71)], abs=0.01
        )

    def test_an_interval_on_the_axis_has_no_arrow(self) -> None:
        assert arrows(row(PFS, axis_for([PFS], WIDTH_MM))) == 0

    @pytest.mark.parametrize(
        ("mark", "heads"),
        [
            (RatioMark(0.5, 0.01, 1.0), 1),
            (RatioMark(2.0, 1.0, 50.0), 1),
            (WIDE, 2),
            (RatioMark(0.5, 0.0, 1.0), 1),
        ],
    )
    def test_an_interval_that_leaves_the_axis_ends_in_an_arrow(
        self, mark: RatioMark, heads: int
    ) -> None:
        drawing = row(mark, axis_for([mark], WIDTH_MM))
        assert arrows(drawing) == heads
        assert len(uses(drawing, FILL)) == 1

    @pytest.mark.parametrize("mark", [RatioMark(0.02, 0.01, 0.04), RatioMark(30.0, 25.0, 40.0)])
    def test_an_estimate_beyond_the_axis_is_an_arrow_alone(self, mark: RatioMark) -> None:
        drawing = row(mark, axis_for([mark], WIDTH_MM))
        assert arrows(drawing) == 1
        assert uses(drawing, FILL) == []

    def test_squares_are_of_one_size_and_the_primary_row_has_a_bold_line(self) -> None:
        axis = axis_for([PFS], WIDTH_MM)
        plain, bold = tree(row(PFS, axis)), tree(row(PFS, axis, bold=True))
        squares = [
            [path.get("d") for path in root.iter("path") if not path.get("stroke")]
            for root in (plain, bold)
        ]
        assert squares[0] == squares[1]
        widths = [
            float(path.get("stroke-width", "1"))
            for root in (plain, bold)
            for path in root.iter("path")
            if path.get("stroke")
        ]
        assert widths[0] < widths[1]

    @given(marks())
    @settings(max_examples=10, deadline=None)
    def test_every_mark_can_be_drawn_on_its_axis(self, mark: RatioMark) -> None:
        drawing = row(mark, axis_for([mark], WIDTH_MM))
        assert len(uses(drawing, FILL)) == 1
        assert (drawing.width_mm, drawing.height_mm) == pytest.approx((WIDTH_MM, 3.0))


class TestWhomEachSideFavours:
    def test_the_words_stand_beside_the_null_line(self) -> None:
        places = text_places(axis_with("favours tucatinib", "placebo"))
        null = axis_for([PFS], WIDTH_MM).null_mm * PT_PER_MM
        left, right = places["favours tucatinib"], places["placebo"]
        assert left[2] == "end"
        assert right[2] == "start"
        assert left[0] < null < right[0]
        assert left[1] == right[1]

    def test_words_that_would_leave_the_drawing_are_moved_inside(self) -> None:
        null = axis_for([PFS], WIDTH_MM).null_mm * PT_PER_MM
        x, _, _ = text_places(axis_with("", "capecitabine"))["capecitabine"]
        assert x < null

    def test_words_that_would_meet_stand_one_above_the_other(self) -> None:
        drawing = axis_with("favours tucatinib", "capecitabine")
        places = text_places(drawing)
        assert places["favours tucatinib"][1] < places["capecitabine"][1]
        assert drawing.height_mm > axis_with("favours tucatinib", "placebo").height_mm

    def test_words_wider_than_the_drawing_are_broken(self) -> None:
        said = texts(axis_with("favours trastuzumab deruxtecan", "the physician’s choice"))
        assert {"favours trastuzumab", "deruxtecan"} <= set(said)

    def test_a_word_that_can_not_fit_is_a_bug_to_be_told(self) -> None:
        with pytest.raises(TextOutsideDrawingError, match="`axis` draws outside its canvas"):
            axis_with("x" * 60, "")

    def test_an_axis_without_words_is_lower(self) -> None:
        assert axis_with("", "").height_mm < axis_with("favours a", "b").height_mm
