"""Do the people of a trial's record add up: randomised, counted in a row, with an event?"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.evidence.coherence import Finding
from handouts.evidence.counts import (
    arm_over_randomised,
    arms_do_not_add_up,
    arms_not_as_randomised,
    events_over_arm,
    split_against_randomisation,
)
from handouts.evidence.facts import DataPath
from handouts.models.missing import Missing
from handouts.models.trial import Harm, Outcome, Population, Trial

_Found = tuple[Finding, DataPath]

ALL_RANDOMISED = frozenset({"all randomised", "randomised", "all"})
"""Names of a population that say who it is: everyone, in the arm of the randomisation."""


def people_findings(trial: Trial) -> Iterator[_Found]:
    """What does not add up in arms, populations and events, with its path in the record."""
    randomised = [arm.randomised for arm in trial.arms]
    yield from _at(arms_do_not_add_up(randomised, trial.randomised_total), ("randomised_total",))
    for index, population in enumerate(trial.populations):
        yield from _population(trial, population, ("populations", index))
    for index, outcome in enumerate(trial.outcomes):
        yield from _events(trial, outcome, outcome.population, ("outcomes", index))
    for index, harm in enumerate(trial.harms):
        people = harm.population or trial.safety_population
        yield from _events(trial, harm, people, ("harms", index))


def people_counted(trial: Trial, population: str) -> dict[str, int]:
    """The people of a population by arm id; nothing where they were not seen or do not add up."""
    for each in trial.populations:
        if each.id == population and not isinstance(each.arms, Missing):
            total = sum(each.arms.values())
            return each.arms if each.total == total <= trial.randomised_total else {}
    return {}


def _population(trial: Trial, population: Population, at: DataPath) -> Iterator[_Found]:
    if isinstance(population.total, Missing):
        return
    found = []
    if population.total > trial.randomised_total:
        message = f"{population.total} people counted, but {trial.randomised_total} randomised"
        found.append((Finding("more-than-randomised", message, None), (*at, "total")))
    arms = {} if isinstance(population.arms, Missing) else population.arms
    if arms:
        together = arms_do_not_add_up(list(arms.values()), population.total, what="counted")
        found.extend(_at(together, (*at, "arms")))
    yield from found
    if not found and sum(arm.randomised for arm in trial.arms) == trial.randomised_total:
        yield from _against_randomised(trial, population.name, arms, (*at, "arms"))


def _against_randomised(
    trial: Trial, name: str, arms: dict[str, int], at: DataPath
) -> Iterator[_Found]:
    """People who add up, against those of the randomisation."""
    randomised = {arm.id: arm.randomised for arm in trial.arms}
    if arms.keys() != randomised.keys():
        return
    pair, all_of = [arms[arm] for arm in randomised], list(randomised.values())
    if name.lower() in ALL_RANDOMISED:
        yield from _at(arms_not_as_randomised(pair, all_of), at)
        return
    over = [
        each
        for arm, people in arms.items()
        for each in _at(arm_over_randomised(people, randomised[arm], arm), (*at, arm))
    ]
    yield from over or _at(split_against_randomisation(pair, all_of), at)


def _events(trial: Trial, row: Outcome | Harm, population: str, at: DataPath) -> Iterator[_Found]:
    """Where the people counted were not seen, those randomised are the limit."""
    people = people_counted(trial, population) or {arm.id: arm.randomised for arm in trial.arms}
    for arm, events in (row.events or {}).items():
        if arm in people:
            yield from _at(events_over_arm(events, people[arm], arm), (*at, "events", arm))


def _at(finding: Finding | None, at: DataPath) -> Iterator[_Found]:
    if finding is not None:
        yield finding, at
