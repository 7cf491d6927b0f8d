"""A sheet of our library, spoilt in one place after the other: each fault is told by its code."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handouts.build.folders import Folders
from handouts.build.job import look_of
from handouts.build.typesetting import Typesetter
from handouts.checks.document import Limits, check_pdf
from handouts.checks.marked_content import check_artifacts, check_marks
from handouts.checks.metadata import check_metadata
from handouts.checks.printed import printed
from handouts.checks.reading import check_bookmarks, check_headings, check_reading_order
from handouts.checks.structure import check_links, check_parent_tree, check_structure
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.compose import HtmlDocument
from handouts.rendering.pdf import PdfDocument
from tests.checks.tampering import elements, tampered
from tests.projects import PATIENT, ROOT, our_page

EDITION = Edition(
    "her2climb-stops-working", Kind.PATIENT, "en", Format.STANDARD, Paper.A4, "default"
)
LINK = '<a href="https://example.org/">Our team</a>'
UNHINTED = {"text-lost", "missing-glyph", "foreign-font"}

Change = Callable[[pikepdf.Pdf], object]


@cache
def page() -> HtmlDocument:
    """The words of a sheet, with a link, as our sheets have none."""
    document = our_page(EDITION)
    return replace(document, html=document.html.replace("<li>", f"<li>{LINK} ", 1))


@cache
def sheet() -> PdfDocument:
    folders = Folders(ROOT, ROOT / "content", ROOT / "output")
    return Typesetter(folders, look_of(folders)).render(page(), EDITION, Path.read_bytes)


def found(change: Change) -> dict[str, list[str]]:
    """What the checks say about the sheet after a change, by code."""
    problems: dict[str, list[str]] = {}
    spoilt = tampered(sheet(), change)
    for each in check_pdf(spoilt, limits=Limits(4), path=page().source):
        assert each.path == PATIENT
        assert each.hint or each.code in UNHINTED
        problems.setdefault(each.code, []).append(each.message)
    return problems


def swapped(old: bytes, new: bytes, number: int = 1) -> Change:
    """Makes the first ``old`` in the content of a page ``new``."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[number - 1].Contents
        before = stream.read_bytes()
        assert old in before
        stream.write(before.replace(old, new, 1))

    return spoil


def listed(pdf: pikepdf.Pdf, number: int) -> Any:
    """The list of a page in the parent tree."""
    return pdf.Root.StructTreeRoot.ParentTree.Nums[2 * number - 1]


def dropped(pdf: pikepdf.Pdf) -> None:
    listed(pdf, 1)[3].K = pikepdf.Array()


def forgotten(pdf: pikepdf.Pdf) -> None:
    dropped(pdf)
    listed(pdf, 1)[3] = None


def hidden(number: int) -> Change:
    """Makes some content of page 2 an artifact, out of the structure and of the parent tree."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        element = listed(pdf, 2)[number]
        element.K = pikepdf.Array()
        listed(pdf, 2)[number] = None
        mark = f"{element.S}\n<</MCID {number}>>\nBDC"
        swapped(mark.encode(), b"/Artifact\nBMC", 2)(pdf)

    return spoil


def hidden_drawing(pdf: pikepdf.Pdf) -> None:
    """Makes the first drawing of page 2 an artifact."""
    numbers = range(len(listed(pdf, 2)))
    hidden(next(each for each in numbers if listed(pdf, 2)[each].S == "/Figure"))(pdf)


def held_twice(pdf: pikepdf.Pdf) -> None:
    listed(pdf, 1)[3].K.append(4)


def in_two_places(pdf: pikepdf.Pdf) -> None:
    first, second = elements(pdf, "/P")[:2]
    second.K.append(first.K[0])


def other_parent(pdf: pikepdf.Pdf) -> None:
    first, second = elements(pdf, "/P")[:2]
    first.K[0].P = second


def other_order(pdf: pikepdf.Pdf) -> None:
    first, second = elements(pdf, "/LI")[:2]
    first.K, second.K = second.K, first.K
    for item in (first, second):
        for kid in item.K:
            kid.P = item


def no_heading(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/H2")[1].S = pikepdf.Name.P


def other_level(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/H3")[0].S = pikepdf.Name.H2


def short_list(pdf: pikepdf.Pdf) -> None:
    del listed(pdf, 4)[-1]


def short_parent_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree.Nums[6:8]


def no_order(pdf: pikepdf.Pdf) -> None:
    keys = pdf.Root.StructTreeRoot.ParentTree.Nums
    pdf.Root.StructTreeRoot.ParentTree.Nums = pikepdf.Array([*keys[2:], *keys[:2]])


def exchanged(pdf: pikepdf.Pdf) -> None:
    ways = listed(pdf, 3)
    ways[7], ways[8] = ways[8], ways[7]


def surplus(pdf: pikepdf.Pdf) -> None:
    listed(pdf, 3).append(listed(pdf, 3)[0])


def link_without_reference(pdf: pikepdf.Pdf) -> None:
    (link,) = elements(pdf, "/Link")
    link.K = pikepdf.Array([each for each in link.K if isinstance(each, int)])


def link_without_way_back(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0]["/StructParent"]


def link_to_another_element(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums[-1] = elements(pdf, "/P")[0]


def link_without_words(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0]["/Contents"]


def no_link(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]["/Annots"]


def in_a_form(pdf: pikepdf.Pdf) -> None:
    sheet = pdf.pages[2]
    form = pdf.make_stream(
        sheet.Contents.read_bytes(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=sheet.MediaBox,
        Resources=sheet.Resources,
    )
    sheet.Resources.XObject["/All"] = form
    sheet.Contents.write(b"/All Do")


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def no_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]


def title_not_shown(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def no_bookmark(pdf: pikepdf.Pdf) -> None:
    top = pdf.Root.Outlines.First
    top.First = top.First.Next


def bookmark_elsewhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.First.Dest[0] = pdf.pages[3].obj


def bookmark_nowhere(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines.First.First["/Dest"]


def empty_box(pdf: pikepdf.Pdf) -> None:
    stream = pdf.pages[0].Contents
    before = stream.read_bytes()
    stream.write(re.sub(rb"\[<[0-9a-f]{4}>", b"[<0000>", before, count=1))


def font_not_inside(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            del item["/FontFile2"]


MARK = b"/Span\n<</MCID 5>>\nBDC"
FOOTER = b"/Artifact\n<</Type /Pagination/Subtype /Footer/Attached [/Bottom]>>"

FAULTS: dict[str, tuple[Change, dict[str, str]]] = {
    "text outside of marks": (
        swapped(MARK, b"/Span\nBMC"),
        {
            "pdf-marks": "page 1 paints outside of the structure (text)",
            "pdf-structure": "content 5 of page 1 is in the structure, but not on the page",
            "pdf-ua": "PDFUA1-CONTENT-TAGGING-001: page 1 contains text that is neither /Artifact "
            "nor tagged real content",
            "reading-order": "a screen reader says `trastuzumab and capecitabine, the medic…` "
            "where `For people whose breast cancer has grow…` stands",
        },
    ),
    "one number for two marks": (
        swapped(MARK, MARK.replace(b"5", b"4")),
        {
            "pdf-marks": "page 1 has content 4 more than once",
            "pdf-structure": "content 5 of page 1 is in the structure, but not on the page",
            "reading-order": "a screen reader says `When HER2CLIMB stops workingFor people …` "
            "where `When HER2CLIMB stops working` stands",
            "wrong-headings": "(level 1) stands for the heading `When HER2CLIMB stops working`",
        },
    ),
    "a mark without an end": (
        swapped(b"ET\nEMC", b"ET"),
        {
            "pdf-marks": "page 1 has marked content without a beginning or an end",
            "pdf-ua": "PDFUA1-ARTIFACT-NESTED-001: page 1 contains /Artifact marked content inside "
            "tagged content",
        },
    ),
    "marks in a form": (
        in_a_form,
        {
            "pdf-marks": "page 3 has marked content in a form",
            "pdf-structure": "content 0 of page 3 is in the structure, but not on the page",
        },
    ),
    "words as artifact": (
        hidden(1),
        {
            "pdf-artifact": "page 2: no screen reader reads `It happens to many people. Everyone "
            "in …`",
            "reading-order": "where `It happens to many people. Everyone in …` stands",
        },
    ),
    "a drawing as artifact": (
        hidden_drawing,
        {"pdf-artifact": "page 2: no screen reader is told of 1 of 2 drawings"},
    ),
    "a footer as text": (
        swapped(FOOTER, b"/Span\n<</MCID 90>>"),
        {
            "pdf-artifact": "page 1: `HER2-PT-02-EN · Version 0.1 · Reviewed:…` in the margin is "
            "read as running text",
            "pdf-structure": "content 90 of page 1 is not in the structure",
        },
    ),
    "content that its element drops": (
        dropped,
        {
            "pdf-structure": "content 3 of page 1 is not in the structure",
            "pdf-parent-tree": "the parent tree leads from content 3 of page 1 to an element that "
            "does not hold it",
            "reading-order": "a screen reader says `When HER2CLIMB stops working` where "
            "`Draft. No clinician has checked this pa…` stands",
        },
    ),
    "content that is not in any tree": (
        forgotten,
        {
            "pdf-structure": "content 3 of page 1 is not in the structure",
            "reading-order": "a screen reader says `When HER2CLIMB stops working` where "
            "`Draft. No clinician has checked this pa…` stands",
        },
    ),
    "content of two elements": (
        held_twice,
        {
            "pdf-structure": "content 4 of page 1 is in the structure more than once",
            "reading-order": "a screen reader says `When HER2CLIMB stops working` where "
            "`For people whose breast cancer has grow…` stands",
        },
    ),
    "an element in two places": (
        in_two_places,
        {"pdf-structure": "an element Span of page 1 stands in the structure more than once"},
    ),
    "another parent": (
        other_parent,
        {"pdf-structure": "an element Span of page 1 names another element as its parent"},
    ),
    "another order": (
        other_order,
        {
            "reading-order": "a screen reader says `Your team may offer tests to look for t…` "
            "where `Our team` stands"
        },
    ),
    "a heading as paragraph": (
        no_heading,
        {
            "wrong-headings": "the heading of the structure `Call us, day or night, if you have` "
            "(level 2) stands for the heading `Call the emergency number for` (level 2)"
        },
    ),
    "a heading of another level": (
        other_level,
        {
            "wrong-headings": "the heading of the structure `Seen in a few people who took "
            "tucatinib` (level 2) stands for the heading `Seen in a few people who took "
            "tucatinib` (level 3)"
        },
    ),
    "a list of the parent tree that stops short": (
        short_list,
        {"pdf-parent-tree": "the parent tree does not lead from content 40 of page 4 back"},
    ),
    "a parent tree that stops short": (
        short_parent_tree,
        {"pdf-parent-tree": "the parent tree does not lead from content 0 of page 4 back"},
    ),
    "a parent tree out of order": (
        no_order,
        {"pdf-parent-tree": "the keys of the parent tree are not in order"},
    ),
    "a parent tree that leads astray": (
        exchanged,
        {"pdf-parent-tree": "the parent tree does not lead from content 7 of page 3 back"},
    ),
    "a parent tree with more than there is": (
        surplus,
        {
            "pdf-parent-tree": "the parent tree leads from content 68 of page 3 to an element that "
            "does not hold it"
        },
    ),
    "a link without object reference": (
        link_without_reference,
        {"pdf-link": "a link on page 1 is not in the structure"},
    ),
    "a link without its key": (
        link_without_way_back,
        {
            "pdf-link": "the parent tree does not lead from a link on page 1 back",
            "pdf-ua": "PDFUA1-LINK-LINK-TAG-001: annotation 0 on page 1 is not nested within a "
            "Link structure element",
        },
    ),
    "a link that leads back to another element": (
        link_to_another_element,
        {
            "pdf-link": "the parent tree does not lead from a link on page 1 back",
            "pdf-ua": "PDFUA1-LINK-LINK-TAG-001: annotation 0 on page 1 is not nested within a "
            "Link structure element",
        },
    ),
    "a link without description": (
        link_without_words,
        {
            "pdf-link": "a link on page 1 has no description",
            "pdf-ua": "PDFUA1-LINK-CONTENTS-001: annotation 0 on page 1 does not include a "
            "non-empty /Contents alternate description",
        },
    ),
    "a link that is only in the structure": (
        no_link,
        {"pdf-link": "a link in the structure is not on page 1"},
    ),
    "no language": (no_language, {"pdf-metadata": "the PDF has no language", "pdf-ua": ""}),
    "no title": (no_title, {"pdf-metadata": "the PDF has no title"}),
    "a title that is not shown": (
        title_not_shown,
        {
            "pdf-metadata": "a viewer shows the file's name instead of the title",
            "pdf-ua": "",
        },
    ),
    "no bookmark": (
        no_bookmark,
        {
            "wrong-bookmarks": "the bookmark `Call the emergency number for` (level 2) stands for "
            "the heading `The main points` (level 2)"
        },
    ),
    "a bookmark to another page": (
        bookmark_elsewhere,
        {
            "wrong-bookmarks": "the bookmark `The main points` leads to page 4, its heading is on "
            "page 1"
        },
    ),
    "a bookmark to nothing": (
        bookmark_nowhere,
        {
            "wrong-bookmarks": "the bookmark `The main points` leads to no page, its heading is on "
            "page 1"
        },
    ),
    "a box for a letter": (
        empty_box,
        {
            "missing-glyph": "page 1 shows an empty box",
            "pdf-a": "PDFA2A-NOTDEF-GLYPH-001",
            "pdf-ua": "",
            "reading-order": "a screen reader says `\ufffdlinic:` where `Clinic:` stands",
            "text-lost": "page 1 of the PDF does not say `Clinic:`",
        },
    ),
    "fonts that are not inside": (
        font_not_inside,
        {"foreign-font": "", "pdf-a": "PDFA2A-FONT-EMBEDDING-001", "pdf-ua": ""},
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_told(fault: str) -> None:
    change, told = FAULTS[fault]
    problems = found(change)
    assert problems.keys() == told.keys()
    for code, message in told.items():
        assert message in " ".join(problems[code])


def test_as_it_is_made_it_has_no_fault() -> None:
    assert found(lambda _: None) == {}


def test_the_structure_is_checked_quickly() -> None:
    document = sheet()
    assert document.page_count == 4
    checks = (
        *(check_marks, check_artifacts, check_structure, check_parent_tree, check_links),
        *(check_reading_order, check_headings, check_bookmarks, check_metadata),
    )
    printed(document.data)  # read once for all checks
    started = time.process_time()
    for _ in range(5):
        assert [each for check in checks for each in check(document)] == []
    assert (time.process_time() - started) / 5 < 0.015
