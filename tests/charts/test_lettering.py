from __future__ import annotations

import pytest

from handouts.charts.drawing import TextOutsideDrawingError
from handouts.charts.lettering import width_mm, wrapped
from tests.charts import STYLE
from tests.charts.facts import LARGE


def test_words_are_as_wide_as_their_type_is_large() -> None:
    assert width_mm("Tucatinib", LARGE) == pytest.approx(
        width_mm("Tucatinib", STYLE) * 18 / 8, rel=0.02
    )
    assert width_mm("Tucatinib", STYLE, bold=True) > width_mm("Tucatinib", STYLE)


def test_signs_of_formulas_are_words_like_others() -> None:
    assert width_mm("$x$", STYLE) > width_mm("x", STYLE)


def test_lines_break_at_blanks_and_keep_what_is_tied() -> None:
    lines = wrapped("Severe left ventricular dysfunction (0.51\u00a0to\u00a00.75)", 30.0, STYLE)
    assert len(lines) > 1
    assert " ".join(lines) == "Severe left ventricular dysfunction (0.51\u00a0to\u00a00.75)"
    assert all(width_mm(each, STYLE) <= 30.0 for each in lines)
    assert any("(0.51\u00a0to\u00a00.75)" in each for each in lines)


def test_no_words_are_no_lines() -> None:
    assert wrapped("", 30.0, STYLE) == ()


def test_a_word_wider_than_its_place_is_told() -> None:
    with pytest.raises(TextOutsideDrawingError, match=r"`x{80}` is wider than the 30 mm"):
        wrapped("x" * 80, 30.0, STYLE)
