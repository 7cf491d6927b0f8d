"""The table of side effects: sign, with the medicine, without it, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from handouts.diagnostics import Diagnostic, error
from handouts.markdown.blocks import Component, Inline, Table
from handouts.markdown.references import Reference, ReferenceKind
from handouts.rendering.words import Words

_NUMBERS = (1, 2)
"""Columns that hold a fact each: with the medicine, and without it."""

_ABOVE_ROWS = 2
"""Lines of a table above its first row."""


@dataclass(frozen=True, slots=True)
class SideEffects:
    """How many rows, from the first, are of serious side effects."""

    serious: int


def side_effects(component: Component, words: Words) -> SideEffects:
    """What the table needs besides its words.

    Serious side effects come first, and in both parts those that more people had.

    Args:
        component: holds one table; ``serious`` says how many rows are of serious side effects.
        words: keeps the problems: ``wrong-value``, ``cell-without-fact``, ``wrong-order``.
    """
    tables = [each for each in component.blocks if isinstance(each, Table)]
    rows = tables[0].rows if tables else ()
    serious = component.argument("serious") or "0"
    if not serious.isdecimal() or int(serious) > len(rows):
        words.ledger.problems.append(
            error(
                "wrong-value",
                f"`serious` must be a number of rows, at most {len(rows)}, not `{serious}`",
                path=words.path,
                line=component.line,
                column=1,
            )
        )
        return SideEffects(0)
    for table in tables:
        words.ledger.problems.extend(_problems(table, int(serious), words))
    return SideEffects(int(serious))


def _problems(table: Table, serious: int, words: Words) -> Iterator[Diagnostic]:
    shares: list[Decimal | None] = []
    for index, row in enumerate(table.rows):
        line = table.line + _ABOVE_ROWS + index
        facts = [_fact_in(cell) for cell in row[_NUMBERS[0] : _NUMBERS[-1] + 1]]
        if None in facts:
            yield error(
                "cell-without-fact",
                "the numbers of a side effect are one fact each",
                path=words.path,
                line=line,
                column=1,
                hint="write {{ trial.harm.arm }}; a number that is missing in the record names"
                " itself",
            )
        share = _share(facts[0], words) if facts and facts[0] else None
        shares.append(share)
        before = shares[index - 1] if index not in (0, serious) else None
        if share is not None and before is not None and share > before:
            yield error(
                "wrong-order",
                "this side effect came to more people than the one above it",
                path=words.path,
                line=line,
                column=1,
                hint=f"the first {serious} rows are the serious ones; put each part in order",
            )


def _fact_in(cell: Inline) -> Reference | None:
    """The fact that a cell is, if it is one and nothing else."""
    parts: Sequence[str | Reference] = [
        each for each in cell if isinstance(each, Reference) or each.strip()
    ]
    only = parts[0] if len(parts) == 1 else None
    is_fact = isinstance(only, Reference) and only.kind is ReferenceKind.FACT
    return only if is_fact else None  # type: ignore[return-value]


def _share(reference: Reference, words: Words) -> Decimal | None:
    fact = words.book.get(reference.subject, words.record)
    value = None if fact is None else fact.value
    return Decimal(value) if isinstance(value, Decimal | int) else None
