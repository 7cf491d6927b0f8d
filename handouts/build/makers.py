"""Who makes the documents of a build: this computer, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from handouts.build.pool import Group, results_here, results_of_workers, worker_count
from handouts.build.result import Result, Setup
from handouts.build.watcher import Watcher
from handouts.models.edition import Edition


class Makers(Protocol):
    """Makes documents."""

    def results_of(
        self, groups: Sequence[Group], setup: Setup, watcher: Watcher
    ) -> Generator[Result, None, None]:
        """Make documents; closing the generator ends the work on them.

        Args:
            groups: to make, the longest first.
            setup: what they share.
            watcher: is told of each document when work on it begins.
        """


@dataclass(frozen=True, slots=True)
class Here:
    """This computer.

    Attributes:
        jobs: processes to use; None means as many as are worth their start.
    """

    jobs: int | None = None

    def results_of(
        self, groups: Sequence[Group], setup: Setup, watcher: Watcher
    ) -> Generator[Result, None, None]:
        """See ``Makers``."""
        workers = min(worker_count(self.jobs, sum(map(len, groups))), len(groups))
        if workers == 1:
            yield from results_here(groups, setup, watcher.began)
        else:
            yield from results_of_workers(groups, setup, watcher.began, workers=workers)


def longest_first(groups: Iterable[Group], cost: Callable[[Edition], float]) -> list[Group]:
    """Documents in the order in which all workers end at about the same time.

    Args:
        groups: in any order; those of the same cost stay in it.
        cost: what an edition may take.
    """
    return sorted(groups, key=lambda group: -sum(map(cost, group)))
