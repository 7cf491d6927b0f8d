from __future__ import annotations

import hashlib
import inspect
import re
from typing import TYPE_CHECKING, Any

import outloud
import page as page_validation
import pytest
import weasyprint
from weasyprint.pdf import tags

from handouts.checks.conformance import check_pdf_ua
from handouts.checks.printed import printed
from handouts.checks.structure import check_links, check_structure
from handouts.rendering import accessibility
from tests.rendering.samples import HANDOUT, STYLE, page, rendered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.checks.tree import Element


def elements(html: str, kind: str) -> list[Element]:
    tree = printed(rendered(html).data).tree
    return [element for element in tree.elements if element.kind == kind]


def text_of(html: str, element: Element) -> str:
    file = printed(rendered(html).data)
    held = {element.identity}
    for each in file.tree.elements:
        if each.parent in held:
            held.add(each.identity)
    marks = [mark for each in file.tree.elements if each.identity in held for mark in each.marks]
    shown = {(p.number, s.mark): "" for p in file.pages for s in p.shown}
    for sheet in file.pages:
        for each_shown in sheet.shown:
            shown[sheet.number, each_shown.mark] += each_shown.text
    return "".join(shown.get(mark, "") for mark in marks)


def test_is_valid_pdf_ua() -> None:
    report = page_validation.validate_pdf_bytes(
        rendered(HANDOUT).data, profile=page_validation.ValidationProfile.PDF_UA_1
    )
    assert report.failures == []
    assert report.is_compliant


def test_outloud_finds_no_error(tmp_path: Path) -> None:
    file = tmp_path / "sample.pdf"
    file.write_bytes(rendered(HANDOUT).data)
    result = outloud.check(str(file))
    assert result.error is None
    # TBL-010 takes a table of two columns for a shredded one.
    errors = {each.rule for each in result.findings if each.severity == "error"}
    assert errors <= {"TBL-010"}


def test_only_margin_boxes_are_pagination_artifacts() -> None:
    file = printed(rendered(HANDOUT).data)
    assert len(file.pages) > 1
    for number, sheet in enumerate(file.pages, start=1):
        artifacts = "".join(shown.text for shown in sheet.shown if shown.artifact)
        assert artifacts == f"Draft bannerPage {number} of {len(file.pages)}"
        assert sheet.artifacts.count("Pagination") == 3
        assert not sheet.unmarked
        assert sorted(sheet.marks) == list(range(len(sheet.marks)))
    content = "".join(s.text for sheet in file.pages for s in sheet.shown if not s.artifact)
    assert "Take the tablets" in content
    assert "banner" not in content


def test_content_that_looks_like_a_footer_stays_content() -> None:
    html = page("<h1>A</h1><p style='position: absolute; bottom: 0'>Page 1 of 1</p>")
    shown = [s for s in printed(rendered(html).data).pages[0].shown if "Page" in s.text]
    assert [s.artifact for s in shown] == [False, True]


def test_languages_of_parts() -> None:
    spoken = {
        text_of(HANDOUT, element).strip(): element.language
        for element in printed(rendered(HANDOUT).data).tree.elements
        if element.language
    }
    assert spoken == {
        "Hola the team, bonjour.": "es",
        "the team": "en",
        "bonjour": "fr",
        "Thuốc điều trị": "vi",
    }


def test_language_goes_on_in_a_nested_list_that_moves_up_the_tree() -> None:
    html = page("<h1>A</h1><ul><li lang='fr'>un<ul><li>deux</li></ul></li><li>three</li></ul>")
    languages = {
        text_of(html, each): each.language
        for each in printed(rendered(html).data).tree.elements
        if each.kind in ("LI", "L")
    }
    assert languages["• un"] == "fr"
    assert languages["◦ deux"] in ("fr", "")
    assert [each.language for each in elements(html, "L")][1] == "fr"
    assert languages["• three"] == ""


def test_header_cells_have_a_scope_and_a_name() -> None:
    tree = printed(rendered(HANDOUT).data).tree
    headers = elements(HANDOUT, "TH")
    assert {header.scope for header in headers} == {"Row", "Column"}
    assert all(tree.identifiers[header.identifier] == header.identity for header in headers)
    assert list(tree.identifiers) == sorted(tree.identifiers)
    cells = elements(HANDOUT, "TD")
    assert cells
    assert all(len(cell.headers) == 2 for cell in cells)


def test_links_say_where_they_lead() -> None:
    (link,) = printed(rendered(HANDOUT).data).tree.annotations
    assert (link.contents, link.flags) == ("our clinic team", 4)


def test_abbreviations_and_lists() -> None:
    expansions = [each.expansion for each in elements(HANDOUT, "Span") if each.expansion]
    assert expansions == ["water for injection"]
    assert [each.numbering for each in elements(HANDOUT, "L")] == ["Disc", "Circle", "Decimal"]


def test_own_list_marks_count_as_bullets() -> None:
    html = page(
        "<h1>A</h1><ul class='a'><li>x</ul><ul class='b'><li>y</ul>",
        style=".a { list-style-type: '– ' } .b { list-style: none }",
    )
    assert [each.numbering for each in elements(html, "L")] == ["Disc", "None"]


def test_words_marked_up_inside_of_a_link_do_not_make_more_links() -> None:
    html = page(
        "<h1>A</h1><p><a href='https://example.org'>one <b>two <i>three</i></b></a>.</p>"
        "<p><a href='https://example.org/2'>0113 <bdi>496</bdi></a></p>",
        style="a::after { content: ' (web)' }",
    )
    contents = [each.contents for each in printed(rendered(html).data).tree.annotations]
    assert contents == ["one two three", "0113 496"]
    assert len(elements(html, "Link")) == 2
    assert check_pdf_ua(rendered(html)) == check_structure(rendered(html)) == []
    assert check_links(rendered(html)) == []


def test_an_anchor_that_leads_nowhere_is_no_link() -> None:
    assert not elements(page("<h1>A</h1><p><a id='here'>x</a></p>"), "Link")


def test_documents_of_others_are_left_alone() -> None:
    html = weasyprint.HTML(string=HANDOUT)
    sheet = weasyprint.CSS(string=STYLE)
    tree = printed(html.write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")).tree
    assert not tree.identifiers
    assert not any(element.scope for element in tree.elements)


def test_private_function_is_the_one_we_wrapped() -> None:
    """If this fails, WeasyPrint has changed: read the new function, then change the digest."""
    accessibility.install()
    source = inspect.getsource(accessibility._original)
    assert weasyprint.VERSION == accessibility.WEASYPRINT_VERSION
    assert hashlib.sha256(source.encode()).hexdigest() == DIGEST


DIGEST = "f716251a83e7096e9cae972b63e633aab21c664d200582166dd0d5096780f9c4"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """WeasyPrint before the wrapper was put in place."""
    accessibility.install()
    monkeypatch.setattr(tags, "_build_box_tree", accessibility._original)
    yield monkeypatch
    monkeypatch.undo()
    accessibility.install()


def test_another_version_is_refused(bare: pytest.MonkeyPatch) -> None:
    bare.setattr(weasyprint, "VERSION", "70.1")
    with pytest.raises(RuntimeError, match=re.escape("70.1")):
        accessibility.install()


def test_a_missing_function_is_refused(bare: pytest.MonkeyPatch) -> None:
    bare.delattr(tags, "_build_box_tree")
    with pytest.raises(RuntimeError, match="_build_box_tree"):
        accessibility.install()


def test_another_signature_is_refused(bare: pytest.MonkeyPatch) -> None:
    def changed(box: Any, parent: Any) -> None: ...

    bare.setattr(tags, "_build_box_tree", changed)
    with pytest.raises(RuntimeError, match="_build_box_tree"):
        accessibility.install()
