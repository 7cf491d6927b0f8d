"""Names of files, ids, references and people: what can't be one is told, and lends nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.projects import ROOT, Project

TRIAL = "content/trials/made-up/trial.yaml"
SHEET = "content/patient/made-up-sheet/en.md"
FACTS = "content/facts/safety.yaml"
CLINIC = "content/clinics/default.yaml"
GLOSSARY = "content/glossary/en.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(ROOT / "tests" / "small_project", tmp_path / "project")
    return Project(tmp_path / "project")


@pytest.mark.parametrize("name", ["made-up.alive", "Safety", "..", "a b"])
def test_a_file_whose_name_is_no_id_is_refused(project: Project, name: str) -> None:
    found = project.copy(FACTS, f"content/facts/{name}.yaml").run("check")
    assert f"content/facts/{name}.yaml: error: `{name}` can't be an id [bad-id]" in found.stderr
    assert found.exit_code == 1


def test_a_quantity_can_not_take_the_address_of_a_result(project: Project) -> None:
    found = project.replace(TRIAL, "  dose: {what", "  alive.drug: {what").run("check")
    assert "wrong-value" in found.codes


@pytest.mark.parametrize("arm", ["at", "difference", "ratio"])
def test_an_arm_can_not_take_the_address_of_another_fact(project: Project, arm: str) -> None:
    text = project.text(TRIAL).replace("id: drug", f"id: {arm}").replace("drug:", f"{arm}:")
    assert "wrong-value" in project.write(TRIAL, text).run("check").codes


def test_two_documents_can_not_share_a_reference(project: Project) -> None:
    found = project.copy(SHEET, "content/patient/another/en.md").run("check")
    assert "duplicate-reference" in found.codes


@pytest.mark.parametrize("number", ["call me maybe", "", "x", "555-0100 javascript:alert(1)"])
def test_a_phone_number_can_be_dialled(project: Project, number: str) -> None:
    found = project.replace(CLINIC, "day: {number: write-in}", f'day: {{number: "{number}"}}')
    assert found.run("check").codes == ["wrong-value"]


@pytest.mark.parametrize("number", ["112", "+44 113 496 0007", "(555) 555-0100"])
def test_real_phone_numbers_are_taken(project: Project, number: str) -> None:
    found = project.replace(CLINIC, "day: {number: write-in}", f'day: {{number: "{number}"}}')
    assert found.run("check").exit_code == 0


@pytest.mark.parametrize("name", ["38 of 100", "three", "a", " "])
def test_a_number_is_no_name(project: Project, name: str) -> None:
    found = project.replace(GLOSSARY, "names: [", f'names: ["{name}", ').run("check")
    assert "wrong-value" in found.codes


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\u2060", "\u200d", "\u202e"])
def test_signs_that_no_reader_sees_are_refused(project: Project, hidden: str) -> None:
    found = project.replace(SHEET, "Rest may help.", f"Th{hidden}ree may help.").run("check")
    assert "bad-character" in found.codes


def test_a_sentence_is_no_plain_count(project: Project) -> None:
    words = '{{ "38% of all people live 20 years longer" | plain }}'
    found = project.replace(SHEET, "Rest may help.", words).run("check")
    assert "broken-reference" in found.codes


def test_a_file_that_nothing_reads_is_told(project: Project) -> None:
    found = project.copy(FACTS, "content/facts/more.yml").run("check", "--strict")
    assert found.codes == ["unused-file"]
    assert found.exit_code == 3


@pytest.mark.parametrize(
    ("approved", "next_review", "by"),
    [
        ("2999-01-01", "3000-01-01", "A. Nobody"),
        ("1066-01-01", "2028-01-01", "A. Nobody"),
        ("2026-11-20", "2026-11-20", "A. Nobody"),
        ("2026-11-20", "2028-01-01", " "),
    ],
    ids=["in the future", "before its facts", "over at once", "by nobody"],
)
def test_a_review_that_can_not_be_true_counts_for_nothing(
    project: Project, approved: str, next_review: str, by: str
) -> None:
    (document,) = project.run("review", "made-up-sheet", "--json").json
    review = (
        f'review: {{by: "{by}", role: tester, approved: {approved}, next_review: {next_review},'
        f' version: "0.1", fingerprint: {document["fingerprint"]}}}\n---\n\n::: main-points'
    )
    found = project.replace(SHEET, "---\n\n::: main-points", review).run("build")
    assert found.exit_code == 1
    assert not project.path("output/default/en/made-up-sheet/index.html").exists()
