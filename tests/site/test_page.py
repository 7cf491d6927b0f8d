"""The library page of made-up libraries: what it says, and what can't break it."""

from __future__ import annotations

import re
from dataclasses import replace

from handouts.build.site.catalogue import Catalogue
from handouts.build.site.page import page_of
from handouts.models.edition import Kind, Paper
from tests.site.pages import HOSTILE, Page, entry, large_library, sheet


def library(*sheets: object, **more: object) -> Catalogue:
    return Catalogue("A library", "A publisher", tuple(sheets), **more)  # type: ignore[arg-type]


def test_a_document_is_shown_with_its_state_its_version_and_all_its_editions() -> None:
    a4, letter = entry("a-sheet"), entry("a-sheet", paper=Paper.LETTER)
    page = page_of(library(sheet(a4, letter)))
    for words in ("A sheet", "Draft, not checked", "Version 1.2", "20\xa0November\xa02026"):
        assert words in page
    links = [address for tag, address in Page(page).addresses if tag == "a"]
    assert {a4.path, letter.path, a4.html} <= set(links)
    assert a4.thumbnails[0] in page


def test_patients_come_first_and_the_languages_of_a_document_link_to_each_other() -> None:
    english, arabic = entry("a-sheet"), entry("a-sheet", "ar", title="ورقة")
    page = page_of(library(sheet(english), sheet(arabic), sheet(entry("a", kind=Kind.TRIAL))))
    assert page.index("For patients</h2>") < page.index("For clinicians</h2>")
    assert f'<a href="{arabic.html}" lang="ar">العربية</a>' in page
    assert f'<h4 lang="ar" dir="rtl"><a href="{arabic.html}">ورقة</a>' in page


def test_a_reviewed_document_is_no_draft_and_an_expired_one_is_said_to_be() -> None:
    checked = replace(entry("a"), review_state="reviewed", next_review="2028-01-01")
    page = page_of(library(sheet(checked)))
    assert "Checked, valid until 2028-01-01" in page
    assert "noindex" not in page
    assert "draft" not in page
    page = page_of(library(sheet(replace(checked, review_state="expired"))))
    assert "Check out of date" in page
    assert "noindex" in page


def test_words_of_users_can_not_break_the_page() -> None:
    hostile = sheet(entry("a-sheet", title=HOSTILE), text=HOSTILE)
    page = page_of(replace(library(hostile), title=HOSTILE))
    found = Page(page)
    assert found.scripts == [{"src": "assets/library.js", "defer": None}]
    assert found.handlers == []
    assert "\u202e" not in page
    assert "سلام" in page


def test_an_odd_language_or_paper_of_an_older_manifest_is_shown_as_it_is() -> None:
    odd = replace(entry("a-sheet", "x_!"), paper="b5")
    assert "Standard print, b5" in page_of(library(sheet(odd)))


def test_an_empty_library_says_so() -> None:
    assert "There are no documents here yet." in page_of(library())


def test_a_thousand_documents_stay_under_a_megabyte() -> None:
    page = page_of(large_library(1000))
    assert len(re.findall("<li class=.card.", page)) == 1000
    assert len(page.encode()) < 1_000_000
