"""Builds a library: what has not changed is only looked at, what has is made.

An unchanged build compares contents with the record of the last one, and imports nothing that
reads content or draws.
"""

from __future__ import annotations

from datetime import date

from handouts.build.folders import Folders
from handouts.build.inputs import Digests
from handouts.build.limits import Limits
from handouts.build.lock import turn
from handouts.build.makers import Here, Makers
from handouts.build.memory import rarely_collected
from handouts.build.record import Records, holds
from handouts.build.report import Report
from handouts.build.request import Request
from handouts.build.watcher import Unwatched, Watcher


def build_library(
    folders: Folders,
    request: Request,
    *,
    today: date,
    force: bool = False,
    makers: Makers | None = None,
    limits: Limits | None = None,
    watcher: Watcher | None = None,
) -> Report:
    """Build what was asked for, or only check it.

    Args:
        folders: of the project.
        request: which editions, and whether they are published.
        today: decides whether a review has ended.
        force: take nothing from records of earlier builds.
        makers: who makes the documents; None means this computer.
        limits: what one document may take.
        watcher: is told how it comes along.

    Raises:
        InvalidRequest: wrong usage or configuration; nothing was built.
        InvalidInput: ``cannot-write``.
        UnusableEnvironment: a library of the system is missing.
    """
    watcher = watcher or Unwatched()
    with turn(folders.cache, watcher.waiting):
        records = Records(folders.cache)
        digests = Digests(folders)
        records.current_generator()
        if not force:
            report = _unchanged(folders, request, today, records, digests)
            if report is not None:
                return report

        from handouts.build.work import Work  # noqa: PLC0415  (imports all that reads content)

        makers = makers or Here()
        try:
            with rarely_collected():
                return Work(
                    folders, request, today=today, records=records, digests=digests,
                    watcher=watcher, makers=makers, limits=limits or Limits(), force=force,
                ).report()  # fmt: skip
        finally:
            makers.dismiss()


def _unchanged(
    folders: Folders, request: Request, today: date, records: Records, digests: Digests
) -> Report | None:
    if records.generator is None:
        return None
    record = records.build(request.key(folders.name(folders.output)))
    if (
        record is None
        or today < record.since
        or (record.until is not None and today > record.until)
        or not holds(record.inputs, digests, record.outputs, folders.output)
    ):
        return None
    return record.report
