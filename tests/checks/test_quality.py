"""Quality sheets: what is wrong with a record is told at its line; the scores follow the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.checks.quality import quality_problems, quality_scores
from handouts.checks.quality_items import quality_items
from handouts.checks.quality_scores import Decided, QualityScores, scores_of
from handouts.diagnostics import Diagnostic
from handouts.loading.library import Library
from handouts.loading.staleness import mark_of
from tests.loading.small import SHEET, library_of, small_project
from tests.projects import Project

RECORD = "content/patient/made-up-sheet/quality.yaml"
KEY = ("made-up-sheet", "en")
HEAD = """assessed_by: the authors; not independent raters
assessed: 2026-11-25
words: "{mark}"
audience: nobody
literacy: not known
objective: to test
main_message: This sheet is made up.
scores:
"""
HEAD_LINES = HEAD.count("\n")
FOR_PEOPLE = [each for each in quality_items() if each.is_for_people]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The small project with a record that gives each item the best score."""
    found = small_project(tmp_path)
    mark = mark_of(library_of(found).handouts[KEY])
    lines = (f"  {each.id}: {{score: {max(each.scale)}, reason: so it is}}" for each in FOR_PEOPLE)
    return found.write(RECORD, HEAD.format(mark=mark) + "\n".join(lines) + "\n")


def problems(project: Project) -> list[Diagnostic]:
    library = library_of(project)
    found = [*library.problems, *quality_problems(library)]
    return [each for each in found if not each.code.startswith("quality-score")]


def scores(project: Project) -> QualityScores:
    library: Library = library_of(project)
    found = quality_scores(library.handouts[KEY], library)
    assert found is not None
    return found


def test_a_sound_record_has_no_problems(project: Project) -> None:
    assert problems(project) == []


def test_a_handout_without_a_record_gets_a_note(project: Project) -> None:
    (only,) = problems(project.remove(RECORD))
    assert (only.severity, only.code, only.path) == ("note", "no-quality-sheet", SHEET)


def test_a_missing_item_is_told(project: Project) -> None:
    project.replace(RECORD, "  pemat-2: {score: 1, reason: so it is}\n", "")
    (only,) = problems(project)
    assert (only.severity, only.code, only.path) == ("error", "missing-quality-item", RECORD)
    assert "`pemat-2` (nothing leads away from its purpose) has no score" in only.message


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("pemat-2: {score: 2, reason: so it is}", "score-off-scale", "one of 0, 1, not 2"),
        ("pemat-2: {score: not applicable, reason: so it is}", "score-off-scale", "always applies"),
        ("pemat-5: {score: 1, reason: so it is}", "program-decides", "decided by the program"),
        ("pemat-13: {score: 1, reason: so it is}", "unknown-quality-item", "no item `pemat-13`"),
        ("pemat-2: {score: 3, reason: so it is}", "score-off-scale", "one of 0, 1, not 3"),
        ("pemat-2: {score: true, reason: so it is}", "wrong-type", "`score` must be a whole"),
        ("pemat-2: {score: 1}", "missing-field", "field `reason` is missing"),
        ("pemat-2: {score: 1, reason: ''}", "wrong-value", "3 or more characters"),
    ],
)
def test_a_wrong_score_is_told_at_its_line(
    project: Project, line: str, code: str, said: str
) -> None:
    project.replace(RECORD, "pemat-2: {score: 1, reason: so it is}", line)
    found = [each for each in problems(project) if each.code != "missing-quality-item"]
    assert [(each.severity, each.code, each.path) for each in found] == [("error", code, RECORD)]
    assert found[0].line == HEAD_LINES + 2
    assert said in found[0].message


def test_nobody_else_can_be_named_as_the_rater(project: Project) -> None:
    project.replace(RECORD, "the authors; not independent raters", "two independent raters")
    (only,) = problems(project)
    assert (only.code, only.line) == ("wrong-value", 1)


def test_a_broken_record_stops_no_handout(project: Project) -> None:
    done = project.write(RECORD, "scores: [").run("check")
    assert "yaml-syntax" in done.codes
    assert "no-quality-sheet" not in project.run("check", "-v").codes
    assert "0 failed" in done.stdout


def test_a_named_handout_is_checked_with_its_record(project: Project) -> None:
    project.replace(RECORD, "pemat-2: {score: 1", "pemat-2: {score: 2")
    done = project.run("check", "made-up-sheet")
    assert (done.codes, done.exit_code) == (["score-off-scale"], 1)
    assert project.run("check", "made-up").codes == []


def test_a_record_of_other_words_is_stale(project: Project) -> None:
    assert not scores(project).is_stale
    project.replace(SHEET, "Rest may help.", "Rest can help.")
    (only,) = problems(project)
    assert (only.severity, only.code) == ("note", "stale-quality-sheet")
    assert only.line == 3
    assert mark_of(library_of(project).handouts[KEY]) in (only.hint or "")
    assert scores(project).is_stale
    assert "the words have changed since" in scores(project).told


def test_scores_say_whose_they_are(project: Project) -> None:
    found = scores(project)
    assert found.told.startswith("self-assessed: PEMAT-P understandability ")
    assert "the program decided 34 of 66 items, the authors the others" in found.told
    assert (found.by_program, found.by_authors) == (34, 32)


def test_a_low_score_is_a_warning_and_says_that_it_is_self_assessed(project: Project) -> None:
    text = project.text(RECORD)
    project.write(RECORD, text.replace("score: 1", "score: 0").replace("score: 2", "score: 0"))
    found = list(quality_problems(library_of(project)))
    assert {each.code for each in found} == {"quality-score"}
    assert all(each.severity == "warning" for each in found)
    assert all("self-assessed" in each.message for each in found)
    assert all("the program decided 34 of 66 items" in each.message for each in found)
    assert len(found) == 4


def decided(**given: int | None) -> list[Decided]:
    """All items at their best, but those given; ``pemat_2`` is ``pemat-2``."""
    changed = {name.replace("_", "-"): score for name, score in given.items()}
    return [
        Decided(each, changed.get(each.id, max(each.scale)), "so it is") for each in quality_items()
    ]


def result(**given: int | None) -> QualityScores:
    return scores_of("a-sheet", decided(**given), is_stale=False)


def test_the_best_scores_are_a_hundred() -> None:
    best = result()
    assert (best.understandability, best.actionability, best.cdc, best.sam) == (100, 100, 100, 100)


def test_pemat_has_a_score_for_each_domain() -> None:
    found = result(pemat_1=0, pemat_20=0)
    assert found.understandability == pytest.approx(100 * 16 / 17)
    assert found.actionability == pytest.approx(100 * 6 / 7)
    assert (found.cdc, found.sam) == (100, 100)


def test_what_does_not_apply_does_not_count() -> None:
    found = result(pemat_1=0, pemat_6=None, pemat_24=None, pemat_20=0, cdc_20=None, cdc_5=0)
    assert found.understandability == pytest.approx(100 * 15 / 16)
    assert found.actionability == pytest.approx(100 * 5 / 6)
    assert found.cdc == pytest.approx(100 * 18 / 19)


def test_without_a_main_message_the_next_three_items_are_no() -> None:
    found = result(cdc_1=0)
    assert found.cdc == pytest.approx(100 * 16 / 20)
    zero = [each.item.id for each in found.items if each.score == 0]
    assert zero == ["cdc-1", "cdc-2", "cdc-3", "cdc-4"]
    assert result(cdc_5=0).cdc == pytest.approx(95)


def test_sam_counts_adequate_as_half() -> None:
    assert result(sam_1=1, sam_2=0, sam_10=None).sam == pytest.approx(100 * 39 / 42)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("by, ", "", None), ("decided_by: people}", "decided_by: nobody}", "wrong-value"),
     ("{number: 2, words: nothing", "{number: 1, words: nothing", "wrong-value"),
     ("scale: [0, 1]", "scale: [0, one]", "wrong-type")],
)  # fmt: skip
def test_the_table_is_read_strictly(tmp_path: Path, old: str, new: str, code: str | None) -> None:
    from handouts.checks import quality_items as table
    from handouts.checks.quality_items import Instruments
    from handouts.diagnostics import InvalidInput
    from handouts.loading.records import validate
    from handouts.loading.strict_yaml import parse_yaml

    text = Path(table.__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    changed = text.replace(old, new, 1)
    document = parse_yaml(changed, "quality_items.yaml")
    if code is None:
        assert validate(document, Instruments, "quality_items.yaml")
        return
    assert changed != text
    with pytest.raises(InvalidInput) as found:
        validate(document, Instruments, "quality_items.yaml")
    assert {each.code for each in found.value.diagnostics} == {code}
