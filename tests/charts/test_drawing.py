from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys

import pytest

from handouts.charts.drawing import (
    ChartStyle,
    Drawing,
    TextOutsideDrawingError,
    canvas,
    finish,
)
from handouts.charts.forest import RatioMark, axis_for, draw_axis, draw_mark
from handouts.charts.icon_array import draw_icons
from handouts.tokens import Tokens
from tests.charts import INK, ROOT, STYLE, text_places, texts, tree


def axis(name: str = "axis", alt: str = "The axis.") -> Drawing:
    return draw_axis(
        axis_for([RatioMark(0.54, 0.42, 0.71)], 36.0), STYLE, favours=("favours a", "b"), alt=alt,
        name=name,
    )  # fmt: skip


def every_chart() -> list[Drawing]:
    mark = RatioMark(0.5, 0.01, 30.0)
    return [
        axis(),
        draw_mark(mark, axis_for([mark], 36.0), STYLE, height_mm=3.0, alt="A row.", name="row"),
        draw_icons(33, STYLE, size_mm=44.0, alt="33 of 100.", name="icons"),
    ]


def with_words(x_mm: float, y_mm: float) -> Drawing:
    """Ten millimetres square, with a word that begins at a point."""
    with canvas(10, 10, STYLE) as figure:
        figure.text(x_mm / 10, y_mm / 10, "word")
        return finish(figure, "a word", "words")


class TestSvg:
    def test_labels_are_text_and_no_shapes(self) -> None:
        assert {"favours a", "b", "1", "0.5"} <= set(texts(axis()))
        glyphs = [each for each in tree(axis()).iter("path") if "C" in each.get("d", "")]
        assert glyphs == []

    def test_labels_have_the_typeface_and_size_of_the_style(self) -> None:
        for text in tree(axis()).iter("text"):
            assert text.get("font-family") == "'Source Sans 3'"
            assert text.get("font-size") == "8px"
            assert text.get("fill") == INK

    @pytest.mark.parametrize("chart", every_chart(), ids=["axis", "row", "icons"])
    def test_it_can_stand_inside_a_page(self, chart: Drawing) -> None:
        names = {element.tag for element in tree(chart).iter()}
        assert names <= {"svg", "title", "g", "defs", "path", "use", "text"}
        assert chart.svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        for unwanted in ("<style", "style=", "<?xml", "<!DOCTYPE", "xlink:", "http://purl"):
            assert unwanted not in chart.svg

    @pytest.mark.parametrize("chart", every_chart(), ids=["axis", "row", "icons"])
    def test_only_ids_that_are_used_are_left(self, chart: Drawing) -> None:
        given = re.findall(r'\bid="([^"]+)"', chart.svg)
        used = re.findall(r'href="#([^"]+)"', chart.svg) + re.findall(r"url\(#([^)]+)\)", chart.svg)
        assert set(given) == set(used)
        assert len(given) == len(set(given))

    def test_ids_of_two_charts_of_a_page_never_meet(self) -> None:
        first, second = (
            draw_icons(33, STYLE, size_mm=44.0, alt="x", name=name) for name in ("first", "second")
        )
        ids = [set(re.findall(r'\bid="([^"]+)"', each.svg)) for each in (first, second)]
        assert ids[0]
        assert not ids[0] & ids[1]
        assert all(each.startswith("first-") for each in ids[0])

    @pytest.mark.parametrize("chart", every_chart(), ids=["axis", "row", "icons"])
    def test_the_alt_text_is_its_title_and_the_first_thing_in_it(self, chart: Drawing) -> None:
        root = tree(chart)
        assert root[0].tag == "title"
        assert root[0].text == chart.alt
        assert root.get("role") == "img"

    def test_signs_of_html_in_an_alt_text_are_escaped(self) -> None:
        chart = axis(alt='p<0.05 & "more" </title><script>')
        assert tree(chart)[0].text == chart.alt
        assert "<script>" not in chart.svg

    def test_its_size_is_written_in_points(self) -> None:
        chart = axis()
        root = tree(chart)
        width, height = (
            float(root.get(each, "").removesuffix("pt")) for each in ("width", "height")
        )
        assert (width * 25.4 / 72, height * 25.4 / 72) == pytest.approx(
            (chart.width_mm, chart.height_mm), abs=0.001
        )

    def test_no_group_is_empty(self) -> None:
        for chart in every_chart():
            assert not [each for each in tree(chart).iter("g") if len(each) == 0]


class TestNothingIsCutOff:
    def test_words_inside_the_canvas_are_drawn(self) -> None:
        assert set(text_places(with_words(1, 5))) == {"word"}

    @pytest.mark.parametrize(("x_mm", "y_mm"), [(8, 5), (-1, 5), (1, 9.5), (1, -1)])
    def test_words_that_leave_the_canvas_are_a_bug(self, x_mm: float, y_mm: float) -> None:
        with pytest.raises(TextOutsideDrawingError, match="chart `words` draws outside its canvas"):
            with_words(x_mm, y_mm)


SCRIPT = """
import hashlib
from tests.charts.test_drawing import every_chart
print(hashlib.sha256("".join(each.svg for each in every_chart()).encode()).hexdigest())
"""


class TestTheSameBytes:
    def test_twice_in_one_process(self) -> None:
        with_words(1, 5)
        assert with_words(1, 5).svg == with_words(1, 5).svg

    def test_in_another_process_at_another_time_and_place(self) -> None:
        here = hashlib.sha256("".join(each.svg for each in every_chart()).encode()).hexdigest()
        environment = {
            **os.environ,
            "PYTHONHASHSEED": "7",
            "SOURCE_DATE_EPOCH": "86400",
            "TZ": "Asia/Tokyo",
            "MPLBACKEND": "agg",
        }
        ran = subprocess.run(
            [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True,
            text=True, check=True,
        )  # fmt: skip
        assert ran.stdout.strip() == here


def test_the_style_is_that_of_the_stylesheets() -> None:
    style = ChartStyle.from_tokens(
        Tokens(
            {
                "ink": "#000",
                "ink-2": "#444",
                "rule": "#777",
                "brand": "var(--ink)",
                "brand-tint": "#eee",
                "panel": "#f4f4f4",
                "paper": "#fff",
                "font": '"Source Sans 3", sans-serif',
                "type-chart": "10.5pt",
            }
        )
    )
    assert (style.fill, style.font) == ("#000", "Source Sans 3")
    assert (style.tint, style.panel) == ("#eee", "#f4f4f4")
    assert style.label_pt == pytest.approx(10.5)
