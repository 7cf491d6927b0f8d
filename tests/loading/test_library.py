from __future__ import annotations

from pathlib import Path

import pytest

from handouts.diagnostics import InvalidInput
from handouts.loading.files import shown_path
from handouts.loading.library import load_library
from handouts.models.clinic import WRITE_IN
from tests.loading.small import (
    CLINIC,
    FACTS,
    SETTINGS,
    SHEET,
    SOURCES,
    TRIAL,
    library_of,
    problems_of,
    small_project,
)
from tests.projects import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path)


class TestALibrary:
    def test_it_holds_every_record_by_its_name(self, project: Project) -> None:
        library = library_of(project)
        assert library.problems == ()
        assert library.failed == frozenset()
        assert library.project.value.title == "Made-up library"
        assert set(library.trials) == {"made-up"}
        assert set(library.facts) == {"safety"}
        assert set(library.clinics) == {"default"}
        assert set(library.glossaries) == {"en"}
        assert set(library.handouts) == {("made-up-sheet", "en")}
        assert set(library.sources) == {"MADE-UP-1"}

    def test_it_knows_the_facts_of_all_records(self, project: Project) -> None:
        book = library_of(project).book
        assert {"made-up.alive.drug", "safety.fever", "safety.call"} <= set(book.names())
        assert book.broken == frozenset()

    def test_paths_are_shown_relative_to_the_project(self, project: Project) -> None:
        library = library_of(project)
        assert library.trials["made-up"].path == TRIAL
        assert library.handouts["made-up-sheet", "en"].path == SHEET
        assert {fact.path for fact in library.book} == {TRIAL, FACTS}

    def test_every_value_knows_its_place(self, project: Project) -> None:
        line, column = library_of(project).trials["made-up"].place(("arms", 0, "randomised"))
        text = project.text(TRIAL).splitlines()[line - 1]
        assert text[column - 1 :] == "200"

    def test_it_has_a_list_of_names_with_digits(self, project: Project) -> None:
        library = library_of(project)
        assert {"MADE-UP", "NCT00000000"} <= set(library.names("en"))
        assert set(library.names("fr")) == {"MADE-UP", "NCT00000000"}

    def test_a_handout_may_have_several_languages(self, project: Project) -> None:
        project.copy(SHEET, SHEET.replace("en.md", "es.md"))
        assert set(library_of(project).handouts) == {
            ("made-up-sheet", "en"),
            ("made-up-sheet", "es"),
        }
        assert [each.rpartition(" ")[2] for each in problems_of(project)] == ["stale-translation"]

    def test_an_empty_project_is_an_empty_library(self, project: Project) -> None:
        for folder in ("trials", "facts", "clinics", "glossary", "patient"):
            project.remove(f"content/{folder}")
        library = library_of(project)
        assert library.problems == ()
        assert not library.trials
        assert not library.book.facts


class TestABrokenFile:
    def test_it_leaves_the_others(self, project: Project) -> None:
        project.write(TRIAL, "kind: [")
        library = library_of(project)
        assert library.failed == {TRIAL}
        assert library.trials == {}
        assert set(library.facts) == {"safety"}
        assert set(library.handouts) == {("made-up-sheet", "en")}
        assert library.book.is_broken("made-up.alive.drug")
        assert not library.book.is_broken("safety.fever")

    @pytest.mark.parametrize("file", [TRIAL, FACTS, SHEET, CLINIC, SOURCES])
    def test_it_is_named(self, project: Project, file: str) -> None:
        project.write(file, "a: [")
        library = library_of(project)
        assert library.failed == {file}
        assert {each.path for each in library.problems} == {file}

    def test_a_file_of_facts_may_have_any_name(self, project: Project) -> None:
        project.write("content/facts/my-trial.yaml", "a: [")
        book = library_of(project).book
        assert book.broken == {"my-trial"}

    def test_a_folder_without_its_record_is_named(self, project: Project) -> None:
        project.path("content/trials/empty").mkdir()
        assert problems_of(project) == ["content/trials/empty/trial.yaml:- missing-file"]

    def test_broken_settings_stop_everything(self, project: Project) -> None:
        project.write(SETTINGS, "title: 1")
        with pytest.raises(InvalidInput) as caught:
            library_of(project)
        assert {each.path for each in caught.value.diagnostics} == {SETTINGS}
        assert "missing-field" in {each.code for each in caught.value.diagnostics}


class TestProblems:
    def test_those_of_all_files_are_collected(self, project: Project) -> None:
        project.replace(FACTS, "value: 38", "valeu: 38")
        project.replace(TRIAL, "randomised_total: 300", "randomised_total: 301")
        project.replace(SHEET, "::: questions", "::: quetsions")
        project.replace(CLINIC, "night: {number: write-in}\n", "")
        assert {each.rpartition(" ")[2] for each in problems_of(project)} == {
            "unknown-key",
            "missing-field",
            "arms-do-not-add-up",
            "unknown-component",
            "missing-component",
            "no-night-instruction",
        }

    def test_a_trial_that_contradicts_itself_lends_no_fact(self, project: Project) -> None:
        project.replace(TRIAL, "randomised_total: 300", "randomised_total: 301")
        library = library_of(project)
        assert library.trials == {}
        assert library.book.is_broken("made-up.alive.drug")

    def test_a_source_nobody_listed_is_told_where_it_is_named(self, project: Project) -> None:
        project.replace(TRIAL, "funding: {text: Nobody., sources: [MADE-UP-1]",
                        "funding: {text: Nobody., sources: [MADE-UP-2]")  # fmt: skip
        library = library_of(project)
        (problem,) = library.problems
        assert problem.code == "unknown-source"
        assert "MADE-UP-2" in project.text(TRIAL).splitlines()[(problem.line or 0) - 1]
        assert problem.hint == "did you mean `MADE-UP-1`?"

    def test_so_is_the_citation_of_a_trial(self, project: Project) -> None:
        project.replace(TRIAL, "citation: MADE-UP-1", "citation: ELSEWHERE")
        assert [each.code for each in library_of(project).problems] == ["unknown-source"]

    def test_a_fact_without_a_source_is_told(self, project: Project) -> None:
        project.replace(FACTS, "sources: [MADE-UP-1], seen: abstract", "seen: abstract")
        assert [each.code for each in library_of(project).problems] == ["no-source"]

    def test_without_a_list_of_sources_only_that_is_told(self, project: Project) -> None:
        project.write(SOURCES, "a: [")
        assert {each.partition(":")[0] for each in problems_of(project)} == {SOURCES}

    @pytest.mark.parametrize(
        "other", ["content/facts/made-up.yaml", "content/patient/made-up/en.md"]
    )
    def test_an_id_stands_for_one_record(self, project: Project, other: str) -> None:
        project.copy(FACTS if other.endswith(".yaml") else SHEET, other)
        (problem,) = (e for e in library_of(project).problems if e.code == "duplicate-id")
        assert problem.path == other
        assert problem.message == f"`made-up` is also the id of {TRIAL}"

    def test_languages_of_one_handout_share_its_id(self, project: Project) -> None:
        project.copy(SHEET, "content/patient/safety/en.md")
        project.copy(SHEET, "content/patient/safety/es.md")
        codes = [each.code for each in library_of(project).problems]
        assert codes.count("duplicate-id") == 1


class TestClinics:
    def test_lines_to_write_on_are_phones_too(self, project: Project) -> None:
        clinic = library_of(project).clinics["default"].value
        assert clinic.day.number == WRITE_IN
        assert clinic.day.is_written_in

    def test_one_has_a_phone_for_the_night_or_says_what_to_do(self, project: Project) -> None:
        project.replace(CLINIC, "night: {number: write-in}\n", "")
        (problem,) = library_of(project).problems
        assert (problem.code, problem.path) == ("no-night-instruction", CLINIC)
        project.replace(CLINIC, "name:", "night_instruction: Go to the hospital.\nname:")
        assert problems_of(project) == []


def test_a_path_outside_of_the_project_is_shown_whole() -> None:
    assert shown_path(Path("/a/b/c.yaml"), Path("/a")) == "b/c.yaml"
    assert shown_path(Path("/a/b/c.yaml"), Path("/d")) == "/a/b/c.yaml"


def test_a_folder_without_settings_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="missing-file"):
        load_library(tmp_path, tmp_path)
