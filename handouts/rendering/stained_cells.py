"""Cells drawn beside the rows of a table, as the component ``stained-cells`` names them."""

from __future__ import annotations

from handouts.charts.drawing import ChartStyle, Drawing
from handouts.charts.stained_cells import Stain, draw_stained_cell
from handouts.diagnostics import did_you_mean, error
from handouts.markdown.blocks import Component, Table
from handouts.rendering.words import Words

CellRows = tuple[tuple[Drawing, ...], ...]
"""For each row of the table, the cells to draw beside it."""


def stained_cells(component: Component, words: Words, style: ChartStyle) -> CellRows:
    """The cells of each row; none, and a problem, where they can't be drawn.

    Args:
        component: ``::: stained-cells stains="none+faint moderate strong"`` around a table: a word
            for each of its rows, ``+`` between cells that stand beside one row.
        words: in which language they are described; takes up the problems.
        style: look of the drawings.
    """
    rows = [each.split("+") for each in (component.argument("stains") or "").split()]
    tables = [each for each in component.blocks if isinstance(each, Table)]
    unknown = [each for row in rows for each in row if each not in list(Stain)]
    message = hint = None
    if unknown:
        message = f"`stains` can't have `{unknown[0]}`"
        hint = did_you_mean(unknown[0], list(Stain))
    elif tables and len(rows) != len(tables[0].rows):
        message = f"the table has {len(tables[0].rows)} row(s), `stains` has words for {len(rows)}"
        hint = "write a word for each row, and `+` between cells that stand beside one row"
    if message:
        words.ledger.problems.append(
            error("wrong-value", message, path=words.path, line=component.line, column=1, hint=hint)
        )
        return ()
    alts = _alts(words)
    return tuple(
        tuple(
            draw_stained_cell(
                Stain(each), style, alt=alts[Stain(each)],
                name=f"cell-{component.line}-{number}-{place}",
            )
            for place, each in enumerate(row)
        )
        for number, row in enumerate(rows)
    )  # fmt: skip


def _alts(words: Words) -> dict[Stain, str]:
    translate = words.writing.translate
    return {
        Stain.NONE: translate("A cell without a ring."),
        Stain.FAINT: translate("A cell with a faint ring that has gaps."),
        Stain.MODERATE: translate("A cell with a thin ring all round."),
        Stain.STRONG: translate("A cell with a thick ring all round."),
    }
