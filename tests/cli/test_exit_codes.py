"""How commands end."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handouts.build import native
from tests.projects import PATIENT, Project

NUMBER_IN_PROSE = ("Ask what could come next.", "Ask 12 people what could come next.")


def test_0_all_is_good(built: Project) -> None:
    assert built.run("build").exit_code == 0


def test_0_notes_do_not_count(built: Project) -> None:
    assert built.run("build", "--strict").exit_code == 0


def test_1_problems_in_the_content(built: Project) -> None:
    assert built.replace(PATIENT, *NUMBER_IN_PROSE).run("build", "-j", "1").exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["bild"],
        ["build", "--colour", "red"],
        ["build", "-j", "0"],
        ["build", "nothing-of-that-name"],
        ["build", "--content", "nowhere"],
        ["trace"],
        ["trace", "nothing-of-that-name"],
        ["review", "her2climb", "--lang", "fr"],
    ],
)
def test_2_wrong_usage(built: Project, arguments: list[str]) -> None:
    done = built.run(*arguments)
    assert done.exit_code == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_2_no_project_here(tmp_path: Path) -> None:
    done = Project(tmp_path).run("build")
    assert (done.exit_code, done.codes) == (2, ["no-project"])
    assert "give --content" in done.stderr


def test_3_only_warnings_under_strict(built: Project) -> None:
    built.with_setting("severities: {draft: warning}")
    assert built.run("build", "-j", "1").exit_code == 0
    assert built.run("build", "--strict").exit_code == 3


def test_1_goes_before_3(built: Project) -> None:
    built.with_setting("severities: {draft: warning}").replace(PATIENT, *NUMBER_IN_PROSE)
    assert built.run("build", "-j", "1", "--strict").exit_code == 1


def test_4_a_library_of_the_system_is_missing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "_load", lambda _name, _major: None)
    monkeypatch.setattr(shutil, "which", lambda name: name == "apt-get" or None)
    done = project.run("build")
    assert done.exit_code == 4
    assert "lacks libgobject-2.0, libpango-1.0" in done.stderr
    assert "apt-get install libpango-1.0-0" in done.stderr
    assert not project.output.exists()
    assert project.run("trace", "her2climb").exit_code == 4
    assert project.run("doctor").exit_code == 4


def test_4_a_library_that_fails_while_it_is_loaded() -> None:
    with pytest.raises(native.UnusableEnvironment, match="cannot load"), native.quick_lookup():
        raise OSError("cannot load library 'libpango'")


def test_an_unchanged_build_needs_no_library_of_the_system(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "_load", lambda _name, _major: None)
    assert built.run("build").exit_code == 0


def test_2_a_day_of_building_that_is_none(built: Project) -> None:
    done = built.run("build", SOURCE_DATE_EPOCH="abc")
    assert done.exit_code == 2
    assert done.stderr == "Error: SOURCE_DATE_EPOCH is no number of seconds: abc\n"


def test_2_the_working_folder_is_gone(built: Project, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    done = subprocess.run(
        ["bash", "-c", f'mkdir "{gone}"; cd "{gone}"; rmdir "{gone}"; "$0" -m handouts check',
         sys.executable],
        env=built.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        2, "Error: the working folder is not there any more\n",
    )  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("command", ["list", "build"])
def test_1_what_it_says_can_not_be_written(built: Project, command: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "handouts", command],
            cwd=built.root, env=built.environment(), stdout=full, stderr=subprocess.PIPE,
            text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("handouts: error: what it says can't be written")
    assert "Traceback" not in done.stderr
