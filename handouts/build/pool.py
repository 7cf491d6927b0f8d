"""Where documents are made: in this process, or in several workers that stay warm."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, groupby
from typing import TYPE_CHECKING

from handouts.build.limits import memory_limit
from handouts.build.memory import settled
from handouts.build.result import Result, Setup, name_of, too_hungry, too_slow
from handouts.diagnostics import error
from handouts.models.edition import Edition

if TYPE_CHECKING:
    from handouts.build.inputs import Digests
    from handouts.build.slot import MakeAll, Slot
    from handouts.loading.library import Library

Group = tuple[Edition, ...]
"""Editions of one document and language: they share words, charts, fit and twin."""

Began = Callable[[str, int], None]
"""Is told the name of a document, and how many editions it has, when work on it begins."""

_MOST_DEATHS = 10
"""After so many documents in a row that ended their worker, the rest is not tried."""


def processors() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def groups_of(editions: Iterable[Edition]) -> Iterator[Group]:
    """The editions of one document and language together."""
    for _, group in groupby(editions, key=lambda each: (each.clinic, each.language, each.id)):
        yield tuple(group)


def by_format(groups: Iterable[Group]) -> Iterator[Group]:
    """The same editions in smaller groups: those that differ in their paper only."""
    for each in groups:
        for _, group in groupby(each, key=lambda edition: edition.format):
            yield tuple(group)


def results_here(
    groups: Sequence[Group],
    setup: Setup,
    began: Began,
    library: Library | None = None,
    digests: Digests | None = None,
) -> Iterator[Result]:
    """Make documents in this process, and give each edition as soon as it is done.

    Args:
        groups: to make, in this order.
        setup: what they share.
        began: is told of each document.
        library: if it is loaded already.
        digests: of the content, taken before that.
    """
    from handouts.build.job import Press  # noqa: PLC0415  (heavy)

    press = Press(setup, library, digests)
    with settled(), memory_limit(setup.limits.memory):
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
    first: Slot | None = None,
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
        first: a worker that is there already.
    """
    from handouts.build.slot import Slot  # noqa: PLC0415  (not needed where nothing is made)

    waiting = deque(groups)
    slots = [Slot(setup, make_all) for _ in range(workers - bool(first))]
    if first is not None:
        slots.append(first)  # the last one is asked first
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
                made, again = _outcome(future, group, setup)
                yield from made
                if again or any(map(was_costly, made)):
                    slot.renew()
                deaths = 0 if any(each.entry for each in made) else deaths + _deaths(made, again)
                waiting.extendleft(reversed(again))
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
    waiting, deaths = deque([group]), 0
    while waiting:
        group = waiting.popleft()
        if deaths >= _MOST_DEATHS:
            yield from map(died, group)
            continue
        made, again = _outcome(slot.make(group), group, setup)
        yield from made
        if again or any(map(was_costly, made)):
            slot.renew()
        deaths += _deaths(made, again)
        waiting.extendleft(reversed(again))


def _outcome(
    future: Future[tuple[Result, ...]], group: Group, setup: Setup
) -> tuple[tuple[Result, ...], tuple[Group, ...]]:
    """What comes of a document, and what of it has to be tried again."""
    from pebble import ProcessExpired  # noqa: PLC0415  (not needed where nothing is made)

    problem = future.exception()
    if problem is None:
        return future.result(), ()
    if isinstance(problem, BrokenProcessPool):
        return (), (group,)  # the worker had died before it began
    if not isinstance(problem, TimeoutError | ProcessExpired | MemoryError):
        raise problem
    if len(group) > 1:
        return (), tuple((each,) for each in group)
    if isinstance(problem, TimeoutError):
        return (Result(edition=group[0], diagnostics=(too_slow(group[0], setup),)),), ()
    if isinstance(problem, MemoryError):
        return (Result(edition=group[0], diagnostics=(too_hungry(group[0], setup),)),), ()
    return (died(group[0]),), ()


def was_costly(result: Result) -> bool:
    """Whether a worker should not go on after an edition, though it has survived it."""
    return any(each.code in _COSTLY for each in result.diagnostics)


def _deaths(made: tuple[Result, ...], again: tuple[Group, ...]) -> int:
    """How many workers have died over a document."""
    return bool(again) or any(
        each.code == "worker-died" for one in made for each in one.diagnostics
    )


_COSTLY = frozenset({"out-of-memory", "too-slow", "worker-died"})


def died(edition: Edition) -> Result:
    """That an edition has ended the process that made it."""
    failure = error(
        "worker-died",
        f"making {name_of(edition)} ended its process",
        hint="it may need more memory than there is",
    )
    return Result(edition=edition, diagnostics=(failure,))
