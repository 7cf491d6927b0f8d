"""``manifest.json``: every published document, and what it was made with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path, PurePosixPath
from typing import Any

from handouts.build.report import as_json
from handouts.build.request import InvalidRequest
from handouts.diagnostics import error

NAME = "manifest.json"
THUMBNAILS = "report"
"""The folder of small pictures of the pages."""

_LONGEST, _LONGEST_PATH = 255, 1000
"""Bytes in the name of a file, and in a path below the output folder."""
_MOST_PAGES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One published PDF.

    Attributes:
        reference: the code it is known by, with its language, as printed.
        path, html: the PDF and its HTML twin, below the output folder.
        pages, bytes, sha256: of the PDF.
        content_version: the editors' own counting.
        fingerprint: of its words and numbers, in full.
        reviewed, next_review: days of the approval that covers it, or None.
        sources: ids of the sources it rests on.
    """

    id: str
    kind: str
    title: str
    reference: str
    language: str
    format: str
    paper: str
    clinic: str
    path: str
    html: str
    pages: int
    bytes: int
    sha256: str
    content_version: str
    fingerprint: str
    reviewed: str | None
    next_review: str | None
    review_state: str
    sources: tuple[str, ...]

    @property
    def thumbnails(self) -> tuple[str, ...]:
        """A small picture of each page, below the output folder."""
        stem = PurePosixPath(THUMBNAILS) / PurePosixPath(self.path).with_suffix("")
        return tuple(f"{stem}.{number}.png" for number in range(1, self.pages + 1))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the output folder holds.

    Attributes:
        documents: by the path of their PDF.
        assets: the library page and what it and the HTML twins need, below the output folder.
        generator: versions of what made them.
    """

    documents: Mapping[str, Entry] = field(default_factory=dict)
    assets: tuple[str, ...] = ()
    generator: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> frozenset[str]:
        """Every file it answers for, itself not included."""
        documents = self.documents.values()
        return frozenset(
            (
                *(each.path for each in documents),
                *(each.html for each in documents),
                *(path for each in documents for path in each.thumbnails),
                *self.assets,
            )
        )

    def json(self) -> str:
        """The manifest as a file: no times, no host, the same for the same documents."""
        return as_json(self.fields)

    @property
    def fields(self) -> dict[str, Any]:
        """The manifest as JSON has it."""
        names = [each.name for each in fields(Entry)]
        return {
            "generator": dict(sorted(self.generator.items())),
            "documents": [
                {name: getattr(self.documents[path], name) for name in names}
                for path in sorted(self.documents)
            ],
            "assets": sorted(self.assets),
        }


def manifest_from(data: bytes) -> Manifest:
    """The manifest that a file holds, without entries that another version of the program wrote.

    Raises:
        ValueError: it holds none.
    """
    try:
        value = json.loads(data)
        names = {each.name for each in fields(Entry)}
        entries = [_entry(each) for each in value["documents"] if names == each.keys()]
        assets = tuple(_of(str, each) for each in value["assets"])
        generator = {str(key): str(each) for key, each in value["generator"].items()}
    except (KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise ValueError("this is no manifest") from problem
    kept = {each.path: each for each in entries if _is_sound(each)}
    return Manifest(kept, tuple(filter(_is_inside, assets)), generator)


def manifest_at(path: Path, name: str) -> Manifest:
    """The manifest that a user names, with what it lists.

    Args:
        path: the file.
        name: what it is called in messages.

    Raises:
        InvalidRequest: ``no-manifest``, ``damaged-manifest``.
    """
    try:
        found = manifest_from(path.read_bytes())
    except OSError as problem:
        failure = error(
            "no-manifest",
            f"the manifest can't be read: {problem.strerror or problem}",
            path=name,
            hint="build first",
        )
        raise InvalidRequest((failure,)) from None
    except ValueError:
        failure = error("damaged-manifest", "this is no manifest", path=name, hint="build again")
        raise InvalidRequest((failure,)) from None
    if not found.documents:
        failure = error(
            "no-manifest",
            "it lists no documents that this version of the program knows",
            path=name,
            hint="build again",
        )
        raise InvalidRequest((failure,))
    return found


def _entry(value: dict[str, Any]) -> Entry:
    """An entry as the file has it.

    Raises:
        TypeError: a field is of the wrong type.
    """
    types = {"pages": int, "bytes": int, "reviewed": str | None, "next_review": str | None}
    checked = {
        name: _of(types.get(name, str), each) for name, each in value.items() if name != "sources"
    }
    sources = tuple(_of(str, each) for each in _of(list, value["sources"]))
    return Entry(**checked, sources=sources)


def _of(type_: Any, value: Any) -> Any:
    if not isinstance(value, type_):
        raise TypeError(f"{value!r} is no {type_}")
    return value


def _is_sound(entry: Entry) -> bool:
    """Whether an entry's files are in the output folder: a manifest may come from anywhere."""
    return (
        _is_inside(entry.path)
        and _is_inside(entry.html)
        and bool(PurePosixPath(entry.path).suffix)
        and 0 < entry.pages <= _MOST_PAGES
    )


def _is_inside(path: str) -> bool:
    """Whether a path stays below the output folder."""
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and not PurePosixPath(path).is_absolute()
        and ".." not in parts
        and all(each.isprintable() and len(each.encode()) <= _LONGEST for each in parts)
        and len(path.encode()) <= _LONGEST_PATH
    )
