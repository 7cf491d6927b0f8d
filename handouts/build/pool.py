"""Where jobs run: in this process, or in several workers that are started once and stay warm."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, groupby
from typing import TYPE_CHECKING

from handouts.build.memory import settled
from handouts.build.result import Result, Setup, name_of
from handouts.diagnostics import error
from handouts.models.edition import Edition

if TYPE_CHECKING:
    from handouts.build.job import Press

FEW = 4
"""So few documents are made in this process, as starting workers would take longer."""

_MOST_DEATHS = 3
"""After so many documents that ended their worker, the rest is not tried."""

_AHEAD = 3
"""Jobs handed to the pool for each worker, so that none waits and none piles up."""


def worker_count(jobs: int | None, documents: int) -> int:
    """How many processes make the documents: as many as asked for, or one for each processor."""
    if jobs is None:
        jobs = 1 if documents <= FEW else processors()
    return max(1, min(jobs, documents))


def processors() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def results_of(
    editions: Sequence[Edition], setup: Setup, *, workers: int, press: Press | None = None
) -> Iterator[Result]:
    """Make editions, and give each as soon as it is done.

    Args:
        editions: to make.
        setup: what they share.
        workers: processes to make them in; 1 means this one.
        press: for this process, if there is one already.
    """
    if workers == 1:
        if press is None:
            from handouts.build.job import Press as PressHere  # noqa: PLC0415  (heavy)

            press = PressHere(setup)
        with settled():
            yield from map(press.make, editions)
        return
    waiting = deque(documents_of(editions))
    deaths = 0
    while waiting:
        if deaths >= _MOST_DEATHS:
            yield from map(_death, waiting.popleft())
            continue
        suspects = yield from _in_pool(waiting, setup, workers)
        # A worker that dies takes its pool with it. What was under way goes alone, to find out why.
        for edition in suspects:
            if (yield from _in_pool(deque([(edition,)]), setup, 1)):
                deaths += 1
                yield _death(edition)


def documents_of(editions: Iterable[Edition]) -> Iterator[tuple[Edition, ...]]:
    """The editions of one document and language together: they share words, charts and fit."""
    for _, group in groupby(editions, key=lambda each: (each.clinic, each.language, each.id)):
        yield tuple(group)


def _in_pool(
    waiting: deque[tuple[Edition, ...]], setup: Setup, workers: int
) -> Generator[Result, None, tuple[Edition, ...]]:
    """Results of a pool, taken from ``waiting`` until that is empty or a worker dies.

    Returns:
        The editions that were under way when a worker died.
    """
    running: dict[Future[tuple[Result, ...]], tuple[Edition, ...]] = {}
    with _pool(setup, workers) as pool:
        try:
            while waiting or running:
                while waiting and len(running) < workers * _AHEAD:
                    document = waiting.popleft()
                    try:
                        running[pool.submit(_make_all, setup, document)] = document
                    except BrokenProcessPool:
                        return (*document, *chain.from_iterable(running.values()))
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    results = future.result()
                    del running[future]
                    yield from results
        except BrokenProcessPool:
            return tuple(chain.from_iterable(running.values()))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return ()


def _death(edition: Edition) -> Result:
    died = error(
        "worker-died",
        f"making {name_of(edition)} ended its process",
        hint="it may need more memory than there is",
    )
    return Result(edition=edition, diagnostics=(died,))


def _pool(setup: Setup, workers: int) -> ProcessPoolExecutor:
    method = "forkserver" if sys.platform.startswith("linux") else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        # What is imported before the fork is imported once for all workers.
        context.set_forkserver_preload(["handouts.build.worker"])
    return ProcessPoolExecutor(workers, context, initializer=_start, initargs=(setup,))


# These run in a worker; there they import what this process has no need of.


def _start(setup: Setup) -> None:
    from handouts.build.worker import start  # noqa: PLC0415

    start(setup)


def _make_all(setup: Setup, document: tuple[Edition, ...]) -> tuple[Result, ...]:
    return tuple(_make(setup, edition) for edition in document)


def _make(setup: Setup, edition: Edition) -> Result:
    from handouts.build.worker import make  # noqa: PLC0415

    return make(setup, edition)
