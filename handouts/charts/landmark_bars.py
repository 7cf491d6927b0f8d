"""Rates of two arms at a time, as bars from 0 to everyone.

The experimental arm is solid, the other white with an outline; the rate stands at the end of its
bar. ``draw_pair`` is the same without words, for a cell of a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
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
from handouts.charts.lettering import width_mm as words_width_mm
from handouts.charts.linear import EDGE_MM, LinearAxis, axis_height_mm, linear_axis, put_axis
from handouts.charts.plane import Plane
from handouts.charts.values import share_tick
from handouts.evidence.formatting import Writing
from handouts.models.quantity import Unit

EVERYONE = 100.0
LEAST_PLOT_MM = 25.0
_GAP_MM = 2.5
_VALUE_GAP_MM = 1.2
_FOOT_MM = 0.8
_BAR_SHARE = 0.72
_PAIR_EDGE_MM = 0.6


def landmark_bars(
    groups: Iterable[ArmGroup], writing: Writing, style: ChartStyle, *, width_mm: float, name: str
) -> Chart:
    """The rates of both arms of each outcome.

    Args:
        groups: at least one outcome in percent, with the time in ``at``.
        writing: for whom.
        style: the look.
        width_mm: width of the whole chart.
        name: unique on a page.

    Raises:
        ValueError: there is no outcome, or a fact is no share of people.
        TextOutsideDrawingError: there is no room for the bars beside the words.
    """
    given = tuple(groups)
    blocks = blocks_of(given, writing, gaps=False)
    for fact in (arm.fact for group in given for arm in group.arms):
        value = fact.value
        if fact.unit is not Unit.PERCENT or (
            isinstance(value, Decimal | int) and not 0 <= value <= EVERYONE
        ):
            raise ValueError(f"`{fact.address}` is no share of people: {value} {fact.unit}")
    alt = arms_alt(
        blocks, writing, writing.translate("Bars of rates, from nobody to everyone."),
        writing.translate("The rate is higher with {arm} in every row."),
    )  # fmt: skip
    top_mm = axis_height_mm(style)
    layout = lay_out(blocks, style, width_mm=width_mm, top_mm=top_mm)
    tick = share_tick(writing)
    plot_mm = _plot_mm(blocks, width_mm - layout.name_mm - _GAP_MM, style, tick)
    if plot_mm < LEAST_PLOT_MM:
        raise TextOutsideDrawingError(f"chart `{name}` leaves {plot_mm:.0f} mm for its bars")
    axis = linear_axis([EVERYONE], plot_mm, style, tick)
    table = arms_table(
        given, writing, caption=writing.translate("Rates of both groups"),
        value=writing.translate("Rate"),
    )  # fmt: skip
    caption = writing.translate("Bars: from nobody to everyone. Brackets: 95% CI.")
    if all("(" not in arm.words for block in blocks for arm in block.arms):
        caption = writing.translate("Bars: from nobody to everyone.")
    return Chart(_draw(blocks, layout, axis, style, width_mm, alt, name), caption, table)


def _plot_mm(
    blocks: tuple[ArmBlock, ...], room_mm: float, style: ChartStyle, tick: Callable[[Decimal], str]
) -> float:
    """The widest plot whose bars leave room for the words at their ends."""
    start, end = (
        max(words_width_mm(tick(Decimal(each)), style) / 2, EDGE_MM) for each in (0, int(EVERYONE))
    )
    axis_mm = room_mm - start - end
    for arm in (arm for block in blocks for arm in block.arms):
        beside_mm = start + _VALUE_GAP_MM + words_width_mm(arm.words, style)
        if arm.mark and arm.mark.value:
            axis_mm = min(axis_mm, (room_mm - beside_mm) * EVERYONE / arm.mark.value)
    return start + axis_mm + end


@lru_cache(maxsize=64)
def _draw(
    blocks: tuple[ArmBlock, ...], layout: ArmLayout, axis: LinearAxis, style: ChartStyle,
    width_mm: float, alt: str, name: str,
) -> Drawing:  # fmt: skip
    left = layout.name_mm + _GAP_MM
    zero = left + axis.position_mm(0.0)
    with canvas(width_mm, layout.top_mm + layout.height_mm + _FOOT_MM, style) as figure:
        plane = Plane(figure, style)
        put_axis(plane, axis, left, layout.top_mm)
        layout.put_words(plane)
        for block, rows in zip(blocks, layout.rows, strict=True):
            for arm, row, solid in zip(block.arms, rows, (True, False), strict=True):
                end = zero
                if arm.mark:
                    end = left + axis.position_mm(arm.mark.value)
                    height = row.height_mm * _BAR_SHARE / max(1, len(row.lines))
                    plane.bar(zero, end, row.middle_mm, height, solid=solid)
                plane.column(end + _VALUE_GAP_MM, row.middle_mm, (arm.words,))
            top, bottom = (each.middle_mm for each in rows)
            reach = rows[0].height_mm / 2
            plane.line((zero, top - reach), (zero, bottom + reach))
        return finish(figure, alt, name)


def draw_pair(
    experimental: float | None, control: float | None, style: ChartStyle, *, width_mm: float,
    height_mm: float, alt: str, name: str,
) -> Drawing:  # fmt: skip
    """Two bars without words, the experimental arm above; 0 is the left edge, everyone the right.

    Args:
        experimental: percentage, or None where it is missing.
        control: the same for the other arm.
        style: the look.
        width_mm: width of the cell.
        height_mm: its height.
        alt: what it says.
        name: unique on a page.

    Raises:
        ValueError: a percentage is not between 0 and 100.
    """
    for each in (experimental, control):
        if each is not None and not 0 <= each <= EVERYONE:
            raise ValueError(f"{each} is no share of people")
    return _pair(experimental, control, style, width_mm, height_mm, alt, name)


@lru_cache(maxsize=512)
def _pair(
    experimental: float | None, control: float | None, style: ChartStyle, width_mm: float,
    height_mm: float, alt: str, name: str,
) -> Drawing:  # fmt: skip
    with canvas(width_mm, height_mm, style) as figure:
        plane = Plane(figure, style)
        long = width_mm - 2 * _PAIR_EDGE_MM
        for value, place, solid in ((experimental, 0.27, True), (control, 0.73, False)):
            if value is not None:
                end = _PAIR_EDGE_MM + long * value / EVERYONE
                plane.bar(_PAIR_EDGE_MM, end, height_mm * place, height_mm * 0.38, solid=solid)
        plane.line((_PAIR_EDGE_MM, 0.2), (_PAIR_EDGE_MM, height_mm - 0.2))
        return finish(figure, alt, name)
