"""What people see when they write something wrong: the exact message, at the exact place.

Each file of ``mistakes/`` is one change to a small made-up project (the file, what was written with
``-``, what stands there now with ``+``), and, after an empty line, what the program then says.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.projects import ROOT, Project

FOLDER = Path(__file__).parent / "mistakes"
MISTAKES = sorted(path.stem for path in FOLDER.glob("*.txt"))

TRIAL = "content/trials/made-up/trial.yaml"
SHEET = "content/patient/made-up-sheet/en.md"
FACTS = "content/facts/safety.yaml"


@dataclass(frozen=True)
class Mistake:
    """In ``file``, ``old`` was written as ``new``; the program says ``said``."""

    file: str
    old: str
    new: str
    said: str


def read_mistake(name: str) -> Mistake:
    change, _, said = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")
    file, *lines = change.split("\n")
    old, new = (
        "\n".join(line[2:] for line in lines if line.startswith(sign)) for sign in ("-", "+")
    )
    return Mistake(file, old, new, said.strip())


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(ROOT / "tests" / "small_project", tmp_path / "project")
    return Project(tmp_path / "project")


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_at_its_place_with_what_to_do(project: Project, name: str) -> None:
    mistake = read_mistake(name)
    found = project.replace(mistake.file, mistake.old, mistake.new).run("check")
    assert found.stderr.strip() == mistake.said
    assert found.exit_code == 1


def test_the_small_project_is_good_as_it_stands(project: Project) -> None:
    found = project.run("check")
    assert found.stderr.strip() == ""
    assert found.exit_code == 0


def test_a_missing_picture_is_named(project: Project) -> None:
    found = project.write(
        "templates/components/contact.html.jinja",
        "{% macro contact(clinic, publisher) %}\n"
        '<p><img src="nowhere.svg" alt="a picture that is not there"></p>\n'
        "{% endmacro %}\n",
    ).run("check")
    assert found.stderr.strip() == (
        "content/patient/made-up-sheet/en.md: error: picture `nowhere.svg` can't be read:"
        " it lies outside of the folders that pages may read (standard a4) [missing-picture]"
    )


def test_a_broken_template_is_named_with_its_line(project: Project) -> None:
    found = project.write(
        "templates/components/contact.html.jinja",
        "{% macro contact(clinic, publisher) %}\n<p>\n{% if %}\n{% endmacro %}\n",
    ).run("check")
    assert found.stderr.strip() == (
        "templates/components/contact.html.jinja:3: error: Expected an expression,"
        " got 'end of statement block' [broken-template]"
    )


def test_an_undefined_variable_is_named_with_its_line(project: Project) -> None:
    found = project.write(
        "templates/components/contact.html.jinja",
        "{% macro contact(clinic, publisher) %}\n<p>{{ clinick.name }}</p>\n{% endmacro %}\n",
    ).run("check")
    assert found.stderr.startswith(
        "templates/components/contact.html.jinja:2: error: 'clinick' is undefined"
        " [undefined-variable]"
    )


def test_a_file_that_cannot_be_read_is_named(project: Project) -> None:
    project.remove(TRIAL).path(TRIAL).mkdir()
    assert (
        f"{TRIAL}: error: the file can't be read: it is a directory [unreadable-file]"
        in project.run("check").stderr
    )


def test_an_empty_file_is_named(project: Project) -> None:
    found = project.write(FACTS, "").run("check")
    assert f"{FACTS}: error: the file is empty [empty-file]" in found.stderr


@pytest.mark.parametrize(
    ("file", "place"), [(FACTS, "1:11"), (SHEET, "1:11")], ids=["a record", "a handout"]
)
def test_a_file_that_is_not_utf8_is_named_with_the_byte(
    project: Project, file: str, place: str
) -> None:
    project.path(file).write_bytes(b"title: caf\xe9\n")
    assert (
        f"{file}:{place}: error: the byte 0xe9 is not UTF-8 text [not-utf8]\n"
        "  hint: save the file with the encoding UTF-8" in project.run("check").stderr
    )


def test_mistakes_of_several_files_are_reported_together(project: Project) -> None:
    found = (
        project.replace(FACTS, "title: Made-up safety facts", "titel: Made-up safety facts")
        .replace(TRIAL, "randomised: 200", "randomised: 201")
        .replace(SHEET, "::: questions", "::: qestions")
        .run("check")
    )
    assert {"unknown-key", "arms-do-not-add-up", "unknown-component"} <= set(found.codes)
