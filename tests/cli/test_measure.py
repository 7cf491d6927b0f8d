"""``handouts measure``: how patient handouts read, as a table or as JSON."""

from __future__ import annotations

from tests.cli.test_lazy import DRAWS, imported
from tests.projects import PATIENT, Project

NAME = "her2climb-stops-working"


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


def test_it_does_not_draw(project: Project) -> None:
    assert not imported(project, "measure") & DRAWS
