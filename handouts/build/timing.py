"""Where the time of a build goes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


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


@dataclass(frozen=True, slots=True)
class Timings:
    """Where the time of a whole build went.

    Attributes:
        build: stages of the process that was started, one after another.
        editions: stages of each edition that was made, by its name.
    """

    build: tuple[Stage, ...] = ()
    editions: Mapping[str, tuple[Stage, ...]] = field(default_factory=dict)

    def by_stage(self) -> dict[str, float]:
        """Seconds of each stage of all editions together, the longest first."""
        return _summed(stage for stages in self.editions.values() for stage in stages)

    def slowest(self, count: int) -> list[tuple[str, float]]:
        """The editions that took longest, with their seconds."""
        seconds = {
            name: sum(each.seconds for each in stages) for name, stages in self.editions.items()
        }
        return sorted(seconds.items(), key=lambda each: (-each[1], each[0]))[:count]

    def trace(self) -> dict[str, Any]:
        """All of it in the Trace Event Format, which browsers and Perfetto draw."""
        named = [("build", stage) for stage in self.build]
        named += [(name, stage) for name, stages in self.editions.items() for stage in stages]
        first = min((stage.start for _, stage in named), default=0.0)
        return {
            "displayTimeUnit": "ms",
            "traceEvents": [
                {
                    "name": stage.name,
                    "cat": "build" if name == "build" else "edition",
                    "ph": "X",
                    "ts": round((stage.start - first) * 1e6),
                    "dur": round(stage.seconds * 1e6),
                    "pid": stage.process,
                    "tid": stage.process,
                    "args": {"edition": name},
                }
                for name, stage in sorted(named, key=lambda each: each[1].start)
            ],
        }


def _summed(stages: Iterator[Stage]) -> dict[str, float]:
    seconds: dict[str, float] = {}
    for each in stages:
        seconds[each.name] = seconds.get(each.name, 0.0) + each.seconds
    return dict(sorted(seconds.items(), key=lambda each: -each[1]))
