from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from handouts.charts import landmark_bars as module
from handouts.charts.arms import ArmFact, ArmGroup
from handouts.charts.chart import ALT_MOST, Chart
from handouts.charts.drawing import ChartStyle, Drawing, TextOutsideDrawingError
from handouts.charts.landmark_bars import draw_pair, landmark_bars
from handouts.evidence.formatting import Audience
from handouts.models.missing import Missing
from tests.charts import FILL, PAPER, PT_PER_MM, STYLE, text_places, texts, tree
from tests.charts.facts import (
    LARGE,
    PATIENT,
    changed,
    fact,
    overlaps,
    printed_facts,
    said,
    spoken,
    writing,
)


def rates(label: str, outcome: str, arm: str) -> ArmGroup:
    return ArmGroup(
        label, ArmFact(arm.capitalize(), fact(f"{outcome}.{arm}")),
        ArmFact("Placebo", fact(f"{outcome}.placebo")), at=fact(f"{outcome}.at"),
    )  # fmt: skip


PFS = rates("PFS rate", "her2climb.pfs-1y", "tucatinib")
SURVIVAL = rates("Survival rate", "her2climb.os-2y-2021", "tucatinib")
EXTENET = rates("Overall survival", "extenet.os-8y", "neratinib")


def chart(
    *groups: ArmGroup, style: ChartStyle = STYLE, width_mm: float = 84.0,
    audience: Audience = Audience.CLINICIAN,
) -> Chart:  # fmt: skip
    return landmark_bars(groups, writing(audience), style, width_mm=width_mm, name="bars")


def bars(drawing: Drawing, fill: str) -> list[tuple[float, float]]:
    """Outer left and right edges of the bars of a colour, in points, from above."""
    found = []
    for each in tree(drawing).iter("path"):
        if each.get("fill") == fill and each.get("stroke") == FILL:
            xs = [float(x) for x in re.findall(r"-?[\d.]+", each.get("d", ""))][::2]
            found.append((min(xs) - 0.45, max(xs) + 0.45))
    return found


def scale(
    of: Chart,
) -> Callable[[float], float]:
    places = text_places(of.drawing)
    zero, twenty = places["0%"][0], places["20%"][0]
    return lambda percent: zero + (twenty - zero) * percent / 20


class TestTheWords:
    def test_they_are_outcomes_with_their_time_arms_and_the_rates(self) -> None:
        words = said(chart(PFS, SURVIVAL).drawing)
        assert set(words) >= {
            "PFS rate at 1 year", "33.1%", "12.3%", "Survival rate at 2 years", "51%", "40%",
            "Tucatinib", "Placebo", "0%", "100%",
        }  # fmt: skip

    def test_intervals_are_printed_where_they_were_seen(self) -> None:
        words = said(chart(EXTENET).drawing)
        assert {"90.1% (88.3 to 91.6)", "90.2% (88.4 to 91.7)"} <= set(words)
        assert "Brackets: 95% CI." in chart(EXTENET).caption
        assert "Brackets" not in chart(PFS).caption

    def test_patients_read_whole_people_of_100(self) -> None:
        words = said(chart(PFS, EXTENET, audience=Audience.PATIENT).drawing)
        assert {"33 of 100", "12 of 100", "90 of 100"} <= set(words)
        assert not any("%" in each or "(" in each for each in words)

    def test_each_rate_stands_at_the_end_of_its_bar(self) -> None:
        of = chart(PFS)
        at, places = scale(of), text_places(of.drawing)
        for words, percent in (("33.1%", 33.1), ("12.3%", 12.3)):
            assert 0 < places[words][0] - at(percent) < 2 * PT_PER_MM

    def test_a_rate_that_was_not_seen_is_named_and_has_no_bar(self) -> None:
        missing = changed("her2climb.pfs-1y.placebo", Missing.NOT_SEEN)
        of = chart(ArmGroup("PFS rate", PFS.experimental, ArmFact("Placebo", missing), at=PFS.at))
        assert "not seen" in said(of.drawing)
        assert (len(bars(of.drawing, FILL)), len(bars(of.drawing, PAPER))) == (1, 0)


class TestTheBars:
    def test_they_begin_at_0_and_end_at_the_rates(self) -> None:
        of = chart(PFS, SURVIVAL)
        at = scale(of)
        for fill, values in ((FILL, (33.1, 51.0)), (PAPER, (12.3, 40.0))):
            found = bars(of.drawing, fill)
            assert len(found) == 2
            for pair, value in zip(found, values, strict=True):
                assert pair == pytest.approx((at(0), at(value)), abs=0.05)

    def test_the_axis_always_goes_to_everyone(self) -> None:
        assert "100%" in texts(chart(PFS).drawing)

    def test_open_bars_have_an_outline_that_prints(self) -> None:
        (path,) = (
            each for each in tree(chart(PFS).drawing).iter("path") if each.get("fill") == PAPER
        )
        assert path.get("stroke") == FILL
        assert float(path.get("stroke-width", "1")) >= 0.8


class TestItsSize:
    @pytest.mark.parametrize(
        ("style", "width_mm", "audience"),
        [
            (STYLE, 84, Audience.CLINICIAN),
            (STYLE, 170, Audience.CLINICIAN),
            (PATIENT, 154, Audience.PATIENT),
            (LARGE, 160, Audience.PATIENT),
            (LARGE, 160, Audience.CLINICIAN),
        ],
    )
    def test_no_words_meet(self, style: ChartStyle, width_mm: float, audience: Audience) -> None:
        of = chart(PFS, SURVIVAL, EXTENET, style=style, width_mm=width_mm, audience=audience)
        assert overlaps(of.drawing, style) == []
        sizes = {each.get("font-size") for each in tree(of.drawing).iter("text")}
        assert sizes == {f"{style.label_pt:g}px"}

    def test_everyone_fits_too(self) -> None:
        everyone = changed("her2climb.pfs-1y.tucatinib", "100")
        of = chart(ArmGroup("All", ArmFact("A", everyone), ArmFact("B", everyone)))
        assert bars(of.drawing, FILL)[0][1] == pytest.approx(scale(of)(100), abs=0.05)

    def test_a_chart_without_room_for_its_bars_is_told(self) -> None:
        with pytest.raises(TextOutsideDrawingError, match=r"`bars` leaves .* mm for its bars"):
            chart(EXTENET, style=LARGE, width_mm=90)


class TestWhatItSays:
    def test_the_alt_text_gives_the_finding_and_the_numbers(self) -> None:
        assert spoken(chart(PFS, SURVIVAL).drawing.alt) == (
            "Bars of rates, from nobody to everyone."
            " The rate is higher with Tucatinib in every row."
            " PFS rate at 1 year: Tucatinib 33.1%, Placebo 12.3%. Survival rate at 2 years:"
            " Tucatinib 51%, Placebo 40%."
        )

    def test_the_other_arm_is_named_where_it_is_higher(self) -> None:
        assert "higher with Placebo in every row" in chart(EXTENET).drawing.alt

    def test_the_alt_text_is_never_too_long(self) -> None:
        assert len(chart(*[PFS, SURVIVAL] * 4).drawing.alt) <= ALT_MOST

    def test_the_table_prints_every_fact_with_its_address(self) -> None:
        assert printed_facts(chart(PFS, EXTENET)) == {
            "her2climb.pfs-1y.tucatinib": "33.1% (interval not seen)",
            "her2climb.pfs-1y.placebo": "12.3% (interval not seen)",
            "extenet.os-8y.neratinib": "90.1% (88.3 to 91.6)",
            "extenet.os-8y.placebo": "90.2% (88.4 to 91.7)",
        }


def test_what_is_no_share_is_refused() -> None:
    months = ArmFact("A", fact("her2climb.pfs.tucatinib"))
    with pytest.raises(ValueError, match=r"`her2climb.pfs.tucatinib` is no share of people"):
        chart(ArmGroup("PFS", months, months))
    many = ArmFact("A", changed("her2climb.pfs-1y.tucatinib", "100.1"))
    with pytest.raises(ValueError, match=r"is no share of people: 100\.1"):
        chart(ArmGroup("PFS", many, many))


def test_it_is_drawn_alike_twice() -> None:
    first = chart(PFS).drawing.svg
    module._draw.cache_clear()
    assert chart(PFS).drawing.svg == first


class TestAPairInACell:
    def pair(self, first: float | None, second: float | None) -> Drawing:
        return draw_pair(
            first, second, STYLE, width_mm=30, height_mm=4, alt="33 v 12", name="cell"
        )  # fmt: skip

    def test_bars_are_as_long_as_their_shares(self) -> None:
        drawing = self.pair(50.0, 25.0)
        ((left, right),), ((_, half),) = bars(drawing, FILL), bars(drawing, PAPER)
        assert (right - left) == pytest.approx(2 * (half - left), abs=0.02)
        assert (drawing.width_mm, drawing.height_mm) == pytest.approx((30, 4))
        assert (drawing.alt, texts(drawing)) == ("33 v 12", [])

    def test_a_missing_share_has_no_bar(self) -> None:
        drawing = self.pair(None, 25.0)
        assert (len(bars(drawing, FILL)), len(bars(drawing, PAPER))) == (0, 1)

    @pytest.mark.parametrize("share", [-0.1, 100.1])
    def test_what_is_no_share_is_refused(self, share: float) -> None:
        with pytest.raises(ValueError, match="is no share of people"):
            self.pair(share, None)
