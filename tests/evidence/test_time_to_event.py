from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest

from handouts.evidence.coherence import Finding
from handouts.evidence.time_to_event import (
    Ratio,
    events_against_interval,
    events_against_ratio,
    medians_against_ratio,
    rate_against_median,
    rates_against_ratio,
    rates_out_of_order,
)


class Row(NamedTuple):
    """A published hazard ratio with the people and the events of both arms."""

    name: str
    ratio: Ratio
    events: tuple[int, int]
    people: tuple[int, int]


def ratio(text: str) -> Ratio:
    return Ratio(*(Decimal(each) for each in text.split()))


def _row(line: str) -> Row:
    name, value, low, high, d1, d2, n1, n2 = line.split()
    return Row(name, ratio(f"{value} {low} {high}"), (int(d1), int(d2)), (int(n1), int(n2)))


ROWS = [
    _row(line)
    for line in """
    CLEO.PFS.IRF     0.62 0.51 0.75 191 242  402  406
    CLEO.OS.2015     0.68 0.56 0.84 168 221  402  406
    APH.IDFS.2017    0.81 0.66 1.00 171 210 2400 2405
    APH.OS.2024      0.83 0.68 1.02 168 202 2400 2404
    APH.IDFS.2025    0.79 0.68 0.92 303 379 2400 2404
    APH.OS.2025      0.83 0.69 1.00 205 247 2400 2404
    EXT.IDFS.2Y      0.67 0.50 0.91  70 109 1420 1420
    EXT.IDFS.5Y      0.73 0.57 0.92 116 163 1420 1420
    EXT.OS           0.95 0.75 1.21 127 137 1420 1420
    """.strip().splitlines()
]

TWO_TO_ONE = [  # counts nobody saw in a source, so in no record: they only try the formula
    _row("H2C.PFS          0.54 0.42 0.71 178  97  320  160"),
    _row("H2C.OS.2020      0.66 0.50 0.88 130  85  410  202"),
]

RATES = [
    ("0.81 0.66 1.00", "94.1", "93.2"),  # APHINITY, 3 years
    ("0.77 0.62 0.96", "92.0", "90.2"),
    ("1.13 0.68 1.86", "97.5", "98.4"),
    ("0.76 0.64 0.91", "91", "88"),
    ("0.83 0.68 1.02", "92.7", "92.0"),
    ("0.77 0.66 0.91", "88.4", "85.8"),
    ("0.83 0.69 1.00", "91.6", "89.8"),
    ("0.79 0.68 0.92", "87.2", "83.8"),
    ("0.67 0.50 0.91", "93.9", "91.6"),  # ExteNET, 2 years
    ("0.66 0.49 0.90", "94.2", "91.9"),
    ("0.73 0.57 0.92", "90.2", "87.7"),
    ("0.95 0.75 1.21", "90.1", "90.2"),
    ("0.79 0.55 1.13", "91.5", "89.4"),
    ("0.69 0.58 0.82", "49", "35"),  # CLEOPATRA, 5 years
    ("0.69 0.58 0.82", "37", "23"),
    ("0.54 0.42 0.71", "33.1", "12.3"),  # HER2CLIMB, 1 year
    ("0.66 0.50 0.88", "44.9", "26.6"),
    ("0.73 0.59 0.90", "51", "40"),
]

MEDIANS = [
    ("0.62 0.51 0.75", "18.5", "12.4", None, None),
    ("0.68 0.56 0.84", "56.5", "40.8", ("49.3", "Infinity"), ("35.8", "48.3")),
    ("0.69 0.58 0.82", "57.1", "40.8", None, None),
    ("0.54 0.42 0.71", "7.8", "5.6", ("7.5", "9.6"), ("4.2", "7.1")),
    ("0.48 0.34 0.69", "7.6", "5.4", ("6.2", "9.5"), ("4.1", "5.7")),
    ("0.32 0.22 0.48", "9.9", "4.2", None, None),
    ("0.73 0.59 0.90", "24.7", "19.2", ("21.6", "28.9"), ("16.4", "21.4")),
]


def code(found: Finding | None) -> str | None:
    return None if found is None else found.code


def bounds(pair: tuple[str, str] | None) -> tuple[Decimal, Decimal] | None:
    return None if pair is None else (Decimal(pair[0]), Decimal(pair[1]))


class TestEvents:
    @pytest.mark.parametrize("row", [*ROWS, *TWO_TO_ONE], ids=lambda row: row.name)
    def test_published_events_make_the_published_interval(self, row: Row) -> None:
        assert events_against_interval(row.ratio, row.events, row.people) is None
        assert events_against_ratio(row.ratio, row.events, row.people) is None

    @pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
    def test_half_or_twice_as_many_events_do_not(self, row: Row) -> None:
        for factor in (0.5, 2):
            events = [int(each * factor) for each in row.events]
            found = events_against_interval(row.ratio, events, row.people)
            assert found is not None
            assert found.code == "events-against-interval"
            assert not found.certain

    @pytest.mark.parametrize("row", ROWS[:-1], ids=lambda row: row.name)
    def test_the_events_of_exchanged_arms_go_against_the_ratio(self, row: Row) -> None:
        found = events_against_ratio(row.ratio, row.events[::-1], row.people)
        assert code(found) == "events-against-ratio"

    def test_the_message_says_what_would_fit(self) -> None:
        found = events_against_ratio(ratio("0.62 0.51 0.75"), (242, 191), (402, 406))
        assert found is not None
        assert found.message == (
            "242 of 402 v 191 of 406 people had the event, a ratio of 1.28, but the hazard ratio is"
            " 0.62 (0.51 to 0.75)"
        )

    def test_a_ratio_over_one_has_more_events_first(self) -> None:
        over = ratio("1.50 1.20 1.88")
        assert events_against_ratio(over, (150, 110), (500, 500)) is None
        assert code(events_against_ratio(over, (110, 150), (500, 500))) == "events-against-ratio"

    def test_no_events_say_nothing(self) -> None:
        assert events_against_interval(ROWS[0].ratio, (0, 5), (10, 10)) is None
        assert events_against_ratio(ROWS[0].ratio, (0, 5), (10, 10)) is None


class TestRates:
    @pytest.mark.parametrize(("of", "first", "second"), RATES)
    def test_published_rates_fit_the_published_ratio(
        self, of: str, first: str, second: str
    ) -> None:
        assert rates_against_ratio(ratio(of), Decimal(first), Decimal(second)) is None

    @pytest.mark.parametrize(("of", "first", "second"), RATES)
    def test_a_rate_with_its_point_moved_does_not(self, of: str, first: str, second: str) -> None:
        wrong = Decimal(first).scaleb(-1)
        found = rates_against_ratio(ratio(of), wrong, Decimal(second))
        assert code(found) == "rates-against-ratio"

    @pytest.mark.parametrize(
        ("of", "first", "second"),
        [each for each in RATES if each[1][0] != each[1][1]],
    )
    def test_a_rate_with_its_first_digits_swapped_does_not(
        self, of: str, first: str, second: str
    ) -> None:
        wrong = Decimal(first[1] + first[0] + first[2:])
        assert rates_against_ratio(ratio(of), wrong, Decimal(second)) is not None

    def test_exchanged_arms_do_not(self) -> None:
        found = rates_against_ratio(ratio("0.69 0.58 0.82"), Decimal(23), Decimal(37))
        assert found is not None
        assert not found.certain
        assert found.message == (
            "rates of 23 and 37 would go with a hazard ratio of about 1.48, but it is"
            " 0.69 (0.58 to 0.82)"
        )

    def test_curves_that_part_late_are_no_mistake(self) -> None:
        assert rates_against_ratio(ratio("0.69 0.58 0.82"), Decimal(80), Decimal(79)) is None

    @pytest.mark.parametrize("rate", ["0", "100"])
    def test_nobody_or_everybody_says_nothing(self, rate: str) -> None:
        assert rates_against_ratio(ratio("0.48 0.34 0.69"), Decimal("24.9"), Decimal(rate)) is None

    def test_a_rate_does_not_rise(self) -> None:
        assert rates_out_of_order(Decimal(49), Decimal(37)) is None
        assert rates_out_of_order(Decimal(49), Decimal("49.4")) is None
        found = rates_out_of_order(Decimal(37), Decimal(49))
        assert found is not None
        assert found.message == "the rate rises from 37 to 49 percent with time"


class TestMedians:
    @pytest.mark.parametrize(("of", "first", "second", "low", "high"), MEDIANS)
    def test_published_medians_go_the_way_of_the_ratio(
        self,
        of: str,
        first: str,
        second: str,
        low: tuple[str, str] | None,
        high: tuple[str, str] | None,
    ) -> None:
        one, other = Decimal(first), Decimal(second)
        assert medians_against_ratio(ratio(of), one, other, bounds(low), bounds(high)) is None
        found = medians_against_ratio(ratio(of), other, one, bounds(high), bounds(low))
        overlap = low is not None and high is not None and Decimal(high[1]) >= Decimal(low[0])
        assert (found is None) is overlap

    def test_the_other_way_of_a_ratio_over_one_is_told_too(self) -> None:
        of = ratio("1.45 1.19 1.72")
        assert medians_against_ratio(of, Decimal(40), Decimal(57), None, None) is None
        assert code(medians_against_ratio(of, Decimal(57), Decimal(40), None, None)) == (
            "medians-against-ratio"
        )

    def test_the_size_of_the_ratio_of_medians_is_never_told(self) -> None:
        of = ratio("0.54 0.42 0.71")
        assert medians_against_ratio(of, Decimal(78), Decimal("5.6"), None, None) is None

    def test_a_ratio_that_may_be_one_says_nothing(self) -> None:
        of = ratio("0.95 0.75 1.21")
        assert medians_against_ratio(of, Decimal(10), Decimal(50), None, None) is None

    @pytest.mark.parametrize(
        ("rate", "time", "median"),
        [
            ("49", 60, "57.1"),
            ("35", 60, "40.8"),
            ("33.1", 12, "7.8"),
            ("44.9", 24, "21.9"),
            ("51", 24, "24.7"),
            ("40", 24, "19.2"),
            ("50.4", 24, "24.0"),
            ("85", 24, "Infinity"),
        ],
    )
    def test_a_curve_crosses_one_half_at_its_median(
        self, rate: str, time: int, median: str
    ) -> None:
        assert rate_against_median(Decimal(rate), Decimal(time), Decimal(median)) is None

    @pytest.mark.parametrize(
        ("rate", "time", "median", "side"),
        [
            ("94", 60, "57.1", "after the median of 57.1"),
            ("53", 60, "40.8", "after the median of 40.8"),
            ("15", 24, "24.7", "before the median of 24.7"),
            ("15", 24, "Infinity", "before the median of not reached"),
        ],
    )
    def test_one_that_does_not_is_told(self, rate: str, time: int, median: str, side: str) -> None:
        found = rate_against_median(Decimal(rate), Decimal(time), Decimal(median))
        assert found is not None
        assert found.certain
        assert f"the rate is {rate} percent {side}" in found.message
