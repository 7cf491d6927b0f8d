"""Does a trial's record agree with itself? Every disagreement, at its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from handouts.diagnostics import Diagnostic, did_you_mean, error, warning
from handouts.evidence.coherence import Finding
from handouts.evidence.facts import DataPath, PlaceOf
from handouts.evidence.trial_analyses import analysis_findings
from handouts.evidence.trial_people import people_findings
from handouts.evidence.trial_results import harm_findings, outcome_findings
from handouts.models.missing import Missing
from handouts.models.names import RESERVED_ARM_PREFIX, RESERVED_ARMS
from handouts.models.trial import ArmRole, Trial

_Found = tuple[Finding, DataPath]


def trial_problems(trial: Trial, path: str, place: PlaceOf) -> Iterator[Diagnostic]:
    """What in the record contradicts itself: names, people, percentages, intervals, p-values.

    Errors; warnings where a finding rests on a model that the data may not follow.
    """
    for finding, at in trial_findings(trial):
        line, column = place(at)
        make = error if finding.certain else warning
        yield make(
            finding.code, finding.message, path=path, line=line, column=column, hint=finding.hint
        )


def trial_findings(trial: Trial) -> Iterator[_Found]:
    """The same, each with the path of the value in the record."""
    return chain(
        _names(trial),
        _arms(trial),
        people_findings(trial),
        analysis_findings(trial),
        outcome_findings(trial),
        harm_findings(trial),
    )


def _names(trial: Trial) -> Iterator[_Found]:
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("analyses", [each.id for each in trial.analyses]),
        ("populations", [each.id for each in trial.populations]),
        ("outcomes", [each.id for each in trial.outcomes]),
        ("harms", [each.id for each in trial.harms]),
        ("quantities", trial.quantities),
    )
    counted = Counter(name for _, names in groups for name in names)
    counted.update(("randomised", "funding"))
    for group, names in groups:
        for index, name in enumerate(names):
            if counted[name] > 1:
                twice = (group, name) if group == "quantities" else (group, index, "id")
                message = f"`{name}` names two things in this record"
                yield Finding("duplicate-id", message, None), twice
    roles = [arm.role for arm in trial.arms]
    if sorted(roles) != sorted(ArmRole):
        message = "one arm must be experimental and the other control"
        yield Finding("wrong-value", message, None), ("arms", 0, "role")
    yield from _references(trial)


def _arms(trial: Trial) -> Iterator[_Found]:
    for index, arm in enumerate(trial.arms):
        if arm.id in RESERVED_ARMS or arm.id.startswith(RESERVED_ARM_PREFIX):
            message = f"an arm can't be called `{arm.id}`: facts of other kinds are"
            yield Finding("wrong-value", message, None), ("arms", index, "id")


def _references(trial: Trial) -> Iterator[_Found]:
    arms = {arm.id for arm in trial.arms}
    populations = {each.id for each in trial.populations}
    analyses = {each.id for each in trial.analyses}
    uses: list[tuple[str, Iterable[str], str, DataPath]] = [
        ("population", populations, trial.safety_population, ("safety_population",)),
    ]
    for index, outcome in enumerate(trial.outcomes):
        at: DataPath = ("outcomes", index)
        uses.append(("analysis", analyses, outcome.analysis, (*at, "analysis")))
        uses.append(("population", populations, outcome.population, (*at, "population")))
        for group, named in (("arms", outcome.arms), ("events", outcome.events or {})):
            uses.extend(("arm", arms, arm, (*at, group, arm)) for arm in named)
    for index, harm in enumerate(trial.harms):
        at = ("harms", index)
        if harm.population is not None:
            uses.append(("population", populations, harm.population, (*at, "population")))
        for group, shares in (("arms", harm.arms), ("events", harm.events or {})):
            uses.extend(("arm", arms, arm, (*at, group, arm)) for arm in shares)
    for index, population in enumerate(trial.populations):
        if not isinstance(population.arms, Missing):
            uses.extend(
                ("arm", arms, arm, ("populations", index, "arms", arm)) for arm in population.arms
            )
    for kind, known, name, used in uses:
        if name not in known:
            message = f"{kind} `{name}` is not in this record"
            yield Finding(f"unknown-{kind}", message, did_you_mean(name, known)), used
    for index, outcome in enumerate(trial.outcomes):
        for arm in sorted(arms - outcome.arms.keys()):
            message = f"outcome `{outcome.id}` has no result for arm `{arm}`"
            hint = "write `not seen` where the sources give none"
            yield Finding("missing-field", message, hint), ("outcomes", index, "arms")
