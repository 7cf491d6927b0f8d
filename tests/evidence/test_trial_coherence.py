from __future__ import annotations

import pytest

from tests.evidence.trials import Change, problems_of

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
