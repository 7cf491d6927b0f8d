"""Counts were made by hand, each word spoken and its syllables tapped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.checks.syllables import can_count, syllables

ENGLISH = {
    1: "a the cells breast grew fault tests looked helped stopped called worse dose while whole"
    " through health rules signs write your stools night mouth red pain chest heart cough legs eyes"
    " dark blood months once source changed names sure small proof works close piece tried breathe"
    " bruise weighed walked played rare case give take makes times sides rise cause lived spread"
    " skies dye tongue league breathes aches guard world’s it’s we’ll",
    2: "cancer treatment often around common offer reason always reasons other trial people tablets"
    " tissue sudden seizure weakness inside outside receive needed wanted happen blister fever"
    " vomit"
    " swollen itching bleeding bruises sources places changes little table simple able being doing"
    " study client protein loses nurses quiet patient patients careful something sometimes higher"
    " lower racing breathing tested started answer doctor picture pictures herbal alone before"
    " become bottle treated nature safely kidney liver swallow water didn’t isn’t because sickness"
    " nation ocean special region doses cases causes notice purple matches washes unique fatigue"
    " create advise useful onion million union giving babies worries studied carried headaches"
    " fluid suited language persuade question jaundice cautious anxious",
    3: "medicine medicines idea hospital pharmacist infection confusion together another condition"
    " nausea piano nobody everyone company vomiting happening energy recently resistance direction"
    " terrible possible clinical genetic shivering biopsy injections promises relative difficult"
    " suspicious obvious serious various previous pharmacy areas video dangerous creating agreement"
    " religious contagious decision opinion nutrient alien receptor microscope genuine usual"
    " quality"
    " chemical",
    4: "emergency diarrhoea education population community available original particular"
    " information usually necessary ability rifampicin variety society"
    " experience interaction medication temperature antibody radiation appreciates obedient"
    " ingredients anxiety biology antibodies evaluate situation pertuzumab trastuzumab tucatinib",
    5: "examination communication immediately capecitabine chemotherapy hydrocortisone antibiotic"
    " individual possibility refrigerator laboratory",
    6: "responsibility",
}

SPANISH = {
    1: "sol pie bien rey que quien luz diez muy más Dios fue",
    2: "cáncer guerra agua tiempo cuida salud cuerpo ciudad causa ruido país día río maíz aún baúl",
    3: "pastilla médico ahora corazón oído cigüeña toalla pingüino héroe cuidado caída síntomas",
    4: "medicina tratamiento energía enfermera análisis aéreo enfermedad emergencia",
    5: "quimioterapia farmacéutico hospitalario enfermedades",
}


def words_of(counts: dict[int, str]) -> list[tuple[str, int]]:
    return [(word, count) for count, words in counts.items() for word in words.split()]


@pytest.mark.parametrize(("word", "count"), words_of(ENGLISH))
def test_english_words(word: str, count: int) -> None:
    assert syllables(word, "en") == count


@pytest.mark.parametrize(("word", "count"), words_of(SPANISH))
def test_spanish_words(word: str, count: int) -> None:
    assert syllables(word, "es") == count


@pytest.mark.parametrize(
    ("word", "count"), [("DNA", 3), ("HER2", 4), ("CT", 2), ("WHO", 5), ("480", 1), ("38.5", 1)]
)
def test_abbreviations_are_spelled_and_a_number_counts_as_one(word: str, count: int) -> None:
    assert syllables(word, "en") == count


def test_the_parts_of_a_word_with_a_hyphen_are_added_up() -> None:
    assert syllables("side-effect", "en") == 3


def test_a_letter_with_an_accent_is_counted_however_it_is_encoded() -> None:
    assert syllables("días", "es") == syllables("di\u0301as", "es") == 2


def test_a_language_without_rules_is_refused() -> None:
    assert not can_count("ar")
    with pytest.raises(LookupError, match="`ar` can't be counted"):
        syllables("كلمة", "ar")


@given(st.text(), st.sampled_from(["en", "es", "en-GB"]))
def test_any_text_has_at_least_one_and_no_more_than_three_for_each_character(
    word: str, language: str
) -> None:
    assert 1 <= syllables(word, language) <= max(1, 4 * len(word))
