"""Garbage collection for a process that makes many documents."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_COLLECT_AFTER = 50_000
"""Objects between two collections; a document makes a million that hang together, and drops all."""


def settle() -> None:
    """What is there now stays for good: collections need not look at it any more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Look for garbage rarely inside the block: what is loaded there is kept to its end."""
    threshold = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*threshold)


@contextmanager
def settled() -> Iterator[None]:
    """``settle`` inside the block, and as before after it."""
    threshold = gc.get_threshold()
    settle()
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        gc.unfreeze()
