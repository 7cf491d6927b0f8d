"""Numbers in words: which stretches of a text are numbers, in digits or spelled out.

Names that contain digits (HER2, T-DM1) are given and left out. "One" is a number only before a
word that makes it count something ("one in", "one year"), since it is also a pronoun; ordinals
("first", "second") are order, not counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

_COUNTED = (
    "in|of|out|or|to|hundred|thousand|more|less|fewer|per|percent|point|points|day|days|daily|week"
    "|weeks|weekly|month|months|year|years|hour|hours|minute|minutes|time|times|tablet|tablets"
    "|dose|doses|person|people|patient|patients|mg|milligrams?|cycle|cycles|scan|scans"
)

WORDS = {
    "en": (
        r"zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
        r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
        r"|eighty|ninety|hundreds?|thousands?|millions?|dozens?|half|halves|halved|thirds"
        r"|quarters?|fifths|tenths|twice|thrice|doubled?|doubles|tripled?|triples|twofold|threefold"
        r"|tenfold"
        rf"|once(?=\s+(?:a|an|daily|every|each|per|weekly)\b)|one(?=[\s-]+(?:{_COUNTED})\b)"
        r"|one[\s-]+(?:third|half|quarter|fifth|tenth)|a\s+(?:third|quarter|fifth|tenth)(?=\s+of\b)"
    ),
}
"""Number words by language, as one alternative of a regular expression."""


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A number in a text, from ``start`` to ``stop``."""

    text: str
    start: int
    stop: int


def find_numbers(text: str, names: Iterable[str], language: str) -> tuple[NumberFound, ...]:
    """The numbers in a text, in order, names with digits left out.

    Args:
        text: plain text, no HTML.
        names: names that contain digits or number words.
        language: language of the words; digits are found in any language.
    """
    rest = _names(tuple(sorted(names, key=len, reverse=True))).sub(
        lambda match: "\0" * len(match[0]), text
    )
    return tuple(
        NumberFound(text[match.start() : match.end()], match.start(), match.end())
        for match in _pattern(language).finditer(rest)
    )


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    if not names:
        return re.compile(r"(?!)")
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(re.escape(name) for name in names) + r")(?![\w-]*\d)"
    )


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = WORDS.get(language.split("-")[0])
    digits = rf"\d+(?:[.,:/]\d+)*|[{_fractions()}]"
    spelled = rf"|(?<!\w)(?:{words})(?!\w)" if words else ""
    return re.compile(digits + spelled, re.IGNORECASE)


@cache
def _fractions() -> str:
    """Every character that is a number by itself but no digit: one half, superscript two."""
    return "".join(
        re.escape(chr(code))
        for code in range(0x80, 0x3000)
        if unicodedata.category(chr(code)) in ("No", "Nl")
    )
