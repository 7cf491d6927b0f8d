from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.markdown.numbers import FILLED, find_numbers

NAMES = (
    "HER2",
    "HER2CLIMB",
    "T-DM1",
    "p95HER2",
    "DESTINY-Breast03",
    "NCT02614794",
    "grade 3",
    "IHC 3+",
    "RECIST 1.1",
    "95% CI",
    "m²",
)


def numbers(text: str, language: str = "en") -> list[str]:
    return [each.text for each in find_numbers(text, NAMES, language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # digits
        ("45% of people", ["45"]),
        ("8.2 months, 1,234.5 and 0·66", ["8.2", "1,234.5", "0·66"]),
        ("1 000 000 people in 2019 100 times", ["1 000 000", "2019", "100"]),
        ("a ratio of 2:1, on 1/2 days", ["2:1", "1/2"]),
        ("10 to 20, 10-20, 10–20", ["10", "20", "10", "20", "10", "20"]),
        ("20mg, a 10-year rate, 40-fold, the 21st", ["20", "10", "40", "21"]),
        ("5 million people, 3 dozen", ["5 million", "3 dozen"]),
        ("½ a tablet, 1½ tablets, ⅔, phase Ⅲ, ①", ["½", "1½", "⅔", "Ⅲ", "①"]),
        ("٤٥ people, 𝟒𝟓 people, 45 people", ["٤٥", "𝟒𝟓", "45"]),
        ("10⁹ per litre", ["10⁹"]),
        # words
        ("three people", ["three"]),
        ("Twenty-one of them, FORTY in all", ["Twenty-one", "FORTY"]),
        ("one hundred and five, two thousand three hundred", [
            "one hundred and five", "two thousand three hundred"]),
        ("two and three", ["two", "three"]),
        ("fifty per cent, fifty percent", ["fifty", "fifty"]),
        ("a hundred people, tens of thousands, dozens", ["hundred", "tens", "thousands", "dozens"]),
        ("a ten-year rate, a twofold risk, a ten-fold risk", ["ten", "twofold", "ten"]),
        ("women in their fifties", ["fifties"]),
        # one
        ("one in ten people", ["one", "ten"]),
        ("one in every 4", ["one", "4"]),
        (f"one in {FILLED}", ["one"]),
        ("one or more, one to three", ["one", "one", "three"]),
        ("one day, one extra tablet, one-year survival, one per cent", ["one"] * 4),
        ("no one, No one person, someone, one another, one of your tests", []),
        ("capecitabine is the one exception; the one to call; the one in charge", []),
        # parts
        ("half of them, a half, two halves", ["half", "half", "two halves"]),
        ("two-thirds, three quarters, a quarter", ["two-thirds", "three quarters", "quarter"]),
        ("one third, one-fifth", ["one third", "one-fifth"]),
        ("a third of people, a tenth had it, about a third.", ["a third", "a tenth", "a third"]),
        ("two and a half hours", ["two and a half"]),
        ("the half-life, on your behalf, halfway, headquarters", []),
        # multiples
        ("twice a day, once a day, once daily, once every week", ["twice", "once", "once", "once"]),
        ("more than once, at least once", ["once", "once"]),
        ("call at once; once a change is found; once more", []),
        ("the risk doubled, double the risk, it may triple.", ["doubled", "double", "triple"]),
        ("double-blind, double vision, a double dose, triple-negative, triple therapy", []),
        # order, and words that only hold a number word
        ("first, second and third line, a third drug, sixty-first", []),
        ("often, tension, weight, network, done, none, alone, bone", []),
        # names
        ("HER2, HER2-positive, anti-HER2, non-HER2; HER2/HER2", []),
        ("T-DM1, T\u2011DM1, p95HER2, DESTINY-Breast03, (NCT02614794)", []),
        ("grade 3, Grade 3, grade\n  3, grade\u00a03 or higher, IHC 3+", []),
        ("RECIST 1.1, 2 lesions", ["2"]),
        ("95% CI 0.4 to 0.7", ["0.4", "0.7"]),
        ("195% CI, 95% of", ["195", "95"]),
        ("grade 30, grade 3.5, grade 3%, grade 3-4", ["30", "3.5", "3", "3", "4"]),
        ("mg/m²", []),
    ],
)  # fmt: skip
def test_numbers_of_sentences(text: str, found: list[str]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("HER4 is another", "4", "HER4"),
        ("HER25", "25", "HER25"),
        ("CYP3A4 inhibitors", "3", "CYP3A4"),
        ("in HER2CLIMB-05-extension now", "2", "HER2CLIMB-05-extension"),
        ("HER3-targeted", "3", "HER3-targeted"),
        ("KEYNOTE-048", "048", "KEYNOTE-048"),
    ],
)
def test_words_that_look_like_names_are_told_once(text: str, number: str, name: str) -> None:
    (only,) = find_numbers(text, NAMES, "en")
    assert (only.text, only.name) == (number, name)


@pytest.mark.parametrize("text", ["20mg", "5-year", "day 14", "mid-2020", "5FU", "two-Arm"])
def test_other_words_do_not_look_like_names(text: str) -> None:
    (only,) = find_numbers(text, NAMES, "en")
    assert only.name is None


def test_places_are_those_in_the_text() -> None:
    text = "HER2:\u00a0in 45\nof one hundred"
    found = find_numbers(text, NAMES, "en")
    assert [text[each.start : each.stop] for each in found] == ["45", "one hundred"]
    assert [each.start for each in found] == [9, 15]


def test_a_language_without_number_words_has_digits() -> None:
    assert numbers("drei von 10", "de") == ["10"]
    assert numbers("three of 10", "en-GB") == ["three", "10"]


@given(st.text(), st.characters(categories=["Nd", "No", "Nl"], max_codepoint=0x33FF), st.text())
def test_every_digit_is_found(before: str, digit: str, after: str) -> None:
    text = before + digit + after
    found = find_numbers(text, (), "en")
    place = len(before)
    assert any(
        each.start <= place < max(each.stop, each.start + len(each.name or "")) for each in found
    )
    assert [text[each.start : each.stop] for each in found] == [each.text for each in found]


def test_long_texts_take_no_long_time() -> None:
    start = time.process_time()
    for text in ("1 000 " * 20_000, "two " * 20_000, "one in " * 20_000, "a-" * 20_000 + "5"):
        find_numbers(text, NAMES, "en")
    assert time.process_time() - start < 5
