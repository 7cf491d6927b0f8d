"""Numbers in words: which stretches of a text are numbers, in digits or spelled out.

Names that contain digits (HER2, T-DM1) are given and left out. "One", "once" and "double" are
numbers only where they count something ("one in ten", "once a day", "double the risk"), since they
are also other words; ordinals ("first", "second") are order, not counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

FILLED = "\ufffc"
"""Stands in a text for what is filled in there, a number as a rule."""

_CARDINALS = (
    "zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen"
    "|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?!-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)(?!\w))"
    "|tens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
)
_SCALES = "(?:hundred|thousand|million|billion|trillion|dozen)s?"
_PARTS = "third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth|hundredth"
_PERIODS = "day|night|morning|evening|week|fortnight|month|cycle|year|hour"
_COUNTED = (
    rf"(?:{_PERIODS}|minute|second|time|tablet|capsule|pill|dose|drop|injection|infusion|scan"
    r"|treatment|line|person|patient|adult|man|woman|child|gram|milligram|microgram|litre|liter"
    r"|millilitre|milliliter|teaspoon|degree|centimetre|centimeter|millimetre|millimeter)s?"
    rf"|people|men|women|children|per|percent|percentage|daily|weekly|fewer|less|half|{_SCALES}"
    r"|mg|mcg|ml|cm|mm|kg"
)
_ONE = (
    rf"(?<!no )one(?=[\s-](?:(?:more|extra|full|whole)\s)?(?:{_COUNTED})(?!\w))"
    rf"|(?<!no )one(?=\s(?:in|of|out\sof|or|to)\s(?:(?:each|every)\s)?"
    rf"(?:more(?!\w)|\d|{FILLED}|(?:an?\s)?{_SCALES}(?!\w)|(?:{_CARDINALS})(?!\w)))"
)
_ONCE = (
    rf"once(?=\s(?:daily|weekly|monthly|yearly|(?:an?|each|every|per)\s(?:{_PERIODS}))(?!\w))"
    r"|(?<=more than )once|(?<=at least )once|(?<=less than )once"
)
_SHARES = (
    rf"half(?!-(?:life|lives|way))|halves|quarters?|(?:{_PARTS})s"
    rf"|one[\s-](?:{_PARTS})(?!\w)"
    rf"|an?\s(?:{_PARTS})(?=\s(?:of|had|have|were|are|did|lived|died|as|more|less|fewer|lower"
    r"|higher)(?!\w)|[.,;:!?)]|\Z)"
)
_MULTIPLES = (
    r"twice|thrice|(?:two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)fold"
    r"|(?:doubl|trebl|tripl|quadrupl)(?:es|ed|ing)|halv(?:e|ed|ing)"
    r"|(?:double|treble|triple|quadruple)"
    r"(?=\s(?:the|that|this|those|these|their|its|his|her|your|our|my|what|as|every|in|by)(?!\w)"
    r"|[.,;:!?)]|\Z)"
)
_ENGLISH = (
    rf"(?:{_CARDINALS}|{_SCALES}|{_ONE})"
    rf"(?:[\s-](?:{_CARDINALS}|{_SCALES}|one|(?:{_PARTS})s|halves|quarters)(?!\w)"
    rf"|(?:(?<=hundred)|(?<=thousand)|(?<=million))\sand\s(?:{_CARDINALS}|one)(?!\w)"
    r"|\sand\sa\s(?:half|quarter)(?!\w))*"
    rf"|{_ONCE}|{_SHARES}|{_MULTIPLES}"
)

WORDS = {"en": _ENGLISH}
"""Number words by language, as alternatives of a regular expression that ignores case."""

SCALES = {"en": _SCALES}
"""Words by language that make digits before them larger: "5 million"."""

_DIGITS = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,:/·]\d+)*"
_HYPHENS = "\u2011-"
_LONGEST_NAME = 80
_WORD_BEFORE = re.compile(rf"\w[\w{_HYPHENS}]*\Z")
_WORD_AFTER = re.compile(rf"(?:[{_HYPHENS}]?\w)*")
_WHITE_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A number in a text, from ``start`` to ``stop``.

    ``name`` is the word that its digits are part of, where that looks like a name (``HER4``); of
    such a word only the first number is told.
    """

    text: str
    start: int
    stop: int
    name: str | None = None


def find_numbers(text: str, names: Iterable[str], language: str) -> tuple[NumberFound, ...]:
    """The numbers in a text, in order, names with digits left out.

    Args:
        text: plain text, no HTML; ``FILLED`` where something is filled in.
        names: names that contain digits or number words; the first letter may be either case, a
            space any white space.
        language: language of the words; digits are found in any language.
    """
    plain = _WHITE_SPACE.sub(" ", text)
    rest = _names(tuple(sorted(filter(None, names), key=len, reverse=True))).sub(
        lambda match: "\0" * len(match[0]), plain
    )
    found: list[NumberFound] = []
    word_end = 0
    for match in _pattern(language.split("-", maxsplit=1)[0]).finditer(rest):
        start, stop = match.span()
        if start < word_end:
            continue
        name, word_end = _name_around(rest, start, stop)
        found.append(NumberFound(text[start:stop], start, stop, name))
    return tuple(found)


def _name_around(text: str, start: int, stop: int) -> tuple[str | None, int]:
    """The word around digits if it looks like a name, and where that ends."""
    before = _WORD_BEFORE.search(text, max(0, start - _LONGEST_NAME), start)
    if before is None or not text[start].isdigit():
        return None, stop
    if not (text[start - 1].isalpha() or any(each.isupper() for each in before[0])):
        return None, stop
    after = _WORD_AFTER.match(text, stop)
    end = after.end() if after else stop
    return text[before.start() : end], end


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    if not names:
        return re.compile(r"(?!)")
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(_name, names))})(?![\w{_HYPHENS}]*[.,:/·]?\d|\s?%)"
    )


def _name(name: str) -> str:
    first, rest = name[0], name[1:]
    either = "|".join(sorted({re.escape(first.lower()), re.escape(first.upper())}))
    return f"(?:{either})" + "".join(
        " +" if each.isspace() else f"[{_HYPHENS}]" if each in _HYPHENS else re.escape(each)
        for each in rest
    )


@cache
def _pattern(language: str) -> re.Pattern[str]:
    signs = f"[{_signs()}]"
    digits = rf"{_DIGITS}{signs}?"
    if language in SCALES:
        digits += rf"(?:[\s-](?:{SCALES[language]})(?!\w))?"
    spelled = rf"|(?<!\w)(?:{WORDS[language]})(?!\w)" if language in WORDS else ""
    return re.compile(f"{digits}|{signs}+{spelled}", re.IGNORECASE)


@cache
def _signs() -> str:
    """Every character that is a number by itself but no digit: one half, superscript two."""
    return "".join(
        re.escape(chr(code))
        for code in range(0x80, 0x3400)
        if unicodedata.category(chr(code)) in ("No", "Nl")
    )
