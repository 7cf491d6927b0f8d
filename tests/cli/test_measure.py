"""``handouts measure``: how patient handouts read, as a table or as JSON."""

from __future__ import annotations

from tests.cli.test_lazy import DRAWS, imported
from tests.projects import PATIENT, Project

NAME = "her2climb-stops-working"
QUALITY = f"content/patient/{NAME}/quality.yaml"


def cells(line: str) -> list[str]:
    return [each.strip() for each in line.strip("|\n").split("|")]


def test_each_handout_has_a_row(project: Project) -> None:
    done = project.with_handout("another").run("measure")
    head, rule, *rows = done.stdout.splitlines()
    assert cells(head)[:4] == ["Document", "Language", "Words", "Sentences"]
    assert set(rule) == set("|-: ")
    assert [cells(row)[:2] for row in rows] == [["another", "en"], [NAME, "en"]]
    assert cells(rows[0])[2:] == cells(rows[1])[2:]
    assert done.exit_code == 0


def test_json_has_the_same_numbers(project: Project) -> None:
    (row,) = project.run("measure", NAME, "--json").json
    shown = cells(project.run("measure", NAME).stdout.splitlines()[-1])
    assert [row["document"], row["language"]] == shown[:2]
    assert [f"{row[each]:.1f}" for each in ("grade_raw", "grade_protected", "smog")] == shown[6:9]
    assert row["grade_protected"] < row["grade_raw"]
    assert row["inflesz"] is None


def test_a_longer_sentence_is_measured(project: Project) -> None:
    changed = project.replace(PATIENT, "Tests do not always find it.", "Tests, tests " * 20 + ".")
    (row,) = changed.run("measure", "--json").json
    assert row["longest"] == 40


def test_what_is_not_there_is_named(project: Project) -> None:
    done = project.run("measure", "her2climb-stop-working", "--lang", "xx")
    assert done.codes == ["unknown-document", "unknown-language"]
    assert f"did you mean `{NAME}`?" in done.stderr
    assert done.exit_code == 2


class TestQuality:
    """``measure --quality``: scores that say whose they are."""

    def test_each_english_handout_has_a_row_and_a_handout_without_a_record_has_none(
        self, project: Project
    ) -> None:
        done = project.with_handout("another").run("measure", "--quality")
        head, _, table = done.stdout.partition("\n\n")
        assert head.startswith("Self-assessed, not rated by independent people")
        assert "The program decided 34 of 66 items" in head
        rows = [cells(line) for line in table.splitlines() if line.startswith("|")]
        assert rows[0][:3] == [
            "Document",
            "PEMAT-P understandability",
            "PEMAT-P actionability",
        ]
        assert rows[2] == ["another", *"––––––"]
        assert rows[3][0] == NAME
        assert rows[3][5:] == ["34", "32"]
        assert "there is no `quality.yaml`" in table
        assert done.exit_code == 0

    def test_a_named_handout_is_told_item_by_item(self, project: Project) -> None:
        done = project.run("measure", "--quality", NAME)
        assert f"## {NAME}, self-assessed" in done.stdout
        assert "by the authors; not independent raters." in done.stdout
        rows = [cells(line) for line in done.stdout.splitlines() if line.startswith("|")]
        told = [row for row in rows if len(row) == 6 and row[0].isdigit()]
        assert len(told) == 24 + 20 + 22
        assert {row[3] for row in told} == {"program", "authors"}
        assert all(row[4] and row[5] for row in told)

    def test_json_has_the_same_scores(self, project: Project) -> None:
        (row,) = project.run("measure", "--quality", NAME, "--json").json
        shown = project.run("measure", "--quality").stdout
        assert row["assessment"] == "self-assessed; not independent raters"
        assert f"{row['scores']['cdc']:.1f} of 100" in shown
        assert f"{row['scores']['sam']:.1f}%" in shown
        assert len(row["scores"]["items"]) == 66

    def test_words_that_changed_since_are_told(self, project: Project) -> None:
        changed = project.replace(PATIENT, "Tests do not always find it.", "Tests may miss it.")
        said = changed.run("measure", "--quality").stdout
        assert f"The words have changed since their authors judged them: {NAME}." in said

    def test_a_wrong_record_is_told_with_its_line(self, project: Project) -> None:
        done = project.replace(QUALITY, "pemat-2: {score: 1", "pemat-2: {score: 2").run(
            "measure", "--quality"
        )
        assert done.codes == ["score-off-scale"]
        assert done.stderr.startswith(f"{QUALITY}:")
        assert done.exit_code == 1


def test_it_does_not_draw(project: Project) -> None:
    assert not imported(project, "measure") & DRAWS
    assert not imported(project, "measure", "--quality") & DRAWS
