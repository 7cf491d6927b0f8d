"""``handouts override``."""

from __future__ import annotations

import click

from handouts.cli import options


@click.command()
@click.argument("name")
@options.options(options.CONTENT)
def override(name: str, content: str | None) -> None:
    """Copy a built-in template or stylesheet into the project, to be changed there.

    NAME is as in `handouts list --templates`. Nothing is overwritten. When a later version of the
    program has another file of that name, a build says so.
    """
    from handouts.build.overrides import override as copied

    folders = options.folders_of(content)
    click.echo(folders.name(copied(folders, name)))
