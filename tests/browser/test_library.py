"""The library page in a real browser, where there is one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from handouts.build.site.catalogue import Catalogue
from handouts.build.site.files import files_of
from handouts.models.edition import Format, Kind, Paper
from tests.browser.pages import PHONE, Axe, Browser, runs_over
from tests.browser.site import HANDOUT, Site
from tests.projects import ROOT
from tests.site.pages import entry, large_library, sheet


def opened(browser: Browser, folder: Path, catalogue: Catalogue, fragment: str = "") -> Any:
    for path, data in files_of(catalogue, lambda path: path.encode()).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    for name in ("screen.css", "tokens.css", "tokens.dark.css", "library.css"):
        shutil.copy(ROOT / "styles" / name, folder / "assets" / name)
    return browser.open(f"{(folder / 'index.html').as_uri()}{fragment}", width=PHONE)


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


def test_what_is_typed_and_chosen_decides_what_is_shown(browser: Browser, tmp_path: Path) -> None:
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
    page.get_by_label("Paper").select_option("US Letter")
    links = [e.get_attribute("href") for e in page.locator(".save").all() if e.is_visible()]
    assert links == ["default/en/a/a.en.large-print.letter.pdf"]
    page.get_by_label("Print size").select_option("All sizes")
    page.get_by_label("Language").select_option("es")
    page.get_by_label("Paper").select_option("A4")
    assert shown(page) == ["Una biopsía del corazón"]
    page.get_by_label("Search").fill("sea")
    page.get_by_role("button", name="Clear search and filters").click()
    page.get_by_label("Language").select_option("")
    assert len(shown(page)) == 3
    assert not runs_over(page)


def test_choices_are_remembered_and_stand_in_the_address(browser: Browser, tmp_path: Path) -> None:
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
    browser: Browser, tmp_path: Path
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
    assert page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") < 5000


def test_a_clinic_is_one_of_the_filters(browser: Browser, tmp_path: Path) -> None:
    sheets = (sheet(entry("a")), sheet(entry("b", clinic="north", title="Of the north")))
    page = opened(browser, tmp_path, Catalogue("A library", "A publisher", sheets))
    page.get_by_label("Clinic").select_option("north")
    assert shown(page) == ["Of the north"]


def test_without_a_script_everything_is_there(browser: Browser, site: Site) -> None:
    page = browser.open(site.library, width=PHONE, script=False)
    assert len(shown(page)) == len(site.twins) == 6
    assert not page.get_by_role("search").is_visible()
    page.get_by_role("link", name="When HER2CLIMB stops working").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "When HER2CLIMB stops working"


def test_a_keyboard_alone_finds_reads_and_switches_language(browser: Browser, site: Site) -> None:
    page = browser.open(site.library)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("stops working")
    assert page.get_by_role("status").inner_text() == "1 document"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.textContent") != "Read on screen":
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement !== document.body")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/en/{HANDOUT}/index.html")
    while page.evaluate("document.activeElement.lang") != "ar":
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement !== document.body")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ar/{HANDOUT}/index.html")
    assert page.evaluate("document.documentElement.dir") == "rtl"


def test_the_library_has_no_barriers(browser: Browser, site: Site, axe: Axe) -> None:
    for width, dark in ((1280, False), (PHONE, True)):
        page = browser.open(site.library, width=width, dark=dark)
        assert axe.violations(page) == []
        assert not runs_over(page)
        page.get_by_role("radio", name="For clinicians").check()
        assert axe.violations(page) == []
        page.context.close()
