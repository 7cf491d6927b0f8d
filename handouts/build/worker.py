"""A worker process: imports once, loads the content once, then makes one edition after another."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import wait

from handouts.build.job import Press
from handouts.build.memory import settle
from handouts.build.result import Result, Setup
from handouts.models.edition import Edition

_presses: dict[Setup, Press] = {}


def start(setup: Setup) -> None:
    """Get ready. An interrupt from the keyboard is for the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _presses[setup] = Press(setup)
    settle()


def make(setup: Setup, edition: Edition) -> Result:
    """Make one edition; ``start`` came before."""
    return _presses[setup].make(edition)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
