"""What is heavy is imported only by what needs it."""

from __future__ import annotations

import pytest

from tests.projects import Project

DRAWS = {"matplotlib", "numpy", "weasyprint", "fontTools", "pikepdf", "pypdfium2"}
READS = {"pydantic", "yaml", "jinja2", "markdown", "babel"}

PROGRAM = """
import sys
from handouts.cli.commands import run
code = run(sys.argv[1:])
print("imported:", *sorted({name.partition(".")[0] for name in sys.modules}))
sys.exit(code)
"""


def imported(project: Project, *arguments: str) -> set[str]:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=project.root,
        env=project.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.rpartition("imported:")[2].split())


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["build", "--help"], ["trace", "--help"]]
)
def test_help_imports_nothing(project: Project, arguments: list[str]) -> None:
    assert not imported(project, *arguments) & (DRAWS | READS)


def test_an_unchanged_build_imports_nothing(built: Project) -> None:
    assert not imported(built, "build") & (DRAWS | READS)


def test_an_unchanged_check_imports_nothing(built: Project) -> None:
    built.run("check", "-j", "1")
    assert not imported(built, "check") & (DRAWS | READS)


def test_cleaning_imports_nothing(built: Project) -> None:
    assert not imported(built, "clean") & (DRAWS | READS)


def test_a_list_reads_but_does_not_draw(project: Project) -> None:
    assert not imported(project, "list") & DRAWS


def test_a_doctor_does_not_draw(project: Project) -> None:
    assert not imported(project, "doctor") & (DRAWS | READS)


def test_what_is_drawn_in_workers_is_not_imported_by_the_one_who_waits(project: Project) -> None:
    assert not imported(project, "build", "-j", "2") & DRAWS
