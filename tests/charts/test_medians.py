from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from handouts.charts import medians
from handouts.charts.arms import ArmFact, ArmGroup
from handouts.charts.chart import ALT_MOST, Chart
from handouts.charts.drawing import ChartStyle, TextOutsideDrawingError
from handouts.charts.medians import medians_chart
from handouts.evidence.facts import Fact
from handouts.models.missing import Missing
from tests.charts import FILL, INK, PAPER, STYLE, text_places, tree, uses
from tests.charts.facts import (
    LARGE,
    changed,
    fact,
    overlaps,
    printed_facts,
    said,
    spoken,
    writing,
)


def group(label: str, first: Fact, second: Fact, about: str = "") -> ArmGroup:
    return ArmGroup(label, ArmFact("Tucatinib", first), ArmFact("Placebo", second), about)


PFS = group(
    "Progression-free survival", fact("her2climb.pfs.tucatinib"), fact("her2climb.pfs.placebo"),
    "first 480 people",
)  # fmt: skip
SURVIVAL = group(
    "Overall survival", fact("her2climb.os-2021.tucatinib"), fact("her2climb.os-2021.placebo")
)
UNSEEN = group("PFS", fact("cleopatra.pfs.pertuzumab"), fact("cleopatra.pfs-2015.placebo"))
OPEN = group(
    "Survival", changed("cleopatra.os-2015.pertuzumab", "56.5", "49.3", "Infinity"),
    fact("cleopatra.os-2015.placebo"),
)  # fmt: skip
NOT_REACHED = group(
    "Survival", changed("cleopatra.os-2015.pertuzumab", "Infinity", "49.3", "Infinity"),
    changed("cleopatra.os-2015.placebo", "Infinity"),
)  # fmt: skip


def chart(
    *groups: ArmGroup, style: ChartStyle = STYLE, width_mm: float = 84.0, name: str = "medians"
) -> Chart:
    return medians_chart(groups, writing(), style, width_mm=width_mm, name=name)


def scale(of: Chart) -> Callable[[float], float]:
    """Where a number of months stands, in points, by the labels 0 and 20 of the axis."""
    places = text_places(of.drawing)
    zero, twenty = places["0"][0], places["20"][0]
    return lambda months: zero + (twenty - zero) * months / 20


def numbers(path: str) -> list[float]:
    return [float(each) for each in re.findall(r"-?[\d.]+", path)]


def bars(of: Chart, fill: str) -> list[tuple[float, float]]:
    """Outer left and right edges of the bars of a colour, in points, from above."""
    found = []
    for each in tree(of.drawing).iter("path"):
        if each.get("fill") == fill and each.get("stroke") == FILL:
            xs = numbers(each.get("d", ""))[::2]
            found.append((min(xs) - 0.45, max(xs) + 0.45))
    return found


def ticks(of: Chart) -> list[float]:
    """Where upright lines in ink stand that are wider than those of the axis."""
    found = []
    for each in tree(of.drawing).iter("path"):
        at = numbers(each.get("d", ""))
        is_upright = len(at) == 4 and at[0] == at[2] and each.get("stroke") == INK
        if is_upright and float(each.get("stroke-width", "1")) > 1.0:
            found.append(at[0])
    return found


class TestTheWords:
    def test_they_are_outcomes_arms_months_and_the_numbers_of_the_facts(self) -> None:
        assert set(said(chart(PFS, SURVIVAL).drawing)) == {
            "Progression-free survival", "first 480 people", "7.8 (7.5 to 9.6)",
            "5.6 (4.2 to 7.1)", "Overall survival", "24.7 (21.6 to 28.9)", "19.2 (16.4 to 21.4)",
            "Tucatinib", "Placebo", "Median (95% CI)", "months", "0", "10", "20", "30",
        }  # fmt: skip

    def test_each_arm_is_named_beside_its_own_bar(self) -> None:
        drawing = chart(PFS, SURVIVAL).drawing
        assert [each for each in said(drawing) if each in ("Tucatinib", "Placebo")] == [
            "Tucatinib", "Placebo", "Tucatinib", "Placebo",
        ]  # fmt: skip

    def test_what_was_not_seen_is_named(self) -> None:
        words = said(chart(UNSEEN).drawing)
        assert "18.5 (interval not seen)" in words
        assert "not seen" in words

    def test_what_was_not_reached_is_nr_in_the_chart_and_spelled_out_elsewhere(self) -> None:
        of = chart(NOT_REACHED)
        assert "NR (49.3 to NR)" in said(of.drawing)
        assert "NR: not reached." in of.caption
        assert printed_facts(of)["cleopatra.os-2015.pertuzumab"] == (
            "not reached (49.3 to not reached)"
        )
        assert "Tucatinib not reached (49.3 to not reached)" in spoken(of.drawing.alt)
        assert "NR" not in chart(PFS).caption


class TestTheMarks:
    def test_ticks_stand_at_the_medians_in_the_order_of_the_arms(self) -> None:
        of = chart(PFS, SURVIVAL)
        assert ticks(of) == pytest.approx(
            [scale(of)(each) for each in (7.8, 5.6, 24.7, 19.2)], abs=0.05
        )

    def test_the_solid_bar_is_the_first_arm_and_the_open_one_the_other(self) -> None:
        of = chart(PFS, SURVIVAL)
        at = scale(of)
        for fill, intervals in (
            (FILL, [(7.5, 9.6), (21.6, 28.9)]),
            (PAPER, [(4.2, 7.1), (16.4, 21.4)]),
        ):
            expected = [(at(low), at(high)) for low, high in intervals]
            found = bars(of, fill)
            assert len(found) == len(expected)
            for pair, wanted in zip(found, expected, strict=True):
                assert pair == pytest.approx(wanted, abs=0.05)

    def test_without_an_interval_there_is_a_tick_alone(self) -> None:
        of = chart(UNSEEN)
        assert len(ticks(of)) == 1
        assert bars(of, FILL) == bars(of, PAPER) == []

    def test_an_open_interval_ends_in_an_arrow_at_the_right_edge_of_the_plot(self) -> None:
        of = chart(OPEN)
        assert len(uses(of.drawing, INK)) == 1
        ((x, _),) = uses(of.drawing, INK)
        assert x > scale(of)(56.5)
        assert len(ticks(of)) == 2

    def test_a_median_that_was_not_reached_has_no_tick(self) -> None:
        of = chart(NOT_REACHED)
        assert ticks(of) == []
        assert len(bars(of, FILL)) == 1
        assert len(uses(of.drawing, INK)) == 1

    def test_it_is_never_a_curve(self) -> None:
        for path in tree(chart(PFS, SURVIVAL, OPEN).drawing).iter("path"):
            at = numbers(path.get("d", ""))
            assert len(at) <= 10  # a line, a bar or the head of an arrow

    def test_lines_are_thick_enough_for_print(self) -> None:
        for path in tree(chart(PFS, OPEN).drawing).iter("path"):
            if path.get("stroke"):
                assert float(path.get("stroke-width", "1")) >= 0.8


class TestItsSize:
    @pytest.mark.parametrize(("style", "width_mm"), [(STYLE, 84), (STYLE, 170), (LARGE, 160)])
    def test_no_words_meet(self, style: ChartStyle, width_mm: float) -> None:
        of = chart(PFS, SURVIVAL, OPEN, UNSEEN, style=style, width_mm=width_mm)
        assert of.drawing.width_mm == pytest.approx(width_mm)
        assert overlaps(of.drawing, style) == []

    def test_long_names_wrap(self) -> None:
        long = ArmGroup(
            "Overall survival " * 6,
            ArmFact("trastuzumab, pertuzumab and chemotherapy", PFS.experimental.fact),
            ArmFact("placebo, trastuzumab and chemotherapy", PFS.control.fact),
        )
        of = chart(long, PFS, width_mm=110)
        assert overlaps(of.drawing) == []
        assert of.drawing.height_mm > chart(PFS, PFS, width_mm=110).drawing.height_mm

    def test_a_chart_without_room_for_its_plot_is_told(self) -> None:
        with pytest.raises(TextOutsideDrawingError, match=r"`medians` leaves .* mm for its plot"):
            chart(PFS, style=LARGE, width_mm=80)


class TestWhatItSays:
    def test_the_alt_text_gives_the_finding_and_the_numbers(self) -> None:
        assert spoken(chart(PFS, SURVIVAL).drawing.alt) == (
            "Medians in months with 95% interval. The median is longer with Tucatinib in every"
            " row. Progression-free survival: Tucatinib 7.8 (7.5 to 9.6), Placebo 5.6 (4.2 to"
            " 7.1). Overall survival: Tucatinib 24.7 (21.6 to 28.9), Placebo 19.2 (16.4 to 21.4)."
        )

    def test_no_arm_is_said_to_be_longer_where_not_all_values_are_known(self) -> None:
        assert "longer" not in chart(PFS, UNSEEN).drawing.alt

    def test_the_alt_text_is_never_too_long(self) -> None:
        assert len(chart(PFS, SURVIVAL, OPEN, UNSEEN).drawing.alt) <= ALT_MOST

    def test_the_table_prints_every_fact_with_its_address(self) -> None:
        of = chart(PFS, SURVIVAL)
        assert printed_facts(of) == {
            "her2climb.pfs.tucatinib": "7.8 (7.5 to 9.6)",
            "her2climb.pfs.placebo": "5.6 (4.2 to 7.1)",
            "her2climb.os-2021.tucatinib": "24.7 (21.6 to 28.9)",
            "her2climb.os-2021.placebo": "19.2 (16.4 to 21.4)",
        }
        assert of.table.header[-1] == "Median, months (95% CI)"


def test_units_that_differ_are_refused() -> None:
    mixed = group("Mixed", fact("her2climb.pfs.tucatinib"), fact("her2climb.pfs-1y.placebo"))
    with pytest.raises(ValueError, match="different units: %, months"):
        chart(mixed)


def test_no_outcomes_are_refused() -> None:
    with pytest.raises(ValueError, match="no outcome"):
        chart()


def test_an_outcome_nobody_has_seen_is_still_a_chart() -> None:
    missing = changed("her2climb.pfs.tucatinib", Missing.NOT_SEEN)
    assert said(chart(group("PFS", missing, missing)).drawing).count("not seen") == 2


def test_it_is_drawn_alike_twice() -> None:
    first = chart(PFS, OPEN).drawing.svg
    medians._draw.cache_clear()
    assert chart(PFS, OPEN).drawing.svg == first
