"""What goes into a job and what comes out of it, for any process: nothing heavy is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from handouts.build.folders import Folders
from handouts.build.inputs import Inputs
from handouts.build.limits import Limits
from handouts.build.manifest import Entry
from handouts.build.timing import Stage
from handouts.diagnostics import Diagnostic, error
from handouts.models.edition import Edition


@dataclass(frozen=True, slots=True)
class Setup:
    """What all jobs of a build share.

    Attributes:
        folders: of the project.
        today: decides whether a review has ended.
        store: the folder of the store that the files go to; None if they are not wanted.
        in_print: whether the pages are also checked as they come out of a printer.
        limits: what one edition may take.
        stamp: of the program, where what was loaded before may be used.
    """

    folders: Folders
    today: date
    store: Path | None = None
    in_print: bool = False
    limits: Limits = field(default_factory=Limits)
    stamp: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One edition, made or not.

    Attributes:
        diagnostics: what is said about its words, the same in all its editions.
        page_diagnostics: what is said about its pages.
        inputs: everything that was read, also where it came to nothing.
        below: the files whose errors are this document's too.
        entry: its entry in the manifest; None if it has failed.
        files: digest of each file that is published, by path below the output folder.
        until: last day on which it may be published, None if its review sets none.
        stages: what it took.
        crash: the traceback of a bug.
        trace: the traceback of the layout engine, where it failed.
    """

    edition: Edition
    diagnostics: tuple[Diagnostic, ...] = ()
    page_diagnostics: tuple[Diagnostic, ...] = ()
    inputs: Inputs = field(default_factory=Inputs)
    below: tuple[str, ...] = ()
    entry: Entry | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    until: date | None = None
    stages: tuple[Stage, ...] = ()
    crash: str | None = None
    trace: str | None = None


def too_slow(edition: Edition, setup: Setup) -> Diagnostic:
    """That an edition was not done in its time."""
    return error(
        "too-slow",
        f"making {name_of(edition)} took longer than {setup.limits.seconds:g} s",
        hint="--time-limit allows more; it may never come to an end",
    )


def too_large(edition: Edition, setup: Setup, path: str) -> Diagnostic:
    """That an edition needs more memory than it may have.

    Args:
        edition: that was not made.
        setup: with its limits.
        path: of its own file.
    """
    return error(
        "out-of-memory",
        f"making {name_of(edition)} needs more than {setup.limits.memory >> 20} MiB of memory",
        path=path,
        hint="take back what changed last in its words or in the styles",
    )


def name_of(edition: Edition) -> str:
    """An edition in one word, as its file is called."""
    return PurePosixPath(edition.pdf_path).stem
