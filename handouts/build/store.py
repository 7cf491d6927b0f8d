"""Made files, kept by the digest of what they hold, so that none is made twice.

The store may be thrown away at any time, saved and brought back by CI, and shared between branches:
what comes out of it is compared with its digest first, and what does not fit is removed.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from handouts.build.inputs import digest_of
from handouts.build.writing import clear_errors, write_whole


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of made files.

    Attributes:
        folder: made when the first file is put.
    """

    folder: Path

    def put(self, data: bytes) -> str:
        """Keep some bytes.

        Returns:
            Their digest.

        Raises:
            InvalidInput: ``cannot-write``.
        """
        digest = digest_of(data)
        path = self.path(digest)
        if self.get(digest) is not None:
            return digest
        with clear_errors(path, "empty the cache (`handouts clean`) or make room, and build again"):
            write_whole(path, data)
        return digest

    def get(self, digest: str) -> bytes | None:
        """The bytes with that digest; None if they are not there or damaged."""
        path = self.path(digest)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if digest_of(data) == digest:
            return data
        with suppress(OSError):
            path.unlink()
        return None

    def path(self, digest: str) -> Path:
        """Where a file with that digest is kept, if it is."""
        return self.folder / digest[:2] / digest[2:]


def store_folder(cache: Path) -> Path:
    """Where a build keeps files: in the cache; where that can't be, as long as it runs."""
    folder = cache / "files"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return _for_now()
    return folder if os.access(folder, os.W_OK) else _for_now()


def _for_now() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="handouts-files-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
