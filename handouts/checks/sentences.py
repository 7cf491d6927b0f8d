"""Sentences of a text, each with the line it starts on, and the words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_END = re.compile(r"[.!?؟…]+[”’\"')\]»]*(?=\s|\Z)")
_MARKS = ".,:;!?…()[]{}“”‘’«»\"'`*_/|¿¡،؛؟—–-"

_NEVER_LAST = {
    "en": {"e.g", "i.e", "dr", "mr", "mrs", "ms", "prof", "st", "vs", "approx", "no", "fig", "cf"},
    "es": {"p.ej", "ej", "dr", "dra", "sr", "sra", "prof", "aprox", "núm", "n.º", "vs", "ud"},
}
"""Abbreviations after which a sentence goes on, without their last stop."""

_NUMBERED = {"no", "fig", "núm"}
"""Of these, the ones that are abbreviations only before a number: "no." also ends a sentence."""

_OPENING = "“‘\"'([«¿¡"


@dataclass(frozen=True, slots=True)
class TextWithLines:
    """A text, and the line in its file of every offset: ``breaks`` are (offset, line)."""

    text: str
    breaks: tuple[tuple[int, int], ...]

    @staticmethod
    def of(pieces: Iterable[tuple[str, int]]) -> TextWithLines:
        """The text of pieces that each start on a line; a line feed starts the next one."""
        text = ""
        breaks: list[tuple[int, int]] = []
        for piece, line in pieces:
            for index, part in enumerate(piece.split("\n")):
                if index:
                    text += " "
                breaks.append((len(text), line + index))
                text += part
        return TextWithLines(text, tuple(breaks))

    def line_at(self, offset: int) -> int:
        """The line of an offset."""
        return max(line for start, line in self.breaks if start <= offset)


@dataclass(frozen=True)
class Sentence:
    """One sentence.

    Attributes:
        text: as it is read, on one line.
        line: where it starts.
        start: its offset in its passage.
    """

    text: str
    line: int
    start: int

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words: what stands between blanks and has a letter or a digit in it."""
        return words_in(self.text)


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text, without the marks around them."""
    bare = (each.strip(_MARKS) for each in text.replace("—", " ").split())
    return tuple(each for each in bare if each and any(map(str.isalnum, each)))


def sentences_in(text: TextWithLines, language: str) -> tuple[Sentence, ...]:
    """The sentences of a passage; what has no full stop at its end is one too.

    A stop ends a sentence when white space follows and then no small letter, and when it does not
    belong to an abbreviation or to the initial of a name.
    """
    found = []
    start = 0
    for match in _END.finditer(text.text):
        if _ends(text.text, match, language):
            found.append((start, match.end()))
            start = match.end()
    found.append((start, len(text.text)))
    sentences = []
    for begin, stop in found:
        part = text.text[begin:stop]
        if words_in(part):
            first = begin + len(part) - len(part.lstrip())
            sentences.append(Sentence(" ".join(part.split()), text.line_at(first), first))
    return tuple(sentences)


def _ends(text: str, match: re.Match[str], language: str) -> bool:
    """Whether the stop of a match ends a sentence."""
    after = text[match.end() :].lstrip().lstrip(_OPENING)
    if not after:
        return True
    # A name such as p95HER2 may begin a sentence with a small letter.
    is_name = any(each.isupper() or each.isdigit() for each in after.split(None, 1)[0])
    if after[0].islower() and not is_name:
        return False
    return "." not in match[0] or not _is_abbreviated(text[: match.start()], after, language)


def _is_abbreviated(before: str, after: str, language: str) -> bool:
    """Whether a text ends with an abbreviation that has to have more words after it."""
    words = before.split()
    last = words[-1].lstrip(_OPENING) if words else ""
    if last.lower() in _NUMBERED:
        return after[0].isdigit()
    is_initial = len(last) == 1 and last.isupper() and len(words) > 1 and words[-2][0].isupper()
    return is_initial or last.lower() in _NEVER_LAST.get(language.partition("-")[0], set())
