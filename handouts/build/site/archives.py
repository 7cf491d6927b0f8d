"""Archives of all PDFs of one language for one kind of reader, to take along at once."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from handouts.build.manifest import Entry
from handouts.build.site.catalogue import Catalogue

FOLDER = "downloads"

_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day a ZIP archive knows: the time of a build is in none of its files."""
_REGULAR_FILE = 0o100644 << 16
_UNIX = 3


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive: its path below the output folder, and the PDFs in it."""

    path: str
    is_for_patients: bool
    language: str
    clinic: str
    entries: tuple[Entry, ...]

    @property
    def bytes(self) -> int:
        """About its size: PDFs do not get smaller in it."""
        return sum(each.bytes for each in self.entries)


def archives_of(catalogue: Catalogue) -> tuple[Archive, ...]:
    """The archives of a library, one for each clinic, kind of reader and language."""
    found: dict[tuple[str, bool, str], list[Entry]] = {}
    for each in catalogue.sheets:
        key = each.entry.clinic, each.is_for_patients, each.entry.language
        found.setdefault(key, []).extend(each.editions)
    return tuple(
        Archive(
            f"{FOLDER}/{clinic}.{'patients' if patients else 'clinicians'}.{language}.zip",
            patients, language, clinic, tuple(entries),
        )
        for (clinic, patients, language), entries in found.items()
    )  # fmt: skip


def data_of(archive: Archive, read: Callable[[str], bytes]) -> bytes:
    """The archive as a file: the same bytes for the same PDFs.

    Args:
        archive: which.
        read: gives the bytes of a file in the output folder.

    Raises:
        OSError: a PDF can't be read.
    """
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as file:
        for each in sorted(archive.entries, key=_name):
            about = zipfile.ZipInfo(_name(each), _DAY)
            about.external_attr, about.create_system = _REGULAR_FILE, _UNIX
            file.writestr(about, read(each.path))
    return target.getvalue()


def _name(entry: Entry) -> str:
    """A file's place in an archive: people look for a print size and a paper first."""
    return f"{entry.format}.{entry.paper}/{PurePosixPath(entry.path).name}"
