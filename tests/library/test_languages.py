"""Our translated handouts as they are printed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from handouts.build.folders import Folders
from handouts.build.job import look_of
from handouts.build.typesetting import Typesetter
from handouts.checks.printed import printed
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.compose import UNCHECKED_TRANSLATION, HtmlDocument
from handouts.rendering.pdf import PdfDocument
from handouts.rendering.translations import translations_for
from tests.projects import ROOT, our_page

HANDOUT = "her2climb-stops-working"
FACT = re.compile(r'data-fact="([^"]+)"')
LANGUAGES = ("es", "ar")


def edition(language: str) -> Edition:
    return Edition(HANDOUT, Kind.PATIENT, language, Format.STANDARD, Paper.A4, "default")


def page(language: str) -> HtmlDocument:
    return our_page(edition(language))


@cache
def pdf(language: str) -> PdfDocument:
    folders = Folders(ROOT, ROOT / "content", ROOT / "output")
    setter = Typesetter(folders, look_of(folders))
    return setter.render(page(language), edition(language), Path.read_bytes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_prints_the_facts_of_its_source(language: str) -> None:
    assert sorted(FACT.findall(page(language).html)) == sorted(FACT.findall(page("en").html))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_components_of_its_source_in_order(language: str) -> None:
    def components(html: str) -> list[str]:
        return re.findall(r'<(?:section|div|figure) class="([a-z-]+)"', html)

    own = [each for each in components(page(language).html) if each != "translation"]
    assert own == components(page("en").html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_in_two_languages_that_it_is_a_draft(language: str) -> None:
    own = translations_for(language)(UNCHECKED_TRANSLATION)
    for each in pdf(language).layout.pages:
        said = " ".join(run.text for run in each.runs)
        letters = re.sub(r"[\W_]+", " ", said)
        for banner in (UNCHECKED_TRANSLATION, own):
            assert re.sub(r"[\W_]+", " ", banner).strip() in letters, each.number


@pytest.mark.parametrize(
    ("language", "name"), [("es", "Español / <span"), ("ar", "العربية / <span")]
)
def test_page_one_names_the_language_twice(language: str, name: str) -> None:
    html = page(language).html
    assert name in html
    assert (
        '<p class="translation__source" lang="en" dir="ltr">When HER2CLIMB stops working</p>'
        in (html)
    )
    assert translations_for(language)("Do you need an interpreter? Ask us. It is free.") in html


def test_arabic_runs_from_right_to_left() -> None:
    assert '<html lang="ar" dir="rtl"' in page("ar").html
    assert '<html lang="ar" dir="rtl"' in page("ar").twin


@pytest.mark.parametrize("text", ["38\u00a0°C (100.4\u00a0°F)", "HER2-PT-02-AR"])
def test_numbers_stand_in_their_own_order_on_the_arabic_page(text: str) -> None:
    """The glyphs of a line, from left to right, hold the text as it is read."""
    wanted = text.replace("\u00a0", "").replace(" ", "")
    for each in printed(pdf("ar").data).pages:
        lines: dict[float, list[tuple[float, str]]] = {}
        for shown in each.shown:
            lines.setdefault(round(shown.start[1]), []).append((shown.start[0], shown.text))
        for line in lines.values():
            said = "".join(text for _, text in sorted(line)).replace("\u00a0", "")
            if wanted in said.replace(" ", ""):
                return
    raise AssertionError(f"{text} is on no page in this order")
