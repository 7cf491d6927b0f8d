"""Facts by address: what a document may print, with everything a reader may ask about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handouts.diagnostics import Diagnostic, error
from handouts.evidence.differences import Difference
from handouts.models.missing import Missing
from handouts.models.provenance import NEEDS_NO_SOURCE, Sourced
from handouts.models.quantity import FactFile, Unit

Place = tuple[int, int]
DataPath = tuple[str | int, ...]
PlaceOf = Callable[[DataPath], Place]
"""Line and column of a value in the file of its record."""

Value = Decimal | int | str | date | Missing
Interval = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a result is about: whom was counted, in which analysis, and for what use.

    ``data_cutoff`` and ``follow_up`` are text, as they are written in the record. Harms are not of
    one analysis: only their people are known.
    """

    analysis: str | None
    data_cutoff: str | None
    follow_up: str | None
    population: str
    role: str | None = None
    assessed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value that can be printed.

    Attributes:
        address: the name it is called by, from any document.
        what: what it is, in words.
        value: the value as its source prints it, or why it is missing.
        unit: what it is counted in.
        interval: its 95% interval, or why there is none; None where the question does not arise.
        source: where it comes from and how it was read.
        setting: analysis and population, for results.
        event: words for what a share counts; ``opposite`` for everything else.
        difference: set where the fact is a difference, or was computed from one.
        higher_is_better: which direction of that difference is good for the patient.
        derived_from: addresses of the facts it was computed from.
        path, line: where it is written.
    """

    address: str
    what: str
    value: Value
    unit: Unit
    source: Sourced
    path: str
    line: int
    interval: Interval | Missing | None = None
    setting: Setting | None = None
    event: str | None = None
    opposite: str | None = None
    difference: Difference | None = None
    higher_is_better: bool = True
    derived_from: tuple[str, ...] = ()

    @property
    def record(self) -> str:
        """The record or fact file it stands in."""
        return self.address.partition(".")[0]

    @property
    def is_unverified(self) -> bool:
        """Whether nobody has seen it in a source."""
        return self.source.is_unverified


@dataclass(frozen=True, slots=True)
class FactBook:
    """All facts of a library, by address.

    Attributes:
        facts: by address.
        broken: first parts of addresses whose record could not be read; its own errors say why.
    """

    facts: Mapping[str, Fact]
    broken: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts.values())

    def get(self, subject: str, record: str | None = None) -> Fact | None:
        """The fact of that name, in the record first and then anywhere; None if there is none."""
        if record is not None and (found := self.facts.get(f"{record}.{subject}")):
            return found
        return self.facts.get(subject)

    def is_broken(self, subject: str) -> bool:
        """Whether the fact would stand in a record that could not be read."""
        return subject.split(".", maxsplit=1)[0] in self.broken

    def names(self, record: str | None = None) -> tuple[str, ...]:
        """What a fact can be called in a record's own words, or from outside."""
        if record is None:
            return tuple(self.facts)
        prefix = f"{record}."
        return tuple(each.removeprefix(prefix) for each in self.facts)


def facts_of_file(name: str, file: FactFile, path: str, place: PlaceOf) -> Iterator[Fact]:
    """The facts of a fact file: its quantities as values, its statements as text."""
    for key, quantity in file.quantities.items():
        yield Fact(
            address=f"{name}.{key}",
            what=quantity.what,
            value=quantity.value,
            unit=quantity.unit,
            source=quantity,
            path=path,
            line=place(("quantities", key))[0],
        )
    for key, statement in file.statements.items():
        yield Fact(
            address=f"{name}.{key}",
            what=statement.text,
            value=statement.text,
            unit=Unit.NONE,
            source=statement,
            path=path,
            line=place(("statements", key))[0],
        )


def source_problems(
    sourced: Iterable[tuple[Sourced, DataPath]],
    known: Mapping[str, object],
    path: str,
    place: PlaceOf,
    hint: Callable[[str], str | None],
) -> Iterator[Diagnostic]:
    """Sources that nobody has listed, and facts without any."""
    for each, at in sourced:
        if not each.sources and each.seen not in NEEDS_NO_SOURCE:
            line, column = place(at)
            yield error(
                "no-source",
                "this fact names no source",
                path=path,
                line=line,
                column=column,
                hint="give `sources`, or `seen: own knowledge` (it is then printed as unverified)",
            )
        for key, names in (("sources", each.sources), ("via", each.via)):
            for index, name in enumerate(names):
                if name not in known:
                    line, column = place((*at, key, index))
                    yield error(
                        "unknown-source",
                        f"source `{name}` is not in content/sources.yaml",
                        path=path,
                        line=line,
                        column=column,
                        hint=hint(name),
                    )
