"""Text of the other direction: kept in its own order inside a line.

Digits, phones and Latin names in a line from right to left would be put in another order by the
Unicode bidirectional algorithm (UAX 9) where signs or blanks stand between them. In running text
an element with a direction of its own holds them together; where no element can stand, in a
link or in the margins of a page, the isolates U+2066 and U+2069 do, with a mark U+200E before the
end: each line is set by itself, so that a sign at the end of a second line would lose its isolate.
"""

from __future__ import annotations

import unicodedata

from markupsafe import Markup, escape

RIGHT_TO_LEFT = "rtl"
_ISOLATE, _MARK, _POP = "\u2066", "\u200e", "\u2069"
_STRONG = frozenset({"R", "AL"})


def reads_right_to_left(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return any(unicodedata.bidirectional(each) in _STRONG for each in text)


def isolated(direction: str, text: object) -> str:
    """A text that is written from left to right, between isolates where the page is not."""
    plain = text if isinstance(text, Markup) else escape(str(text))
    if direction != RIGHT_TO_LEFT or not plain or reads_right_to_left(str(plain)):
        return plain
    return Markup("{}{}{}{}").format(_ISOLATE, plain, _MARK, _POP)


def apart(direction: str, text: str) -> Markup:
    """A text in running words, in an element of its own direction where the page's differs."""
    if direction != RIGHT_TO_LEFT or reads_right_to_left(text):
        return escape(text)
    return Markup('<bdi dir="ltr">{}</bdi>').format(text)


def filled(text: str, **values: object) -> Markup:
    """A message with its places filled in; what is no Markup is escaped."""
    return Markup("{}").format(text).format(**values)
