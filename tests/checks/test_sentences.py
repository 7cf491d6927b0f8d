from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.checks.sentences import TextWithLines, sentences_in, words_in


def split(text: str, language: str = "en") -> list[str]:
    return [each.text for each in sentences_in(TextWithLines.of([(text, 1)]), language)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One here. Two here.", ["One here.", "Two here."]),
        ("Is it? Yes! So it is…", ["Is it?", "Yes!", "So it is…"]),
        ("He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
        ("Take food, e.g. bread, with it. Rest.", ["Take food, e.g. bread, with it.", "Rest."]),
        ("Ask Dr. Smith. She knows.", ["Ask Dr. Smith.", "She knows."]),
        ("Ask J. Smith. She knows.", ["Ask J. Smith.", "She knows."]),
        ("Take vitamin C. Then rest.", ["Take vitamin C.", "Then rest."]),
        ("Call at 9 a.m. or later. Do.", ["Call at 9 a.m. or later.", "Do."]),
        ("Call at 9 a.m. We are here.", ["Call at 9 a.m.", "We are here."]),
        ("See no. 5 of it. Is it? No. It is not.", ["See no. 5 of it.", "Is it?", "No.",
                                                    "It is not."]),
        ("A fever of 38.5 or more. Call.", ["A fever of 38.5 or more.", "Call."]),
        ("A short form. p95HER2 is one.", ["A short form.", "p95HER2 is one."]),
        ("no stop at its end", ["no stop at its end"]),
        ("…", []),
        ("", []),
    ],
)  # fmt: skip
def test_where_english_sentences_end(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_where_other_sentences_end() -> None:
    assert split("¿Qué es? Es un gen. Tome, p.ej. pan.", "es") == [
        "¿Qué es?", "Es un gen.", "Tome, p.ej. pan.",
    ]  # fmt: skip
    assert split("ما هذا؟ هذا جين.", "ar") == ["ما هذا؟", "هذا جين."]


def test_each_sentence_knows_its_line() -> None:
    text = TextWithLines.of([("One here. Two\ngoes on. Three", 7), (" of 100", 8), (". Four.", 9)])
    lines = [(each.text, each.line) for each in sentences_in(text, "en")]
    assert lines == [("One here.", 7), ("Two goes on.", 7), ("Three of 100.", 8), ("Four.", 9)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“HER2-positive”, it’s (so)!", ["HER2-positive", "it’s", "so"]),
        ("38 °C — or more", ["38", "°C", "or", "more"]),
        ("a – b", ["a", "b"]),
    ],
)
def test_words_are_without_the_marks_around_them(text: str, words: list[str]) -> None:
    assert list(words_in(text)) == words


@given(st.text(), st.sampled_from(["en", "es", "ar", "zh"]))
def test_no_word_of_any_text_is_lost_or_made_up(text: str, language: str) -> None:
    found = [word for each in split(text, language) for word in words_in(each)]
    assert found == list(words_in(" ".join(text.split("\n"))))
