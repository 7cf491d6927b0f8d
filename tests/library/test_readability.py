"""Our handouts read as the standard asks; the table of how they read is kept beside this file."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.checks.plain_language import measured
from handouts.cli.commands import run
from handouts.loading.library import load_library
from handouts.loading.written import PatientHandout
from tests.golden import Golden
from tests.projects import ROOT

LIBRARY = load_library(ROOT / "content", ROOT)
HEAD = (
    "How our patient handouts read: `handouts measure`, kept by"
    " `pytest tests/library/test_readability.py --update-golden`.\n\n"
)
ENGLISH = [each for each in LIBRARY.handouts.values() if each.language == "en"]


def test_the_table_is_what_the_command_prints(
    golden: Golden, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["measure", "--content", str(ROOT / "content")]) == 0
    table = HEAD + capsys.readouterr().out
    Golden(Path(__file__).parent, golden.update).check("readability.md", table)


@pytest.mark.parametrize("handout", ENGLISH, ids=lambda each: each.id)
def test_an_english_handout_is_within_the_limits_of_the_standard(handout: PatientHandout) -> None:
    found = measured(handout, LIBRARY)
    assert found is not None
    assert found.grade_raw is not None
    assert found.grade_raw <= 8
    assert found.grade_protected is not None
    assert found.grade_protected <= 6
    assert found.mean <= 12
    assert found.longest <= 25
