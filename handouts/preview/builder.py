"""Checks what is looked at, and builds the library behind it into the preview's own folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from handouts.build.folders import Folders
from handouts.build.fonts import use_fonts
from handouts.build.library import build_library
from handouts.build.makers import Here
from handouts.build.pool import processors
from handouts.build.report import Report
from handouts.build.request import Request
from handouts.diagnostics import Diagnostic, InvalidInput, Severity
from handouts.models.edition import Edition
from handouts.preview.child import Inbox
from handouts.preview.messages import Built, Checked, Making, Message, Turn

_NICE = 10
"""What is looked at comes first: a build leaves the processor to it."""


@dataclass(frozen=True, slots=True)
class BuilderStart:
    """Makes the worker in its process.

    Attributes:
        folders: of the project; its output is where builds of the preview go.
        request: the clinics that are previewed.
    """

    folders: Folders
    request: Request

    def __call__(self, tell: Callable[[Message], None], inbox: Inbox) -> Builder:
        """The worker, with all imports made."""
        with suppress(OSError):
            os.nice(_NICE)
        use_fonts(self.folders)
        return Builder(self.folders, self.request, tell, inbox)


class Builder:
    """Builds, one turn after another."""

    def __init__(
        self, folders: Folders, request: Request, tell: Callable[[Message], None], inbox: Inbox
    ) -> None:
        from handouts.build import job, memory, work  # noqa: F401, PLC0415  (heavy: all at once)

        self._folders, self._request, self._tell, self._inbox = folders, request, tell, inbox
        memory.settle()

    def work(self, turn: Turn) -> None:
        """Check what is looked at, then build all that is not as it was."""
        for edition in turn.editions:
            report = self._built(_request_for(edition), turn, jobs=1)
            self._tell(Checked(turn.number, edition, report.diagnostics, _is_good(report)))
            self._inbox.yield_to_newer()
        if turn.whole:
            report = self._built(self._request, turn, jobs=max(1, processors() - 1))
            self._tell(Built(turn.number, report))

    def _built(self, request: Request, turn: Turn, *, jobs: int) -> Report:
        follower = _Follower(turn, self._tell if request.publish else None, self._inbox)
        try:
            return build_library(
                self._folders, request, today=turn.today, makers=Here(jobs), watcher=follower
            )
        except InvalidInput as invalid:  # project.yaml, or a folder that can't be written to
            return Report(failed=("",), diagnostics=invalid.diagnostics)


class _Follower:
    """Tells how a build comes along, and ends it for a newer turn."""

    def __init__(self, turn: Turn, tell: Callable[[Message], None] | None, inbox: Inbox) -> None:
        self._turn, self._tell, self._inbox = turn, tell, inbox
        self._done = self._total = 0

    def waiting(self) -> None:
        """Another build of the project runs."""

    def started(self, total: int) -> None:
        """So many editions have to be made."""
        self._total = total
        self._say()

    def began(self, name: str, editions: int) -> None:  # noqa: ARG002
        """Work on a document has begun: a good moment to leave it."""
        self._inbox.yield_to_newer()

    def refused(self, worker: str, reason: str) -> None:
        """There is no cluster."""

    def made(self, name: str, *, failed: bool) -> None:  # noqa: ARG002
        """One more is done."""
        self._done += 1
        self._say()
        self._inbox.yield_to_newer()

    def _say(self) -> None:
        if self._tell is not None:
            self._tell(Making(self._turn.number, self._done, self._total))


def _request_for(edition: Edition) -> Request:
    return Request(
        ids=(edition.id,),
        languages=(edition.language,),
        formats=(str(edition.format),),
        papers=(str(edition.paper),),
        clinics=(edition.clinic,),
        publish=False,
    )


def _is_good(report: Report) -> bool:
    return not report.failed and not any(map(_is_error, report.diagnostics))


def _is_error(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity is Severity.ERROR
