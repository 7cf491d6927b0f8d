"""The icon array: so many of 100 people, as circles.

Ten rows of ten plain circles, those affected grouped and filled from the bottom row upward
(Lipkus, Med Decis Making 2007;27:696). Circles, not figures of people: they suggest no body.
"""

from __future__ import annotations

from functools import lru_cache

from handouts.charts.drawing import ChartStyle, Drawing, canvas, finish

SIDE = 10
_FILLED_SHARE = 0.74
_OUTLINE_PT = 0.9


def draw_icons(count: int, style: ChartStyle, *, size_mm: float, alt: str, name: str) -> Drawing:
    """``count`` filled circles of 100.

    Raises:
        ValueError: the count is not between 0 and 100.
    """
    if not 0 <= count <= SIDE * SIDE:
        raise ValueError(f"{count} of 100 can't be drawn")
    return _icons(count, style, size_mm, alt, name)


@lru_cache(maxsize=256)
def _icons(count: int, style: ChartStyle, size_mm: float, alt: str, name: str) -> Drawing:
    with canvas(size_mm, size_mm, style) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, SIDE)
        axes.set_ylim(0, SIDE)
        axes.set_axis_off()
        cell_pt = size_mm / SIDE * 72 / 25.4
        diameter = cell_pt * _FILLED_SHARE
        for filled, chosen in ((True, range(count)), (False, range(count, SIDE * SIDE))):
            if chosen:
                axes.plot(
                    [each % SIDE + 0.5 for each in chosen],
                    [each // SIDE + 0.5 for each in chosen],
                    linestyle="none", marker="o", markersize=diameter - _OUTLINE_PT,
                    markerfacecolor=style.fill if filled else style.paper,
                    markeredgecolor=style.fill if filled else style.line,
                    markeredgewidth=_OUTLINE_PT, clip_on=False,
                )  # fmt: skip
        return finish(figure, alt, name)
