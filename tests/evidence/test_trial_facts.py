from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from handouts.evidence.differences import Method
from handouts.evidence.facts import Fact, FactBook
from handouts.evidence.trial_facts import experimental_first
from handouts.loading.library import load_library
from handouts.models.missing import Missing
from handouts.models.provenance import Seen
from handouts.models.quantity import Unit
from tests.evidence.trials import facts_of, record_of, text_of

ROOT = Path(__file__).parents[2]

SURVIVAL = "drug: {value: 20.0, ci: [15.0, 26.0]}"
PLACEBO_SURVIVAL = "placebo: {value: 10.0, ci: [8.0, 13.0]}"
ALIVE = "drug: {value: 41.4, ci: not seen}"
PLACEBO_ALIVE = "placebo: {value: 20.5, ci: not seen}"
SHARE = ("measure: rate at a time", "measure: proportion")
HICCUPS = "arms: {drug: 12.5, placebo: 3}"


@cache
def library_book() -> FactBook:
    return load_library(ROOT / "content", ROOT).book


def shown(fact: Fact) -> str:
    """Value and interval as a reader would say them."""
    if isinstance(fact.interval, tuple):
        return f"{fact.value} ({fact.interval[0]} to {fact.interval[1]}) {fact.unit}"
    return f"{fact.value} {fact.unit}"


def method(fact: Fact) -> Method | None:
    assert fact.difference is not None
    return fact.difference.method


class TestAddresses:
    def test_every_value_of_the_record_has_one(self) -> None:
        assert set(facts_of()) == {
            *("randomised.drug", "randomised.placebo", "randomised.total"),
            *("final.cutoff", "final.follow-up"),
            *("all.total", "all.drug", "all.placebo"),
            *("survival.drug", "survival.placebo", "survival.ratio", "survival.p"),
            *("survival.difference",),
            *("alive.drug", "alive.placebo", "alive.at", "alive.difference"),
            *("hiccups.drug", "hiccups.placebo", "hiccups.difference"),
            *("funding", "dose"),
        }

    def test_an_address_begins_with_the_slug_of_the_trial(self) -> None:
        fact = facts_of()["survival.drug"]
        assert fact.address == "made-up.survival.drug"

    def test_every_fact_knows_the_line_of_its_value(self) -> None:
        lines = text_of().splitlines()
        facts = facts_of()
        assert "randomised: 200" in lines[facts["randomised.drug"].line - 1]
        assert "value: 20.5" in lines[facts["alive.placebo"].line - 1]
        assert "p: <0.001" in lines[facts["survival.p"].line - 1]
        assert "id: hiccups" in lines[facts["hiccups.difference"].line - 1]
        assert lines[facts["dose"].line - 1].lstrip().startswith("dose:")

    def test_every_fact_names_its_source(self) -> None:
        assert {fact.source.sources for fact in facts_of().values()} == {("MADE-UP-1",)}
        assert {fact.source.seen for fact in facts_of().values()} == {Seen.ABSTRACT}


class TestValues:
    def test_they_are_those_of_the_record(self) -> None:
        facts = facts_of()
        assert shown(facts["survival.drug"]) == "20.0 (15.0 to 26.0) months"
        assert shown(facts["survival.ratio"]) == "0.60 (0.45 to 0.80) ratio"
        assert shown(facts["survival.p"]) == "<0.001 p"
        assert shown(facts["alive.placebo"]) == "20.5 %"
        assert shown(facts["alive.at"]) == "2 years"
        assert shown(facts["hiccups.drug"]) == "12.5 %"
        assert shown(facts["dose"]) == "5 mg"
        assert facts["randomised.total"].value == 300
        assert facts["final.cutoff"].value == date(2019, 1, 31)
        assert shown(facts["final.follow-up"]) == "24.0 months"
        assert facts["funding"].value == "Nobody"

    def test_a_result_knows_whom_and_when_it_is_about(self) -> None:
        setting = facts_of()["survival.drug"].setting
        assert setting is not None
        assert (setting.analysis, setting.population, setting.role) == (
            *("Final analysis", "all", "primary"),
        )
        assert (setting.data_cutoff, setting.follow_up) == ("2019-01-31", "24.0 months")

    def test_a_share_has_its_authored_words(self) -> None:
        fact = facts_of()["alive.drug"]
        assert (fact.event, fact.opposite) == ("alive", "had died")

    def test_missing_values_stay_named(self) -> None:
        facts = facts_of((ALIVE, "drug: {value: not reported, ci: not seen}"))
        assert facts["alive.drug"].value is Missing.NOT_REPORTED
        assert facts["alive.difference"].value is Missing.NOT_SEEN
        assert facts["alive.difference"].difference is None

    def test_people_of_each_arm_may_be_missing(self) -> None:
        facts = facts_of(("arms: {drug: 200, placebo: 100}", "arms: not seen"))
        assert facts["all.drug"].value is facts["all.placebo"].value is Missing.NOT_SEEN
        assert facts["all.total"].value == 300

    def test_a_row_without_a_ratio_has_none(self) -> None:
        assert "alive.ratio" not in facts_of()
        assert "alive.p" not in facts_of()


class TestDifferences:
    def test_it_is_the_experimental_arm_less_the_control(self) -> None:
        swapped = (
            ("role: experimental", "role: first"),
            ("role: control", "role: experimental"),
            ("role: first", "role: control"),
        )
        assert facts_of()["alive.difference"].value == Decimal("20.9")
        assert facts_of(*swapped)["alive.difference"].value == Decimal("-20.9")
        assert [arm.id for arm in experimental_first(record_of(*swapped).value)] == [
            *("placebo", "drug")
        ]

    def test_it_says_which_arms_it_is_made_of_the_experimental_one_first(self) -> None:
        facts = facts_of((HICCUPS, "arms: {placebo: 3, drug: 12.5}"))
        for name in ("hiccups", "alive", "survival"):
            assert facts[f"{name}.difference"].derived_from == (
                f"made-up.{name}.drug",
                f"made-up.{name}.placebo",
            )

    def test_a_difference_of_percentages_is_in_points(self) -> None:
        facts = facts_of()
        assert facts["alive.difference"].unit is Unit.POINTS
        assert facts["hiccups.difference"].unit is Unit.POINTS
        assert facts["survival.difference"].unit is Unit.MONTHS

    def test_medians_take_their_interval_from_both_arms(self) -> None:
        facts = facts_of(
            (SURVIVAL, "drug: {value: 7.8, ci: [7.5, 9.6]}"),
            (PLACEBO_SURVIVAL, "placebo: {value: 5.6, ci: [4.2, 7.1]}"),
        )
        assert shown(facts["survival.difference"]) == "2.2 (0.7 to 4.5) months"
        assert method(facts["survival.difference"]) is Method.MOVER

    def test_medians_may_be_over_a_hundred(self) -> None:
        facts = facts_of((SURVIVAL, "drug: {value: 120.0, ci: [101.0, 140.0]}"))
        assert shown(facts["survival.difference"]) == "110.0 (90.8 to 130.1) months"

    def test_without_both_intervals_there_is_none(self) -> None:
        facts = facts_of((SURVIVAL, "drug: {value: 20.0, ci: not seen}"))
        assert shown(facts["survival.difference"]) == "10.0 months"
        assert facts["survival.difference"].interval is Missing.NOT_SEEN
        assert method(facts["survival.difference"]) is None

    def test_a_rate_over_time_never_has_one_made_of_counts(self) -> None:
        fact = facts_of()["alive.difference"]
        assert fact.interval is Missing.NOT_SEEN
        assert method(fact) is None

    def test_a_rate_over_time_may_have_one_made_of_intervals(self) -> None:
        facts = facts_of(
            (ALIVE, "drug: {value: 41.4, ci: [34.0, 49.0]}"),
            (PLACEBO_ALIVE, "placebo: {value: 20.5, ci: [13.0, 29.0]}"),
        )
        assert method(facts["alive.difference"]) is Method.MOVER

    def test_a_share_of_all_people_has_one_made_of_counts(self) -> None:
        facts = facts_of(
            SHARE,
            (ALIVE, "drug: {value: 40.6, ci: not seen}"),
            (PLACEBO_ALIVE, "placebo: {value: 22.8, ci: not seen}"),
            ("arms: {drug: 200, placebo: 100}", "arms: {drug: 340, placebo: 171}"),
        )
        assert shown(facts["alive.difference"]) == "17.8 (9.3 to 25.5) percentage points"
        assert method(facts["alive.difference"]) is Method.NEWCOMBE

    def test_a_share_whose_count_is_not_clear_has_none(self) -> None:
        facts = facts_of(
            SHARE, ("arms: {drug: 200, placebo: 100}", "arms: {drug: 5000, placebo: 100}")
        )
        assert method(facts["alive.difference"]) is None

    def test_harms_are_counted_among_the_people_treated(self) -> None:
        fact = facts_of((HICCUPS, "arms: {drug: 12.5, placebo: 3.0}"))["hiccups.difference"]
        assert shown(fact) == "9.5 (2.8 to 15.2) percentage points"
        assert method(fact) is Method.NEWCOMBE

    def test_harms_that_are_no_counts_have_no_interval(self) -> None:
        assert method(facts_of(("counts: true", "counts: false"))["hiccups.difference"]) is None

    def test_a_harm_of_one_arm_has_no_difference(self) -> None:
        facts = facts_of((HICCUPS, "arms: {drug: 12.5, placebo: not seen}"))
        assert facts["hiccups.difference"].value is Missing.NOT_SEEN
        assert (
            facts_of((HICCUPS, "arms: {drug: 12.5}"))["hiccups.placebo"].value is Missing.NOT_SEEN
        )

    @pytest.mark.parametrize("ci", ["[21.0, 26.0]", "[26.0, 15.0]"])
    def test_an_interval_that_contradicts_its_value_makes_none(self, ci: str) -> None:
        facts = facts_of((SURVIVAL, f"drug: {{value: 20.0, ci: {ci}}}"))
        assert method(facts["survival.difference"]) is None

    def test_a_published_one_is_taken_as_it_stands(self) -> None:
        facts = facts_of(
            (
                "effect: not applicable",
                "effect: not applicable\n    difference: {value: 20.9, ci: [9.54, 32.3]}",
            )
        )
        fact = facts["alive.difference"]
        assert shown(fact) == "20.9 (9.54 to 32.3) percentage points"
        assert method(fact) is Method.PUBLISHED
        assert fact.difference is not None
        assert fact.difference.is_published

    def test_a_median_that_was_not_reached_has_none(self) -> None:
        facts = facts_of((SURVIVAL, "drug: {value: not reached, ci: not seen}"))
        assert facts["survival.difference"].value is Missing.NOT_APPLICABLE

    def test_a_bound_that_was_not_reached_leaves_it_open(self) -> None:
        facts = facts_of((SURVIVAL, "drug: {value: 20.0, ci: [15.0, not reached]}"))
        assert shown(facts["survival.difference"]) == "10.0 (4.2 to Infinity) months"

    def test_published_counts_are_taken_before_those_a_share_implies(self) -> None:
        both = "arms: {drug: 13, placebo: 3}"
        assert method(facts_of((HICCUPS, both))["hiccups.difference"]) is None
        facts = facts_of((HICCUPS, f"{both}\n    events: {{drug: 25, placebo: 3}}"))
        assert method(facts["hiccups.difference"]) is Method.NEWCOMBE
        assert facts["hiccups.events-drug"].value == 25


class TestNumbersNeeded:
    RATES = (
        (ALIVE, "drug: {value: 41.4, ci: [34.0, 49.0]}"),
        (PLACEBO_ALIVE, "placebo: {value: 20.5, ci: [13.0, 29.0]}"),
    )

    def test_one_is_made_of_a_difference_that_excludes_zero(self) -> None:
        facts = facts_of(*self.RATES)
        needed = facts["alive.nnt"]
        assert (needed.value, needed.interval) == (5, (Decimal(4), Decimal(11)))
        assert needed.derived_from == ("made-up.alive.difference", "made-up.alive.at")
        assert needed.unit is Unit.NUMBER_NEEDED

    def test_none_is_made_where_it_may_be_zero(self) -> None:
        wide = ((self.RATES[0][0], "drug: {value: 41.4, ci: [14.0, 69.0]}"), self.RATES[1])
        assert "alive.nnt" not in facts_of(*wide)

    def test_none_is_made_without_a_time_or_an_interval(self) -> None:
        assert "alive.nnt" not in facts_of(("    at: {value: 2, unit: years}\n", ""), *self.RATES)
        assert "alive.nnt" not in facts_of()

    def test_medians_have_none(self) -> None:
        assert "survival.nnt" not in facts_of()


class TestTheFiguresOfHer2climb:
    @pytest.mark.parametrize(
        ("address", "text"),
        [
            ("pfs.difference", "2.2 (0.7 to 4.5) months"),
            ("response.difference", "17.8 (9.3 to 25.5) percentage points"),
            ("pfs.ratio", "0.54 (0.42 to 0.71) ratio"),
            ("pfs-1y.difference", "20.8 percentage points"),
        ],
    )
    def test_they_come_out_as_worked_out_by_hand(self, address: str, text: str) -> None:
        assert shown(library_book().facts[f"her2climb.{address}"]) == text

    def test_no_rate_over_time_has_an_interval(self) -> None:
        facts = library_book().facts
        rates = [facts[f"her2climb.{name}.difference"] for name in ("pfs-1y", "os-2y-2021")]
        assert all(each.interval is Missing.NOT_SEEN for each in rates)


class TestTheFiguresOfTheOtherTrials:
    @pytest.mark.parametrize(
        ("address", "text"),
        [
            ("aphinity.os-final.difference", "1.8 (0.03 to 3.47) percentage points"),
            ("cleopatra.os-2015.difference", "15.7 (5.3 to Infinity) months"),
            ("cleopatra.serious.difference", "9.9 (3.4 to 16.4) percentage points"),
            ("extenet.serious.difference", "1.3 (-0.6 to 3.1) percentage points"),
            ("extenet.idfs-5y.difference", "2.5 (0.0 to 5.1) percentage points"),
            ("aphinity.os-final.nnt", "56 (29 to 3334) NNT"),
            ("extenet.idfs-2y.nnt", "44 (23 to 403) NNT"),
        ],
    )
    def test_they_come_out_as_worked_out_by_hand(self, address: str, text: str) -> None:
        assert shown(library_book().facts[address]) == text

    def test_where_a_difference_may_be_nothing_there_is_no_number_needed(self) -> None:
        needed = {each for each in library_book().facts if each.endswith(".nnt")}
        assert needed == {
            "aphinity.os-final.nnt",
            "extenet.idfs-2y.nnt",
            "extenet.idfs-2y-fda.nnt",
        }
