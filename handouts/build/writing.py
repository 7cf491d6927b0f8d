"""Files appear whole or not at all, and what keeps them from it is said clearly."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from handouts.diagnostics import InvalidInput, error

PREFIX, SUFFIX = ".handouts-", ".part"
"""Of the name of a file that is being written."""

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system can only be read",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
}


def write_whole(path: Path, data: bytes) -> None:
    """Write a file, with the folders it is in; whoever reads it sees the old or the new one.

    Raises:
        OSError: it can't be written, or something that is no file has its name; then nothing has
            changed.
    """
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EINVAL, "it is there, and no regular file")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{PREFIX}{path.name}.{os.getpid()}{SUFFIX}")
    try:
        part.write_bytes(data)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def note_use(path: Path) -> None:
    """Make a file the one that was used last, so that it is the last to go."""
    with suppress(OSError):
        os.utime(path)


@contextmanager
def clear_errors(target: Path, hint: str) -> Iterator[None]:
    """Turn what keeps a file from being written into ``cannot-write``."""
    try:
        yield
    except OSError as problem:
        reason = _REASONS.get(problem.errno or 0) or problem.strerror or str(problem)
        failure = error("cannot-write", f"{target} can't be written: {reason}", hint=hint)
        raise InvalidInput((failure,)) from problem
