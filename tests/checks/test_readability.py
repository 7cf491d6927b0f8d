"""Formulas against examples with a known score."""

from __future__ import annotations

from math import sqrt

import pytest

from handouts.checks.readability import (
    Counts,
    counts_of,
    fernandez_huerta,
    flesch_kincaid,
    inflesz,
    polysyllables,
    smog,
)
from handouts.checks.sentences import words_in

PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."


def test_flesch_kincaid_of_the_usual_example() -> None:
    counts = counts_of([words_in(PLATYPUS)], "en")
    assert counts == Counts(1, 13, 24)
    assert round(flesch_kincaid(counts), 1) == 11.3  # as it is usually quoted


def test_flesch_kincaid_of_one_syllable_words() -> None:
    counts = counts_of([words_in("The cat sat on the mat.")], "en")
    assert counts is not None
    assert round(flesch_kincaid(counts), 2) == -1.45  # 0.39 times 6, + 11.8 - 15.59


def test_smog_of_perfect_squares() -> None:
    # McLaughlin's quick rule, √count + 3, is within half a grade of the formula.
    for count in (16, 36, 64, 100):
        grade = smog(30, count)
        assert grade == pytest.approx(1.0430 * sqrt(count) + 3.1291)
        assert grade == pytest.approx(sqrt(count) + 3, abs=0.6)


def test_smog_scales_to_thirty_sentences() -> None:
    assert smog(60, 128) == smog(30, 64) == pytest.approx(11.4731)


def test_smog_is_not_valid_below_thirty_sentences() -> None:
    assert smog(29, 10) is None


def test_long_words_of_the_title_are_left_out() -> None:
    words = words_in("Tucatinib is a medicine. Ask for information about tucatinib.")
    assert polysyllables(words, "en") == 4
    assert polysyllables(words, "en", ["Tucatinib"]) == 2


@pytest.mark.parametrize(
    ("counts", "huerta", "perspicuity"),
    [
        (Counts(10, 100, 200), 76.64, 72.235),  # 206.84 - 120 - 10.2; 206.835 - 124.6 - 10
        (Counts(4, 100, 220), 49.34, 44.775),  # 206.84 - 132 - 25.5; 206.835 - 137.06 - 25
    ],
)
def test_spanish_formulas(counts: Counts, huerta: float, perspicuity: float) -> None:
    assert fernandez_huerta(counts) == pytest.approx(huerta)
    assert inflesz(counts) == pytest.approx(perspicuity)


def test_a_text_without_words_has_no_counts() -> None:
    assert counts_of([(), ()], "en") is None
