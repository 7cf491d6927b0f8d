"""Harms of two arms as pairs of dots, with their difference beside them.

Left, the share of people with the harm: a filled dot for the experimental arm, an open circle for
the other, joined by a line. Right, the difference in percentage points with its 95% interval around
0. ``draw_scale`` and ``draw_pair`` are the left part alone, for the cells of a table.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from handouts.charts.chart import Chart
from handouts.charts.drawing import (
    ChartStyle,
    Drawing,
    canvas,
    finish,
)
from handouts.charts.harm_columns import GAP_MM, KEY_MM, HarmColumns, columns_for
from handouts.charts.harm_words import HarmLine, HarmRow, harms_alt, harms_table, line_of
from handouts.charts.lettering import (
    HEAD_GAP_MM,
    ascent_mm,
    cap_mm,
    line_mm,
    mark_scale,
    width_mm,
)
from handouts.charts.linear import LinearAxis, axis_height_mm, linear_axis, put_axis
from handouts.charts.plane import DOT_MM, INTERVAL_PT, Plane
from handouts.charts.values import (
    Estimate,
    difference_head,
    share_tick,
    tied,
)
from handouts.evidence.formatting import Writing

EVERYONE = Decimal(100)
_FOOT_MM = 0.8
_JOIN_PT = 1.0
_SQUARE_PT = 4.6


def harm_dots(
    rows: Iterable[HarmRow], writing: Writing, style: ChartStyle, *, width_mm: float,
    arms: tuple[str, str], name: str,
) -> Chart:  # fmt: skip
    """Harms in the order given, with both shares and their difference.

    A share that is missing has no dot and is named; a difference without an interval is a square
    alone. Patients get whole people of 100 and no intervals.

    Args:
        rows: at least one harm.
        writing: for whom.
        style: the look.
        width_mm: width of the whole chart.
        arms: names of the arms, the experimental one first.
        name: unique on a page.

    Raises:
        ValueError: there is no harm.
        TextOutsideDrawingError: there is no room for the panels beside the words.
    """
    given = tuple(rows)
    if not given:
        raise ValueError(f"harm dot plot `{name}` has no rows")
    lines = tuple(line_of(each, writing) for each in given)
    head = difference_head(writing)
    columns = columns_for(
        lines, arms, tied(head), style, width=width_mm, axis_mm=axis_height_mm(style), name=name
    )
    shares = [mark.value for line in lines for mark in line.arms if mark]
    dots = linear_axis(shares, columns.dots_mm[1], style, share_tick(writing), cap=EVERYONE)
    points = linear_axis(
        chain.from_iterable(_ends(each.points) for each in lines if each.points),
        columns.points_mm[1], style, writing.signed,
    )  # fmt: skip
    drawing = _draw(
        lines, columns, dots, points, style, width_mm, harms_alt(lines, arms, writing), name
    )
    caption = writing.translate(
        "Filled dot: {first}; open circle: {second}. Right panel: the difference, {first} minus"
        " {second}; square: estimate"
    ).format(first=arms[0], second=arms[1])
    if any(each.points and each.points.low is not None for each in lines):
        caption += writing.translate("; line: 95% CI, where available")
    return Chart(drawing, caption + ".", harms_table(given, writing, arms, head))


def _ends(mark: Estimate) -> list[float]:
    return [each for each in (mark.value, mark.low, mark.high) if each is not None]


@lru_cache(maxsize=64)
def _draw(
    lines: tuple[HarmLine, ...], columns: HarmColumns, dots: LinearAxis, points: LinearAxis,
    style: ChartStyle, width_mm: float, alt: str, name: str,
) -> Drawing:  # fmt: skip
    with canvas(width_mm, columns.height_mm + _FOOT_MM, style) as figure:
        plane = Plane(figure, style)
        left, right = columns.dots_mm[0], columns.points_mm[0]
        put_axis(plane, dots, left, columns.top_mm)
        put_axis(plane, points, right, columns.top_mm)
        null = right + points.position_mm(0.0)
        if not columns.key:
            plane.line((null, columns.top_mm - 0.4), (null, columns.height_mm))
        _heads(plane, columns)
        for line, row in zip(lines, columns.rows, strict=True):
            plane.column(0, row.label_mm, row.label, bold=bool(columns.key), first=row.leading)
            for x, value in zip(columns.values_mm, row.values, strict=True):
                plane.column(x, row.middle_mm, value)
            plane.column(columns.words_mm, row.middle_mm, row.difference)
            first, second = (each.value if each else None for each in line.arms)
            _put_pair(plane, first, second, dots, left, row.middle_mm)
            if columns.key:  # in pieces, so that no name over a row is crossed
                reach = row.bottom_mm - row.middle_mm
                plane.line((null, row.middle_mm - reach), (null, row.bottom_mm))
            if line.points:
                _put_difference(plane, line.points, points, right, row.middle_mm)
        return finish(figure, alt, name)


def _heads(plane: Plane, columns: HarmColumns) -> None:
    """Names over the values, each with the mark of its arm, and what the difference is."""
    style, bottom = plane.style, columns.top_mm - HEAD_GAP_MM
    x = 0.0
    for index, arm in enumerate(columns.key):
        baseline = ascent_mm(style)
        _put_name(plane, arm, x, baseline, solid=index == 0)
        x += KEY_MM * mark_scale(style) + width_mm(arm, style, bold=True) + 2 * GAP_MM
    for index, (start, names) in enumerate(zip(columns.values_mm, columns.heads, strict=False)):
        _put_name(plane, "".join(names), start, bottom, solid=index == 0)
    for place, line in enumerate(reversed(columns.heads[-1])):
        plane.words(columns.words_mm, bottom - place * line_mm(style), line, bold=True)


def _put_name(plane: Plane, arm: str, x: float, baseline: float, *, solid: bool) -> None:
    scale = mark_scale(plane.style)
    plane.dot(x + DOT_MM * scale / 2, baseline - cap_mm(plane.style) / 2, solid=solid)
    if arm:
        plane.words(x + KEY_MM * scale, baseline, arm, bold=True)


def _put_pair(
    plane: Plane, experimental: float | None, control: float | None, axis: LinearAxis,
    left: float, middle: float,
) -> None:  # fmt: skip
    """The open circle first and larger, so that both are seen where they meet."""
    if experimental is not None and control is not None:
        plane.line(
            (left + axis.position_mm(experimental), middle),
            (left + axis.position_mm(control), middle),
            width_pt=_JOIN_PT, colour=plane.style.line,
        )  # fmt: skip
    for value, solid in ((control, False), (experimental, True)):
        if value is not None:
            plane.dot(left + axis.position_mm(value), middle, solid=solid)


def _put_difference(
    plane: Plane, mark: Estimate, axis: LinearAxis, left: float, middle: float
) -> None:
    if mark.low is not None and mark.high is not None:
        ends = [(left + axis.position_mm(each), middle) for each in (mark.low, mark.high)]
        plane.line(ends[0], ends[1], width_pt=INTERVAL_PT)
    plane.square(left + axis.position_mm(mark.value), middle, _SQUARE_PT)


def maximum_for(shares: Iterable[float]) -> float:
    """A round maximum for the scale of a table's harms: the next 5, 10, 20, 50 or 100%."""
    most = max(shares, default=0.0)
    return next((each for each in (5.0, 10.0, 20.0, 50.0) if most <= each), float(EVERYONE))


def draw_scale(
    maximum: float, style: ChartStyle, *, width_mm: float, alt: str, name: str, unit: str = "%"
) -> Drawing:
    """The scale of ``draw_pair`` for the header of a table's column.

    Args:
        maximum: its right end, a round number as ``maximum_for`` gives it.
        style: the look.
        width_mm: width of the column.
        alt: what it says.
        name: unique on a page.
        unit: written after each number.
    """
    return _scale(_cell_axis(maximum, width_mm, style, unit), style, alt, name)


def draw_pair(
    experimental: float | None, control: float | None, style: ChartStyle, *, maximum: float,
    width_mm: float, height_mm: float, alt: str, name: str, unit: str = "%",
) -> Drawing:  # fmt: skip
    """One harm: a filled dot and an open circle, joined; none for a share that is missing.

    Args:
        experimental: percentage, or None.
        control: the same for the other arm.
        style: the look.
        maximum: as for the scale over it.
        width_mm: as for the scale over it.
        height_mm: height of the row.
        alt: what it says.
        name: unique on a page.
        unit: as for the scale over it.

    Raises:
        ValueError: a share is not between 0 and the maximum.
    """
    for each in (experimental, control):
        if each is not None and not 0 <= each <= maximum:
            raise ValueError(f"{each} does not lie on a scale from 0 to {maximum:g}")
    axis = _cell_axis(maximum, width_mm, style, unit)
    return _pair(experimental, control, axis, style, height_mm, alt, name)


def _cell_axis(maximum: float, width_mm: float, style: ChartStyle, unit: str) -> LinearAxis:
    return linear_axis(
        [maximum], width_mm, style, lambda tick: f"{tick:f}{unit}", cap=Decimal(str(maximum))
    )


@lru_cache(maxsize=64)
def _scale(axis: LinearAxis, style: ChartStyle, alt: str, name: str) -> Drawing:
    height_mm = axis_height_mm(style)
    with canvas(axis.width_mm, height_mm, style) as figure:
        put_axis(Plane(figure, style), axis, 0.0, height_mm)
        return finish(figure, alt, name)


@lru_cache(maxsize=1024)
def _pair(
    experimental: float | None, control: float | None, axis: LinearAxis, style: ChartStyle,
    height_mm: float, alt: str, name: str,
) -> Drawing:  # fmt: skip
    with canvas(axis.width_mm, height_mm, style) as figure:
        _put_pair(Plane(figure, style), experimental, control, axis, 0.0, height_mm / 2)
        return finish(figure, alt, name)
