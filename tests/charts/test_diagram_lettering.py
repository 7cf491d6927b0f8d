from __future__ import annotations

from collections.abc import Iterator

import pytest

from handouts.charts.diagram_lettering import Lettering, Line
from handouts.charts.drawing import canvas
from handouts.models.layout import Area
from tests.charts import STYLE


@pytest.fixture
def letters() -> Iterator[Lettering]:
    with canvas(100, 100, STYLE) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, 100)
        axes.set_ylim(100, 0)
        yield Lettering(axes, STYLE)


def lines(letters: Lettering, text: str, width: float, height: float = 50) -> list[str]:
    return [each.text for each in letters.fitted((Line(text),), width, height)]


def test_words_that_fit_stay_on_one_line(letters: Lettering) -> None:
    assert lines(letters, "holds on to HER2", 40) == ["holds on to HER2"]


def test_others_are_broken_into_lines_as_even_as_can_be(letters: Lettering) -> None:
    width = letters.width("holds on to HER2 from") + 2
    assert lines(letters, "holds on to HER2 from outside", width) == [
        "holds on to HER2",
        "from outside",
    ]


def test_a_word_wider_than_its_box_does_not_fit(letters: Lettering) -> None:
    assert lines(letters, "trastuzumab", letters.width("trastuzumab")) == []
    assert lines(letters, "trastuzumab", letters.width("trastuzumab") + 2) == ["trastuzumab"]


def test_more_lines_than_the_box_is_high_do_not_fit(letters: Lettering) -> None:
    width = letters.width("one line") + 2
    assert lines(letters, "one line and one more", width, 2 * letters.em) == []


def test_bold_words_are_wider(letters: Lettering) -> None:
    assert letters.width("tucatinib", bold=True) > letters.width("tucatinib")


def test_lines_are_centred_by_their_capitals(letters: Lettering) -> None:
    letters.centred((Line("HER2"),), Area(10, 10, 20, 20))
    (written,) = letters.written
    assert written.area.centre[0] == pytest.approx(20)
    assert written.area.y + 0.33 * letters.em == pytest.approx(20)


def test_texts_over_each_other_are_found(letters: Lettering) -> None:
    letters.write(Line("one"), (10, 10))
    letters.write(Line("two"), (11, 10), "center")
    letters.write(Line("three"), (40, 10), "right")
    assert list(letters.overlaps()) == [("one", "two")]
