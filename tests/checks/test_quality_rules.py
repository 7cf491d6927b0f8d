"""Each rule of quality sheets on a handout that meets its items, and on one that does not."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from handouts.checks.quality_items import PEOPLE, Decider, quality_items
from handouts.checks.quality_reading import Reading, reading_of
from handouts.checks.quality_rules import RULES
from handouts.loading.library import load_library
from handouts.loading.staleness import mark_of
from tests.checks.test_plain_language import PARTS, PROJECT, with_words
from tests.loading.small import SHEET, library_of, small_project

PAIR = '::: risk-pair fact=made-up.alive first="With" second="Without"\n:::\n\n'
DIFFERENCE = "After a year {{ made-up.alive.difference | difference-of-100 }} were alive.\n\n"
TABLE = "| Word | What it means |\n|---|---|\n| Ebb | water goes |\n\n"
SILENT_TABLE = TABLE.replace("What it means", "Meaning")
WIDE_TABLE = "| A | B | C | D | E |\n|---|---|---|---|---|\n| a | b | c | d | e |\n\n"
WORDY_TABLE = TABLE.replace("What it means", "What it means for you")
CALENDAR = (
    "::: calendar cycle=safety.fever first=A first-days=every-day\n:::\n\n"  # only its place counts
)
TEACH_BACK = "::: teach-back\nSay it.\n:::\n\n"
LONG_SECTION = "## You\n\n" + "You can rest now. " * 31
LONG_LIST = "## You\n\n" + "- you\n" * 8
BY_US = "Your report is read by us. You are seen.\n\n"
MEAN_15 = "You can go out and see your own friends and eat with them each day too. " * 9
LONG_HEADING = "## Some words of ours that you may want to read\n\n"
HALF_PERCENT = "Take {{ 50 | plain }}% of it."

CASES = [
    # rule, words, score
    ("everyday-words", "You can rest.", 1),
    ("everyday-words", "It is contraindicated.", 0),
    ("everyday-words", "Individual pharmaceutical responsibilities necessitate it. " * 9, 0),
    ("explained-terms", "You can ask for a scan (a picture of the inside of the body).", 1),
    ("explained-terms", "You can.\n\n- Ask for scans of it.", 0),
    ("explained-terms", "Your LVEF rose.", 0),
    ("active-voice", "You can rest.", 1),
    ("active-voice", BY_US, 0),
    ("clear-numbers", "You can call for {{ safety.fever }}.", 1),
    ("clear-numbers", "You can ask for {{ 3 | plain }} of them.", 1),
    ("clear-numbers", HALF_PERCENT, 0),
    ("clear-numbers", "It harms {{ 1 | plain }} in {{ 10 | plain }}.", 0),
    ("clear-numbers", "You can rest.", None),
    ("no-calculation", PAIR + DIFFERENCE, 1),
    ("no-calculation", PAIR, 0),
    ("no-calculation", "It has half the risk.", 0),
    ("shown-calculation", PAIR + DIFFERENCE, None),
    ("shown-calculation", PAIR, 0),
    ("says-you", "You can rest.", 1),
    ("says-you", "Rest. Eat. Drink. Sleep. Walk.\n\nRead. Ask. Go.", 0),
    ("says-you", "You can. You rest. Patients should call.", 0),
    ("grade", "You can rest.", 2),
    ("grade", "Your doctor can offer medicine to you again on Monday. " * 9, 1),
    ("grade", "Individual pharmaceutical responsibilities necessitate it. " * 9, 0),
    ("sentences", "You can rest.", 2),
    ("sentences", MEAN_15, 1),
    ("sentences", "It is given. It was seen. It is done.", 0),
    ("type", "You can rest.", 2),
    ("type", "Please DO NOT stop.", 1),
    ("short-sections", "You can rest.", 1),
    ("short-sections", LONG_SECTION, 0),
    ("short-sections", LONG_LIST, 0),
    ("short-lists", "- you\n- me\n", 1),
    ("short-lists", LONG_LIST, 0),
    ("chunks", "You can rest.", 2),
    ("chunks", LONG_LIST, 1),
    ("chunks", f"{LONG_SECTION}\n\n{LONG_LIST}", 0),
    ("telling-headings", "## What can you do?\n\nRest.", 1),
    ("telling-headings", "## Overview\n\nRest.", 0),
    ("telling-headings", LONG_HEADING, 0),
    ("road-signs", "## What can you do?\n\nRest.", 2),
    ("road-signs", LONG_HEADING, 1),
    ("road-signs", "## Introduction\n\nRest.", 0),
    ("main-points-first", "", 1),
    ("main-points-first", "You can rest.", 0),
    ("captions", PAIR, 2),
    ("captions", "## Days\n\n" + CALENDAR, 1),
    ("captions", CALENDAR, 0),
    ("captions", TABLE, None),
    ("titled-pictures", "## Words\n\n" + TABLE, 1),
    ("titled-pictures", PAIR, 1),
    ("titled-pictures", "## Words\n\n" + TABLE + "And:\n\n" + TABLE, 0),
    ("titled-pictures", "You can rest.", None),
    ("simple-tables", TABLE, 1),
    ("simple-tables", WIDE_TABLE, 0),
    ("simple-tables", WORDY_TABLE, 0),
    ("simple-tables", PAIR, None),
    ("explained-charts", PAIR + DIFFERENCE, 1),
    ("explained-charts", TABLE + CALENDAR, 1),
    ("explained-charts", PAIR, 0),
    ("explained-charts", SILENT_TABLE + "- you\n", 0),
    ("explained-charts", "You can rest.", None),
    ("interaction", TEACH_BACK, 2),
    ("interaction", "You can rest.", 1),
]  # fmt: skip

WITHOUT = [
    # rule, what the handout has instead of its parts, score
    ("short-lists", "", 0),
    ("boxes", "", 0),
    ("an-action", "", 0),
    ("whom-to-call", "", 0),
    ("a-tool", "", 0),
    ("interaction", "", 0),
    ("bold-main-point", "", 0),
    ("bold-main-point", "::: main-points\n- You can **rest**.\n:::\n", 1),
    ("bold-main-point", "::: main-points\n- You can rest.\n:::\n", 0),
    ("active-key-parts", "::: main-points\n- You can rest.\n:::\n", 1),
    ("active-key-parts", "::: call-us\n- You are seen.\n:::\n", 0),
    ("boxes", PARTS, 1),
    ("an-action", PARTS, 1),
    ("whom-to-call", PARTS, 1),
    ("a-tool", PARTS, 1),
]


def reading(folder: Path, words: str) -> Reading:
    library, _ = with_words(folder, words)
    (handout,) = library.handouts.values()
    found = reading_of(handout, library)
    assert found is not None
    return found


def bare(words: str) -> Reading:
    """A handout without the parts that each one must have, as the loader would not take it."""
    from dataclasses import replace

    from handouts.markdown.parsing import parse_blocks

    library = load_library(PROJECT / "content", PROJECT)
    handout = library.handouts["made-up-sheet", "en"]
    found = reading_of(replace(handout, blocks=parse_blocks(words, "sheet.md", 1)), library)
    assert found is not None
    return found


@pytest.mark.parametrize(("rule", "words", "score"), CASES)
def test_a_rule_decides(rule: Decider, words: str, score: int | None, tmp_path: Path) -> None:
    verdict = RULES[rule](reading(tmp_path, words))
    assert verdict.score == score
    assert verdict.reason


@pytest.mark.parametrize(("rule", "parts", "score"), WITHOUT)
def test_a_rule_decides_on_parts(rule: Decider, parts: str, score: int) -> None:
    assert RULES[rule](bare(parts)).score == score


def test_every_rule_is_tested_with_two_outcomes_and_used() -> None:
    outcomes = {(rule, score) for rule, _, score in (*CASES, *WITHOUT)}
    for rule in RULES:
        assert len({score for name, score in outcomes if name == rule}) > 1, rule
    assert set(get_args(Decider)) - {PEOPLE} == set(RULES)
    assert {each.decided_by for each in quality_items()} == set(get_args(Decider))


@pytest.mark.parametrize("rule", RULES)
def test_a_score_lies_on_the_scale_of_the_items_of_its_rule(rule: Decider) -> None:
    items = [each for each in quality_items() if each.decided_by == rule]
    for name, _, score in (*CASES, *WITHOUT):
        if name == rule and score is not None:
            assert all(score in each.scale for each in items)
    may_not_apply = any(n == rule and score is None for n, _, score in CASES)
    assert not may_not_apply or all(each.not_applicable for each in items)


def test_each_rule_names_its_items_in_its_docstring() -> None:
    names = {"pemat": "PEMAT-P", "cdc": "CDC", "sam": "SAM"}
    for each in quality_items():
        if not each.is_for_people:
            said = RULES[each.decided_by].__doc__ or ""
            assert f"{names[each.instrument]} {each.number}" in said.split(":")[0], each.id


def test_the_table_has_the_items_of_the_instruments() -> None:
    numbers: dict[str, list[int]] = {}
    for each in quality_items():
        numbers.setdefault(each.instrument, []).append(each.number)
    assert numbers["pemat"] == [*range(1, 13), *range(15, 27)]
    assert numbers["cdc"] == [*range(1, 21)]
    assert numbers["sam"] == [*range(1, 23)]
    actions = [each for each in quality_items() if each.domain == "actionability"]
    assert len(actions) == 7


@pytest.mark.parametrize(
    ("old", "new"),
    [("Rest may help.", "Rest helps."), ("made-up sheet\n", "sheet\n"), ("For nobody", "For all")],
)
def test_the_mark_of_a_handout_changes_with_its_words(tmp_path: Path, old: str, new: str) -> None:
    project = small_project(tmp_path)
    before = mark_of(library_of(project).handouts["made-up-sheet", "en"])
    project.replace(SHEET, old, new)
    assert mark_of(library_of(project).handouts["made-up-sheet", "en"]) != before


def test_the_mark_of_a_handout_does_not_change_with_its_version(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    before = mark_of(library_of(project).handouts["made-up-sheet", "en"])
    project.replace(SHEET, 'version: "0.1"', 'version: "0.2"')
    assert mark_of(library_of(project).handouts["made-up-sheet", "en"]) == before
