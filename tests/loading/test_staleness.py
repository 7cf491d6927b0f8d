"""A translation is compared with its source, block by block."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.diagnostics import Diagnostic, Severity
from handouts.loading.staleness import marks_of, translation_problems
from handouts.loading.written import PatientHandout, load_handout

FRONT = """---
kind: patient
reference: ABC-1
version: "1"
title: A sheet
lead: For people.
subject: A sheet.
keywords: []
pages: 2
compiled: 2026-01-01
{translates}
---
"""
ENGLISH = """
::: main-points
- {{ a.count }} people
:::

::: call-us
- pain
:::

## Why?

Because of it. [@a.reason]

::: questions
- What next?
:::
"""
SPANISH = (
    ENGLISH.replace("people", "personas").replace("pain", "dolor").replace("Why?", "¿Por qué?")
    .replace("Because of it", "Por eso").replace("What next", "¿Qué sigue")
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def handout(folder: Path, language: str, body: str, translates: str = "") -> PatientHandout:
    path = folder / f"{language}.md"
    path.write_text(FRONT.format(translates=translates) + body, encoding="utf-8")
    return load_handout(path, f"{language}.md")


def problems(
    folder: Path, english: str = ENGLISH, spanish: str = SPANISH, *, allow_draft: bool = True
) -> list[Diagnostic]:
    """Of a translation that was made of ``ENGLISH``."""
    made_of = marks_of(handout(folder, "en", ENGLISH))
    translation = handout(folder, "es", spanish, f"translates: [{', '.join(map(repr, made_of))}]")
    source = handout(folder, "en", english)
    return list(translation_problems(translation, source, allow_draft=allow_draft))


def test_a_translation_of_its_source_is_good(folder: Path) -> None:
    assert problems(folder) == []


def test_a_changed_block_is_named_in_both_files(folder: Path) -> None:
    (found,) = problems(folder, ENGLISH.replace("Because of it", "Because of that"))
    assert found.code == "stale-translation"
    assert found.severity is Severity.WARNING
    line = ENGLISH.split("\n").index("Because of it. [@a.reason]") + 12 + 1
    assert (found.path, found.line) == ("es.md", line)
    assert f"en.md:{line}" in found.message
    assert "translates: [" in (found.hint or "")


def test_where_drafts_are_not_allowed_it_is_an_error(folder: Path) -> None:
    (found,) = problems(folder, ENGLISH.replace("pain", "great pain"), allow_draft=False)
    assert (found.code, found.severity) == ("stale-translation", Severity.ERROR)


def test_a_block_that_moves_down_does_not_make_a_translation_stale(folder: Path) -> None:
    assert problems(folder, "\n\n" + ENGLISH) == []


def test_a_translation_that_keeps_no_marks_is_stale(folder: Path) -> None:
    source, translation = handout(folder, "en", ENGLISH), handout(folder, "es", SPANISH)
    (found,) = translation_problems(translation, source, allow_draft=True)
    assert found.code == "stale-translation"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("## ¿Por qué?\n", "", "other-blocks"),
        ("## ¿Por qué?\n", "## ¿Por qué?\n\nUna frase de más.\n", "other-blocks"),
        ("- dolor", "- dolor\n- fiebre", "other-blocks"),
        ("{{ a.count }}", "{{ a.other }}", "other-facts"),
        ("{{ a.count }}", "{{ a.count | number }}", "other-facts"),
        (" [@a.reason]", "", "other-facts"),
    ],
)
def test_other_blocks_and_other_facts_are_errors(
    folder: Path, old: str, new: str, code: str
) -> None:
    assert old in SPANISH
    (found,) = problems(folder, spanish=SPANISH.replace(old, new))
    assert (found.code, found.severity) == (code, Severity.ERROR)
    assert found.line is not None
