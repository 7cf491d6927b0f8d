"""Values in a logo's SVG: what they refer to, and their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tinycss2  # type: ignore[import-untyped, unused-ignore]

_REFERENCE = re.compile(r"""url\(\s*(["']?)\s*(#[^\s"')]+)\s*\1\s*\)""", re.IGNORECASE)
_HASHED = re.compile(r"#[\w-]+")
_NUMBER = re.compile(
    r"(?<![\w.-])[-+]?(?:nan|inf|infinity)(?![\w-])|(?:\d[\d_]*\.?[\d_]*|\.[\d_]+)(?:e[-+]?[\d_]+)?",
    re.IGNORECASE,
)
_LARGEST = 1e9
"""Of a number in a drawing: products of a few still are numbers."""


def with_bare_references(css: str) -> str:
    """A value with references as the layout engine reads them: without quotes and blanks."""
    return _REFERENCE.sub(r"url(\2)", css)


def strange_number(css: str) -> str | None:
    """The first number that would be none in a PDF: infinite, not a number, or beyond all size."""
    for number in _NUMBER.findall(_HASHED.sub("", css)):
        try:
            is_strange = not abs(float(number)) <= _LARGEST
        except ValueError:
            continue  # `1_`, which is no number to anybody
        if is_strange:
            return str(number[:20])
    return None


def addresses(css: str) -> Iterator[str]:
    """What a style refers to with ``url()``, in quotes or without."""
    pending = list(tinycss2.parse_component_value_list(css))
    while pending:
        token = pending.pop()
        if token.type == "url":
            yield token.value.strip()
        elif token.type == "function" and token.lower_name == "url":
            words = [each for each in token.arguments if each.type not in ("whitespace", "comment")]
            is_one = len(words) == 1 and words[0].type == "string"
            yield words[0].value.strip() if is_one else ""
        elif token.type == "error" and token.kind == "bad-url":
            yield ""
        pending += getattr(token, "arguments", None) or getattr(token, "content", None) or ()
