"""What ``build`` and ``check`` print."""

from __future__ import annotations

import json
import re

import click
import pytest

from handouts.cli.printing import Printer, annotation
from handouts.diagnostics import error, note, warning
from tests.projects import PATIENT, TRIAL_PDF, Project

NUMBER_IN_PROSE = ("Ask what could come next.", "Ask 12 people what could come next.")


def test_the_last_line_sums_up(built: Project) -> None:
    done = built.run("build")
    assert re.fullmatch(
        r"2 documents: 0 built, 2 cached, 0 failed, in \d+\.\d s; \d+ notes \(-v shows notes\)\n",
        done.stdout,
    )
    assert done.stderr == ""


def test_quiet_says_nothing_when_all_is_good(built: Project) -> None:
    done = built.run("build", "--force", "-j", "1", "-q")
    assert (done.stdout, done.stderr) == ("", "")


def test_verbose_prints_notes(built: Project) -> None:
    codes = built.run("build", "-v").codes
    assert [each for each in codes if each in {"draft", "left-off"}] == [
        "draft",
        "draft",
        "left-off",
    ]
    assert "left-off" in codes
    assert not set(built.run("build").codes) & set(codes)


def test_problems_name_their_place_and_a_cure(built: Project) -> None:
    done = built.replace(PATIENT, *NUMBER_IN_PROSE).run("build", "-j", "1", "-q")
    lines = done.stderr.splitlines()
    pattern = rf"{re.escape(PATIENT)}:\d+:\d+: error: .*`12`.* \[unsourced-number\]"
    assert re.fullmatch(pattern, lines[0])
    assert lines[1].startswith("  hint: ")
    assert len(lines) == 2


def test_json_is_the_report(built: Project) -> None:
    done = built.replace(PATIENT, *NUMBER_IN_PROSE).run("build", "--json", "-j", "1")
    assert done.json["documents"] == 2
    assert done.json["failed"] == ["her2climb-stops-working.en.standard.a4"]
    assert {each["severity"] for each in done.json["diagnostics"]} == {"error", "note"}
    assert json.loads((built.output / "report.json").read_text()).items() >= done.json.items()


def test_a_check_publishes_nothing(project: Project) -> None:
    done = project.run("check", "-v", "-j", "1")
    assert (done.exit_code, len(done.made)) == (0, 2)
    assert not project.output.exists()
    assert project.run("check", "-v").made == set()


def test_a_check_finds_what_a_build_finds(project: Project) -> None:
    project.replace(PATIENT, *NUMBER_IN_PROSE)
    checked, built = project.run("check", "-j", "1"), project.run("build", "-j", "1")
    assert (checked.exit_code, checked.codes) == (built.exit_code, built.codes)


def test_a_build_after_a_check_makes_the_files(project: Project) -> None:
    project.run("check", "-j", "1")
    assert len(project.build().made) == 2
    assert TRIAL_PDF in project.published


def test_content_and_output_may_lie_anywhere(built: Project) -> None:
    built.path("content").rename(built.path("words"))
    done = built.run("build", "--content", "words", "--output", "sheets", "-j", "1")
    assert done.exit_code == 0
    assert (built.root / "sheets" / TRIAL_PDF).exists()


class TestPrinting:
    PROBLEM = error("a-code", "a, b: 100%", path="content/a,b.yaml", line=3, column=9, hint="cure")

    def test_on_github_a_problem_stands_beside_its_line(self, built: Project) -> None:
        done = built.replace(PATIENT, *NUMBER_IN_PROSE).run(
            "build", "-j", "1", GITHUB_ACTIONS="true"
        )
        assert f"\n::error file={PATIENT},line=" in done.stderr

    def test_an_annotation_escapes_what_would_end_it(self) -> None:
        assert annotation(self.PROBLEM) == (
            "::error file=content/a%2Cb.yaml,line=3,col=9,title=a-code::a, b: 100%25%0Ahint: cure"
        )
        assert annotation(note("n", "words")) == "::notice title=n::words"
        assert annotation(warning("w", "words")) == "::warning title=w::words"

    @pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
    def test_colour_is_for_terminals_of_people_who_want_it(
        self,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        no_color: str,
        coloured: bool,
    ) -> None:
        monkeypatch.setattr("handouts.cli.printing.has_terminal", lambda: True)
        monkeypatch.setenv("NO_COLOR", no_color)
        monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
        Printer().problems([self.PROBLEM])
        said = capsys.readouterr().err
        assert ("\x1b[" in said) is coloured
        assert click.unstyle(said) == f"{self.PROBLEM}\n"
