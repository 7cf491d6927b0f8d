"""The record of what a document was made from: all that it read, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from handouts.build.builtin import builtin_folder
from handouts.build.folders import BUILTIN
from tests.conftest import keep_away
from tests.loading.small import small_project
from tests.projects import Project

SHEET, PAGE = "made-up-sheet.en.standard.a4", "made-up.en.standard.a4"
BOTH = {SHEET, PAGE}

EDITS = {
    "content/project.yaml": ("title: Made-up library", "title: Made-up shelf", BOTH),
    "content/clinics/default.yaml": ("name:", "# A remark.\nname:", BOTH),
    "content/glossary/en.yaml": ("terms:", "# A remark.\nterms:", BOTH),
    "content/patient/made-up-sheet/en.md": ("What is this for?", "Whom is this for?", {SHEET}),
    "content/trials/made-up/trial.yaml": (None, "# A remark.\n", {PAGE}),
}
"""Of each file of the content that is read whole: an edit, and what is made again."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with every built-in file in its own folders, built."""
    project = small_project(tmp_path_factory.mktemp("whole"))
    for kind in ("templates", "styles"):
        folder = builtin_folder(kind)
        for path in folder.rglob("*.*"):
            if path.suffix in (".jinja", ".css"):
                name = f"{kind}/{path.relative_to(folder).as_posix()}"
                project.write(name, path.read_text(encoding="utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        keep_away(patch)
        assert project.build().exit_code == 0
    return project


@pytest.fixture
def copy(whole: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    keep_away(monkeypatch)
    return whole.copied_to(tmp_path / "copy")


def read_by(project: Project) -> dict[str, set[str]]:
    """The files that each document was made from, by their names."""
    found = {}
    for path in (project.root / ".cache" / "handouts" / "editions").rglob("*.json"):
        record = json.loads(path.read_bytes().partition(b"\n")[2])["made"][0]
        files = record["inputs"]["files"]
        found[path.name.removesuffix(".pdf.json")] = {
            name for name, digest in files.items() if digest is not None
        }
    return found


def test_every_file_of_the_content_that_is_read_whole_is_recorded(copy: Project) -> None:
    read = read_by(copy)
    for name, (_, _, made) in EDITS.items():
        assert {document for document, files in read.items() if name in files} == made, name


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_a_file_makes_what_reads_it(copy: Project, name: str) -> None:
    old, new, made = EDITS[name]
    text = copy.text(name)
    copy.write(name, text.replace(old, new, 1) if old else text + new)
    assert copy.text(name) != text
    assert copy.build().made == made


@pytest.mark.parametrize("step", [16, pytest.param(1, marks=pytest.mark.slow)])
def test_an_edit_of_each_template_and_stylesheet_makes_what_reads_it(
    copy: Project, step: int
) -> None:
    """One at a time; those that nobody reads make nothing. The slow run tries all of them."""
    read = read_by(copy)
    own = sorted(
        path.relative_to(copy.root).as_posix()
        for folder in ("templates", "styles")
        for path in (copy.root / folder).rglob("*.*")
    )
    used = set().union(*read.values())
    assert len(used.intersection(own)) > 60
    names = [*sorted(used.intersection(own))[::step], *sorted(set(own) - used)[:: step // 2 or 1]]
    for name in names:
        text = copy.text(name)
        remark = "{# A remark. #}\n" if name.endswith(".jinja") else "/* A remark. */\n"
        copy.write(name, f"{text}{remark}" if name.endswith(".css") else f"{remark}{text}")
        expected = {document for document, files in read.items() if name in files}
        assert copy.build().made == expected, name
        assert copy.write(name, text).build().made == set(), name


def test_no_built_in_file_is_read_where_the_project_has_its_own(copy: Project) -> None:
    for files in read_by(copy).values():
        assert not [
            name for name in files
            if name.startswith(BUILTIN) and re.search(r"\.(css|jinja)$", name)
        ]  # fmt: skip


def test_one_fact_makes_exactly_the_documents_that_print_it(copy: Project) -> None:
    name = "content/facts/safety.yaml"
    text = copy.text(name)
    assert copy.write(name, text.replace("38", "39", 1)).build().made == {SHEET}
    trial = "content/trials/made-up/trial.yaml"
    spare = copy.text(trial).replace("acronym: ", "acronym:  ", 1)
    assert copy.write(trial, spare).build().made == {PAGE}


def test_a_source_makes_the_documents_that_name_it(copy: Project) -> None:
    name = "content/sources.yaml"
    text = copy.text(name)
    copy.write(name, f"# A remark.\n{text}")
    assert copy.build().made == set()


@pytest.mark.parametrize(
    "name", ["output/mine.txt", "content/patient/made-up-sheet/.draft", "a.md"]
)
def test_a_file_that_no_document_reads_makes_nothing(copy: Project, name: str) -> None:
    assert copy.write(name, "words").build().made == set()
