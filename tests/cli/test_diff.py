"""``handouts diff``: what differs between two builds."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.projects import PATIENT, PATIENT_PDF, PATIENT_TWIN, TRIAL, TRIAL_PDF, Project, Run

RATIO = ("{measure: hazard ratio, value: 0.54,", "{measure: hazard ratio, value: 0.55,")
WORDS = ("Ask what could come next.", "Ask your team what could come next.")


@pytest.fixture
def two(built: Project) -> Project:
    """A project with its build kept in `old/`."""
    shutil.copytree(built.output, built.root / "old")
    return built


def compared(project: Project, *arguments: str) -> Run:
    return project.run("diff", "old", "output", *arguments)


class _Outline(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.alts: list[str | None] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if tag == "img":
            self.alts.append(given.get("alt"))
        self.addresses += [given[name] or "" for name in ("src", "href") if name in given]


class TestFolders:
    def test_the_same_build_twice_is_said_to_be_the_same(self, two: Project) -> None:
        done = compared(two)
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout.startswith("no difference: 2 documents the same, byte by byte\n")
        assert "There are none" in two.text("diff.html")

    def test_a_changed_fact_is_named_with_its_document_page_and_words(self, two: Project) -> None:
        assert two.replace(TRIAL, *RATIO).build().exit_code == 0
        done = compared(two)
        assert done.exit_code == 5
        line = next(each for each in done.stdout.splitlines() if TRIAL_PDF in each)
        assert line.startswith(f"changed: {TRIAL_PDF}: page 1; words in ")
        assert "page 1 “0.54” → “0.55”" in line
        assert "her2climb.pfs.ratio “0.54” → “0.55”" in line
        html = two.text("diff.html")
        assert re.search(r"<del>.*0\.54</del> <ins>.*0\.55</ins>", html)
        assert '<th scope="row">her2climb.pfs.ratio</th><td>0.54 / ' in html

    def test_json_has_the_same(self, two: Project) -> None:
        two.replace(TRIAL, *RATIO).build()
        found = compared(two, "--json").json
        assert (found["identical"], found["old"], found["new"]) == (False, "old", "output")
        (document,) = (each for each in found["documents"] if each["path"] == TRIAL_PDF)
        assert (document["kind"], [each["number"] for each in document["pages"]]) == (
            "changed",
            [1],
        )
        assert document["pages"][0]["boxes"]
        assert ("0.54", "0.55") in {(each["old"], each["new"]) for each in document["words"]}
        facts = {each["fact"]: (each["old"], each["new"]) for each in document["facts"]}
        old, new = facts["her2climb.pfs.ratio"]
        assert ("0.54" in old, "0.55" in new) == (True, True)
        assert "fingerprint" in {name for name, *_ in document["fields"]}

    def test_a_changed_word_is_no_fact(self, two: Project) -> None:
        two.replace(PATIENT, *WORDS).build()
        (document,) = compared(two, "--json").json["documents"]
        assert document["path"] == PATIENT_PDF
        assert ("", "your team") in {(each["old"], each["new"]) for each in document["words"]}
        assert document["facts"] == []

    def test_documents_that_came_and_went_are_listed(self, two: Project) -> None:
        two.with_handout("another").replace(
            "content/patient/another/en.md", "reference: HER2-PT-02", "reference: HER2-PT-99"
        ).remove("content/patient/her2climb-stops-working").build()
        other = PATIENT_PDF.replace("her2climb-stops-working", "another")
        done = compared(two)
        assert done.exit_code == 5
        lines = done.stdout.splitlines()
        assert f"added: {other}" in lines
        assert f"removed: {PATIENT_PDF}" in lines
        html = two.text("diff.html")
        assert "<h2>Documents that were added</h2>" in html
        assert "<h2>Documents that were removed</h2>" in html

    def test_a_style_changes_pixels_and_no_words(self, two: Project) -> None:
        two.write("styles/clinician.a4.css", _style(two) + "\nh1 { color: #123456 }\n").build()
        (document,) = compared(two, "--json").json["documents"]
        assert document["path"] == TRIAL_PDF
        assert (document["words"], document["facts"]) == ([], [])
        assert len(document["pages"][0]["boxes"]) >= 1
        assert "the words are the same" in compared(two).stdout

    def test_what_only_the_html_page_shows_differently_is_said(self, two: Project) -> None:
        two.replace(f"output/{PATIENT_TWIN}", "</main>", "<p>More.</p></main>")
        (document,) = compared(two, "--json").json["documents"]
        assert (document["pages"], document["words"]) == ([], [])
        assert [each["new"] for each in document["words_on_screen"]] == ["More."]

    def test_a_stylesheet_of_the_html_pages_counts_too(self, two: Project) -> None:
        two.write("output/assets/web.css", "p { color: red }")
        done = compared(two)
        assert (done.exit_code, done.stdout.splitlines()[0]) == (5, "changed: assets/web.css")

    def test_what_nobody_sees_is_said_to_be_that(self, two: Project) -> None:
        with (two.output / PATIENT_PDF).open("ab") as file:
            file.write(b"\n")
        assert "nothing that is seen" in compared(two).stdout


def _style(project: Project) -> str:
    from tests.projects import ROOT

    return (ROOT / "styles" / "clinician.a4.css").read_text(encoding="utf-8")


class TestPage:
    def test_it_needs_no_other_file_and_no_script(self, two: Project) -> None:
        two.replace(PATIENT, *WORDS).build()
        compared(two, "--output", "reports/what changed.html")
        outline = _Outline(two.text("reports/what changed.html"))
        assert "script" not in outline.tags
        assert "link" not in outline.tags
        assert all(each.startswith(("data:image/png;base64,", "#")) for each in outline.addresses)

    def test_it_can_be_read_without_seeing(self, two: Project) -> None:
        two.replace(PATIENT, *WORDS).build()
        compared(two)
        html = two.text("diff.html")
        outline = _Outline(html)
        levels = [int(tag[1]) for tag in outline.tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert len(outline.alts) >= 3
        assert all(outline.alts)
        assert len(set(outline.alts)) == len(outline.alts)
        assert html.count("<caption>") == outline.tags.count("table")

    def test_names_and_words_are_no_markup(self, two: Project) -> None:
        shutil.copytree(two.output, two.root / "<b>new")
        two.replace(f"<b>new/{PATIENT_TWIN}", "</main>", "<p>&lt;script&gt;</p></main>")
        two.run("diff", "old", "<b>new")
        html = two.text("diff.html")
        assert "&lt;b&gt;new" in html
        assert "&lt;script&gt;" in html
        assert not {"b", "script"} & set(_Outline(html).tags)

    def test_it_is_the_same_each_time(self, two: Project) -> None:
        two.replace(PATIENT, *WORDS).build()
        compared(two, "--output", "a.html")
        compared(two, "--output", "b.html")
        assert two.text("a.html") == two.text("b.html")


def git(project: Project, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
        cwd=project.root, check=True, capture_output=True,
    )  # fmt: skip


def committed(project: Project) -> Project:
    git(project, "add", "content")
    git(project, "commit", "-m", "x")
    return project


@pytest.fixture
def repository(project: Project) -> Project:
    """A project with one commit."""
    git(project, "init", "-q")
    return committed(project)


class TestRevisions:
    def test_two_commits(self, repository: Project) -> None:
        committed(repository.replace(TRIAL, *RATIO))
        repository.replace(PATIENT, *WORDS)  # not committed
        before = repository.text(PATIENT)
        done = repository.run("diff", "HEAD~1", "HEAD", "-j", "1", "--json")
        assert done.exit_code == 5
        (document,) = done.json["documents"]
        assert document["path"] == TRIAL_PDF
        fact = next(each for each in document["facts"] if each["fact"] == "her2climb.pfs.ratio")
        assert (fact["old_value"], fact["new_value"]) == ("0.54", "0.55")
        assert re.fullmatch(r"HEAD~1 \([0-9a-f]{10}\)", done.json["old"])
        assert repository.text(PATIENT) == before
        assert not repository.output.exists()

    def test_a_folder_and_a_commit(self, repository: Project) -> None:
        repository.replace(PATIENT, *WORDS).build()
        done = repository.run("diff", "HEAD", "output", "-j", "1")
        assert done.exit_code == 5
        assert "“your team”" in done.stdout
        assert TRIAL_PDF not in done.stdout

    def test_what_a_commit_can_not_build_is_not_called_removed(self, repository: Project) -> None:
        committed(repository.replace(PATIENT, "Ask what could come next.", "Ask 12 people."))
        done = repository.run("diff", "HEAD~1", "HEAD", "-j", "1")
        assert done.exit_code == 5
        assert f"not built: {PATIENT_PDF}: HEAD (" in done.stdout
        assert "can't build it: " in done.stdout
        assert re.search(rf"^[0-9a-f]{{10}}:{PATIENT}:\d+:\d+: error: ", done.stderr, re.MULTILINE)

    def test_what_neither_can_build_is_not_called_the_same(self, repository: Project) -> None:
        committed(repository.replace(PATIENT, "Ask what could come next.", "Ask 12 people."))
        done = repository.run("diff", "HEAD", "HEAD", "-j", "1")
        assert done.exit_code == 1
        assert "not compared: her2climb-stops-working.en.standard.a4: " in done.stdout

    def test_a_commit_without_a_project(self, repository: Project) -> None:
        git(repository, "commit", "--allow-empty", "-m", "x")
        git(repository, "rm", "-rq", "--cached", "content")
        git(repository, "commit", "-m", "none")
        done = repository.run("diff", "HEAD", "HEAD~1", "-j", "1")
        assert (done.exit_code, done.codes) == (2, ["no-project"])


class TestWrongUsage:
    @pytest.mark.parametrize("arguments", [[], ["old"], ["old", "output", "third"]])
    def test_two_names_are_needed(self, two: Project, arguments: list[str]) -> None:
        assert two.run("diff", *arguments).exit_code == 2

    def test_a_name_that_is_nothing(self, two: Project) -> None:
        done = two.run("diff", "old", "nothing-of-that-name")
        assert (done.exit_code, done.codes) == (2, ["unknown-revision"])
        assert not two.path("diff.html").exists()

    def test_a_name_like_an_option_of_git(self, two: Project) -> None:
        git(two, "init", "-q")
        done = two.run("diff", "--", "old", "--output=x")
        assert (done.exit_code, done.codes) == (2, ["unknown-revision"])

    def test_a_folder_without_a_manifest(self, two: Project) -> None:
        assert two.run("diff", "old", "content").codes == ["no-manifest"]

    def test_a_damaged_manifest(self, two: Project) -> None:
        two.write("old/manifest.json", "{")
        assert compared(two).codes == ["damaged-manifest"]

    def test_a_file_that_the_manifest_lists_is_gone(self, two: Project) -> None:
        two.remove(f"old/{PATIENT_PDF}")
        done = compared(two)
        assert (done.exit_code, done.codes) == (2, ["missing-file"])

    def test_a_file_that_is_no_pdf(self, two: Project) -> None:
        two.write(f"old/{PATIENT_PDF}", "no")
        done = compared(two)
        assert (done.exit_code, done.codes) == (2, ["damaged-pdf"])

    def test_the_page_can_not_be_a_folder(self, two: Project) -> None:
        assert compared(two, "--output", "old").exit_code == 2
        assert json.loads(two.text("old/manifest.json"))


def test_folders_are_compared_without_drawing_and_without_a_project(two: Project) -> None:
    from tests.cli.test_lazy import imported

    two.remove("content")
    assert not imported(two, "diff", "old", "output") & {"weasyprint", "matplotlib"}
