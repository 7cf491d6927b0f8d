"""The differences between the arms of a trial, each with an interval where one may be had."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from handouts.evidence.differences import (
    HUNDRED,
    Difference,
    difference,
    implied_count,
    mover,
    newcombe,
    published,
)
from handouts.models.missing import Missing
from handouts.models.trial import (
    Arm,
    ArmResult,
    Harm,
    Measure,
    Outcome,
    Population,
    PublishedDifference,
)

_UNSEEN = ArmResult(value=Missing.NOT_SEEN, ci=Missing.NOT_SEEN)


def difference_of_outcome(
    outcome: Outcome, arms: tuple[Arm, Arm], populations: Mapping[str, Population]
) -> Difference | Missing:
    """First arm minus second, with an interval where one may be had.

    As published; or from both arms' published intervals, or from complete counts; never from n and
    N for rates that were estimated with people still being followed.
    """
    if outcome.difference is not None:
        return _published(outcome.difference)
    first, second = (outcome.arms.get(arm.id, _UNSEEN) for arm in arms)
    if isinstance(first.value, Missing) or isinstance(second.value, Missing):
        return Missing.NOT_SEEN
    if first.value.is_infinite() or second.value.is_infinite():
        return Missing.NOT_APPLICABLE
    ceiling = None if outcome.measure is Measure.MEDIAN else HUNDRED
    if (
        not isinstance(first.ci, Missing)
        and not isinstance(second.ci, Missing)
        and all(
            0 <= low <= value <= high and low.is_finite() and (ceiling is None or high <= ceiling)
            for value, (low, high) in ((first.value, first.ci), (second.value, second.ci))
        )
    ):
        return mover(first.value, *first.ci, second.value, *second.ci, ceiling=ceiling)
    population = populations.get(outcome.population)
    if (
        outcome.measure is Measure.PROPORTION
        and population is not None
        and not isinstance(population.arms, Missing)
    ):
        sizes = [population.arms.get(arm.id) for arm in arms]
        return _difference_of_counts(first.value, second.value, sizes, _counts(outcome, arms))
    return difference(first.value, second.value)


def _published(made: PublishedDifference) -> Difference:
    return published(made.value, *(() if isinstance(made.ci, Missing) else made.ci))


def difference_of_harm(
    harm: Harm, arms: tuple[Arm, Arm], people: Population | None
) -> Difference | Missing:
    """First arm minus second, with an interval where each person's outcome is known.

    ``people`` are those counted, if they were seen.
    """
    first, second = (harm.arms.get(arm.id, Missing.NOT_SEEN) for arm in arms)
    if isinstance(first, Missing) or isinstance(second, Missing):
        return Missing.NOT_SEEN
    if not harm.counts or people is None or isinstance(people.arms, Missing):
        return difference(first, second)
    sizes = [people.arms.get(arm.id) for arm in arms]
    return _difference_of_counts(first, second, sizes, _counts(harm, arms))


def _counts(row: Outcome | Harm, arms: tuple[Arm, Arm]) -> list[int | None]:
    """The published counts of both arms."""
    return [(row.events or {}).get(arm.id) for arm in arms]


def _difference_of_counts(
    first: Decimal, second: Decimal, sizes: list[int | None], counts: list[int | None]
) -> Difference:
    """From the published counts, or else the one count that each printed percentage allows.

    Without an interval if a percentage allows several counts, or a count is over its arm.
    """
    plain = difference(first, second)
    counts = [
        implied_count(percent, size) if size and count is None else count
        for percent, size, count in zip((first, second), sizes, counts, strict=True)
    ]
    pairs = [
        (count, size)
        for count, size in zip(counts, sizes, strict=True)
        if count is not None and size and count <= size
    ]
    if len(pairs) < 2:
        return plain
    (k1, n1), (k2, n2) = pairs
    return newcombe(k1, n1, k2, n2, decimals=plain.decimals)
