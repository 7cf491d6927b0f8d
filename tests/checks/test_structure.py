from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handouts.checks.structure import check_links, check_parent_tree, check_structure
from tests.checks.tampering import elements, rewritten, tampered
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


def test_a_good_document_passes() -> None:
    document = rendered(HANDOUT)
    assert problems(document) == []
    assert check_parent_tree(document) == []
    assert check_links(document) == []


def test_content_that_no_element_holds_is_caught() -> None:
    document = rendered(page("<h1>A</h1>"))
    other = rewritten(document, b"<</MCID 0>>", b"<</MCID 7>>")
    assert "content 7 of page 1 is not in the structure" in problems(other)


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

    html = page("<h1>A</h1><p>b</p>")
    found = check_parent_tree(tampered(rendered(html), swap), path="a.md")
    assert {(each.code, each.path) for each in found} == {("pdf-parent-tree", "a.md")}
    assert [each.message for each in found] == [
        "the parent tree does not lead from content 0 of page 1 back",
        "the parent tree does not lead from content 1 of page 1 back",
    ]


def test_a_wrong_parent_is_caught() -> None:
    def change(pdf: Any) -> None:
        elements(pdf, "/Span")[0].P = elements(pdf, "/P")[0]

    assert spoilt(page("<h1>A</h1><p>b</p>"), change) == [
        "an element Span of page 1 names another element as its parent"
    ]


def link_problems(change: Callable[[Any], object]) -> list[str]:
    found = check_links(tampered(rendered(LINK), change), path="a.md")
    assert all((each.code, each.path) == ("pdf-link", "a.md") for each in found)
    return [each.message for each in found]


def test_a_link_outside_of_the_structure_is_caught() -> None:
    def change(pdf: Any) -> None:
        (link,) = elements(pdf, "/Link")
        link.K = [each for each in link.K if isinstance(each, int)]

    assert link_problems(change) == ["a link on page 1 is not in the structure"]


def test_a_link_without_description_or_way_back_is_caught() -> None:
    def change(pdf: Any) -> None:
        (annotation,) = pdf.pages[0].Annots
        del annotation["/Contents"]
        del annotation["/StructParent"]

    assert link_problems(change) == [
        "the parent tree does not lead from a link on page 1 back",
        "a link on page 1 has no description",
        "an entry of the parent tree belongs to no link (1)",
    ]


def test_header_cells_without_scope_are_caught() -> None:
    html = page("<h1>A</h1>" + rows(1).replace(' scope="row"', ""))
    assert problems(rendered(html)) == ["a header cell on page 1 has no scope"]


def test_headers_that_nothing_leads_to_are_caught() -> None:
    def change(pdf: Any) -> None:
        del pdf.Root.StructTreeRoot["/IDTree"]

    found = spoilt(page("<h1>A</h1>" + rows(2)), change)
    assert "the identifier of a cell on page 1 is not in the identifier tree" in found
    assert "a cell on page 1 names a header that does not exist" in found
    assert len(found) == 6
    assert found[-1] == "1 more problems of this kind"
