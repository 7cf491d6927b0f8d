"""The record of one trial: every fact once, each with its analysis, population and source.

The fields follow CONSORT for abstracts (Hopewell et al., PLoS Med 2008;5:e20). What a row shares
with others (the data cut, the people counted) is said once, under ``analyses`` and
``populations``, and named by the row, so that a row can't mix two analyses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints

from handouts.models.missing import Missing
from handouts.models.names import Id
from handouts.models.numbers import Count, Flag, Number, Reachable
from handouts.models.priority import Priority
from handouts.models.provenance import Sourced
from handouts.models.quantity import Point, Quantity, Statement, Unit
from handouts.models.review import Reference, Review, Version

PText = Annotated[str, StringConstraints(pattern=r"^[<>]\s?0?\.\d+$")]
"""A p-value that is printed with a sign, as "<0.001"."""


Acronym = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9 -]*$")]
"""A trial's short name; as a name it may hold digits, so it must begin with a letter."""

RegistryNumber = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]{4,}$")]
"""A registry's number, a letter first: as a name it is no number."""


class ArmRole(StrEnum):
    """Which side of the comparison an arm is."""

    EXPERIMENTAL = "experimental"
    CONTROL = "control"


class OutcomeRole(StrEnum):
    """What a result may be used for."""

    PRIMARY = "primary"
    CONFIRMATORY = "confirmatory"
    """Secondary, and inside the plan that controls the chance of a false finding."""
    SECONDARY = "secondary"
    """Secondary; whether it is inside that plan was not seen."""
    SENSITIVITY = "sensitivity"
    """The primary question asked again, of a longer follow-up or in another way."""
    DESCRIPTIVE = "descriptive"
    EXPLORATORY = "exploratory"


class Measure(StrEnum):
    """How one arm's result is summed up."""

    MEDIAN = "median"
    SURVIVAL_RATE = "rate at a time"
    """Kaplan-Meier estimate: never to be treated as a count of people."""
    PROPORTION = "proportion"
    """Share of all people counted, each of them known."""


class RatioMeasure(StrEnum):
    """What a relative effect is a ratio of."""

    HAZARD = "hazard ratio"
    ODDS = "odds ratio"
    RISK = "risk ratio"
    NONE = "none"
    """No ratio: a source gives a p-value alone."""

    @property
    def short(self) -> str:
        """As authors abbreviate it: "HR"."""
        return "" if self is RatioMeasure.NONE else f"{self.value[0].upper()}R"


class Better(StrEnum):
    """Which direction is good for the patient."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm(Sourced):
    """One arm; ``randomised`` counts people."""

    id: Id
    name: str
    short: str
    role: ArmRole
    randomised: Count
    schedule: Statement


Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
"""A month, where a source gives no day: "2018-11"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Median follow-up; ``control`` where a source gives the control arm its own."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    value: Number
    control: Number | None = None
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis(Sourced):
    """One look at the data: what it is called, its data cut and its follow-up."""

    id: Id
    name: str
    data_cutoff: date | Month | Missing
    follow_up: FollowUp | Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Population(Sourced):
    """The people counted in a row: all together and per arm (by arm id)."""

    id: Id
    name: str
    total: Count | Missing
    arms: dict[str, Count] | Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmResult:
    """One arm's result with its 95% interval, in the unit of the outcome.

    A median, and a bound of its interval, may be ``not reached``.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    value: Reachable | Missing
    ci: tuple[Reachable, Reachable] | Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDifference:
    """Experimental less control arm as a source prints it, with its 95% interval.

    In the unit of the outcome; in percentage points for rates and proportions.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    value: Number
    ci: tuple[Number, Number] | Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A relative effect with its 95% interval and its p-value as published ("<0.001")."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    measure: RatioMeasure
    value: Number | Missing
    ci: tuple[Number, Number] | Missing
    p: Number | PText | Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """The time at which a rate is read off, counted from randomisation."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    value: Number
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Sourced):
    """One row of results.

    Attributes:
        id: name in references, unique in the trial.
        name: what was measured, as the row is headed.
        measure: how one arm's result is summed up; ``unit`` is that of both arms.
        at: time of a rate.
        role: what the result may be used for.
        analysis: id of the analysis the whole row is from.
        population: id of the people counted.
        assessed_by: who judged the outcome, where that matters.
        better: which direction is good.
        arms: result by arm id.
        effect: relative effect between the arms.
        difference: absolute difference between the arms, where a source gives it.
        events: people with the event by arm id. For times to an event and rates they are what the
            analysis saw, never the numerator of a share; for a proportion they are complete.
        event: words for what the value counts (for rates and proportions).
        opposite: words for everything else; authored, never negated by program.
        plot: whether the row stands in the forest plot.
        priority: whether the row may be left off a full page; the HTML twin shows every row.
    """

    id: Id
    name: str
    measure: Measure
    unit: Unit
    at: Landmark | None = None
    role: OutcomeRole
    analysis: str
    population: str
    assessed_by: str | None = None
    better: Better
    arms: dict[str, ArmResult]
    effect: Effect | Missing
    difference: PublishedDifference | None = None
    events: dict[str, Count] | None = None
    event: str | None = None
    opposite: str | None = None
    plot: Flag = False
    priority: Priority = Priority.REQUIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm(Sourced):
    """One harm: share in per cent of the people of the safety population, by arm id.

    ``counts`` says that each treated person's outcome is known, so that a share may be turned
    back into a count of people. ``population`` names the people counted where they are not the
    safety population, and ``events`` counts the people with the harm, by arm id. ``remark`` is
    printed beside the term; ``priority`` is as for outcomes.
    """

    id: Id
    term: str
    counts: Flag
    arms: dict[str, Number | Missing]
    population: str | None = None
    events: dict[str, Count] | None = None
    remark: str | None = None
    priority: Priority = Priority.REQUIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration(Sourced):
    """A registry's number of the trial."""

    registry: str
    number: RegistryNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A trial: what was asked, of whom, how, and what came out."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    kind: Literal["trial"]
    reference: Reference
    version: Version
    acronym: Acronym
    title: str
    keywords: tuple[str, ...]
    citation: str
    compiled: date
    bottom_line: str
    objective: str
    design: Statement
    masking: Statement
    randomisation: Statement
    allocation: Statement | Missing
    setting: Statement | Missing
    recruitment: Statement
    participants: Statement
    eligibility: Statement
    exclusions: Statement | Missing
    primary_endpoint: Statement
    arms: tuple[Arm, Arm]
    randomised_total: Count
    analyses: tuple[Analysis, ...]
    populations: tuple[Population, ...]
    outcomes: tuple[Outcome, ...]
    safety_population: str
    harms_note: str
    harms: tuple[Harm, ...]
    quantities: dict[Id, Quantity]
    applies_to: tuple[Point, ...]
    limits: tuple[Point, ...]
    changes: tuple[Point, ...]
    approvals: tuple[Point, ...]
    registration: tuple[Registration, ...]
    funding: Statement
    funder_role: Statement | Missing
    conflicts: Statement | Missing
    review: Review | None = None
