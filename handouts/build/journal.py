"""What a build is about to change in an output folder, so that the next one can mend it.

While files are changing there is no manifest: one that is there agrees with the files. The journal
takes its place, and holds the manifest from before and the one that was to come.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from handouts.build.inputs import file_digest
from handouts.build.manifest import NAME as MANIFEST
from handouts.build.manifest import Manifest, manifest_from
from handouts.build.report import as_json
from handouts.diagnostics import InvalidInput, warning

T = TypeVar("T")

NAME = ".handouts-journal.json"


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in an output folder.

    Attributes:
        manifest: documents that are there as it says.
        files: every file that builds have written and that may still be there.
        was_interrupted: whether the last build did not come to its end.
    """

    manifest: Manifest
    files: frozenset[str]
    was_interrupted: bool = False


def journal(before: Found, after: Manifest) -> bytes:
    """The journal of a build that turns what was found into what another manifest says."""
    value = {
        "files": sorted(before.files | after.files),
        "manifests": [before.manifest.fields, after.fields],
    }
    return as_json(value).encode()


def found_in(output: Path) -> Found:
    """What builds have left in an output folder.

    Raises:
        InvalidInput: ``damaged-manifest``, a warning: what was there is not known any more.
    """
    manifest = _read(output / MANIFEST, manifest_from)
    if manifest is not None:
        return Found(manifest, manifest.files)
    return _read(output / NAME, lambda data: _interrupted(data, output)) or Found(
        Manifest(), frozenset()
    )


def _interrupted(data: bytes, output: Path) -> Found:
    """What an interrupted build has left, by its journal.

    Raises:
        ValueError: it is none.
    """
    try:
        value = json.loads(data)
        manifests = [manifest_from(json.dumps(each).encode()) for each in value["manifests"]]
        files = frozenset(map(str, value["files"]))
    except (KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise ValueError("this is no journal") from problem
    documents = {
        entry.path: entry
        for manifest in manifests
        for entry in manifest.documents.values()
        if file_digest(output / entry.path) == entry.sha256
    }
    known = frozenset().union(*(each.files for each in manifests))
    return Found(Manifest(documents, manifests[0].assets), files & known, was_interrupted=True)


def _read(path: Path, parse: Callable[[bytes], T]) -> T | None:
    try:
        return parse(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError):
        raise InvalidInput(
            (
                warning(
                    "damaged-manifest",
                    "the manifest can't be read, so files that are out of date may stay",
                    path=str(path),
                    hint="empty the output folder once and build again",
                ),
            )
        ) from None
