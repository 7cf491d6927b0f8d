"""Does each result of a trial's record agree with itself, and with the rows of the same curve?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from handouts.evidence.coherence import (
    Finding,
    bounds_exchanged,
    difference_against_arms,
    estimate_outside_interval,
    median_not_positive,
    percentage_out_of_range,
    ratio_findings,
    ratio_not_positive,
)
from handouts.evidence.counts import count_against_percentage, share_of_no_count
from handouts.evidence.facts import DataPath
from handouts.evidence.p_values import PValue
from handouts.evidence.time_to_event import (
    Ratio,
    events_against_interval,
    events_against_ratio,
    medians_against_ratio,
    rate_against_median,
    rates_against_ratio,
    rates_out_of_order,
)
from handouts.evidence.trial_analyses import IN_MONTHS
from handouts.evidence.trial_facts import experimental_first
from handouts.evidence.trial_people import people_counted
from handouts.models.missing import Missing
from handouts.models.trial import (
    ArmResult,
    Better,
    Effect,
    Measure,
    Outcome,
    RatioMeasure,
    Trial,
)

_Found = tuple[Finding, DataPath]


def harm_findings(trial: Trial) -> Iterator[_Found]:
    """Shares that can't be, and counts that do not give their share."""
    for index, harm in enumerate(trial.harms):
        at: DataPath = ("harms", index)
        people = people_counted(trial, harm.population or trial.safety_population)
        for arm, share in harm.arms.items():
            if not isinstance(share, Missing):
                found = percentage_out_of_range(share)
                yield from _at(found, (*at, "arms", arm))
                counted = people if harm.counts else {}
                yield from _share(harm.events, counted, arm, share, (*at, "arms", arm))


def outcome_findings(trial: Trial) -> Iterator[_Found]:
    """What does not fit in each row, and between the rows of one curve.

    A row that contradicts itself is not compared with others: its own finding explains the rest.
    """
    above: Outcome | None = None
    sound: dict[int, Outcome] = {}
    for index, outcome in enumerate(trial.outcomes):
        at: DataPath = ("outcomes", index)
        found = list(_outcome(trial, outcome, at))
        yield from found
        if not found:
            sound[index] = outcome
            yield from _model(trial, outcome, at)
        if not is_landmark_of(outcome, above):
            above = outcome
        elif not found and any(above is each for each in sound.values()):
            yield from _landmark(trial, outcome, above, at)
    yield from _rising(sound)


def is_landmark_of(outcome: Outcome, above: Outcome | None) -> bool:
    """Whether a row only reads a rate off the curve that the row above sums up.

    It has a time and no ratio of its own, and is of the same people and analysis.
    """
    return (
        above is not None
        and outcome.at is not None
        and isinstance(outcome.effect, Missing)
        and (outcome.population, outcome.analysis) == (above.population, above.analysis)
    )


def _outcome(trial: Trial, outcome: Outcome, at: DataPath) -> Iterator[_Found]:
    for arm, result in outcome.arms.items():
        yield from _result(outcome, result, (*at, "arms", arm))
    if outcome.measure is Measure.PROPORTION:
        people = people_counted(trial, outcome.population)
        for arm, result in outcome.arms.items():
            if not isinstance(result.value, Missing):
                place = (*at, "arms", arm, "value")
                yield from _share(outcome.events, people, arm, result.value, place)
    if not isinstance(outcome.effect, Missing):
        yield from _effect(outcome.effect, (*at, "effect"))
    yield from _difference(trial, outcome, (*at, "difference"))
    needs_words = outcome.unit == "%"
    for name, words in (("event", outcome.event), ("opposite", outcome.opposite)):
        if needs_words and not words:
            message = f"outcome `{outcome.id}` counts people but has no words for `{name}`"
            yield Finding("missing-field", message, "authored words, never negated by program"), at


def _result(outcome: Outcome, result: ArmResult, at: DataPath) -> Iterator[_Found]:
    if isinstance(result.value, Missing):
        return
    value_at = (*at, "value")
    bounds = () if isinstance(result.ci, Missing) else result.ci
    if outcome.measure is not Measure.MEDIAN and any(
        each.is_infinite() for each in (result.value, *bounds)
    ):
        message = f"a {outcome.measure} is always reached"
        yield Finding("wrong-value", message, "only a median can be `not reached`"), value_at
        return
    if outcome.unit == "%":
        for each in (result.value, *bounds):
            yield from _at(percentage_out_of_range(each), value_at)
    else:
        low = bounds[0] if bounds else None
        yield from _at(median_not_positive("median", result.value, low), value_at)
    if bounds:
        low, high = bounds
        found = bounds_exchanged(outcome.measure, low, high) or estimate_outside_interval(
            outcome.measure, result.value, low, high
        )
        yield from _at(found, value_at)


def _share(
    events: dict[str, int] | None, people: dict[str, int], arm: str, share: Decimal, at: DataPath
) -> Iterator[_Found]:
    if arm not in people:
        return
    if events is None or arm not in events:
        yield from _at(share_of_no_count(share, people[arm]), at)
    elif events[arm] <= people[arm]:
        yield from _at(count_against_percentage(events[arm], people[arm], share), at)


def _effect(effect: Effect, at: DataPath) -> Iterator[_Found]:
    p: PValue | None = None
    if not isinstance(effect.p, Missing):
        try:
            p = PValue.parse(effect.p if isinstance(effect.p, Decimal) else str(effect.p))
        except ValueError as problem:
            hint = "or one of: " + ", ".join(Missing)
            yield Finding("wrong-value", str(problem), hint), (*at, "p")
    if isinstance(effect.value, Missing):
        return
    if effect.measure is RatioMeasure.NONE:
        message = f"ratio {effect.value} is of no measure"
        yield Finding("wrong-value", message, "name the measure the source gives"), (*at, "measure")
        return
    if isinstance(effect.ci, Missing):
        value = effect.value
        yield from _at(ratio_not_positive(effect.measure, value, value, value), (*at, "value"))
        return
    for finding in ratio_findings(effect.measure, effect.value, *effect.ci, p):
        yield finding, (*at, "p" if finding.code.startswith("p-") else "value")


def _difference(trial: Trial, outcome: Outcome, at: DataPath) -> Iterator[_Found]:
    made = outcome.difference
    if made is None:
        return
    if not isinstance(made.ci, Missing):
        found = bounds_exchanged("difference", *made.ci) or estimate_outside_interval(
            "difference", made.value, *made.ci
        )
        yield from _at(found, (*at, "value"))
    first, second = _values(trial, outcome)
    if first is not None and second is not None and first.is_finite() and second.is_finite():
        yield from _at(difference_against_arms(first, second, made.value), (*at, "value"))


def _model(trial: Trial, outcome: Outcome, at: DataPath) -> Iterator[_Found]:
    """What the hazard ratio should be like by the other numbers of its row."""
    ratio = _ratio(outcome)
    if ratio is None:
        return
    arms = [arm.id for arm in experimental_first(trial)]
    people, events = people_counted(trial, outcome.population), outcome.events or {}
    if outcome.measure is not Measure.PROPORTION and all(
        arm in people and arm in events for arm in arms
    ):
        pair = [events[arm] for arm in arms], [people[arm] for arm in arms]
        found = events_against_ratio(ratio, *pair) or events_against_interval(ratio, *pair)
        yield from _at(found, (*at, "events"))
    first, second = _values(trial, outcome)
    if first is None or second is None:
        return
    place = (*at, "effect", "value")
    if outcome.measure is Measure.MEDIAN:
        intervals = [_interval(outcome, arm) for arm in arms]
        found = medians_against_ratio(ratio, first, second, intervals[0], intervals[1])
        yield from _at(found, place)
    elif outcome.measure is Measure.SURVIVAL_RATE:
        without = _without_event(outcome, first, second)
        yield from _at(rates_against_ratio(ratio, *without), place)


def _landmark(
    trial: Trial, outcome: Outcome, above: Outcome | None, at: DataPath
) -> Iterator[_Found]:
    """A rate against the median and the ratio of the row it belongs to."""
    values = _values(trial, outcome)
    if above is None or outcome.at is None:
        return
    ratio = _ratio(above)
    if ratio is not None and values[0] is not None and values[1] is not None:
        without = _without_event(outcome, values[0], values[1])
        yield from _at(rates_against_ratio(ratio, *without), (*at, "arms"))
    if above.measure is not Measure.MEDIAN or not {outcome.at.unit, above.unit} <= set(IN_MONTHS):
        return
    time = outcome.at.value * IN_MONTHS[outcome.at.unit] / IN_MONTHS[above.unit]
    arms = [arm.id for arm in experimental_first(trial)]
    for arm, rate, median in zip(arms, values, _values(trial, above), strict=True):
        if rate is not None and median is not None:
            (without_event,) = _without_event(outcome, rate)
            place = (*at, "arms", arm, "value")
            yield from _at(rate_against_median(without_event, time, median), place)


def _rising(outcomes: dict[int, Outcome]) -> Iterator[_Found]:
    """Rates of one curve at several times: the same people, analysis, assessor and words."""
    curves: dict[tuple[str | None, ...], list[tuple[Decimal, int, Outcome]]] = {}
    for index, each in outcomes.items():
        if each.at is not None and each.at.unit in IN_MONTHS and each.unit == "%":
            key = (each.analysis, each.population, each.assessed_by, each.event, each.better)
            time = each.at.value * IN_MONTHS[each.at.unit]
            curves.setdefault(key, []).append((time, index, each))
    for rows in curves.values():
        in_order = pairwise(sorted(rows, key=lambda row: row[:2]))
        for (earlier, _, first), (later, index, second) in in_order:
            if earlier == later:
                continue
            for arm in first.arms.keys() & second.arms.keys():
                values = first.arms[arm].value, second.arms[arm].value
                if not isinstance(values[0], Missing) and not isinstance(values[1], Missing):
                    found = rates_out_of_order(
                        *_without_event(first, values[0]), *_without_event(second, values[1])
                    )
                    yield from _at(found, ("outcomes", index, "arms", arm, "value"))


def _ratio(outcome: Outcome) -> Ratio | None:
    """The hazard ratio of a row, where it can be one."""
    effect = outcome.effect
    if isinstance(effect, Missing) or effect.measure is not RatioMeasure.HAZARD:
        return None
    if isinstance(effect.value, Missing) or isinstance(effect.ci, Missing):
        return None
    low, high = effect.ci
    if not 0 < low <= high or effect.value <= 0:
        return None
    return Ratio(effect.value, low, high)


def _values(trial: Trial, outcome: Outcome) -> tuple[Decimal | None, Decimal | None]:
    """The results of both arms, the experimental one first."""
    found = [outcome.arms.get(arm.id) for arm in experimental_first(trial)]
    first, second = (
        None if each is None or isinstance(each.value, Missing) else each.value for each in found
    )
    return first, second


def _interval(outcome: Outcome, arm: str) -> tuple[Decimal, Decimal] | None:
    result = outcome.arms.get(arm)
    return None if result is None or isinstance(result.ci, Missing) else result.ci


def _without_event(outcome: Outcome, *rates: Decimal) -> tuple[Decimal, ...]:
    """The rates as shares of people without the event that shortens life or its quality."""
    return rates if outcome.better is Better.HIGHER else tuple(100 - each for each in rates)


def _at(finding: Finding | None, at: DataPath) -> Iterator[_Found]:
    if finding is not None:
        yield finding, at
