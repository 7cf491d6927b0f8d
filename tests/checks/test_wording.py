from __future__ import annotations

import io
import re

import pikepdf
import pytest

from handouts.checks import wording
from handouts.checks.extracted import extracted_text
from handouts.checks.printed import printed
from handouts.checks.wording import check_text
from handouts.rendering.composed import ComposedText, composed, html_root
from handouts.rendering.pdf import PdfDocument
from tests.checks.tampering import rewritten
from tests.rendering.samples import CHART, HANDOUT, page, rendered, rows


def words_of(document: PdfDocument, html: str) -> ComposedText:
    return composed(html_root(html), without=document.layout.running)


def lost(rendered_html: str, html: str | None = None) -> list[str]:
    document = rendered(rendered_html)
    found = check_text(document, words_of(document, html or rendered_html), path="a.md")
    assert all((each.code, each.path) == ("text-lost", "a.md") for each in found)
    return [each.message for each in found]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Office, affix, find; e\u0301t\u00e9, 1\u00a0000, a\u2011b.</p>",
        "<p>One <b>bold</b>word, <q>quoted</q>, x<sup>2</sup>.<br>Next</p>",
        "<div style='float: right; width: 40mm'>Aside from that</div><p>A paragraph of words</p>",
        "<p>one <span style='display: inline-block'>two three</span> four</p>",
        "<div style='display: flex; gap: 5mm'><p>One two</p><p>Three</p></div>",
        "<div style='columns: 2'>" + "<p>Some words to fill a column</p>" * 9 + "</div>",
        "<p>" + "the very same words over and over again, " * 99 + "</p>",
        "<p style='width: 25mm; hyphens: auto'>Hypersensitivity, well-known; soft&shy;ly</p>",
        "<p style='text-transform: uppercase'>Straße</p>",
        "<style>p::first-letter { font-size: 200% }</style><p>Initial</p>",
        "<p hidden>not this</p><p>this</p>",
        "<p>a<span style='float: footnote'>a note</span> b</p>",
        "<ul style=\"list-style-type: '– '\"><li>a</li></ul><ol><li>b</li></ol>",
        rows(60),
        rows(60).replace("<tbody>", "<tfoot><tr><td>foot</td><td>note</td></tr></tfoot><tbody>"),
        CHART,
        "<p>1 of 10</p><p>11 of 10</p><p>1</p><p>11</p>",
    ],
)
def test_good_documents_pass(body: str) -> None:
    assert lost(page(f"<h1>A</h1>{body}")) == []


def test_running_headers_and_generated_text_are_no_false_alarm() -> None:
    assert lost(HANDOUT) == []
    style = ".a::before { content: '» ' } .a::after { content: counter(page) }"
    assert lost(page("<h1>A</h1><p class='a'>x</p>", style=style)) == []


def test_words_that_a_stylesheet_hides_are_caught() -> None:
    html = page("<h1>A</h1><p class='x'>Call the clinic at once</p>", style=".x { display: none }")
    assert lost(html) == ["`Call the clinic at once` is not on the page"]


def test_other_words_than_composed_are_caught() -> None:
    html = page("<h1>A</h1><p>Take 5 tablets</p>")
    assert lost(html, html.replace("5", "3")) == ["the page says `5tablets` for `3tablets`"]
    more = html.replace("</body>", "<p>More to say here than there is room for</p></body>")
    assert lost(html, more) == ["`More to say here than there is room …` is not on the page"]
    assert lost(more, html) == [
        "the page says `More to say here than there is room …` where the document does not"
    ]


def test_words_missing_from_a_drawing_are_caught() -> None:
    html = page(f"<h1>A</h1>{CHART}")
    assert lost(html, html.replace("5 of 100 people<", "7 of 100 people<")) == [
        "`7 of 100 people` is not in the drawing"
    ]


def test_glyphs_that_are_other_characters_are_caught() -> None:
    """As happens when two subsets of one font get mixed up."""
    html = page("<h1>A</h1><p>tablets</p><p>stable</p>")
    spoilt = rewritten(rendered(html), array_of("tablets", html), array_of("stable", html))
    found = check_text(spoilt, words_of(spoilt, html))
    assert [each.message for each in found] == ["page 1 of the PDF does not say `tablets`"]


def test_text_that_is_only_in_the_pdf_is_caught() -> None:
    html = page("<h1>A</h1><p>tablets</p>")
    word = array_of("tablets", html)
    words = words_of(rendered(html), html)
    found = check_text(rewritten(rendered(html), word, b"EMC\n/Artifact BMC\n" + word), words)
    assert found == []
    found = check_text(rewritten(rendered(html), word, word + b" EMC /Artifact BMC " + word), words)
    assert [each.message for each in found] == [
        "page 1 of the PDF says `tablets` where the page does not"
    ]


def test_another_reading_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    html = page("<h1>A</h1><p>tablets</p>")
    monkeypatch.setattr(wording, "extracted_text", lambda _: ("A tables Page 1 of 1",))
    (only,) = check_text(rendered(html), words_of(rendered(html), html))
    assert only.message == "page 1 of the PDF is read as `sPage1of1`, not `tsPage1of1`"


def test_right_to_left_text_is_compared_without_its_order() -> None:
    html = page("<h1>A</h1><p dir='rtl' lang='he'>שלום 123 abc</p>")  # no font has these letters
    assert lost(html) == []
    assert lost(html, html.replace("שלום", "שלומ"))


def test_extracted_text_is_by_page() -> None:
    texts = extracted_text(rendered(HANDOUT).data)
    assert len(texts) == 3
    assert texts[0].startswith("Your treatment & you")
    assert "The end" in texts[2]


def array_of(word: str, html: str) -> bytes:
    """The operator that shows a word on the first page."""
    data = rendered(html).data
    (shown,) = [each for each in printed(data).pages[0].shown if each.text == word]
    glyphs = b"".join(b"%04x" % glyph for glyph in shown.glyphs)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    for found in re.finditer(rb"\[[^\]]*\] TJ", content):
        if b"".join(re.findall(rb"<([0-9a-f]*)>", found[0])) == glyphs:
            return found[0]
    raise AssertionError(word)
