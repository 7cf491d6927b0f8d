from __future__ import annotations

from decimal import Decimal

import pytest

from handouts.evidence.coherence import Finding
from handouts.evidence.counts import (
    arm_over_randomised,
    arms_not_as_randomised,
    events_over_arm,
    share_of_no_count,
    split_against_randomisation,
)

SPLITS = [  # people counted, and randomised
    ((407, 397), (402, 406)),
    ((408, 396), (402, 406)),
    ((2400, 2404), (2400, 2405)),
    ((198, 93), (410, 202)),
    ((340, 171), (410, 202)),
    ((404, 197), (410, 202)),
    ((670, 664), (1420, 1420)),
    ((1408, 1408), (1420, 1420)),
]

SHARES = [
    *[(each, 407) for each in ("4.4", "1.2", "1.0", "6")],
    *[(each, 397) for each in ("8.3", "2.8", "1.8", "5")],
    *[(each, 404) for each in ("25.7", "2", "21", "1.5")],
    *[(each, 197) for each in ("26.9", "2.5", "0.5")],
    *[("40.6", 340), ("22.8", 171), ("7.3", 1408), ("0.1", 1408)],
]


def code(found: Finding | None) -> str | None:
    return None if found is None else found.code


@pytest.mark.parametrize(("people", "randomised"), SPLITS)
def test_published_people_divide_as_they_were_randomised(
    people: tuple[int, int], randomised: tuple[int, int]
) -> None:
    assert split_against_randomisation(people, randomised) is None
    for counted, all_of in zip(people, randomised, strict=True):
        assert arm_over_randomised(counted, all_of, "drug") is None


@pytest.mark.parametrize(("people", "randomised"), SPLITS[3:6])
def test_exchanged_arms_of_two_to_one_do_not(
    people: tuple[int, int], randomised: tuple[int, int]
) -> None:
    found = split_against_randomisation(people[::-1], randomised)
    assert found is not None
    assert found.code == "split-against-randomisation"
    assert not found.certain


def test_an_arm_holds_hardly_more_than_were_randomised_to_it() -> None:
    assert arm_over_randomised(422, 402, "pertuzumab") is None
    found = arm_over_randomised(470, 402, "pertuzumab")
    assert found is not None
    assert found.message == (
        "470 people counted in arm `pertuzumab`, but 402 were randomised to it"
    )


def test_all_randomised_are_those_of_the_arms() -> None:
    assert arms_not_as_randomised((410, 202), (410, 202)) is None
    found = arms_not_as_randomised((202, 410), (410, 202))
    assert found is not None
    assert found.message == (
        "all randomised are counted as 202 and 410, but the arms hold 410 and 202"
    )


def test_no_more_people_had_the_event_than_were_counted() -> None:
    assert events_over_arm(191, 402, "pertuzumab") is None
    assert code(events_over_arm(911, 402, "pertuzumab")) == "events-over-arm"


@pytest.mark.parametrize(("percent", "total"), SHARES)
def test_published_shares_are_of_a_count(percent: str, total: int) -> None:
    assert share_of_no_count(Decimal(percent), total) is None


@pytest.mark.parametrize(
    ("percent", "total"), [("3.8", 407), ("6.6", 397), ("4.5", 407), ("27.6", 404), ("0.4", 197)]
)
def test_a_share_that_no_count_gives_is_told(percent: str, total: int) -> None:
    found = share_of_no_count(Decimal(percent), total)
    assert found is not None
    assert found.message == f"no count out of {total} is printed as {percent} percent"


@pytest.mark.parametrize("percent", ["12", "13", "12.5"])
def test_halves_may_be_rounded_either_way(percent: str) -> None:
    assert share_of_no_count(Decimal(percent), 8) is None
