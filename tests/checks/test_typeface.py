from __future__ import annotations

import pytest

from handouts.checks.typeface import check_fonts, check_glyphs
from handouts.rendering.pdf import Renderer
from tests.checks.tampering import rewritten, tampered
from tests.rendering.samples import FONTS, HANDOUT, ROOT, page, rendered


def test_a_good_document_passes() -> None:
    assert check_fonts(rendered(HANDOUT)) == []
    assert check_glyphs(rendered(HANDOUT)) == []


def test_a_font_of_another_family_is_caught() -> None:
    (only,) = check_fonts(rendered(HANDOUT), families=["Noto Sans"], path="a.md")
    assert (only.code, only.path) == ("foreign-font", "a.md")
    assert only.message == "text is set in `Source Sans 3`, allowed: `Noto Sans`"


def test_the_family_is_what_the_file_says_not_what_the_page_says() -> None:
    font = (FONTS / "source-sans-3" / "SourceSans3-Bold.ttf").as_uri()
    style = f"@font-face {{ font-family: Mine; src: url({font}) }} p {{ font-family: Mine }}"
    html = page("<h1>A</h1><p>x</p>", style=style)
    document = Renderer([], folders=[FONTS]).render(html, base_url=ROOT)
    assert check_fonts(document, families=["Mine"])
    assert check_fonts(document) == []


def test_a_font_that_is_not_embedded_is_caught() -> None:
    def drop(pdf: object) -> None:
        for item in pdf.objects:  # type: ignore[attr-defined]
            if getattr(item, "Type", None) == "/FontDescriptor":
                del item["/FontFile2"]

    found = check_fonts(tampered(rendered(page("<h1>A</h1>")), drop))
    assert {each.code for each in found} == {"foreign-font"}
    assert "is not in the PDF" in found[0].message


def test_a_character_without_glyph_is_caught_and_said_once() -> None:
    document = rendered(page("<h1>A</h1><p>a 中 b 中</p>"))
    found = check_glyphs(document, path="sample.md")
    assert [each.code for each in found] == ["missing-glyph"]
    assert found == list(document.diagnostics)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("e000", "page 1 has a private character (U+E000)"),
        ("fffd", "page 1 shows a glyph of `Source Sans 3` that stands for no character"),
        ("", "page 1 shows a glyph of `Source Sans 3` that stands for no character"),
    ],
)
def test_glyphs_that_mean_nothing_are_caught(code: str, message: str) -> None:
    def change(pdf: object) -> None:
        for item in pdf.objects:  # type: ignore[attr-defined]
            if getattr(item, "Type", None) == "/Font" and "/ToUnicode" in item:
                cmap = item.ToUnicode.read_bytes()
                item.ToUnicode.write(cmap.replace(b"<0051>", f"<{code}>".encode()))

    found = check_glyphs(tampered(rendered(page("<h1>Q</h1>")), change))
    assert [(each.code, each.message) for each in found] == [("missing-glyph", message)]


def test_an_empty_box_is_caught() -> None:
    document = rendered(page("<h1>A</h1>"))
    (glyph,) = set(_strings(document.data))
    found = check_glyphs(rewritten(document, glyph, b"<0000>"))
    assert [(each.code, each.message) for each in found] == [
        ("missing-glyph", "page 1 shows an empty box")
    ]


def _strings(data: bytes) -> list[bytes]:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    return [content[content.index(b"[<") + 1 :].split(b"]")[0]]
