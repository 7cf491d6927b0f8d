"""Words of users in files of a stricter kind: nothing they hold may break a report or mislead."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    # what XML 1.0 (production 2, Char) and HTML can't hold, and what is no text
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    # what turns the direction of the words that follow (UAX 9): the order shown would not be true
    "\u202a-\u202e\u2066-\u2069]"
)


def legible(text: str) -> str:
    """A text with what can't be printed, or would turn what follows, written as an escape."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
