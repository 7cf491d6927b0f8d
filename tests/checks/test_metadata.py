from __future__ import annotations

from typing import Any

from handouts.checks.conformance import check_pdf_a, check_pdf_ua
from handouts.checks.metadata import check_metadata
from tests.checks.tampering import tampered
from tests.rendering.samples import HANDOUT, page, rendered


def test_a_good_document_passes() -> None:
    assert check_pdf_ua(rendered(HANDOUT)) == check_pdf_a(rendered(HANDOUT)) == []
    assert check_metadata(rendered(HANDOUT)) == []


def test_what_fails_pdf_ua_is_caught() -> None:
    html = page("<h1>A</h1><svg width='10' height='10'></svg>")
    (only,) = check_pdf_ua(rendered(html), path="a.md")
    assert (only.code, only.path) == ("pdf-ua", "a.md")
    assert "FIGURE-ALTERNATIVE-TEXT" in only.message


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
        "the PDF does not say that it is PDF/A-2",
        "the PDF does not say that it is PDF/A-2a",
    ]
