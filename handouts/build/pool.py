"""Where documents are made: in this process, or in several workers that stay warm."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import chain, groupby
from typing import TYPE_CHECKING

from handouts.build.memory import settled
from handouts.build.result import Result, Setup, name_of, too_slow
from handouts.diagnostics import error
from handouts.models.edition import Edition

if TYPE_CHECKING:
    from handouts.build.job import Press
    from handouts.build.slot import MakeAll, Slot

Group = tuple[Edition, ...]
"""The editions of one document and language: they share words, charts and fit."""

Began = Callable[[str, int], None]
"""Is told the name of a document, and how many editions it has, when work on it begins."""

FEW = 4
"""So few documents are made in this process, as starting workers would take longer."""

_MOST_DEATHS = 10
"""After so many documents in a row that ended their worker, the rest is not tried."""


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


def documents_of(editions: Iterable[Edition]) -> Iterator[Group]:
    """The editions of one document and language together."""
    for _, group in groupby(editions, key=lambda each: (each.clinic, each.language, each.id)):
        yield tuple(group)


def results_here(
    groups: Sequence[Group], setup: Setup, began: Began, press: Press | None = None
) -> Iterator[Result]:
    """Make documents in this process, and give each edition as soon as it is done.

    Args:
        groups: to make, in this order.
        setup: what they share.
        began: is told of each document.
        press: if there is one already.
    """
    if press is None:
        from handouts.build.job import Press as PressHere  # noqa: PLC0415  (heavy)

        press = PressHere(setup)
    with settled():
        for group in groups:
            began(name_of(group[0]), len(group))
            yield from map(press.make, group)


def results_of_workers(
    groups: Sequence[Group],
    setup: Setup,
    began: Began,
    *,
    workers: int,
    make_all: MakeAll | None = None,
) -> Iterator[Result]:
    """Make documents in several processes, and give their editions as soon as they are done.

    What ends its worker, or goes on for too long, is tried again edition by edition, so that each
    costs only itself. Closing the iterator ends all workers at once.

    Args:
        groups: to make, in this order.
        setup: what they share.
        began: is told of each document.
        workers: processes to use.
        make_all: what a worker does with a document.
    """
    from handouts.build.slot import Slot  # noqa: PLC0415  (not needed where nothing is made)

    waiting = deque(groups)
    slots = [Slot(setup, make_all) for _ in range(workers)]
    idle = list(slots)
    running: dict[Future[tuple[Result, ...]], tuple[Slot, Group]] = {}
    deaths = 0
    try:
        while waiting or running:
            while waiting and idle and deaths < _MOST_DEATHS:
                slot, group = idle.pop(), waiting.popleft()
                began(name_of(group[0]), len(group))
                running[slot.make(group)] = slot, group
            if not running:
                yield from map(died, chain.from_iterable(waiting))
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                slot, group = running.pop(future)
                problem = future.exception()
                if problem is None:
                    deaths = 0
                    yield from future.result()
                else:
                    slot.renew()
                    if len(group) > 1:
                        waiting.extendleft((each,) for each in reversed(group))
                    else:
                        deaths += 1
                        yield failure_of(group[0], problem, setup)
                idle.append(slot)
    finally:
        for slot in slots:
            slot.stop()


def made_by(slot: Slot, group: Group, setup: Setup) -> Iterator[Result]:
    """Make a document in one worker, and what ends it edition by edition.

    Args:
        slot: where the worker is.
        group: editions of one document.
        setup: what is shared.
    """
    future = slot.make(group)
    problem = future.exception()
    if problem is None:
        yield from future.result()
        return
    slot.renew()
    if len(group) == 1:
        yield failure_of(group[0], problem, setup)
        return
    for each in group:
        yield from made_by(slot, (each,), setup)


def failure_of(edition: Edition, problem: BaseException, setup: Setup) -> Result:
    """What comes of an edition that has ended its worker."""
    from pebble import ProcessExpired  # noqa: PLC0415  (not needed where nothing is made)

    if isinstance(problem, TimeoutError):
        return Result(edition=edition, diagnostics=(too_slow(edition, setup),))
    if isinstance(problem, ProcessExpired):
        return died(edition)
    raise problem


def died(edition: Edition) -> Result:
    """That an edition has ended the process that made it."""
    failure = error(
        "worker-died",
        f"making {name_of(edition)} ended its process",
        hint="it may need more memory than there is",
    )
    return Result(edition=edition, diagnostics=(failure,))
