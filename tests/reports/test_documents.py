"""What is said of each document."""

from __future__ import annotations

from dataclasses import replace

import yaml

from handouts.build.reports.codes import check_of, checks, explanations
from handouts.build.reports.documents import Finding, Score, Scores
from handouts.diagnostics import note
from handouts.models.edition import Paper
from tests.reports.libraries import (
    ERROR,
    NOTE,
    SOURCE,
    STRAY,
    WARNING,
    edition,
    full_library,
    library,
    report,
)
from tests.test_codes import PACKAGE


def test_every_code_belongs_to_a_check() -> None:
    meanings = {code: each.meaning for code, each in explanations().items()}
    assert meanings == yaml.safe_load((PACKAGE / "codes.yaml").read_text(encoding="utf-8"))
    assert check_of("text-lost") == "The page"
    assert not [each for each in checks() if len(each) > 40]
    assert check_of("a-code-of-tomorrow") not in checks()


def test_a_document_says_each_thing_once_with_the_editions_it_is_about() -> None:
    (document,) = full_library().documents
    assert document.findings == (
        Finding(NOTE, None),
        Finding(ERROR, (edition(Paper.LETTER),)),
        Finding(WARNING, None),
    )


def test_findings_stand_with_their_check_and_its_scores() -> None:
    (document,) = full_library().documents
    names = ["The page", "Review and clinics", "Plain language of patient handouts"]
    assert [each.name for each in document.checks] == names
    assert [each.score.text for each in document.checks[-1].scores] == ["9.5"]


def test_another_check_with_scores_is_shown_after_the_others() -> None:
    score = Score(name="Understandability", value=0.92, text="92%")
    one = report(edition())
    more = replace(one, scores=(*one.scores, Scores(check="PEMAT-P", scores=(score,))))
    (document,) = library(more, report(edition(Paper.LETTER))).documents
    assert document.checks[-1].name == "PEMAT-P"
    assert document.checks[-1].scores[0].editions == (edition(),)


def test_a_check_that_found_nothing_is_named_unless_it_may_not_have_been_reached() -> None:
    (document,) = library(report(edition(), NOTE)).documents
    assert "The page" in document.silent_checks
    assert "Review and clinics" not in document.silent_checks
    assert "Languages" not in document.silent_checks
    (broken,) = full_library().documents
    assert broken.silent_checks == ()


def test_what_lies_below_no_document_is_kept_apart() -> None:
    assert full_library().others == (STRAY,)


def test_languages_of_a_document_stand_together_the_source_first() -> None:
    about = [("b", "en"), ("a", "ar"), ("a", "en")]
    editions = [report(edition(name=name, language=language)) for name, language in about]
    found = [(e.edition.id, e.edition.language) for e in library(*editions).documents]
    assert found == [("a", "en"), ("a", "ar"), ("b", "en")]


def test_a_document_counts_what_is_said_of_it() -> None:
    two = note("draft", "also", path=SOURCE)
    (document,) = library(report(edition(), NOTE, two)).documents
    assert document.count(NOTE.severity) == 2
