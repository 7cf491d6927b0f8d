"""Where jobs run: in this process, or in several workers that are started once and stay warm."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from handouts.build.result import Result, Setup, name_of
from handouts.diagnostics import error
from handouts.models.edition import Edition

if TYPE_CHECKING:
    from handouts.build.job import Press

FEW = 4
"""So few documents are made in this process, as starting workers would take longer."""

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
            from handouts.build.job import Press as PressInThisProcess  # noqa: PLC0415  (heavy)

            press = PressInThisProcess(setup)
        yield from map(press.make, editions)
        return
    unfinished = list(editions)
    for result in _in_pool(editions, setup, workers):
        unfinished.remove(result.edition)
        yield result
    # A worker that dies takes the whole pool with it, so what is left goes one by one.
    for edition in unfinished:
        yield from _alone(edition, setup)


def _in_pool(editions: Sequence[Edition], setup: Setup, workers: int) -> Iterator[Result]:
    """Results of a pool, until all are there or a worker dies."""
    waiting = iter(editions)
    running: set[Future[Result]] = set()
    with _pool(setup, workers) as pool:
        try:
            while True:
                while len(running) < workers * _AHEAD:
                    edition = next(waiting, None)
                    if edition is None:
                        break
                    running.add(pool.submit(_make, setup, edition))
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        except BrokenProcessPool:
            return
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _alone(edition: Edition, setup: Setup) -> Iterator[Result]:
    results = list(_in_pool([edition], setup, 1))
    if not results:
        died = error(
            "worker-died",
            f"making {name_of(edition)} ended its process",
            hint="it may need more memory than there is",
        )
        results = [Result(edition=edition, diagnostics=(died,))]
    yield from results


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


def _make(setup: Setup, edition: Edition) -> Result:
    from handouts.build.worker import make  # noqa: PLC0415

    return make(setup, edition)
