from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.evidence.differences import published
from handouts.evidence.facts import Fact, Interval, Value
from handouts.evidence.formatting import (
    MINUS,
    NBSP,
    Audience,
    UnsuitableFormatError,
    Writing,
    formats,
)
from handouts.models.missing import Missing
from handouts.models.provenance import Seen, Sourced
from handouts.models.quantity import Unit

SOURCE = Sourced(seen=Seen.GENERAL)


def fact(
    value: Value,
    unit: Unit = Unit.NONE,
    *,
    interval: tuple[str, str] | Missing | None = None,
    address: str = "trial.row",
) -> Fact:
    bounds: Interval | Missing | None = (
        (Decimal(interval[0]), Decimal(interval[1])) if isinstance(interval, tuple) else interval
    )
    return Fact(
        address=address, what="something", value=value, unit=unit, source=SOURCE, path="a.yaml",
        line=1, interval=bounds,
    )  # fmt: skip


def number(text: str, unit: Unit = Unit.NONE, *, interval: tuple[str, str] | None = None) -> Fact:
    return fact(Decimal(text), unit, interval=interval)


def writing(
    audience: Audience = Audience.CLINICIAN,
    locale: str = "en",
    find: Callable[[str], Fact | None] = lambda _: None,
) -> Writing:
    return Writing(audience, locale, lambda words: words, find)


def written(what: Fact, form: str | None = None) -> str:
    """As a clinician reads it, with ordinary spaces."""
    return writing().write(what, form).replace(NBSP, " ")


def for_patients(what: Fact, form: str | None = None) -> str:
    return writing(Audience.PATIENT).write(what, form).replace(NBSP, " ")


def refusal(what: Fact, form: str | None = None, audience: Audience = Audience.CLINICIAN) -> str:
    with pytest.raises(UnsuitableFormatError) as caught:
        writing(audience).write(what, form)
    return str(caught.value)


def two_arms(first: str, second: str) -> tuple[Fact, Callable[[str], Fact | None]]:
    """A difference in points, and the book that knows its two arms."""
    arms = {
        f"trial.row.{name}": fact(Decimal(value), Unit.PERCENT, address=f"trial.row.{name}")
        for name, value in (("drug", first), ("placebo", second))
    }
    points = Decimal(first) - Decimal(second)
    made = replace(fact(points, Unit.POINTS), derived_from=tuple(arms))
    return made, arms.get


class TestEveryUnitIsWrittenItsOwnWay:
    @pytest.mark.parametrize(
        ("value", "unit", "text"),
        [
            ("612", Unit.NONE, "612"),
            ("1234", Unit.NONE, "1,234"),
            ("33.1", Unit.PERCENT, "33.1%"),
            ("20.8", Unit.POINTS, "20.8 points"),
            ("11", Unit.PEOPLE, "11 people"),
            ("1", Unit.TIMES, "once"),
            ("2", Unit.TIMES, "twice"),
            ("3", Unit.TIMES, "3 times"),
            ("1.5", Unit.TIMES, "1.5 times"),
            ("1", Unit.TIMES_A_DAY, "once a day"),
            ("2", Unit.TIMES_A_DAY, "twice a day"),
            ("4", Unit.TIMES_A_DAY, "4 times a day"),
            ("24", Unit.HOURS, "24 hours"),
            ("1", Unit.DAYS, "1 day"),
            ("21", Unit.DAYS, "21 days"),
            ("6", Unit.WEEKS, "6 weeks"),
            ("7.8", Unit.MONTHS, "7.8 months"),
            ("1", Unit.YEARS, "1 year"),
            ("2", Unit.YEARS, "2 years"),
            ("300", Unit.MG, "300 mg"),
            ("8", Unit.MG_PER_KG, "8 mg/kg"),
            ("15", Unit.MM, "15 mm"),
            ("1000", Unit.MG_PER_M2, "1,000 mg/m²"),
            ("38", Unit.CELSIUS, "38 °C (100.4 °F)"),
            ("0.54", Unit.RATIO, "0.54"),
            ("0.005", Unit.P_VALUE, "0.005"),
        ],
    )
    def test_a_number_has_its_unit(self, value: str, unit: Unit, text: str) -> None:
        assert written(number(value, unit)) == text

    def test_every_unit_can_be_written(self) -> None:
        texts = {Unit.DATE: "2020-04-17", Unit.MONTH: "2016-02"}
        for unit in set(Unit) - {Unit.NUMBER_NEEDED}:  # computed, and written with its interval
            assert written(fact(texts.get(unit, Decimal(3)), unit))

    def test_what_was_not_reached_is_said(self) -> None:
        never = Decimal("Infinity")
        median = fact(never, Unit.MONTHS, interval=("49.3", "Infinity"))
        assert written(median) == "not reached"
        assert written(median, "number") == "not reached"
        assert written(median, "interval") == "49.3 to not reached"
        assert written(median, "short-interval") == "49.3 to NR"

    @pytest.mark.parametrize("text", ["0 or 1", "2:1", "1 to 14", "Seattle Genetics"])
    def test_text_is_written_as_it_stands(self, text: str) -> None:
        assert written(fact(text)) == text
        assert for_patients(fact(text)) == text

    def test_a_p_value_keeps_its_sign(self) -> None:
        assert written(fact("<0.001", Unit.P_VALUE)) == "<0.001"

    @pytest.mark.parametrize(
        ("printed", "text"),
        [("0.60", "0.60"), ("14.0", "14.0"), ("0.00008", "0.00008"), ("1E-5", "0.00001")],
    )
    def test_a_number_keeps_the_decimals_of_its_source(self, printed: str, text: str) -> None:
        assert written(number(printed)) == text
        assert written(number(printed, Unit.RATIO)) == text

    @pytest.mark.parametrize(
        ("celsius", "fahrenheit"),
        [("37", "98.6"), ("38.0", "100.4"), ("38.5", "101.3"), ("-40", f"{MINUS}40.0")],
    )
    def test_fahrenheit_is_computed(self, celsius: str, fahrenheit: str) -> None:
        assert written(number(celsius, Unit.CELSIUS)).endswith(f"({fahrenheit} °F)")

    def test_days_and_months_are_spelled_out(self) -> None:
        assert written(fact(date(2019, 9, 4), Unit.DATE)) == "4 September 2019"
        assert written(fact("2020-04-17", Unit.DATE)) == "17 April 2020"
        assert written(fact("2016-02", Unit.MONTH)) == "February 2016"

    @pytest.mark.parametrize("unit", [Unit.DATE, Unit.MONTH])
    @pytest.mark.parametrize("value", ["soon", "2020-13", "2020-02-30", Decimal(2020)])
    def test_what_is_no_day_is_refused(self, unit: Unit, value: Value) -> None:
        assert refusal(fact(value, unit)) == f"`trial.row` is no {unit}: {value}"

    @pytest.mark.parametrize(
        ("value", "unit"),
        [
            ("300", Unit.MG),
            ("3", Unit.TIMES),
            ("2", Unit.TIMES_A_DAY),
            ("14.0", Unit.MONTHS),
            ("20.8", Unit.POINTS),
            ("11", Unit.PEOPLE),
        ],
    )
    def test_a_number_is_never_parted_from_its_unit(self, value: str, unit: Unit) -> None:
        assert " " not in writing().write(number(value, unit))
        assert " " not in writing(Audience.PATIENT).write(number(value, unit))

    def test_a_line_may_end_between_celsius_and_fahrenheit(self) -> None:
        assert writing().write(number("38", Unit.CELSIUS)).split(" ") == [
            f"38{NBSP}°C",
            f"(100.4{NBSP}°F)",
        ]

    def test_nor_is_a_date_broken(self) -> None:
        assert " " not in writing().write(fact("2020-04-17", Unit.DATE))
        assert " " not in writing().write(fact("2016-02", Unit.MONTH))


class TestSigns:
    @pytest.mark.parametrize(
        ("value", "text"), [("2.2", "+2.2 months"), ("-2.2", f"{MINUS}2.2 months")]
    )
    def test_a_difference_has_its_sign(self, value: str, text: str) -> None:
        assert written(number(value, Unit.MONTHS), "signed") == text

    def test_no_difference_has_none(self) -> None:
        assert written(number("0.0", Unit.POINTS), "signed") == "0.0 points"

    @pytest.mark.parametrize("unit", [Unit.NONE, Unit.PERCENT, Unit.POINTS, Unit.MONTHS])
    def test_a_hyphen_is_never_a_minus(self, unit: Unit) -> None:
        for form in ("as-is", "signed", "number"):
            assert written(number("-3.1", unit), form).startswith(f"{MINUS}3.1")

    def test_bounds_below_zero_have_a_minus_and_others_nothing(self) -> None:
        point = number("-0.5", Unit.POINTS, interval=("-6.2", "5.8"))
        assert written(point, "interval") == f"{MINUS}6.2 to 5.8"
        assert written(point, "signed-with-interval") == (
            f"{MINUS}0.5 points (95% CI {MINUS}6.2 to 5.8)"
        )


class TestIntervals:
    def test_they_are_written_alone_or_with_their_value(self) -> None:
        ratio = number("0.54", Unit.RATIO, interval=("0.42", "0.71"))
        assert written(ratio) == "0.54"
        assert written(ratio, "interval") == "0.42 to 0.71"
        assert written(ratio, "with-interval") == "0.54 (95% CI 0.42 to 0.71)"

    def test_they_are_never_broken(self) -> None:
        ratio = number("0.60", Unit.RATIO, interval=("0.40", "0.90"))
        text = writing().write(ratio, "with-interval")
        assert text == f"0.60 (95%{NBSP}CI{NBSP}0.40{NBSP}to{NBSP}0.90)"

    def test_one_that_is_missing_is_named(self) -> None:
        rate = fact(Decimal("20.8"), Unit.POINTS, interval=Missing.NOT_SEEN)
        assert written(rate, "interval") == "interval not available"
        assert written(rate, "with-interval") == "20.8 points; interval not available"
        assert written(rate, "signed-with-interval") == "+20.8 points; interval not available"

    @pytest.mark.parametrize("form", ["interval", "with-interval", "signed-with-interval"])
    def test_a_count_has_none_to_write(self, form: str) -> None:
        assert refusal(number("612"), form) == "`trial.row` has no interval"


class TestMissingValuesAreNamed:
    @pytest.mark.parametrize(
        ("why", "words"),
        [
            (Missing.NOT_REPORTED, "not reported"),
            (Missing.NOT_APPLICABLE, "not applicable"),
            (Missing.DESCRIPTIVE, "descriptive, not tested"),
            (Missing.NOT_SEEN, "not in the sources we read"),
        ],
    )
    def test_each_reason_has_its_words(self, why: Missing, words: str) -> None:
        assert written(fact(why, Unit.PERCENT)) == words
        assert for_patients(fact(why, Unit.PERCENT)) == words

    @pytest.mark.parametrize("form", formats())
    def test_they_are_the_same_in_every_format(self, form: str) -> None:
        assert written(fact(Missing.NOT_SEEN, Unit.PERCENT), form) == "not in the sources we read"


class TestPatientsReadWholePeople:
    @pytest.mark.parametrize(
        ("percent", "text", "rest"),
        [
            ("33.1", "33 of 100", "67 of 100"),
            ("12.5", "13 of 100", "87 of 100"),
            ("1.0", "1 of 100", "99 of 100"),
            ("0", "0 of 100", "100 of 100"),
            ("100", "100 of 100", "0 of 100"),
        ],
    )
    def test_a_percentage_is_a_count_of_a_hundred(self, percent: str, text: str, rest: str) -> None:
        share = number(percent, Unit.PERCENT)
        assert for_patients(share) == for_patients(share, "of-100") == text
        assert for_patients(share, "opposite-of-100") == rest

    def test_clinicians_read_the_percentage(self) -> None:
        assert written(number("33.1", Unit.PERCENT)) == "33.1%"
        assert written(number("33.1", Unit.PERCENT), "of-100") == "33 of 100"

    def test_other_units_are_the_same_for_both(self) -> None:
        assert for_patients(number("7.8", Unit.MONTHS)) == "7.8 months"

    @pytest.mark.parametrize("percent", ["0.1", "0.5", "0.6", "0.99"])
    def test_a_rare_event_is_fewer_than_one(self, percent: str) -> None:
        rare = number(percent, Unit.PERCENT)
        assert for_patients(rare) == "fewer than 1 of 100"
        assert "write both frames by hand" in refusal(rare, "opposite-of-100")

    @pytest.mark.parametrize(
        ("first", "second", "text"),
        [
            ("33.1", "12.3", "21 more of 100"),
            ("12.3", "33.1", "21 fewer of 100"),
            ("91.6", "89.8", "2 more of 100"),
            ("90.2", "90.1", "0 more of 100"),
        ],
    )
    def test_a_difference_is_that_of_the_numbers_they_read(
        self, first: str, second: str, text: str
    ) -> None:
        made, find = two_arms(first, second)
        patients = writing(Audience.PATIENT, find=find)
        assert patients.write(made, "difference-of-100").replace(NBSP, " ") == text

    def test_two_rare_events_have_no_difference(self) -> None:
        made, find = two_arms("0.6", "0.2")
        with pytest.raises(UnsuitableFormatError, match=r"both arms of `trial\.row` are under 1"):
            writing(find=find).write(made, "difference-of-100")

    def test_only_two_arms_have_a_difference(self) -> None:
        assert "no difference between two arms" in refusal(
            number("20.8", Unit.POINTS), "difference-of-100"
        )

    def test_counts_of_a_hundred_are_never_broken(self) -> None:
        for percent, words in (("33.1", []), ("0.5", ["fewer", "than"])):
            text = writing(Audience.PATIENT).write(number(percent, Unit.PERCENT))
            *before, count = text.split(" ")
            assert before == words
            assert count.endswith(f"{NBSP}of{NBSP}100")

    @given(st.decimals(min_value=1, max_value=100, places=1))
    def test_both_frames_make_a_hundred(self, percent: Decimal) -> None:
        share = fact(percent, Unit.PERCENT)
        counts = [
            int(writing(Audience.PATIENT).write(share, form).split(NBSP)[0])
            for form in ("of-100", "opposite-of-100")
        ]
        assert sum(counts) == 100


class TestUnsuitableFormats:
    @pytest.mark.parametrize("form", ["of-100", "opposite-of-100"])
    @pytest.mark.parametrize("unit", [Unit.NONE, Unit.MONTHS, Unit.POINTS])
    def test_only_a_percentage_counts_people(self, form: str, unit: Unit) -> None:
        assert refusal(number("12", unit), form) == "`trial.row` is no percentage"

    @pytest.mark.parametrize("percent", ["133.1", "-1"])
    def test_a_share_lies_between_none_and_all(self, percent: str) -> None:
        assert refusal(number(percent, Unit.PERCENT), None, Audience.PATIENT) == (
            f"`trial.row` is no share of people: {percent}%"
        )

    @pytest.mark.parametrize("form", ["number", "signed"])
    def test_text_is_no_number(self, form: str) -> None:
        assert refusal(fact("0 or 1"), form) == "`trial.row` is no number"

    def test_a_day_is_no_number(self) -> None:
        assert refusal(fact(date(2019, 9, 4), Unit.DATE), "number") == "`trial.row` is no number"

    def test_a_format_nobody_knows_is_told(self) -> None:
        assert refusal(number("1"), "per-cent") == "there is no format `per-cent`"


class TestOtherLanguages:
    def test_numbers_and_units_follow_the_language(self) -> None:
        german = writing(locale="de")
        assert german.write(number("1234.5")) == "1.234,5"
        assert german.write(number("7.8", Unit.MONTHS)) == f"7,8{NBSP}Monate"

    def test_words_of_the_program_are_translated(self) -> None:
        spanish = Writing(
            Audience.PATIENT, "es", lambda words: words.replace("of", "de"), lambda _: None
        )
        assert spanish.write(number("33.1", Unit.PERCENT)).replace(NBSP, " ") == "33 de 100"

    def test_spanish_has_the_decimal_point_of_the_sources(self) -> None:
        spanish = writing(locale="es")
        assert spanish.write(number("7.8", Unit.MONTHS)) == f"7.8{NBSP}meses"
        assert spanish.write(fact("2026-11-20", Unit.DATE)).replace(NBSP, " ") == (
            "20 de noviembre de 2026"
        )

    def test_arabic_has_latin_digits(self) -> None:
        arabic = writing(locale="ar")
        assert arabic.write(number("24", Unit.HOURS)) == f"24{NBSP}ساعة"
        assert arabic.write(number("1100.4")) == "1,100.4"
        assert arabic.write(fact("2026-11-20", Unit.DATE)).replace(NBSP, " ") == ("20 نوفمبر 2026")

    def test_what_is_counted_takes_the_form_of_its_count(self) -> None:
        assert writing().write(number("1", Unit.PEOPLE)) == f"1{NBSP}person"
        assert writing().write(number("11", Unit.PEOPLE)) == f"11{NBSP}people"
        assert writing().write(number("3", Unit.TIMES_A_DAY)).replace(NBSP, " ") == "3 times a day"


def test_number_is_the_value_without_its_unit() -> None:
    assert written(number("4", Unit.TIMES), "number") == "4"
    assert written(number("8", Unit.MG_PER_KG), "number") == "8"


@given(
    st.sampled_from([*formats(), None]),
    st.sampled_from(list(Unit)),
    st.one_of(st.decimals(-200, 200, places=1), st.integers(-200, 200), st.text(), st.dates()),
    st.sampled_from(list(Audience)),
)
def test_a_fact_is_written_or_its_format_is_refused(
    form: str | None, unit: Unit, value: Value, audience: Audience
) -> None:
    try:
        text = writing(audience).write(fact(value, unit), form)
    except UnsuitableFormatError:
        return
    assert text == str(value) or "-" not in text


class TestNumbersNeeded:
    DIFFERENCE = published(Decimal("1.8"), Decimal("0.03"), Decimal("3.47"))
    NEEDED = replace(
        fact(56, Unit.NUMBER_NEEDED, interval=("29", "3334")),
        difference=DIFFERENCE,
        derived_from=("trial.row.difference", "trial.row.at"),
    )
    TIME = fact(Decimal(10), Unit.YEARS, address="trial.row.at")

    def test_it_has_its_interval(self) -> None:
        assert written(self.NEEDED) == "NNT 56 (29 to 3,334)"

    def test_more_of_what_is_bad_is_a_harm(self) -> None:
        assert written(replace(self.NEEDED, higher_is_better=False)).startswith("NNH 56")

    def test_in_prose_it_has_its_time(self) -> None:
        found = writing(find={"trial.row.at": self.TIME}.get).write(self.NEEDED, "at-its-time")
        assert found.replace(NBSP, " ") == "NNT 56 (29 to 3,334) at 10 years"
        assert refusal(self.NEEDED, "at-its-time") == "`trial.row` has no time"

    def test_patients_never_read_one(self) -> None:
        assert "for clinicians" in refusal(self.NEEDED, audience=Audience.PATIENT)

    def test_one_that_was_typed_is_refused(self) -> None:
        typed = fact(Decimal(56), Unit.NUMBER_NEEDED)
        assert refusal(typed) == "`trial.row` is not computed from a difference"
        assert refusal(number("56"), "at-its-time") == "`trial.row` is no number needed to treat"
