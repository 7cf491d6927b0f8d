"""The days of a treatment cycle, week by week: which medicine is taken on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from handouts.diagnostics import error
from handouts.evidence.facts import Fact
from handouts.markdown.blocks import Component
from handouts.rendering.words import Words

EVERY_DAY = "every-day"
"""What stands in place of a fact for a medicine that is taken without a break."""

WEEK = 7
LONGEST = 8 * WEEK
"""Days of the longest cycle that is drawn."""

_NO_WORDS = Markup("")
_PLACES = ("first", "second", "third")
_DAYS = re.compile(r"(?P<first>\d{1,3})(?: to (?P<last>\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class MedicineDays:
    """A medicine and its days.

    Attributes:
        name: of the medicine.
        first, last: days of the cycle, from 1.
        days: the days as text, empty if it is taken every day.
    """

    name: str
    first: int
    last: int
    days: Markup = _NO_WORDS

    def is_taken(self, day: int) -> bool:
        """Whether it is taken on a day of the cycle."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One medicine in one week: its name, and a cell for each day, ticked where it is taken."""

    name: str
    cells: Markup


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """One week: its number from 1, its days of the cycle, a row for each medicine."""

    number: int
    days: tuple[int, ...]
    rows: tuple[CalendarRow, ...]


@dataclass(frozen=True, slots=True)
class CycleCalendar:
    """A cycle as words and as weeks, both from the same facts.

    Attributes:
        cycle: its length in days, as text.
        length: its length in days.
        medicines: in the order in which they are shown.
        weeks: its days in rows of seven.
    """

    cycle: Markup
    length: int
    medicines: tuple[MedicineDays, ...]
    weeks: tuple[CalendarWeek, ...]


def cycle_calendar(component: Component, words: Words) -> CycleCalendar | None:
    """The calendar that a component asks for.

    Args:
        component: ``cycle`` names the fact of the length in days; ``first`` is a medicine and
            ``first-days`` the fact of its day or days ("1", "1 to 14"), or ``every-day``; the same
            with ``second`` and ``third``.
        words: prints the facts, and keeps the problems: ``unknown-fact``, ``missing-argument``,
            ``impossible-calendar``.

    Returns:
        None if a fact is no day of the cycle.
    """
    place = (component.line, 1)
    name = component.argument("cycle") or ""
    text = words.fact(name, "number", place)
    _, length = _days_of(words.book.get(name)) or (0, 0)
    if not 1 <= length <= LONGEST:
        if text:
            _impossible(words, component, f"`{name}` is no length of a cycle in days")
        return None
    found = [
        _medicine(component, each, length, words)
        for each in _PLACES
        if component.argument(each) is not None
    ]
    medicines = tuple(each for each in found if each is not None)
    if len(medicines) < len(found):
        return None
    return CycleCalendar(text, length, medicines, tuple(_weeks(length, medicines)))


def _weeks(length: int, medicines: tuple[MedicineDays, ...]) -> Iterator[CalendarWeek]:
    for number, start in enumerate(range(1, length + 1, WEEK), 1):
        days = tuple(range(start, min(start + WEEK, length + 1)))
        rows = tuple(
            CalendarRow(each.name, Markup("").join(_cell(each.is_taken(day)) for day in days))
            for each in medicines
        )
        yield CalendarWeek(number, days, rows)


def _cell(is_taken: bool) -> Markup:
    ticked, empty = Markup('<td class="calendar__taken">✓</td>'), Markup("<td></td>")
    return ticked if is_taken else empty


def _medicine(component: Component, place: str, length: int, words: Words) -> MedicineDays | None:
    name, days = component.argument(place) or "", component.argument(f"{place}-days")
    if days is None:
        words.ledger.problems.append(
            error(
                "missing-argument",
                f"component `{component.name}` needs `{place}-days=...` beside `{place}`",
                path=words.path,
                line=component.line,
                column=1,
                hint=f"name the fact of its days, or write `{EVERY_DAY}`",
            )
        )
        return None
    if days == EVERY_DAY:
        return MedicineDays(name, 1, length)
    found = words.book.get(days)
    form = "number" if found and isinstance(found.value, Decimal | int) else None
    text = words.fact(days, form, (component.line, 1))
    first, last = _days_of(found) or (0, 0)
    if not 1 <= first <= last <= length:
        if text:
            _impossible(words, component, f"`{days}` is no day of a cycle of {length} days")
        return None
    return MedicineDays(name, first, last, text)


def _days_of(fact: Fact | None) -> tuple[int, int] | None:
    """The first and last day that a fact names; None if it names none."""
    value = None if fact is None else fact.value
    if isinstance(value, Decimal | int):
        whole = Decimal(value).is_finite() and value == int(value)
        return (int(value), int(value)) if whole else None
    match = _DAYS.fullmatch(value) if isinstance(value, str) else None
    return (int(match["first"]), int(match["last"] or match["first"])) if match else None


def _impossible(words: Words, component: Component, message: str) -> None:
    words.ledger.problems.append(
        error(
            "impossible-calendar",
            message,
            path=words.path,
            line=component.line,
            column=1,
            hint='days are written 1, or "1 to 14", and lie within the cycle',
        )
    )
