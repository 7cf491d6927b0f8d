"""The pages for screens in a real browser: each kind of document, each language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.browser.pages import PHONE, Axe, Browser, runs_over
from tests.browser.site import HANDOUT, Site
from tests.site.pages import broken_links, loaded_from_elsewhere

PAGES = [
    (HANDOUT, "en"), (HANDOUT, "es"), (HANDOUT, "ar"),
    ("her2climb", "en"), ("four-trials", "en"), ("trial-methods", "en"),
]  # fmt: skip


def background(page: Any) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_it_has_no_barriers_in_any_light_and_fits_a_phone(
    browser: Browser, site: Site, axe: Axe, name: str, language: str
) -> None:
    seen = set()
    for width, dark in ((1280, False), (PHONE, True)):
        page = browser.open(site.twin(name, language), width=width, dark=dark)
        assert axe.violations(page) == []
        assert not runs_over(page)
        seen.add(background(page))
        page.context.close()
    assert seen == {"rgb(255, 255, 255)", "rgb(20, 25, 28)"}


def test_arabic_is_read_from_the_right(browser: Browser, site: Site) -> None:
    page = browser.open(site.twin(HANDOUT, "ar"), width=PHONE)
    heading = page.get_by_role("heading", level=2).first
    assert heading.evaluate("(each) => getComputedStyle(each).direction") == "rtl"
    box = heading.evaluate(
        "(each) => { const range = document.createRange(); range.selectNodeContents(each);"
        " const box = range.getBoundingClientRect(); return [box.left, innerWidth - box.right]; }"
    )
    assert box[1] < box[0]


def test_languages_lead_to_one_another_without_a_script(browser: Browser, site: Site) -> None:
    page = browser.open(site.twin(HANDOUT), script=False)
    for language, name in (("es", "Español"), ("ar", "العربية"), ("en", "English")):
        page.get_by_role("link", name=name).click()
        assert page.evaluate("document.documentElement.lang") == language


def test_words_twice_as_large_run_over_nothing(browser: Browser, site: Site) -> None:
    page = browser.open(site.twin(HANDOUT), width=640)
    page.add_style_tag(content="html { font-size: 200% }")
    assert not runs_over(page)


def test_charts_have_their_numbers_as_a_table_or_in_words(browser: Browser, site: Site) -> None:
    page = browser.open(site.twin("her2climb"), script=False)
    for chart in page.locator("svg").all():
        assert chart.get_attribute("aria-hidden") or chart.locator("title").count()
    assert page.locator("table").count() >= 2


def test_printed_it_is_its_words_without_the_ways_to_other_pages(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    page = browser.open(site.twin(HANDOUT), dark=True)
    page.pdf(path=tmp_path / "printed.pdf", format="A4", print_background=True)
    document = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    text = "".join(each.get_textpage().get_text_range() for each in document)
    corner = document[0].render(scale=0.5).to_pil().convert("L").getpixel((3, 3))
    document.close()
    assert "The main points" in text
    assert "All documents" not in text
    assert corner == 255


def test_no_link_of_the_site_is_dead_and_nothing_comes_from_elsewhere(site: Site) -> None:
    files = {
        each.relative_to(site.folder).as_posix(): each.read_bytes()
        for each in site.folder.rglob("*")
        if each.is_file()
    }
    assert list(broken_links(files)) == []
    assert list(loaded_from_elsewhere(files)) == []
    library = files["index.html"].decode()
    pdfs = [path for path in files if path.endswith(".pdf")]
    assert len(pdfs) == 6
    assert [path for path in pdfs if f'href="{path}"' not in library] == []
