"""The forest plot as a column of a results table: one axis, one mark for each row.

Squares are of equal size and there is no diamond, since the rows are different endpoints and are
not pooled. The axis is logarithmic, so that 0.5 and 2 lie equally far from 1 (Cochrane Handbook,
section 10.3).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from handouts.charts.drawing import ChartStyle, Drawing, canvas, finish
from handouts.charts.lettering import MM_PER_POINT, mark_scale

_ROUND = (0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0, 5.0, 10.0, 20.0)
_LABELS = (1.0, 0.5, 2.0, 0.2, 5.0, 0.1, 10.0)
"""Ticks in the order in which they get a label while there is room."""

_FINE_LABELS = (*_LABELS, 0.7, 1.4, 3.0, 0.35, 0.05, 20.0)
"""The same for an axis that has a figure of its own."""

_NULL = 1.0
_MARGIN_MM = 2.5
_SQUARE_PT = 5.2
_FAVOURS_GAP_MM = 1.2


@dataclass(frozen=True, slots=True)
class RatioAxis:
    """A logarithmic axis of so many millimetres, from ``low`` to ``high``."""

    low: float
    high: float
    width_mm: float

    def position_mm(self, value: float) -> float:
        """Where a ratio stands, from the left edge of the drawing."""
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return _MARGIN_MM + share * (self.width_mm - 2 * _MARGIN_MM)

    @property
    def null_mm(self) -> float:
        """Where no difference stands."""
        return self.position_mm(_NULL)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Round ratios on the axis."""
        return tuple(each for each in _ROUND if self.low <= each <= self.high)


@dataclass(frozen=True, slots=True)
class RatioMark:
    """One row: an estimate and its interval."""

    estimate: float
    low: float
    high: float


def axis_for(marks: Iterable[RatioMark], width_mm: float) -> RatioAxis:
    """The narrowest round axis that holds all the marks and the null line with room beside it."""
    found = list(marks)
    least = min([each.low for each in found] + [0.7])
    most = max([each.high for each in found] + [1.5])  # room for the words beside the null line
    low = max((each for each in _ROUND if each <= least), default=_ROUND[0])
    high = min((each for each in _ROUND if each >= most), default=_ROUND[-1])
    return RatioAxis(low, high, width_mm)


def draw_mark(
    mark: RatioMark, axis: RatioAxis, style: ChartStyle, *, height_mm: float, alt: str, name: str,
    bold: bool = False,
) -> Drawing:  # fmt: skip
    """One row of the plot.

    An interval that leaves the axis ends in an arrow; an estimate beyond it has no square.
    """
    return _mark(mark, axis, style, height_mm, alt, name, bold)


def draw_axis(
    axis: RatioAxis, style: ChartStyle, *, favours: tuple[str, str], alt: str, name: str
) -> Drawing:
    """The axis with its ticks, and whom each side favours; as high as its words need.

    Words stand beside the null line, moved inside where they would leave the drawing, broken where
    they are wider than it, and one side above the other where they would meet.
    """
    return _axis(axis, style, fitted_favours(favours, axis, style), alt, name)


@lru_cache(maxsize=64)
def fitted_favours(favours: tuple[str, str], axis: RatioAxis, style: ChartStyle) -> tuple[str, str]:
    """The words of both sides with line ends, so that all of them fit and none meet."""
    with canvas(axis.width_mm, axis.width_mm, style) as figure:
        axes = _axes(figure, axis, axis.width_mm)

        def width_mm(words: str) -> float:
            box = axes.text(0, 0, words).get_window_extent()
            return float(box.transformed(axes.transData.inverted()).width)

        first, second = (_broken(words, axis.width_mm, width_mm) for words in favours)
        end = max(axis.null_mm - _FAVOURS_GAP_MM, width_mm(first))
        start = min(axis.null_mm + _FAVOURS_GAP_MM, axis.width_mm - width_mm(second))
    if first and second and end + _FAVOURS_GAP_MM > start:
        first += "\n" * (second.count("\n") + 1)
    return first, second


def _broken(words: str, most_mm: float, width_mm: Callable[[str], float]) -> str:
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_mm(longer) <= most_mm:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def put_mark(
    axes: Axes, mark: RatioMark, axis: RatioAxis, style: ChartStyle, *, middle: float, bold: bool
) -> None:
    """Draw a row into axes in millimetres whose left edge is that of the ratio axis."""
    scale = mark_scale(style)
    low, high = (min(max(each, axis.low), axis.high) for each in (mark.low, mark.high))
    axes.plot(
        [axis.position_mm(low), axis.position_mm(high)], [middle, middle],
        color=style.ink, linewidth=(1.6 if bold else 1.0) * scale, solid_capstyle="butt",
        clip_on=False,
    )  # fmt: skip
    for cut, at, marker in (
        (mark.low < axis.low, low, "<"),
        (mark.high > axis.high, high, ">"),
    ):
        if cut:
            axes.plot(
                axis.position_mm(at),
                middle,
                marker=marker,
                color=style.ink,
                linestyle="none",
                markersize=4 * scale,
                clip_on=False,
            )
    if axis.low <= mark.estimate <= axis.high:
        axes.plot(
            axis.position_mm(mark.estimate), middle, linestyle="none", marker="s",
            markersize=_SQUARE_PT * scale, markerfacecolor=style.fill, markeredgewidth=0,
            clip_on=False,
        )  # fmt: skip


@lru_cache(maxsize=1024)
def _mark(
    mark: RatioMark, axis: RatioAxis, style: ChartStyle, height_mm: float, alt: str, name: str,
    bold: bool,
) -> Drawing:  # fmt: skip
    with canvas(axis.width_mm, height_mm, style) as figure:
        axes = _axes(figure, axis, height_mm)
        put_mark(axes, mark, axis, style, middle=height_mm / 2, bold=bold)
        return finish(figure, alt, name)


def axis_height_mm(favours: tuple[str, str], style: ChartStyle) -> float:
    """How high ``put_axis`` draws with these words, their line ends counted."""
    lines = max(each.count("\n") + 1 if each else 0 for each in favours)
    return 2.4 + style.label_pt * (0.95 + 1.15 * lines) * MM_PER_POINT


def put_axis(
    axes: Axes, axis: RatioAxis, style: ChartStyle, favours: tuple[str, str], *, fine: bool = False
) -> None:
    """Draw the axis upward into axes in millimetres.

    Args:
        axes: their left edge is that of the ratio axis.
        axis: what to draw.
        style: its look.
        favours: words as ``fitted_favours`` gives them.
        fine: whether every tick may have a label, where there is room.
    """
    point = MM_PER_POINT
    axes.plot(
        [axis.position_mm(axis.low), axis.position_mm(axis.high)], [0.4, 0.4],
        color=style.ink, linewidth=0.8, solid_capstyle="butt", clip_on=False,
    )  # fmt: skip
    for tick in axis.ticks:
        x = axis.position_mm(tick)
        axes.plot([x, x], [0.4, 1.4], color=style.ink, linewidth=0.8, clip_on=False)
    base = 2.2
    for tick in _labelled(axis, style, _FINE_LABELS if fine else _LABELS):
        axes.text(axis.position_mm(tick), base, f"{tick:g}", ha="center", va="baseline")
    top = base + style.label_pt * 1.1 * point
    step = style.label_pt * 1.15 * point
    for words, start, side in (
        (favours[0], axis.null_mm - _FAVOURS_GAP_MM, "right"),
        (favours[1], axis.null_mm + _FAVOURS_GAP_MM, "left"),
    ):
        for index, line in enumerate(reversed(words.split("\n"))):
            if not line:
                continue
            text = axes.text(start, top + index * step, line, ha=side, va="baseline")
            box = text.get_window_extent().transformed(axes.transData.inverted())
            inward = max(0.0, box.x1 - axis.width_mm) + min(0.0, box.x0)
            text.set_x(start - inward)


@lru_cache(maxsize=64)
def _axis(
    axis: RatioAxis, style: ChartStyle, favours: tuple[str, str], alt: str, name: str
) -> Drawing:
    height_mm = axis_height_mm(favours, style)
    with canvas(axis.width_mm, height_mm, style) as figure:
        put_axis(_axes(figure, axis, height_mm), axis, style, favours)
        return finish(figure, alt, name)


def _labelled(axis: RatioAxis, style: ChartStyle, wanted: tuple[float, ...]) -> list[float]:
    taken: list[float] = []
    needed = style.label_pt * 1.9 * MM_PER_POINT
    for tick in wanted:
        if axis.low <= tick <= axis.high and all(
            abs(axis.position_mm(tick) - axis.position_mm(each)) >= needed for each in taken
        ):
            taken.append(tick)
    return sorted(taken)


def _axes(figure: Figure, axis: RatioAxis, height_mm: float) -> Axes:
    """Axes in millimetres over the whole figure."""
    axes: Axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, axis.width_mm)
    axes.set_ylim(0, height_mm)
    axes.set_axis_off()
    return axes
