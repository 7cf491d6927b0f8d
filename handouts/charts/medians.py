"""Medians of two arms with their intervals.

A median is an upright tick and its 95% interval a bar. Never a survival curve: a curve can't be
drawn from medians. What was not reached has no tick; an interval without an upper bound ends in an
arrow at the right edge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache

from handouts.charts.arms import (
    ArmBlock,
    ArmGroup,
    ArmLayout,
    arms_alt,
    arms_table,
    blocks_of,
    lay_out,
)
from handouts.charts.chart import Chart
from handouts.charts.drawing import (
    ChartStyle,
    Drawing,
    TextOutsideDrawingError,
    canvas,
    finish,
)
from handouts.charts.lettering import (
    HEAD_GAP_MM,
    ascent_mm,
    heads_mm,
    line_mm,
    mark_scale,
    widest_mm,
    wrapped,
)
from handouts.charts.linear import LinearAxis, axis_height_mm, linear_axis, put_axis
from handouts.charts.plane import ARROW_MM, Plane
from handouts.charts.values import Estimate, is_reached, tied
from handouts.evidence.formatting import Writing

LEAST_PLOT_MM = 30.0
_GAP_MM = 2.5
_FOOT_MM = 0.8
_BAR_MM = 1.7
_TICK_MM = 3.6
_TICK_PT = {True: 2.0, False: 1.3}
"""Width of the tick of a solid and of an open bar."""
_HALO_PT = 0.6
_UNIT_GAP_MM = 0.9


def medians_chart(
    groups: Iterable[ArmGroup], writing: Writing, style: ChartStyle, *, width_mm: float, name: str
) -> Chart:
    """Medians of both arms of each outcome on one axis from 0.

    Args:
        groups: at least one outcome; all facts in one unit of time. ``Decimal("Infinity")`` is a
            median or an upper bound that was not reached.
        writing: for whom.
        style: the look.
        width_mm: width of the whole chart.
        name: unique on a page.

    Raises:
        ValueError: there is no outcome, or the units differ.
        TextOutsideDrawingError: there is no room for the plot beside the words.
    """
    given = tuple(groups)
    blocks = blocks_of(given, writing, gaps=True)
    facts = [arm.fact for group in given for arm in group.arms]
    units = {each.unit for each in facts}
    if len(units) > 1:
        raise ValueError(f"medians `{name}` are in different units: {', '.join(sorted(units))}")
    unit = writing.translate(facts[0].unit.value)
    head = tied(writing.translate("Median (95% CI)"))
    opening = writing.translate("Medians in {unit} with 95% interval.").format(unit=unit)
    finding = writing.translate("The median is longer with {arm} in every row.")
    alt = arms_alt(blocks, writing, opening, finding)
    caption = writing.translate("Upright line: median; bar: 95% CI; in {unit}.").format(unit=unit)
    if not all(is_reached(each) for each in facts):
        caption += " " + writing.translate("NR: not reached.")
    label = writing.translate("Median, {unit} (95% CI)").format(unit=unit)
    words_mm = max(
        widest_mm((arm.words for block in blocks for arm in block.arms), style),
        widest_mm(head.split(" "), style, bold=True),
    )
    heads = wrapped(head, words_mm, style, bold=True)
    top_mm = _top_mm(heads, style)
    layout = lay_out(blocks, style, width_mm=width_mm, top_mm=top_mm)
    plot_mm = width_mm - layout.name_mm - words_mm - 2 * _GAP_MM
    if plot_mm < LEAST_PLOT_MM:
        raise TextOutsideDrawingError(f"chart `{name}` leaves {plot_mm:.0f} mm for its plot")
    marks = [arm.mark for block in blocks for arm in block.arms if arm.mark]
    axis = linear_axis(_ends(marks), plot_mm, style, writing.number)
    drawing = _draw(blocks, layout, axis, unit, heads, style, width_mm, alt, name)
    return Chart(drawing, caption, arms_table(given, writing, caption=label, value=label))


def _top_mm(heads: tuple[str, ...], style: ChartStyle) -> float:
    """Height of the axis with its unit over it, and of the words beside it."""
    over_axis = axis_height_mm(style) + _UNIT_GAP_MM + ascent_mm(style)
    return max(over_axis, heads_mm(len(heads), style))


def _ends(marks: Iterable[Estimate]) -> Iterator[float]:
    """Every number that must lie on the axis."""
    for mark in marks:
        for value in (mark.value, mark.low, mark.high):
            if value is not None and math.isfinite(value):
                yield value


@lru_cache(maxsize=64)
def _draw(
    blocks: tuple[ArmBlock, ...], layout: ArmLayout, axis: LinearAxis, unit: str,
    heads: tuple[str, ...], style: ChartStyle, width_mm: float, alt: str, name: str,
) -> Drawing:  # fmt: skip
    left = layout.name_mm + _GAP_MM
    beside = left + axis.width_mm + _GAP_MM
    with canvas(width_mm, layout.top_mm + layout.height_mm + _FOOT_MM, style) as figure:
        plane = Plane(figure, style)
        put_axis(plane, axis, left, layout.top_mm)
        end = left + axis.end_mm
        unit_level = layout.top_mm - axis_height_mm(style) - _UNIT_GAP_MM
        plane.words(end, unit_level, unit, side="right", muted=True)
        for index, line in enumerate(reversed(heads)):
            level = layout.top_mm - HEAD_GAP_MM - index * line_mm(style)
            plane.words(beside, level, line, bold=True)
        layout.put_words(plane)
        for block, rows in zip(blocks, layout.rows, strict=True):
            arms = zip(block.arms, rows, (True, False), strict=True)
            for arm, row, solid in arms:
                plane.column(beside, row.middle_mm, (arm.words,))
                if arm.mark:
                    _put(plane, arm.mark, axis, left, row.middle_mm, solid=solid)
        return finish(figure, alt, name)


def _put(
    plane: Plane, mark: Estimate, axis: LinearAxis, left: float, middle: float, *, solid: bool
) -> None:
    edge, scale = left + axis.width_mm, mark_scale(plane.style)
    if mark.low is not None and mark.high is not None and math.isfinite(mark.low):
        start = left + axis.position_mm(mark.low)
        if math.isfinite(mark.high):
            plane.bar(
                start, left + axis.position_mm(mark.high), middle, _BAR_MM * scale, solid=solid
            )
        else:
            plane.bar(start, edge - ARROW_MM * scale, middle, _BAR_MM * scale, solid=solid)
            plane.arrow(edge, middle, rightward=True)
    if math.isfinite(mark.value):
        x = left + axis.position_mm(mark.value)
        reach, width = _TICK_MM * scale / 2, _TICK_PT[solid] * scale
        above, below = (x, middle - reach), (x, middle + reach)
        plane.line(above, below, width_pt=width + 2 * _HALO_PT, colour=plane.style.paper)
        plane.line(above, below, width_pt=width)
