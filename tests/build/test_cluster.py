"""A real scheduler of Dask with real workers, on this computer."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from handouts.build.cluster import _difference
from handouts.build.remote import traits
from tests import clusters
from tests.build.batch import make_batch
from tests.clusters import workers
from tests.conftest import keep_away
from tests.projects import Project

NAMES = ["apple", "bread", "cheese", "dates", "eggs", "figs", "grapes", "honey"]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with clusters.scheduler(tmp_path_factory.mktemp("scheduler")) as address:
        yield address


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    keep_away(monkeypatch)
    return make_batch(tmp_path, NAMES)


def test_a_cluster_makes_the_same_bytes_even_if_a_worker_is_killed(
    scheduler: str, project: Project, tmp_path: Path
) -> None:
    here = project.copied_to(tmp_path / "here")
    assert here.build().exit_code == 0
    with workers(scheduler, tmp_path, 2) as processes:
        killing = threading.Timer(2.5, os.kill, (processes[0], signal.SIGKILL))
        killing.start()
        done = project.run("build", "-v", "--scheduler", scheduler)
        killing.join()
    assert done.exit_code == 0, done.stderr
    assert len(done.made) == len(NAMES)
    assert project.published == here.published
    assert project.build().made == set()


def test_what_goes_wrong_there_is_said_here(
    scheduler: str, project: Project, tmp_path: Path
) -> None:
    sheet = "content/patient/apple/en.md"
    project.replace(sheet, "Rest may help.", "Rest may help 12 people.")
    with workers(scheduler, tmp_path, 1):
        done = project.run("build", "-v", "--scheduler", scheduler, "apple", "bread")
    assert (done.exit_code, done.failed) == (1, {"apple.en.standard.a4"})
    assert done.made == {"bread.en.standard.a4"}
    assert f"{sheet}:" in done.stderr


def test_a_worker_that_would_make_other_bytes_is_refused_by_name(
    scheduler: str, project: Project, tmp_path: Path
) -> None:
    with workers(scheduler, tmp_path, 1, SOURCE_DATE_EPOCH="1700000000"):
        done = project.run("build", "--scheduler", scheduler)
    assert done.exit_code == 4
    assert "worker tcp://127.0.0.1:" in done.stderr
    assert "is not used: the program is" in done.stderr
    assert "it has no worker that can be used" in done.stderr


def test_a_worker_that_may_not_start_processes_is_told_how(
    scheduler: str, project: Project, tmp_path: Path
) -> None:
    with workers(scheduler, tmp_path, 1, DASK_DISTRIBUTED__WORKER__DAEMON="True"):
        done = project.run("build", "--scheduler", scheduler)
    assert done.exit_code == 4
    assert "set DASK_DISTRIBUTED__WORKER__DAEMON=False for it" in done.stderr


def test_the_difference_names_each_library(tmp_path: Path) -> None:
    ours = traits()
    theirs = {**ours, "weasyprint": "65.1", "pango-1.0": "1.2"}
    assert _difference(ours, ours) is None
    difference = _difference(theirs, ours)
    assert difference is not None
    assert f"weasyprint is 65.1, and here {ours['weasyprint']}" in difference
    assert "pango-1.0 is 1.2" in difference


def test_nobody_answers(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.build.cluster._ANSWERS_WITHIN", 0.5)
    done = project.run("build", "--scheduler", "tcp://127.0.0.1:9")
    assert done.exit_code == 4
    assert "no scheduler answers at tcp://127.0.0.1:9" in done.stderr


def test_jobs_are_for_this_computer(project: Project) -> None:
    done = project.run("build", "-j", "2", "--scheduler", "tcp://127.0.0.1:9")
    assert done.exit_code == 2
