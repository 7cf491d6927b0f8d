"""A process that stays warm: it works on the newest turn, and starts anew when it dies or hangs.

The turn that ended a process is dropped; one that came meanwhile may mend it, and is asked anew.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import reduce
from multiprocessing.connection import Connection, wait
from typing import Protocol

from handouts.build.limits import Limits, limit_memory
from handouts.diagnostics import error
from handouts.preview.messages import Began, Ended, Finished, Message, Refused, Turn

_TICK = 0.5
_REST = 1.0
"""Seconds between two starts, so that a process that can't live does not start all the time."""


class SupersededError(BaseException):
    """A newer turn waits. No handler of errors on the way may take it for one."""


class Inbox:
    """The turns that come into a process."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self) -> list[Turn]:
        """The turns that wait, the newest last; waits until there is one.

        Raises:
            EOFError: the parent is gone.
        """
        turns: list[Turn] = [self._connection.recv()]
        while self._connection.poll():
            turns.append(self._connection.recv())
        return turns

    def yield_to_newer(self) -> None:
        """Leave off what is under way, if a newer turn waits.

        Raises:
            SupersededError: it does.
        """
        if self._connection.poll():
            raise SupersededError


class Worker(Protocol):
    """What a process does."""

    def work(self, turn: Turn) -> None:
        """Do what a turn asks for."""


Start = Callable[[Callable[[Message], None], Inbox], Worker]
"""Makes the worker, in its process, from how it tells things and where turns come in."""


class Child:
    """A process as its parent sees it.

    Args:
        name: of the process.
        start: makes its worker; can be pickled.
        tell: is given what it says, in a thread of its own.
        patience: seconds without a word after which it is taken to hang.
    """

    def __init__(
        self, name: str, start: Start, tell: Callable[[Message], None], *, patience: float
    ) -> None:
        self._name, self._start, self._tell, self._patience = name, start, tell, patience
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._asked: list[Turn] = []
        self._begun: Turn | None = None
        self._busy_since: float | None = None
        self._run()
        self._thread = threading.Thread(target=self._listen, name=name, daemon=True)
        self._thread.start()

    def ask(self, turn: Turn) -> None:
        """Hand over a turn; what the process works on is left off as soon as may be."""
        with self._lock:
            self._ask(turn)

    def renew(self) -> None:
        """Start a new process, for what a process takes in only once, such as fonts."""
        self._process.terminate()

    def stop(self) -> None:
        """End the process."""
        self._stopping.set()
        with self._lock:
            self._process.terminate()
        self._process.join(2)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._thread.join(2)

    def _run(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_main, args=(theirs, self._start), name=self._name, daemon=False
        )
        self._process.start()
        theirs.close()
        self._started = time.monotonic()

    def _ask(self, turn: Turn) -> None:
        self._asked.append(turn)
        if self._busy_since is None:  # what hangs does so from its own beginning
            self._busy_since = time.monotonic()
        with suppress(OSError):  # it has died: the thread that listens starts another
            self._connection.send(turn)

    def _listen(self) -> None:
        while not self._stopping.is_set():
            try:
                if self._connection.poll(_TICK):
                    self._heard(self._connection.recv())
                elif self._hangs():
                    self._process.kill()
                    self._restart(f"it took more than {self._patience:.0f} seconds and was ended")
            except (EOFError, OSError):
                if not self._stopping.is_set():
                    self._restart("its process ended")

    def _heard(self, message: Message) -> None:
        with self._lock:
            match message:
                case Began():
                    taken, self._asked = self._asked[: message.taken], self._asked[message.taken :]
                    self._begun = reduce(_both, taken)
                case Finished():
                    self._begun = None
            is_busy = self._begun is not None or self._asked
            self._busy_since = time.monotonic() if is_busy else None
        self._tell(message)

    def _hangs(self) -> bool:
        since = self._busy_since
        return since is not None and time.monotonic() - since > self._patience

    def _restart(self, reason: str) -> None:
        """Start anew, with what was asked for since the turn that ended the process."""
        self._process.join(_TICK)
        asked_to = self._process.exitcode == -signal.SIGTERM
        with suppress(EOFError, OSError):  # what it said before it ended counts
            while self._connection.poll():
                self._heard(self._connection.recv())
        if self._stopping.wait(max(0.0, _REST - (time.monotonic() - self._started))):
            return
        with self._lock:
            begun, asked = self._begun, self._asked
            self._begun, self._asked, self._busy_since = None, [], None
            self._connection.close()
            if self._stopping.is_set():
                return
            self._run()
            for turn in asked if begun is None or not asked_to else (begun, *asked):
                self._ask(turn)
        if not asked_to and (begun is not None or asked):
            ended = begun or asked[-1]
            self._tell(Ended(ended.number, reason))


def _both(turn: Turn, newer: Turn) -> Turn:
    """The newer turn, which does what an older one would have done too."""
    return replace(newer, whole=turn.whole or newer.whole)


def _main(connection: Connection, start: Start) -> None:
    """The process. An interrupt from the keyboard is for its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    most = Limits().memory  # as in a worker of a build
    limit_memory(most)
    inbox = Inbox(connection)
    worker = start(connection.send, inbox)
    while True:
        try:
            turns = inbox.next()
        except EOFError:
            return
        turn = reduce(_both, turns)
        connection.send(Began(turn.number, len(turns)))
        try:
            worker.work(turn)
        except SupersededError:
            continue
        except MemoryError:
            large = error(
                "out-of-memory",
                f"loading or building the library needs more than {most >> 20} MiB of memory",
                hint="take back what changed last",
            )
            connection.send(Refused(turn.number, None, (large,)))
        except Exception as problem:
            traceback.print_exc()
            bug = error(
                "internal-error",
                f"{type(problem).__name__}: {problem}",
                hint="this is a bug in the program; the terminal shows where",
            )
            connection.send(Refused(turn.number, None, (bug,)))
        connection.send(Finished(turn.number))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
