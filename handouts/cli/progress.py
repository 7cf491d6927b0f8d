"""A progress bar on a terminal; plain lines, if any, elsewhere."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

import click

from handouts.cli.printing import has_terminal


class Progress:
    """Follows a build.

    Args:
        verbose: say the name of each edition when it is made.
        quiet: say nothing.
    """

    def __init__(self, *, verbose: bool, quiet: bool) -> None:
        self._verbose, self._quiet = verbose, quiet
        self._bar: Any = None

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
        if self._quiet or self._verbose or not has_terminal():
            return
        bar: AbstractContextManager[Any] = click.progressbar(
            range(total), label="Building", file=sys.stderr, show_pos=True
        )
        self._bar = bar.__enter__()

    def began(self, name: str) -> None:
        """Nothing yet."""

    def made(self, name: str, *, failed: bool) -> None:
        """One more is done."""
        if self._bar is not None:
            self._bar.update(1)
        elif self._verbose and not self._quiet:
            click.echo(f"{'failed' if failed else 'made'} {name}", err=True)
