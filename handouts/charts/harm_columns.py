"""Where the columns and rows of a harm dot plot stand, wide or narrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handouts.charts.drawing import ChartStyle, TextOutsideDrawingError
from handouts.charts.harm_words import HarmLine
from handouts.charts.lettering import heads_mm, line_mm, mark_scale, widest_mm, width_mm, wrapped
from handouts.charts.plane import DOT_MM
from handouts.evidence.formatting import NBSP

GAP_MM = 2.5
KEY_MM = DOT_MM + 1.2
LEAST_PANEL_MM = 15.0
ROOMY_PANEL_MM = 24.0
"""Names take a column of their own only where each panel keeps so much."""
_DOTS_SHARE = 0.55
_LABEL_SHARE = 0.22
_VALUE_SHARE = 0.2
_WORDS_SHARE = 0.3
_ROW_MM = 5.0
_ROW_PADDING_MM = 1.6
_STACK_GAP_MM = 0.4


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """One harm in its place; lines stand around their level."""

    label: tuple[str, ...]
    leading: int
    label_mm: float
    values: tuple[tuple[str, ...], tuple[str, ...]]
    difference: tuple[str, ...]
    middle_mm: float
    bottom_mm: float


@dataclass(frozen=True, slots=True)
class HarmColumns:
    """Left edges and widths of the columns, headings, and the rows.

    Attributes:
        values_mm: left edges of both arms' values.
        dots_mm: left edge and width of the panel of the shares.
        points_mm: left edge and width of the panel of the differences.
        words_mm: left edge of the difference in words.
        key: names of the arms for a line at the top, where they don't stand over their values.
        heads: lines over both arms and over the difference.
        rows: in their order.
        top_mm: where the rows begin.
        height_mm: where they end.
    """

    values_mm: tuple[float, float]
    dots_mm: tuple[float, float]
    points_mm: tuple[float, float]
    words_mm: float
    key: tuple[str, ...]
    heads: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    rows: tuple[PlacedRow, ...]
    top_mm: float
    height_mm: float


def columns_for(
    lines: Sequence[HarmLine], arms: tuple[str, str], head: str, style: ChartStyle, *,
    width: float, axis_mm: float, name: str,
) -> HarmColumns:  # fmt: skip
    """Columns of the chart.

    Where there is room, names stand in a column of their own and the arms over their values; else
    each name has a line over its row, and the arms a line at the top.

    Args:
        lines: the harms.
        arms: names of the arms.
        head: what the difference is.
        style: the type.
        width: of the chart, in millimetres.
        axis_mm: height of the axes over the panels.
        name: of the chart, for the message.

    Raises:
        TextOutsideDrawingError: panels have no room, or a word is wider than its place.
    """
    texts = _Texts.of(lines, head, width, style)
    over = [KEY_MM * mark_scale(style) + width_mm(arm, style, bold=True) for arm in arms]
    values = tuple(max(pair) for pair in zip(texts.values_mm, over, strict=True))
    room = width - sum(values) - texts.words_mm - 4 * GAP_MM
    labels_mm = _label_mm(lines, room - 2 * ROOMY_PANEL_MM - GAP_MM, width, style)
    key: tuple[str, ...] = ()
    left = labels_mm + GAP_MM
    if not labels_mm:
        key, left, values = arms, 0.0, texts.values_mm
        if sum(over) + GAP_MM > width:
            raise TextOutsideDrawingError(f"chart `{name}` has no room for the names of its arms")
        room = width - sum(values) - texts.words_mm - 4 * GAP_MM
    panels = room - left
    if panels < 2 * LEAST_PANEL_MM - 0.01:
        raise TextOutsideDrawingError(f"chart `{name}` leaves {panels:.0f} mm for two panels")
    second = left + values[0] + GAP_MM
    dots = (second + values[1] + GAP_MM, panels * _DOTS_SHARE)
    points = (sum(dots) + GAP_MM, panels * (1 - _DOTS_SHARE))
    names = ((), ()) if key else ((arms[0],), (arms[1],))
    key_mm = line_mm(style) if key else 0.0
    top = key_mm + max(axis_mm, heads_mm(len(texts.head), style))
    rows = tuple(_placed(lines, texts, labels_mm, width, top, style))
    return HarmColumns(
        (left, second), dots, points, sum(points) + GAP_MM, key, (*names, texts.head), rows, top,
        rows[-1].bottom_mm,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Texts:
    """Values and differences in lines, and how wide they are."""

    values: tuple[list[tuple[str, ...]], list[tuple[str, ...]]]
    differences: list[tuple[str, ...]]
    head: tuple[str, ...]
    values_mm: tuple[float, ...]
    words_mm: float

    @classmethod
    def of(cls, lines: Sequence[HarmLine], head: str, width: float, style: ChartStyle) -> _Texts:
        first, second = (
            _broken([each.values[side] for each in lines], width * _VALUE_SHARE, style)
            for side in (0, 1)
        )
        differences = _broken([each.difference for each in lines], width * _WORDS_SHARE, style)
        words = max(_widest(differences, style), widest_mm(head.split(" "), style, bold=True))
        values_mm = tuple(
            max(_widest(each, style), DOT_MM * mark_scale(style)) for each in (first, second)
        )
        heads = wrapped(head, words, style, bold=True)
        return cls((first, second), differences, heads, values_mm, words)


def _placed(
    lines: Sequence[HarmLine], texts: _Texts, labels_mm: float, width: float, top: float,
    style: ChartStyle,
) -> Iterator[PlacedRow]:  # fmt: skip
    step = line_mm(style)
    for index, line in enumerate(lines):
        title = wrapped(line.label, labels_mm or width, style, bold=not labels_mm)
        about = wrapped(line.about, labels_mm or width, style)
        label_mm = (len(title) + len(about)) * step
        first, second, difference = (column[index] for column in (*texts.values, texts.differences))
        across_mm = max(len(first), len(second), len(difference)) * step
        if labels_mm:
            height = max(_ROW_MM, label_mm + _ROW_PADDING_MM, across_mm + _ROW_PADDING_MM)
            level = middle = top + height / 2
        else:
            height = label_mm + _STACK_GAP_MM + across_mm + _ROW_PADDING_MM
            level = top + _ROW_PADDING_MM / 2 + label_mm / 2
            middle = top + height - _ROW_PADDING_MM / 2 - across_mm / 2
        top += height
        yield PlacedRow(
            (*title, *about), len(title), level, (first, second), difference, middle, top
        )


def _label_mm(lines: Sequence[HarmLine], most: float, width: float, style: ChartStyle) -> float:
    """Width of the column of names; 0 where they stand over their rows instead."""
    whole = widest_mm((text for each in lines for text in (each.label, each.about)), style)
    if most >= whole:
        return whole
    words = (word for each in lines for word in f"{each.label} {each.about}".split(" "))
    if most < max(width * _LABEL_SHARE, widest_mm(words, style)):
        return 0.0
    return most


def _broken(column: Iterable[str], most: float, style: ChartStyle) -> list[tuple[str, ...]]:
    """Values in one line where all fit, else each broken at its blanks, the tied ones last."""
    found = list(column)
    if widest_mm(found, style) <= most:
        return [(each,) for each in found]
    lines = []
    for each in found:
        tied = widest_mm(each.split(" "), style) > most
        lines.append(wrapped(each.replace(NBSP, " ") if tied else each, most, style))
    return lines


def _widest(column: Iterable[tuple[str, ...]], style: ChartStyle) -> float:
    return widest_mm((line for lines in column for line in lines), style)
