"""Does a comparison name trials, outcomes and harms that there are?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from handouts.diagnostics import Diagnostic, did_you_mean, error
from handouts.loading.strict_yaml import DataPath
from handouts.models.front_matter import ComparedTrial, ComparisonFront
from handouts.models.missing import Missing
from handouts.models.record import Record
from handouts.models.trial import Outcome, RatioMeasure, Trial

LEAST, MOST = 2, 4
"""So many trials stand side by side: below there is nothing to compare, above no room."""


def comparison_problems(
    record: Record[Any],
    trials: Mapping[str, Record[Trial]],
    broken: Collection[str],
) -> Iterator[Diagnostic]:
    """What a comparison calls for and can't have.

    Args:
        record: its front matter.
        trials: the trials of the library that can be used.
        broken: ids of records with errors of their own.
    """

    def problem(code: str, message: str, hint: str | None, at: DataPath) -> Diagnostic:
        line, column = record.place(at)
        return error(code, message, path=record.path, line=line, column=column, hint=hint)

    front: ComparisonFront = record.value
    count = len(front.trials)
    if not LEAST <= count <= MOST:
        message = f"a comparison holds {LEAST} to {MOST} trials, not {count}"
        yield problem("wrong-value", message, None, ("trials",))
    compared = [each.trial for each in front.trials]
    measures: dict[RatioMeasure, DataPath] = {}
    for index, each in enumerate(front.trials):
        at: DataPath = ("trials", index)
        if each.trial in compared[:index]:
            message = f"trial `{each.trial}` is in this comparison already"
            yield problem("wrong-value", message, None, (*at, "trial"))
            continue
        trial = trials.get(each.trial)
        if trial is None and each.trial in broken:
            message = f"facts of `{each.trial}` can't be had: its record has errors of its own"
            yield problem("broken-record", message, None, (*at, "trial"))
        elif trial is None:
            message = f"there is no trial `{each.trial}`"
            yield problem(
                "unknown-trial", message, did_you_mean(each.trial, trials), (*at, "trial")
            )
        else:
            for code, message, cure, where in _rows(each, trial.value):
                yield problem(code, message, cure, (*at, *where))
            outcomes = {row.id: row for row in trial.value.outcomes}
            for place, name in enumerate(each.plotted):
                if name in outcomes:
                    measures.setdefault(_measure(outcomes[name]), (*at, "plotted", place))
    measures.pop(RatioMeasure.NONE, None)  # told above
    if len(measures) > 1:
        message = f"one plot can't hold {' and '.join(f'{each}s' for each in measures)}"
        yield problem(
            "wrong-value", message, "leave out all but one kind", tuple(measures.values())[1]
        )


def _rows(compared: ComparedTrial, trial: Trial) -> Iterator[tuple[str, str, str | None, DataPath]]:
    for key, names in (("main_harms", compared.main_harms), ("plotted", compared.plotted)):
        if not names:
            message = f"`{key}` names nothing of {trial.acronym} to show"
            yield "wrong-value", message, "name one or more, by their ids", (key,)
        for index, name in enumerate(names):
            if name in names[:index]:
                message = f"`{name}` is in `{key}` already"
                yield "wrong-value", message, None, (key, index)
    outcomes = {each.id: each for each in trial.outcomes}
    named: list[tuple[str, DataPath]] = [
        (compared.absolute, ("absolute",)),
        (compared.relative, ("relative",)),
        (compared.survival, ("survival",)),
        *((name, ("plotted", index)) for index, name in enumerate(compared.plotted)),
    ]
    yield from _unknown("outcome", named, outcomes, trial)
    harms = [(name, ("main_harms", index)) for index, name in enumerate(compared.main_harms)]
    yield from _unknown("harm", harms, {each.id for each in trial.harms}, trial)
    absolute = outcomes.get(compared.absolute)
    if absolute is not None and absolute.at is None:
        message = f"outcome `{absolute.id}` of {trial.acronym} is no rate at a time"
        yield "wrong-value", message, "an absolute effect is read off at a time", ("absolute",)
    for name, at in named[1:]:
        outcome = outcomes.get(name)
        if outcome is not None and _measure(outcome) is RatioMeasure.NONE:
            message = f"outcome `{name}` of {trial.acronym} has no relative effect"
            yield "wrong-value", message, None, at


def _measure(outcome: Outcome) -> RatioMeasure:
    """What its relative effect is a ratio of; none where there is no ratio."""
    effect = outcome.effect
    if isinstance(effect, Missing) or isinstance(effect.value, Missing):
        return RatioMeasure.NONE
    return effect.measure


def _unknown(
    what: str, named: Iterable[tuple[str, DataPath]], known: Collection[str], trial: Trial
) -> Iterator[tuple[str, str, str | None, DataPath]]:
    for name, at in named:
        if name not in known:
            message = f"{trial.acronym} has no {what} `{name}`"
            yield f"unknown-{what}", message, did_you_mean(name, known), at
