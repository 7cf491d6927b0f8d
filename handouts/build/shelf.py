"""Where the files of documents are: in the output folder as they were made, or in the store."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from handouts.build.inputs import digest_of
from handouts.build.site.twins import unlinked
from handouts.build.store import Store


class Shelf:
    """Finds made files by their path and digest. No other build writes meanwhile.

    Args:
        output: the output folder.
        store: files that were made before, or on another branch.
    """

    def __init__(self, output: Path, store: Store) -> None:
        self._output, self._store = output, store
        self._published: dict[str, str | None] = {}

    def is_published(self, path: str, digest: str) -> bool:
        """Whether the file lies in the output folder as it was made.

        Of a twin, what stands between its marks does not count: see ``site.twins``.
        """
        if path not in self._published:
            data = self._made(path)
            self._published[path] = None if data is None else digest_of(data)
        return self._published[path] == digest

    def has(self, files: Mapping[str, str]) -> bool:
        """Whether all of some files can be had, whole."""
        return all(
            self.is_published(path, digest) or self._store.get(digest) is not None
            for path, digest in files.items()
        )

    def get(self, path: str, digest: str) -> bytes:
        """A file as it was made; it was there before.

        Raises:
            LookupError: it is not there any more.
        """
        for data in (self._made(path), self._store.get(digest)):
            if data is not None and digest_of(data) == digest:
                return data
        raise LookupError(path)

    def _made(self, path: str) -> bytes | None:
        try:
            data = (self._output / path).read_bytes()
        except OSError:
            return None
        if PurePosixPath(path).suffix != ".html":
            return data
        return unlinked(data.decode(errors="surrogateescape")).encode(errors="surrogateescape")
