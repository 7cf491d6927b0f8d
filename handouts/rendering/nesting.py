"""How far rules of a stylesheet stand one in another, and what they come to.

The layout engine writes the selectors around a rule out in it, once for each of its own selectors
and each ``&``: time and memory multiply with each level.
"""

from __future__ import annotations

from typing import Any

import tinycss2  # type: ignore[import-untyped, unused-ignore]

DEEPEST_RULES = 8
"""Braces of a stylesheet, one in another."""

TOO_DEEP = f"its rules stand more than {DEEPEST_RULES} deep, or multiply each other"

MOST_WRITTEN_OUT = 200_000
"""Tokens in the selectors of all nested rules, once those around them are written out."""

_AROUND = 3
"""Tokens that a selector is wrapped in when it is written out: ``:is( )``."""


def is_too_deep(css: str) -> bool:
    """Whether rules of a stylesheet are nested more than anybody would write them.

    It counts what the layout engine's own tokenizer makes of the text, so that a brace in a comment
    or a string counts as little here as there.
    """
    written_out = 0
    pending: list[tuple[Any, int, int]] = [(tinycss2.parse_component_value_list(css), 0, 0)]
    while pending:
        tokens, depth, around = pending.pop()
        selectors: list[Any] = []
        for part in tokens:
            if part.type == "{} block":
                size = _size(selectors, around)
                written_out += size if around else 0
                if depth == DEEPEST_RULES or written_out > MOST_WRITTEN_OUT:
                    return True
                pending.append((part.content, depth + 1, size))
                selectors = []
            elif part == ";":
                selectors = []
            elif part.type not in ("whitespace", "comment") or selectors:
                selectors.append(part)
    return False


def _size(selectors: list[Any], around: int) -> int:
    """Tokens of some selectors with those around them written out; a rule with @ has none."""
    if selectors and selectors[0].type == "at-keyword":
        return around
    groups = 1 + _number(selectors, ",")
    copies = groups * max(1, _number(selectors, "&"))
    wrapped = around + _AROUND if around else 0
    return groups * _count(selectors) + copies * wrapped


def _count(tokens: list[Any]) -> int:
    """The tokens, and those in their brackets."""
    count, pending = 0, list(tokens)
    while pending:
        token = pending.pop()
        count += 1
        pending += getattr(token, "arguments", None) or getattr(token, "content", None) or ()
    return count


def _number(tokens: list[Any], literal: str) -> int:
    return sum(1 for each in tokens if each == literal)
