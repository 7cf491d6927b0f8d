"""The forest plot as a whole figure: names, plot, and estimates in words.

Squares are of equal size, there is no diamond and no overall row: the rows are different endpoints
or different trials and are not pooled.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from handouts.charts.chart import Cell, Chart, DataTable, alt_text
from handouts.charts.drawing import ChartStyle, Drawing, canvas, finish
from handouts.charts.forest import (
    RatioMark,
    axis_for,
    axis_height_mm,
    fitted_favours,
    put_axis,
    put_mark,
)
from handouts.charts.lettering import HEAD_GAP_MM, heads_mm, line_mm, widest_mm, wrapped
from handouts.charts.plane import Plane
from handouts.charts.values import estimate, tied, words
from handouts.evidence.facts import Fact
from handouts.evidence.formatting import Writing

LEAST_ROW_MM = 5.0
LEAST_PLOT_MM = 30.0
_GAP_MM = 3.0
_ROW_PADDING_MM = 1.6
_FOOT_MM = 0.8


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One row.

    Attributes:
        label: its name, as the trial's.
        about: what is compared in whom, under the name; may be empty.
        ratio: a ratio with its interval.
        bold: whether it is the primary result.
    """

    label: str
    about: str
    ratio: Fact
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    label: str
    about: str
    words: str
    mark: RatioMark | None
    bold: bool


def forest_figure(
    rows: Iterable[ForestRow], writing: Writing, style: ChartStyle, *, width_mm: float,
    row_mm: float, favours: tuple[str, str], name: str, measure: str,
) -> Chart:  # fmt: skip
    """A forest plot with its names and numbers.

    An interval that leaves the axis ends in an arrow. A ratio without an interval has no square.

    Args:
        rows: at least one, in their order.
        writing: for whom.
        style: the look.
        width_mm: width of the whole figure.
        row_mm: height of a row with one line of words, 5 or more; taller where its words need it.
        favours: whom the left and the right side of 1 favour, as "favours tucatinib".
        name: unique on a page.
        measure: what the ratios are, all of them: "hazard ratio".

    Raises:
        ValueError: there is no row, or rows are too low to be told apart.
        TextOutsideDrawingError: there is no room for the plot beside the words.
    """
    given = tuple(rows)
    if not given:
        raise ValueError(f"forest plot `{name}` has no rows")
    if row_mm < LEAST_ROW_MM:
        raise ValueError(f"rows of a forest plot are {LEAST_ROW_MM:g} mm high or more")
    lines = tuple(
        _Line(each.label, each.about, words(each.ratio, writing), _mark(each.ratio, writing),
              each.bold)
        for each in given
    )  # fmt: skip
    measure = writing.translate(measure)
    header = writing.translate("{measure} (95% CI)").format(measure=measure.capitalize())
    alt = _alt(lines, writing, favours, measure)
    drawing = _draw(lines, header, favours, style, width_mm, row_mm, alt, name)
    caption = writing.translate(
        "Squares: {measure}; lines: 95% CI, on a logarithmic axis. Left of the upright line"
        " {first}, right of it {second}. The rows are not pooled."
    ).format(measure=measure, first=favours[0], second=favours[1])
    table = DataTable(
        caption=header,
        header=(writing.translate("Result"), header),
        rows=tuple(
            (
                Cell(_named(row.label, row.about)),
                Cell(words(row.ratio, writing, spelled=True), row.ratio.address),
            )
            for row in given
        ),
    )
    return Chart(drawing, caption, table)


def _mark(ratio: Fact, writing: Writing) -> RatioMark | None:
    found = estimate(ratio, writing)
    if found is None or found.low is None or found.high is None:
        return None
    return RatioMark(found.value, found.low, found.high)


def _alt(lines: tuple[_Line, ...], writing: Writing, favours: tuple[str, str], measure: str) -> str:
    """What the intervals say of all rows, then each row, bold ones first."""
    opening = writing.translate("Forest plot, {measure} with 95% interval.").format(measure=measure)
    marks = [each.mark for each in lines if each.mark]
    sides = (
        (favours[0], [each for each in marks if each.high < 1]),
        (favours[1], [each for each in marks if each.low > 1]),
        (writing.translate("includes no difference"), [x for x in marks if x.low < 1 < x.high]),
        (
            writing.translate("just reaches no difference"),
            [x for x in marks if 1 in (x.low, x.high)],
        ),
    )
    for side, found in sides:
        if not found:
            continue
        said = writing.translate("The interval {favours} in {count} of {total} rows.")
        if len(found) == len(marks):
            said = writing.translate("Every interval {favours}.")
        said = said.format(favours=side, count=len(found), total=len(marks))
        opening = f"{opening} {said}"
    ordered = sorted(lines, key=lambda each: not each.bold)
    details = (f"{_named(each.label, each.about)}: {each.words}." for each in ordered)
    return alt_text(opening, details, writing.translate("The rest is in the table."))


def _named(label: str, about: str) -> str:
    return f"{label}, {about}" if about else label


@lru_cache(maxsize=64)
def _draw(
    lines: tuple[_Line, ...], header: str, favours: tuple[str, str], style: ChartStyle,
    width_mm: float, row_mm: float, alt: str, name: str,
) -> Drawing:  # fmt: skip
    words_mm = max(
        widest_mm((each.words for each in lines if not each.bold), style),
        widest_mm((each.words for each in lines if each.bold), style, bold=True),
    )
    most = width_mm - words_mm - 2 * _GAP_MM - LEAST_PLOT_MM
    labels = [
        (wrapped(each.label, most, style, bold=True), wrapped(each.about, most, style))
        for each in lines
    ]
    label_mm = max(
        widest_mm((line for name_, _ in labels for line in name_), style, bold=True),
        widest_mm((line for _, about in labels for line in about), style),
    )
    left = label_mm + _GAP_MM
    axis = axis_for(
        (each.mark for each in lines if each.mark), width_mm - left - _GAP_MM - words_mm
    )
    sides = fitted_favours(favours, axis, style)
    heads = wrapped(tied(header), words_mm, style, bold=True)
    step = line_mm(style)
    head_mm = max(axis_height_mm(sides, style), heads_mm(len(heads), style))
    heights = [
        max(row_mm, (len(name_) + len(about)) * step + _ROW_PADDING_MM) for name_, about in labels
    ]
    with canvas(width_mm, head_mm + sum(heights) + _FOOT_MM, style) as figure:
        plane = Plane(figure, style)
        foot = plane.height_mm - _FOOT_MM
        null = left + axis.null_mm
        plane.line((null, head_mm - 0.4), (null, foot))
        put_axis(plane.part(left, head_mm, axis.width_mm, head_mm), axis, style, sides, fine=True)
        beside = width_mm - words_mm
        for index, line in enumerate(reversed(heads)):
            plane.words(beside, head_mm - HEAD_GAP_MM - index * step, line, bold=True)
        top = head_mm
        for each, (name_, about), height in zip(lines, labels, heights, strict=True):
            middle = top + height / 2
            plane.column(0, middle, (*name_, *about), bold=True, first=len(name_))
            plane.column(beside, middle, (each.words,), bold=each.bold)
            if each.mark:
                part = plane.part(left, top + height, axis.width_mm, height)
                put_mark(part, each.mark, axis, style, middle=height / 2, bold=each.bold)
            top += height
        return finish(figure, alt, name)
