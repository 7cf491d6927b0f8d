"""The lock of a project's cache: nothing is done to what a link in its place leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from handouts.build.lock import NAME, turn
from handouts.build.record import Records
from tests.projects import Project


def nobody_waits() -> None:
    raise AssertionError


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("keys", encoding="utf-8")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / NAME).symlink_to(precious)
    with turn(tmp_path / "cache", nobody_waits):
        pass
    assert precious.read_text(encoding="utf-8") == "keys"


def test_it_stays_when_all_records_go_for_somebody_may_wait_for_it(tmp_path: Path) -> None:
    with turn(tmp_path, nobody_waits):
        (tmp_path / "words").mkdir()
        (tmp_path / "generator.json").write_text("{}", encoding="utf-8")
        Records(tmp_path).forget()
        assert [each.name for each in tmp_path.iterdir()] == [NAME]


def test_cleaning_takes_the_lock_of_the_output_too(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Path] = []

    @contextmanager
    def alone(output: Path, _: Callable[[], None]) -> Iterator[None]:
        taken.append(output)
        yield

    monkeypatch.setattr("handouts.cli.clean.alone", alone)
    assert project.run("clean").exit_code == 0
    assert taken == [project.output]
