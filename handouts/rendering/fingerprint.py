"""The clinical fingerprint: which words and numbers a reviewer approved.

It is taken from the words of the composed document, alt texts and charts included. What belongs to
a clinic, and what says when and in which state a document is, stands in elements marked
``data-slot`` and is left out, and so are paper, format and styles, which change no word.
"""

from __future__ import annotations

import hashlib
import unicodedata
from html.parser import HTMLParser

_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that it can be read aloud and typed."""

SHORT = 8


def fingerprint_of(body: str) -> str:
    """The fingerprint of a composed body: 26 signs, the same for the same words and numbers."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    words = " ".join(unicodedata.normalize("NFC", " ".join(reader.words)).split())
    number = int.from_bytes(hashlib.sha256(words.encode()).digest()[:17], "big") >> 6
    signs = ""
    for _ in range(26):
        number, rest = divmod(number, 32)
        signs = _ALPHABET[rest] + signs
    return signs


def short_fingerprint(fingerprint: str) -> str:
    """The first signs in two groups, as printed in a footer."""
    half = SHORT // 2
    return f"{fingerprint[:half]}-{fingerprint[half:SHORT]}"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._skipping:
            self._skipping += tag not in _VOID
        elif "data-slot" in given:
            self._skipping = int(tag not in _VOID)
        else:
            self.words.extend(filter(None, (given.get("alt"), given.get("aria-label"))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._skipping and tag not in _VOID:
            self._skipping -= 1

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.words.append(data)
