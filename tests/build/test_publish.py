"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handouts.build.journal import found_in
from handouts.build.publish import Publication
from tests.projects import PATIENT, PATIENT_PDF, TRIAL_PDF, Project


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    Publication(tmp_path / "out").write("a/b/c.txt", b"words")
    assert (tmp_path / "out" / "a" / "b" / "c.txt").read_bytes() == b"words"
    assert [path.name for path in (tmp_path / "out" / "a" / "b").iterdir()] == ["c.txt"]


def test_a_file_that_holds_the_same_is_left_alone(tmp_path: Path) -> None:
    publication = Publication(tmp_path)
    publication.write("a.txt", b"words")
    os.utime(tmp_path / "a.txt", (1, 1))
    publication.write("a.txt", b"words")
    assert (tmp_path / "a.txt").stat().st_mtime == 1
    publication.write("a.txt", b"other")
    assert (tmp_path / "a.txt").read_bytes() == b"other"


def test_removing_takes_empty_folders_along_and_nothing_else(tmp_path: Path) -> None:
    publication = Publication(tmp_path)
    for name in ("a/b/c.txt", "a/d.txt"):
        publication.write(name, b"words")
    publication.remove(["a/b/c.txt", "a/never.txt"])
    assert not (tmp_path / "a" / "b").exists()
    assert (tmp_path / "a" / "d.txt").exists()
    publication.remove(["a/d.txt"])
    assert tmp_path.exists()
    assert not list(tmp_path.iterdir())


def test_removing_does_not_follow_links_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "link").symlink_to(tmp_path / "mine")
    Publication(tmp_path / "out").remove(["link/diary.txt", "../mine/diary.txt"])
    assert (tmp_path / "mine" / "diary.txt").exists()


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/passwd", "a/../../b", ""])
def test_a_manifest_can_not_name_files_elsewhere(built: Project, path: str) -> None:
    text = (built.output / "manifest.json").read_text()
    (built.output / "manifest.json").write_text(text.replace(f'"{PATIENT_PDF}"', f'"{path}"'))
    assert path not in found_in(built.output).files


@pytest.mark.parametrize("text", ["", "{", "[]", '{"documents": 3}', '{"documents": [3]}'])
def test_a_damaged_manifest_is_said_and_made_good(built: Project, text: str) -> None:
    before = built.published
    built.write("output/manifest.json", text)
    done = built.build()
    assert (done.exit_code, "damaged-manifest" in done.codes) == (0, True)
    assert built.published["manifest.json"] == before["manifest.json"]
    assert "damaged-manifest" not in built.build().codes


def test_a_full_disk_is_one_clear_error(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built.published
    whole = Path.write_bytes

    def write_bytes(path: Path, data: bytes) -> int:
        if path.is_relative_to(built.output):
            whole(path, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    built.replace(PATIENT, "Ask what could come next.", "Ask what may come next.")
    done = built.build()
    assert (done.exit_code, done.codes) == (1, ["cannot-write"])
    assert "the disk is full" in done.stderr
    assert built.published == before


def test_a_full_disk_under_the_cache_is_one_clear_error(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.write_bytes

    def write_bytes(path: Path, data: bytes) -> int:
        if "files" in path.parts:
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    done = project.build()
    assert (done.exit_code, done.codes) == (1, ["cannot-write"])
    assert "the disk is full" in done.stderr
    assert "make room" in done.stderr
    monkeypatch.undo()
    assert project.build().exit_code == 0


def test_a_cache_that_can_not_be_written_is_done_without(project: Project, built: Project) -> None:
    project.write(".cache", "a file")
    assert project.build().exit_code == 0
    assert project.published == built.published


def test_builds_of_two_projects_into_one_folder_do_not_harm_each_other(
    project: Project, tmp_path: Path
) -> None:
    other = project.copied_to(tmp_path / "other")
    other.replace(PATIENT, "Ask what could come next.", "Ask what may come next.")
    alone = [each.copied_to(tmp_path / f"alone-{each.root.name}") for each in (project, other)]
    for each in alone:
        assert each.build().exit_code == 0
    output = tmp_path / "shared output"
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "handouts", "build", "-q", "--output", str(output)],
            cwd=each.root,
            env=each.environment(),
        )
        for each in (project, other)
    ]
    assert [each.wait(120) for each in running] == [0, 0]
    found = {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file()
    }
    assert found in [each.published for each in alone]


def test_an_output_that_is_no_folder_is_one_clear_error(project: Project) -> None:
    done = project.write("output", "a file").build()
    assert (done.exit_code, done.codes) == (1, ["cannot-write"])


@pytest.mark.parametrize("output", ["content", "content/out", "templates", "styles/x"])
def test_the_output_can_not_lie_in_what_is_read(project: Project, output: str) -> None:
    done = project.build("--output", output)
    assert (done.exit_code, done.codes) == (2, ["output-in-input"])


def test_an_output_elsewhere_gets_the_same(built: Project, tmp_path: Path) -> None:
    before = built.published
    built.build("--output", str(tmp_path / "elsewhere"))
    after = Project(tmp_path / "elsewhere")
    assert {
        path.relative_to(after.root).as_posix(): path.read_bytes()
        for path in after.root.rglob("*")
        if path.is_file()
    } == before


def test_a_build_that_was_killed_leaves_whole_files_and_the_next_one_goes_on(
    project: Project, built: Project
) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "handouts", "build", "-v", "-j", "1"],
        cwd=project.root,
        env=project.environment(PYTHONUNBUFFERED="1"),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert running.stderr is not None
    assert running.stderr.readline().startswith("made")
    running.send_signal(signal.SIGKILL)
    running.wait()
    running.stderr.close()
    for name, data in project.published.items():
        if name.endswith(".pdf"):
            assert data.rstrip().endswith(b"%%EOF")
    done = project.build()
    assert (done.exit_code, len(done.made)) == (0, 1)
    assert project.published == built.published


def test_the_workers_of_a_build_that_was_killed_end(project: Project) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "handouts", "build", "-v", "-j", "2"],
        cwd=project.root,
        env=project.environment(PYTHONUNBUFFERED="1"),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert running.stderr is not None
    assert running.stderr.readline().startswith("made")
    running.send_signal(signal.SIGKILL)
    running.wait()
    # The pipe ends when the last process that could write to it has gone.
    pipe = running.stderr.fileno()
    os.set_blocking(pipe, False)
    deadline = time.monotonic() + 20
    with running.stderr:
        while select.select([pipe], [], [], deadline - time.monotonic())[0]:
            if not os.read(pipe, 1000):
                return
    pytest.fail("some worker is still there")


def test_an_interrupted_build_says_so_and_keeps_what_it_has_made(project: Project) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "handouts", "build", "-v", "-j", "1"],
        cwd=project.root,
        env=project.environment(PYTHONUNBUFFERED="1"),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert running.stderr is not None
    assert running.stderr.readline().startswith("made")
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert (running.returncode, said.strip()) == (130, "interrupted")
    assert not project.published
    assert len(project.build().made) == 1  # the other one was kept


def test_two_builds_at_once_take_turns(project: Project, built: Project) -> None:
    command = [sys.executable, "-m", "handouts", "build", "-q", "-j", "1"]
    runs = [
        subprocess.Popen(command, cwd=project.root, env=project.environment()) for _ in range(2)
    ]
    assert [run.wait(60) for run in runs] == [0, 0]
    assert project.published == built.published
    assert TRIAL_PDF in project.published
