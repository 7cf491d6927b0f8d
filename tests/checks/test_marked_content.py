from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.checks.marked_content import check_artifacts, check_marks
from tests.checks.tampering import rewritten
from tests.rendering.samples import HANDOUT, page, rendered

if TYPE_CHECKING:
    from handouts.rendering.pdf import PdfDocument


def problems(document: PdfDocument) -> list[str]:
    found = check_marks(document, path="a.md")
    assert all((each.code, each.path) == ("pdf-marks", "a.md") for each in found)
    return [each.message for each in found]


def test_a_good_document_passes() -> None:
    assert problems(rendered(HANDOUT)) == []
    assert check_artifacts(rendered(HANDOUT)) == []


def test_content_outside_of_the_structure_is_caught() -> None:
    document = rendered(page("<h1>A</h1>"))
    bare = rewritten(document, b"/Span\n<</MCID 0>>\nBDC", b"/Span BMC")
    assert problems(bare) == ["page 1 paints outside of the structure (text)"]


def test_content_marked_twice_is_caught() -> None:
    document = rendered(page("<h1>A</h1><p>b</p>"))
    twice = rewritten(document, b"<</MCID 1>>", b"<</MCID 0>>")
    assert "page 1 has content 0 more than once" in problems(twice)


def test_text_with_opacity_loses_its_place() -> None:
    """WeasyPrint 70.0 draws it in a form XObject; PDF/UA validators may not see that."""
    found = check_marks(rendered(page("<h1>A</h1><p style='opacity: 0.5'>faint</p>")))
    assert [each.message for each in found] == ["page 1 has marked content in a form"]
    assert "`opacity`" in (found[0].hint or "")
