"""Protected terms: names of medicines, genes and trials, which a reader meets whatever we write.

They are left out of the first of two reading scores. So that hard words can't hide among them, no
more than a share of the words is left out, and the second score counts every word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handouts.checks.numbers import SOURCE_LANGUAGE
from handouts.checks.sentences import words_in
from handouts.loading.library import Library

MOST_PROTECTED = 0.12
"""Largest share of the words that is left out of the first score."""


@dataclass(frozen=True, slots=True)
class Unprotected:
    """What is left of some sentences.

    Attributes:
        sentences: the words of each that were left.
        share: of the words that were left out.
        is_capped: whether there were more of them than may be left out.
    """

    sentences: tuple[tuple[str, ...], ...]
    share: float
    is_capped: bool


def protected_names(library: Library, language: str) -> tuple[str, ...]:
    """The protected terms of a language: of its glossary, of the English one, and the trials'."""
    found = dict.fromkeys(library.names(language))
    for each in (language, SOURCE_LANGUAGE):
        if glossary := library.glossaries.get(each):
            found |= dict.fromkeys((*glossary.value.names, *glossary.value.protected))
    return tuple(found)


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """An expression that finds the names, the longest first."""
    ordered = sorted(names, key=lambda each: (-len(each), each))
    escaped = "|".join(r"\s".join(map(re.escape, each.split())) for each in ordered)
    return re.compile(rf"(?<!\w)(?:{escaped or '(?!)'})(?!\w)", re.IGNORECASE)


def without_protected(sentences: Iterable[str], names: re.Pattern[str]) -> Unprotected:
    """The words of sentences without protected terms, from the first to the last, up to the cap."""
    texts = tuple(sentences)
    words = tuple(words_in(each) for each in texts)
    total = sum(map(len, words))
    left, removed, is_capped = [], 0, False
    for text, before in zip(texts, words, strict=True):
        after = words_in(names.sub(" ", text))
        fewer = max(0, len(before) - len(after))
        if after != before and removed + fewer > MOST_PROTECTED * total:
            is_capped, after, fewer = True, before, 0
        removed += fewer
        left.append(after)
    return Unprotected(tuple(left), removed / total if total else 0.0, is_capped)
