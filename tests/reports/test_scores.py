"""Which scores the reports show of a document."""

from __future__ import annotations

from handouts.build.reports.codes import checks
from handouts.build.reports.scores import scores_of
from handouts.loading.library import load_library
from tests.projects import ROOT

LIBRARY = load_library(ROOT / "content", ROOT)
QUALITY = "Quality of handouts, self-assessed"


def scores(language: str) -> dict[str, list[str]]:
    """Texts of the scores of a handout, by check."""
    handout = LIBRARY.handouts["her2climb-stops-working", language]
    found = scores_of(handout, LIBRARY)
    return {each.check: [score.text for score in each.scores] for each in found}


def test_an_english_handout_has_scores_of_its_quality_that_say_whose_they_are() -> None:
    found = scores("en")
    assert len(found[QUALITY]) == 5
    assert found[QUALITY][-1] == "34 of 66"
    assert set(found) <= set(checks())


def test_a_translation_has_none() -> None:
    assert QUALITY not in scores("es")
