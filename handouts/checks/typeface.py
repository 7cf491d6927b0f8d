"""Fonts and glyphs in the PDF: only ours, all of them in the file, none of them an empty box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.checks.printed import printed
from handouts.diagnostics import Diagnostic, error
from handouts.rendering.messages import missing_glyph

if TYPE_CHECKING:
    from collections.abc import Collection

    from handouts.checks.embedded import PrintedFont
    from handouts.rendering.pdf import PdfDocument

FAMILIES = ("Source Sans 3", "Noto Sans Arabic")
_REPLACEMENT = "\ufffd"


def check_fonts(
    document: PdfDocument,
    *,
    path: str | None = None,
    families: Collection[str] = FAMILIES,
) -> list[Diagnostic]:
    """``foreign-font``: every font is embedded, and of one of our families.

    The family is read from the embedded file, not from what the page asked for.
    """
    found = []
    for font in printed(document.data).fonts:
        if not font.embedded:
            message = f"the font `{font.name}` is not in the PDF"
            found.append(error("foreign-font", message, path=path))
        elif font.family not in families:
            allowed = ", ".join(f"`{family}`" for family in sorted(families))
            message = f"text is set in `{font.family}`, allowed: {allowed}"
            found.append(error("foreign-font", message, path=path))
    return list(dict.fromkeys(found))


def check_glyphs(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``missing-glyph``: no glyph is an empty box, private, or stands for no character."""
    found: dict[Diagnostic, None] = {}
    for page in printed(document.data).pages:
        seen: dict[int, set[int]] = {}  # a glyph says the same wherever it stands on the page
        for shown in page.shown:
            if shown.font is None:
                message = f"page {page.number} shows text without a font"
                found[error("missing-glyph", message, path=path)] = None
                continue
            known = seen.setdefault(id(shown.font), set())
            for glyph in shown.glyphs:
                if glyph in known:
                    continue
                known.add(glyph)
                if problem := _problem(shown.font, glyph, page.number, path):
                    found[problem] = None
    return list(found)


def _problem(font: PrintedFont, glyph: int, page: int, path: str | None) -> Diagnostic | None:
    text = font.texts.get(glyph, "")
    if (glyph == 0 or glyph >= font.glyph_count) and font.embedded:
        if text:
            return missing_glyph(text, path)
        return error("missing-glyph", f"page {page} shows an empty box", path=path)
    if not text or _REPLACEMENT in text:
        message = f"page {page} shows a glyph of `{font.family}` that stands for no character"
        return error("missing-glyph", message, path=path)
    if private := next((each for each in text if _is_private(each)), None):
        message = f"page {page} has a private character (U+{ord(private):04X})"
        return error("missing-glyph", message, path=path)
    return None


def _is_private(character: str) -> bool:
    code = ord(character)
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000
