from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.evidence.coherence import (
    Finding,
    bounds_exchanged,
    difference_against_arms,
    estimate_outside_interval,
    median_not_positive,
    p_against_interval,
    percentage_out_of_range,
    ratio_findings,
    ratio_not_positive,
    ratio_not_symmetric,
    significance_clash,
)
from handouts.evidence.counts import arms_do_not_add_up, count_against_percentage
from handouts.evidence.p_values import PValue
from tests.evidence import RATIOS, Published

HR = "hazard ratio"

EXACT = [each for each in RATIOS if each.p is not None and not each.p.startswith("<")]

MORE_RATIOS = [  # subgroups and looks of the same trials
    ("0.77", "0.62", "0.96", "0.02"),
    ("1.13", "0.68", "1.86", "0.64"),
    ("0.85", "0.67", "1.07", "0.17"),
    ("0.58", "0.40", "0.85", "0.005"),
    ("0.6", "0.44", "0.81", None),  # seen to one decimal only
    ("0.641", "0.514", "0.799", None),
    ("0.57", "0.47", "0.70", None),
    ("0.74", "0.29", "1.84", None),
    ("1.18", "0.83", "1.69", None),
]


def code(found: Finding | None) -> str | None:
    return None if found is None else found.code


def codes(estimate: Decimal, low: Decimal, high: Decimal, p: PValue | None = None) -> list[str]:
    return [each.code for each in ratio_findings(HR, estimate, low, high, p)]


def numbers(estimate: str, low: str, high: str) -> tuple[Decimal, Decimal, Decimal]:
    return Decimal(estimate), Decimal(low), Decimal(high)


@pytest.mark.parametrize("ratio", RATIOS, ids=[each.name for each in RATIOS])
def test_every_published_ratio_is_coherent(ratio: Published) -> None:
    p = None if ratio.p is None else PValue.parse(ratio.p)
    assert ratio_findings(HR, ratio.estimate, ratio.low, ratio.high, p) == ()


@pytest.mark.parametrize(("estimate", "low", "high", "p"), MORE_RATIOS)
def test_so_is_every_subgroup(estimate: str, low: str, high: str, p: str | None) -> None:
    value = None if p is None else PValue.parse(p)
    assert ratio_findings(HR, Decimal(estimate), Decimal(low), Decimal(high), value) == ()


@pytest.mark.parametrize("ratio", RATIOS, ids=[each.name for each in RATIOS])
def test_every_published_ratio_made_wrong_is_found(ratio: Published) -> None:
    _, estimate, low, high, *_ = ratio
    assert codes(estimate, high, low) == ["bounds-exchanged"]
    assert codes(low - Decimal("0.01"), low, high) == ["estimate-outside-ci"]
    assert codes(high + Decimal("0.01"), low, high) == ["estimate-outside-ci"]
    assert codes(-estimate, low, high) == ["ratio-not-positive"]
    assert codes(estimate, low, high + Decimal("0.30")) == ["ratio-not-symmetric"]


@pytest.mark.parametrize("ratio", EXACT, ids=[each.name for each in EXACT])
@pytest.mark.parametrize("slip", ["10", "0.1"])
def test_a_p_value_with_a_slipped_point_is_found(ratio: Published, slip: str) -> None:
    slipped = Decimal(ratio.p or 0) * Decimal(slip)
    if Decimal("0.0001") < slipped <= 1:
        found = codes(ratio.estimate, ratio.low, ratio.high, PValue(slipped))
        assert found in (["p-against-interval"], ["significance-clash"])


def test_an_estimate_outside_its_interval_is_named() -> None:
    found = estimate_outside_interval(HR, Decimal("0.94"), Decimal("0.42"), Decimal("0.71"))
    assert found is not None
    assert found.code == "estimate-outside-ci"
    assert found.message == "hazard ratio 0.94 lies outside its own interval 0.42 to 0.71"
    assert found.hint


@pytest.mark.parametrize(
    ("estimate", "low", "high", "outside"),
    [
        ("0.42", "0.42", "0.71", False),
        ("0.71", "0.42", "0.71", False),
        ("0.41", "0.42", "0.71", True),
        ("0.72", "0.42", "0.71", True),
        ("0.6", "0.62", "0.81", False),  # 0.6 may be 0.64
        ("0.6", "0.66", "0.81", True),
        ("7.8", "7.5", "9.6", False),  # months
        ("9.8", "7.5", "9.6", True),
        ("-0.1", "-2.4", "2.2", False),
    ],
)
def test_an_estimate_lies_in_its_interval_as_far_as_rounding_tells(
    estimate: str, low: str, high: str, outside: bool
) -> None:
    found = estimate_outside_interval("median", Decimal(estimate), Decimal(low), Decimal(high))
    assert (found is not None) is outside


def test_a_bound_that_was_not_reached_is_no_bound() -> None:
    assert estimate_outside_interval("median", Decimal("56.5"), Decimal("49.3"), None) is None
    found = estimate_outside_interval("median", Decimal("46.5"), Decimal("49.3"), None)
    assert found is not None
    assert found.message == "median 46.5 lies outside its own interval 49.3 to not reached"


def test_exchanged_bounds_are_named() -> None:
    found = bounds_exchanged(HR, Decimal("0.71"), Decimal("0.42"))
    assert found is not None
    assert found.message == "interval 0.71 to 0.42 of the hazard ratio has its bounds exchanged"
    assert bounds_exchanged(HR, Decimal("0.42"), Decimal("0.71")) is None
    assert bounds_exchanged("difference", Decimal("-2.4"), Decimal("-2.4")) is None


@pytest.mark.parametrize(
    ("written", "positive"),
    [
        (("0.05", "0.00", "0.41"), True),
        (("0.00", "0.00", "0.41"), False),
        (("0.05", "-0.10", "0.41"), False),
        (("-0.16", "-0.31", "-0.01"), False),
    ],
)
def test_a_ratio_is_above_zero(written: tuple[str, str, str], positive: bool) -> None:
    expected = None if positive else "ratio-not-positive"
    assert code(ratio_not_positive(HR, *numbers(*written))) == expected


def test_the_wrong_cleopatra_interval_passes_because_only_the_source_tells() -> None:
    assert ratio_not_symmetric(HR, Decimal("0.69"), Decimal("0.58"), Decimal("0.81")) is None


def test_a_ratio_off_the_middle_of_its_interval_is_named() -> None:
    found = ratio_not_symmetric(HR, Decimal("0.54"), Decimal("0.42"), Decimal("0.91"))
    assert found is not None
    assert found.message == (
        "hazard ratio 0.54 is not in the middle of its interval 0.42 to 0.91 on the log scale:"
        " 0.618 would be (0.613 to 0.624 with rounding)"
    )


def test_symmetry_says_nothing_about_bounds_other_checks_report() -> None:
    assert ratio_not_symmetric(HR, Decimal("0.5"), Decimal("-0.1"), Decimal("0.9")) is None
    assert ratio_not_symmetric(HR, Decimal("0.5"), Decimal("0.9"), Decimal("0.3")) is None
    assert ratio_not_symmetric(HR, Decimal("0.03"), Decimal("0.00"), Decimal("0.41")) is None


@given(
    st.floats(-1.5, 1.5, allow_nan=False),
    st.floats(0.05, 0.6, allow_nan=False),
    st.integers(1, 4),
)
def test_every_interval_of_a_model_passes_however_it_is_rounded(
    effect: float, error: float, decimals: int
) -> None:
    exact = [
        Decimal(effect).exp(),
        Decimal(effect - 1.96 * error).exp(),
        Decimal(effect + 1.96 * error).exp(),
    ]
    estimate, low, high = (round(each, decimals) for each in exact)
    assert ratio_not_symmetric(HR, estimate, low, high) is None
    assert estimate_outside_interval(HR, estimate, low, high) is None


def test_a_p_value_that_does_not_fit_is_named_with_what_would() -> None:
    found = p_against_interval(
        HR, Decimal("0.66"), Decimal("0.50"), Decimal("0.88"), PValue.parse("0.02")
    )
    assert found is not None
    assert found.code == "p-against-interval"
    assert found.message == (
        "p-value 0.02 does not fit hazard ratio 0.66 (0.50 to 0.88), which implies 0.0040"
        " (0.0025 to 0.0059 with rounding)"
    )


@pytest.mark.parametrize(
    ("written", "p", "fits"),
    [
        (("0.69", "0.59", "0.81"), "<0.001", True),
        (("0.69", "0.59", "0.81"), "0.00008", True),  # negligible either way
        (("0.69", "0.59", "0.81"), "0.01", False),
        (("0.83", "0.69", "1.00"), "0.0441", True),
        (("0.83", "0.69", "1.00"), "<0.001", False),
        (("0.83", "0.69", "1.00"), "0.441", False),
        (("0.95", "0.75", "1.21"), "0.6914", True),
        (("0.95", "0.75", "1.21"), ">0.05", True),
        (("0.95", "0.75", "1.21"), "0.06914", False),
        (("0.73", "0.59", "0.90"), "0.008", True),  # within the factor that two models allow
        (("0.05", "0.00", "0.41"), "0.9", True),  # implies nothing
        (("1.00", "0.80", "1.25"), "1.0", True),
    ],
)
def test_a_p_value_fits_its_interval_within_the_tolerance(
    written: tuple[str, str, str], p: str, fits: bool
) -> None:
    found = p_against_interval(HR, *numbers(*written), PValue.parse(p))
    assert code(found) == (None if fits else "p-against-interval")


@pytest.mark.parametrize(
    ("low", "high", "p", "verb"),
    [
        ("0.42", "0.71", "0.07", "excludes"),
        ("1.05", "1.60", "0.30", "excludes"),
        ("0.42", "0.71", "0.06", None),
        ("0.42", "0.71", "<0.001", None),
        ("0.69", "1.00", "0.0441", None),
        ("0.69", "1.00", "0.09", None),  # 1.00 may be 1.004
        ("0.68", "1.02", "0.078", None),
        ("0.68", "1.02", "0.045", None),
        ("0.75", "1.21", "<0.001", "includes"),
        ("0.75", "1.21", "0.02", "includes"),
        ("0.75", "1.21", ">0.05", None),
    ],
)
def test_the_p_value_and_the_interval_tell_the_same_story(
    low: str, high: str, p: str, verb: str | None
) -> None:
    found = significance_clash(HR, Decimal(low), Decimal(high), PValue.parse(p))
    if verb is None:
        assert found is None
    else:
        assert found is not None
        assert found.code == "significance-clash"
        assert found.message == (
            f"interval {low} to {high} of the hazard ratio {verb} 1, but the p-value is {p}"
        )


def test_another_level_has_another_limit() -> None:
    p = PValue.parse("0.09")
    assert significance_clash(HR, Decimal("0.50"), Decimal("0.90"), p) is not None
    assert significance_clash(HR, Decimal("0.50"), Decimal("0.90"), p, level=Decimal(90)) is None


def test_a_finding_stands_alone_when_it_explains_the_others() -> None:
    found = ratio_findings(
        HR, Decimal("0.54"), Decimal("0.42"), Decimal("0.71"), PValue.parse("0.6")
    )
    assert [each.code for each in found] == ["significance-clash"]
    found = ratio_findings(
        HR, Decimal("0.54"), Decimal("0.42"), Decimal("0.91"), PValue.parse("0.3")
    )
    assert [each.code for each in found] == ["ratio-not-symmetric", "significance-clash"]


@pytest.mark.parametrize(("median", "found"), [("7.8", None), ("0.0", "median-not-positive")])
def test_a_median_is_above_zero(median: str, found: str | None) -> None:
    assert code(median_not_positive("median", Decimal(median))) == found
    assert code(median_not_positive("median", -Decimal("7.8"))) == "median-not-positive"


@pytest.mark.parametrize(
    ("percent", "expected", "message"),
    [
        ("33.1", None, ""),
        ("0", None, ""),
        ("100.0", None, ""),
        ("133.1", "percentage-over-100", "percentage 133.1 is over 100"),
        ("-3.4", "percentage-negative", "percentage -3.4 is negative"),
    ],
)
def test_a_percentage_lies_between_0_and_100(
    percent: str, expected: str | None, message: str
) -> None:
    found = percentage_out_of_range(Decimal(percent))
    assert code(found) == expected
    assert found is None or found.message == message


@pytest.mark.parametrize(
    ("count", "total", "percent"),
    [
        (160, 408, "39.2"),
        (116, 396, "29.3"),
        (103, 1408, "7.3"),
        (85, 1408, "6.0"),
        (5, 408, "1"),
        (6, 396, "2"),
        (1, 8, "12"),  # 12.5: half to the even digit
        (1, 8, "13"),  # and half up
    ],
)
def test_counts_that_give_their_percentage_pass(count: int, total: int, percent: str) -> None:
    assert count_against_percentage(count, total, Decimal(percent)) is None


@pytest.mark.parametrize(
    ("count", "total", "percent", "expected", "message"),
    [
        (160, 402, "39.2", "count-against-percentage", "160 of 402 is 39.8 percent, but 39.2 is"),
        (160, 408, "32.9", "count-against-percentage", "160 of 408 is 39.2 percent, but 32.9 is"),
        (5, 408, "2", "count-against-percentage", "5 of 408 is 1.2 percent, but 2 is given"),
        (408, 160, "39.2", "count-over-total", "408 of 160 is not a count of people"),
        (0, 0, "0", "count-over-total", "0 of 0 is not a count"),
        (-1, 9, "0", "count-over-total", "-1 of 9 is not a count"),
    ],
)
def test_counts_that_do_not_are_named(
    count: int, total: int, percent: str, expected: str, message: str
) -> None:
    found = count_against_percentage(count, total, Decimal(percent))
    assert found is not None
    assert found.code == expected
    assert found.message.startswith(message)


@pytest.mark.parametrize(
    ("arms", "total"), [((402, 406), 808), ((2400, 2405), 4805), ((410, 202), 612)]
)
def test_the_arms_hold_all_who_were_randomised(arms: tuple[int, ...], total: int) -> None:
    assert arms_do_not_add_up(arms, total) is None


@pytest.mark.parametrize(
    ("arms", "total", "what", "message"),
    [
        (
            (410, 203),
            612,
            "randomised",
            "arms hold 410 and 203, together 613, but 612 were randomised",
        ),
        (
            (2400, 2404),
            4805,
            "analysed",
            "arms hold 2400 and 2404, together 4804, but 4805 were analysed",
        ),
        (
            (10, 11, 12),
            30,
            "randomised",
            "arms hold 10, 11 and 12, together 33, but 30 were randomised",
        ),
    ],
)
def test_arms_that_do_not_are_named(
    arms: tuple[int, ...], total: int, what: str, message: str
) -> None:
    found = arms_do_not_add_up(arms, total, what=what)
    assert found is not None
    assert found.code == "arms-do-not-add-up"
    assert found.message == message


@pytest.mark.parametrize(
    ("first", "second", "published"),
    [("91.6", "89.8", "1.8"), ("39.2", "29.3", "9.9"), ("7.3", "6.0", "1.3"), ("92", "90", "1.8")],
)
def test_a_published_difference_is_that_of_its_arms(
    first: str, second: str, published: str
) -> None:
    arms = Decimal(first), Decimal(second)
    assert difference_against_arms(*arms, Decimal(published)) is None
    assert code(difference_against_arms(*arms[::-1], Decimal(published))) == (
        "difference-against-arms"
    )


def test_one_of_another_time_is_named() -> None:
    found = difference_against_arms(Decimal("91.6"), Decimal("89.8"), Decimal("3.4"))
    assert found is not None
    assert found.message == "published difference 3.4 is not 91.6 less 89.8, which is 1.8"


def test_a_median_that_was_not_reached_has_no_upper_bound() -> None:
    never = Decimal("Infinity")
    assert estimate_outside_interval("median", Decimal("56.5"), Decimal("49.3"), never) is None
    assert estimate_outside_interval("median", never, Decimal("49.3"), never) is None
    assert median_not_positive("median", never, Decimal("49.3")) is None
    found = estimate_outside_interval("median", never, Decimal("49.3"), Decimal("60.1"))
    assert found is not None
    assert found.message == "median not reached lies outside its own interval 49.3 to 60.1"
    found = bounds_exchanged("median", never, Decimal("49.3"))
    assert found is not None
    assert found.message == ("interval not reached to 49.3 of the median has its bounds exchanged")


def test_a_lower_bound_of_a_time_is_not_below_zero() -> None:
    assert median_not_positive("median", Decimal("7.8"), Decimal(0)) is None
    found = median_not_positive("median", Decimal("7.8"), Decimal("-7.5"))
    assert found is not None
    assert found.message == "lower bound -7.5 of the median is below 0"


def test_a_median_not_reached_lies_in_an_interval_not_reached() -> None:
    never = Decimal("Infinity")
    assert estimate_outside_interval("median", never, never, never) is None
    assert estimate_outside_interval("median", never, Decimal("12.1"), never) is None
    assert estimate_outside_interval("median", never, Decimal("12.1"), Decimal("20.1")) is not None
    assert estimate_outside_interval("median", Decimal("9.1"), never, never) is not None
