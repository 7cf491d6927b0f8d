"""Outcomes of two arms, laid out as a heading with a row for each arm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handouts.charts.chart import Cell, DataTable, alt_text
from handouts.charts.drawing import ChartStyle
from handouts.charts.lettering import line_mm, widest_mm, wrapped
from handouts.charts.plane import Plane
from handouts.charts.values import Estimate, estimate, words
from handouts.evidence.facts import Fact
from handouts.evidence.formatting import Writing

_ROW_MM = 4.6
_ROW_SHARE = 1.25
"""Height of an arm's row as a share of the line, so that bars of one outcome nearly touch."""

_HEADING_GAP_MM = 0.6
_GROUP_GAP_MM = 1.8
_NAME_SHARE = 0.36


@dataclass(frozen=True, slots=True)
class ArmFact:
    """The result of one arm: its name as printed, and the fact."""

    name: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class ArmGroup:
    """One outcome of two arms.

    Attributes:
        label: the outcome's name.
        experimental, control: the arms, drawn in this order.
        about: people and analysis, after the name; may be empty.
        at: the time of a rate.
    """

    label: str
    experimental: ArmFact
    control: ArmFact
    about: str = ""
    at: Fact | None = None

    @property
    def arms(self) -> tuple[ArmFact, ArmFact]:
        """The experimental arm first."""
        return self.experimental, self.control

    def heading(self, writing: Writing) -> str:
        """Its name, with the time where it is a rate at a time."""
        if self.at is None:
            return self.label
        return writing.translate("{outcome} at {time}").format(
            outcome=self.label, time=writing.write(self.at)
        )


@dataclass(frozen=True, slots=True)
class ArmLine:
    """One arm as it is printed, said in full, and drawn."""

    name: str
    words: str
    spoken: str
    mark: Estimate | None


@dataclass(frozen=True, slots=True)
class ArmBlock:
    """One outcome as it is printed and drawn."""

    heading: str
    about: str
    arms: tuple[ArmLine, ArmLine]


def blocks_of(groups: Iterable[ArmGroup], writing: Writing, *, gaps: bool) -> tuple[ArmBlock, ...]:
    """The groups as words and marks; ``gaps`` says whether missing intervals are named.

    Raises:
        ValueError: there is none.
    """
    found = tuple(
        ArmBlock(
            group.heading(writing),
            group.about,
            (
                _line(group.experimental, writing, gaps=gaps),
                _line(group.control, writing, gaps=gaps),
            ),
        )
        for group in groups
    )
    if not found:
        raise ValueError("a chart of two arms has no outcome")
    return found


def _line(arm: ArmFact, writing: Writing, *, gaps: bool) -> ArmLine:
    return ArmLine(
        arm.name,
        words(arm.fact, writing, gaps=gaps),
        words(arm.fact, writing, spelled=True, gaps=gaps),
        estimate(arm.fact, writing),
    )


def arms_table(
    groups: Iterable[ArmGroup], writing: Writing, *, caption: str, value: str
) -> DataTable:
    """A row for each arm of each outcome; ``value`` heads the column of the numbers."""
    return DataTable(
        caption,
        (writing.translate("Result"), writing.translate("Group"), value),
        tuple(
            (
                Cell(group.heading(writing)),
                Cell(arm.name),
                Cell(words(arm.fact, writing, spelled=True), arm.fact.address),
            )
            for group in groups
            for arm in group.arms
        ),
    )


def arms_alt(blocks: Iterable[ArmBlock], writing: Writing, opening: str, finding: str) -> str:
    """What the chart is, what it shows of all outcomes, then each outcome with both values.

    Args:
        blocks: the outcomes.
        writing: for whom.
        opening: what is drawn.
        finding: said with the name of the arm whose values are all higher, as "{arm} lives longer
            in every row"; left out where no arm is higher in every row.
    """
    found = list(blocks)
    said = opening
    for side, other in ((0, 1), (1, 0)):
        names = {each.arms[side].name for each in found}
        if len(names) == 1 and all(_is_higher(each.arms[side], each.arms[other]) for each in found):
            said = f"{opening} {finding.format(arm=names.pop())}"
    details = (
        f"{each.heading}: " + ", ".join(f"{arm.name} {arm.spoken}" for arm in each.arms) + "."
        for each in found
    )
    return alt_text(said, details, writing.translate("The rest is in the table."))


def _is_higher(first: ArmLine, second: ArmLine) -> bool:
    return bool(first.mark and second.mark and first.mark.value > second.mark.value)


@dataclass(frozen=True, slots=True)
class _Row:
    lines: tuple[str, ...]
    middle_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class ArmLayout:
    """Where the headings and rows of all outcomes stand.

    Attributes:
        name_mm: width of the column of names.
        headings: lines, how many of them are bold, and the baseline of the first.
        rows: both arms of each outcome.
        height_mm: of everything below ``top_mm``.
        top_mm: where the first heading begins.
    """

    name_mm: float
    headings: tuple[tuple[tuple[str, ...], int, float], ...]
    rows: tuple[tuple[_Row, _Row], ...]
    top_mm: float
    height_mm: float

    def put_words(self, plane: Plane) -> None:
        """Write headings and names."""
        step = line_mm(plane.style)
        for lines, bold, baseline in self.headings:
            for index, line in enumerate(lines):
                plane.words(0, baseline + index * step, line, bold=index < bold,
                            muted=index >= bold)  # fmt: skip
        for pair in self.rows:
            for row in pair:
                plane.column(0, row.middle_mm, row.lines)


def lay_out(
    blocks: Sequence[ArmBlock], style: ChartStyle, *, width_mm: float, top_mm: float
) -> ArmLayout:
    """Place headings over the whole width and names in a column at the left.

    Raises:
        TextOutsideDrawingError: a word is wider than its place.
    """
    step = line_mm(style)
    most = width_mm * _NAME_SHARE
    headings, rows, y, widest = [], [], top_mm, 0.0
    for index, block in enumerate(blocks):
        y += _GROUP_GAP_MM if index else 0.0
        title = wrapped(block.heading, width_mm, style, bold=True)
        lines = (*title, *wrapped(block.about, width_mm, style))
        headings.append((lines, len(title), y + step * 0.8))
        y += len(lines) * step + _HEADING_GAP_MM
        pair = []
        for arm in block.arms:
            names = wrapped(arm.name, most, style)
            widest = max(widest, widest_mm(names, style))
            height = max(_ROW_MM, step * _ROW_SHARE, len(names) * step)
            pair.append(_Row(names, y + height / 2, height))
            y += height
        rows.append((pair[0], pair[1]))
    return ArmLayout(widest, tuple(headings), tuple(rows), top_mm, y - top_mm)
