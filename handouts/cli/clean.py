"""``handouts clean``."""

from __future__ import annotations

import click

from handouts.build.journal import NAME as JOURNAL
from handouts.build.journal import found_in
from handouts.build.lock import alone, turn
from handouts.build.manifest import NAME as MANIFEST
from handouts.build.publish import Publication
from handouts.build.record import Records
from handouts.build.reports.names import NAMES as REPORTS
from handouts.cli import options
from handouts.cli.printing import Printer, counted
from handouts.cli.progress import Progress
from handouts.diagnostics import InvalidInput


@click.command()
@options.options(options.CONTENT, options.OUTPUT, options.QUIET)
def clean(content: str | None, output: str | None, *, quiet: bool) -> None:
    """Remove what builds have made: the files the manifest lists, and the cache.

    Other files in the output folder stay; all of them do where the manifest is damaged.
    """
    folders = options.folders_of(content, output)
    waiting = Progress(verbose=False, quiet=quiet).waiting
    with turn(folders.cache, waiting), alone(folders.output, waiting):
        publication = Publication(folders.output)
        files: frozenset[str] = frozenset()
        try:
            files = found_in(folders.output).files
        except InvalidInput as damaged:
            Printer().problems(damaged.diagnostics)
        else:
            publication.remove(files)
            publication.remove((MANIFEST, JOURNAL, *REPORTS))
        publication.sweep()
        Records(folders.cache).forget()
    if not quiet:
        click.echo(f"removed {counted(len(files), 'file')} and the cache")
