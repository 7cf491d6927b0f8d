"""The commands that look into a library: list, trace, review, doctor. And clean."""

from __future__ import annotations

import re
import sys

import pytest

from tests.projects import PATIENT, TRIAL, TRIAL_PDF, Project

doctor = sys.modules["handouts.cli.doctor"]


def numbers(project: Project, name: str) -> dict[str, dict[str, object]]:
    done = project.run("trace", name, "--json")
    assert done.exit_code == 0, done.stderr
    return {each["fact"]: each for each in done.json[0]["numbers"]}


class TestList:
    def test_it_names_every_document(self, project: Project) -> None:
        lines = project.run("list").stdout.splitlines()
        assert [line.split()[:5] for line in lines] == [
            ["her2climb", "trial", "en", "0.1", "draft"],
            ["her2climb-stops-working", "patient", "en", "0.1", "draft"],
        ]

    def test_json_has_the_same(self, project: Project) -> None:
        found = project.run("list", "--json").json
        assert [each["id"] for each in found] == ["her2climb", "her2climb-stops-working"]
        assert found[0]["path"] == TRIAL

    def test_a_document_with_errors_is_listed_too(self, project: Project) -> None:
        done = project.replace(PATIENT, "kind: patient", "kind: [patient").run("list")
        assert (done.exit_code, "has errors" in done.stdout) == (0, True)


class TestTrace:
    def test_a_number_has_its_fact_its_source_and_its_line(self, project: Project) -> None:
        found = numbers(project, "her2climb")["her2climb.pfs.ratio"]
        line = project.text(TRIAL).splitlines().index("    effect: {measure: hazard ratio, value: 0.54, ci: [0.42, 0.71], p: <0.001}")  # fmt: skip # noqa: E501
        assert found["value"] == "0.54"
        assert found["interval"] == ["0.42", "0.71"]
        assert found["sources"] == ["H2C-2020", "H2C-FDA", "H2C-HCP", "PDQ"]
        assert (found["seen"], found["via"]) == ("abstract", [])
        assert (found["role"], found["population"]) == ("primary", "first-480")
        assert found["data_cutoff"] == "2019-09-04"
        assert found["place"] == f"{TRIAL}:{line + 1}"

    def test_a_computed_number_names_what_it_was_computed_from(self, project: Project) -> None:
        found = numbers(project, "her2climb")["her2climb.pfs.difference"]
        assert found["computed_from"] == ["her2climb.pfs.tucatinib", "her2climb.pfs.placebo"]
        assert found["method"]

    def test_words_name_the_statements_they_rest_on(self, project: Project) -> None:
        done = project.run("trace", "her2climb-stops-working", "--json")
        statements = {each["fact"]: each for each in done.json[0]["statements"]}
        assert statements["resistance.egfr"]["unverified"] is True
        assert statements["resistance.l755s"]["unverified"] is False

    def test_a_trial_page_rests_on_the_sentences_of_its_record(self, project: Project) -> None:
        done = project.run("trace", "her2climb", "--json")
        places = {each["fact"]: each["place"] for each in done.json[0]["statements"]}
        assert places["her2climb.funding"].startswith(f"{TRIAL}:")

    def test_for_people_it_says_the_same_in_words(self, project: Project) -> None:
        done = project.run("trace", "her2climb-stops-working")
        assert "33 of 100" in done.stdout.replace("\u00a0", " ")
        assert "resistance.egfr  NOT VERIFIED" in done.stdout
        assert "0 numbers with nothing behind them" in done.stdout

    def test_a_number_with_nothing_behind_it_is_named(self, project: Project) -> None:
        project.replace(PATIENT, "Ask what could come next.", "Ask 12 people.")
        done = project.run("trace", "her2climb-stops-working", "--json")
        assert done.exit_code == 1
        assert "`12`" in done.json[0]["uncovered"][0]["message"]


class TestReview:
    def test_it_prints_what_to_sign(self, built: Project) -> None:
        fingerprint = built.documents[TRIAL_PDF]["fingerprint"]
        done = built.run("review", "her2climb")
        assert "state: draft, version 0.1" in done.stdout
        assert f"  fingerprint: {fingerprint}\n" in done.stdout
        assert re.search(r"^  by: +# ", done.stdout, re.MULTILINE)

    def test_what_was_signed_counts(self, built: Project) -> None:
        block = built.run("review", "her2climb").stdout.partition("review:\n")[2]
        block = re.sub(r"by: .*", "by: A. Test", block)
        block = re.sub(r"role: .*", "role: oncologist", block)
        block = re.sub(r"next_review: .*", "next_review: 2999-01-01", block)
        built.write(TRIAL, f"{built.text(TRIAL)}\nreview:\n{block}")
        assert built.run("review", "her2climb", "--json").json[0]["state"] == "reviewed"
        assert built.build().exit_code == 0
        assert built.documents[TRIAL_PDF]["review_state"] == "reviewed"
        assert built.run("list").stdout.splitlines()[0].split()[4] == "signed"

    def test_it_works_where_drafts_may_not_be_built(self, project: Project) -> None:
        project.replace("content/project.yaml", "allow_draft: true", "allow_draft: false")
        assert project.run("review", "her2climb").exit_code == 0


class TestDoctor:
    def test_it_finds_everything_here(self, project: Project) -> None:
        done = project.run("doctor", "--json")
        assert done.exit_code == 0
        found = {each["name"]: each["found"] for each in done.json}
        assert re.search(r"\d+\.\d+", found["libpango-1.0"])
        assert "SourceSans3-Regular.ttf" in found["fonts"]
        assert all(each["good"] for each in done.json)

    def test_it_needs_no_project(self, project: Project) -> None:
        assert project.remove("content").run("doctor").exit_code == 0

    def test_it_names_the_folder_that_cannot_be_written(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reasons = {project.root.name: "Permission denied"}
        monkeypatch.setattr(doctor, "_unwritable", lambda folder: reasons.get(folder.name))
        done = project.run("doctor", "--json")
        bad = {each["name"]: each["hint"] for each in done.json if not each["good"]}
        assert done.exit_code == 4
        assert set(bad) == {"output folder", "cache folder"}
        assert "chown -R" in bad["output folder"]

    def test_it_knows_a_folder_that_is_none(self, project: Project) -> None:
        assert doctor._unwritable(project.path("content/project.yaml")) is not None
        assert doctor._unwritable(project.root) is None

    def test_a_font_that_is_damaged_counts_as_missing(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        project.write("styles/fonts/SourceSans3-Regular.ttf", "no font")
        monkeypatch.setattr(doctor, "builtin_folder", project.path)
        done = project.run("doctor")
        assert done.exit_code == 4
        assert "missing or damaged" in done.stderr


class TestClean:
    def test_it_removes_what_builds_have_made_and_nothing_else(self, built: Project) -> None:
        built.write("output/mine.txt", "mine").write("output/default/en/mine.txt", "mine")
        assert built.run("clean").exit_code == 0
        assert set(built.published) == {"mine.txt", "default/en/mine.txt"}
        assert not (built.root / ".cache" / "handouts" / "builds").exists()

    def test_a_build_after_it_gives_the_same(self, built: Project) -> None:
        before = built.published
        built.run("clean")
        assert len(built.build().made) == 2
        assert built.published == before

    def test_cleaning_twice_is_no_error(self, built: Project) -> None:
        built.run("clean")
        assert built.run("clean").exit_code == 0

    def test_other_caches_stay(self, built: Project) -> None:
        built.write(".cache/other/file", "mine").run("clean")
        assert built.path(".cache/other/file").exists()
