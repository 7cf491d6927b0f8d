"""How much a block is worth when a page has no room for all of them."""

from __future__ import annotations

from enum import StrEnum


class Priority(StrEnum):
    """Whether a block may be left off a page of fixed length, and how early.

    The HTML twin shows every block, whatever its priority.
    """

    REQUIRED = "required"
    """Never left off."""
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    """The first to go."""


def weaker(first: Priority, second: Priority) -> Priority:
    """The one of two that goes first."""
    order = list(Priority)
    return max(first, second, key=order.index)
