"""The site that a build leaves in the output folder."""

from __future__ import annotations

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
