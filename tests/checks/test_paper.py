from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handouts.checks.paper import (
    CLINICIAN_FLOORS,
    LARGE_PRINT_FLOORS,
    PATIENT_FLOORS,
    check_page_count,
    check_page_size,
    check_text_inside,
    check_type_size,
)
from tests.rendering.samples import HANDOUT, page, rendered

if TYPE_CHECKING:
    from handouts.diagnostics import Diagnostic


def said(found: list[Diagnostic]) -> list[tuple[str, str]]:
    assert all(each.severity == "error" for each in found)
    return [(each.code, each.message) for each in found]


def test_a_good_document_passes() -> None:
    document = rendered(HANDOUT)
    assert check_page_size(document) == check_page_size(document, paper="a4") == []
    assert check_page_count(document, limit=3) == []
    assert check_type_size(document, floors=PATIENT_FLOORS) == []
    assert check_text_inside(document) == []


@pytest.mark.parametrize(
    ("size", "message"),
    [
        ("A5", "page 1 is 419.53 × 595.28 pt, not A4 or Letter"),
        ("209.9mm 297mm", "page 1 is 594.99 × 841.89 pt, not A4 or Letter"),
    ],
)
def test_other_paper_is_caught(size: str, message: str) -> None:
    html = page("<h1>A</h1>", style=f"@page {{ size: {size} }}")
    found = check_page_size(rendered(html), path="a.md")
    assert said(found) == [("wrong-page-size", message)]
    assert found[0].path == "a.md"


def test_letter_is_allowed_unless_a4_is_asked_for() -> None:
    document = rendered(page("<h1>A</h1>", style="@page { size: letter }"))
    assert check_page_size(document) == check_page_size(document, paper="letter") == []
    assert said(check_page_size(document, paper="a4")) == [
        ("wrong-page-size", "page 1 is 612.00 × 792.00 pt, not A4")
    ]


def test_a_change_of_paper_is_caught() -> None:
    html = page(
        "<h1>A</h1><p style='page: other'>x</p>",
        style="@page other { size: letter }",
    )
    assert said(check_page_size(rendered(html))) == [
        ("wrong-page-size", "page 2 is of another size than page 1")
    ]


def test_too_many_pages_are_caught() -> None:
    assert said(check_page_count(rendered(HANDOUT), limit=1)) == [
        ("too-many-pages", "takes 3 pages, may take 1")
    ]


SMALL = page(
    "<h1>A</h1><p style='font-size: 11.5pt'>Small print</p>"
    "<p data-type-role='chart' style='font-size: 10.5pt'>Label</p>"
    "<svg width='200' height='50' viewBox='0 0 400 100'><title>T</title>"
    "<g transform='scale(2)'><text y='40' font-size='13.5' font-family='Source Sans 3'>one word"
    "</text></g></svg>",
    style="@page { @bottom-center { font-size: 9pt } }",
)


def test_small_type_is_caught_by_role() -> None:
    assert said(check_type_size(rendered(SMALL), floors=PATIENT_FLOORS)) == [
        (
            "type-too-small",
            "page 1 sets `Small print` in 11.5 pt; the least for running text is 12 pt",
        ),
        (
            "type-too-small",
            "page 1 sets `Page 1 of 1` in 9 pt; the least for page headers and footers is 10 pt",
        ),
        (
            "type-too-small",
            "page 1 sets `oneword` in 10.12 pt; the least for charts is 10.5 pt",
        ),
    ]
    assert check_type_size(rendered(SMALL), floors=CLINICIAN_FLOORS) == []


def test_one_floor_holds_for_all_roles() -> None:
    found = said(check_type_size(rendered(SMALL), floors=LARGE_PRINT_FLOORS))
    assert len(found) == 4
    assert {code for code, _ in found} == {"type-too-small"}


def test_text_off_the_page_is_caught() -> None:
    html = page(f"<h1>A</h1><p style='white-space: nowrap'>{'far ' * 60}</p>")
    assert said(check_text_inside(rendered(html))) == [
        (
            "text-off-page",
            (
                "page 1: `far far far far far far far far far far…` goes over the right edge of "
                "the page's text area"
            ),
        )
    ]


def test_text_in_the_page_margin_is_caught() -> None:
    html = page("<h1>A</h1><p style='margin-left: -15mm'>Left</p>")
    assert said(check_text_inside(rendered(html))) == [
        ("text-off-page", "page 1: `Left` goes over the left edge of the page's text area")
    ]


def test_a_footer_off_the_sheet_is_caught() -> None:
    style = "@page { @bottom-center { content: 'Footer'; margin-top: 30mm } }"
    assert said(check_text_inside(rendered(page("<h1>A</h1>", style=style)))) == [
        ("text-off-page", "page 1: `Footer` goes over the lower edge of the page")
    ]


def test_words_cut_off_by_their_box_are_caught() -> None:
    html = page("<h1>A</h1><p style='height: 8mm; overflow: hidden'>One line<br>two<br>three</p>")
    assert said(check_text_inside(rendered(html))) == [
        ("text-off-page", "page 1: `two` is cut off by its box"),
        ("text-off-page", "page 1: `three` is cut off by its box"),
    ]


@pytest.mark.parametrize(
    "attributes", ["x='50' y='20'", "x='-9' y='20'", "transform='translate(10 20) rotate(-90)'"]
)
def test_words_cut_off_by_their_drawing_are_caught(attributes: str) -> None:
    html = page(
        f"<h1>A</h1><svg width='90' height='30'><title>T</title><text {attributes} "
        "font-size='16' font-family='Source Sans 3'>A label</text></svg>"
    )
    assert said(check_text_inside(rendered(html))) == [
        ("text-off-page", "page 1: `Alabel` is not inside of its drawing")
    ]
