"""What a build says while it runs, and when it has ended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handouts.cli import progress
from handouts.cli.progress import Progress
from tests.projects import Project


def test_it_says_the_rate_and_what_is_in_work() -> None:
    seconds = iter([0.0, 4.0, 8.0])
    follower = Progress(verbose=False, quiet=True, clock=lambda: next(seconds))
    follower.started(6)
    follower.began("apple.en.standard.a4", 2)
    follower.began("bread.es.standard.a4", 1)
    follower.made("apple.en.standard.a4", failed=False)
    assert follower.in_work() == "0.2 a second  apple.en, bread.es"
    follower.made("apple.en.standard.letter", failed=False)
    assert follower.in_work() == "0.2 a second  bread.es"


def test_many_names_are_cut() -> None:
    follower = Progress(verbose=False, quiet=True)
    follower.started(9)
    for name in ("her2climb-stops-working", "your-her2climb-treatment", "two-ways"):
        follower.began(f"{name}.en.standard.a4", 1)
    names = follower.in_work().partition("  ")[2]
    assert len(names) == 40
    assert names.endswith("…")


def test_a_terminal_gets_a_bar_and_others_plain_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for has_terminal in (True, False):
        monkeypatch.setattr(progress, "has_terminal", lambda answer=has_terminal: answer)
        with Progress(verbose=False, quiet=False) as follower:
            follower.started(2)
            follower.began("apple.en.standard.a4", 2)
            follower.made("apple.en.standard.a4", failed=False)
            follower.made("apple.en.standard.letter", failed=False)
        said = capsys.readouterr().err
        assert ("Building" in said) == has_terminal


def test_the_end_says_where_the_time_went(project: Project, tmp_path: Path) -> None:
    done = project.build("--profile", str(tmp_path / "profile.json"))
    times, documents, summary, _ = done.stdout.splitlines()
    for name in ("load", "check words", "look up", "make", "publish"):
        assert f"{name} " in times
    for name in ("compose", "render", "check", "pictures"):
        assert f"{name} " in documents
    assert summary.startswith("2 documents: 2 built, 0 cached, 0 failed, in ")
    events = json.loads((tmp_path / "profile.json").read_bytes())["traceEvents"]
    assert {each["args"]["edition"] for each in events} == {
        "build",
        "her2climb.en.standard.a4",
        "her2climb-stops-working.en.standard.a4",
    }
    assert all(each["ph"] == "X" and each["dur"] >= 0 and each["ts"] >= 0 for each in events)
    assert len(project.build().stdout.splitlines()) == 1
