"""Which words of a text have changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

_AROUND = 5
"""Words shown before and after a change."""

_HYPHENS = str.maketrans("\x02\ufffe", "--")
"""PDFium's signs for a hyphen inside a word."""

_CLOSE = 1
"""So many words between two changes belong to both of them."""

_Place = tuple[int, int, int, int]
"""Start and end in the old words, and in the new ones."""


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words that others stand in the place of.

    Attributes:
        old, new: the words; empty where words were only added or only taken out.
        before, after: the words around them, in the new text.
        old_pages, new_pages: pages where it happens; repeats on other pages are one change.
    """

    old: str
    new: str
    before: str
    after: str
    old_pages: tuple[int, ...]
    new_pages: tuple[int, ...]


def word_changes(old: Sequence[str], new: Sequence[str]) -> tuple[WordChange, ...]:
    """What changed between the pages of two texts.

    Words that only moved to another line or page have not changed. What changes alike in several
    places, such as a footer, is said once.
    """
    first, second = _words(old), _words(new)
    before, after = ([word for word, _ in each] for each in (first, second))
    found: dict[tuple[str, str], WordChange] = {}
    for start, end, new_start, new_end in _joined(_changes(before, after), second):
        change = WordChange(
            " ".join(before[start:end]),
            " ".join(after[new_start:new_end]),
            " ".join(after[max(0, new_start - _AROUND) : new_start]),
            " ".join(after[new_end : new_end + _AROUND]),
            tuple(sorted({page for _, page in first[start:end]})),
            tuple(sorted({page for _, page in second[new_start:new_end]})),
        )
        known = found.setdefault((change.old, change.new), change)
        found[change.old, change.new] = replace(
            known,
            old_pages=tuple(sorted({*known.old_pages, *change.old_pages})),
            new_pages=tuple(sorted({*known.new_pages, *change.new_pages})),
        )
    return tuple(found.values())


def _words(pages: Sequence[str]) -> list[tuple[str, int]]:
    """Each word with its page, from 1; lines that stand on all pages come last.

    Otherwise a footer would come between words whenever they move over the end of a page.
    """
    body: list[tuple[str, int]] = []
    margins: list[tuple[str, int]] = []
    lines = [text.translate(_HYPHENS).splitlines() for text in pages]
    everywhere = set.intersection(*(set(map(_shape, each)) for each in lines)) if lines else set()
    for number, page in enumerate(lines, 1):
        for line in page:
            is_margin = len(pages) > 1 and _shape(line) in everywhere
            (margins if is_margin else body).extend((word, number) for word in line.split())
    return body + margins


def _shape(line: str) -> str:
    """A line without the numbers that count pages."""
    return re.sub(r"\d+", "0", line).strip()


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Place]:
    for kind, *place in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            start, end, new_start, new_end = place
            yield start, end, new_start, new_end


def _joined(places: Iterable[_Place], new: Sequence[tuple[str, int]]) -> list[_Place]:
    """Changes close to each other on a page as one."""
    joined: list[_Place] = []
    for start, end, new_start, new_end in places:
        if joined:
            first, last, new_first, new_last = joined[-1]
            between = {page for _, page in new[max(new_last - 1, 0) : new_start + 1]}
            if start - last <= _CLOSE and new_start - new_last <= _CLOSE and len(between) <= 1:
                joined[-1] = (first, end, new_first, new_end)
                continue
        joined.append((start, end, new_start, new_end))
    return joined
