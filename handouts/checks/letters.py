"""Texts from different programs, made alike so that they can be compared."""

from __future__ import annotations

import re
import unicodedata

_ALIKE = str.maketrans("\x02\ufffe\u2010\u2011\u00b5\u2206", "----\u03bc\u0394")
"""What PDFium makes of hyphens at line ends, and characters that share a glyph with another."""
_MIRRORED = str.maketrans(")]}\u00bb\u203a>", "([{\u00ab\u2039<")
_UNPRINTED = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)


def plain(text: str) -> str:
    """A text without white space, in one form of Unicode."""
    return unicodedata.normalize("NFC", _UNPRINTED.sub("", text.translate(_ALIKE)))


def shortened(text: str) -> str:
    """The first words of a text, for a message."""
    words = " ".join(text.split())
    return words if len(words) <= 40 else f"{words[:39]}…"


def letters(text: str) -> str:
    """The characters of a text without their order, brackets as if all were open.

    A bracket in a text from right to left is set as the glyph that mirrors it (UAX 9, rule L4).
    """
    return "".join(sorted(plain(text).translate(_MIRRORED)))
