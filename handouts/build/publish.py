"""Publishing: files appear whole or not at all, and the manifest comes last."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from handouts.diagnostics import InvalidInput, error

_PART = ".part"
_PREFIX = ".handouts-"

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system can only be read",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
}


class Publication:
    """Writes to an output folder.

    Attributes:
        output: the folder; made when the first file is written.
    """

    def __init__(self, output: Path) -> None:
        self.output = output

    def write(self, path: str, data: bytes) -> None:
        """Write a file at once; one that holds the same already is left alone.

        Raises:
            InvalidInput: ``cannot-write``.
        """
        target = self.output / path
        with _clear_errors(target):
            if not target.parent.resolve().is_relative_to(self.output.resolve()):
                raise OSError(errno.EXDEV, "a link leads out of the output folder")
            with suppress(OSError):
                if target.stat().st_size == len(data) and target.read_bytes() == data:
                    return
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f"{_PREFIX}{target.name}.{os.getpid()}{_PART}")
            try:
                part.write_bytes(data)
                part.replace(target)
            except BaseException:
                with suppress(OSError):
                    part.unlink()
                raise

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files, and the folders that are empty then. What is not there is no error.

        Raises:
            InvalidInput: ``cannot-write``.
        """
        for path in sorted(paths):
            target = self.output / path
            if not target.resolve().is_relative_to(self.output.resolve()):
                continue  # a link leads out of the folder
            if target.is_dir() and not target.is_symlink():
                continue  # no build has made that
            with _clear_errors(target), suppress(FileNotFoundError, NotADirectoryError):
                target.unlink()
            self._remove_empty(target.parent)

    def sweep(self) -> None:
        """Remove what an interrupted build left half written; no other build runs now."""
        with suppress(OSError):
            for part in self.output.rglob(f"{_PREFIX}*{_PART}"):
                with suppress(OSError):
                    part.unlink()

    def _remove_empty(self, folder: Path) -> None:
        with suppress(OSError):
            while folder != self.output and folder.is_relative_to(self.output):
                folder.rmdir()
                folder = folder.parent


@contextmanager
def _clear_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        reason = _REASONS.get(problem.errno or 0) or problem.strerror or str(problem)
        failure = error(
            "cannot-write",
            f"{target} can't be written: {reason}",
            hint="mend that or choose another --output, and build again",
        )
        raise InvalidInput((failure,)) from problem
