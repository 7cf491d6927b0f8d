"""One worker process in its place: it makes one document at a time, and is replaced when it dies.

Each worker has a pool of its own, so that one that is killed while it says something can't keep the
others from being heard. What it says is short: the files it makes go to the store.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing import forkserver
from typing import Any

from pebble import ProcessPool

from handouts.build.limits import GRACE
from handouts.build.result import Result, Setup
from handouts.models.edition import Edition

MakeAll = Callable[[Setup, tuple[Edition, ...]], tuple[Result, ...]]

_DOCUMENTS_OF_A_WORKER = 150
"""After so many documents a worker is replaced: what it holds by then is given back."""


class Slot:
    """A place for one worker.

    Args:
        setup: what all documents share.
        make_all: what the worker does with one of them.
        is_alone: whether the worker has nothing in common with others of this process, which may
            be of a project with other fonts. It starts more slowly.
    """

    def __init__(
        self, setup: Setup, make_all: MakeAll | None = None, *, is_alone: bool = False
    ) -> None:
        self._setup, self._make_all, self._is_alone = setup, make_all or _make_all, is_alone
        self._pool = _pool(is_alone=is_alone)

    def get_ready(self) -> None:
        """Let the worker load the content now, while there is nothing to make yet."""
        limit = self._setup.limits.seconds + GRACE
        self._pool.schedule(_get_ready, args=(self._setup,), timeout=limit)

    def make(self, editions: tuple[Edition, ...]) -> Future[tuple[Result, ...]]:
        """Begin with a document; only one at a time.

        Returns:
            What comes of it. Its exceptions are ``TimeoutError`` and ``pebble.ProcessExpired``;
            then, ``renew`` must come before the next document.
        """
        limit = self._setup.limits.seconds * len(editions) + GRACE
        future: Future[tuple[Result, ...]] = self._pool.schedule(
            self._make_all, args=(self._setup, editions), timeout=limit
        )
        return future

    def renew(self) -> None:
        """Take another worker."""
        self.stop()
        self._pool = _pool(is_alone=self._is_alone)

    def stop(self) -> None:
        """End the worker, whatever it does."""
        pool = self._pool
        pool.stop()  # type: ignore[no-untyped-call]
        # Pebble waits for a killed worker's unfinished word; nobody else needs to.
        ending = threading.Thread(target=pool.join, daemon=True)
        ending.start()
        ending.join(_PATIENCE)


_PATIENCE = 5.0
"""Seconds until a worker has surely ended."""


_HAS_SERVER = sys.platform.startswith("linux")
"""Whether workers are forked from a server that has imported everything once for all of them."""


def warm_up() -> None:
    """Start the server of workers; it imports what they need while this process does its work."""
    if _HAS_SERVER:
        multiprocessing.get_context("forkserver").set_forkserver_preload(["handouts.build.job"])
        forkserver.ensure_running()


def _pool(*, is_alone: bool) -> ProcessPool:
    if not is_alone:
        warm_up()
    context: Any = multiprocessing.get_context(
        "forkserver" if _HAS_SERVER and not is_alone else "spawn"
    )
    return ProcessPool(1, _DOCUMENTS_OF_A_WORKER, initializer=_start, context=context)


# These run in a worker; there they import what this process has no need of.


def _start() -> None:
    from handouts.build.worker import start  # noqa: PLC0415

    start()


def _get_ready(setup: Setup) -> None:
    from handouts.build.worker import get_ready  # noqa: PLC0415

    get_ready(setup)


def _make_all(setup: Setup, editions: tuple[Edition, ...]) -> tuple[Result, ...]:
    from handouts.build.worker import make_all  # noqa: PLC0415

    return make_all(setup, editions)
