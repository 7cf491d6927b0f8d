from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from handouts.charts import harm_dots as module
from handouts.charts.chart import ALT_MOST, Chart
from handouts.charts.drawing import ChartStyle, Drawing, TextOutsideDrawingError
from handouts.charts.harm_dots import draw_pair, draw_scale, harm_dots, maximum_for
from handouts.charts.harm_words import HarmRow
from handouts.evidence.formatting import Audience
from tests.charts import (
    FILL,
    LINE,
    PAPER,
    PT_PER_MM,
    STYLE,
    lines,
    text_places,
    texts,
    tree,
    uses,
)
from tests.charts.facts import (
    LARGE,
    PATIENT,
    boxes,
    fact,
    overlaps,
    printed_facts,
    said,
    spoken,
    writing,
)


def harm(address: str, label: str, arm: str, about: str = "") -> HarmRow:
    return HarmRow(
        label, fact(f"{address}.{arm}"), fact(f"{address}.placebo"),
        fact(f"{address}.difference"), about,
    )  # fmt: skip


SERIOUS = harm("her2climb.serious", "Any serious adverse event", "tucatinib")
SEVERE = harm("her2climb.diarrhoea-severe", "Severe diarrhoea", "tucatinib", "grade 3 or higher")
ANY = harm("her2climb.diarrhoea", "Diarrhoea of any grade", "tucatinib")
ROWS = (SERIOUS, SEVERE, ANY)
EXTENET = tuple(
    harm(f"extenet.{name}", label, "neratinib")
    for name, label in (
        ("serious", "Any serious adverse event"),
        ("stopped", "Stopped drug for diarrhoea"),
        ("diarrhoea-four", "Diarrhoea of grade 4"),
        ("diarrhoea", "Diarrhoea of any grade"),
    )
)
HEART = tuple(
    harm(f"cleopatra.{name}", label, "pertuzumab")
    for name, label in (
        ("lvsd", "Left ventricular dysfunction"),
        ("lvsd-severe", "Severe left ventricular dysfunction"),
    )
)


def chart(
    *rows: HarmRow, style: ChartStyle = STYLE, width_mm: float = 170.0,
    audience: Audience = Audience.CLINICIAN, arms: tuple[str, str] = ("Tucatinib", "Placebo"),
) -> Chart:  # fmt: skip
    return harm_dots(
        rows, writing(audience), style, width_mm=width_mm, arms=arms, name="harms"
    )  # fmt: skip


def scale(of: Chart, first: tuple[str, float], second: tuple[str, float]) -> Callable[..., float]:
    """Where a value stands, in points, by two labels of its axis."""
    places = text_places(of.drawing)
    (a, x), (b, y) = first, second
    step = (places[b][0] - places[a][0]) / (y - x)
    return lambda value: places[a][0] + step * (value - x)


def dots(drawing: Drawing) -> tuple[list[float], list[float]]:
    """Where filled dots and open circles stand, but for those that name the arms."""
    first_row = min(float(each.get("y", "0")) for each in tree(drawing).iter("text")) + 15
    solid = [
        x
        for each in tree(drawing).iter("use")
        if each.get("fill") == each.get("stroke") == FILL
        and (x := float(each.get("x", "nan")))
        and float(each.get("y", "nan")) > first_row
    ]
    return solid, [x for x, y in uses(drawing, PAPER) if y > first_row]


def squares(drawing: Drawing) -> list[float]:
    return [
        float(each.get("x", "nan"))
        for each in tree(drawing).iter("use")
        if each.get("fill") == FILL and not each.get("stroke")
    ]


class TestTheWords:
    def test_they_are_harms_both_shares_and_the_difference(self) -> None:
        words = said(chart(*ROWS).drawing)
        assert set(words) >= {
            "Any serious adverse event", "25.7%", "26.9%", "−1.2 (−8.9 to 6.1)",
            "Severe diarrhoea", "grade 3 or higher", "13%", "8%", "+5",
            "Diarrhoea of any grade", "81%", "not seen", "Tucatinib", "Placebo",
        }  # fmt: skip
        assert words.count("not seen") == 2  # the share and the difference

    def test_rows_stand_in_the_order_given(self) -> None:
        labels = [each.label for each in ROWS]
        for order in (labels, labels[::-1]):
            rows = sorted(ROWS, key=lambda row: order.index(row.label))
            assert [each for each in said(chart(*rows).drawing) if each in labels] == order

    def test_patients_read_whole_people_and_no_intervals(self) -> None:
        of = chart(*EXTENET, audience=Audience.PATIENT, style=PATIENT, width_mm=154)
        words = said(of.drawing)
        assert {"95 of 100", "35 of 100", "60 more of 100", "fewer than 1 of 100"} <= set(words)
        assert not any("%" in each or "(" in each for each in words)
        assert "CI" not in of.caption

    def test_the_marks_of_the_arms_stand_beside_their_names(self) -> None:
        of = chart(*ROWS)
        places = text_places(of.drawing)
        for arm, marks in (("Tucatinib", FILL), ("Placebo", PAPER)):
            x, y, _ = places[arm]
            assert any(
                0 < x - at < 4 * PT_PER_MM and abs(y - level) < 4
                for at, level in uses(of.drawing, marks)
            )


class TestTheMarks:
    def test_dots_stand_at_the_shares(self) -> None:
        of = chart(*ROWS)
        at = scale(of, ("0%", 0), ("100%", 100))
        solid, opened = dots(of.drawing)
        assert solid == pytest.approx([at(25.7), at(13), at(81)], abs=0.05)
        assert opened == pytest.approx([at(26.9), at(8)], abs=0.05)

    def test_a_thin_line_joins_both_dots_and_none_a_dot_alone(self) -> None:
        of = chart(*ROWS)
        at = scale(of, ("0%", 0), ("100%", 100))
        grey = [
            each for each in tree(of.drawing).iter("path") if each.get("stroke") == LINE
        ]  # fmt: skip
        assert len(grey) == 2
        for pair in ((25.7, 26.9), (13, 8)):
            wanted = [at(each) for each in pair]
            assert any(wanted == pytest.approx(found, abs=0.05) for found in lines(of.drawing))

    def test_differences_are_squares_with_a_line_where_there_is_an_interval(self) -> None:
        of = chart(*ROWS)
        at = scale(of, ("−10", -10), ("+10", 10))
        assert squares(of.drawing) == pytest.approx([at(-1.2), at(5)], abs=0.05)
        assert any([at(-8.9), at(6.1)] == pytest.approx(x, abs=0.05) for x in lines(of.drawing))

    def test_the_null_line_stands_at_0_of_the_difference(self) -> None:
        of = chart(*ROWS)
        at = scale(of, ("−10", -10), ("+10", 10))
        assert text_places(of.drawing)["0"][0] == pytest.approx(at(0), abs=0.05)

    def test_patients_see_no_line_for_an_interval_they_can_not_read(self) -> None:
        of = chart(SERIOUS, audience=Audience.PATIENT, style=PATIENT, width_mm=154)
        clinician = chart(SERIOUS, style=PATIENT, width_mm=154)
        assert len(lines(of.drawing)) == len(lines(clinician.drawing)) - 1

    def test_both_dots_are_seen_where_they_meet(self) -> None:
        same = replace(SERIOUS, control=SERIOUS.experimental)
        root = tree(chart(same).drawing)
        order = [each.get("fill") for each in root.iter("use")]
        solid, opened = dots(chart(same).drawing)
        assert solid == opened
        pair = [x for x in order if x in (FILL, PAPER)]
        assert pair[2:4] == [PAPER, FILL]  # after those of the header: the filled one on top


class TestItsSize:
    @pytest.mark.parametrize(
        ("rows", "style", "width_mm", "audience"),
        [
            (ROWS, STYLE, 170, Audience.CLINICIAN),
            (ROWS, STYLE, 84, Audience.CLINICIAN),
            (HEART, STYLE, 110, Audience.CLINICIAN),
            (HEART, LARGE, 160, Audience.CLINICIAN),
            (EXTENET, PATIENT, 154, Audience.PATIENT),
            (EXTENET, LARGE, 160, Audience.PATIENT),
        ],
    )
    def test_no_words_meet(
        self, rows: tuple[HarmRow, ...], style: ChartStyle, width_mm: float, audience: Audience
    ) -> None:
        of = chart(*rows, style=style, width_mm=width_mm, audience=audience)
        assert of.drawing.width_mm == pytest.approx(width_mm)
        assert overlaps(of.drawing, style) == []
        sizes = {each.get("font-size") for each in tree(of.drawing).iter("text")}
        assert sizes == {f"{style.label_pt:g}px"}

    def test_where_it_is_narrow_names_stand_over_their_rows(self) -> None:
        wide, narrow = chart(*HEART), chart(*HEART, width_mm=84)
        for of, is_over in ((wide, False), (narrow, True)):
            places = text_places(of.drawing)
            name, share = places["Left ventricular dysfunction"], places["4.4%"]
            assert (name[1] < share[1] - 5) is is_over
            assert (name[0] < share[0] - 5) is not is_over

    def test_a_name_over_its_row_is_not_crossed_by_the_null_line(self) -> None:
        of = chart(*HEART, style=LARGE, width_mm=160)
        null = text_places(of.drawing)["0"][0] / PT_PER_MM
        name = next(box for box in boxes(of.drawing, LARGE) if box[0].startswith("Severe left"))
        for path in tree(of.drawing).iter("path"):
            at = [float(x) / PT_PER_MM for x in (path.get("d") or "").split() if x[0].isdigit()]
            if len(at) == 4 and at[0] == at[2] == pytest.approx(null, abs=0.05):
                top, bottom = sorted((at[1], at[3]))
                assert bottom <= name[3] or top >= name[4] - 0.8

    def test_long_names_wrap(self) -> None:
        long = replace(SEVERE, label="Severe diarrhoea of grade three or higher " * 3)
        of = chart(long, SERIOUS)
        assert overlaps(of.drawing) == []
        assert of.drawing.height_mm > chart(SEVERE, SERIOUS).drawing.height_mm

    def test_a_chart_without_room_for_its_panels_is_told(self) -> None:
        with pytest.raises(TextOutsideDrawingError, match=r"`harms` leaves .* for two panels"):
            chart(*HEART, width_mm=60)

    def test_no_rows_are_refused(self) -> None:
        with pytest.raises(ValueError, match="`harms` has no rows"):
            chart()


class TestWhatItSays:
    def test_the_alt_text_gives_the_largest_difference_first(self) -> None:
        assert spoken(chart(*ROWS).drawing.alt) == (
            "Harms, Tucatinib v Placebo. Largest difference: Severe diarrhoea 13% v 8%, +5 points."
            " Any serious adverse event 25.7% v 26.9%. Diarrhoea of any grade 81% v not seen."
        )

    def test_the_alt_text_is_never_too_long(self) -> None:
        of = chart(*ROWS * 4)
        assert len(of.drawing.alt) <= ALT_MOST
        assert of.drawing.alt.endswith("The rest is in the table.")

    def test_the_table_prints_every_fact_with_its_address(self) -> None:
        assert printed_facts(chart(SERIOUS, ANY)) == {
            "her2climb.serious.tucatinib": "25.7%",
            "her2climb.serious.placebo": "26.9%",
            "her2climb.serious.difference": "−1.2 (−8.9 to 6.1)",
            "her2climb.diarrhoea.tucatinib": "81%",
            "her2climb.diarrhoea.placebo": "not seen",
            "her2climb.diarrhoea.difference": "not seen",
        }
        said_of_severe = printed_facts(chart(SEVERE))["her2climb.diarrhoea-severe.difference"]
        assert said_of_severe == "+5 (interval not available)"


def test_it_is_drawn_alike_twice() -> None:
    first = chart(*ROWS).drawing.svg
    module._draw.cache_clear()
    assert chart(*ROWS).drawing.svg == first


class TestAPairInACell:
    def pair(self, first: float | None, second: float | None, maximum: float = 50.0) -> Drawing:
        return draw_pair(
            first, second, STYLE, maximum=maximum, width_mm=30, height_mm=4, alt="a row",
            name="cell",
        )  # fmt: skip

    def test_dots_stand_under_the_labels_of_the_scale(self) -> None:
        scale_ = draw_scale(50.0, STYLE, width_mm=30, alt="the scale", name="scale")
        places = text_places(scale_)
        drawing = self.pair(50.0, 0.0)
        ((solid, _),), ((opened, _),) = uses(drawing, FILL), uses(drawing, PAPER)
        assert solid == pytest.approx(places["50%"][0], abs=0.05)
        assert opened == pytest.approx(places["0%"][0], abs=0.05)
        assert (drawing.alt, texts(drawing)) == ("a row", [])

    def test_a_missing_share_has_no_dot_and_no_line(self) -> None:
        drawing = self.pair(None, 20.0)
        assert (len(uses(drawing, FILL)), len(uses(drawing, PAPER))) == (0, 1)
        assert lines(drawing) == []

    def test_a_share_beyond_the_scale_is_refused(self) -> None:
        with pytest.raises(ValueError, match=r"60\.0 does not lie on a scale from 0 to 50"):
            self.pair(60.0, None)

    @pytest.mark.parametrize(
        ("shares", "maximum"), [([], 5), ([4.4], 5), ([5.1, 8.3], 10), ([26.9], 50), ([81], 100)]
    )
    def test_the_maximum_is_round(self, shares: list[float], maximum: float) -> None:
        assert maximum_for(shares) == maximum
