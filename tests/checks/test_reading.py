from __future__ import annotations

from handouts.checks.reading import check_bookmarks, check_headings, check_reading_order
from tests.rendering.samples import HANDOUT, page, rendered


def test_a_good_document_passes() -> None:
    document = rendered(HANDOUT)
    assert check_reading_order(document) == []
    assert check_headings(document) == []
    assert check_bookmarks(document) == []


def test_a_heading_that_goes_over_two_pages_is_caught() -> None:
    html = page(f"<h1>A</h1><h2>{'far ' * 60}</h2>", style="h2 { font-size: 60pt }")
    (only,) = check_headings(rendered(html), path="a.md")
    assert (only.code, only.path) == ("wrong-headings", "a.md")


def test_bookmarks_that_differ_from_headings_are_caught() -> None:
    missing = page("<h1>A</h1><h2>B</h2>", style="h2 { bookmark-level: none }")
    other = page("<h1>A</h1>", style="h1 { bookmark-label: 'C' }")
    more = page("<h1>A</h1><p>B</p>", style="p { bookmark-level: 2; bookmark-label: 'B' }")
    messages = []
    for html in (missing, other, more):
        (only,) = check_bookmarks(rendered(html), path="a.md")
        assert (only.code, only.path) == ("wrong-bookmarks", "a.md")
        messages.append(only.message)
    assert messages == [
        "a heading has no bookmark: `B`",
        "the bookmark `C` (level 1) stands for the heading `A` (level 1)",
        "a bookmark has no heading: `B`",
    ]
