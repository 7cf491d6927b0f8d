from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import weasyprint

from handouts.checks.printed import printed
from handouts.rendering.pdf import Renderer, StyleText, renderer_for
from tests.rendering.samples import CHART, FONTS, HANDOUT, ROOT, STYLE, page, rendered, renderer

if TYPE_CHECKING:
    from handouts.diagnostics import Diagnostic
    from handouts.rendering.pdf import PdfDocument, Stylesheet

A4 = (210 / 25.4 * 72, 297 / 25.4 * 72)


def codes(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [each.code for each in diagnostics]


def test_a_clean_document_has_nothing_to_say() -> None:
    document = rendered(HANDOUT)
    assert document.diagnostics == ()
    assert document.page_count == len(document.page_sizes_pt) == len(document.layout.pages) == 3
    for size in document.page_sizes_pt:
        assert size == pytest.approx(A4)


def test_metadata_comes_from_the_head_and_has_no_time() -> None:
    data = rendered(HANDOUT).data
    metadata = printed(data).metadata
    assert metadata.info == {
        "Title": "A test",
        "Author": "A clinic",
        "Subject": "A subject",
        "Keywords": "one, two",
        "Producer": "WeasyPrint 70.0",
    }
    assert metadata.language == "en"
    assert metadata.shows_title
    assert 'pdfuaid:part="1"' in metadata.xmp
    assert 'pdfaid:part="2"' in metadata.xmp
    assert 'pdfaid:conformance="A"' in metadata.xmp
    assert "A test" in metadata.xmp
    assert "Date" not in metadata.xmp
    assert b"2026" not in data
    assert b"<?xpacket" in data  # readable without a decoder


def test_same_bytes_again() -> None:
    first = renderer().render(HANDOUT, base_url=ROOT).data
    other = renderer().render(page("<h1>Another</h1>"), base_url=ROOT).data
    assert renderer().render(HANDOUT, base_url=ROOT).data == first
    assert other != first
    fresh = Renderer([StyleText("sample.css", STYLE)], folders=[FONTS])
    assert fresh.render(HANDOUT, base_url=ROOT).data == first


SCRIPT = """
import hashlib, sys
from tests.rendering.samples import HANDOUT, ROOT, renderer
print(hashlib.sha256(renderer().render(HANDOUT, base_url=ROOT).data).hexdigest())
"""


def test_same_bytes_in_another_process_at_another_time() -> None:
    digests = {hashlib.sha256(rendered(HANDOUT).data).hexdigest()}
    for seed, zone, epoch in (("1", "UTC", None), ("2", "Asia/Tokyo", "86400")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        environment.pop("SOURCE_DATE_EPOCH", None)
        if epoch:
            environment["SOURCE_DATE_EPOCH"] = epoch
        command = [sys.executable, "-c", SCRIPT]
        ran = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        digests.add(ran.stdout.strip())
        time.sleep(1.1)  # a time of making would have whole seconds
    assert len(digests) == 1


def project(folder: Path) -> Path:
    (folder / "pages").mkdir()
    (folder / "styles").mkdir()
    (folder / "styles" / "main.css").write_text(
        '@import url("parts.css");\nh1 { colour: red }\n', encoding="utf-8"
    )
    (folder / "styles" / "parts.css").write_text(
        "@page { size: A4 }\np {\n  width: 3foo;\n}\n", encoding="utf-8"
    )
    return folder


def test_messages_about_styles_name_the_right_file(tmp_path: Path) -> None:
    root = project(tmp_path)
    styles = root / "styles"
    renderer = Renderer([styles / "main.css"], folders=[styles], root=root)
    assert renderer.files == (styles / "main.css", styles / "parts.css")
    document = renderer.render(page("<h1>A</h1>"), base_url=root / "pages", path="pages/a.md")
    places = {(each.path, each.line, each.column, each.severity) for each in document.diagnostics}
    assert places == {
        ("styles/parts.css", 3, 3, "warning"),
        ("styles/main.css", 2, 6, "warning"),
    }
    assert set(codes(document.diagnostics)) == {"weasyprint"}


def test_messages_about_the_page_itself_name_the_page() -> None:
    html = page("<h1>A</h1>", style="h1 { colour: red }")
    (only,) = renderer().render(html, base_url=ROOT, path="a.md").diagnostics
    assert (only.path, only.line, only.code) == ("a.md", None, "weasyprint")
    assert "colour" in only.message
    assert "at 1:6" in only.message


def test_a_missing_stylesheet_stops() -> None:
    with pytest.raises(FileNotFoundError):
        Renderer([ROOT / "no-such.css"], folders=[ROOT])


def test_a_missing_glyph_is_an_error() -> None:
    (only,) = rendered(page("<h1>A</h1><p>中</p>")).diagnostics
    assert (only.code, only.severity, only.path) == ("missing-glyph", "error", "sample.md")
    assert "`中` (U+4E2D)" in only.message


def styled(folder: Path, stylesheets: list[Stylesheet], seen: list[Path]) -> PdfDocument:
    def read(path: Path) -> bytes:
        seen.append(path)
        return path.read_bytes()

    warm = renderer_for(stylesheets, folders=[folder], read=read)
    return warm.render(page("<h1>A</h1>"), base_url=folder, read=read)


def test_warm_stylesheets_still_count_as_read_and_changes_are_seen(tmp_path: Path) -> None:
    sheet = tmp_path / "a.css"
    sheet.write_text("@page { size: A4 }", encoding="utf-8")
    first: list[Path] = []
    second: list[Path] = []
    before = styled(tmp_path, [sheet], first)
    assert styled(tmp_path, [sheet], second) == before
    assert set(first) == set(second) == {sheet}
    sheet.write_text("@page { size: letter }", encoding="utf-8")
    assert styled(tmp_path, [sheet], []).page_sizes_pt == ((612, 792),)


def test_fonts_of_one_page_are_not_there_for_the_next() -> None:
    style = "@font-face { font-family: Mine; src: url(%s) } p { font-family: Mine }"
    bold = (FONTS / "source-sans-3" / "SourceSans3-Bold.ttf").as_uri()
    plain = page("<h1>A</h1><p>b</p>", style="p { font-family: Mine }")
    before = renderer().render(plain, base_url=ROOT).data
    own = renderer().render(page("<h1>A</h1><p>b</p>", style=style % bold), base_url=ROOT)
    assert own.diagnostics == ()
    assert renderer().render(plain, base_url=ROOT).data == before


def test_nothing_is_attached() -> None:
    font = (FONTS / "source-sans-3" / "SourceSans3-It.ttf").as_uri()
    html = page(f"<h1>A</h1><p><a rel='attachment' href='{font}'>x</a></p>").replace(
        "<style>", f"<link rel='attachment' href='{font}'><style>"
    )
    document = rendered(html)
    assert document.diagnostics == ()
    assert printed(document.data).tree.annotations == ()
    assert len(document.data) < 20_000


def test_documents_go_between_processes() -> None:
    copy = pickle.loads(pickle.dumps(rendered(HANDOUT)))  # noqa: S301
    assert copy == rendered(HANDOUT)


def test_is_quick_when_warm() -> None:
    words = "<p>" + "Some plain words that say what to do next and why. " * 20 + "</p>"
    html = page("<h1>A</h1>" + words * 5)
    assert rendered(html).page_count == 2
    started = time.process_time()
    for _ in range(5):
        renderer().render(html, base_url=ROOT)
    assert (time.process_time() - started) / 5 < 0.25


def test_a_page_that_was_parsed_for_another_paper_gives_the_same_bytes() -> None:
    html = page("<h1>One</h1><p>Words <b>and</b> more.</p>" + CHART)
    letter = StyleText("letter.css", STYLE.replace("size: A4", "size: letter"))

    def on_letter() -> bytes:
        return Renderer([letter], folders=[FONTS]).render(html, base_url=ROOT).data

    alone = on_letter()
    parsed = weasyprint.HTML
    renderer().render(html, base_url=ROOT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weasyprint, "HTML", None)
        after_a4 = on_letter()
    assert weasyprint.HTML is parsed
    assert after_a4 == alone
