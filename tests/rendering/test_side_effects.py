from __future__ import annotations

from decimal import Decimal

import pytest

from handouts.evidence.facts import Fact, FactBook
from handouts.evidence.formatting import Audience, Writing
from handouts.markdown.blocks import Component
from handouts.markdown.parsing import parse_blocks
from handouts.models.missing import Missing
from handouts.models.provenance import Seen, Sourced
from handouts.models.quantity import Unit
from handouts.rendering.side_effects import side_effects
from handouts.rendering.words import Ledger, Words

SEEN = Sourced(seen=Seen.LABEL, sources=("A",))
SHARES: dict[str, Decimal | Missing] = {
    "drug.thirteen": Decimal(13),
    "drug.five": Decimal(5),
    "drug.many": Decimal(81),
    "drug.lost": Missing.NOT_SEEN,
}


def words() -> Words:
    book = FactBook(
        {
            name: Fact(
                address=name, what="x", value=value, unit=Unit.PERCENT, source=SEEN,
                path="facts.yaml", line=1,
            )
            for name, value in SHARES.items()
        }
    )  # fmt: skip
    writing = Writing(Audience.PATIENT, "en", lambda text: text, book.get)
    return Words(book, writing, None, "a.md", Ledger())


def problems(*rows: str, serious: str = "0") -> list[str]:
    """What is wrong with a table of these rows, with the lines they stand on: the first on 5."""
    lines = [f"::: side-effects serious={serious}", "", "| a | b | c | d |", "|---|---|---|---|"]
    (block,) = parse_blocks("\n".join([*lines, *rows, ":::"]), "a.md")
    assert isinstance(block, Component)
    printer = words()
    assert side_effects(block, printer).serious <= len(rows)
    return [f"{each.line} {each.code}" for each in printer.ledger.problems]


def row(first: str, second: str = "{{ drug.lost }}") -> str:
    return f"| sign | {first} | {second} | do this |"


THIRTEEN, FIVE, MANY = (
    row(f"{{{{ drug.{name} }}}}") for name in ("thirteen", "five", "many")
)  # fmt: skip


def test_serious_ones_first_and_both_parts_by_how_many_had_them_is_right() -> None:
    assert problems(THIRTEEN, FIVE, MANY, THIRTEEN, serious="2") == []


def test_as_many_people_may_have_had_two_of_them() -> None:
    assert problems(THIRTEEN, THIRTEEN) == []


def test_one_that_more_people_had_than_the_one_above_is_told() -> None:
    assert problems(THIRTEEN, FIVE, MANY, serious="1") == ["7 wrong-order"]
    assert problems(FIVE, THIRTEEN, MANY, serious="2") == ["6 wrong-order"]


def test_one_of_which_no_number_was_seen_may_stand_anywhere() -> None:
    assert problems(THIRTEEN, row("{{ drug.lost }}"), FIVE) == []


@pytest.mark.parametrize(
    "cell", ["many", "{{ 3 | plain }}", "about {{ drug.five }}", "{{ drug.five }} {{ drug.many }}"]
)
def test_a_number_is_one_fact_and_nothing_else(cell: str) -> None:
    assert problems(THIRTEEN, row(cell)) == ["6 cell-without-fact"]
    assert problems(THIRTEEN, row("{{ drug.five }}", cell)) == ["6 cell-without-fact"]


@pytest.mark.parametrize("serious", ["2", "-1", "some"])
def test_as_many_are_serious_as_there_are_rows_at_most(serious: str) -> None:
    assert problems(THIRTEEN, serious=serious) == ["1 wrong-value"]
