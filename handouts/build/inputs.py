"""What a document was made from, by the content of each file: recorded while it is read.

A file that was looked for and not found is an input too, and so is the list of files in a folder
that was searched: when one appears, the document may come out differently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handouts.build.folders import Folders
from handouts.loading.files import is_left_lying

_CONTENT = frozenset({".yaml", ".md"})


@dataclass(frozen=True, slots=True)
class Inputs:
    """Digests of what was read, by the names that ``Folders`` gives; None for what was not there.

    Attributes:
        files: single files.
        trees: folders with everything in them.
        values: what was taken out of many files, such as all names with digits.
    """

    files: Mapping[str, str | None] = field(default_factory=dict)
    trees: Mapping[str, str | None] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    def are_current(self, digests: Digests) -> bool:
        """Whether files and folders still hold what was read."""
        return all(digests.tree(name) == digest for name, digest in self.trees.items()) and all(
            digests.file(name) == digest for name, digest in self.files.items()
        )

    def with_(self, *others: Inputs) -> Inputs:
        """These and others together."""
        files, trees, values = dict(self.files), dict(self.trees), dict(self.values)
        for other in others:
            files.update(other.files)
            trees.update(other.trees)
            values.update(other.values)
        return Inputs(files, trees, values)


@dataclass(slots=True)
class Digests:
    """Digests of files as they are now, each read once."""

    folders: Folders
    _files: dict[str, str | None] = field(default_factory=dict)
    _trees: dict[str, str | None] = field(default_factory=dict)

    def of_content(self) -> Digests:
        """Look at every file of the content now; gives itself."""
        self.tree(self.folders.name(self.folders.content))
        return self

    def file(self, name: str) -> str | None:
        """The digest of a file, None if it is not there."""
        if name not in self._files:
            path = self.folders.path(name)
            is_own = path.is_relative_to(self.folders.root)
            out = is_own and leads_out(path, self.folders.root)
            self._files[name] = None if out else file_digest(path)
        return self._files[name]

    def tree(self, name: str) -> str | None:
        """The digest of a folder, None if it is not there."""
        if name not in self._trees:
            self._trees[name] = tree_digest(
                self.folders.path(name), lambda path: self.file(self.folders.name(path))
            )
        return self._trees[name]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What came of one read: the bytes, None if there are none, and what was looked at."""

    data: bytes | None
    files: Mapping[str, str | None]


@dataclass(slots=True)
class Readings:
    """What was read in one build, each file and folder once: bytes and digest stay together.

    What is written down of a document is so always what it was made from.
    """

    files: dict[Path, _Reading] = field(default_factory=dict)
    trees: dict[Path, str | None] = field(default_factory=dict)


@dataclass(slots=True)
class Recorder:
    """Reads files and writes down what it read.

    A stylesheet is asked for in the project's own folder; where that has none of the name, the
    built-in one is given, so that an override may import built-in files and the other way round.

    Attributes:
        folders: of the project.
        readings: what is known already; recorders of one build share them.
    """

    folders: Folders
    readings: Readings = field(default_factory=Readings)
    files: dict[str, str | None] = field(default_factory=dict)
    trees: dict[str, str | None] = field(default_factory=dict)

    def read(self, path: Path) -> bytes:
        """The bytes of a file.

        Raises:
            OSError: it can't be read; FileNotFoundError is recorded.
        """
        reading = self.readings.files.get(path)
        if reading is None:
            reading = self.readings.files[path] = self._read(path)
        self.files.update(reading.files)
        if reading.data is None:
            raise FileNotFoundError(str(path))
        return reading.data

    def search(self, folder: Path) -> None:
        """Record a folder with everything in it."""
        known = self.readings.trees
        if folder not in known:
            known[folder] = tree_digest(folder)
        self.trees[self.folders.name(folder)] = known[folder]

    def add(self, inputs: Inputs | Recorder) -> None:
        """Record what was read for something that is used again."""
        self.files.update(inputs.files)
        self.trees.update(inputs.trees)

    @property
    def inputs(self) -> Inputs:
        """What was read so far."""
        return Inputs(dict(self.files), dict(self.trees))

    def _read(self, path: Path) -> _Reading:
        """Look for a file. What can't be read is recorded, and asked for again the next time."""
        seen: dict[str, str | None] = {}
        for place in self._places(path):
            name = self.folders.name(place)
            seen[name] = None
            try:
                data = self.folders.inside(place).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError:
                self.files.update(seen)
                raise
            seen[name] = digest_of(data)
            return _Reading(data, seen)
        return _Reading(None, seen)

    def _places(self, path: Path) -> tuple[Path, ...]:
        """Where a file may lie: a stylesheet in several folders."""
        own, *others = self.folders.styles
        if not others or not path.is_relative_to(own):
            return (path,)
        rest = path.relative_to(own)
        return tuple(layer / rest for layer in (own, *others))


def digest_of(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def file_digest(path: Path) -> str | None:
    """The digest of a file, None if it is not there or can't be read, or is a pipe or device."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def tree_digest(folder: Path, digest: Callable[[Path], str | None] | None = None) -> str | None:
    """The digest of all files below a folder, their names included; None if it is not there.

    Args:
        folder: the folder.
        digest: gives that of a file; None reads it, unless it is a link out of the project.
    """
    if not folder.is_dir():
        return None
    root = folder.resolve().parent

    def read(path: Path) -> str | None:
        return None if leads_out(path, root) else file_digest(path)

    digest = digest or read
    lines = (f"{digest(path)} {path.relative_to(folder).as_posix()}" for path in files_in(folder))
    return digest_of("\n".join(lines).encode(errors="surrogateescape"))


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path is, or lies behind, a link out of a folder."""
    try:
        return not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link into itself leads nowhere
        return False


def files_in(
    folder: Path, above: frozenset[Path] = frozenset(), root: Path | None = None
) -> Iterator[Path]:
    """All files below a folder but hidden ones, in order of names; links are followed once.

    A hidden one that is read as content, if only to be refused, is there.

    A link to a folder out of the project, which is the one that this folder lies in, is not
    followed: it stands for itself.
    """
    real = folder.resolve()
    root = root or real.parent
    if real in above or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") and not _is_content(path):
            continue
        if path.is_dir() and not leads_out(path, root):
            yield from files_in(path, above | {real}, root)
        else:
            yield path


def _is_content(path: Path) -> bool:
    return path.suffix in _CONTENT and not is_left_lying(path.name)
