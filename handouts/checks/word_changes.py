"""Which words of a text have changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

_AROUND = 5
"""Words shown before and after a change."""

_HYPHENS = str.maketrans("\x02\ufffe", "--")
"""PDFium's signs for a hyphen inside a word."""

_CLOSE = 1
"""So many words between two changes belong to both of them."""


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
    for start, end, new_start, new_end in _changes(before, after):
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


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Places of words that differ, changes close to each other as one."""
    joined: list[tuple[int, int, int, int]] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            continue
        if joined and start - joined[-1][1] <= _CLOSE and new_start - joined[-1][3] <= _CLOSE:
            joined[-1] = (joined[-1][0], end, joined[-1][2], new_end)
        else:
            joined.append((start, end, new_start, new_end))
    return joined
