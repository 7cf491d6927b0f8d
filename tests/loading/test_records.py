from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from handouts.diagnostics import InvalidInput, Severity
from handouts.loading.records import validate
from handouts.loading.strict_yaml import Data, Document, Place, parse_yaml
from handouts.models.numbers import Count, Number

T = TypeVar("T")
FORBID = ConfigDict(extra="forbid")


class Missing(StrEnum):
    NOT_REPORTED = "not reported"
    NOT_APPLICABLE = "not applicable"
    DESCRIPTIVE = "descriptive"
    NOT_SEEN = "not seen"


class Role(StrEnum):
    PRIMARY = "primary"
    EXPLORATORY = "exploratory"
    PATIENTS = "the patient's own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    __pydantic_config__ = FORBID

    value: Number
    ci: tuple[Number, Number] | Missing = Missing.NOT_SEEN
    p: Number | Missing = Missing.NOT_SEEN

    def __post_init__(self) -> None:
        if isinstance(self.ci, tuple) and not self.ci[0] <= self.value <= self.ci[1]:
            raise PydanticCustomError(
                "estimate_outside_ci",
                "{value} lies outside its own interval",
                {"value": str(self.value), "at": ("value",), "hint": "compare with the source"},
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    __pydantic_config__ = FORBID

    name: str
    role: Role = Role.PRIMARY
    effect: Estimate | Missing = Missing.NOT_SEEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    __pydantic_config__ = FORBID

    kind: Literal["drug"]
    dose: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    __pydantic_config__ = FORBID

    kind: Literal["watch"]
    weeks: Count


def no_shouting(text: str) -> str:
    if text.isupper():
        raise ValueError("write it in small letters")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    __pydantic_config__ = FORBID

    version: str
    n: Count = 0
    outcomes: tuple[Outcome, ...] = ()
    arms: dict[Annotated[str, Field(pattern="^[a-z]+$")], Count] = field(default_factory=dict)
    care: Annotated[Drug | Watch, Field(discriminator="kind")] | None = None
    reviewed: date | None = None
    open_label: Annotated[bool | None, Field(alias="open-label", strict=True)] = None
    title: Annotated[str, AfterValidator(no_shouting)] = ""
    short: Annotated[str, Field(min_length=2, max_length=5)] = "none"
    notes: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)] = ("",)
    weight: Annotated[Number, Field(gt=0, le=100)] = Decimal(1)
    phases: tuple[Literal[1, 2, 3], ...] = ()
    roles: dict[Role, str] = field(default_factory=dict)


def read(text: str, type_: type[T]) -> T:
    return validate(parse_yaml(text, "a.yaml"), type_, "a.yaml")


def problems_of(text: str, type_: type[object] = Trial) -> list[str]:
    """The lines that are printed, without path and severity; a trial gets its version."""
    if type_ is Trial:
        text = f"version: '1'\n{text}"
    with pytest.raises(InvalidInput) as caught:
        read(text, type_)
    assert all(each.severity == Severity.ERROR for each in caught.value.diagnostics)
    return str(caught.value).replace("a.yaml:", "").replace(": error: ", ": ").splitlines()


class TestGoodData:
    def test_a_mapping_becomes_a_record(self) -> None:
        text = (
            "version: '1.0'\nn: 404\nopen-label: true\nreviewed: 2026-11-20\n"
            "outcomes:\n  - name: death\n    effect: {value: 0.60, ci: [0.40, 1], p: descriptive}\n"
            "care: {kind: watch, weeks: 6}\n"
        )
        effect = Estimate(value=Decimal("0.60"), ci=(Decimal("0.40"), Decimal(1)))
        trial = read(text, Trial)
        assert trial.version == "1.0"
        assert trial.n == 404
        assert trial.open_label is True
        assert trial.reviewed == date(2026, 11, 20)
        assert trial.care == Watch(kind="watch", weeks=6)
        assert isinstance(trial.outcomes[0].effect, Estimate)
        assert trial.outcomes[0].effect.value == effect.value
        assert trial.outcomes[0].effect.ci == effect.ci
        assert trial.outcomes[0].effect.p is Missing.DESCRIPTIVE

    def test_lists_and_mappings_of_records_will_do(self) -> None:
        assert read("- value: 1\n", list[Estimate]) == [Estimate(value=Decimal(1))]
        assert read("a: {value: 1}\n", dict[str, Estimate]) == {"a": Estimate(value=Decimal(1))}

    @given(st.from_regex(r"\A(0|-?[1-9][0-9]{0,9}|-?(0|[1-9][0-9]{0,9})\.[0-9]{1,9})\Z"))
    def test_numbers_keep_their_digits(self, text: str) -> None:
        assert f"{read(f'value: {text}', Estimate).value:f}" == text


NAMES = st.sampled_from(["version", "n", "outcomes", "name", "effect", "value", "ci", "p", "care"])
LEAVES = st.none() | st.booleans() | st.integers() | st.text() | st.decimals(-9, 9, places=2)


class TestWildData:
    @given(
        st.recursive(
            LEAVES | st.sampled_from(list(Missing)).map(str),
            lambda inner: st.lists(inner) | st.dictionaries(NAMES | st.text(), inner),
        )
    )
    def test_any_data_is_a_record_or_refused(self, data: Data) -> None:
        try:
            validate(Document(data, {(): Place(1, 1)}, {}), Trial, "a.yaml")
        except InvalidInput as refused:
            problems = refused.diagnostics
        else:
            return
        assert problems
        assert all(each.message for each in problems)


class TestKeys:
    def test_an_unknown_key_is_placed_and_the_nearest_field_named(self) -> None:
        assert problems_of("outcomes:\n- name: a\n  effect:\n    value: 1\n    vlaue: 2\n") == [
            "6:5: unknown key `vlaue` [unknown-key]",
            "  hint: did you mean `value`?",
        ]

    def test_fields_are_known_by_the_name_an_editor_writes(self) -> None:
        assert problems_of("open_label: true\n") == [
            "2:1: unknown key `open_label` [unknown-key]",
            "  hint: did you mean `open-label`?",
        ]
        assert problems_of("Title: x\n")[1] == "  hint: did you mean `title`?"

    def test_without_a_near_name_the_few_fields_are_listed(self) -> None:
        assert problems_of("outcomes: [{name: a, xxxxxx: 1}]\n") == [
            "2:22: unknown key `xxxxxx` [unknown-key]",
            "  hint: known here: `effect`, `name`, `role`",
        ]

    def test_a_missing_field_is_placed_at_its_mapping(self) -> None:
        with pytest.raises(InvalidInput) as caught:
            read("n: 1\n", Trial)
        assert str(caught.value) == (
            "a.yaml:1:1: error: field `version` is missing [missing-field]"
        )

    def test_a_missing_field_deep_inside_names_its_mapping(self) -> None:
        text = "outcomes:\n  - name: a\n  - effect:\n      p: 0.05\n"
        assert problems_of(text) == [
            "4:5: field `name` is missing in item 2 of `outcomes` [missing-field]",
            "5:7: field `value` is missing in `effect` in item 2 of `outcomes` [missing-field]",
        ]

    def test_a_key_of_the_wrong_form_is_placed_itself(self) -> None:
        assert problems_of("arms:\n  a: 1\n  B2: 2\n") == [
            "4:3: key `B2` must be text that matches `^[a-z]+$`, not the text `B2` [wrong-value]",
        ]
        choices = "one of: primary, exploratory, the patient's own"
        assert problems_of("roles: {Primary: x}\n") == [
            f"2:9: key `Primary` must be {choices}, not the text `Primary` [wrong-value]",
            "  hint: did you mean `primary`?",
        ]


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "named", "hint"),
        [
            ("abc", "not the text `abc`", None),
            ("'0.60'", "not the text `0.60`", "write it without quotes"),
            ("0,60", "not the text `0,60`", "write a point, not a comma"),
            ("''", "not empty text", None),
            ("true", "not true", None),
            ("null", "but it is empty", None),
            ("[1]", "not a list", None),
            ("{a: 1}", "not a mapping", None),
        ],
    )
    def test_a_number_is_not_read_out_of_anything_else(
        self, value: str, named: str, hint: str | None
    ) -> None:
        hints = [f"  hint: {hint}"] if hint else []
        assert problems_of(f"value: {value}", Estimate) == [
            f"1:8: `value` must be a number, {named} [wrong-type]",
            *hints,
        ]

    @pytest.mark.parametrize(
        ("value", "named", "code"),
        [
            ("abc", "not the text `abc`", "wrong-type"),
            ("'5'", "not the text `5`", "wrong-type"),
            ("false", "not false", "wrong-type"),
            ("2.5", "not the number 2.5", "wrong-value"),
            ("-3", "not the number -3", "wrong-value"),
        ],
    )
    def test_a_count_is_whole_and_not_below_zero(self, value: str, named: str, code: str) -> None:
        assert problems_of(f"n: {value}")[0] == (
            f"2:4: `n` must be a whole number, 0 or more, {named} [{code}]"
        )

    def test_a_count_may_be_written_with_a_point(self) -> None:
        assert read("version: a\nn: 40.0", Trial).n == 40

    def test_limits_are_told(self) -> None:
        assert problems_of("weight: 0") == [
            "2:9: `weight` must be greater than 0, not the number 0 [wrong-value]"
        ]
        assert problems_of("weight: 100.5") == [
            "2:9: `weight` must be 100 or less, not the number 100.5 [wrong-value]"
        ]

    def test_a_number_where_text_belongs_needs_quotes(self) -> None:
        with pytest.raises(InvalidInput) as caught:
            read("version: 1.0\n", Trial)
        assert str(caught.value).splitlines() == [
            "a.yaml:1:10: error: `version` must be text, not the number 1.0 [wrong-type]",
            "  hint: write it in quotes",
        ]


class TestUnions:
    MISSING = "one of: not reported, not applicable, descriptive, not seen"

    def test_one_problem_is_told_for_all_alternatives(self) -> None:
        assert problems_of("value: 1\np: abc", Estimate) == [
            f"2:4: `p` must be a number or {self.MISSING}, not the text `abc` [wrong-type]"
        ]

    def test_the_nearest_choice_is_named(self) -> None:
        assert problems_of("value: 1\np: not reportd", Estimate)[1] == (
            "  hint: did you mean `not reported`?"
        )

    def test_a_quoted_number_is_told_to_be_unquoted(self) -> None:
        assert problems_of("value: 1\np: '0.05'", Estimate)[1] == "  hint: write it without quotes"

    def test_only_the_alternative_that_was_meant_is_told(self) -> None:
        assert problems_of("outcomes:\n- name: a\n  effect: {value: x, ci: [a, 2]}\n") == [
            "4:19: `value` must be a number, not the text `x` [wrong-type]",
            "4:27: item 1 of `ci` must be a number, not the text `a` [wrong-type]",
        ]

    def test_a_record_or_a_word_is_wanted(self) -> None:
        assert problems_of("outcomes:\n- name: a\n  effect: 5\n") == [
            f"4:11: `effect` must be a mapping or {self.MISSING}, not the number 5 [wrong-type]"
        ]

    def test_an_interval_has_two_ends(self) -> None:
        assert problems_of("value: 1\nci: [1]", Estimate) == [
            "2:5: item 2 is missing in `ci` [missing-field]"
        ]
        assert problems_of("value: 1\nci: [1, 2, 3]", Estimate) == [
            "2:5: `ci` must have 2 or fewer items, not 3 [wrong-value]"
        ]

    def test_a_tagged_record_is_chosen_by_its_tag(self) -> None:
        assert problems_of("care: {kind: drg}\n") == [
            "2:14: `kind` must be one of: drug, watch, not the text `drg` [wrong-value]",
            "  hint: did you mean `drug`?",
        ]
        assert problems_of("care: {dose: 1}\n") == [
            "2:7: field `kind` is missing in `care` [missing-field]"
        ]
        assert problems_of("care: {kind: drug, dose: 1, wweeks: 2}\n")[0] == (
            "2:29: unknown key `wweeks` [unknown-key]"
        )
        assert problems_of("care: x\n") == [
            "2:7: `care` must be a mapping, not the text `x` [wrong-type]"
        ]


class TestOtherValues:
    def test_choices_are_listed(self) -> None:
        choices = "one of: primary, exploratory, the patient's own"
        assert problems_of("outcomes: [{name: a, role: primray}]") == [
            f"2:28: `role` must be {choices}, not the text `primray` [wrong-value]",
            "  hint: did you mean `primary`?",
        ]
        assert problems_of("phases: [1, 4]") == [
            "2:13: item 2 of `phases` must be one of: 1, 2, 3, not the number 4 [wrong-value]",
        ]

    @pytest.mark.parametrize("day", ["2026-13-01", "20 November 2026", "soon"])
    def test_a_day_is_a_date(self, day: str) -> None:
        assert problems_of(f"reviewed: {day}") == [
            f"2:11: `reviewed` must be a date like 2026-11-20, not the text `{day}` [wrong-value]"
        ]

    def test_a_year_is_no_date(self) -> None:
        assert problems_of("reviewed: 2026") == [
            "2:11: `reviewed` must be a date like 2026-11-20, not the number 2026 [wrong-type]"
        ]

    def test_yes_is_not_true(self) -> None:
        assert problems_of("open-label: yes") == [
            "2:13: `open-label` must be true or false, not the text `yes` [wrong-type]"
        ]

    def test_lengths_are_told(self) -> None:
        assert problems_of("short: ''") == [
            "2:8: `short` must be text of 2 or more characters, not empty text [wrong-value]"
        ]
        assert problems_of("notes: []") == [
            "2:8: `notes` must have 1 or more items, not 0 [wrong-value]"
        ]

    def test_a_validator_of_ours_speaks_for_itself(self) -> None:
        assert problems_of("title: TRIAL") == ["2:8: write it in small letters [wrong-value]"]

    def test_a_validator_may_give_a_code_a_place_and_a_hint(self) -> None:
        assert problems_of("ci: [0.42, 0.71]\nvalue: 0.94", Estimate) == [
            "2:8: 0.94 lies outside its own interval [estimate-outside-ci]",
            "  hint: compare with the source",
        ]

    def test_the_whole_document_can_be_wrong(self) -> None:
        assert problems_of("[1]", Estimate) == [
            "1:1: the document must be a mapping, not a list [wrong-type]"
        ]

    def test_long_text_is_cut(self) -> None:
        assert problems_of(f"value: {'x' * 80}", Estimate) == [
            f"1:8: `value` must be a number, not the text `{'x' * 59}…` [wrong-type]"
        ]

    def test_all_problems_are_told_in_the_order_of_the_file(self) -> None:
        text = "n: x\noutcomes:\n- {role: primary}\n- {name: 1}\nextra: 1\n"
        places = [line.split(": ")[0] for line in problems_of(text) if "hint" not in line]
        assert places == ["2:4", "4:3", "5:10", "6:1"]

    def test_front_matter_is_placed_in_its_file(self) -> None:
        document = parse_yaml("n: x\nversion: a", "a.md", first_line=2)
        with pytest.raises(InvalidInput, match=r"^a\.md:2:4: error: `n` must be"):
            validate(document, Trial, "a.md")
