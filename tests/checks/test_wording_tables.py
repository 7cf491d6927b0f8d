"""Every entry of the tables finds its example, and lets what is like it be."""

from __future__ import annotations

import re

import pytest

from handouts.checks.glosses import is_explained
from handouts.checks.voice import is_passive
from handouts.checks.wording_tables import (
    Notation,
    NumeracyPattern,
    hard_words,
    key_of,
    numeracy,
    plain_words,
    safety_notation,
)

NOTATIONS = safety_notation().patterns
SAYINGS = numeracy().patterns


@pytest.mark.parametrize("entry", NOTATIONS, ids=lambda each: each.name)
def test_notation_is_found_and_what_is_right_is_not(entry: Notation) -> None:
    assert re.search(entry.pattern, entry.example)
    for each in NOTATIONS:
        assert not re.search(each.pattern, entry.fine)


@pytest.mark.parametrize("entry", SAYINGS, ids=lambda each: f"{each.kind} {each.example}")
def test_a_way_to_say_a_risk_is_found_and_what_is_like_it_is_not(entry: NumeracyPattern) -> None:
    assert re.search(entry.pattern, entry.example, re.IGNORECASE)
    assert not re.search(entry.pattern, entry.fine, re.IGNORECASE)


WORDS = [word for group in plain_words().groups for word in group.words]


def test_no_hard_word_stands_twice_in_the_table() -> None:
    assert len(WORDS) == len(set(WORDS))


@pytest.mark.parametrize("word", WORDS)
def test_a_hard_word_is_found_and_leads_to_its_plain_words(word: str) -> None:
    pattern, words = hard_words("en")
    assert pattern is not None
    found = pattern.search(f"The {word.capitalize()} is so.")
    assert found is not None
    assert key_of(found[0], words) == word
    assert not pattern.search(f"un{word}x")


def test_plain_words_are_not_hard_words_themselves() -> None:
    pattern, words = hard_words("en")
    assert pattern is not None
    assert [each for each in words.values() if pattern.search(each)] == []


@pytest.mark.parametrize(
    ("form", "word"),
    [("Utilised", "utilise"), ("modifying", "modify"), ("discontinuing", "discontinue"),
     ("adverse events", "adverse event"), ("adverse", "adverse"), ("in  order\nto", None)],
)  # fmt: skip
def test_forms_of_a_hard_word(form: str, word: str | None) -> None:
    pattern, words = hard_words("en")
    assert pattern is not None
    found = pattern.fullmatch(form)
    assert (key_of(found[0], words) if found else None) == word


@pytest.mark.parametrize(
    "sentence",
    ["The cancer is tested again.", "It was not always seen.", "You will be given a card.",
     "Doses are often lowered.", "Blood was Taken twice."],
)  # fmt: skip
def test_a_passive_sentence_is_seen(sentence: str) -> None:
    assert is_passive(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["We test the cancer again.", "You are tired.", "The team has seen it.", "It is red.",
     "If you are worried, call.", "It is a need.", "They are used to it.", "The cancer has grown."],
)  # fmt: skip
def test_an_active_sentence_is_not(sentence: str) -> None:
    assert not is_passive(sentence)


@pytest.mark.parametrize(
    "text",
    ["a seizure (fit), or", "A fit (seizure) may come.", "A seizure, a sudden fit, may come.",
     "A seizure is a sudden fit.", "This is called a seizure.", "A seizure means a fit.",
     "Seizure: a sudden fit.", "A new seizure. It is a sudden fit.",
     "Sudden signs of the brain: fits, seizure and cramps."],
)  # fmt: skip
def test_a_word_is_explained(text: str) -> None:
    start = text.lower().index("seizure")
    assert is_explained(text, start, start + len("seizure"))


@pytest.mark.parametrize(
    "text",
    ["Call for a seizure.", "A seizure may come.", "A seizure can be a bad sign. It (a fit) ends.",
     "If you have a seizure, call us.", "Is a seizure bad?", "Call us for it. A seizure can kill."],
)  # fmt: skip
def test_a_word_is_not_explained(text: str) -> None:
    start = text.lower().index("seizure")
    assert not is_explained(text, start, start + len("seizure"))
