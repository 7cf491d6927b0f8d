from __future__ import annotations

import pytest

from handouts.diagnostics import Severity
from handouts.evidence.trial_coherence import trial_problems
from tests.evidence.trials import Change, problems_of, record_of

SURVIVAL = "drug: {value: 20.0, ci: [15.0, 26.0]}"
ALIVE = "drug: {value: 41.4, ci: not seen}"
EFFECT = "effect: {measure: hazard ratio, value: 0.60, ci: [0.45, 0.80], p: <0.001}"


def effect(value: str = "0.60", ci: str = "[0.45, 0.80]", p: str = "<0.001") -> Change:
    return EFFECT, f"effect: {{measure: hazard ratio, value: {value}, ci: {ci}, p: {p}}}"


def the_one_problem(*changes: Change) -> tuple[str, str]:
    (problem,) = problems_of(*changes)
    return problem


def test_the_record_agrees_with_itself() -> None:
    assert problems_of() == []


class TestNames:
    @pytest.mark.parametrize("name", ["alive", "dose", "all", "final", "randomised", "funding"])
    def test_a_name_stands_for_one_thing(self, name: str) -> None:
        assert ("duplicate-id", name) in problems_of(("  - id: hiccups", f"  - id: {name}"))

    def test_both_things_of_one_name_are_told(self) -> None:
        assert problems_of(("  - id: hiccups", "  - id: survival")) == [
            ("duplicate-id", "survival"),
            ("duplicate-id", "survival"),
        ]

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            (("analysis: final", "analysis: finale"), ("unknown-analysis", "finale")),
            (("population: all", "population: al"), ("unknown-population", "al")),
            (
                ("safety_population: all", "safety_population: treated"),
                ("unknown-population", "treated"),
            ),
            (
                ("{drug: 12.5, placebo: 3}", "{drug: 12.5, plaebo: 3}"),
                ("unknown-arm", "3}"),
            ),
            (
                ("{drug: 200, placebo: 100}", "{drug: 200, plaebo: 100}"),
                ("unknown-arm", "100}"),
            ),
        ],
    )
    def test_a_name_nobody_gave_is_told_where_it_is_used(
        self, change: Change, problem: tuple[str, str]
    ) -> None:
        assert the_one_problem(change) == problem

    def test_an_outcome_has_a_result_for_each_arm(self) -> None:
        found = problems_of(("      placebo: {value: 20.5, ci: not seen}\n", ""))
        assert found == [("missing-field", "drug: {value: 41.4, ci: not seen}")]

    def test_a_result_of_an_unknown_arm_is_told(self) -> None:
        codes = [
            code for code, _ in problems_of(("      drug: {value: 41.4", "      dug: {value: 41.4"))
        ]
        assert codes == ["unknown-arm", "missing-field"]

    def test_one_arm_is_tried_and_the_other_is_the_control(self) -> None:
        assert the_one_problem(("role: control", "role: experimental")) == (
            *("wrong-value", "experimental"),
        )


class TestPeople:
    def test_the_arms_add_up_to_the_trial(self) -> None:
        found = problems_of(("randomised_total: 300", "randomised_total: 301"))
        assert found == [("arms-do-not-add-up", "301")]

    def test_the_arms_of_a_population_add_up_to_it(self) -> None:
        found = problems_of(("arms: {drug: 200, placebo: 100}", "arms: {drug: 199, placebo: 100}"))
        assert found == [("arms-do-not-add-up", "{drug: 199, placebo: 100}")]

    def test_no_more_people_are_counted_than_were_randomised(self) -> None:
        total, arms = "    total: 300", "arms: {drug: 200, placebo: 100}"
        assert problems_of(
            (total, "    total: 310"), (arms, "arms: {drug: 210, placebo: 100}")
        ) == [
            ("more-than-randomised", "310"),
        ]

    def test_people_may_have_had_the_treatment_of_the_other_arm(self) -> None:
        arms = "arms: {drug: 200, placebo: 100}"
        named = ("name: all randomised", "name: treated")
        shares = ("arms: {drug: 12.5, placebo: 3}", "arms: {drug: 12.2, placebo: 3}")
        assert problems_of(named, (arms, "arms: {drug: 205, placebo: 95}"), shares) == []

    def test_but_not_many_of_them(self) -> None:
        arms, named = "arms: {drug: 200, placebo: 100}", ("name: all randomised", "name: treated")
        found = problems_of(named, (arms, "arms: {drug: 180, placebo: 120}"))
        assert ("arm-over-randomised", "120}") in found

    def test_all_randomised_are_as_they_were_randomised(self) -> None:
        found = problems_of(("arms: {drug: 200, placebo: 100}", "arms: {drug: 100, placebo: 200}"))
        assert found[0] == ("arms-not-as-randomised", "{drug: 100, placebo: 200}")


class TestResults:
    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            (ALIVE, ALIVE.replace("41.4", "141.4"), "percentage-over-100"),
            (ALIVE, ALIVE.replace("41.4", "-41.4"), "percentage-negative"),
            (SURVIVAL, SURVIVAL.replace("20.0", "27.0"), "estimate-outside-ci"),
            (SURVIVAL, SURVIVAL.replace("[15.0, 26.0]", "[26.0, 15.0]"), "bounds-exchanged"),
            (SURVIVAL, "drug: {value: 0, ci: not seen}", "median-not-positive"),
        ],
    )
    def test_a_value_that_can_not_be_is_told_at_the_value(
        self, old: str, new: str, problem: str
    ) -> None:
        assert the_one_problem((old, new)) == (problem, new.removeprefix("drug: {value: "))

    def test_a_harm_is_a_percentage_too(self) -> None:
        assert the_one_problem(("{drug: 12.5, placebo: 3}", "{drug: 12.5, placebo: 300}")) == (
            *("percentage-over-100", "300}"),
        )

    @pytest.mark.parametrize("words", ["event: alive", "opposite: had died"])
    def test_a_share_needs_words_for_both_of_its_sides(self, words: str) -> None:
        assert the_one_problem((f"    {words}\n", "")) == ("missing-field", "id: alive")

    def test_missing_values_contradict_nothing(self) -> None:
        assert problems_of((ALIVE, "drug: {value: not seen, ci: not seen}")) == []


class TestEffects:
    def test_an_estimate_lies_in_its_interval(self) -> None:
        assert the_one_problem(effect(value="0.94")) == (
            *("estimate-outside-ci", "0.94, ci: [0.45, 0.80], p: <0.001}"),
        )

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (effect(ci="[0.80, 0.45]"), "bounds-exchanged"),
            (effect(value="-0.60"), "ratio-not-positive"),
            (effect(ci="[0.45, 0.99]", p="descriptive"), "ratio-not-symmetric"),
            (effect(p="0.4"), "significance-clash"),
        ],
    )
    def test_other_disagreements_are_told_at_the_estimate(self, change: Change, code: str) -> None:
        found, place = the_one_problem(change)
        assert found == code
        assert place == change[1].partition("value: ")[2]

    def test_a_p_value_that_does_not_fit_is_told_at_the_p_value(self) -> None:
        assert the_one_problem(effect(p="0.03")) == ("p-against-interval", "0.03}")

    def test_a_p_value_is_above_zero_and_at_most_one(self) -> None:
        assert the_one_problem(effect(p="1.5")) == ("wrong-value", "1.5}")

    @pytest.mark.parametrize(
        "change",
        [
            effect(value="not seen"),
            effect(ci="not seen"),
            effect(p="descriptive"),
            effect(value="not applicable", ci="not applicable", p="0.0001"),
            (EFFECT, "effect: not applicable"),
        ],
    )
    def test_what_is_missing_contradicts_nothing(self, change: Change) -> None:
        assert problems_of(change) == []


EVENTS = (EFFECT, f"{EFFECT}\n    events: {{drug: 110, placebo: 80}}")
"""What a ratio of 0.60 (0.45 to 0.80) may be of: it is as wide as 190 events make it."""

SECOND = """  - id: later
    name: Later analysis
    data_cutoff: {cutoff}
    follow_up: {follow_up}
    sources: [MADE-UP-1]
    seen: abstract
populations:
"""


def events(written: str) -> Change:
    return EFFECT, f"{EFFECT}\n    events: {written}"


def difference(written: str) -> Change:
    return "effect: not applicable", f"effect: not applicable\n    difference: {written}"


def second_analysis(cutoff: str, follow_up: str) -> Change:
    return "populations:\n", SECOND.format(cutoff=cutoff, follow_up=follow_up)


class TestEvents:
    def test_events_that_fit_are_no_problem(self) -> None:
        assert problems_of(EVENTS) == []

    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("{drug: 210, placebo: 80}", "events-over-arm"),
            ("{drug: 150, placebo: 40}", "events-against-ratio"),
            ("{drug: 21, placebo: 15}", "events-against-interval"),
            ("{dug: 110, placebo: 80}", "unknown-arm"),
        ],
    )
    def test_events_that_do_not_are_told_where_they_stand(self, written: str, code: str) -> None:
        assert code in [found for found, _ in problems_of(events(written))]

    def test_harms_give_their_percentage(self) -> None:
        counted = "arms: {drug: 12.5, placebo: 3}\n    events: {drug: 25, placebo: 3}"
        harm = "arms: {drug: 12.5, placebo: 3}"
        assert problems_of((harm, counted)) == []
        wrong = counted.replace("drug: 25", "drug: 52")
        assert problems_of((harm, wrong)) == [("count-against-percentage", "12.5, placebo: 3}")]

    def test_a_share_of_no_count_is_told_where_all_are_counted(self) -> None:
        harm, odd = "arms: {drug: 12.5, placebo: 3}", "arms: {drug: 12.7, placebo: 3}"
        assert problems_of((harm, odd)) == [("share-of-no-count", "12.7, placebo: 3}")]
        assert problems_of((harm, odd), ("counts: true", "counts: false")) == []

    def test_a_harm_may_have_people_of_its_own(self) -> None:
        harm = "arms: {drug: 12.5, placebo: 3}"
        assert problems_of((harm, f"{harm}\n    population: all")) == []
        assert problems_of((harm, f"{harm}\n    population: al")) == [("unknown-population", "al")]


class TestCurves:
    def test_a_rate_on_the_wrong_side_of_its_median_is_told(self) -> None:
        assert the_one_problem((ALIVE, ALIVE.replace("41.4", "51.4"))) == (
            *("rate-against-median", "51.4, ci: not seen}"),
        )

    def test_rates_of_exchanged_arms_go_against_the_ratio(self) -> None:
        placebo = "placebo: {value: 20.5, ci: not seen}"
        found = problems_of(
            (ALIVE, ALIVE.replace("41.4", "20.4")), (placebo, placebo.replace("20.5", "41.5"))
        )
        assert [code for code, _ in found] == ["rates-against-ratio"]

    def test_medians_of_exchanged_arms_go_against_the_ratio(self) -> None:
        placebo = "placebo: {value: 10.0, ci: [8.0, 13.0]}"
        found = problems_of(
            (SURVIVAL, "drug: {value: 10.0, ci: [8.0, 13.0]}"),
            (placebo, "placebo: {value: 20.0, ci: [15.0, 26.0]}"),
        )
        assert [code for code, _ in found] == ["medians-against-ratio"]

    def test_what_rests_on_a_model_is_a_warning(self) -> None:
        record = record_of(events("{drug: 21, placebo: 15}"))
        (found,) = trial_problems(record.value, record.path, record.place)
        assert (found.code, found.severity) == ("events-against-interval", Severity.WARNING)


class TestNotReached:
    @pytest.mark.parametrize("drug", ["20.0, ci: [15.0, not reached]", "not reached, ci: not seen"])
    def test_a_median_may_be(self, drug: str) -> None:
        alive = ALIVE, ALIVE.replace("41.4", "50.4" if drug.startswith("not") else "41.4")
        assert problems_of((SURVIVAL, f"drug: {{value: {drug}}}"), alive) == []

    def test_a_rate_is_always_reached(self) -> None:
        code, _ = the_one_problem((ALIVE, ALIVE.replace("41.4", "not reached")))
        assert code == "wrong-value"

    def test_bounds_in_the_wrong_order_are_told(self) -> None:
        code, _ = the_one_problem((SURVIVAL, "drug: {value: 20.0, ci: [not reached, 15.0]}"))
        assert code == "bounds-exchanged"


class TestPublishedDifferences:
    def test_one_that_agrees_with_its_arms_is_no_problem(self) -> None:
        assert problems_of(difference("{value: 20.9, ci: [9.5, 32.3]}")) == []

    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("{value: 29.0, ci: [9.5, 32.3]}", "difference-against-arms"),
            ("{value: 20.9, ci: [32.3, 9.5]}", "bounds-exchanged"),
            ("{value: 20.9, ci: [23.3, 32.3]}", "estimate-outside-ci"),
        ],
    )
    def test_one_that_does_not_is_told_where_it_stands(self, written: str, code: str) -> None:
        assert the_one_problem(difference(written)) == (code, written.removeprefix("{value: "))


class TestAnalyses:
    def test_later_ones_follow(self) -> None:
        assert problems_of(second_analysis("2020-01-31", "{value: 35.5, unit: months}")) == []

    @pytest.mark.parametrize(
        ("cutoff", "follow_up", "code"),
        [
            ("2017-01-31", "not seen", "analyses-out-of-order"),
            ("2017-01", "not seen", "analyses-out-of-order"),
            ("not seen", "{value: 1.5, unit: years}", "analyses-out-of-order"),
            ("2020-01-31", "{value: 53.5, unit: months}", "follow-up-against-cutoffs"),
            ("2062-01-31", "not seen", "cutoff-after-compiled"),
        ],
    )
    def test_time_does_not_go_back(self, cutoff: str, follow_up: str, code: str) -> None:
        assert [found for found, _ in problems_of(second_analysis(cutoff, follow_up))] == [code]


def test_all_disagreements_are_told_together() -> None:
    codes = [
        code
        for code, _ in problems_of(
            effect(value="0.94"),
            ("randomised_total: 300", "randomised_total: 301"),
            (ALIVE, ALIVE.replace("41.4", "141.4")),
            ("population: all", "population: al"),
        )
    ]
    assert codes == [
        "unknown-population",
        "arms-do-not-add-up",
        "estimate-outside-ci",
        "percentage-over-100",
    ]
