"""Workers, and what happens when one dies."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from datetime import date

import pytest

from handouts.build import pool
from handouts.build.folders import find_folders
from handouts.build.limits import Limits
from handouts.build.makers import longest_first
from handouts.build.result import Result, Setup
from handouts.diagnostics import note
from handouts.models.edition import Edition, Format, Kind, Paper
from tests.projects import Project


def test_the_longest_go_first() -> None:
    groups = [(_edition(name),) for name in ("short", "longest", "longer")]
    in_order = longest_first(groups, lambda each: len(each.id))
    assert [group[0].id for group in in_order] == ["longest", "longer", "short"]


def test_the_editions_of_a_document_are_one_job_and_its_languages_are_not() -> None:
    pages = [_edition(name, paper) for name in ("one", "two") for paper in Paper]
    large = replace(pages[-1], format=Format.LARGE_PRINT)
    spanish = _edition("two", language="es")
    groups = list(pool.groups_of([*pages, large, spanish]))
    assert groups == [tuple(pages[:2]), (*pages[2:], large), (spanish,)]
    assert list(pool.by_format(groups)) == [
        tuple(pages[:2]),
        tuple(pages[2:]),
        (large,),
        (spanish,),
    ]


def _edition(name: str, paper: Paper = Paper.A4, language: str = "en") -> Edition:
    return Edition(name, Kind.TRIAL, language, Format.STANDARD, paper, "default")


# These run in a worker.


def _make_or_die(setup: Setup, editions: tuple[Edition, ...]) -> tuple[Result, ...]:
    for each in editions:
        if each.id.startswith("deadly") and each.paper is Paper.A4:
            os.kill(os.getpid(), signal.SIGKILL)
        if each.id.startswith("endless"):
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
            while True:
                time.sleep(0.01)
    return tuple(Result(edition=each) for each in editions)


def _hungry(setup: Setup, editions: tuple[Edition, ...]) -> tuple[Result, ...]:
    if any(each.id == "hungry" for each in editions):
        raise MemoryError
    return tuple(Result(edition=each) for each in editions)


def _count(setup: Setup, editions: tuple[Edition, ...]) -> tuple[Result, ...]:
    """Say of each edition how many came to the worker with it."""
    together = note("together", str(len(editions)))
    return tuple(Result(edition=each, diagnostics=(together,)) for each in editions)


def _slowly(setup: Setup, editions: tuple[Edition, ...]) -> tuple[Result, ...]:
    time.sleep(60)
    raise AssertionError


class TestWorkers:
    """Two of them, which make nothing, but hang and die."""

    @pytest.fixture
    def setup(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> Setup:
        monkeypatch.setattr("handouts.build.slot.GRACE", 1.0)
        folders = find_folders(None, None, project.root)
        return Setup(folders, date(2026, 1, 1), limits=Limits(seconds=0.5))

    def results(self, setup: Setup, names: list[str]) -> dict[tuple[str, str], list[str]]:
        pages = [_edition(name, paper) for name in names for paper in Paper]
        began: list[str] = []
        results = pool.results_of_workers(
            list(pool.groups_of(pages)), setup, lambda name, _: began.append(name), workers=2,
            make_all=_make_or_die,
        )  # fmt: skip
        found = {
            (each.edition.id, str(each.edition.paper)): [said.code for said in each.diagnostics]
            for each in results
        }
        assert {name.partition(".")[0] for name in began} == set(names)
        return found

    def test_one_that_dies_costs_its_own_edition(self, setup: Setup) -> None:
        found = self.results(setup, ["one", "two", "deadly", "three", "four", "five"])
        assert {key: codes for key, codes in found.items() if codes} == {
            ("deadly", "a4"): ["worker-died"]
        }
        assert len(found) == 12

    def test_one_that_hangs_costs_its_own_document(self, setup: Setup) -> None:
        found = self.results(setup, ["one", "endless", "two", "three"])
        assert {key: codes for key, codes in found.items() if codes} == {
            ("endless", "a4"): ["too-slow"],
            ("endless", "letter"): ["too-slow"],
        }
        assert len(found) == 8

    def test_when_every_one_dies_the_build_ends(
        self, setup: Setup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pool, "_MOST_DEATHS", 3)
        names = [f"deadly-{number}" for number in range(20)]
        pages = [_edition(name) for name in names]
        began: list[str] = []
        results = pool.results_of_workers(
            list(pool.groups_of(pages)), setup, lambda name, _: began.append(name), workers=2,
            make_all=_make_or_die,
        )  # fmt: skip
        found = {each.edition.id: [said.code for said in each.diagnostics] for each in results}
        assert found == {name: ["worker-died"] for name in names}
        assert len(began) < 6

    def test_memory_that_is_at_an_end_outside_of_a_document_costs_this_one(
        self, setup: Setup
    ) -> None:
        groups = [(_edition(name),) for name in ("one", "hungry", "two")]
        results = pool.results_of_workers(groups, setup, _nobody, workers=2, make_all=_hungry)
        codes = {each.edition.id: [said.code for said in each.diagnostics] for each in results}
        assert codes == {"one": [], "hungry": ["out-of-memory"], "two": []}

    def test_all_papers_of_a_document_come_to_one_together(self, setup: Setup) -> None:
        pages = [_edition(name, paper) for name in ("one", "two", "three") for paper in Paper]
        groups = list(pool.groups_of(pages))
        results = list(pool.results_of_workers(groups, setup, _nobody, workers=2, make_all=_count))
        assert {each.edition for each in results} == set(pages)
        assert {each.diagnostics[0].message for each in results} == {"2"}

    def test_they_end_at_once_when_nobody_wants_more(self, setup: Setup) -> None:
        groups = [(_edition(name),) for name in ("one", "two")]
        results = pool.results_of_workers(groups, setup, _nobody, workers=2, make_all=_slowly)
        started = threading.Timer(0.5, signal.raise_signal, (signal.SIGINT,))
        start = time.monotonic()
        started.start()
        with pytest.raises(KeyboardInterrupt):
            next(results)
        assert time.monotonic() - start < 4


def _nobody(name: str, editions: int) -> None:
    pass
