"""What runs on a computer of a cluster: a project that came in a parcel, and workers for it.

A worker of Dask does not make documents itself. It has a worker process of this program do so, as a
build on one computer does: what hangs, dies or wants too much memory costs only its own document.
"""

from __future__ import annotations

import multiprocessing
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from distributed import Worker, get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from handouts.build.generator import installed_versions, program_digest
from handouts.build.inputs import file_digest
from handouts.build.native import native_libraries
from handouts.build.parcel import Parcel
from handouts.build.pool import Group, made_by
from handouts.build.result import Result, Setup
from handouts.build.slot import Slot
from handouts.build.store import Store

_SHORT = 12
"""Digits of a digest that people see."""

Made = tuple[tuple[Result, ...], dict[str, bytes]]
"""Results, and the files they name, by digest."""


class WrongWorker(Exception):  # noqa: N818  (it is no error of the program)
    """A worker that would not make the same bytes was given a document."""


def traits() -> dict[str, str]:
    """Everything on this computer that the bytes of a document depend on, by name."""
    libraries = {
        each.name: f"{each.version or ''} {(file_digest(each.path) or '')[:_SHORT]}".strip()
        for each in native_libraries()
        if each.path is not None
    }
    return {
        "Python": sys.version.split()[0],
        **installed_versions(),
        **libraries,
        "the program": program_digest()[:_SHORT],
    }


def traits_of_worker() -> dict[str, str]:
    """As ``traits``, in a worker of Dask; ``daemon`` is there if it may not start processes."""
    found = traits()
    if multiprocessing.current_process().daemon:
        found["daemon"] = "yes"
    return found


class Workshop(WorkerPlugin):
    """Sets each worker up for a build, those too that come later; cleans up after it.

    Args:
        name: of the build.
        parcel: the project.
        setup: what all documents share; its folders are those of the computer it came from.
        expected: what ``traits`` are there.
    """

    def __init__(self, name: str, parcel: Parcel, setup: Setup, expected: dict[str, str]) -> None:
        self.name = name
        self._parcel, self._setup, self._expected = parcel, setup, expected

    def setup(self, worker: Worker) -> None:
        """Unpack the project."""
        root = Path(tempfile.mkdtemp(prefix="handouts-"))
        project = root / "project"
        setup = replace(
            self._setup,
            folders=self._parcel.unpack(project),
            store=root / "files" if self._setup.store else None,
            stamp=None,
        )
        _benches[self.name, worker.address] = _Bench(
            root, setup, is_right=traits() == self._expected
        )

    def teardown(self, worker: Worker) -> None:
        """Remove it again."""
        bench = _benches.pop((self.name, worker.address), None)
        if bench is not None:
            bench.clear()


def make_remotely(name: str, group: Group) -> Made:
    """Make the editions of a document.

    Args:
        name: of the build, whose ``Workshop`` was here before.
        group: editions of one document.

    Raises:
        WrongWorker: this worker would not make the same bytes.
    """
    bench = _benches[name, get_worker().address]
    if not bench.is_right:
        raise WrongWorker
    with bench.slot() as slot:
        results = tuple(made_by(slot, group, bench.setup))
    files = {}
    if bench.setup.store is not None:
        store = Store(bench.setup.store)
        for digest in {each for result in results for each in result.files.values()}:
            data = store.get(digest)
            if data is None:
                raise LookupError(digest)
            files[digest] = data
            store.path(digest).unlink(missing_ok=True)
    return results, files


@dataclass(slots=True)
class _Bench:
    """Where one build is worked on: its project, and a worker process for each thread of Dask."""

    root: Path
    setup: Setup
    is_right: bool
    _idle: list[Slot] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def slot(self) -> Iterator[Slot]:
        with self._lock:
            slot = self._idle.pop() if self._idle else None
        slot = slot or Slot(self.setup, is_alone=True)
        try:
            yield slot
        finally:
            with self._lock:
                self._idle.append(slot)

    def clear(self) -> None:
        for slot in self._idle:
            slot.stop()
        shutil.rmtree(self.root, ignore_errors=True)


_benches: dict[tuple[str, str], _Bench] = {}
"""By the name of the build and the address of the worker."""
