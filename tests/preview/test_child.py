"""A process of the preview: what hangs costs only itself, and the edit that mends it counts."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from queue import Queue

import pytest

from handouts.preview import child
from handouts.preview.child import Child, Inbox
from handouts.preview.messages import Began, Ended, Finished, Making, Message, Refused, Turn

PATIENCE = 2.0
LONG = 10.0
"""Seconds in which anything should have come."""


@dataclass(frozen=True)
class Start:
    """Makes a worker of which some turns, by their numbers, make no end.

    Attributes:
        hangs, dies, fails, fills: what becomes of these turns.
        once: a file without which the process dies at its start, and leaves it for the next one.
    """

    hangs: frozenset[int] = frozenset()
    dies: frozenset[int] = frozenset()
    fails: frozenset[int] = frozenset()
    fills: frozenset[int] = frozenset()
    once: Path | None = None

    def __call__(self, tell: Callable[[Message], None], inbox: Inbox) -> Worker:  # noqa: ARG002
        if self.once is not None and not self.once.exists():
            self.once.touch()
            os._exit(1)
        return Worker(self, tell)


@dataclass(frozen=True)
class Worker:
    """Says whether a turn is of the whole library, as a number."""

    acts: Start
    tell: Callable[[Message], None]

    def work(self, turn: Turn) -> None:
        if turn.number in self.acts.hangs:
            time.sleep(2 * LONG)
        if turn.number in self.acts.dies:
            os._exit(1)
        if turn.number in self.acts.fails:
            raise LookupError("no such thing")
        if turn.number in self.acts.fills:
            bytearray(3 << 30)
        self.tell(Making(turn.number, 0, int(turn.whole)))


@dataclass
class Told:
    """What a process has said."""

    queue: Queue[Message] = field(default_factory=Queue)

    def next(self) -> Message:
        return self.queue.get(timeout=LONG)

    def until(self, last: Message | type[Message]) -> list[Message]:
        """All that is said until something is."""
        said = [self.next()]
        while not (isinstance(said[-1], last) if isinstance(last, type) else said[-1] == last):
            said.append(self.next())
        return said


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_TICK", 0.05)
    monkeypatch.setattr(child, "_REST", 0.0)


@contextmanager
def running(start: Start, *, patience: float = LONG) -> Iterator[tuple[Child, Told]]:
    told = Told()
    process = Child("worker", start, told.queue.put, patience=patience)
    try:
        yield process, told
    finally:
        process.stop()


def turn(number: int, *, whole: bool = False) -> Turn:
    return Turn(number, date(2026, 1, 1), (), whole)


def ended(said: list[Message]) -> list[tuple[int, str]]:
    return [(each.turn, each.reason) for each in said if isinstance(each, Ended)]


def begun(said: list[Message]) -> list[int]:
    return [each.turn for each in said if isinstance(each, Began)]


def warm(process: Child, told: Told) -> None:
    """Work on turn 0, so that the start is over."""
    process.ask(turn(0))
    told.until(Finished(0))


def test_it_says_when_it_begins_and_when_it_is_done() -> None:
    with running(Start()) as (process, told):
        process.ask(turn(1))
        assert told.until(Finished(1)) == [Began(1, 1), Making(1, 0, 0), Finished(1)]


def test_a_turn_that_hangs_is_ended_and_not_taken_up_again() -> None:
    with running(Start(hangs=frozenset({1})), patience=PATIENCE) as (process, told):
        warm(process, told)
        process.ask(turn(1))
        [(number, reason)] = ended(told.until(Ended))
        assert number == 1
        assert "took more than" in reason
        process.ask(turn(2))
        assert begun(told.until(Finished(2))) == [2]


def test_the_edit_that_mends_a_hang_is_worked_on() -> None:
    with running(Start(hangs=frozenset({1})), patience=PATIENCE) as (process, told):
        warm(process, told)
        process.ask(turn(1))
        told.until(Began(1, 1))
        process.ask(turn(2))
        said = told.until(Finished(2))
        assert [number for number, _ in ended(said)] == [1]
        assert begun(said) == [2]


def test_edits_do_not_prolong_a_hang() -> None:
    with running(Start(hangs=frozenset({1})), patience=PATIENCE) as (process, told):
        warm(process, told)
        process.ask(turn(1))
        told.until(Began(1, 1))
        for number in range(2, 30):
            process.ask(turn(number))
            time.sleep(PATIENCE / 5)
            if not told.queue.empty():
                break
        assert [number for number, _ in ended(told.until(Ended))] == [1]


def test_what_was_asked_for_of_the_whole_library_is_not_lost_with_a_hang() -> None:
    with running(Start(hangs=frozenset({1})), patience=PATIENCE) as (process, told):
        warm(process, told)
        process.ask(turn(1))
        told.until(Began(1, 1))
        process.ask(turn(2, whole=True))
        process.ask(turn(3))
        assert Making(3, 0, 1) in told.until(Finished(3))


def test_a_turn_that_ends_the_process_is_named_and_the_next_one_worked_on() -> None:
    with running(Start(dies=frozenset({1}))) as (process, told):
        process.ask(turn(1))
        assert ended(told.until(Ended)) == [(1, "its process ended")]
        process.ask(turn(2))
        assert begun(told.until(Finished(2))) == [2]


def test_a_process_that_dies_at_its_start_says_so_and_the_next_one_has_its_turn(
    tmp_path: Path,
) -> None:
    with running(Start(once=tmp_path / "started")) as (process, told):
        process.ask(turn(1))
        said = told.until(Finished(1))
        assert ended(said) == [(1, "its process ended")]
        assert begun(said) == [1]


def test_a_process_that_is_renewed_takes_its_turn_up_again() -> None:
    with running(Start(hangs=frozenset({1}))) as (process, told):
        process.ask(turn(1))
        told.until(Began(1, 1))
        process.renew()
        assert told.next() == Began(1, 1)


def test_a_bug_is_told_and_the_process_lives_on() -> None:
    with running(Start(fails=frozenset({1}))) as (process, told):
        process.ask(turn(1))
        said = told.until(Finished(1))
        [problem] = next(each for each in said if isinstance(each, Refused)).problems
        assert (problem.code, problem.message) == ("internal-error", "LookupError: no such thing")
        process.ask(turn(2))
        assert ended(told.until(Finished(2))) == []


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
def test_what_wants_too_much_memory_is_refused_and_the_process_lives_on() -> None:
    with running(Start(fills=frozenset({1}))) as (process, told):
        process.ask(turn(1))
        said = told.until(Finished(1))
        [problem] = next(each for each in said if isinstance(each, Refused)).problems
        assert problem.code == "out-of-memory"
        assert "more than 2048 MiB" in problem.message
        process.ask(turn(2))
        assert ended(told.until(Finished(2))) == []
