from __future__ import annotations

import pytest

from handouts.rendering.layout import Area, Heading, TextRun
from tests.rendering.samples import HANDOUT, page, rendered


def runs(html: str, words: str) -> list[TextRun]:
    return [run for p in rendered(html).layout.pages for run in p.runs if words in run.text]


def test_runs_say_where_text_is_and_how_large() -> None:
    (run,) = runs(HANDOUT, "Your treatment")
    assert run.tag == "h1"
    assert run.size_pt == pytest.approx(26)
    assert run.area.x == pytest.approx(20 / 25.4 * 96 + 8)  # the body has a margin
    assert 200 < run.area.width < 400
    assert rendered(HANDOUT).layout.pages[0].area.holds(run.area)


def test_roles_and_kinds_of_text() -> None:
    html = page(
        "<div class='banner'>Banner</div><h1>A</h1><ul><li>Item</li></ul>"
        "<div data-type-role='chart'><p>Label</p></div><p style='visibility: hidden'>Gone</p>"
    )
    found = {
        run.text: (run.role, run.in_margin, run.generated)
        for run in rendered(html).layout.pages[0].runs
    }
    assert found == {
        "A": ("text", False, False),
        "• ": ("text", False, True),
        "Item": ("text", False, False),
        "Label": ("chart", False, False),
        "Banner": ("margin", True, False),
        "Page 1 of 1": ("margin", True, True),
    }


def test_a_repeated_table_head_is_known() -> None:
    assert [run.repeated for run in runs(HANDOUT, "People")] == [False, True]
    assert not any(run.repeated for run in runs(HANDOUT, " of 100"))


def test_hyphens_that_are_not_in_the_html() -> None:
    html = page("<h1>A</h1><p style='width: 20mm; hyphens: auto'>Well-known hypersensitivity</p>")
    assert [run.text[-1] for run in runs(html, "") if run.hyphenated] == ["‐"]


def test_headings_in_order() -> None:
    assert rendered(HANDOUT).layout.headings == (
        Heading(1, "Your treatment & you"),
        Heading(2, "Steps"),
        Heading(2, "The end"),
    )


def test_a_block_that_is_split_shows_on_both_pages() -> None:
    pages = rendered(HANDOUT).layout.pages
    tables = [[block for block in p.blocks if block.tag == "table"] for p in pages[:2]]
    assert [len(found) for found in tables] == [1, 1]
    assert tables[0][0].index == tables[1][0].index
    rows = [block.index for p in pages for block in p.blocks if block.tag == "tr"]
    assert len(set(rows)) == 41


def test_pictures_tell_their_words_but_not_their_title() -> None:
    (picture,) = [each for p in rendered(HANDOUT).layout.pages for each in p.pictures]
    assert picture.texts == ("5 of 100 people",)
    assert (picture.area.width, picture.area.height) == (200, 60)


def test_areas() -> None:
    area = Area(10, 10, 100, 50)
    assert area.holds(Area(9.6, 10, 100.3, 50))
    assert not area.holds(Area(10, 10, 101, 50))
    assert not area.holds(Area(10, 9, 10, 10))
