"""Words of the program, marked so that they are collected for translation."""

from __future__ import annotations

from collections.abc import Callable

Plural = Callable[[str, str, int], str]
"""The words for a count, of the words for one and for many: a language may have more forms."""


def message(text: str) -> str:
    """Mark words that are translated elsewhere than where they are written."""
    return text


def english_plural(one: str, many: str, count: int) -> str:
    """The words for a count in the language of the program."""
    return one if count == 1 else many
