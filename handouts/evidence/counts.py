"""Do the counts of people in a trial agree with each other?"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from handouts.evidence.coherence import Finding
from handouts.evidence.rounding import decimals_of, half_unit, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

CHANGED_ARM = Fraction(5, 100)
"""The most people of an arm, as a share of it, that can have had the other arm's treatment.

They are then counted in that other arm, which so may hold more than were randomised to it.
CLEOPATRA, with 408 treated of 402, has 1.5 percent.
"""

SPLIT_LIMIT = 4
"""Standard deviations by which the split of some of the people may differ from the trial's own."""


def count_against_percentage(count: int, total: int, percent: Decimal) -> Finding | None:
    """``count-over-total`` or ``count-against-percentage``: n of N is the printed percentage.

    For complete counts only, never for Kaplan-Meier rates. Halves may have been rounded either way.
    """
    if not 0 <= count <= total or total == 0:
        return Finding(
            "count-over-total",
            f"{count} of {total} is not a count of people in an arm",
            "have the count and the size of the arm changed places?",
        )
    share = Fraction(100 * count, total)
    if abs(share - Fraction(percent)) <= Fraction(half_unit(percent)):
        return None
    decimals = max(1, decimals_of(percent))
    exact = rounded(Decimal(share.numerator) / Decimal(share.denominator), decimals)
    return Finding(
        "count-against-percentage",
        f"{count} of {total} is {exact} percent, but {percent} is given",
        "is the denominator the number analysed for this outcome?",
    )


def arms_do_not_add_up(
    arms: Sequence[int], total: int, *, what: str = "randomised"
) -> Finding | None:
    """``arms-do-not-add-up``: the arms together hold all the people of the trial.

    ``what`` says how the people were counted: arms as randomised make up the number randomised,
    arms as analysed the number analysed.
    """
    together = sum(arms)
    if together == total:
        return None
    return Finding(
        "arms-do-not-add-up",
        f"arms hold {_listed(arms)}, together {together}, but {total} were {what}",
        "compare the arms with the source; people analysed are not always all randomised",
    )


def share_of_no_count(percent: Decimal, total: int) -> Finding | None:
    """``share-of-no-count``: some whole number of the people is printed as this percentage.

    For complete counts only (the GRIM test: Brown NJL, Heathers JAJ. Soc Psychol Personal Sci
    2017;8:363-369). Of 407 people no count gives 3.8 percent: 15 give 3.7, and 16 give 3.9. Halves
    may have been rounded either way.
    """
    if total < 1 or not 0 <= percent <= 100:
        return None
    slack = Fraction(half_unit(percent))
    least = math.ceil((Fraction(percent) - slack) * total / 100)
    most = math.floor((Fraction(percent) + slack) * total / 100)
    if least <= most:
        return None
    return Finding(
        "share-of-no-count",
        f"no count out of {total} is printed as {percent} percent",
        "is the percentage mistyped, or was it not known of everyone? then write `counts: false`",
    )


def events_over_arm(events: int, people: int, arm: str) -> Finding | None:
    """``events-over-arm``: no more people of an arm had the event than were counted in it."""
    if events <= people:
        return None
    return Finding(
        "events-over-arm",
        f"{events} people with the event, but {people} were counted in arm `{arm}`",
        "is the denominator the number analysed for this outcome?",
    )


def arm_over_randomised(people: int, randomised: int, arm: str) -> Finding | None:
    """``arm-over-randomised``: an arm counts hardly more people than were randomised to it.

    A few may have been given the other arm's treatment, and be counted by what they received
    (CLEOPATRA: 407 treated of 402 randomised): up to ``CHANGED_ARM``.
    """
    if people <= randomised * (1 + CHANGED_ARM):
        return None
    return Finding(
        "arm-over-randomised",
        f"{people} people counted in arm `{arm}`, but {randomised} were randomised to it",
        "have the arms changed places?",
    )


def arms_not_as_randomised(people: Sequence[int], randomised: Sequence[int]) -> Finding | None:
    """``arms-not-as-randomised``: people named as all randomised are those of the arms."""
    if list(people) == list(randomised):
        return None
    return Finding(
        "arms-not-as-randomised",
        f"all randomised are counted as {_listed(people)}, but the arms hold {_listed(randomised)}",
        "have the arms changed places, or are these not all who were randomised?",
    )


def split_against_randomisation(people: Sequence[int], randomised: Sequence[int]) -> Finding | None:
    """``split-against-randomisation``: some of the people divide as all were randomised.

    People chosen without regard to their arm (a subgroup, the treated) are a draw without
    replacement: hypergeometric. A split more than ``SPLIT_LIMIT`` standard deviations off is told.
    It may be real (more left one arm before treatment), so the finding is not certain. Some may
    be counted by the treatment they received: ``CHANGED_ARM`` is allowed on top.
    """
    drawn, everyone = sum(people), sum(randomised)
    if not 0 < drawn < everyone or min(randomised) < 1:
        return None
    share = randomised[0] / everyone
    spread = drawn * share * (1 - share) * (everyone - drawn) / max(1, everyone - 1)
    allowed = SPLIT_LIMIT * math.sqrt(spread) + float(CHANGED_ARM) * min(people)
    if abs(people[0] - drawn * share) <= allowed:
        return None
    return Finding(
        "split-against-randomisation",
        f"{_listed(people)} people are split otherwise than the {_listed(randomised)} randomised",
        "have the arms changed places, or is one number mistyped?",
        certain=False,
    )


def _listed(numbers: Sequence[int]) -> str:
    """The numbers in a sentence: "410, 203 and 12"."""
    *first, last = [str(each) for each in numbers] or ["nobody"]
    return f"{', '.join(first)} and {last}" if first else last
