"""The preview in a browser: what an editor sees after each edit, and how soon."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.pages import PHONE, Axe, Browser, runs_over
from tests.browser.running import (
    GOOD,
    HANDOUT,
    NO_PROBLEMS,
    PICTURES,
    TWIN,
    Preview,
    shows_problem,
    twin_says,
    until,
)
from tests.projects import FACTS, PATIENT, ROOT, SETTINGS, Project
from tests.projects import TRIAL as TRIAL_FILE

SLOWEST_S = 5.0
"""A test on a busy machine only tells whether something hangs; the times are printed."""


@pytest.fixture(scope="module")
def page(preview: Preview, browser: Browser) -> Any:
    """The handout, drawn and checked."""
    page = browser.open(f"{preview.address}?document={HANDOUT}")
    until(page, f"{GOOD} && document.querySelectorAll('#pages img').length === 4")
    return page


def restore(project: Project) -> None:
    for name in ("templates", "styles"):
        shutil.rmtree(project.path(name), ignore_errors=True)


def sentence(project: Project) -> None:
    project.replace(PATIENT, "Cancer often finds a way", "Cancer may well find a way")


def fact(project: Project) -> None:
    project.replace(FACTS, "people studied, value: 11,", "people studied, value: 17,")


def style(project: Project) -> None:
    text = (ROOT / "styles" / "tokens.css").read_text(encoding="utf-8")
    project.write("styles/tokens.css", text.replace("--brand: #0b4f6c", "--brand: #5c2d7a"))


def template(project: Project) -> None:
    name = "templates/components/main-points.html.jinja"
    text = (ROOT / name).read_text(encoding="utf-8")
    project.write(name, text.replace('class="main-points">', 'class="main-points"><hr>'))


EDITS: dict[str, tuple[Callable[[Project], None], str]] = {
    "sentence": (sentence, twin_says("Cancer may well find a way")),
    "fact": (fact, twin_says("a study of only 17")),
    "stylesheet": (
        style,
        f"getComputedStyle({TWIN}.querySelector('h2')).color === 'rgb(92, 45, 122)'",
    ),
    "template": (template, f"{TWIN}.querySelector('.main-points > hr')"),
}


def test_each_edit_is_seen_on_paper_and_on_screen(
    page: Any, preview: Preview, capsys: pytest.CaptureFixture[str]
) -> None:
    times = {}
    for name, (edit, is_seen) in EDITS.items():
        before = page.evaluate(PICTURES)
        saved = time.time()
        edit(preview.project)
        on_screen = until(page, is_seen) - saved
        on_paper = until(page, f"{PICTURES} !== {before!r}") - saved
        times[name] = (on_screen, on_paper)
        until(page, f"{GOOD} || !({NO_PROBLEMS})")
    restore(preview.project)
    until(page, f"getComputedStyle({TWIN}.querySelector('h2')).color !== 'rgb(92, 45, 122)'")
    with capsys.disabled():
        print("\nfrom saving to seeing, four pages, on screen and on paper:")
        for name, (screen, paper) in times.items():
            print(f"  {name:10} {screen:.2f} s {paper:.2f} s")
    assert max(max(each) for each in times.values()) < SLOWEST_S


def test_the_place_on_the_page_is_kept(page: Any, preview: Preview) -> None:
    page.evaluate(f"{TWIN}.fonts.ready.then(() => true)")
    page.evaluate(f"{TWIN}.defaultView.scrollTo({{top: 700, behavior: 'instant'}})")
    page.evaluate("document.getElementById('pages').scrollTop = 900")
    preview.project.replace(PATIENT, "Ask what could come next.", "Ask what may come next.")
    until(page, twin_says("Ask what may come next."))
    until(page, GOOD)
    assert page.evaluate(f"{TWIN}.defaultView.scrollY") == 700
    assert page.evaluate("document.getElementById('pages').scrollTop") == 900


def bad_yaml(project: Project) -> None:
    project.replace(TRIAL_FILE, "tucatinib: {value: 33.1", "tucatinib: {value: [33.1")


def bad_settings(project: Project) -> None:
    project.write(SETTINGS, f"{project.text(SETTINGS)}  : [\n")


def no_trial(project: Project) -> None:
    project.remove("content/trials/her2climb")


def bad_template(project: Project) -> None:
    project.write("templates/kinds/patient.html.jinja", "{% if %}\n")


def failing_template(project: Project) -> None:
    project.write("templates/kinds/patient.html.jinja", "\n{{ (1).fail }}\n")


def bad_style(project: Project) -> None:
    project.write("styles/page.css", "@page { margin: }\nbody } color: {\n")


def bad_number(project: Project) -> None:
    project.replace(PATIENT, "Ask what", "Ask 7 what")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (bad_yaml, "content/trials/her2climb/trial.yaml:189:"),
        (bad_settings, "content/project.yaml:"),
        (no_trial, "her2climb-stops-working/en.md:"),
        (bad_template, "templates/kinds/patient.html.jinja:1"),
        (failing_template, "templates/kinds/patient.html.jinja:2"),
        (bad_style, "styles/page.css"),
        (bad_number, "her2climb-stops-working/en.md:16:"),
    ],
)
def test_what_breaks_is_named_beside_the_last_good_page(
    page: Any, preview: Preview, spoil: Callable[[Project], None], said: str
) -> None:
    project = preview.project
    kept = project.copied_to(project.root.parent / f"kept-{spoil.__name__}")
    try:
        spoil(project)
        until(page, shows_problem(said))
        until(page, "document.querySelector('#state.state--refused, #state.state--failing')")
        assert page.evaluate("document.querySelectorAll('#pages img').length") >= 4
        assert page.evaluate(twin_says("Cancer may well find a way"))
    finally:
        restore(project)
        shutil.copytree(kept.path("content"), project.path("content"), dirs_exist_ok=True)
    until(page, f"{NO_PROBLEMS} && !document.querySelector('#state.state--refused')")


def test_it_has_no_barriers_and_fits_a_phone(browser: Browser, preview: Preview, axe: Axe) -> None:
    for width, dark, document in ((1280, False, HANDOUT), (PHONE, True, HANDOUT), (1280, True, "")):
        address = f"{preview.address}?document={document}" if document else preview.address
        page = browser.open(address, width=width, dark=dark)
        frame = "#frames" if document else "#library"
        until(page, f"document.querySelector('{frame} iframe:not(.coming)')")
        assert not runs_over(page)
        assert axe.violations(page) == []
        page.context.close()


def test_a_keyboard_alone_leads_from_the_library_to_a_document(
    browser: Browser, preview: Preview
) -> None:
    page = browser.open(preview.address)
    until(page, "document.querySelector('#library iframe:not(.coming)')")
    page.get_by_label("Document").focus()
    page.keyboard.type("When HER2")
    page.keyboard.press("Enter")
    until(page, f"{TWIN}.querySelector('h1').innerText.includes('HER2CLIMB')")
    assert f"document={HANDOUT.replace('/', '%2F')}" in page.url
    page.go_back()
    until(page, "!document.getElementById('library-pane').hidden")
    page.frame_locator("#library iframe").get_by_role("link", name="When HER2CLIMB").first.click()
    until(
        page, f"location.search.includes('her2climb-stops-working') && {TWIN}.querySelector('h1')"
    )
    page.context.close()
