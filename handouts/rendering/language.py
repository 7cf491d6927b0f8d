"""Languages as they are named and written (CLDR, through Babel)."""

from __future__ import annotations

from functools import cache

from babel import Locale

SOURCE_LANGUAGE = "en"
"""The language that records, templates and the program itself are written in."""


@cache
def direction_of(language: str) -> str:
    """``ltr`` or ``rtl``: which way a language is written."""
    return str(_locale(language).text_direction)


def own_name(language: str) -> str:
    """What a language calls itself, with a capital where its script has them."""
    name = str(_locale(language).get_display_name() or language)
    return name[:1].upper() + name[1:]


def english_name(language: str) -> str:
    """What a language is called in English."""
    return str(_locale(language).get_display_name("en") or language)


def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))
