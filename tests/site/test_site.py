"""The site that a build leaves in the output folder."""

from __future__ import annotations

import json

import pytest

from handouts.build.foreign import foreign_in_page
from tests.projects import PATIENT_TWIN, TRIAL_PDF, Project
from tests.site.pages import Page, broken_links, loaded_from_elsewhere

HANDOUT = "content/patient/her2climb-stops-working"


def test_every_link_leads_somewhere_and_nothing_comes_from_elsewhere(built: Project) -> None:
    files = built.published
    assert list(broken_links(files)) == []
    assert list(loaded_from_elsewhere(files)) == []
    page = files["index.html"].decode()
    assert PATIENT_TWIN in page
    assert TRIAL_PDF in page
    assert all(each.get("src") for each in Page(page).scripts)


def test_it_is_the_same_after_another_build_and_knows_no_machine(built: Project) -> None:
    before = built.published
    built.build("--force")
    assert built.published == before
    assert str(built.root.parent).encode() not in before["index.html"]


def test_a_page_that_was_lost_or_changed_is_made_again(built: Project) -> None:
    before = built.published
    built.write("output/index.html", "something else")
    (built.output / "assets" / "library.js").unlink()
    assert built.build().made == set()
    assert built.published == before


def test_a_document_that_is_gone_is_not_on_the_page(built: Project) -> None:
    built.remove(HANDOUT).build()
    page = built.published["index.html"].decode()
    assert "her2climb-stops-working" not in page
    assert TRIAL_PDF in page
    assert list(broken_links(built.published)) == []


def test_a_build_of_one_document_leaves_the_others_on_the_page(built: Project) -> None:
    before = built.published["index.html"]
    built.build("her2climb", "--force")
    assert built.published["index.html"] == before


def test_the_words_of_the_glossary_that_a_document_uses_can_be_searched(built: Project) -> None:
    page = built.published["index.html"].decode()
    card = page[page.index('class="card"') : page.index("</h4>")]
    assert "biopsy" in card
    assert "RECIST" not in card


def test_cleaning_takes_the_page_with_it(built: Project) -> None:
    built.run("clean")
    assert built.published == {}


class TestTwins:
    def test_a_twin_leads_to_the_library_and_to_its_pdfs(self, built: Project) -> None:
        twin = built.published[PATIENT_TWIN].decode()
        links = [address for tag, address in Page(twin).addresses if tag == "a"]
        assert "../../../index.html#patients.en" in links
        assert "her2climb-stops-working.en.standard.a4.pdf" in links
        assert foreign_in_page(twin) == ()

    def test_a_twin_knows_a_new_edition_although_its_words_are_the_same(
        self, built: Project
    ) -> None:
        fingerprints = {each["fingerprint"] for each in built.documents.values()}
        built.with_editions(["standard"], ["a4", "letter"])
        assert built.build().exit_code == 0
        assert "standard.letter.pdf" in built.published[PATIENT_TWIN].decode()
        assert {each["fingerprint"] for each in built.documents.values()} == fingerprints
        assert built.build().made == set()
        built.with_editions(["standard"], ["a4"]).build()
        assert "letter" not in built.published[PATIENT_TWIN].decode()
        assert list(broken_links(built.published)) == []

    def test_without_an_address_it_says_nothing_to_search_engines(self, built: Project) -> None:
        twin = built.published[PATIENT_TWIN].decode()
        assert "canonical" not in twin
        assert "ld+json" not in twin
        assert "sitemap.xml" not in built.published


@pytest.fixture
def on_the_web(project: Project) -> Project:
    project.with_setting('base_url: "https://sheets.example/her2/"')
    done = project.build()
    assert done.exit_code == 0, done.stderr
    return project


def test_on_the_web_a_draft_says_what_it_is_and_that_it_is_no_page_to_find(
    on_the_web: Project,
) -> None:
    twin = on_the_web.published[PATIENT_TWIN].decode()
    address = "https://sheets.example/her2/default/en/her2climb-stops-working/"
    assert f'<link rel="canonical" href="{address}">' in twin
    assert '<meta name="robots" content="noindex">' in twin
    data = json.loads(twin.partition('<script type="application/ld+json">')[2].split("<")[0])
    assert (data["@type"], data["url"], data["inLanguage"]) == ("MedicalWebPage", address, "en")
    assert data["audience"]["audienceType"] == "Patient"
    assert data["creativeWorkStatus"] == "Draft"
    assert "lastReviewed" not in data
    assert list(broken_links(on_the_web.published)) == []
    assert list(loaded_from_elsewhere(on_the_web.published)) == []
