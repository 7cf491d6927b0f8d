"""A scheduler of Dask and workers for it, on this computer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from distributed import Client

from tests.projects import ROOT

T = TypeVar("T")


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    """The address of a scheduler that has no worker yet."""
    found = folder / "scheduler.json"
    command = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with _running(folder, *command, "--scheduler-file", str(found)):
        yield str(_when(lambda: found.is_file() and _address_in(found)))


def _address_in(path: Path) -> str:
    try:
        return str(json.loads(path.read_text())["address"])
    except ValueError:
        return ""


@contextmanager
def workers(address: str, folder: Path, count: int, **environment: str) -> Iterator[list[int]]:
    """So many workers; gives the processes that work."""
    environment = {"DASK_DISTRIBUTED__WORKER__DAEMON": "False", **environment}
    command = ["worker", address, "--nworkers", str(count), "--nthreads", "1", "--no-dashboard"]
    command += ["--local-directory", str(folder)]
    with _running(folder, *command, **environment), _client(address) as client:
        client.wait_for_workers(count, timeout=60)
        yield list(client.run(os.getpid).values())
    with _client(address) as client:
        _when(lambda: not client.scheduler_info()["workers"])


def _client(address: str) -> Client:
    return Client(address)  # type: ignore[no-untyped-call]


@contextmanager
def _running(folder: Path, *arguments: str, **environment: str) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        try:
            yield
        finally:
            running.terminate()


def _when(condition: Callable[[], T]) -> T:
    """Wait until something is so."""
    deadline = time.monotonic() + 60
    while not (value := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return value
