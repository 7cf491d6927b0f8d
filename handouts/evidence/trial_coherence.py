"""Does a trial's record agree with itself? Every disagreement, at its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from handouts.diagnostics import Diagnostic, did_you_mean, error
from handouts.evidence.coherence import (
    Finding,
    arms_do_not_add_up,
    bounds_exchanged,
    estimate_outside_interval,
    median_not_positive,
    percentage_out_of_range,
    ratio_findings,
)
from handouts.evidence.facts import DataPath, PlaceOf
from handouts.evidence.p_values import PValue
from handouts.models.missing import Missing
from handouts.models.names import RESERVED_ARMS
from handouts.models.trial import ArmResult, ArmRole, Effect, Outcome, Trial


def trial_problems(trial: Trial, path: str, place: PlaceOf) -> Iterator[Diagnostic]:
    """What in the record contradicts itself: names, people, percentages, intervals, p-values."""
    for code, message, hint, at in _problems(trial):
        line, column = place(at)
        yield error(code, message, path=path, line=line, column=column, hint=hint)


_Problem = tuple[str, str, str | None, DataPath]


def _problems(trial: Trial) -> Iterator[_Problem]:
    yield from _names(trial)
    yield from _arms(trial)
    yield from _people(trial)
    for index, outcome in enumerate(trial.outcomes):
        yield from _outcome(outcome, ("outcomes", index))
    for index, harm in enumerate(trial.harms):
        for arm, share in harm.arms.items():
            if not isinstance(share, Missing):
                yield from _at(percentage_out_of_range(share), ("harms", index, "arms", arm))


def _at(finding: Finding | None, at: DataPath) -> Iterator[_Problem]:
    if finding is not None:
        yield finding.code, finding.message, finding.hint, at


def _names(trial: Trial) -> Iterator[_Problem]:
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
                yield "duplicate-id", f"`{name}` names two things in this record", None, twice
    roles = [arm.role for arm in trial.arms]
    if sorted(roles) != sorted(ArmRole):
        message = "one arm must be experimental and the other control"
        yield "wrong-value", message, None, ("arms", 0, "role")
    yield from _references(trial)


def _arms(trial: Trial) -> Iterator[_Problem]:
    for index, arm in enumerate(trial.arms):
        if arm.id in RESERVED_ARMS:
            message = f"an arm can't be called `{arm.id}`: facts of other kinds are"
            yield "wrong-value", message, None, ("arms", index, "id")


def _references(trial: Trial) -> Iterator[_Problem]:
    arms = {arm.id for arm in trial.arms}
    uses: list[tuple[str, Iterable[str], str, DataPath]] = [
        ("population", {each.id for each in trial.populations}, trial.safety_population,
         ("safety_population",)),
    ]  # fmt: skip
    for index, outcome in enumerate(trial.outcomes):
        at: DataPath = ("outcomes", index)
        uses.append(
            ("analysis", {a.id for a in trial.analyses}, outcome.analysis, (*at, "analysis"))
        )
        uses.append(
            (
                "population",
                {p.id for p in trial.populations},
                outcome.population,
                (*at, "population"),
            )
        )
        uses.extend(("arm", arms, arm, (*at, "arms", arm)) for arm in outcome.arms)
    for index, harm in enumerate(trial.harms):
        uses.extend(("arm", arms, arm, ("harms", index, "arms", arm)) for arm in harm.arms)
    for index, population in enumerate(trial.populations):
        if not isinstance(population.arms, Missing):
            uses.extend(
                ("arm", arms, arm, ("populations", index, "arms", arm)) for arm in population.arms
            )
    for kind, known, name, used in uses:
        if name not in known:
            message = f"{kind} `{name}` is not in this record"
            yield f"unknown-{kind}", message, did_you_mean(name, known), used
    for index, outcome in enumerate(trial.outcomes):
        for arm in sorted(arms - outcome.arms.keys()):
            message = f"outcome `{outcome.id}` has no result for arm `{arm}`"
            yield "missing-field", message, "write `not seen` where the sources give none", (
                "outcomes", index, "arms",
            )  # fmt: skip


def _people(trial: Trial) -> Iterator[_Problem]:
    randomised = [arm.randomised for arm in trial.arms]
    yield from _at(arms_do_not_add_up(randomised, trial.randomised_total), ("randomised_total",))
    for index, population in enumerate(trial.populations):
        at: DataPath = ("populations", index)
        if isinstance(population.total, Missing):
            continue
        if population.total > trial.randomised_total:
            message = f"{population.total} people counted, but {trial.randomised_total} randomised"
            yield "more-than-randomised", message, None, (*at, "total")
        if isinstance(population.arms, Missing):
            continue
        counts = list(population.arms.values())
        # An arm may count more people than were randomised to it: people are counted by the
        # treatment they received (CLEOPATRA: 407 treated of 402 randomised).
        yield from _at(arms_do_not_add_up(counts, population.total, what="counted"), (*at, "arms"))


def _outcome(outcome: Outcome, at: DataPath) -> Iterator[_Problem]:
    for arm, result in outcome.arms.items():
        yield from _result(outcome, result, (*at, "arms", arm))
    if not isinstance(outcome.effect, Missing):
        yield from _effect(outcome.effect, (*at, "effect"))
    needs_words = outcome.unit == "%"
    for name, words in (("event", outcome.event), ("opposite", outcome.opposite)):
        if needs_words and not words:
            message = f"outcome `{outcome.id}` counts people but has no words for `{name}`"
            yield "missing-field", message, "authored words, never negated by program", at


def _result(outcome: Outcome, result: ArmResult, at: DataPath) -> Iterator[_Problem]:
    if isinstance(result.value, Missing):
        return
    value_at = (*at, "value")
    if outcome.unit == "%":
        yield from _at(percentage_out_of_range(result.value), value_at)
    else:
        yield from _at(median_not_positive("median", result.value), value_at)
    if not isinstance(result.ci, Missing):
        low, high = result.ci
        found = bounds_exchanged(outcome.measure, low, high) or estimate_outside_interval(
            outcome.measure, result.value, low, high
        )
        yield from _at(found, value_at)


def _effect(effect: Effect, at: DataPath) -> Iterator[_Problem]:
    p: PValue | None = None
    if not isinstance(effect.p, Missing):
        try:
            p = PValue.parse(effect.p if isinstance(effect.p, Decimal) else str(effect.p))
        except ValueError as problem:
            yield "wrong-value", str(problem), "or one of: " + ", ".join(Missing), (*at, "p")
    if isinstance(effect.value, Missing) or isinstance(effect.ci, Missing):
        return
    for finding in ratio_findings(effect.measure, effect.value, *effect.ci, p):
        yield from _at(finding, (*at, "p" if finding.code.startswith("p-") else "value"))
