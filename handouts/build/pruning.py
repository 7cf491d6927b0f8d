"""Keeps the cache within its size: what was made or used longest ago goes first."""

from __future__ import annotations

import os
import time
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 1 << 30
"""A gibibyte: some ten thousand documents."""

_FOLDERS = ("files", "editions", "builds", "words", "loaded")
_MANY = 50
"""Documents that may fill some hundredth of it."""
_DAY = 86_400
_OLD_PART = 3600
"""Seconds after which a half written file is nobody's any more."""


def prune_when_due(cache: Path, kept: Container[Path], made: int) -> None:
    """Prune after a build that has made many documents, and else once a day.

    To look at all files of a large cache takes longer than to make one document.

    Args:
        cache: the project's cache.
        kept: what the build has made or used.
        made: how many documents the build has made.
    """
    mark = cache / "pruned"
    with suppress(OSError):
        if made < _MANY and 0 <= time.time() - mark.stat().st_mtime < _DAY:
            return
    prune(cache, kept)
    with suppress(OSError):
        mark.touch()


@dataclass(frozen=True, slots=True, order=True)
class _File:
    made: float
    path: Path
    size: int


def prune(cache: Path, kept: Container[Path], most: int = MOST_BYTES) -> int:
    """Remove what was made or used longest ago, until the rest fits.

    Args:
        cache: the project's cache.
        kept: what the last build has made or used, which stays whatever its size.
        most: bytes that may stay.

    Returns:
        Bytes that were removed.
    """
    files = sorted(each for name in _FOLDERS for each in _files_in(cache / name))
    too_much = sum(each.size for each in files) - most
    removed = 0
    for each in files:
        if removed >= too_much:
            break
        if each.path in kept:
            continue
        with suppress(OSError):
            each.path.unlink()
            removed += each.size
    return removed


def _files_in(folder: Path) -> Iterator[_File]:
    now = time.time()
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            with suppress(OSError):
                found = path.stat()
                if name.endswith(".part") and now - found.st_mtime > _OLD_PART:
                    path.unlink()
                else:
                    yield _File(found.st_mtime, path, found.st_size)
