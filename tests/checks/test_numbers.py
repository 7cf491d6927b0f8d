from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.checks.number_text import printed_body
from handouts.checks.numbers import number_problems_in_library
from handouts.loading.files import read_text
from handouts.loading.library import load_library
from handouts.markdown.numbers import find_numbers
from tests.rendering.samples import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.diagnostics import Diagnostic
    from handouts.loading.library import Library

BODY = "refer to a fact: {{ record.fact }}; a plain count is written {{ 45 | plain }}"
NO_REFERENCE = "say it without the number: references to facts do not work here"
A_NAME = "a name with digits is listed under `names` in content/glossary/en.yaml"

PROJECT = ROOT / "tests" / "checks" / "number_project"
"""A project in which every ¤ stands where words are printed, and no other number does."""

TEXTS = {
    path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(PROJECT.glob("content/**/*.*"))
}
MARKS = [(path, index) for path, text in TEXTS.items() for index in range(text.count("¤"))]


def project(folder: Path, path: str = "", mark: int = -1, words: str = "") -> Library:
    """The project with some words in place of one mark."""
    for each, text in TEXTS.items():
        before, *after = text.split("¤")
        for index, part in enumerate(after):
            before += (words if (each, index) == (path, mark) else "") + part
        file = folder / each
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(before, encoding="utf-8")
    library = load_library(folder / "content", folder)
    assert library.failed == frozenset(), library.problems
    return library


def problems(library: Library, folder: Path) -> list[Diagnostic]:
    return list(number_problems_in_library(library, lambda path: read_text(folder / path, path)))


def place_of(path: str, mark: int) -> tuple[int, int]:
    """Line and column at which the words in place of a mark start."""
    before = "".join(TEXTS[path].split("¤")[: mark + 1])
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_a_project_whose_numbers_are_facts_has_no_problem(tmp_path: Path) -> None:
    assert problems(project(tmp_path), tmp_path) == []


@pytest.mark.parametrize(("path", "mark"), MARKS)
def test_a_number_is_found_wherever_words_are_written(path: str, mark: int, tmp_path: Path) -> None:
    (only,) = problems(project(tmp_path, path, mark, "45"), tmp_path)
    assert (only.code, only.severity, only.path) == ("unsourced-number", "error", path)
    assert only.message == "the number `45` does not come from a fact"
    assert (only.line, only.column) == place_of(path, mark)
    assert only.hint in {BODY, NO_REFERENCE}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    mark=st.sampled_from(MARKS),
    digits=st.text(st.characters(categories=["Nd"]), min_size=1, max_size=4),
)
def test_any_digits_in_any_prose_are_found(
    mark: tuple[str, int], digits: str, tmp_path: Path
) -> None:
    (only,) = problems(project(tmp_path, *mark, digits), tmp_path)
    assert only.message == f"the number `{digits}` does not come from a fact"
    assert (only.line, only.column) == place_of(*mark)


def mark_in(path: str, context: str) -> int:
    """Number of the mark that stands in these words."""
    assert TEXTS[path].count(context) == 1
    return TEXTS[path].partition(context)[0].count("¤")


HANDOUT = "content/patient/a-sheet/en.md"
TRIAL = "content/trials/first5/trial.yaml"
GLOSSARY = "content/glossary/en.yaml"
IN_BODY = "lines,\n¤ of them."


@pytest.mark.parametrize(
    ("path", "context", "words", "expected"),
    [
        (HANDOUT, IN_BODY, "HER4", (
            ":29:4: error: the number in `HER4` does not come from a fact [unsourced-number]"
            f"\n  hint: {A_NAME}"
        )),
        (HANDOUT, IN_BODY, "two\nhundred", (
            ":29:1: error: the number `two hundred` does not come from a fact [unsourced-number]"
            "\n  hint: refer to a fact: {{ record.fact }};"
            ' a plain count is written {{ "two hundred" | plain }}'
        )),
        (HANDOUT, IN_BODY, "&frac12;", ":29:1: error: the number `½` does"),
        (HANDOUT, IN_BODY, "tw*o*", ":29:1: error: the number `two` does"),
        (HANDOUT, IN_BODY, "4\\.5", ":29:1: error: the number `4.5` does"),
        (HANDOUT, IN_BODY, "__five__", ":29:3: error: the number `five` does"),
        (HANDOUT, IN_BODY, "[5](https://a.org/7)", ":29:2: error: the number `5` does"),
        (HANDOUT, "With ¤ drugs", "5", (
            ":35:49: error: the number `5` does not come from a fact [unsourced-number]"
            f"\n  hint: {NO_REFERENCE}"
        )),
        (TRIAL, "}} ¤ with", "in one in ten", ":11:27: error: the number `one` does"),
        (TRIAL, "title: a drug ¤", "in *5*", (
            ":5:19: error: the number `5` does not come from a fact [unsourced-number]"
            f"\n  hint: {NO_REFERENCE}"
        )),
        (GLOSSARY, '"a scan ¤"', "of 5", ":3:14: error: the number `5` does"),
    ],
)  # fmt: skip
def test_messages(path: str, context: str, words: str, expected: str, tmp_path: Path) -> None:
    first, *_ = problems(project(tmp_path, path, mark_in(path, context), words), tmp_path)
    assert str(first).startswith(path + expected)


@pytest.mark.parametrize(
    "words",
    [
        "HER2", "HER2-positive", "T-DM1", "Grade 3", "grade\n  3", "FIRST5", "NCT0123", "95% CI",
        "mg/m²", "{{ 45 | plain }}", '{{ "forty-five" | plain }}', "{{ first5.growth-1y.at }}",
        "[@signs.call]", "[x](https://a.org/45)", "&#8217;", "the first", "no one", "one of them",
    ],
)  # fmt: skip
def test_names_plain_counts_and_references_are_no_numbers(words: str, tmp_path: Path) -> None:
    library = project(tmp_path, HANDOUT, mark_in(HANDOUT, IN_BODY), words)
    assert problems(library, tmp_path) == []


def test_only_the_numbers_of_list_items_are_marks() -> None:
    text = (
        "---\ntitle: 1\n---\nOf them\n45. That.\n\n46) No.\n\n 1. An item\n2. is this\n## A\n3. B"
    )
    body = printed_body(text)
    numbers = find_numbers(body.text, (), "en")
    assert [text[body.offsets[each.start] :][:3] for each in numbers] == ["45.", "46)"]


def test_our_own_library_has_no_problem() -> None:
    assert problems(load_library(ROOT / "content", ROOT), ROOT) == []
