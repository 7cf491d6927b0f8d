"""A progress bar on a terminal; plain lines, if any, elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

import click

from handouts.cli.printing import has_terminal

_SHOWN = 40
"""Characters of the names of documents in work."""


class Progress:
    """Follows a build.

    Args:
        verbose: say the name of each edition when it is made.
        quiet: say nothing.
        clock: gives seconds.
    """

    def __init__(
        self, *, verbose: bool, quiet: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._verbose, self._quiet, self._clock = verbose, quiet, clock
        self._bar: Any = None
        self._start = 0.0
        self._done = 0
        self._left: dict[str, int] = {}

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, problem, trace)

    def waiting(self) -> None:
        """Say that another build of this project runs."""
        if not self._quiet:
            click.echo("waiting for another build of this project to finish", err=True)

    def started(self, total: int) -> None:
        """Show the bar."""
        self._start = self._clock()
        if self._quiet or self._verbose or not has_terminal():
            return
        bar: AbstractContextManager[Any] = click.progressbar(
            length=total, label="Building", file=sys.stderr, show_pos=True,
            item_show_func=lambda _: self.in_work(),
        )  # fmt: skip
        self._bar = bar.__enter__()

    def began(self, name: str, editions: int) -> None:
        """Work on a document has begun."""
        self._left.setdefault(_document(name), editions)
        if self._bar is not None:
            self._bar.render_progress()

    def made(self, name: str, *, failed: bool) -> None:
        """One more is done."""
        self._done += 1
        document = _document(name)
        self._left[document] = self._left.get(document, 1) - 1
        if self._left[document] <= 0:
            del self._left[document]
        if self._bar is not None:
            self._bar.update(1, name)
        elif self._verbose and not self._quiet:
            click.echo(f"{'failed' if failed else 'made'} {name}", err=True)

    def refused(self, worker: str, reason: str) -> None:
        """Say which worker of a cluster is not used, and why."""
        if not self._quiet:
            click.echo(f"worker {worker} is not used: {reason}", err=True)

    def in_work(self) -> str:
        """The rate so far, and what is being made now."""
        seconds = max(self._clock() - self._start, 0.001)
        names = ", ".join(self._left)
        if len(names) > _SHOWN:
            names = f"{names[: _SHOWN - 1]}…"
        return f"{self._done / seconds:.1f} a second  {names}"


def _document(name: str) -> str:
    """The document and language of an edition."""
    return ".".join(name.split(".")[:2])
