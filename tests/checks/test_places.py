"""Findings on a page lead back to the line that the words come from."""

from __future__ import annotations

import pytest

from handouts.checks.places import with_lines
from handouts.diagnostics import error

TEXT = """\
---
title: A sheet
---

::: main-points
- Call us **early** if you feel ill. [@safety.call]
- Take {{ safety.dose }} tablets in the morning and in the evening.
:::
"""


def line_of(message: str, path: str = "a.md", line: int | None = None) -> int | None:
    (found,) = with_lines([error("overlap", message, path=path, line=line)], "a.md", TEXT)
    return found.line


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("Call us early if you feel ill.", 6),
        ("us early if you feel i…", 6),
        ("tablets in the morning and…", 7),
        ("Call us early if you have 3 signs", 6),
    ],
)
def test_words_lead_to_their_line(words: str, line: int) -> None:
    assert line_of(f"page 2: `{words}` is cut off") == line


@pytest.mark.parametrize("words", ["Nobody wrote this anywhere", "Call", "⟨⟩"])
def test_words_that_are_not_there_or_are_too_few_lead_nowhere(words: str) -> None:
    assert line_of(f"`{words}` is cut off") is None


def test_the_second_words_count_where_the_first_are_not_there() -> None:
    assert line_of("`A made-up footer line` and `tablets in the morning` lie over each other") == 7


def test_what_has_a_line_keeps_it() -> None:
    assert line_of("`Call us early if you feel ill.`", line=3) == 3


def test_other_files_are_left_alone() -> None:
    assert line_of("`Call us early if you feel ill.`", path="b.md") is None
