"""Small facts: one value with its unit, or one sentence, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pydantic import ConfigDict

from handouts.models.names import Id
from handouts.models.numbers import Number
from handouts.models.priority import Priority
from handouts.models.provenance import Sourced


class Unit(StrEnum):
    """What a value is counted in (the text is what an editor writes)."""

    NONE = "none"
    PERCENT = "%"
    POINTS = "percentage points"
    PEOPLE = "people"
    TIMES = "times"
    TIMES_A_DAY = "times a day"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    MG = "mg"
    MG_PER_KG = "mg/kg"
    MG_PER_M2 = "mg/m²"
    MM = "mm"
    CELSIUS = "°C"
    DATE = "date"
    MONTH = "month"
    RATIO = "ratio"
    P_VALUE = "p"
    NUMBER_NEEDED = "NNT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Sourced):
    """One value: a dose, a threshold, a date, a step of a scale.

    Attributes:
        what: what it is, in a few words, for ``handouts trace``.
        value: a number; or text for steps of a scale ("0 or 1"), for dates ("2020-04-17") and
            months ("2016-02").
        unit: what it is counted in.
    """

    what: str
    value: Number | str
    unit: Unit = Unit.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Sourced):
    """One sentence or two of prose with its source; numbers in it are references to facts."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Statement):
    """A statement in a list, which may be left off a full page if its priority says so."""

    priority: Priority = Priority.REQUIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFile:
    """Facts that are not of one trial: ``content/facts/<slug>.yaml``.

    Attributes:
        title: what the file is about.
        quantities: values by name.
        statements: sentences by name, cited from a handout's words with ``[@file.name]``.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    title: str
    quantities: dict[Id, Quantity]
    statements: dict[Id, Statement]
