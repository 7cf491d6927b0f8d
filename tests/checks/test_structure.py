from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handouts.checks.structure import (
    check_bookmarks,
    check_metadata,
    check_pdf_ua,
    check_structure,
)
from tests.checks.tampering import rewritten, tampered
from tests.rendering.samples import HANDOUT, page, rendered, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.rendering.pdf import PdfDocument

LINK = page("<h1>A</h1><p><a href='https://example.org'>our team</a></p>")


def problems(document: PdfDocument) -> list[str]:
    found = check_structure(document, path="a.md")
    assert all((each.code, each.path) == ("pdf-structure", "a.md") for each in found)
    return [each.message for each in found]


def spoilt(html: str, change: Callable[[Any], object]) -> list[str]:
    return problems(tampered(rendered(html), change))


def walk(element: Any, kind: str) -> list[Any]:
    import pikepdf

    found = [element] if element.get("/S") == kind else []
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += walk(kid, kind)
    return found


def elements(pdf: Any, kind: str) -> list[Any]:
    return walk(pdf.Root.StructTreeRoot.K[0], kind)


def test_a_good_document_passes() -> None:
    document = rendered(HANDOUT)
    assert problems(document) == []
    assert check_pdf_ua(document) == []
    assert check_metadata(document) == []
    assert check_bookmarks(document) == []


def test_what_fails_pdf_ua_is_caught() -> None:
    html = page("<h1>A</h1><svg width='10' height='10'></svg>")
    (only,) = check_pdf_ua(rendered(html), path="a.md")
    assert (only.code, only.path) == ("pdf-ua", "a.md")
    assert "FIGURE-ALTERNATIVE-TEXT" in only.message


def test_content_outside_of_the_structure_is_caught() -> None:
    document = rendered(page("<h1>A</h1>"))
    bare = rewritten(document, b"/Span\n<</MCID 0>>\nBDC", b"/Span BMC")
    assert "page 1 paints outside of the structure (text)" in problems(bare)
    assert "content 0 of page 1 is in the structure, but not on the page" in problems(bare)


def test_content_that_no_element_holds_is_caught() -> None:
    document = rendered(page("<h1>A</h1>"))
    other = rewritten(document, b"<</MCID 0>>", b"<</MCID 7>>")
    assert "content 7 of page 1 is not in the structure" in problems(other)


def test_content_marked_twice_is_caught() -> None:
    document = rendered(page("<h1>A</h1><p>b</p>"))
    twice = rewritten(document, b"<</MCID 1>>", b"<</MCID 0>>")
    assert "page 1 has content 0 more than once" in problems(twice)


def test_content_held_twice_is_caught() -> None:
    def change(pdf: Any) -> None:
        first, second = elements(pdf, "/Span")
        second.K = first.K

    assert "content 0 of page 1 is in the structure more than once" in spoilt(
        page("<h1>A</h1><p>b</p>"), change
    )


def test_a_wrong_parent_tree_is_caught() -> None:
    def swap(pdf: Any) -> None:
        marks = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        first, second = marks[0], marks[1]
        marks[0], marks[1] = second, first

    found = spoilt(page("<h1>A</h1><p>b</p>"), swap)
    assert found == [
        "the parent tree does not lead from content 0 of page 1 back",
        "the parent tree does not lead from content 1 of page 1 back",
    ]


def test_a_wrong_parent_is_caught() -> None:
    def change(pdf: Any) -> None:
        elements(pdf, "/Span")[0].P = elements(pdf, "/P")[0]

    assert spoilt(page("<h1>A</h1><p>b</p>"), change) == [
        "an element Span names another element as its parent"
    ]


def test_a_link_outside_of_the_structure_is_caught() -> None:
    def change(pdf: Any) -> None:
        (link,) = elements(pdf, "/Link")
        link.K = [each for each in link.K if isinstance(each, int)]

    assert spoilt(LINK, change) == ["a link on page 1 is not in the structure"]


def test_a_link_without_description_or_way_back_is_caught() -> None:
    def change(pdf: Any) -> None:
        (annotation,) = pdf.pages[0].Annots
        del annotation["/Contents"]
        del annotation["/StructParent"]

    assert spoilt(LINK, change) == [
        "the parent tree does not lead from a link on page 1 back",
        "a link on page 1 has no description",
    ]


def test_header_cells_without_scope_are_caught() -> None:
    html = page("<h1>A</h1>" + rows(1).replace(' scope="row"', ""))
    assert problems(rendered(html)) == ["a header cell has no scope"]


def test_headers_that_nothing_leads_to_are_caught() -> None:
    def change(pdf: Any) -> None:
        del pdf.Root.StructTreeRoot["/IDTree"]

    found = spoilt(page("<h1>A</h1>" + rows(2)), change)
    assert "the identifier of an element is not in the identifier tree" in found
    assert "a cell names a header that does not exist" in found
    assert len(found) == 6
    assert found[-1] == "1 more problems of this kind"


def test_text_with_opacity_loses_its_place() -> None:
    """WeasyPrint 70.0 draws it in a form XObject; PDF/UA validators may not see that."""
    found = problems(rendered(page("<h1>A</h1><p style='opacity: 0.5'>faint</p>")))
    assert "page 1 has marked content in a form (`opacity` does that)" in found


def test_missing_metadata_is_caught() -> None:
    html = "<html><body><h1>A</h1></body></html>"
    found = check_metadata(rendered(html), path="a.md")
    assert {each.code for each in found} == {"pdf-metadata"}
    assert {(each.severity.value, each.message) for each in found} == {
        ("error", "the PDF has no language"),
        ("error", "the PDF has no title"),
        ("warning", "the PDF's author is not set"),
        ("warning", "the PDF's subject is not set"),
        ("warning", "the PDF's keywords is not set"),
    }


def test_other_metadata_is_caught() -> None:
    def change(pdf: Any) -> None:
        pdf.docinfo["/CreationDate"] = "D:20260514000000Z"
        pdf.Root.Lang = "?"
        del pdf.Root["/ViewerPreferences"]
        del pdf.Root["/Metadata"]

    found = check_metadata(tampered(rendered(page("<h1>A</h1>")), change))
    assert [each.message for each in found] == [
        "the PDF's language is `?`",
        "a viewer shows the file's name instead of the title",
        "the PDF carries a time (CreationDate)",
        "the PDF does not say that it is PDF/UA-1",
    ]


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
