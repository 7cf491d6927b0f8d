"""Checks of what comes out of a printer: each finds its fault, and none where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from handouts.charts.drawing import ChartStyle
from handouts.charts.qr_code import draw_qr
from handouts.checks.chart_colours import check_chart_colours
from handouts.checks.colour_vision import as_seen_with, distance, lightness
from handouts.checks.ink import check_holes, check_safe_edge, check_toner
from handouts.checks.print_ready import check_print
from handouts.rendering.composed import html_root
from tests.projects import Project
from tests.rendering.samples import page, rendered

Grey = NDArray[np.uint8]

STYLE = ChartStyle(
    ink="#1a1a1a", muted="#454545", line="#767676", fill="#0b4f6c", tint="#e8f1f5",
    panel="#f4f4f4", paper="#ffffff", font="Source Sans 3", label_pt=10.5,
)  # fmt: skip
ADDRESS = "https://handouts.example.org/default/en/a-sheet/"


def sheet(*blots: tuple[float, float, float, float]) -> Grey:
    """A white A4 page of 50 dots to the inch with black boxes: left, top, right, bottom in mm."""
    dots = np.full((585, 413), 255, dtype=np.uint8)
    for blot in blots:
        left, top, right, bottom = (round(each * 50 / 25.4) for each in blot)
        dots[top:bottom, left:right] = 0
    return dots


def drawing(*fills: str) -> str:
    shapes = "".join(f'<rect width="5" height="5" fill="{fill}"/>' for fill in fills)
    return page(f"<h1>A</h1><svg><title>Two bars</title>{shapes}</svg>")


def alike(*fills: str) -> list[str]:
    found = check_chart_colours(html_root(drawing(*fills)))
    assert {each.code for each in found} <= {"marks-alike"}
    return [each.message for each in found]


class TestInk:
    def test_a_page_with_little_ink_is_good(self) -> None:
        text = sheet((20, 20, 190, 30))
        assert check_toner([text]) == []
        assert check_safe_edge(text, 1, 50, path=None) == []
        assert check_holes(text, 1, 50, path=None) == []

    def test_a_page_full_of_toner_is_told(self) -> None:
        dark = sheet((20, 20, 190, 100))
        page_, all_ = check_toner([dark])
        assert page_.message.startswith("page 1 is covered with toner by 21.")
        assert "on average" in all_.message

    def test_one_dark_page_among_light_ones_is_told_alone(self) -> None:
        (only,) = check_toner([sheet((20, 20, 190, 70)), sheet(), sheet()])
        assert "page 1" in only.message

    @pytest.mark.parametrize(
        ("blot", "edge"),
        [
            ((2, 100, 5, 101), "left"), ((206, 100, 209, 101), "right"),
            ((100, 3, 101, 5), "upper"), ((100, 292, 101, 295), "lower"),
        ],
    )  # fmt: skip
    def test_ink_where_printers_put_none_is_told(
        self, blot: tuple[float, float, float, float], edge: str
    ) -> None:
        (found,) = check_safe_edge(sheet(blot), 1, 50, path=None)
        assert found.code == "ink-at-edge"
        assert f"its {edge} edge" in found.message

    def test_ink_where_two_holes_are_punched_is_told(self) -> None:
        (found,) = check_holes(sheet((10, 108, 13, 109)), 1, 50, path=None)
        assert (found.code, "two holes" in found.message) == ("ink-in-holes", True)

    def test_ink_between_the_holes_is_nobody_s_loss(self) -> None:
        assert check_holes(sheet((10, 125, 13, 130)), 1, 50, path=None) == []


class TestColours:
    def test_lightness_runs_from_black_to_white(self) -> None:
        assert lightness((0, 0, 0)) == pytest.approx(0)
        assert lightness((1, 1, 1)) == pytest.approx(100)

    def test_red_and_green_come_near_each_other_without_the_green_cones(self) -> None:
        red, green = (0.8, 0.2, 0.1), (0.45, 0.45, 0.0)
        assert distance(red, green) > 60
        seen = [as_seen_with("deuteranopia", each) for each in (red, green)]
        assert distance(*seen) < 30

    def test_grey_looks_the_same_to_everybody(self) -> None:
        for deficiency in ("protanopia", "deuteranopia", "tritanopia"):
            assert as_seen_with(deficiency, (0.5, 0.5, 0.5)) == pytest.approx((0.5,) * 3, abs=0.01)

    def test_marks_of_one_grey_are_told(self) -> None:
        assert alike("#0b4f6c", "#9b1c1c") == [
            "in the drawing `Two bars` #0b4f6c and #9b1c1c are the same grey"
        ]

    def test_a_pale_mark_is_told(self) -> None:
        assert alike("#c8c8c8") == ["in the drawing `Two bars` #c8c8c8 can hardly be seen on paper"]

    def test_dark_and_light_marks_and_tints_are_good(self) -> None:
        assert alike("#1a1a1a", "#8f8f8f", "#f4f4f4", "#ffffff") == []


class TestCodes:
    def found(self, size: str, expected: tuple[str, ...]) -> list[str]:
        code = draw_qr(ADDRESS, STYLE, size_mm=25, alt="QR code").svg
        code = code.replace(f'width="{25:.2f}mm"', f'width="{size}"')
        code = code.replace(f'height="{25:.2f}mm"', f'height="{size}"')
        document = rendered(page(f"<h1>A</h1>{code}"))
        problems = check_print(document, addresses=expected, is_punched=True)
        return [each.message for each in problems if each.code == "unreadable-code"]

    def test_a_code_that_says_what_is_printed_is_good(self) -> None:
        assert self.found("25mm", (ADDRESS,)) == []

    def test_a_code_too_small_to_be_read_is_told(self) -> None:
        (only,) = self.found("5mm", (ADDRESS,))
        assert only == f"no QR code is read as `{ADDRESS}`"

    def test_a_code_that_says_something_else_is_told(self) -> None:
        other = "https://handouts.example.org/other/"
        assert self.found("25mm", (other,)) == [
            f"a QR code says `{ADDRESS}`, which is not printed",
            f"no QR code is read as `{other}`",
        ]


def test_the_command_finds_what_a_build_does_not(project: Project) -> None:
    project.write(
        "styles/components/contact.css",
        ".contact { position: absolute; inset-block-end: -30mm; font-size: 12pt }\n"
        ".contact p { background: #1a1a1a; color: #fff; padding: 30mm }\n",
    )
    name = "her2climb-stops-working"
    found = project.run("check", name, "--print", "--lang", "en").codes
    assert "too-much-toner" in found
    assert "too-much-toner" not in project.run("check", name, "--lang", "en").codes
