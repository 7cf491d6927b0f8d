"""``handouts build ID --for -``: the sheet of one patient."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from handouts.build.folders import Folders
from handouts.build.limits import Limits
from handouts.build.personal import PersonalSheet, make_personal
from handouts.build.private_file import write_private
from handouts.build.request import Request
from handouts.build.result import name_of
from handouts.build.writing import clear_errors
from handouts.cli import options
from handouts.cli.printing import Printer
from handouts.diagnostics import Severity
from handouts.loading.details import read_details

STANDARD = "-"


def build_for(
    details: str,
    ids: tuple[str, ...],
    content: str | None,
    output: str | None,
    given: dict[str, Any],
) -> int:
    """Make the sheet of one patient, and write it to one place; the exit code.

    Raises:
        InvalidInput: the details, the content or the file can't be used.
        InvalidRequest, click.UsageError: wrong usage.
    """
    if details != STANDARD:  # an argument can be seen by everyone on the machine
        raise click.UsageError("the details come from standard input only: --for -")
    if len(ids) != 1:
        raise click.UsageError("--for makes one sheet: give one ID")
    if output is None:
        raise click.UsageError(
            "--for needs --output: a file for the sheet, or - for standard output"
        )
    for option in ("scheduler", "profile", "as_json"):
        if given[option]:
            name = option.removeprefix("as_")
            raise click.UsageError(f"--{name} does not go with --for")
    if output == STANDARD and sys.stdout.isatty():
        raise click.UsageError("a PDF is nothing for a terminal: lead standard output elsewhere")
    folders = options.folders_of(content)
    request = Request(
        ids=ids,
        languages=given["languages"],
        formats=given["formats"],
        papers=given["papers"],
        clinics=given["clinics"],
        publish=False,
    )
    sheet = make_personal(
        folders, request, read_details(sys.stdin.buffer),
        today=date.today(), limits=Limits(given["time_limit"]),  # noqa: DTZ011
    )  # fmt: skip
    Printer(notes=given["verbose"]).problems(sheet.diagnostics)
    if sheet.pdf is None:
        return 1
    _give(sheet, sheet.pdf, output, folders, quiet=given["quiet"])
    has_warning = any(each.severity is Severity.WARNING for each in sheet.diagnostics)
    return 3 if given["strict"] and has_warning else 0


def _give(sheet: PersonalSheet, pdf: bytes, output: str, folders: Folders, *, quiet: bool) -> None:
    if output == STANDARD:
        with clear_errors(Path("standard output"), "give a file as --output"):
            sys.stdout.buffer.write(pdf)
            sys.stdout.buffer.flush()
        return
    path = Path.cwd() / output
    with clear_errors(path, "choose another --output"):
        write_private(path, pdf)
    if path.resolve().is_relative_to(folders.output):
        click.echo("handouts: warning: the sheet lies in the output folder, which others may see",
                   err=True)  # fmt: skip
    if not quiet:
        click.echo(f"{name_of(sheet.edition)} is in {output}, for its owner's eyes only")
