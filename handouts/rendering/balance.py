"""Two columns of about the same height, from the number of lines that their blocks take.

The layout engine can balance columns itself, but lays each of them out many times for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from markupsafe import Markup

SIGNS = 60
"""Letters on a line of a column of 87 mm in 9 pt Source Sans 3; measured on our pages."""

HEADING_LINES = 1.6
"""A heading with the space around it, in lines of running text."""


def lines_of(words: Markup, signs: int = SIGNS) -> int:
    """About how many lines some words take."""
    return max(1, math.ceil(len(words.striptags()) / signs))


def list_lines(items: Iterable[Markup]) -> float:
    """About how many lines a heading and its points take; none without points."""
    lines = sum(lines_of(each, SIGNS - 4) for each in items)
    return HEADING_LINES + lines if lines else 0.0


def blocks_in_first(first: float, blocks: Sequence[float]) -> int:
    """How many blocks follow in the first column, so that the taller column is as low as can be.

    Args:
        first: lines that stand in the first column in any case.
        blocks: lines of each block, in their order, which is kept.
    """
    return min(
        range(len(blocks) + 1),
        key=lambda count: (max(first + sum(blocks[:count]), sum(blocks[count:])), count),
    )
