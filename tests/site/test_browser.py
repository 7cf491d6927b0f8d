"""The library page in a real browser, where there is one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handouts.build.site.catalogue import Catalogue
from handouts.build.site.files import files_of
from handouts.models.edition import Format, Kind, Paper
from tests.projects import ROOT
from tests.site.pages import entry, large_library, sheet

playwright = pytest.importorskip(
    "playwright.sync_api", reason="Playwright is not installed: the page is not tried in a browser"
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no Chromium: the page is not tried in a browser"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


def opened(browser: Any, folder: Path, catalogue: Catalogue, fragment: str = "") -> Any:
    for path, data in files_of(catalogue, lambda path: path.encode()).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    for name in ("tokens.css", "tokens.dark.css", "library.css"):
        shutil.copy(ROOT / "styles" / name, folder / "assets" / name)
    page = browser.new_context(locale="en-GB", viewport={"width": 320, "height": 700}).new_page()
    page.goto(f"{(folder / 'index.html').as_uri()}{fragment}")
    return page


def shown(page: Any) -> list[str]:
    titles = page.locator(".card h4").all()
    return [each.inner_text() for each in titles if each.is_visible()]


def small() -> Catalogue:
    both = [entry("a", form=form, paper=paper) for form in Format for paper in Paper]
    return Catalogue(
        "A library", "A publisher",
        (
            sheet(*both),
            sheet(entry("b", title="Second sheet"), text="Only about hearts."),
            sheet(entry("a", "es", title="Una biopsía del corazón"), text="Para todos."),
            sheet(entry("t", kind=Kind.TRIAL, title="A trial")),
        ),
    )  # fmt: skip


def test_what_is_typed_and_chosen_decides_what_is_shown(browser: Any, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, small())
    assert shown(page) == ["A sheet", "Second sheet"]
    page.get_by_label("Search").fill("HEÁRTS")
    assert shown(page) == ["Second sheet"]
    assert page.get_by_role("status").inner_text() == "1 document"
    page.get_by_label("Search").fill("CORAZON")
    assert shown(page) == []
    page.get_by_role("button", name="Show 1 in other languages").click()
    assert shown(page) == ["Una biopsía del corazón"]
    page.get_by_label("Search").fill("")
    page.get_by_label("Print size").select_option("Large print")
    assert shown(page) == ["A sheet"]
    links = [e.get_attribute("href") for e in page.locator(".save").all() if e.is_visible()]
    assert links == ["default/en/a/a.en.large-print.a4.pdf"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_choices_are_remembered_and_stand_in_the_address(browser: Any, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, small())
    page.get_by_role("radio", name="For clinicians").check()
    assert shown(page) == ["A trial"]
    assert "for=clinicians" in page.url
    page.goto((tmp_path / "index.html").as_uri())
    page.reload()
    assert shown(page) == ["A trial"]
    for place in ("for=patients&lang=es", "for=clinicians", "patients.es"):
        page.goto(f"{(tmp_path / 'index.html').as_uri()}#{place}")
        wanted = "A trial" if place == "for=clinicians" else "Una biopsía del corazón"
        assert shown(page) == [wanted]


def test_a_key_pressed_is_answered_at_once_by_a_thousand_documents(
    browser: Any, tmp_path: Path
) -> None:
    page = opened(browser, tmp_path, large_library(1000))
    search = page.get_by_label("Search")
    search.fill("part 99")
    times = page.evaluate(
        """() => ["", "b", "bl", "part 9", ""].map((words) => {
            const field = document.getElementById("q");
            const start = performance.now();
            field.value = words;
            field.dispatchEvent(new Event("input", { bubbles: true }));
            document.body.offsetHeight;
            return performance.now() - start;
        })"""
    )
    assert sorted(times)[len(times) // 2] < 100
