"""Nothing that was found, loaded or made before outlives what it rests on."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from handouts.build.dependencies import read_whole, records_of
from handouts.build.folders import Folders, find_folders
from handouts.build.job import look_of
from handouts.build.library import build_library
from handouts.build.makers import Here
from handouts.build.request import Request
from handouts.build.store import Store
from handouts.build.watcher import Unwatched
from handouts.loading.library import load_library
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.compose import compose
from tests.conftest import keep_away
from tests.loading.small import SHEET, SOURCES, TRIAL, small_project
from tests.projects import ROOT, Project

TODAY = date(2026, 11, 20)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    keep_away(monkeypatch)
    return small_project(tmp_path)


def test_what_is_found_in_words_rests_on_the_sources_of_trials(small: Project) -> None:
    """A trial without its source is no trial, and its name no name: then its digits have none."""
    small.replace(TRIAL, "acronym: MADE-UP", "acronym: STUDY7")
    small.replace(SHEET, "What is this for?", "What is STUDY7 for?")
    good = small.text(SOURCES)
    small.write(SOURCES, good.replace("MADE-UP-1:", "MADE-UP-9:"))
    assert "unsourced-number" in small.run("check", "-j", "1").codes
    small.write(SOURCES, good)
    assert "unsourced-number" not in small.run("check", "-j", "1").codes


def test_an_edit_while_documents_are_made_is_seen_by_the_next_build(small: Project) -> None:
    class Editor(Unwatched):
        def started(self, total: int) -> None:  # noqa: ARG002
            small.replace(SHEET, "What is this for?", "Whom is this for?")

    def build(watcher: Unwatched) -> int:
        folders = find_folders(None, None, small.root)
        report = build_library(folders, Request(), today=TODAY, makers=Here(1), watcher=watcher)
        return report.built

    assert build(Editor()) == 2
    assert build(Unwatched()) == 1
    twins = small.output.rglob("*made-up-sheet*/index.html")
    assert any("Whom is this for?" in each.read_text(encoding="utf-8") for each in twins)


def test_force_takes_nothing_from_the_cache(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.build()
    taken: list[str] = []
    monkeypatch.setattr("handouts.build.record.Records.words", lambda *_: taken.append("words"))
    monkeypatch.setattr("handouts.build.loaded.Loaded.get", lambda *_: taken.append("loaded"))
    done = small.build("--force")
    assert done.exit_code == 0, done.stderr
    assert taken == []


def test_a_damaged_file_of_the_store_is_made_good(small: Project) -> None:
    small.build()
    before = small.published
    for name in ("output", ".cache/handouts/editions", ".cache/handouts/builds"):
        shutil.rmtree(small.path(name))
    for path in small.path(".cache/handouts/files").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            path.write_bytes(data[:-4] + b"oops")
    done = small.build()
    assert done.exit_code == 0, done.stderr
    assert small.published == before


def test_a_store_does_not_trust_a_size(tmp_path: Path) -> None:
    store = Store(tmp_path)
    digest = store.put(b"words")
    store.path(digest).write_bytes(b"w0rds")
    assert store.put(b"words") == digest
    assert store.get(digest) == b"words"


@pytest.mark.parametrize("name", [".#default.yaml", "._default.yaml"])
def test_what_editors_and_systems_hide_is_no_content(small: Project, name: str) -> None:
    before = small.run("check", "-j", "1")
    small.write(f"content/clinics/{name}", "no: [clinic")
    done = small.run("check", "-j", "1", "--force")
    assert (done.exit_code, done.codes) == (before.exit_code, before.codes)


def test_a_hidden_file_that_is_refused_is_missed_when_it_has_gone(small: Project) -> None:
    small.write("content/clinics/...yaml", "no: [clinic")
    assert small.run("check", "-j", "1").exit_code == 1
    small.remove("content/clinics/...yaml")
    assert small.run("check", "-j", "1").exit_code == 0


def test_a_drawing_without_a_fact_depends_on_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only drugs and marks print facts, and patients see no marks."""
    monkeypatch.setattr("handouts.rendering.diagrams.DRUGS", frozenset())
    folders = Folders(ROOT, ROOT / "content", ROOT / "output")
    edition = Edition(
        "two-ways-to-block-her2", Kind.PATIENT, "en", Format.STANDARD, Paper.A4, "default"
    )
    ledger = compose(
        edition, load_library(ROOT / "content", ROOT), look_of(folders), TODAY, Path.read_bytes
    ).ledger
    file = "content/diagrams/her2-pathways.yaml"
    assert file not in {fact.path for fact in ledger.facts()}
    assert file in read_whole(edition, ledger, folders)
    assert file in records_of(ledger)
