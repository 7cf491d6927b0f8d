"""Pictures of pages: where two differ, and what the pictures show."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from handouts.checks.page_differences import changed_boxes, overlay, page_differences
from tests.rendering.samples import page, renderer

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.checks.page_differences import Box, Picture


def sheet(*ink: Box) -> Picture:
    """A white sheet with black boxes."""
    picture = np.full((120, 90, 3), 255, dtype=np.uint8)
    for left, top, right, bottom in ink:
        picture[top:bottom, left:right] = 0
    return picture


def pdf(body: str, style: str = "") -> bytes:
    from tests.projects import ROOT

    return renderer().render(page(body, style=style), base_url=ROOT).data


def opened(png: bytes | None) -> Picture:
    assert png is not None
    return np.array(Image.open(io.BytesIO(png)).convert("RGB"))


def test_a_box_goes_round_what_differs_and_no_further() -> None:
    assert list(changed_boxes(sheet(), sheet((20, 30, 41, 38)))) == [(20, 30, 41, 38)]


def test_what_lies_apart_has_boxes_of_its_own_from_above() -> None:
    low, high = (10, 90, 20, 95), (60, 10, 70, 15)
    assert list(changed_boxes(sheet(), sheet(low, high))) == [high, low]


def test_what_lies_close_shares_a_box() -> None:
    assert list(changed_boxes(sheet(), sheet((10, 10, 20, 20), (24, 10, 30, 20)))) == [
        (10, 10, 30, 20)
    ]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 89), st.integers(0, 119)), max_size=12))
def test_every_pixel_that_differs_is_in_exactly_one_box(points: list[tuple[int, int]]) -> None:
    boxes = list(changed_boxes(sheet(), sheet(*((x, y, x + 1, y + 1) for x, y in points))))
    for x, y in points:
        inside = [box for box in boxes if box[0] <= x < box[2] and box[1] <= y < box[3]]
        assert len(inside) == 1


def test_an_overlay_is_orange_where_only_the_old_page_has_ink_and_blue_where_the_new_one() -> None:
    both = overlay(sheet((0, 0, 30, 10), (40, 0, 50, 10)), sheet((20, 0, 30, 10), (60, 0, 70, 10)))
    assert both[5, 45].tolist() == [213, 94, 0]
    assert both[5, 65].tolist() == [0, 114, 178]
    assert both[80, 45].tolist() == [255, 255, 255]
    grey = both[5, 25].tolist()
    assert grey[0] == grey[1] == grey[2] < 200


class TestPages:
    def test_the_same_file_has_no_differences(self) -> None:
        data = pdf("<h1>A</h1>")
        assert list(page_differences(data, data)) == []

    def test_only_pages_that_look_different_are_given(self) -> None:
        three = (
            '<h1>A</h1><h2 style="break-before: page">{}</h2><p style="break-before: page">C</p>'
        )
        found = list(page_differences(pdf(three.format("B")), pdf(three.format("D"))))
        assert [each.number for each in found] == [2]

    def test_the_pictures_show_the_pages_with_a_frame_round_what_differs(self) -> None:
        (found,) = page_differences(pdf("<h1>Old</h1>"), pdf("<h1>New</h1>"))
        ((left, top, _, _),) = found.boxes
        assert opened(found.old).shape == (found.height, found.width, 3)
        frame = (top - 5, left)
        assert opened(found.old)[frame].tolist() == pytest.approx([213, 94, 0], abs=16)
        assert opened(found.new)[frame].tolist() == pytest.approx([0, 114, 178], abs=16)
        assert opened(found.overlay)[frame].max() < 60

    def test_a_colour_alone_makes_a_difference(self) -> None:
        a, b = (pdf("<h1>A</h1>", style=f"h1 {{ color: {c} }}") for c in ("#123456", "#123458"))
        (found,) = page_differences(a, b)
        assert len(found.boxes) == 1

    def test_a_page_more_is_shown_alone(self) -> None:
        two = '<h1>A</h1><p style="break-before: page">B</p>'
        *_, found = page_differences(pdf("<h1>A</h1>"), pdf(two))
        assert (found.number, found.boxes, found.old) == (2, (), None)
        assert found.new

    def test_the_same_change_on_a_later_page_is_a_repetition(self) -> None:
        body = '<h1>{0}</h1><h1 class="next">{0}</h1><h1 class="next">{1}</h1>'
        body = body.replace('class="next"', 'style="break-before: page"')
        old, new = pdf(body.format("Old", "Older")), pdf(body.format("New", "Newer"))
        assert [each.is_repetition for each in page_differences(old, new)] == [False, True, False]


def test_the_pictures_are_the_same_each_time(tmp_path: Path) -> None:
    old, new = pdf("<h1>Old</h1>"), pdf("<h1>New</h1>")
    assert list(page_differences(old, new)) == list(page_differences(old, new))
