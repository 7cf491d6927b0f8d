"""The table of what quality sheets ask, ``quality_items.yaml`` beside this module."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict
from pydantic_core import PydanticCustomError

from handouts.loading.records import validate
from handouts.loading.strict_yaml import read_yaml

PEOPLE = "people"

InstrumentId = Literal["pemat", "cdc", "sam"]

Decider = Literal[
    "people", "everyday-words", "explained-terms", "active-voice", "active-key-parts",
    "clear-numbers", "no-calculation", "shown-calculation", "says-you", "grade", "sentences",
    "short-sections", "short-lists", "chunks", "telling-headings", "road-signs",
    "main-points-first", "bold-main-point", "boxes", "an-action", "whom-to-call", "a-tool",
    "interaction", "titled-pictures", "captions", "simple-tables", "explained-charts", "type",
]  # fmt: skip
"""People, or a rule of the program by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One item as the table has it.

    Attributes:
        number: in its instrument.
        words: what it asks, in our own words.
        decided_by: people, or a rule of the program.
        not_applicable: when it may be left out; None if it always applies.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    number: int
    words: str
    decided_by: Decider
    not_applicable: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """Items of an instrument that belong together."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: str
    items: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A published instrument.

    Attributes:
        id: how ids of its items begin.
        name: how it is printed.
        source: who published it.
        scale: scores of an item, from the worst on.
        domains: its items.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: InstrumentId
    name: str
    source: str
    scale: tuple[int, ...]
    domains: tuple[Domain, ...]


def _without_repeats(instruments: tuple[Instrument, ...]) -> tuple[Instrument, ...]:
    names = Counter(
        f"{each.id}-{item.number}"
        for each in instruments
        for domain in each.domains
        for item in domain.items
    )
    if twice := [name for name, count in names.items() if count > 1]:
        raise PydanticCustomError("wrong_value", f"an item stands twice: {', '.join(twice)}")
    return instruments


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """The whole table."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    instruments: Annotated[tuple[Instrument, ...], AfterValidator(_without_repeats)]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityItem:
    """One item with all that belongs to it; fields as in the table."""

    id: str
    instrument: InstrumentId
    domain: str
    number: int
    words: str
    scale: tuple[int, ...]
    decided_by: Decider
    not_applicable: str | None

    @property
    def is_for_people(self) -> bool:
        """Whether no rule decides it."""
        return self.decided_by == PEOPLE


@cache
def instruments() -> tuple[Instrument, ...]:
    """The instruments, as the table has them."""
    name = "quality_items.yaml"
    path = Path(__file__).with_name(name)
    return validate(read_yaml(path, name), Instruments, name).instruments


@cache
def quality_items() -> tuple[QualityItem, ...]:
    """All items, in the order of the table."""
    return tuple(
        QualityItem(
            id=f"{each.id}-{item.number}",
            instrument=each.id,
            domain=domain.name,
            number=item.number,
            words=item.words,
            scale=each.scale,
            decided_by=item.decided_by,
            not_applicable=item.not_applicable,
        )
        for each in instruments()
        for domain in each.domains
        for item in domain.items
    )
