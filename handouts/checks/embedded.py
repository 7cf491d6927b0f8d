"""The fonts that a PDF embeds, and what their glyphs stand for."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf
from fontTools.ttLib import TTFont, TTLibError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PAIR = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")


@dataclass(frozen=True, slots=True)
class PrintedFont:
    """A font resource.

    Attributes:
        name: PostScript name, with the tag of its subset.
        family: as the embedded file says, or the font's description where that says nothing.
        embedded: whether the file holds the font.
        glyph_count: of the embedded file; 0 if there is none.
        texts: what each glyph number stands for.
        widths: of glyphs, in thousandths of the type size.
    """

    name: str
    family: str
    embedded: bool
    glyph_count: int
    texts: Mapping[int, str]
    widths: Mapping[int, float]


class PrintedFonts:
    """The fonts of one file, each read once."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], PrintedFont] = {}

    def of(self, resources: Any) -> dict[str, PrintedFont]:
        """The fonts of a resource dictionary, by resource name."""
        found = {}
        for name, font in resources.get("/Font", {}).items():
            if font.objgen not in self.known:
                self.known[font.objgen] = _font(font)
            found[str(name)] = self.known[font.objgen]
        return found


def _font(font: Any) -> PrintedFont:
    name = str(font.get("/BaseFont", "/")).removeprefix("/")
    descendants = font.get("/DescendantFonts")
    inner = descendants[0] if descendants is not None else font
    descriptor = inner.get("/FontDescriptor", {})
    family, count = str(descriptor.get("/FontFamily", "")) or name, 0
    files = [
        descriptor[key] for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor
    ]
    if files:
        family, count = _inside(files[0].read_bytes(), family)
    texts = _texts(font["/ToUnicode"].read_bytes()) if "/ToUnicode" in font else {}
    return PrintedFont(name, family, bool(files), count, texts, dict(_widths(inner)))


def _inside(data: bytes, family: str) -> tuple[str, int]:
    """Family and number of glyphs according to a font file itself."""
    try:
        with TTFont(io.BytesIO(data), lazy=True) as file:
            names = file.get("name", None)
            own = names and (names.getDebugName(16) or names.getDebugName(1))
            return own or family, file["maxp"].numGlyphs
    except TTLibError:
        return family, 0


def _texts(cmap: bytes) -> dict[int, str]:
    """Glyph numbers and what they stand for, from the ``bfchar`` lines that WeasyPrint writes."""
    return {
        int(code, 16): bytes.fromhex(text).decode("utf-16-be", errors="replace")
        for section in cmap.decode("latin-1").split("beginbfchar")[1:]
        for code, text in _PAIR.findall(section.split("endbfchar")[0])
    }


def _widths(font: Any) -> Iterator[tuple[int, float]]:
    """Glyph widths from the array ``[first [width …] first last width …]``."""
    entries = list(font.get("/W", []))
    while entries:
        first, second = int(entries.pop(0)), entries.pop(0)
        if isinstance(second, pikepdf.Array):
            for offset, width in enumerate(second):
                yield first + offset, float(width)
        else:
            width = float(entries.pop(0))
            for glyph in range(first, int(second) + 1):
                yield glyph, width
