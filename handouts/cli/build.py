"""``handouts build`` and ``handouts check``."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from handouts.build.folders import Folders
from handouts.build.library import build_library
from handouts.build.limits import Limits
from handouts.build.makers import Here, Makers
from handouts.build.report import Report, as_json
from handouts.build.request import Request
from handouts.build.timing import Timings
from handouts.build.writing import clear_errors, write_whole
from handouts.cli import options
from handouts.cli.printing import Printer, counted
from handouts.cli.progress import Progress
from handouts.diagnostics import Severity

_SLOWEST = 5
_SELECTION = (options.CLINIC, options.LANGUAGE, options.FORMAT, options.PAPER)
_COMMON = (
    options.JOBS, options.SCHEDULER, options.TIME_LIMIT, options.FORCE, options.STRICT,
    options.PROFILE, options.JSON, options.QUIET, options.VERBOSE,
)  # fmt: skip


@click.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@options.options(options.CONTENT, options.OUTPUT, *_SELECTION, options.FOR, *_COMMON)
def build(
    ids: tuple[str, ...],
    content: str | None,
    output: str | None,
    details: str | None,
    **given: Any,
) -> int:
    """Build documents and publish them.

    Without an ID, all documents of the default clinic. What has not changed is not made again.
    """
    if details is not None:
        from handouts.cli.personal import build_for

        return build_for(details, ids, content, output, given)
    return _run(ids, options.folders_of(content, output), given, publish=True)


@click.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@options.options(options.CONTENT, options.PRINT, *_SELECTION, *_COMMON)
def check(ids: tuple[str, ...], content: str | None, in_print: bool, **given: Any) -> int:
    """Do all that a build does, but publish nothing."""
    return _run(ids, options.folders_of(content), given, publish=False, in_print=in_print)


def _run(
    ids: tuple[str, ...],
    folders: Folders,
    given: dict[str, Any],
    *,
    publish: bool,
    in_print: bool = False,
) -> int:
    start = time.monotonic()
    request = Request(
        ids=tuple(dict.fromkeys(ids)),
        languages=given["languages"],
        formats=given["formats"],
        papers=given["papers"],
        clinics=given["clinics"],
        publish=publish,
        in_print=in_print,
    )
    with Progress(verbose=given["verbose"], quiet=given["quiet"]) as progress:
        report = build_library(
            folders,
            request,
            today=date.today(),  # noqa: DTZ011  (a review ends at midnight where the clinic is)
            force=given["force"],
            makers=_makers(given["jobs"], given["scheduler"]),
            limits=Limits(given["time_limit"]),
            watcher=progress,
        )
    if given["profile"]:
        _written(report.timings, Path.cwd() / given["profile"])
    Printer(notes=given["verbose"]).problems(report.diagnostics)
    for crash in (*report.crashes, *(report.traces if given["verbose"] else ())):
        click.echo(f"\n{crash}", err=True)
    if given["as_json"]:
        click.echo(report.json(), nl=False)
    elif not given["quiet"]:
        for line in _times(report.timings):
            click.echo(line)
        click.echo(_summary(report, time.monotonic() - start, notes_shown=given["verbose"]))
        if publish and report.built:
            click.echo(f"The files are in {folders.output}")
    return report.exit_code(strict=given["strict"])


def _makers(jobs: int | None, scheduler: str | None) -> Makers:
    if scheduler is None:
        return Here(jobs)
    if jobs is not None:
        raise click.UsageError("--jobs is for this computer, --scheduler for others: give one")
    from handouts.build.cluster import Cluster

    return Cluster(scheduler)


def _times(timings: Timings) -> Iterator[str]:
    """Where the time went; nothing where nothing was made."""
    if not timings.editions:
        return
    yield f"Time: {_seconds((each.name, each.seconds) for each in timings.build)}"
    yield f"Documents: {_seconds(timings.by_stage().items())}"
    if len(timings.editions) > _SLOWEST:
        yield f"Slowest: {_seconds(timings.slowest(_SLOWEST))}"


def _seconds(named: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in named)


def _written(timings: Timings, path: Path) -> None:
    """Write a profile.

    Raises:
        InvalidInput: ``cannot-write``.
    """
    with clear_errors(path, "choose another --profile"):
        write_whole(path, as_json(timings.trace()).encode())


def _summary(report: Report, seconds: float, *, notes_shown: bool) -> str:
    counts = [counted(report.count(each), each) for each in Severity if report.count(each)]
    text = (
        f"{counted(report.total, 'document')}: {report.built} built, {report.cached} cached,"
        f" {len(report.failed)} failed, in {seconds:.1f} s"
    )
    if counts:
        text += f"; {', '.join(counts)}"
    if not notes_shown and report.count(Severity.NOTE):
        text += " (-v shows notes)"
    return text
