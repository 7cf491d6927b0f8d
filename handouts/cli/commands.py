"""The ``handouts`` command and how it ends: messages, and the exit code of each kind of trouble."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

import click

from handouts import __version__
from handouts.build.native import UnusableEnvironment
from handouts.build.request import InvalidRequest
from handouts.cli.build import build, check
from handouts.cli.clean import clean
from handouts.cli.diff import diff
from handouts.cli.doctor import doctor
from handouts.cli.listing import list_documents
from handouts.cli.measure import measure
from handouts.cli.override import override
from handouts.cli.preview import preview
from handouts.cli.printing import Printer
from handouts.cli.review import review
from handouts.cli.starting import init, new, schema
from handouts.cli.trace import trace
from handouts.cli.verify import verify
from handouts.diagnostics import InvalidInput

GOOD, PROBLEMS, USAGE, WARNINGS, ENVIRONMENT, INTERRUPTED = 0, 1, 2, 3, 4, 130


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 good; 1 problems in content or build; 2 wrong usage or configuration;"
    " 3 only warnings, under --strict; 4 this system lacks something; 5 differs or"
    " stale; 130 interrupted.",
)
@click.version_option(__version__, message="handouts %(version)s")
def handouts() -> None:
    """Printed health information whose every number has a source.

    Patient handouts and one-page trial summaries, as accessible PDF and as HTML.
    """


for each in (
    build, check, preview, list_documents, measure, trace, review, verify, diff, init, new, schema,
    override, doctor, clean,
):  # fmt: skip
    handouts.add_command(each)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line, and exit."""
    code = run(arguments)
    for stream in (sys.stdout, sys.stderr):
        if not _takes_more(stream):  # or Python would fail over it once more at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        The exit code.
    """
    try:
        return _run(arguments)
    except OSError as problem:
        if traceback.extract_tb(problem.__traceback__)[-1].filename != click.utils.__file__:
            raise
        with suppress(OSError):
            reason = problem.strerror or problem
            click.echo(f"handouts: error: what it says can't be written: {reason}", err=True)
        return PROBLEMS


def _takes_more(stream: TextIO | None) -> bool:
    """Whether a stream has written all it was given; what is not there takes everything."""
    try:
        if stream is not None:
            stream.flush()
    except OSError:
        return False
    return True


def _run(arguments: Sequence[str] | None) -> int:  # noqa: PLR0911  (one return per way out)
    try:
        result = handouts.main(arguments, prog_name="handouts", standalone_mode=False)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as problem:
        problem.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except InvalidRequest as invalid:
        Printer().problems(invalid.diagnostics)
        return USAGE
    except InvalidInput as invalid:
        Printer().problems(invalid.diagnostics)
        return PROBLEMS
    except UnusableEnvironment as problem:
        click.echo(f"handouts: error: {problem}", err=True)
        return ENVIRONMENT
    return result if isinstance(result, int) else GOOD
