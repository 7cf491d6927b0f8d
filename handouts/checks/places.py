"""How diagnostics say where something is."""

from __future__ import annotations

_AT_MOST = 40


def shortened(text: str) -> str:
    """The first words of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= _AT_MOST else f"{words[: _AT_MOST - 1]}…"
