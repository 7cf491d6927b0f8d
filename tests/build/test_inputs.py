"""What was read is recorded, and what was looked for in vain."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.build.builtin import builtin_folder
from handouts.build.folders import Folders, find_folders
from handouts.build.inputs import Digests, Readings, Recorder, files_in, tree_digest
from tests.projects import Project


@pytest.fixture
def folders(project: Project) -> Folders:
    return find_folders(None, None, project.root)


def test_a_file_that_was_read_is_an_input(folders: Folders) -> None:
    recorder = Recorder(folders)
    recorder.read(folders.content / "project.yaml")
    assert recorder.inputs.are_current(Digests(folders))
    (folders.content / "project.yaml").write_text("title: other")
    assert not recorder.inputs.are_current(Digests(folders))


def test_a_file_that_was_not_there_is_an_input(folders: Folders) -> None:
    recorder = Recorder(folders)
    with pytest.raises(FileNotFoundError):
        recorder.read(folders.content / "missing.txt")
    assert recorder.inputs.files == {"content/missing.txt": None}
    assert recorder.inputs.are_current(Digests(folders))
    (folders.content / "missing.txt").write_text("here")
    assert not recorder.inputs.are_current(Digests(folders))


def test_a_built_in_stylesheet_answers_for_a_missing_own_one(folders: Folders) -> None:
    recorder = Recorder(folders)
    data = recorder.read(folders.styles[0] / "tokens.css")
    assert data == (builtin_folder("styles") / "tokens.css").read_bytes()
    assert recorder.inputs.files["styles/tokens.css"] is None
    assert recorder.inputs.files["built-in styles/tokens.css"] is not None


def test_documents_of_one_build_are_made_from_the_same_bytes(folders: Folders) -> None:
    readings = Readings()
    path = folders.styles[0] / "own.css"
    path.parent.mkdir()
    path.write_text("a {}")
    first, second = Recorder(folders, readings), Recorder(folders, readings)
    assert first.read(path) == b"a {}"
    path.write_text("b {}")
    assert second.read(path) == b"a {}"
    assert first.files == second.files
    assert not second.inputs.are_current(Digests(folders))


def test_what_was_missed_once_is_an_input_of_each_document(folders: Folders) -> None:
    readings = Readings()
    for _ in range(2):
        recorder = Recorder(folders, readings)
        recorder.read(folders.styles[0] / "tokens.css")
        recorder.search(folders.styles[0] / "fonts")
        assert recorder.files["styles/tokens.css"] is None
        assert recorder.files["built-in styles/tokens.css"] is not None
        assert recorder.trees == {"styles/fonts": None}


def test_a_folder_is_an_input_with_the_names_in_it(folders: Folders, tmp_path: Path) -> None:
    folder = tmp_path / "tree"
    assert tree_digest(folder) is None
    (folder / "a").mkdir(parents=True)
    empty = tree_digest(folder)
    (folder / "a" / "x.txt").write_text("1")
    one = tree_digest(folder)
    (folder / "a" / "x.txt").rename(folder / "a" / "y.txt")
    assert len({None, empty, one, tree_digest(folder)}) == 4


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("1")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    assert [path.name for path in files_in(tmp_path)].count("x.txt") == 1


def test_hidden_files_are_no_input(tmp_path: Path) -> None:
    before = tree_digest(tmp_path)
    (tmp_path / ".DS_Store").write_text("x")
    assert tree_digest(tmp_path) == before


@pytest.mark.parametrize("name", ["content/x.yaml", "templates/a/b.jinja"])
def test_files_of_the_project_are_named_from_its_root(folders: Folders, name: str) -> None:
    assert folders.name(folders.root / name) == name
    assert folders.path(name) == folders.root / name


def test_built_in_files_are_named_as_such(folders: Folders) -> None:
    path = builtin_folder("styles") / "fonts" / "x.ttf"
    assert folders.name(path) == "built-in styles/fonts/x.ttf"
    assert folders.path("built-in styles/fonts/x.ttf") == path
    assert folders.path(folders.name(builtin_folder("styles"))) == builtin_folder("styles")
