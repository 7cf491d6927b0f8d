"""Nothing that lies outside of the project is read into a page or published."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.build.folders import CACHED
from handouts.build.publish import Publication
from handouts.diagnostics import InvalidInput
from tests.projects import Project

PRINT = "templates/layouts/print.html.jinja"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text("/* a secret of this computer */")
    return path


def link(project: Project, name: str, target: Path | str) -> Project:
    project.path(name).parent.mkdir(parents=True, exist_ok=True)
    project.path(name).symlink_to(target)
    return project


@pytest.mark.parametrize("name", ["styles/fonts/licence.txt", "styles/web.css"])
def test_a_link_out_of_the_project_is_not_published(
    project: Project, secret: Path, name: str
) -> None:
    done = link(project, name, secret).spawn("build", "her2climb")
    assert (done.exit_code, "unreadable-file" in done.codes) == (1, True)
    assert f"{name}: error: the file can't be read: it is a link out of the project" in done.stderr
    assert not any(b"a secret" in data for data in project.published.values())


def test_only_fonts_and_their_licences_are_published(project: Project) -> None:
    project.write("styles/fonts/passwords.csv", "a secret").write("styles/fonts/OFL.txt", "free")
    assert project.spawn("build", "her2climb").exit_code == 0
    assert "assets/fonts/OFL.txt" in project.published
    assert "assets/fonts/passwords.csv" not in project.published


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("secret", "a link out of the project"),
        ("/nowhere/at/all", "a link that leads nowhere"),
        ("print.html.jinja", "a link into itself"),
    ],
)
def test_a_template_that_is_a_link_elsewhere_is_an_error(
    project: Project, secret: Path, target: str, reason: str
) -> None:
    link(project, PRINT, secret if target == "secret" else target)
    done = project.build("her2climb")
    assert (done.exit_code, done.codes) == (1, ["unreadable-file"])
    assert f"{PRINT}: error: the file can't be read: it is {reason}" in done.stderr


@pytest.mark.parametrize("name", [PRINT, "styles/clinician.css"])
def test_a_folder_in_the_place_of_a_file_is_an_error(project: Project, name: str) -> None:
    project.path(name).mkdir(parents=True)
    done = project.build("her2climb")
    assert (done.exit_code, "unreadable-file" in done.codes) == (1, True)
    assert f"{name}: error: the file can't be read: it is a folder" in done.stderr


def test_nothing_is_written_through_a_link_out_of_the_output(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "default").symlink_to(tmp_path / "mine")
    with pytest.raises(InvalidInput, match="a link leads out of the output folder"):
        Publication(tmp_path / "out").write("default/en/index.html", b"words")
    assert not list((tmp_path / "mine").iterdir())


@pytest.mark.parametrize("output", [".", "..", ".cache", ".cache/handouts/out"])
def test_the_output_can_not_hold_what_is_read_or_lie_in_the_cache(
    project: Project, output: str
) -> None:
    for command in ("build", "clean"):
        done = project.run(command, "--output", output)
        assert (done.exit_code, done.codes) == (2, ["output-in-input"])


@pytest.mark.parametrize(
    "name", [".cache", ".cache/handouts", *(f".cache/handouts/{each}" for each in CACHED)]
)
@pytest.mark.parametrize("command", ["build", "clean", "preview"])
def test_a_cache_that_lies_elsewhere_is_refused_before_anything_is_removed(
    project: Project, tmp_path: Path, name: str, command: str
) -> None:
    mine = tmp_path / "mine"
    (mine / "handouts" / "files").mkdir(parents=True)
    (mine / "thesis.part").write_text("years of work", encoding="utf-8")
    link = project.path(name)
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(mine)
    done = project.run(command)
    assert (done.exit_code, done.codes) == (2, ["linked-cache"])
    assert f"{name}: error: a folder of the cache is a link" in done.stderr
    assert (mine / "thesis.part").exists()
