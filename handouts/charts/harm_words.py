"""Harms of two arms in words: what a row prints, the alt text, and the data table."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.charts.chart import Cell, DataTable, alt_text
from handouts.charts.values import Estimate, estimate, value_words, words
from handouts.evidence.facts import Fact
from handouts.evidence.formatting import Audience, Writing


@dataclass(frozen=True, slots=True)
class HarmRow:
    """One harm.

    Attributes:
        label: its name.
        experimental, control: the shares of people with it, in percent.
        difference: the first minus the second, in percentage points.
        about: grade or people counted, under the name; may be empty.
    """

    label: str
    experimental: Fact
    control: Fact
    difference: Fact
    about: str = ""


@dataclass(frozen=True, slots=True)
class HarmLine:
    """One harm as it is printed and drawn.

    Attributes:
        label: its name.
        about: grade or people.
        values: both shares in words.
        difference: the difference in words; ``spoken`` with its unit.
        arms: both shares as they are drawn.
        points: the difference as it is drawn.
    """

    label: str
    about: str
    values: tuple[str, str]
    difference: str
    spoken: str
    arms: tuple[Estimate | None, Estimate | None]
    points: Estimate | None


def line_of(row: HarmRow, writing: Writing) -> HarmLine:
    """The row as words and marks for this reader."""
    difference = words(row.difference, writing, gaps=False)
    with_unit = f"{difference} {writing.translate('points')}"
    return HarmLine(
        row.label,
        row.about,
        (value_words(row.experimental, writing), value_words(row.control, writing)),
        difference,
        difference if writing.audience is Audience.PATIENT else with_unit,
        (estimate(row.experimental, writing), estimate(row.control, writing)),
        estimate(row.difference, writing),
    )


def harms_alt(lines: tuple[HarmLine, ...], arms: tuple[str, str], writing: Writing) -> str:
    """The largest difference, then each harm."""
    opening = writing.translate("Harms, {first} v {second}.").format(first=arms[0], second=arms[1])
    known = [(abs(each.points.value), each) for each in lines if each.points]
    if known:
        most = max(known, key=lambda pair: pair[0])[1]
        finding = writing.translate("Largest difference: {row}.").format(
            row=f"{_said(most)}, {most.spoken}"
        )
        opening = f"{opening} {finding}"
        lines = tuple(each for each in lines if each is not most)
    rest = writing.translate("The rest is in the table.")
    return alt_text(opening, (f"{_said(each)}." for each in lines), rest)


def _said(line: HarmLine) -> str:
    return f"{line.label} {line.values[0]} v {line.values[1]}"


def harms_table(
    rows: tuple[HarmRow, ...], writing: Writing, arms: tuple[str, str], head: str
) -> DataTable:
    """Each harm with both shares and their difference; ``head`` heads the last column."""
    return DataTable(
        writing.translate("Harms"),
        (writing.translate("Harm"), *arms, head),
        tuple(
            (
                Cell(f"{row.label} ({row.about})" if row.about else row.label),
                Cell(value_words(row.experimental, writing), row.experimental.address),
                Cell(value_words(row.control, writing), row.control.address),
                Cell(words(row.difference, writing, spelled=True), row.difference.address),
            )
            for row in rows
        ),
    )
