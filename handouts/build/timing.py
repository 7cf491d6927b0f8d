"""Where the time of a build goes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Stage:
    """A piece of work.

    Attributes:
        name: what was done.
        start: when it began, in seconds of this system's clock, the same in all processes.
        seconds: how long it took.
        process: in which process.
    """

    name: str
    start: float
    seconds: float
    process: int


@dataclass(slots=True)
class Stopwatch:
    """Measures stages, one after another or one in another."""

    stages: list[Stage] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what is done inside."""
        start = time.monotonic()
        try:
            yield
        finally:
            self.stages.append(Stage(name, start, time.monotonic() - start, os.getpid()))
