from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.charts.drawing import Drawing
from handouts.charts.stained_cells import Stain, draw_stained_cell
from tests.charts import FILL, LINE, PT_PER_MM, STYLE, tree


def cell(stain: Stain) -> Drawing:
    return draw_stained_cell(stain, STYLE, alt=f"A cell, {stain}.", name=f"cell-{stain}")


def rings(stain: Stain) -> list[float]:
    """The thickness of each stroke of the stain."""
    return [
        float(each.get("stroke-width", "1"))
        for each in tree(cell(stain)).iter("path")
        if each.get("stroke") == FILL
    ]


def test_a_cell_without_stain_has_an_outline_and_a_nucleus_only() -> None:
    assert rings(Stain.NONE) == []
    strokes = [each.get("stroke") for each in tree(cell(Stain.NONE)).iter("path")]
    assert strokes == [LINE, LINE]


def test_a_faint_ring_has_gaps_and_the_others_go_all_round() -> None:
    assert len(rings(Stain.FAINT)) > 1
    assert len(rings(Stain.MODERATE)) == len(rings(Stain.STRONG)) == 1


def test_more_stain_is_a_thicker_ring_so_that_it_is_seen_without_colour() -> None:
    faint, moderate, strong = (
        max(rings(each)) for each in (Stain.FAINT, Stain.MODERATE, Stain.STRONG)
    )
    assert faint < moderate
    assert moderate * 2 < strong


@pytest.mark.parametrize("stain", Stain)
def test_a_cell_says_what_it_shows(stain: Stain) -> None:
    assert f"<title>A cell, {stain}.</title>" in cell(stain).svg


def test_it_grows_with_the_labels_of_the_page() -> None:
    large = draw_stained_cell(
        Stain.STRONG, replace(STYLE, label_pt=18.0), alt="A cell.", name="large"
    )
    assert large.width_mm == pytest.approx(cell(Stain.STRONG).width_mm * 18 / STYLE.label_pt)
    assert float(tree(large).get("width", "0pt").removesuffix("pt")) == pytest.approx(
        large.width_mm * PT_PER_MM, abs=0.01
    )
