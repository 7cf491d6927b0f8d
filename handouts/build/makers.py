"""Who makes the documents of a build: this computer, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from handouts.build.pool import Group, by_format, processors, results_here, results_of_workers
from handouts.build.result import Result, Setup
from handouts.build.watcher import Watcher
from handouts.models.edition import Edition

if TYPE_CHECKING:
    from handouts.loading.library import Library


_ENOUGH = 4
"""Documents for each worker, with which none is long without work."""


class Makers(Protocol):
    """Makes documents."""

    def prepare(self) -> None:
        """Get ready while the content is loaded; the fonts are set up already."""

    def results_of(
        self, groups: Sequence[Group], setup: Setup, watcher: Watcher, library: Library
    ) -> Generator[Result, None, None]:
        """Make documents; closing the generator ends the work on them.

        Args:
            groups: to make, the longest first.
            setup: what they share.
            watcher: is told of each document when work on it begins.
            library: as it is loaded here.
        """


@dataclass(frozen=True, slots=True)
class Here:
    """This computer.

    Attributes:
        jobs: processes to use; None means as many as are worth their start.
    """

    jobs: int | None = None

    def prepare(self) -> None:
        """See ``Makers``."""
        if self._has_workers:
            from handouts.build.slot import warm_up  # noqa: PLC0415  (not needed without)

            warm_up()

    def results_of(
        self, groups: Sequence[Group], setup: Setup, watcher: Watcher, library: Library
    ) -> Generator[Result, None, None]:
        """See ``Makers``."""
        if self._has_workers:
            wanted = self.jobs or processors()
            if len(groups) < _ENOUGH * wanted:
                groups = list(by_format(groups))
            workers = min(wanted, len(groups))
            yield from results_of_workers(groups, setup, watcher.began, workers=workers)
        else:
            yield from results_here(groups, setup, watcher.began, library)

    @property
    def _has_workers(self) -> bool:
        return (self.jobs or processors()) > 1


def longest_first(groups: Iterable[Group], cost: Callable[[Edition], float]) -> list[Group]:
    """Documents in the order in which all workers end at about the same time.

    Args:
        groups: in any order; those of the same cost stay in it.
        cost: what an edition may take.
    """
    return sorted(groups, key=lambda group: -sum(map(cost, group)))
