"""Words as they are set in a chart: how wide they are and where their lines break."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from handouts.charts.drawing import MM_PER_INCH, ChartStyle, TextOutsideDrawingError

MM_PER_POINT = MM_PER_INCH / 72
HEAD_GAP_MM = 1.4
_LEADING = 1.2
_CAP_HEIGHT = 0.66
"""Height of capitals and digits of Source Sans 3, as a share of the type size."""
_ASCENT = 1.0
"""The box of a line above its baseline as matplotlib measures it, which must be on the canvas."""


@lru_cache(maxsize=4096)
def width_mm(words: str, style: ChartStyle, *, bold: bool = False) -> float:
    """How wide words are in one line."""
    weight = "bold" if bold else "normal"
    type_ = FontProperties(family=[style.font], size=style.label_pt, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(words, type_, ismath=False)
    return float(width) * MM_PER_POINT


def widest_mm(words: Iterable[str], style: ChartStyle, *, bold: bool = False) -> float:
    """The width of the widest of several lines; 0 for none."""
    return max((width_mm(each, style, bold=bold) for each in words), default=0.0)


def line_mm(style: ChartStyle) -> float:
    """From one baseline to the next."""
    return style.label_pt * _LEADING * MM_PER_POINT


def cap_mm(style: ChartStyle) -> float:
    """The height of a digit."""
    return style.label_pt * _CAP_HEIGHT * MM_PER_POINT


def ascent_mm(style: ChartStyle) -> float:
    """The room a line needs above its baseline."""
    return style.label_pt * _ASCENT * MM_PER_POINT


def heads_mm(lines: int, style: ChartStyle) -> float:
    """The room that so many lines need over the rows, with ``HEAD_GAP_MM`` under the last."""
    return (max(lines, 1) - 1) * line_mm(style) + ascent_mm(style) + HEAD_GAP_MM


def mark_scale(style: ChartStyle) -> float:
    """How much larger marks are than at 8 pt: half way, on a logarithmic scale, to the type."""
    return float((style.label_pt / 8.0) ** 0.5)


def wrapped(
    words: str, most_mm: float, style: ChartStyle, *, bold: bool = False
) -> tuple[str, ...]:
    """Words in lines that are at most so wide; no line for no words.

    Raises:
        TextOutsideDrawingError: one word alone is wider.
    """
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_mm(longer, style, bold=bold) <= most_mm:
            lines[-1] = longer
        else:
            lines.append(word)
    for line in lines:
        if width_mm(line, style, bold=bold) > most_mm + 0.01:
            raise TextOutsideDrawingError(
                f"`{line}` is wider than the {most_mm:.0f} mm it has in a chart"
            )
    return tuple(filter(None, lines))
