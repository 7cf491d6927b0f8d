from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from handouts.checks.printed import printed
from handouts.rendering import fonts
from tests.rendering.samples import FONT_CACHE, FONTS, page, rendered

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(FONTS.rglob("*.ttf"))


def test_same_folders_may_be_named_again(tmp_path: Path) -> None:
    import weasyprint  # noqa: F401

    fonts.use_only([FONTS], FONT_CACHE)
    fonts.use_only([FONTS], tmp_path)
    assert not list(tmp_path.iterdir())


def test_other_folders_after_the_import_are_refused(tmp_path: Path) -> None:
    import weasyprint  # noqa: F401

    with pytest.raises(RuntimeError, match="imported already"):
        fonts.use_only([tmp_path], FONT_CACHE)


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        fonts.use_only([tmp_path / "none"], FONT_CACHE)


def test_rendering_without_set_up_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from handouts.rendering.pdf import Renderer

    monkeypatch.delenv("FONTCONFIG_FILE")
    with pytest.raises(RuntimeError, match="use_only"):
        Renderer([], folders=[])


@pytest.mark.parametrize("family", ["DejaVu Sans", "serif", "monospace", "Arial", "no-such-font"])
def test_no_system_font_is_ever_used(family: str) -> None:
    html = page(
        f"<h1>A</h1><p style='font-family: {family}'>Plain ⌘ 中 words</p>"
        "<svg width='99' height='30'><title>T</title>"
        f"<text y='20' font-family='{family}'>x</text></svg>"
    )
    assert {font.family for font in printed(rendered(html).data).fonts} == {"Source Sans 3"}


def test_fontconfig_lists_our_files_only(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from handouts.rendering import fonts;"
        "fonts.use_only([Path(sys.argv[1])], Path(sys.argv[2]));"
        "from weasyprint.text.ffi import ffi, fontconfig as fc;"
        "found = fc.FcConfigGetFonts(fc.FcInitLoadConfigAndFonts(), fc.FcSetSystem);"
        "print(found.nfont)"
    )
    command = [sys.executable, "-c", script, str(FONTS), str(tmp_path / "a cache & more")]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(ran.stdout) == len(FILES)
    assert not ran.stderr


def test_missing_glyphs_are_found_by_file() -> None:
    assert fonts.missing_glyphs("Thuốc điều trị: 5 – 7 °C ✓\n", FILES) == set()
    assert fonts.missing_glyphs("a 中\u00ad\u200b\u2066", FILES) == {"中"}
    assert fonts.missing_glyphs("a", []) == {"a"}
