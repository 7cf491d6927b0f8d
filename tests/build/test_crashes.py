"""A build that is killed leaves whole files, and no manifest that says something else."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from handouts.build.journal import NAME as JOURNAL
from handouts.build.manifest import manifest_from
from handouts.build.publish import Publication
from tests.build.batch import make_batch
from tests.conftest import keep_away
from tests.projects import Project

NAMES = ["apple", "bread", "cheese", "dates", "eggs", "figs"]
SHEET = "content/patient/apple/en.md"
ONE, OTHER = "What is this for?", "Whom is this for?"

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Files, Files]:
    """A built project, and what it publishes before and after an edit of all sheets."""
    with pytest.MonkeyPatch.context() as patch:
        keep_away(patch)
        project = make_batch(tmp_path_factory.mktemp("states"), NAMES)
        published = []
        for _ in range(2):
            assert project.run("build", "-j", "2").exit_code == 0
            published.append(project.published)
            edit(project)
    assert all(published[0][name] != published[1][name] for name in pdfs(published[0]))
    return project, published[0], published[1]


def edit(project: Project) -> None:
    """Go from one state to the other."""
    for name in NAMES:
        path = f"content/patient/{name}/en.md"
        text = project.text(path)
        old, new = (ONE, OTHER) if ONE in text else (OTHER, ONE)
        project.write(path, text.replace(old, new))


def pdfs(files: Files) -> list[str]:
    return [name for name in files if name.endswith(".pdf")]


def assert_whole(project: Project, *states: Files) -> None:
    """Each file is as in one of the states; the manifest, if there is one, agrees with all."""
    found = project.published
    for name, data in found.items():
        if name != JOURNAL and not name.endswith(".part"):
            assert data in [each.get(name) for each in states], name
    if "manifest.json" in found:
        manifest = manifest_from(found["manifest.json"])
        assert manifest.documents
        for entry in manifest.documents.values():
            (own,) = (each for each in states if each["manifest.json"] == found["manifest.json"])
            assert found[entry.path] == own[entry.path]
        assert set(manifest.files) <= set(found)


@pytest.fixture
def copy(
    states: tuple[Project, Files, Files], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Project:
    keep_away(monkeypatch)
    return states[0].copied_to(tmp_path / "copy")


def test_a_build_that_ends_at_any_write_leaves_whole_files_and_the_next_one_mends_it(
    copy: Project, states: tuple[Project, Files, Files], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fixture's project lies in its first state, with the words of the second taken back."""
    _, first, second = states
    copy.run("build", "-j", "1")
    is_first = copy.published == first
    total = 0
    for at in (*range(1, 40, 3), *range(40, 400, 40)):
        edit(copy)
        with monkeypatch.context() as patch, suppress(_Killed):
            patch.setattr(Publication, "write", _deadly(Publication.write, at))
            copy.run("build", "-j", "1")
            total = at
        assert_whole(copy, first, second)
        assert copy.run("build", "-j", "1").exit_code == 0
        is_first = not is_first
        assert copy.published == (first if is_first else second)
        if total:
            break
    assert total > 10


class _Killed(BaseException):
    pass


def _deadly(write: Callable[..., None], at: int) -> Callable[..., None]:
    count = iter(range(1, at + 1))

    def writes(self: Publication, path: str, data: bytes) -> None:
        if next(count, None) is None:
            raise _Killed
        write(self, path, data)

    return writes


@pytest.mark.parametrize("kills", [5, pytest.param(100, marks=pytest.mark.slow)])
def test_a_build_that_is_killed_at_random_moments(
    copy: Project, states: tuple[Project, Files, Files], kills: int
) -> None:
    """Half of the builds have all in their store and only publish; half make everything."""
    chance = random.Random(kills)  # noqa: S311
    _, first, second = states
    copy.run("build", "-j", "1")
    was_killed = 0
    while was_killed < kills:
        edit(copy)
        forced = chance.random() < 0.5
        running = _start(copy, *(["--force"] if forced else []))
        with suppress(subprocess.TimeoutExpired):
            running.wait(chance.uniform(0.0, 3.0 if forced else 1.2))
        was_killed += running.poll() is None
        running.kill()
        running.wait()
        assert_whole(copy, first, second)
    assert copy.run("build", "-j", "1").exit_code == 0
    assert copy.published in (first, second)
    assert JOURNAL not in copy.published


@pytest.mark.parametrize("kills", [4, pytest.param(50, marks=pytest.mark.slow)])
def test_workers_that_are_killed_at_random_moments(
    copy: Project, states: tuple[Project, Files, Files], kills: int
) -> None:
    """Nothing is torn or lost; what a killed worker was making is said to have failed."""
    chance = random.Random(kills)  # noqa: S311
    _, first, second = states
    killed = 0
    while killed < kills:
        edit(copy)
        running = _start(copy, "--force", "-j", "2")
        while running.poll() is None and killed < kills:
            time.sleep(chance.uniform(0.1, 1.5))
            workers = [pid for pid in _below(running.pid) if _is_worker(pid)]
            if workers:
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(workers), signal.SIGKILL)
                    killed += 1
        assert running.wait(120) in (0, 1)
        assert_whole_as_far_as_made(copy, first, second)
    assert copy.run("build", "-j", "1").exit_code == 0
    assert copy.published in (first, second)


def assert_whole_as_far_as_made(project: Project, *states: Files) -> None:
    """As ``assert_whole`` for documents, some of which may have failed."""
    found = project.published
    for name in pdfs(found):
        assert found[name] in [each[name] for each in states], name
    manifest = manifest_from(found["manifest.json"])
    assert set(manifest.documents) == set(pdfs(found))
    assert set(manifest.files) <= set(found)


def _start(project: Project, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "handouts", "build", *arguments],
        cwd=project.root,
        env=project.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _below(parent: int) -> Iterator[int]:
    """All processes below one, as Linux lists them."""
    for path in Path("/proc").glob(f"{parent}/task/*/children"):
        with suppress(OSError):
            for child in map(int, path.read_text().split()):
                yield child
                yield from _below(child)


def _is_worker(pid: int) -> bool:
    """Whether a process was started by the server that forks workers."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        parent = int(status.partition("PPid:")[2].split()[0])
        return b"forkserver" in Path(f"/proc/{parent}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return False
