"""What goes into a job and what comes out of it, for any process: nothing heavy is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from handouts.build.folders import Folders
from handouts.build.inputs import Inputs
from handouts.build.manifest import Entry
from handouts.diagnostics import Diagnostic
from handouts.models.edition import Edition


@dataclass(frozen=True, slots=True)
class Setup:
    """What all jobs of a build share.

    Attributes:
        folders: of the project.
        today: decides whether a review has ended.
        publish: whether the files themselves are wanted.
        in_print: whether the pages are also checked as they come out of a printer.
    """

    folders: Folders
    today: date
    publish: bool = True
    in_print: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One edition, made or not.

    Attributes:
        diagnostics: what is said about its words, the same in all its editions.
        page_diagnostics: what is said about its pages.
        inputs: everything that was read, also where it came to nothing.
        entry: its entry in the manifest; None if it has failed.
        outputs: digest of each file that is published, by path below the output folder.
        files: these files, if they are wanted.
        until: last day on which it may be published, None if its review sets none.
        crash: the traceback of a bug.
        trace: the traceback of the layout engine, where it failed.
    """

    edition: Edition
    diagnostics: tuple[Diagnostic, ...] = ()
    page_diagnostics: tuple[Diagnostic, ...] = ()
    inputs: Inputs = field(default_factory=Inputs)
    entry: Entry | None = None
    outputs: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    until: date | None = None
    crash: str | None = None
    trace: str | None = None


def name_of(edition: Edition) -> str:
    """An edition in one word, as its file is called."""
    return PurePosixPath(edition.pdf_path).stem
