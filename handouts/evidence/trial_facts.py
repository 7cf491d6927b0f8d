"""The facts of a trial's record, the computed ones among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain

from handouts.evidence.differences import Difference
from handouts.evidence.facts import DataPath, Fact, PlaceOf, Setting, Value
from handouts.evidence.needed_to_treat import number_needed
from handouts.evidence.trial_differences import difference_of_harm, difference_of_outcome
from handouts.models.missing import Missing
from handouts.models.provenance import Sourced
from handouts.models.quantity import Unit
from handouts.models.trial import (
    Analysis,
    Arm,
    ArmRole,
    Better,
    FollowUp,
    Harm,
    Outcome,
    Population,
    Trial,
)


def facts_of_trial(slug: str, trial: Trial, path: str, place: PlaceOf) -> tuple[Fact, ...]:
    """Every value of the record and every difference that may be computed from it.

    Addresses, each after the slug of the trial: ``outcome.arm``, ``outcome.ratio``, ``outcome.p``,
    ``outcome.difference``, ``outcome.nnt``, ``outcome.events-arm``, ``outcome.at``; ``harm.arm``,
    ``harm.difference``, ``harm.events-arm``; ``population.total``, ``population.arm``;
    ``analysis.cutoff``, ``analysis.follow-up``; ``randomised.arm``, ``randomised.total``;
    ``funding``; and each quantity by its name.
    """
    return tuple(_Record(slug, trial, path, place).facts())


def experimental_first(trial: Trial) -> tuple[Arm, Arm]:
    """The two arms, the one that is tried out first."""
    first, second = trial.arms
    return (first, second) if first.role is ArmRole.EXPERIMENTAL else (second, first)


class _Record:
    def __init__(self, slug: str, trial: Trial, path: str, place: PlaceOf) -> None:
        self.slug, self.trial, self.path, self.place = slug, trial, path, place
        self.arms = experimental_first(trial)
        self.analyses = {each.id: each for each in trial.analyses}
        self.populations = {each.id: each for each in trial.populations}

    def facts(self) -> Iterator[Fact]:
        return chain(
            self._people(),
            chain.from_iterable(
                self._analysis(each, index) for index, each in enumerate(self.trial.analyses)
            ),
            chain.from_iterable(
                self._population(each, index) for index, each in enumerate(self.trial.populations)
            ),
            chain.from_iterable(
                self._outcome(each, index) for index, each in enumerate(self.trial.outcomes)
            ),
            chain.from_iterable(
                self._harm(each, index) for index, each in enumerate(self.trial.harms)
            ),
            self._quantities(),
        )

    def _fact(
        self,
        name: str,
        what: str,
        value: Value,
        unit: Unit,
        source: Sourced,
        at: tuple[str | int, ...],
        *,
        interval: tuple[Decimal, Decimal] | Missing | None = None,
        setting: Setting | None = None,
        words: tuple[str | None, str | None] = (None, None),
        computed: Difference | None = None,
        higher_is_better: bool = True,
        derived_from: tuple[str, ...] = (),
    ) -> Fact:
        return Fact(
            address=f"{self.slug}.{name}",
            what=what,
            value=value,
            unit=unit,
            source=source,
            path=self.path,
            line=self.place(at)[0],
            interval=interval,
            setting=setting,
            event=words[0],
            opposite=words[1],
            difference=computed,
            higher_is_better=higher_is_better,
            derived_from=tuple(f"{self.slug}.{each}" for each in derived_from),
        )

    def _people(self) -> Iterator[Fact]:
        for index, arm in enumerate(self.trial.arms):
            yield self._fact(
                f"randomised.{arm.id}", f"people randomised, {arm.short}", arm.randomised,
                Unit.NONE, arm, ("arms", index, "randomised"),
            )  # fmt: skip
        yield self._fact(
            "randomised.total", "people randomised", self.trial.randomised_total, Unit.NONE,
            self.trial.arms[0], ("randomised_total",),
        )  # fmt: skip

    def _analysis(self, analysis: Analysis, index: int) -> Iterator[Fact]:
        at = ("analyses", index)
        cutoff = analysis.data_cutoff
        yield self._fact(
            f"{analysis.id}.cutoff", f"data cut of the {analysis.name.lower()}", cutoff,
            Unit.MONTH if isinstance(cutoff, str) else Unit.DATE, analysis, (*at, "data_cutoff"),
        )  # fmt: skip
        follow_up = analysis.follow_up
        what = f"median follow-up at the {analysis.name.lower()}"
        if isinstance(follow_up, Missing):
            yield self._fact(
                f"{analysis.id}.follow-up", what, follow_up, Unit.NONE, analysis,
                (*at, "follow_up"),
            )  # fmt: skip
            return
        for name, value in (("", follow_up.value), ("-control", follow_up.control)):
            if value is not None:
                yield self._fact(
                    f"{analysis.id}.follow-up{name}", what + name.replace("-", ", "), value,
                    follow_up.unit, analysis, (*at, "follow_up"),
                )  # fmt: skip

    def _population(self, population: Population, index: int) -> Iterator[Fact]:
        at = ("populations", index)
        yield self._fact(
            f"{population.id}.total", f"people counted: {population.id}", population.total,
            Unit.NONE, population, (*at, "total"),
        )  # fmt: skip
        for arm in self.arms:
            value = (
                population.arms
                if isinstance(population.arms, Missing)
                else population.arms.get(arm.id, Missing.NOT_SEEN)
            )
            yield self._fact(
                f"{population.id}.{arm.id}", f"people counted: {population.id}, {arm.short}",
                value, Unit.NONE, population, (*at, "arms", arm.id),
            )  # fmt: skip

    def _setting(self, outcome: Outcome) -> Setting | None:
        analysis = self.analyses.get(outcome.analysis)
        if analysis is None:
            return None
        return Setting(
            analysis=analysis.name,
            data_cutoff=str(analysis.data_cutoff),
            follow_up=_written(analysis.follow_up),
            population=outcome.population,
            role=outcome.role,
            assessed_by=outcome.assessed_by,
        )

    def _outcome(self, outcome: Outcome, index: int) -> Iterator[Fact]:
        at = ("outcomes", index)
        setting = self._setting(outcome)
        for arm in self.arms:
            result = outcome.arms.get(arm.id)
            yield self._fact(
                f"{outcome.id}.{arm.id}", f"{outcome.name}, {arm.short}",
                result.value if result else Missing.NOT_SEEN, outcome.unit, outcome,
                (*at, "arms", arm.id), interval=result.ci if result else Missing.NOT_SEEN,
                setting=setting, words=(outcome.event, outcome.opposite),
            )  # fmt: skip
        if outcome.at is not None:
            yield self._fact(
                f"{outcome.id}.at", f"{outcome.name}: time of the rate", outcome.at.value,
                outcome.at.unit, outcome, (*at, "at"), setting=setting,
            )  # fmt: skip
        if not isinstance(outcome.effect, Missing):
            effect = outcome.effect
            yield self._fact(
                f"{outcome.id}.ratio", f"{outcome.name}, {effect.measure}", effect.value,
                Unit.RATIO, outcome, (*at, "effect"), interval=effect.ci, setting=setting,
            )  # fmt: skip
            yield self._fact(
                f"{outcome.id}.p", f"{outcome.name}, p-value", effect.p, Unit.P_VALUE, outcome,
                (*at, "effect", "p"), setting=setting,
            )  # fmt: skip
        yield from self._events(outcome, outcome.name, at, setting)
        results = [outcome.arms.get(arm.id) for arm in self.arms]
        values = {
            arm.id: result.value
            for arm, result in zip(self.arms, results, strict=True)
            if result is not None
        }
        made = difference_of_outcome(outcome, self.arms, self.populations)
        yield self._difference(outcome.id, outcome.name, made, outcome.unit, outcome, at, values,
                               setting)  # fmt: skip
        if isinstance(made, Difference):
            yield from self._number_needed(outcome, made, at, setting)

    def _number_needed(
        self, outcome: Outcome, made: Difference, at: DataPath, setting: Setting | None
    ) -> Iterator[Fact]:
        """Only with a time: how many people over how long is one question."""
        higher_is_better = outcome.better is Better.HIGHER
        found = number_needed(made, higher_is_better=higher_is_better)
        if found is None or outcome.at is None or outcome.unit is not Unit.PERCENT:
            return
        yield self._fact(
            f"{outcome.id}.nnt", f"{outcome.name}, {found.kind.words}", found.number,
            Unit.NUMBER_NEEDED, outcome, at, interval=(Decimal(found.low), Decimal(found.high)),
            setting=setting, computed=made, higher_is_better=higher_is_better,
            derived_from=(f"{outcome.id}.difference", f"{outcome.id}.at"),
        )  # fmt: skip

    def _events(
        self, row: Outcome | Harm, what: str, at: DataPath, setting: Setting | None
    ) -> Iterator[Fact]:
        for arm in self.arms:
            if row.events is not None and arm.id in row.events:
                yield self._fact(
                    f"{row.id}.events-{arm.id}", f"{what}, people with the event, {arm.short}",
                    row.events[arm.id], Unit.NONE, row, (*at, "events", arm.id), setting=setting,
                )  # fmt: skip

    def _harm(self, harm: Harm, index: int) -> Iterator[Fact]:
        at = ("harms", index)
        what = harm.term
        people = harm.population or self.trial.safety_population
        setting = Setting(analysis=None, data_cutoff=None, follow_up=None, population=people)
        for arm in self.arms:
            yield self._fact(
                f"{harm.id}.{arm.id}", f"{what}, {arm.short}",
                harm.arms.get(arm.id, Missing.NOT_SEEN), Unit.PERCENT, harm, (*at, "arms", arm.id),
                setting=setting,
            )  # fmt: skip
        yield from self._events(harm, what, at, setting)
        made = difference_of_harm(harm, self.arms, self.populations.get(people))
        values = {arm.id: harm.arms[arm.id] for arm in self.arms if arm.id in harm.arms}
        yield self._difference(harm.id, what, made, Unit.PERCENT, harm, at, values, setting)

    def _difference(
        self,
        name: str,
        what: str,
        made: Difference | Missing,
        unit: Unit,
        source: Sourced,
        at: tuple[str | int, ...],
        values: Mapping[str, Decimal | Missing],
        setting: Setting | None,
    ) -> Fact:
        computed = made if isinstance(made, Difference) else None
        interval: tuple[Decimal, Decimal] | Missing = Missing.NOT_SEEN
        if computed is not None and computed.low is not None and computed.high is not None:
            interval = (computed.low, computed.high)
        return self._fact(
            f"{name}.difference",
            f"{what}, difference between the arms",
            made.points if isinstance(made, Difference) else made,
            Unit.POINTS if unit is Unit.PERCENT else unit,
            source,
            at,
            interval=interval,
            setting=setting,
            computed=computed,
            derived_from=tuple(f"{name}.{arm}" for arm in values),
        )

    def _quantities(self) -> Iterator[Fact]:
        funding = self.trial.funding
        yield self._fact(
            "funding", "who paid for the trial", funding.text.rstrip("."), Unit.NONE, funding,
            ("funding", "text"),
        )  # fmt: skip
        for name, quantity in self.trial.quantities.items():
            yield self._fact(
                name, quantity.what, quantity.value, quantity.unit, quantity, ("quantities", name)
            )


def _written(follow_up: FollowUp | Missing) -> str:
    if isinstance(follow_up, Missing):
        return follow_up
    arms = [each for each in (follow_up.value, follow_up.control) if each is not None]
    return f"{' v '.join(str(each) for each in arms)} {follow_up.unit}"
