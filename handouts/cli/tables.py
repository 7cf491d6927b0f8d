"""Tables in Markdown, in columns that line up."""

from __future__ import annotations

from collections.abc import Sequence


def markdown_table(cells: Sequence[Sequence[str]], *, texts: int) -> str:
    """A table of cells, its header first.

    Args:
        cells: row by row.
        texts: so many columns at the left are words; the others are numbers, on the right.
    """
    rows = [[each.replace("|", "\\|") for each in row] for row in cells]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = [
        "-" * width if index < texts else "-" * (width - 1) + ":"
        for index, width in enumerate(widths)
    ]
    lines = [
        [
            cell.ljust(width) if index < texts else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in (rows[0], rule, *rows[1:])
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
