"""What one document may take: seconds and memory."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

try:
    import resource
except ImportError:  # pragma: no cover  (Windows: builds run in WSL or a container there)
    resource = None  # type: ignore[assignment]

GRACE = 10.0
"""Seconds that a worker has beyond the limit, to say itself that it is over, and to start."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one edition may take.

    Attributes:
        seconds: of time by the clock.
        memory: bytes of data in its process.
    """

    seconds: float = 120.0
    memory: int = 2 << 30


class TookTooLong(BaseException):
    """A document has not come to an end in its time. No handler of ``Exception`` may stop it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End what runs inside after some seconds, if this is the main thread of the process.

    It ends Python code; what hangs in a library is ended with its process.

    Raises:
        TookTooLong: the time is over.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(*_: Any) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, over)
    # Again each second: where Python calls back from a library, an exception may get lost.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def memory_limit(size: int) -> Iterator[None]:
    """As ``limit_memory``, for what runs inside only: this process has other work too."""
    before = resource.getrlimit(resource.RLIMIT_DATA) if resource else None
    limit_memory(size)
    try:
        yield
    finally:
        if before is not None:
            resource.setrlimit(resource.RLIMIT_DATA, before)


def limit_memory(size: int) -> None:
    """Let this process have no more data than that; Python then raises ``MemoryError``.

    Where the system does not bound data (all but Linux), nothing happens.
    """
    if resource is None or not sys.platform.startswith("linux"):
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = size if most == resource.RLIM_INFINITY else min(size, most)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, most))
