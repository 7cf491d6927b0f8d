from __future__ import annotations

from decimal import Decimal

import pytest

from handouts.evidence.facts import Fact, FactBook
from handouts.evidence.formatting import Audience, Writing
from handouts.markdown.blocks import Component
from handouts.markdown.parsing import parse_blocks
from handouts.models.provenance import Seen, Sourced
from handouts.models.quantity import Unit
from handouts.rendering.cycle_calendar import CycleCalendar, cycle_calendar
from handouts.rendering.words import Ledger, Words

SEEN = Sourced(seen=Seen.LABEL, sources=("A",))
FACTS: dict[str, Decimal | str] = {
    "drug.cycle": Decimal(21),
    "drug.days": "1 to 14",
    "drug.day": Decimal(1),
    "drug.long": Decimal(57),
    "drug.none": Decimal(0),
    "drug.half": Decimal("10.5"),
    "drug.words": "every week",
    "drug.over": "15 to 22",
    "drug.back": "14 to 1",
    "drug.ten": Decimal(10),
}


def words() -> Words:
    book = FactBook(
        {
            name: Fact(
                address=name, what="x", value=value, unit=Unit.NONE, source=SEEN,
                path="facts.yaml", line=1,
            )
            for name, value in FACTS.items()
        }
    )  # fmt: skip
    writing = Writing(Audience.PATIENT, "en", lambda text: text, book.get)
    return Words(book, writing, None, "a.md", Ledger())


def component(arguments: str) -> Component:
    (block,) = parse_blocks(f"::: calendar {arguments}\n:::", "a.md", 7)
    assert isinstance(block, Component)
    return block


def drawn(arguments: str) -> CycleCalendar:
    printer = words()
    made = cycle_calendar(component(arguments), printer)
    assert printer.ledger.problems == []
    assert made is not None
    return made


def problems(arguments: str) -> list[str]:
    printer = words()
    assert cycle_calendar(component(arguments), printer) is None
    return [f"{each.line} {each.code} {each.message}" for each in printer.ledger.problems]


def test_a_medicine_is_taken_on_its_days_and_on_no_other() -> None:
    made = drawn(
        "cycle=drug.cycle first=A first-days=every-day second=B second-days=drug.days"
        " third=C third-days=drug.day"
    )
    taken = {
        each.name: [day for day in range(1, 22) if each.is_taken(day)] for each in made.medicines
    }
    assert taken == {"A": list(range(1, 22)), "B": list(range(1, 15)), "C": [1]}


def test_days_are_said_in_the_words_of_their_fact_and_every_day_needs_none() -> None:
    made = drawn("cycle=drug.cycle first=A first-days=every-day second=B second-days=drug.days")
    assert [str(each.days) for each in made.medicines] == [
        "", '<span class="fact" data-fact="drug.days">1 to 14</span>',
    ]  # fmt: skip
    assert str(made.cycle) == '<span class="fact" data-fact="drug.cycle">21</span>'


def test_a_cycle_is_cut_into_weeks() -> None:
    weeks = drawn("cycle=drug.cycle first=A first-days=drug.day").weeks
    assert [each.number for each in weeks] == [1, 2, 3]
    assert [(each.days[0], each.days[-1]) for each in weeks] == [(1, 7), (8, 14), (15, 21)]


def test_the_last_week_of_a_cycle_may_be_short() -> None:
    weeks = drawn("cycle=drug.ten first=A first-days=drug.day").weeks
    assert [each.days for each in weeks] == [tuple(range(1, 8)), (8, 9, 10)]


@pytest.mark.parametrize("cycle", ["drug.long", "drug.none", "drug.half"])
def test_a_length_that_is_none_is_told(cycle: str) -> None:
    assert problems(f"cycle={cycle} first=A first-days=every-day") == [
        f"7 impossible-calendar `{cycle}` is no length of a cycle in days"
    ]


@pytest.mark.parametrize("days", ["drug.over", "drug.back", "drug.words", "drug.half", "drug.none"])
def test_days_outside_of_the_cycle_are_told(days: str) -> None:
    assert problems(f"cycle=drug.cycle first=A first-days={days}") == [
        f"7 impossible-calendar `{days}` is no day of a cycle of 21 days"
    ]


def test_a_fact_that_is_not_there_is_told_once() -> None:
    assert problems("cycle=drug.circle first=A first-days=every-day") == [
        "7 unknown-fact there is no fact `drug.circle`"
    ]
    assert problems("cycle=drug.cycle first=A first-days=drug.dayz") == [
        "7 unknown-fact there is no fact `drug.dayz`"
    ]


def test_a_second_medicine_needs_its_days() -> None:
    assert problems("cycle=drug.cycle first=A first-days=every-day second=B") == [
        "7 missing-argument component `calendar` needs `second-days=...` beside `second`"
    ]
