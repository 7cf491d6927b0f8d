"""The command: how it starts, and how it ends."""

from __future__ import annotations

import errno
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.running import preview_of
from tests.projects import SETTINGS, Project


def children(process: int) -> list[str]:
    """Its processes, but for Python's own that looks after shared memory: it ends after them."""
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(process)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = (line.split(maxsplit=1) for line in found.stdout.splitlines())
    return [pid for pid, command in lines if "resource_tracker" not in command]


@pytest.mark.skipif(sys.platform != "linux", reason="reads processes as Linux lists them")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_it_ends_with_all_its_processes(project: Project, number: int, code: int) -> None:
    project.write(SETTINGS, "broken: [")  # it starts all the same: the page says what is wrong
    with preview_of(project) as running:
        own = children(running.process.pid)
        assert len(own) >= 2
        assert running.stop(number) == code
        alive = subprocess.run(["ps", "-p", ",".join(own), "-o", "stat="], capture_output=True,
                               text=True, check=False).stdout.split()  # fmt: skip
        assert [each for each in alive if not each.startswith("Z")] == []


def test_a_port_that_is_taken_is_said(project: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = project.spawn("preview", "--no-browser", "--port", str(port))
    assert done.exit_code == 2
    assert f"port {port} is taken" in done.stderr


def test_a_document_that_does_not_exist_is_named(project: Project) -> None:
    done = project.run("preview", "--no-browser", "her2climb-stops-workin")
    assert done.exit_code == 2
    assert "did you mean `her2climb-stops-working`?" in done.stderr


def test_what_installs_the_missing_package_is_said(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    done = project.run("preview")
    assert done.exit_code == 4
    assert "pip install 'handouts[preview]'" in done.stderr


def test_a_cache_that_is_no_folder_is_one_clear_error(project: Project) -> None:
    done = project.write(".cache", "a file").run("preview", "--no-browser")
    assert (done.exit_code, done.codes) == (1, ["cannot-write"])
    assert f"{project.path('.cache')}" in done.stderr
    assert "hint: " in done.stderr


def test_a_cache_that_can_only_be_read_is_one_clear_error(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mkdir(path: Path, **_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(Path, "mkdir", mkdir)
    done = project.run("preview", "--no-browser")
    assert (done.exit_code, done.codes) == (1, ["cannot-write"])
    assert "the file system can only be read" in done.stderr
