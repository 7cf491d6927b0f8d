"""Do the numbers of one published result agree with each other?

Each check takes printed numbers, which keep their written decimals, and gives a ``Finding`` or
None. A check allows for all that rounding of the printed numbers allows, and no more, unless it
says so. Passing is no proof: a wrong interval can be coherent. Only the source verifies.

The hazard ratio is never checked against the ratio of the medians. They measure different things,
and differ wherever the curves separate early or late (HER2CLIMB: 0.54, and 5.6 of 7.8 is 0.72).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from handouts.evidence.p_values import NINETY_FIVE, PValue, implied_p
from handouts.evidence.rounding import half_unit, rounded

P_FACTOR = 2
"""How far a published p-value may lie outside what the interval implies, as a factor.

The p-value is often from a stratified log-rank test and the interval from a Cox model, stratified
or not. Around p = 0.05 two such tests of the same data differ by a few tenths of a normal deviate
at the most, which is about a factor of 2. A slipped decimal point is a factor of 10.
"""

P_NEGLIGIBLE = Decimal("0.0001")
"""Below this, p-values agree whatever their digits: there two models differ by much more than a
factor of 2, and no reading of the result depends on it."""

SIGNIFICANCE_MARGIN = Decimal("0.2")
"""How far beyond the level's own limit a p-value clashes with the interval, as a share of it.

For a 95% interval the limit is 0.05: a p-value clashes above 0.06 if the interval excludes 1, and
below 0.04 if it includes 1.
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement.

    Attributes:
        code: stable kebab-case name.
        message: one sentence in lower case without a full stop.
        hint: what to look at, if there is more to say.
        certain: false where it rests on a model that the data may not follow.
    """

    code: str
    message: str
    hint: str | None
    certain: bool = True


def estimate_outside_interval(
    measure: str, estimate: Decimal, low: Decimal | None, high: Decimal | None
) -> Finding | None:
    """``estimate-outside-ci``: the estimate of a ratio, median or rate lies in its own interval.

    A bound that was not reached is None, or infinite. Numbers printed with different decimals are
    compared as far as their rounding allows: 0.6 can lie in 0.62 to 0.81. A median that was not
    reached lies in an interval whose upper bound was not reached.
    """
    below = low is not None and estimate + _slack(estimate) <= low - _slack(low)
    if low is not None and low.is_infinite() and estimate.is_infinite():
        below = False
    above = high is not None and estimate - _slack(estimate) >= high + _slack(high)
    if high is not None and high.is_infinite():
        above = False
    if not below and not above:
        return None
    interval = f"{_shown(low)} to {_shown(high)}"
    return Finding(
        "estimate-outside-ci",
        f"{measure} {_shown(estimate)} lies outside its own interval {interval}",
        "one of the three numbers is mistyped, or they come from different analyses",
    )


def bounds_exchanged(measure: str, low: Decimal, high: Decimal) -> Finding | None:
    """``bounds-exchanged``: the lower bound stands first."""
    if low <= high:
        return None
    return Finding(
        "bounds-exchanged",
        f"interval {_shown(low)} to {_shown(high)} of the {measure} has its bounds exchanged",
        "write the lower bound first, or compare both with the source",
    )


def ratio_not_positive(
    measure: str, estimate: Decimal, low: Decimal, high: Decimal
) -> Finding | None:
    """``ratio-not-positive``: a ratio and its bounds are above 0.

    A lower bound of 0.00 passes: it is a small positive number, rounded.
    """
    if estimate > 0 and low >= 0 and high > 0:
        return None
    return Finding(
        "ratio-not-positive",
        f"{measure} {estimate}{'' if low == high else f' ({low} to {high})'} is not above 0",
        "a ratio is never 0 or negative; is this a difference or a logarithm?",
    )


def ratio_not_symmetric(
    measure: str, estimate: Decimal, low: Decimal, high: Decimal
) -> Finding | None:
    """``ratio-not-symmetric``: the ratio is the geometric mean of its bounds, within rounding.

    Intervals of Cox and logistic models are symmetric on the log scale. Exact and bootstrap
    intervals are not: do not run this check on them. Nothing is found where the bounds are
    negative or not in order, which other checks report.
    """
    if low < 0 or high < low:
        return None
    least = (max(Decimal(0), low - half_unit(low)) * max(Decimal(0), high - half_unit(high))).sqrt()
    most = ((low + half_unit(low)) * (high + half_unit(high))).sqrt()
    if estimate + half_unit(estimate) >= least and estimate - half_unit(estimate) <= most:
        return None
    middle = rounded((low * high).sqrt(), 3)
    allowed = f"{rounded(least, 3)} to {rounded(most, 3)} with rounding"
    return Finding(
        "ratio-not-symmetric",
        f"{measure} {estimate} is not in the middle of its interval {low} to {high} on the log"
        f" scale: {middle} would be ({allowed})",
        "one of the three numbers is mistyped, or they come from different analyses",
    )


def p_against_interval(
    measure: str,
    estimate: Decimal,
    low: Decimal,
    high: Decimal,
    p: PValue,
    *,
    level: Decimal = NINETY_FIVE,
) -> Finding | None:
    """``p-against-interval``: the published p-value fits the ratio's interval.

    The interval implies a range of two-sided p-values (``implied_p``). The published p-value, with
    its own rounding, must reach into that range widened by ``P_FACTOR`` on both sides; all below
    ``P_NEGLIGIBLE`` agrees. Nothing is found where the numbers imply no p-value. ``level`` is the
    level of the interval, in percent.
    """
    if min(estimate, low, high) <= 0 or low >= high:
        return None
    implied = implied_p(estimate, low, high, level=level)
    least, most = implied.low / P_FACTOR, max(P_NEGLIGIBLE, implied.high * P_FACTOR)
    if least < P_NEGLIGIBLE:
        least = Decimal(0)
    published_least, published_most = p.range
    if published_most >= least and published_least <= most:
        return None
    allowed = f"{_shown_p(implied.low)} to {_shown_p(implied.high)} with rounding"
    return Finding(
        "p-against-interval",
        f"p-value {p} does not fit {measure} {estimate} ({low} to {high}), which implies"
        f" {_shown_p(implied.value)} ({allowed})",
        "is the p-value of this analysis, two-sided, and of this outcome?",
    )


def significance_clash(
    measure: str, low: Decimal, high: Decimal, p: PValue, *, level: Decimal = NINETY_FIVE
) -> Finding | None:
    """``significance-clash``: the interval of a ratio and the p-value tell the same story.

    An interval that excludes 1 goes with a p-value below the limit of its level (0.05 for 95%), one
    that includes 1 with a p-value above it. A bound that may have been rounded to 1 does either
    way (0.69 to 1.00 with 0.0441), and so does a p-value within ``SIGNIFICANCE_MARGIN`` of the
    limit.
    """
    limit = 1 - level / 100
    least, most = p.range
    excludes = high + half_unit(high) < 1 or low - half_unit(low) > 1
    includes = low + half_unit(low) < 1 < high - half_unit(high)
    if excludes and least > limit * (1 + SIGNIFICANCE_MARGIN):
        verb = "excludes"
    elif includes and most < limit * (1 - SIGNIFICANCE_MARGIN):
        verb = "includes"
    else:
        return None
    return Finding(
        "significance-clash",
        f"interval {low} to {high} of the {measure} {verb} 1, but the p-value is {p}",
        "the p-value and the interval come from different analyses, or one is mistyped",
    )


def ratio_findings(
    measure: str,
    estimate: Decimal,
    low: Decimal,
    high: Decimal,
    p: PValue | None = None,
    *,
    level: Decimal = NINETY_FIVE,
) -> tuple[Finding, ...]:
    """All checks of a ratio of a model symmetric on the log scale, without echoes.

    A finding that explains the ones after it stands alone: numbers that are no ratio, exchanged
    bounds, an estimate outside its interval (not symmetric either), a clash of significance (the
    p-value does not fit either).
    """
    basic = (
        ratio_not_positive(measure, estimate, low, high)
        or bounds_exchanged(measure, low, high)
        or estimate_outside_interval(measure, estimate, low, high)
    )
    if basic is not None:
        return (basic,)
    found = [ratio_not_symmetric(measure, estimate, low, high)]
    if p is not None:
        found.append(
            significance_clash(measure, low, high, p, level=level)
            or p_against_interval(measure, estimate, low, high, p, level=level)
        )
    return tuple(each for each in found if each is not None)


def median_not_positive(
    measure: str, median: Decimal, low: Decimal | None = None
) -> Finding | None:
    """``median-not-positive``: a median time is above 0, and its lower bound not below."""
    if median > 0 and (low is None or low >= 0):
        return None
    wrong = f"{measure} {median} is not above 0"
    return Finding(
        "median-not-positive",
        wrong if median <= 0 else f"lower bound {low} of the {measure} is below 0",
        'a median that was not reached is written as "not reached"',
    )


def difference_against_arms(first: Decimal, second: Decimal, published: Decimal) -> Finding | None:
    """``difference-against-arms``: a published difference is that of the printed arms.

    Each of the three numbers may lie anywhere within its rounding.
    """
    slack = half_unit(first) + half_unit(second) + half_unit(published)
    if abs(first - second - published) <= slack:
        return None
    return Finding(
        "difference-against-arms",
        f"published difference {published} is not {first} less {second}, which is {first - second}",
        "are the difference and both arms of one analysis and one time?",
    )


def percentage_out_of_range(percent: Decimal) -> Finding | None:
    """``percentage-over-100`` or ``percentage-negative``: a share lies between 0 and 100."""
    if percent > 100:
        return Finding(
            "percentage-over-100",
            f"percentage {percent} is over 100",
            "is the decimal point in its place, and is this a percentage?",
        )
    if percent < 0:
        return Finding(
            "percentage-negative",
            f"percentage {percent} is negative",
            "a share is never negative; a difference is in percentage points",
        )
    return None


def _shown(bound: Decimal | None) -> str:
    """A bound as printed."""
    return "not reached" if bound is None or bound.is_infinite() else str(bound)


def _slack(printed: Decimal) -> Decimal:
    """How far rounding may have moved a number; what was not reached is not rounded."""
    return Decimal(0) if printed.is_infinite() else half_unit(printed)


def _shown_p(p: Decimal) -> str:
    """An implied p-value at two significant figures, for a message."""
    if p < P_NEGLIGIBLE:
        return f"<{P_NEGLIGIBLE}"
    return format(rounded(p, 1 - p.adjusted()), "f")
