"""A linear axis that always holds 0 and ends at round values."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from handouts.charts.drawing import ChartStyle, TextOutsideDrawingError
from handouts.charts.lettering import MM_PER_POINT, ascent_mm, width_mm
from handouts.charts.plane import Plane

_STEPS = (Decimal(1), Decimal(2), Decimal(5))
_MOST_STEPS = 5
_TICK_MM = 1.0
_TICK_GAP_MM = 0.9
_LINE_MM = 0.4
EDGE_MM = 1.5
"""Room for half a mark that stands at an end."""

_BETWEEN_LABELS = 0.4
"""Between two labels, as a share of the type size."""


@dataclass(frozen=True, slots=True)
class LinearAxis:
    """An axis of so many millimetres from ``low`` to ``high``, both among its ticks.

    Attributes:
        ticks: values in their order; 0 is one of them.
        labels: their words.
        width_mm: width of the column it stands in.
        start_mm, end_mm: where it begins and ends, from the left edge of the column.
    """

    ticks: tuple[Decimal, ...]
    labels: tuple[str, ...]
    width_mm: float
    start_mm: float
    end_mm: float

    @property
    def low(self) -> float:
        """The value at its left end."""
        return float(self.ticks[0])

    @property
    def high(self) -> float:
        """The value at its right end."""
        return float(self.ticks[-1])

    def position_mm(self, value: float) -> float:
        """Where a value stands, from the left edge of the column."""
        share = (value - self.low) / (self.high - self.low)
        return self.start_mm + share * (self.end_mm - self.start_mm)


def linear_axis(
    values: Iterable[float], column_mm: float, style: ChartStyle, label: Callable[[Decimal], str],
    *, cap: Decimal | None = None,
) -> LinearAxis:  # fmt: skip
    """The narrowest round axis that holds 0 and all values, with as many labels as there is room.

    Args:
        values: finite values.
        column_mm: width of its column.
        style: type of its labels.
        label: writes a tick.
        cap: a round value that no tick may pass, as 100 for percentages.

    Raises:
        TextOutsideDrawingError: there is no room for the labels of both ends and of 0.
    """
    found = [Decimal(str(each)) for each in values]
    least, most = min([*found, Decimal(0)]), max([*found, Decimal(0)])
    if least == most:
        most = Decimal(1)
    power = math.floor(math.log10(most - least)) - 1
    while True:
        for digit in _STEPS:
            step = digit.scaleb(power)
            first, last = math.floor(least / step), math.ceil(most / step)
            if last - first > _MOST_STEPS:
                continue
            ticks = tuple(each * step for each in range(first, last + 1))
            axis = _axis(ticks, column_mm, style, label)
            if axis is not None and (cap is None or ticks[-1] <= cap):
                return axis
            if last - first <= (2 if first < 0 < last else 1):
                raise TextOutsideDrawingError(
                    f"an axis of {column_mm:.0f} mm has no room for its labels"
                )
        power += 1


def _axis(
    ticks: tuple[Decimal, ...], column_mm: float, style: ChartStyle, label: Callable[[Decimal], str]
) -> LinearAxis | None:
    labels = tuple(label(each) for each in ticks)
    halves = [width_mm(each, style) / 2 for each in labels]
    end = column_mm - max(halves[-1], EDGE_MM)
    axis = LinearAxis(ticks, labels, column_mm, max(halves[0], EDGE_MM), end)
    gap = style.label_pt * _BETWEEN_LABELS * MM_PER_POINT
    places = [axis.position_mm(float(each)) for each in ticks]
    fits = all(
        right - left >= gap + first + second
        for (left, right), (first, second) in zip(pairwise(places), pairwise(halves), strict=True)
    )
    return axis if fits else None


def axis_height_mm(style: ChartStyle) -> float:
    """How high a linear axis is: line, ticks and labels."""
    return _LINE_MM + _TICK_MM + _TICK_GAP_MM + ascent_mm(style)


def put_axis(plane: Plane, axis: LinearAxis, left: float, bottom: float) -> None:
    """Draw the axis with its line at the bottom and its labels above, from the column's edge."""
    level = bottom - _LINE_MM
    plane.line(
        (left + axis.position_mm(axis.low), level), (left + axis.position_mm(axis.high), level)
    )
    for tick, words in zip(axis.ticks, axis.labels, strict=True):
        x = left + axis.position_mm(float(tick))
        plane.line((x, level), (x, level - _TICK_MM))
        plane.words(x, level - _TICK_MM - _TICK_GAP_MM, words, side="center")
