"""Publishing: files appear whole or not at all, and the manifest comes last.

A manifest that is there agrees with the files: it goes before the first of them changes.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from handouts.build.journal import NAME as JOURNAL
from handouts.build.journal import Found, journal
from handouts.build.manifest import NAME as MANIFEST
from handouts.build.manifest import Manifest
from handouts.build.writing import PREFIX, SUFFIX, clear_errors, write_whole

_HINT = "mend that or choose another --output, and build again"


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
        with clear_errors(target, _HINT):
            if not target.parent.resolve().is_relative_to(self.output.resolve()):
                raise OSError(errno.EXDEV, "a link leads out of the output folder")
            if self.holds(path, data):
                return
            write_whole(target, data)

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
            with clear_errors(target, _HINT), suppress(FileNotFoundError, NotADirectoryError):
                target.unlink()
            self._remove_empty(target.parent)

    def check_writable(self) -> None:
        """See that the folder can be written to, before there is anything to write.

        Raises:
            InvalidInput: ``cannot-write``.
        """
        with clear_errors(self.output, _HINT):
            self.output.mkdir(parents=True, exist_ok=True)
            if not os.access(self.output, os.W_OK | os.X_OK):
                raise OSError(errno.EACCES, "")

    def replace(
        self,
        files: Mapping[str, bytes | Callable[[], bytes]],
        before: Found,
        after: Manifest,
        gone: Iterable[str] = (),
    ) -> None:
        """Bring the folder in line with a manifest; ended at any moment, it leaves whole files.

        Args:
            files: what has to be written, by path.
            before: what lies there now.
            after: the manifest that is to come; it is written last.
            gone: files to remove, beside those that ``before`` lists and ``after`` does not.

        Raises:
            InvalidInput: ``cannot-write``; what is missing is mended by the next build.
        """
        if before.was_interrupted:
            self.sweep()
        text = after.json().encode()
        gone = {*gone, *(before.files - after.files)}
        if not files and not any(map(self._is_there, gone)) and self.holds(MANIFEST, text):
            return
        self.write(JOURNAL, journal(before, after))
        self.remove((MANIFEST,))
        for path, data in files.items():
            self.write(path, data if isinstance(data, bytes) else data())
        self.remove(gone)
        self.write(MANIFEST, text)
        self.remove((JOURNAL,))

    def holds(self, path: str, data: bytes) -> bool:
        """Whether a file is there and holds these bytes."""
        target = self.output / path
        with suppress(OSError):
            return target.stat().st_size == len(data) and target.read_bytes() == data
        return False

    def _is_there(self, path: str) -> bool:
        target = self.output / path
        return target.is_file() or target.is_symlink()

    def sweep(self) -> None:
        """Remove what an interrupted build left half written; no other build runs now."""
        with suppress(OSError):
            for part in self.output.rglob(f"{PREFIX}*{SUFFIX}"):
                with suppress(OSError):
                    part.unlink()

    def _remove_empty(self, folder: Path) -> None:
        with suppress(OSError):
            while folder != self.output and folder.is_relative_to(self.output):
                folder.rmdir()
                folder = folder.parent
