"""What a page for screens would load from elsewhere, or run: it needs nothing but our files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any

import tinycss2  # type: ignore[import-untyped, unused-ignore]

_RUNS = frozenset({"applet", "base", "embed", "frame", "iframe", "object", "script"})
_LOADS = frozenset({"background", "poster", "src"})
_LOADS_IF_NO_LINK = frozenset({"href", "xlink:href"})
_LINKS = frozenset({"a", "area"})
_UNSEEN = re.compile(r"[\x00-\x20]")
_ELSEWHERE = re.compile(r"(?!data:)(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_ON_THE_WEB = re.compile(r"(?:https?:|[/\\]{2})", re.IGNORECASE)
_ADDRESSES = frozenset({"image", "image-set", "src", "url", "-webkit-image-set"})


def foreign_in_page(html: str) -> tuple[str, ...]:
    """What a page loads from elsewhere or runs, in words such as "`<script>`"."""
    reader = _Reader()
    with suppress(AssertionError):  # what is no HTML is said elsewhere
        reader.feed(html)
        reader.close()
    return tuple(dict.fromkeys(reader.found))


def foreign_in_style(css: str) -> Iterator[tuple[int, str]]:
    """Lines and addresses of what a stylesheet loads from the web."""
    pending: list[tuple[Any, bool]] = [
        (each, False) for each in reversed(tinycss2.parse_component_value_list(css))
    ]
    imports = False
    while pending:
        token, in_address = pending.pop()
        if token.type in {"whitespace", "comment"}:
            continue
        is_address = token.type == "url" or (token.type == "string" and (in_address or imports))
        if is_address and _ON_THE_WEB.match(_UNSEEN.sub("", token.value)):
            yield token.source_line, token.value
        imports = token.type == "at-keyword" and token.lower_value == "import"
        if token.type == "function":
            of_address = token.lower_name in _ADDRESSES
            pending += ((each, of_address) for each in reversed(token.arguments))
        else:
            content = getattr(token, "content", None) or ()
            pending += ((each, in_address) for each in reversed(content))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        if tag in _RUNS:
            self.found.append(f"`<{tag}>`")
        for name, value in attrs:
            if name.startswith("on"):
                self.found.append(f"`{name}` of `<{tag}>`")
            if name == "style":
                self._style(value or "")
            if any(_ELSEWHERE.match(each) for each in _addresses(tag, name, value or "")):
                self.found.append(f"`{value}`")

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._style(data)

    def _style(self, css: str) -> None:
        self.found += (f"`{address}`" for _, address in foreign_in_style(css))


def _addresses(tag: str, name: str, value: str) -> list[str]:
    """The addresses in an attribute that a browser reads without being asked to."""
    if name in _LOADS or (name in _LOADS_IF_NO_LINK and tag not in _LINKS):
        return [_UNSEEN.sub("", value)]
    if name == "srcset":
        return [each.strip() for each in re.split(r",\s+", value)]
    return []
