"""Options that several commands share."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

from handouts.build.folders import Folders, find_folders
from handouts.build.limits import Limits

Command = TypeVar("Command", bound=Callable[..., Any])

CONTENT = click.option(
    "--content", metavar="FOLDER", help="The folder that holds project.yaml.  [default: content]"
)
OUTPUT = click.option(
    "--output", metavar="FOLDER", help="Where files go.  [default: output, beside the content]"
)
CLINIC = click.option(
    "--clinic",
    "clinics",
    metavar="NAME",
    multiple=True,
    help="For this clinic, or `all`; may be repeated.",
)
LANGUAGE = click.option(
    "--lang", "languages", metavar="CODE", multiple=True, help="In this language; may be repeated."
)
FORMAT = click.option(
    "--format", "formats", metavar="NAME", multiple=True, help="standard or large-print."
)
PAPER = click.option("--paper", "papers", metavar="NAME", multiple=True, help="a4 or letter.")
FOR = click.option(
    "--for", "details", metavar="-",
    help="Make the sheet of one patient: name, appointment and note come as YAML from standard"
    " input. --output is then its file, or - for standard output; nothing else is written.",
)  # fmt: skip
JOBS = click.option(
    "-j", "--jobs", type=click.IntRange(min=1), metavar="N",
    help="Processes to use.  [default: one for each processor, if there is enough to do]",
)  # fmt: skip
SCHEDULER = click.option(
    "--scheduler", metavar="ADDRESS",
    help="Make the documents on a Dask cluster, such as tcp://host:8786.",
)  # fmt: skip
TIME_LIMIT = click.option(
    "--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
    default=Limits().seconds, show_default=True,
    help="How long one document may take.",
)  # fmt: skip
PROFILE = click.option(
    "--profile", metavar="FILE",
    help="Write where the time went, for Perfetto or a browser's performance tools.",
)  # fmt: skip
FORCE = click.option("--force", is_flag=True, help="Ignore the cache and make everything anew.")
STRICT = click.option("--strict", is_flag=True, help="Exit with code 3 if there are warnings.")
PRINT = click.option(
    "--print", "in_print", is_flag=True,
    help="Also check the pages as they come out of a printer without colour: toner, edges, holes,"
    " marks of charts, QR codes. Slower, and nothing is taken from the cache.",
)  # fmt: skip
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
QUIET = click.option("-q", "--quiet", is_flag=True, help="Print errors and warnings only.")
VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Print notes, and each file made.")


def options(*several: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """Several options as one decorator, shown in this order."""

    def decorate(command: Command) -> Command:
        return reduce(lambda inner, option: option(inner), reversed(several), command)

    return decorate


def folders_of(content: str | None, output: str | None = None) -> Folders:
    """The folders of the project that is meant, from here.

    Raises:
        InvalidRequest: there is no project.
        click.ClickException: the environment is of no use.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    if not re.fullmatch(r"[0-9]{1,11}", epoch):
        raise click.ClickException(f"SOURCE_DATE_EPOCH is no number of seconds: {epoch}")
    try:
        here = Path.cwd()
    except FileNotFoundError:
        raise click.ClickException("the working folder is not there any more") from None
    return find_folders(content, output, here)


def is_there(path: Path) -> bool:
    """Whether there is something of that name; what can't be looked at is not there."""
    with suppress(OSError, ValueError):
        return path.exists()
    return False
