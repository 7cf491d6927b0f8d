"""What we think of our own handouts: the table of scores is kept beside this file, and is no boast.

The scores are self-assessed. What is kept here shows when one changes, for people to read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.checks.quality import quality_problems, quality_scores
from handouts.cli.commands import run
from handouts.loading.library import load_library
from handouts.loading.written import PatientHandout
from tests.golden import Golden
from tests.projects import ROOT

LIBRARY = load_library(ROOT / "content", ROOT)
HEAD = (
    "What we think of our patient handouts: `handouts measure --quality`, kept by"
    " `pytest tests/library/test_quality.py --update-golden`.\n\n"
)
ENGLISH = [each for each in LIBRARY.handouts.values() if each.language == "en"]
UNTESTED = ("sam-21", "sam-22")
"""How a handout fits its readers' culture: no reader was asked."""


def test_the_table_is_what_the_command_prints(
    golden: Golden, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["measure", "--quality", "--content", str(ROOT / "content")]) == 0
    table = HEAD + capsys.readouterr().out
    Golden(Path(__file__).parent, golden.update).check("quality.md", table)


@pytest.mark.parametrize("handout", ENGLISH, ids=lambda each: each.id)
def test_each_english_handout_has_a_sound_record(handout: PatientHandout) -> None:
    assert quality_scores(handout, LIBRARY) is not None


def test_no_record_is_wrong() -> None:
    assert [each for each in quality_problems(LIBRARY) if each.severity == "error"] == []


@pytest.mark.parametrize("handout", ENGLISH, ids=lambda each: each.id)
def test_what_no_reader_was_asked_is_at_most_adequate(handout: PatientHandout) -> None:
    scores = LIBRARY.quality[handout.id].value.scores
    assert all(scores[each].score in {0, 1, "not applicable"} for each in UNTESTED)
    assert "not tested with readers" in scores["sam-21"].reason
