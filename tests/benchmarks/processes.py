"""Runs a command to its end, with all that it starts, and says how long that took.

``python -m tests.benchmarks.processes COMMAND…`` prints JSON. A worker of a worker is no child of
this process, so that its time would not count: on Linux this process takes such orphans over.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

_SUBREAPER = 36
"""``PR_SET_CHILD_SUBREAPER`` of ``prctl``."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took.

    Attributes:
        wall: seconds on the clock.
        cpu: seconds of all its processes.
        exit_code: of the command itself.
    """

    wall: float
    cpu: float
    exit_code: int


def timed(
    command: Sequence[str | Path], *, folder: Path, environment: Mapping[str, str] | None = None
) -> Spent:
    """Run a command; what it prints is thrown away.

    Raises:
        RuntimeError: it can't be run.
    """
    done = subprocess.run(
        [sys.executable, __file__, *map(str, command)],
        cwd=folder, env=environment, stdout=subprocess.PIPE, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"can't run {command[0]}")
    return Spent(**json.loads(done.stdout))


def _spent(command: Sequence[str]) -> Spent:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    start = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    cpu, wall, code = 0.0, 0.0, 0
    while True:
        try:
            ended, status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return Spent(wall, cpu, code)
        cpu += usage.ru_utime + usage.ru_stime
        if ended == process.pid:
            wall, code = perf_counter() - start, os.waitstatus_to_exitcode(status)
            process.returncode = code


if __name__ == "__main__":
    print(json.dumps(asdict(_spent(sys.argv[1:]))))
