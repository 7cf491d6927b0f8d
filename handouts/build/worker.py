"""A worker process: imports once, loads the content once, then makes one edition after another."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from functools import cache
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from handouts.build.fonts import use_fonts
from handouts.build.limits import limit_memory
from handouts.build.memory import settle
from handouts.build.result import Result, Setup
from handouts.models.edition import Edition

if TYPE_CHECKING:
    from handouts.build.job import Press


def start() -> None:
    """Get ready. An interrupt from the keyboard is for the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def get_ready(setup: Setup) -> None:
    """Load the content; ``start`` came before."""
    _press(setup)


def make_all(setup: Setup, editions: tuple[Edition, ...]) -> tuple[Result, ...]:
    """Make the editions of one document; ``start`` came before."""
    press = _press(setup)
    return tuple(map(press.make, editions))


@cache
def _press(setup: Setup) -> Press:
    limit_memory(setup.limits.memory)
    use_fonts(setup.folders)
    from handouts.build.job import Press  # noqa: PLC0415  (comes after the fonts)

    press = Press(setup)
    settle()
    return press


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
