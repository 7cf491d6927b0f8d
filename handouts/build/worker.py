"""A worker process: imports once, loads the content once, then makes one edition after another."""

from __future__ import annotations

import gc
import signal

from handouts.build.job import Press
from handouts.build.result import Result, Setup
from handouts.models.edition import Edition

_COLLECT_AFTER = 50_000

_presses: dict[Setup, Press] = {}


def start(setup: Setup) -> None:
    """Get ready. An interrupt from the keyboard is for the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _presses[setup] = Press(setup)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)


def make(setup: Setup, edition: Edition) -> Result:
    """Make one edition; ``start`` came before."""
    return _presses[setup].make(edition)
