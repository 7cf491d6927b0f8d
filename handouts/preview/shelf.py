"""The folders of a preview: where it builds, and what it serves.

Both lie in the project's cache, so that nothing half edited gets into the output folder. What is
served is the last good version of every document: one that fails stays there as it was.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from handouts.build.folders import Folders
from handouts.build.journal import found_in
from handouts.build.manifest import NAME as MANIFEST
from handouts.build.publish import Publication
from handouts.build.report import Report
from handouts.build.reports.names import NAMES as REPORTS
from handouts.build.writing import clear_errors
from handouts.diagnostics import InvalidInput

_HINT = "the preview needs a folder of its own in the cache: make .cache one that you may write to"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folders of a preview of one project."""

    project: Folders

    @property
    def build(self) -> Folders:
        """The project, built into the preview's own folder."""
        return replace(self.project, output=self._folder / "build")

    @property
    def served(self) -> Folders:
        """The project, with what is served as its output."""
        return replace(self.project, output=self._folder / "served")

    @property
    def _folder(self) -> Path:
        return self.project.cache / "preview"

    def begin(self) -> None:
        """Start from what is there: an earlier preview, or else the output of a build.

        Raises:
            InvalidInput: ``cannot-write``.
        """
        with clear_errors(self._folder, _HINT):
            for each in (self.build, self.served):
                each.output.mkdir(parents=True, exist_ok=True)
            if not (self.build.output / MANIFEST).is_file():
                _bring(self.project.output, self.build.output)
            self.bring_forward(Report())

    def bring_forward(self, report: Report) -> None:
        """Serve what was built; what has failed stays as it was, what is gone goes.

        Raises:
            OSError: the folder can't be written to.
            InvalidInput: ``cannot-write``: something in it can't be removed.
        """
        source, target = self.build.output, self.served.output
        files = _bring(source, target)
        failed = {_place(name) for name in report.failed}
        if files:
            Publication(target).remove(
                path
                for path in _files_in(target)
                if path not in files and PurePosixPath(path).parts[-3:-1] not in failed
            )


def _bring(source: Path, target: Path) -> frozenset[str]:
    """Bring what a build has published to another folder; gives the paths."""
    try:
        found = found_in(source)
    except InvalidInput:  # a build makes it anew
        return frozenset()
    if not found.files or found.was_interrupted:
        return frozenset()
    files = found.files | {MANIFEST, *REPORTS}
    for path in (*sorted(files - {MANIFEST}), MANIFEST):
        with suppress(FileNotFoundError):
            _put(source / path, target / path)
    return files


def _put(source: Path, target: Path) -> None:
    """Have one file in two places. Files are replaced, never written to: a link is as good."""
    with suppress(FileNotFoundError):
        if source.samefile(target):
            return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        os.link(source, part)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, part)
    part.replace(target)


def _files_in(folder: Path) -> tuple[str, ...]:
    return tuple(e.relative_to(folder).as_posix() for e in folder.rglob("*") if e.is_file())


def _place(name: str) -> tuple[str, ...]:
    """Language and id of an edition, the last folders its files lie in, from its name."""
    parts = name.rsplit(".", 3)
    return (parts[1], parts[0]) if len(parts) == 4 else ()
