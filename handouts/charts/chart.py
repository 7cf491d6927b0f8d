"""A whole chart: the drawing, its caption, and the same facts as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handouts.charts.drawing import Drawing

ALT_MOST = 250
"""The most characters of an alt text: it is heard in one piece and can't be read again."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell of a data table says.

    Attributes:
        text: its words.
        fact: address of the fact it prints; None for a label.
    """

    text: str
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class DataTable:
    """The facts of a chart as words.

    Attributes:
        caption: what the table holds.
        header: one word or a few for each column; the first column names the rows.
        rows: cells, as many in each row as the header has columns.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("a row of the data table has other columns than its header")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that can stand on a page.

    Attributes:
        drawing: SVG at its final size, with alt text.
        caption: how to read it.
        table: the same facts as words.
    """

    drawing: Drawing
    caption: str
    table: DataTable


def alt_text(finding: str, details: Iterable[str], rest: str) -> str:
    """An alt text of at most 250 characters: the finding, then as many details as fit.

    Args:
        finding: what the chart shows; always said.
        details: one sentence for each row, the most important first.
        rest: said at the end where some details did not fit.

    Raises:
        ValueError: the finding alone, with the words about the rest, is too long.
    """
    said, waiting = finding, list(details)
    while waiting:
        longer = f"{said} {waiting[0]}"
        if len(longer) + (len(rest) + 1 if len(waiting) > 1 else 0) > ALT_MOST:
            break
        said = longer
        del waiting[0]
    if waiting:
        said = f"{said} {rest}"
    if len(said) > ALT_MOST:
        raise ValueError(f"an alt text has more than {ALT_MOST} characters: {said}")
    return said
