"""Each plain-language code on words that earn it, at their line, and on words that nearly do."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.checks.plain_language import measured, plain_language_problems
from handouts.checks.protected import MOST_PROTECTED, pattern_of, without_protected
from handouts.diagnostics import Diagnostic, InvalidInput
from handouts.loading.library import Library, load_library
from handouts.loading.written import load_handout
from tests.projects import ROOT

PROJECT = ROOT / "tests" / "small_project"

FRONT = """---
kind: patient
reference: MADE-PT-01
version: "0.1"
title: A made-up sheet
lead: You can ask us.
subject: A sheet made up for tests.
keywords: [test]
pages: 4
compiled: 2026-11-20
---
"""
FIRST_LINE = FRONT.count("\n") + 1
PARTS = """

::: main-points
- You can rest.
:::

::: call-us
- you feel ill
:::

::: questions
- What is this for?
:::
"""


@cache
def library() -> Library:
    return load_library(PROJECT / "content", PROJECT)


def with_words(folder: Path, words: str, language: str = "en") -> tuple[Library, str]:
    """The small project with one handout, which begins with some words."""
    path = folder / "made-up-sheet" / f"{language}.md"
    path.parent.mkdir(exist_ok=True)
    text = FRONT + words + PARTS
    path.write_text(text, encoding="utf-8")
    handout = load_handout(path, "sheet.md")
    return replace(library(), handouts={(handout.id, language): handout}), text


def found(folder: Path, words: str, language: str = "en") -> list[Diagnostic]:
    changed, text = with_words(folder, words, language)
    return list(plain_language_problems(changed, lambda _: text))


LONG = "You can eat the bread and the cheese and drink the milk and the tea and then go for a"
HARD = "Individual pharmaceutical responsibilities necessitate immediate communication."
PAIR = '::: risk-pair fact=made-up.alive first="With" second="Without"\n:::\n\n'

TWO_SIDES = (
    "After a year {{ made-up.alive.drug | of-100 }} lived and"
    " {{ made-up.alive.drug | opposite-of-100 }} died."
)

A_DENOMINATOR = "{{ 3 | plain }} of {{ 100 | plain }}"
ANOTHER = "{{ 3 | plain }} of {{ 200 | plain }}"

BAD = [
    # code, severity, words, line of the words, part of the message
    ("long-sentence", "warning", f"You can rest.\n{LONG} walk to the park right now.", 2,
     "has 26 words, more than 25: `You can eat"),
    ("long-paragraph", "warning", "You. You. You. You. You.\nYou.", 1, "has 6 sentences"),
    ("paragraph-target", "note", "You. You. You. You.", 1, "has 4 sentences"),
    ("long-list", "warning", "## You\n\n" + "- you\n" * 8, 3, "has 8 items, more than 7"),
    ("few-headings", "note", "You can rest now. " * 31, 1, "124 words without a heading"),
    ("reading-grade", "warning", f"You can rest.\n\n{HARD} {HARD}", 3, "hardest sentence: `Indi"),
    ("sentence-length-target", "note", f"{LONG} walk.\n\n{LONG} walk.", 1, "aim at 12 and 20"),
    ("passive-voice", "warning", "You are tested.\n\nIt is given to you.\n\nIt was seen.", 1,
     "3 of 7 sentences are in the passive voice (43%)"),
    ("passive-voice-target", "note", "You rest.\n\nIt is given to you. You can go. You eat.", 3,
     "1 of 8 sentences are in the passive voice (12%)"),
    ("seldom-you", "note", "Rest. Eat. Drink. Sleep. Walk.\n\nRead. Ask. Go.", 7 - FIRST_LINE,
     "of the sentences speak to the reader"),
    ("patients-should", "warning", "You can.\nPatients should call.", 2, "`Patients should call.`"),
    ("capitals", "warning", "You can.\nPlease DO NOT stop.", 2, "`DO NOT`"),
    ("italics", "warning", "You can.\nYou *must* call.", 2, "`*must*`"),
    ("italics", "warning", "You can.\nYou _must_ call.", 2, "`_must_`"),
    ("hard-word", "warning", "You can.\nIt is contraindicated.", 2, "`contraindicated` is a"),
    ("undefined-term", "error", "You can.\n\n- Ask for scans of it.", 3, "`scan` is not explained"),
    ("undefined-abbreviation", "error", "You can.\nYour LVEF is tested.", 2, "`LVEF` is not e"),
    ("undefined-abbreviation", "error", "Your LVEF rose.\n\n## You\n\nLVEF (a number) fell.",
     1, "LVEF"),
    ("safety-notation", "error", "You can.\nTake {{ 300 | plain }}mg.", 2, "no space between a"),
    ("safety-notation", "error", "You take &lt; that.", 1, "a sign for more or less, `<`"),
    ("one-in-x", "error", "You can.\nIt harms {{ 1 | plain }} in {{ 10 | plain }}.", 2,
     "`1 in 10` can't be compared"),
    ("mixed-denominators", "error", f"{A_DENOMINATOR}.\n{ANOTHER}.", 2,
     "out of 200, others are out of 100"),
    ("mixed-denominators", "error", f"{PAIR}It harms {{{{ 3 | plain }}}} of {{{{ 20 | plain }}}}.",
     4, "out of 20, others are out of 100"),
    ("relative-without-absolute", "error", "You can.\nIt has half the risk.", 2, "`half the risk`"),
    ("relative-without-absolute", "error", "You are {{ twice | plain }} as likely to be well.", 1,
     "`twice as likely` does not say of what"),
    ("frequency-without-number", "note", "You can.\n\nThis is rare.", 3, "`rare` means something"),
    ("risk-without-time", "error", f"{PAIR}With it {{{{ made-up.alive.drug | of-100 }}}} lived.", 4,
     "does not say after what time"),
    ("risk-without-frames", "error", "After a year, {{ made-up.alive.drug | of-100 }} lived.", 1,
     "is told from one side only"),
]  # fmt: skip

FINE = [
    ("long-sentence", f"{LONG} walk to the park now."),
    ("long-paragraph", "You. You. You. You. You."),
    ("paragraph-target", "You. You. You."),
    ("long-list", "## You\n\n" + "- you\n" * 7),
    ("few-headings", "You can rest now. " * 16 + "\n\n## You\n\n" + "You can rest now. " * 16),
    ("reading-grade", "You can ask us to test it again. We are here for you."),
    ("smog-grade", HARD * 20),
    ("passive-voice", "You are tested. You can go. You can eat. We call you."),
    ("seldom-you", "You rest. You eat. You drink. You sleep."),
    ("patients-should", "Some patients sleep. You should call."),
    ("capitals", "You can have HIV, AIDS or a CT scan."),
    ("italics", "You **must** call 2 * 3 and snake_case and [you_can](https://a.org/_x_)."),
    ("hard-word", "It is contraindicated (not safe for you). You are contraindicated."),
    ("hard-word", "You can use it."),
    ("undefined-term", "You can.\n\n- Ask for a scan (a picture of the inside of the body)."),
    ("undefined-term", 'You can scan.\n\n::: words-to-know terms="scan"\n:::'),
    ("undefined-term", "You can landscan."),
    ("undefined-abbreviation", "Your ejection fraction (LVEF) is tested. LVEF is good."),
    ("undefined-abbreviation", "Your LVEF rose.\n\n- LVEF (a number) fell."),
    ("undefined-term", "A scan comes.\n\nA scan is a picture of the inside of the body."),
    ("undefined-abbreviation", "You have an X-ray, a CT scan and a look at your DNA."),
    ("undefined-abbreviation", "You ask for NCT00000000."),
    ("safety-notation", "Take {{ 300 | plain }} mg. Call for {{ safety.fever }} or more."),
    ("one-in-x", "You are one in our group."),
    ("mixed-denominators", f"{{{{ 14 | plain }}}} of {{{{ 21 | plain }}}} days, {A_DENOMINATOR}."),
    ("relative-without-absolute", f"It has half the risk. It is {A_DENOMINATOR}."),
    ("relative-without-absolute", "Do not take {{ twice | plain }} the dose, or half a dose."),
    ("frequency-without-number", "This is rare: {{ 1 | plain }} of {{ 100 | plain }} people."),
    ("risk-without-time", f"{PAIR}After a year {{{{ made-up.alive.drug | of-100 }}}} lived."),
    ("risk-without-frames", TWO_SIDES),
    ("risk-without-frames", f"{PAIR}After a year {{{{ made-up.alive.drug | of-100 }}}} lived."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "severity", "words", "line", "said"), BAD)
def test_bad_words_are_named_at_their_line(
    code: str, severity: str, words: str, line: int, said: str, tmp_path: Path
) -> None:
    first = next(each for each in found(tmp_path, words) if each.code == code)
    assert (first.severity, first.path) == (severity, "sheet.md")
    assert said in first.message
    assert first.line == FIRST_LINE - 1 + line


@pytest.mark.parametrize(("code", "words"), FINE)
def test_good_words_are_not(code: str, words: str, tmp_path: Path) -> None:
    assert [each for each in found(tmp_path, words) if each.code == code] == []


def test_smog_is_judged_from_thirty_sentences_on(tmp_path: Path) -> None:
    enough = found(tmp_path, "\n\n".join([HARD] * 30))
    (only,) = [each for each in enough if each.code == "smog-grade"]
    assert only.severity == "warning"
    assert "more than 11; the hardest sentence: `Individual" in only.message


def test_a_target_that_is_missed_is_a_note(tmp_path: Path) -> None:
    words = "\n\n".join(["Your doctor can offer medicine to you again on Monday and Tuesday."] * 20)
    notes = [each for each in found(tmp_path, words) if each.code.startswith("reading")]
    assert [(each.code, each.severity) for each in notes] == [("reading-grade-target", "note")]


def test_other_languages_are_judged_by_notes_but_safety_is_an_error(tmp_path: Path) -> None:
    long = "Usted puede " + "comer pan y " * 12 + "descansar."
    problems = found(
        tmp_path,
        f"{long} {'Responsabilidad farmacéutica individualizada. ' * 6}"
        "Afecta a {{ 1 | plain }} de cada {{ 10 | plain }}. Tome {{ 300 | plain }}mg.",
        "es",
    )
    severities = {each.code: each.severity for each in problems}
    assert severities["long-sentence"] == severities["reading-ease"] == "note"
    assert severities["one-in-x"] == severities["safety-notation"] == "error"
    assert "passive-voice" not in severities


def test_a_language_without_a_formula_is_checked_all_the_same(tmp_path: Path) -> None:
    problems = found(tmp_path, "خذ {{ 300 | plain }}mg.", "ar")
    assert [(e.code, e.severity) for e in problems] == [("safety-notation", "error")]


def test_protected_names_are_left_out_of_the_first_score_up_to_a_share() -> None:
    few = without_protected(["You take tucatinib and you can rest in the sun."],
                            pattern_of(["tucatinib"]))  # fmt: skip
    assert (few.share, few.is_capped) == (0.1, False)
    assert "tucatinib" not in few.sentences[0]
    many = without_protected(["Responsibility and hard words."] * 9, pattern_of(["responsibility"]))
    assert many.is_capped
    assert many.share <= MOST_PROTECTED
    assert "Responsibility" in many.sentences[-1]


def test_the_small_sheet_and_our_library_have_nothing_to_mend() -> None:
    for root in (PROJECT, ROOT):
        problems = plain_language_problems(
            load_library(root / "content", root),
            lambda path, root=root: (root / path).read_text(encoding="utf-8"),  # type: ignore[misc]
        )
        assert [str(each) for each in problems if each.severity != "note"] == []


def test_a_handout_is_checked_in_20_ms() -> None:
    ours = load_library(ROOT / "content", ROOT)
    texts = {each.path: (ROOT / each.path).read_text("utf-8") for each in ours.handouts.values()}
    seconds = []
    for _ in range(5):
        start = time.process_time()
        list(plain_language_problems(ours, texts.__getitem__))
        seconds.append(time.process_time() - start)
    assert min(seconds) / len(texts) < 0.020


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(max_size=200), language=st.sampled_from(["en", "es", "ar"]))
def test_no_text_is_too_wild_to_be_checked(words: str, language: str, tmp_path: Path) -> None:
    try:
        changed, text = with_words(tmp_path, words, language)
    except (InvalidInput, UnicodeEncodeError):
        return
    for each in plain_language_problems(changed, lambda _: text):
        assert each.line is not None
        assert 1 <= each.line <= text.count("\n") + 1
    for handout in changed.handouts.values():
        assert measured(handout, changed) is not None
