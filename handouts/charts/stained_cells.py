"""Cells as a laboratory sees them after a stain for HER2: the more HER2, the stronger the ring.

How far the ring goes round and how strong it is are the two things that the scores of
immunohistochemistry turn on (HER2-2018), so these are drawn, by breaks and thickness of the line:
the pictures say the same without colour.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from matplotlib.patches import Arc, Circle

from handouts.charts.drawing import ChartStyle, Drawing, canvas, finish

_MM_PER_LABEL_PT = 1.05
"""A cell beside labels of 10.5 pt is 11 mm wide, beside 18 pt 19 mm."""

_RADIUS = 0.41
_NUCLEUS = 0.17
_OUTLINE = 0.012
_FAINT, _MODERATE, _STRONG = 0.035, 0.055, 0.14
"""Lengths are shares of the picture's side."""

_BREAKS = ((15, 60), (105, 135), (190, 245), (300, 325))
"""Degrees where a faint ring is drawn; it has gaps between them."""


class Stain(StrEnum):
    """How much of the stain a cell's membrane takes up (the text is what an editor writes)."""

    NONE = "none"
    FAINT = "faint"
    MODERATE = "moderate"
    STRONG = "strong"


def draw_stained_cell(stain: Stain, style: ChartStyle, *, alt: str, name: str) -> Drawing:
    """One cell: its nucleus, its membrane, and the stain on that.

    Args:
        stain: how strong.
        style: the look; the cell grows with its labels.
        alt: what it shows.
        name: unique on a page.
    """
    return _cell(stain, style, alt, name)


@lru_cache(maxsize=64)
def _cell(stain: Stain, style: ChartStyle, alt: str, name: str) -> Drawing:
    side = _MM_PER_LABEL_PT * style.label_pt
    points = side * 72 / 25.4
    with canvas(side, side, style) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        centre = (0.5, 0.5)
        axes.add_patch(
            Circle(centre, _RADIUS, facecolor=style.paper, edgecolor=style.line,
                   linewidth=_OUTLINE * points)
        )  # fmt: skip
        axes.add_patch(
            Circle(centre, _NUCLEUS, facecolor=style.tint, edgecolor=style.line,
                   linewidth=_OUTLINE * points)
        )  # fmt: skip
        if stain is Stain.FAINT:
            for start, stop in _BREAKS:
                axes.add_patch(
                    Arc(centre, 2 * _RADIUS, 2 * _RADIUS, theta1=start, theta2=stop,
                        edgecolor=style.fill, linewidth=_FAINT * points)
                )  # fmt: skip
        elif stain is not Stain.NONE:
            width = _STRONG if stain is Stain.STRONG else _MODERATE
            axes.add_patch(
                Circle(centre, _RADIUS, facecolor="none", edgecolor=style.fill,
                       linewidth=width * points)
            )  # fmt: skip
        return finish(figure, alt, name)
