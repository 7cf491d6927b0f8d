"""The same inputs give the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import Project


def test_two_builds_in_two_folders_give_the_same_bytes(built: Project, tmp_path: Path) -> None:
    other = built.copied_to(tmp_path / "some" / "other folder")
    other.remove("output").remove(".cache")
    done = other.spawn(
        "build", "-j", "1", PYTHONHASHSEED="12", TZ="Asia/Kathmandu", LC_ALL="C", HOME="/nowhere"
    )
    assert done.exit_code == 0, done.stderr
    assert other.published == built.published


def test_the_number_of_workers_changes_no_byte(project: Project, tmp_path: Path) -> None:
    project.with_editions(["standard", "large-print"], ["a4", "letter"])
    other = project.copied_to(tmp_path / "other")
    assert project.build().exit_code == 0
    done = other.spawn("build", "-j", "3")
    assert done.exit_code == 0, done.stderr
    assert len(project.documents) == 6
    assert other.published == project.published


def test_nothing_in_the_output_says_where_or_when_it_was_made(built: Project) -> None:
    for name, data in built.published.items():
        assert str(built.root).encode() not in data, name
        assert b"/CreationDate" not in data, name


def test_a_project_and_its_cache_may_be_moved(built: Project, tmp_path: Path) -> None:
    moved = built.copied_to(tmp_path / "moved")
    assert moved.build().made == set()


@pytest.mark.parametrize("epoch", ["0", "1700000000"])
def test_source_date_epoch_is_an_input(built: Project, epoch: str) -> None:
    before = built.published
    done = built.run("build", "-v", "-j", "1", SOURCE_DATE_EPOCH=epoch)
    assert (done.exit_code, len(done.made)) == (0, 2)
    assert built.published == before
