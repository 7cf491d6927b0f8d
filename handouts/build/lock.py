"""One build of a project, and of an output folder, at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover  (Windows: builds run in WSL or a container there)
    fcntl = None  # type: ignore[assignment]


NAME = "lock"
"""Of the file in the cache; it stays, for those that wait for it."""

_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@contextmanager
def alone(output: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of an output folder: builds of other projects may write there too.

    Args:
        output: made if missing; without a lock where that can't be.
        waiting: called once when another process holds the lock.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        handle = os.open(output, os.O_RDONLY)
    except OSError:
        yield  # the first file that is written says what is wrong
        return
    try:
        _take(handle, waiting)
        yield
    finally:
        os.close(handle)
        with suppress(OSError):
            output.rmdir()  # where nothing has been written


@contextmanager
def turn(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock in a folder; the system lets go of it if this process dies.

    Where the folder can't be written to, there is no lock.

    Args:
        folder: made if missing.
        waiting: called once when another process holds the lock.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Nothing is followed and nothing emptied: the folder may have come with the project.
        handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | _PLAIN, 0o600)
    except OSError:
        yield
        return
    try:
        _take(handle, waiting)
        yield
    finally:
        os.close(handle)


def _take(handle: int, waiting: Callable[[], None]) -> None:
    if fcntl is not None:
        _lock(handle, waiting)


def _lock(handle: int, waiting: Callable[[], None]) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting()
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        return  # a file system without locks
