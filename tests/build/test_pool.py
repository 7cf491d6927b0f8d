"""Workers, and what happens when one dies."""

from __future__ import annotations

import os
import signal
from datetime import date

import pytest

from handouts.build import pool
from handouts.build.folders import find_folders
from handouts.build.fonts import use_fonts
from handouts.build.result import Result, Setup
from handouts.diagnostics import note
from handouts.models.edition import Edition, Format, Kind, Paper
from tests.projects import Project


@pytest.mark.parametrize(
    ("jobs", "documents", "expected"),
    [(None, 0, 1), (None, 4, 1), (1, 50, 1), (3, 50, 3), (8, 2, 2)],
)
def test_workers_are_as_many_as_asked_for_or_worth_it(
    jobs: int | None, documents: int, expected: int
) -> None:
    assert pool.worker_count(jobs, documents) == expected


def test_many_documents_get_a_worker_for_each_processor() -> None:
    assert pool.worker_count(None, 5000) == pool.processors()


def _edition(name: str, paper: Paper = Paper.A4, language: str = "en") -> Edition:
    return Edition(name, Kind.TRIAL, language, Format.STANDARD, paper, "default")


def _make_or_die(setup: Setup, document: tuple[Edition, ...]) -> tuple[Result, ...]:
    if any(each.id.startswith("deadly") for each in document):
        os.kill(os.getpid(), signal.SIGKILL)
    return tuple(Result(edition=each) for each in document)


def _count(setup: Setup, document: tuple[Edition, ...]) -> tuple[Result, ...]:
    """Say of each edition how many came to the worker with it."""
    together = note("together", str(len(document)))
    return tuple(Result(edition=each, diagnostics=(together,)) for each in document)


def _start_nothing(setup: Setup) -> None:
    pass


def _results(
    project: Project, monkeypatch: pytest.MonkeyPatch, names: list[str]
) -> dict[str, list[str]]:
    monkeypatch.setattr(pool, "_start", _start_nothing)
    monkeypatch.setattr(pool, "_make_all", _make_or_die)
    folders = find_folders(None, None, project.root)
    use_fonts(folders)
    setup = Setup(folders, date(2026, 1, 1))
    results = pool.results_of([_edition(name) for name in names], setup, workers=2)
    return {each.edition.id: [found.code for found in each.diagnostics] for each in results}


def test_a_worker_that_dies_costs_its_own_document(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["one", "two", "deadly", "three", "four", "five", "six", "seven", "eight"]
    found = _results(project, monkeypatch, names)
    assert found == {name: ["worker-died"] if name == "deadly" else [] for name in names}


def test_when_every_worker_dies_the_build_ends(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"deadly-{number}" for number in range(20)]
    found = _results(project, monkeypatch, names)
    assert found == {name: ["worker-died"] for name in names}


def test_the_papers_of_a_document_are_one_job_and_its_languages_are_not() -> None:
    pages = [_edition(name, paper) for name in ("one", "two") for paper in Paper]
    spanish = _edition("two", language="es")
    assert list(pool.documents_of([*pages, spanish])) == [
        tuple(pages[:2]),
        tuple(pages[2:]),
        (spanish,),
    ]


def test_all_papers_of_a_document_come_to_one_worker_together(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_start", _start_nothing)
    monkeypatch.setattr(pool, "_make_all", _count)
    folders = find_folders(None, None, project.root)
    use_fonts(folders)
    setup = Setup(folders, date(2026, 1, 1))
    pages = [_edition(name, paper) for name in ("one", "two", "three") for paper in Paper]
    results = list(pool.results_of(pages, setup, workers=2))
    assert {each.edition for each in results} == set(pages)
    assert {each.diagnostics[0].message for each in results} == {"2"}
