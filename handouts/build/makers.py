"""Who makes the documents of a build: this computer, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from handouts.build.pool import Group, by_format, processors, results_here, results_of_workers
from handouts.build.result import Result, Setup
from handouts.build.watcher import Watcher
from handouts.models.edition import Edition

if TYPE_CHECKING:
    from handouts.build.inputs import Digests
    from handouts.build.slot import Slot
    from handouts.loading.library import Library


_FOR_ONE = 2
"""So many groups of editions, such as those of one sheet, are made by one worker."""
_ENOUGH = 4
"""Documents for each worker, with which none is long without work."""


class Makers(Protocol):
    """Makes documents."""

    def prepare(self, setup: Setup) -> None:
        """Get ready while the content is loaded; the fonts are set up already."""

    def dismiss(self) -> None:
        """Nothing more is to be made."""

    def results_of(
        self,
        groups: Sequence[Group],
        setup: Setup,
        watcher: Watcher,
        library: Library,
        digests: Digests,
    ) -> Generator[Result, None, None]:
        """Make documents; closing the generator ends the work on them.

        Args:
            groups: to make, the longest first.
            setup: what they share.
            watcher: is told of each document when work on it begins.
            library: as it is loaded here.
            digests: of the content, taken before that.
        """


@dataclass(slots=True)
class Here:
    """This computer.

    Attributes:
        jobs: processes to use; None means as many as are worth their start.
    """

    jobs: int | None = None
    _first: Slot | None = field(default=None, init=False, repr=False)

    def prepare(self, setup: Setup) -> None:
        """See ``Makers``. The first worker loads the content at the same time as this process."""
        if self._has_workers:
            from handouts.build.slot import Slot  # noqa: PLC0415  (not needed without)

            self._first = Slot(setup)
            self._first.get_ready()

    def dismiss(self) -> None:
        """See ``Makers``."""
        first, self._first = self._first, None
        if first is not None:
            first.stop()

    def results_of(
        self,
        groups: Sequence[Group],
        setup: Setup,
        watcher: Watcher,
        library: Library,
        digests: Digests,
    ) -> Generator[Result, None, None]:
        """See ``Makers``."""
        if self._has_workers:
            wanted = self.jobs or processors()
            if len(groups) < _ENOUGH * wanted:
                groups = list(by_format(groups))
            # A second worker loads all content first; the one that is ready is done by then.
            workers = min(wanted, len(groups)) if len(groups) > _FOR_ONE else 1
            first, self._first = self._first, None
            yield from results_of_workers(
                groups, setup, watcher.began, workers=workers, first=first
            )
        else:
            yield from results_here(groups, setup, watcher.began, library, digests)

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
