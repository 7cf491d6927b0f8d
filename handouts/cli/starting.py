"""``handouts init``, ``handouts new`` and ``handouts schema``."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path

import click

from handouts.cli import options
from handouts.cli.printing import counted

_KINDS = ("patient", "trial", "clinic", "translation")


@click.command()
@click.argument("folder", metavar="DIR")
@options.options(options.QUIET)
def init(folder: str, *, quiet: bool) -> None:
    """Start a project of your own in a new folder.

    It holds one handout, one made-up trial and one clinic, which build at once, and says in each
    file what to write there.
    """
    from handouts.build.starter import init as start

    files = start(Path.cwd() / folder)
    if not quiet:
        click.echo(f"{counted(len(files), 'file')} written; everything in them is made up")
        click.echo(f"next: cd {shlex.quote(folder)} && handouts build")


@click.command()
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("slug")
@options.options(
    options.CONTENT,
    click.option("--lang", "language", metavar="CODE", help="Language of a translation."),
    options.QUIET,
)
def new(kind: str, slug: str, content: str | None, language: str | None, *, quiet: bool) -> None:
    """Add a handout, a trial, a clinic or a translation to the project.

    SLUG becomes its id; of a translation it is the id of the English handout. The file builds as it
    is. No file is ever overadded.
    """
    from handouts.build.additions import add

    folders = options.folders_of(content)
    today = date.today()  # noqa: DTZ011  (the day where the author is)
    added = add(folders, kind, slug, language, today)
    if quiet:
        return
    click.echo(f"{added.path} written")
    for other in added.also:
        click.echo(f"{other} has more in it: what is new there is to be replaced too")
    if added.left:
        click.echo("left to fill in:")
        for number, line in added.left:
            click.echo(f"  {added.path}:{number}: {line}")
    if added.hint:
        click.echo(added.hint)


@click.command()
@options.options(
    click.option(
        "--output", metavar="FOLDER", default=".handouts/schema", show_default=True,
        help="Where the schemas go.",
    ),
    options.QUIET,
)  # fmt: skip
def schema(output: str, *, quiet: bool) -> None:
    """Write JSON Schemas of all files of a project, for editors that complete and check."""
    from handouts.build.starter import schema_files
    from handouts.build.writing import clear_errors, write_whole

    folder = Path.cwd() / output
    files = schema_files()
    for name, data in files.items():
        with clear_errors(folder / name, "choose another --output"):
            write_whole(folder / name, data)
    if not quiet:
        click.echo(f"{counted(len(files), 'schema')} in {output}")
