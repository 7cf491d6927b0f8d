"""A project in one piece, to be sent to where its folder is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from handouts.build.folders import Folders
from handouts.build.inputs import files_in


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a project's documents are made from. Built-in files are not in it.

    Attributes:
        content: the name of the content folder.
        files: bytes of each file, by its path below the project's folder.
    """

    content: str
    files: Mapping[str, bytes]

    def unpack(self, root: Path) -> Folders:
        """Write the files below a folder, and give the project that lies there then."""
        for name, data in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return Folders(root, root / self.content, root / "output")


def parcel_of(folders: Folders) -> Parcel:
    """All that a build may read of a project; links out of it and unreadable files are left out."""
    found: dict[str, bytes] = {}
    for folder in (folders.content, folders.root / "templates", folders.root / "styles"):
        for path in files_in(folder) if folder.is_dir() else ():
            try:
                found[path.relative_to(folders.root).as_posix()] = folders.inside(path).read_bytes()
            except OSError:
                continue  # whoever wants to read it says so
    return Parcel(folders.name(folders.content), found)
