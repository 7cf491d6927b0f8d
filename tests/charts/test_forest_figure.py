from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

import handouts.charts.forest_figure as forest_figure_module
from handouts.charts.chart import ALT_MOST, Chart
from handouts.charts.drawing import ChartStyle, TextOutsideDrawingError
from handouts.charts.forest_figure import ForestRow, forest_figure
from handouts.models.missing import Missing
from tests.charts import FILL, INK, PT_PER_MM, STYLE, lines, text_places, tree, uses
from tests.charts.facts import (
    INFINITE,
    LARGE,
    boxes,
    changed,
    fact,
    overlaps,
    printed_facts,
    said,
    spoken,
    writing,
)

FAVOURS = ("favours treatment", "favours control")
PFS = ForestRow("HER2CLIMB", "PFS, independent review", fact("her2climb.pfs.ratio"), bold=True)
ROWS = (
    PFS,
    ForestRow("CLEOPATRA", "PFS, independent review, 402 v 406", fact("cleopatra.pfs.ratio")),
    ForestRow("ExteNET", "Overall survival", fact("extenet.os-8y.ratio")),
)
UNSEEN = ForestRow("HER2CLIMB", "Survival, brain metastases", fact("her2climb.os-brain.ratio"))


def figure(
    *rows: ForestRow, style: ChartStyle = STYLE, width_mm: float = 170.0, row_mm: float = 5.0,
    name: str = "forest",
) -> Chart:  # fmt: skip
    return forest_figure(
        rows,
        writing(),
        style,
        width_mm=width_mm,
        row_mm=row_mm,
        favours=FAVOURS,
        name=name,
        measure="hazard ratio",
    )


def scale(chart: Chart) -> Callable[[float], float]:
    """Where a ratio stands, in points, by the labels 0.5 and 1 of the axis."""
    places = text_places(chart.drawing)
    half, one = places["0.5"][0], places["1"][0]
    return lambda ratio: one + (one - half) * math.log(ratio) / math.log(2)


class TestTheWords:
    def test_they_are_names_ticks_sides_and_the_numbers_of_the_facts(self) -> None:
        assert set(said(figure(*ROWS).drawing)) == {
            "HER2CLIMB", "PFS, independent review", "0.54 (0.42 to 0.71)",
            "CLEOPATRA", "PFS, independent review, 402 v 406", "0.62 (0.51 to 0.75)",
            "ExteNET", "Overall survival", "0.95 (0.75 to 1.21)",
            "Hazard ratio", "(95% CI)", "favours treatment", "favours control",
            "0.35", "0.5", "0.7", "1", "1.4", "2",
        }  # fmt: skip

    def test_a_row_without_an_interval_says_so(self) -> None:
        assert "0.6 (interval not seen)" in said(figure(PFS, UNSEEN).drawing)

    def test_a_ratio_that_was_not_seen_is_named(self) -> None:
        row = ForestRow("A", "", changed("her2climb.pfs.ratio", Missing.NOT_SEEN))
        assert "not seen" in said(figure(PFS, row).drawing)

    def test_the_bold_row_has_bold_numbers(self) -> None:
        weights = {
            spoken(each.text or ""): each.get("font-weight")
            for each in tree(figure(*ROWS).drawing).iter("text")
        }
        assert weights["0.54 (0.42 to 0.71)"] == "700"
        assert weights["0.62 (0.51 to 0.75)"] is None

    def test_they_are_translated(self) -> None:
        foreign = writing(translate=lambda words: f"*{words}")
        chart = forest_figure(
            [UNSEEN], foreign, STYLE, width_mm=170, row_mm=5, favours=("links", "rechts"),
            name="f", measure="hazard ratio",
        )  # fmt: skip
        assert "0.6 (*interval not seen)" in said(chart.drawing)

    def test_each_side_of_the_null_line_has_the_words_of_that_side(self) -> None:
        chart = figure(*ROWS)
        places, one = text_places(chart.drawing), scale(chart)(1.0)
        left, right = places["favours treatment"], places["favours control"]
        assert (left[2], right[2]) == ("end", "start")
        assert left[0] < one < right[0]


class TestTheMarks:
    def test_squares_stand_at_the_estimates_and_lines_at_the_intervals(self) -> None:
        chart = figure(*ROWS)
        at = scale(chart)
        assert sorted(x for x, _ in uses(chart.drawing, FILL)) == pytest.approx(
            [at(0.54), at(0.62), at(0.95)], abs=0.05
        )
        expected = [(at(low), at(high)) for low, high in ((0.42, 0.71), (0.51, 0.75), (0.75, 1.21))]
        for start, end in expected:
            assert any(
                (start, end) == pytest.approx(found, abs=0.05) for found in lines(chart.drawing)
            )

    def test_each_square_is_level_with_its_numbers(self) -> None:
        chart = figure(*ROWS)
        numbers = [y for text, (_, y, _) in text_places(chart.drawing).items() if "(0" in text]
        middles = [y for _, y in uses(chart.drawing, FILL)]
        assert len(numbers) == len(middles) == 3
        for text, mark in zip(numbers, middles, strict=True):
            assert text - mark == pytest.approx(8 * 0.33, abs=0.1)

    def test_squares_are_of_one_size_and_there_is_no_diamond(self) -> None:
        root = tree(figure(*ROWS).drawing)
        shapes = {
            each.get("d") for defs in root.iter("defs") for each in defs if not each.get("stroke")
        }
        assert len(shapes) == 1

    def test_a_row_without_an_interval_has_no_square(self) -> None:
        assert len(uses(figure(PFS, UNSEEN).drawing, FILL)) == 1
        assert len(uses(figure(UNSEEN).drawing, FILL)) == 0

    @pytest.mark.parametrize(
        ("low", "high", "heads"), [("0.01", "0.9", 1), ("0.2", "40", 1), ("0.01", "40", 2)]
    )
    def test_an_interval_that_is_cut_ends_in_an_arrow(
        self, low: str, high: str, heads: int
    ) -> None:
        row = ForestRow("A", "", changed("her2climb.pfs.ratio", "0.5", low, high))
        assert len(uses(figure(row).drawing, INK)) == heads

    def test_an_interval_without_an_upper_bound_ends_in_an_arrow(self) -> None:
        ratio = replace(fact("her2climb.pfs.ratio"), interval=(Decimal("0.5"), INFINITE))
        chart = figure(ForestRow("A", "", ratio))
        assert len(uses(chart.drawing, INK)) == 1
        assert "0.54 (0.5 to NR)" in said(chart.drawing)


class TestItsSize:
    @pytest.mark.parametrize("width_mm", [84.0, 110.0, 170.0])
    def test_it_is_as_wide_as_asked_and_no_words_meet(self, width_mm: float) -> None:
        chart = figure(*ROWS, UNSEEN, width_mm=width_mm)
        assert chart.drawing.width_mm == pytest.approx(width_mm)
        assert overlaps(chart.drawing) == []

    def test_rows_are_as_high_as_asked_or_higher(self) -> None:
        row = ForestRow("A", "", PFS.ratio)
        low, high = figure(row, row), figure(row, row, row_mm=9)
        assert high.drawing.height_mm - low.drawing.height_mm == pytest.approx(8)
        ys = [y for _, y in uses(low.drawing, FILL)]
        assert ys[1] - ys[0] == pytest.approx(5 * PT_PER_MM, abs=0.01)

    def test_rows_too_low_to_be_told_apart_are_refused(self) -> None:
        with pytest.raises(ValueError, match="5 mm high or more"):
            figure(PFS, row_mm=4.9)

    def test_large_print_has_large_labels_that_do_not_meet(self) -> None:
        chart = figure(*ROWS, UNSEEN, style=LARGE, width_mm=160)
        assert {each.get("font-size") for each in tree(chart.drawing).iter("text")} == {"18px"}
        assert overlaps(chart.drawing, LARGE) == []

    def test_long_labels_wrap_and_their_row_grows(self) -> None:
        words = (
            "overall survival in people with active brain metastases at baseline, all randomised"
        )
        row = ForestRow("HER2CLIMB", words * 2, PFS.ratio)
        chart = figure(row, PFS, width_mm=110)
        assert overlaps(chart.drawing) == []
        assert chart.drawing.height_mm > figure(PFS, PFS, width_mm=110).drawing.height_mm
        assert max(right for _, _, right, _, _ in boxes(chart.drawing)) <= 110.01

    def test_a_word_without_room_is_told(self) -> None:
        with pytest.raises(TextOutsideDrawingError, match="is wider than"):
            figure(ForestRow("x" * 90, "", PFS.ratio), width_mm=84)

    def test_no_rows_are_refused(self) -> None:
        with pytest.raises(ValueError, match="`forest` has no rows"):
            figure()


class TestWhatItSays:
    def test_the_alt_text_counts_the_intervals_and_begins_with_the_bold_row(self) -> None:
        alt = spoken(figure(*reversed(ROWS)).drawing.alt)
        assert alt == (
            "Forest plot, hazard ratio with 95% interval. The interval favours treatment in 2 of 3"
            " rows. The interval includes no difference in 1 of 3 rows. HER2CLIMB, PFS,"
            " independent review: 0.54 (0.42 to 0.71). The rest is in the table."
        )

    def test_the_alt_text_says_where_all_agree(self) -> None:
        assert "Every interval favours treatment." in figure(*ROWS[:2]).drawing.alt

    def test_the_alt_text_is_never_too_long(self) -> None:
        assert len(figure(*ROWS * 8).drawing.alt) <= ALT_MOST

    def test_the_table_prints_every_fact_with_its_address(self) -> None:
        chart = figure(*ROWS, UNSEEN)
        assert printed_facts(chart) == {
            "her2climb.pfs.ratio": "0.54 (0.42 to 0.71)",
            "cleopatra.pfs.ratio": "0.62 (0.51 to 0.75)",
            "extenet.os-8y.ratio": "0.95 (0.75 to 1.21)",
            "her2climb.os-brain.ratio": "0.6 (interval not seen)",
        }
        assert chart.table.rows[1][0].text == "CLEOPATRA, PFS, independent review, 402 v 406"

    def test_caption_says_how_to_read_it_without_a_number_of_its_own(self) -> None:
        caption = figure(*ROWS).caption
        assert "Left of the upright line favours treatment" in caption
        assert not re.search(r"\d", caption.replace("95% CI", ""))


def test_it_is_drawn_alike_twice_and_its_ids_begin_with_its_name() -> None:
    first = figure(*ROWS).drawing.svg
    forest_figure_module._draw.cache_clear()
    assert figure(*ROWS).drawing.svg == first
    ids = re.findall(r'\bid="([^"]+)"', first)
    assert ids
    assert all(each.startswith("forest-") for each in ids)
