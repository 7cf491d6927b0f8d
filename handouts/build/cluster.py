"""A cluster of Dask as maker of documents: the same bytes, on many computers without a shared disk.

The project goes to each worker in a parcel, once; what is made comes back with the results. Workers
that would make other bytes are refused. When one dies, Dask has another do its documents.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from handouts.build.native import UnusableEnvironment
from handouts.build.parcel import parcel_of
from handouts.build.pool import Group, died
from handouts.build.result import Result, Setup
from handouts.build.store import Store
from handouts.build.watcher import Watcher

if TYPE_CHECKING:
    from handouts.build.inputs import Digests
    from handouts.build.remote import Made, Workshop
    from handouts.loading.library import Library

Client = Any
Future = Any
"""As Dask has them, which says little about its types."""

_ANSWERS_WITHIN = 10.0
"""Seconds in which a scheduler and its workers say something."""

_PATIENCE = 60.0
"""Seconds without any worker that may be used, after which the build ends."""

_LOOKS_EVERY = 1.0
"""Seconds between two looks at which workers there are."""

INSTALL = "install it with `pip install 'handouts[cluster]'`"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Makes documents on the workers of a scheduler of Dask.

    Attributes:
        address: of the scheduler.
        make: what a worker does with a document, given the name of the build; if None, makes it.
    """

    address: str
    make: Callable[[str, Group], Made] | None = None

    def prepare(self, setup: Setup) -> None:
        """See ``Makers``: its workers get ready when there is something to make."""

    def dismiss(self) -> None:
        """See ``Makers``."""

    def results_of(
        self,
        groups: Sequence[Group],
        setup: Setup,
        watcher: Watcher,
        library: Library | None = None,  # noqa: ARG002  (its workers load their own)
        digests: Digests | None = None,  # noqa: ARG002
    ) -> Generator[Result, None, None]:
        """See ``Makers``.

        Raises:
            UnusableEnvironment: Dask is missing, nobody answers, or no worker can be used.
        """
        try:
            from handouts.build import remote  # noqa: PLC0415  (needs an extra)
        except ImportError as problem:
            message = f"--scheduler needs the package distributed ({problem})\n  hint: {INSTALL}"
            raise UnusableEnvironment(message) from problem
        name = f"handouts-{uuid4().hex}"
        workshop = remote.Workshop(name, parcel_of(setup.folders), setup, remote.traits())
        with _connected(self.address) as client:
            workers = _Workers(client, watcher)
            workers.wait()
            with _prepared(client, workshop, workers):
                dispatch = _Dispatch(client, name, self.make or remote.make_remotely, workers)
                store = Store(setup.store) if setup.store else None
                for results, files in dispatch.made(groups):
                    if store is not None:
                        for data in files.values():
                            store.put(data)
                    yield from results


class _Workers:
    """The workers of a scheduler: which may be used, and which would make other bytes."""

    def __init__(self, client: Client, watcher: Watcher) -> None:
        self._client, self._watcher = client, watcher
        self._right: set[str] = set()
        self.refused: dict[str, str] = {}
        self._seen = time.monotonic()

    def usable(self) -> list[str]:
        """The addresses of those that may be used now.

        Raises:
            UnusableEnvironment: there has been none for too long.
        """
        there = set(self._client.scheduler_info(n_workers=-1)["workers"])
        if new := there - self._right - self.refused.keys():
            self._judge(new)
        usable = sorted(there & self._right)
        if usable:
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > _PATIENCE:
            raise UnusableEnvironment(self._nobody("no worker is left"))
        return usable

    def wait(self) -> None:
        """Wait until there is one.

        Raises:
            UnusableEnvironment: there is none, or none that may be used.
        """
        deadline = time.monotonic() + _ANSWERS_WITHIN
        while not self.usable():
            if self.refused or time.monotonic() > deadline:
                raise UnusableEnvironment(self._nobody("it has no worker that can be used"))
            time.sleep(0.1)

    def _judge(self, new: Iterable[str]) -> None:
        from handouts.build import remote  # noqa: PLC0415  (needs Dask)

        expected = remote.traits()
        answers = self._client.run(remote.traits_of_worker, workers=sorted(new), on_error="return")
        for address in sorted(new):
            reason = _difference(answers.get(address), expected)
            if reason is None:
                self._right.add(address)
            else:
                self.refused[address] = reason
                self._watcher.refused(address, reason)

    def _nobody(self, message: str) -> str:
        lines = [f"{each}: {reason}" for each, reason in sorted(self.refused.items())]
        where = self._client.scheduler.address
        return "\n  ".join([f"the scheduler {where}: {message}", *lines])


class _Dispatch:
    """Has documents made, each by a worker that may be used."""

    def __init__(
        self, client: Client, name: str, make: Callable[[str, Group], Made], workers: _Workers
    ) -> None:
        self._client, self._name, self._make, self._workers = client, name, make, workers
        self._pending: dict[Future, tuple[int, Group]] = {}
        self._bound_to: list[str] | None = None

    def made(self, groups: Sequence[Group]) -> Iterator[Made]:
        """What comes of documents, as soon as it is done.

        Args:
            groups: the most urgent first.
        """
        self._submit(enumerate(groups))
        try:
            while self._pending:
                for future in self._done():
                    yield from self._outcome(future)
                self._look()
        finally:
            self._client.cancel(list(self._pending))

    def _submit(self, groups: Iterable[tuple[int, Group]]) -> None:
        # Who is bound to some workers can't go to one that comes later: only where it has to be.
        self._bound_to = self._workers.usable() if self._workers.refused else None
        for number, group in groups:
            future = self._client.submit(
                self._make, self._name, group, workers=self._bound_to, priority=-number, pure=False
            )
            self._pending[future] = number, group

    def _done(self) -> list[Future]:
        from distributed import wait  # noqa: PLC0415  (an extra)

        with suppress(TimeoutError):
            wait(  # type: ignore[no-untyped-call]
                list(self._pending), timeout=_LOOKS_EVERY, return_when="FIRST_COMPLETED"
            )
        return [each for each in self._pending if each.done()]

    def _outcome(self, future: Future) -> Iterator[Made]:
        from distributed import KilledWorker  # noqa: PLC0415  (an extra)

        from handouts.build.remote import WrongWorker  # noqa: PLC0415

        number, group = self._pending.pop(future)
        problem = future.exception()
        if problem is None:
            yield future.result()
        elif isinstance(problem, KilledWorker):
            yield tuple(map(died, group)), {}
        elif isinstance(problem, WrongWorker):
            self._submit([(number, group)])
        else:
            raise problem
        future.release()

    def _look(self) -> None:
        """See whether the workers that the documents are bound to are still there."""
        usable = self._workers.usable()
        bound = self._bound_to
        if bound is None and not self._workers.refused:
            return
        if usable and (bound is None or not set(usable) & set(bound)):
            again = sorted(self._pending.values())
            self._client.cancel(list(self._pending))
            self._pending.clear()
            self._submit(again)


def _difference(answer: object, expected: Mapping[str, str]) -> str | None:
    """Why a worker can't be used; None if it can."""
    if not isinstance(answer, dict):
        return f"it does not run this program ({answer})"
    if answer.pop("daemon", None):
        return "its process may not start others: set DASK_DISTRIBUTED__WORKER__DAEMON=False for it"
    different = [
        f"{name} is {answer.get(name, 'missing')}, and here {expected.get(name, 'missing')}"
        for name in sorted({*answer, *expected})
        if answer.get(name) != expected.get(name)
    ]
    return "; ".join(different) or None


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    from distributed import Client as Connection  # noqa: PLC0415  (an extra)

    try:
        client: Any = Connection(  # type: ignore[no-untyped-call]
            address, timeout=_ANSWERS_WITHIN
        )
    except (OSError, ValueError) as problem:
        raise UnusableEnvironment(f"no scheduler answers at {address}: {problem}") from problem
    with client:
        yield client


@contextmanager
def _prepared(client: Client, workshop: Workshop, workers: _Workers) -> Iterator[None]:
    """Each worker with the project, and without it at the end."""
    try:
        client.register_plugin(workshop)
    except Exception as problem:
        if not workers.refused:
            raise
        names = ", ".join(sorted(workers.refused))
        message = f"workers without this program are in the way: {names}"
        raise UnusableEnvironment(message) from problem
    try:
        yield
    finally:
        with suppress(Exception):  # workers that have gone need no cleaning
            client.unregister_worker_plugin(workshop.name)
