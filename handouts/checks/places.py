"""The line that words on a page come from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from handouts.diagnostics import Diagnostic

_QUOTED = re.compile(r"`([^`]+)`")
_UNPRINTED = re.compile(r"\{\{.*?\}\}|\[@.*?\]")
_LEAST = 14
"""Letters that are enough to know words by."""


def with_lines(found: Iterable[Diagnostic], path: str, text: str) -> Iterator[Diagnostic]:
    """Diagnostics of pages, with the line of the words that their message quotes.

    Args:
        found: they name a file, and a line where it is known.
        path: of the document's source.
        text: of that file.
    """
    source = _Letters(text)
    for each in found:
        if each.path == path and each.line is None:
            lines = (source.line_of(words) for words in _QUOTED.findall(each.message))
            each = replace(each, line=next((line for line in lines if line), None))  # noqa: PLW2901
        yield each


class _Letters:
    """Letters and digits of a text without its markup, each with its line."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        pieces: list[str] = []
        length = 0
        for line in text.splitlines():
            piece = _letters(_UNPRINTED.sub("", line))
            self._starts.append(length)
            pieces.append(piece)
            length += len(piece)
        self._text = "".join(pieces)

    def line_of(self, words: str) -> int | None:
        """The line in which some words begin; a few of the first are enough, for facts follow."""
        letters = _letters(words)
        for length in range(len(letters), _LEAST - 1, -1):
            place = self._text.find(letters[:length])
            if place >= 0:
                return bisect_right(self._starts, place)
        return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
