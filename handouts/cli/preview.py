"""``handouts preview``."""

from __future__ import annotations

import errno
import importlib.util
import webbrowser
from dataclasses import replace

import click

from handouts.build.folders import Folders
from handouts.build.native import UnusableEnvironment, check_native_libraries
from handouts.build.request import Request
from handouts.cli import options
from handouts.cli.printing import has_terminal
from handouts.diagnostics import InvalidInput

_PORT = 8765


@click.command()
@click.argument("document", metavar="[ID]", required=False)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_PORT, metavar="N", show_default=True,
    help="Port of this computer to serve at; 0 takes one that is free.",
)  # fmt: skip
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@options.options(options.CONTENT, options.CLINIC)
def preview(
    document: str | None,
    port: int,
    *,
    no_browser: bool,
    content: str | None,
    clinics: tuple[str, ...],
) -> None:
    """Show documents in a browser while they are edited.

    Pages and web page stand side by side and follow each edit of words, facts, templates and
    styles, with the problems beside them. It builds into a folder of its own, below .cache/, and
    leaves the output folder alone. Only this computer can open it. Ctrl-C ends it.
    """
    if importlib.util.find_spec("watchfiles") is None:
        raise UnusableEnvironment(
            "the preview needs the package watchfiles: pip install 'handouts[preview]'"
        )
    from handouts.preview.run import run_preview

    folders = options.folders_of(content)
    check_native_libraries()
    request = Request(clinics=clinics)
    first = _folder_of(document, folders, request) if document else ""

    def begun(url: str) -> None:
        click.echo(f"Preview of {folders.content} at {url}")
        click.echo("Press Ctrl-C to stop.")
        if not no_browser and has_terminal():
            webbrowser.open(url)

    try:
        run_preview(folders, request, port=port, document=first, begun=begun)
    except OSError as problem:
        if problem.errno != errno.EADDRINUSE:
            raise
        raise click.ClickException(
            f"port {port} is taken, perhaps by another preview; --port 0 takes a free one"
        ) from None


def _folder_of(document: str, folders: Folders, request: Request) -> str:
    """Where a document is published, the source language first; empty while nothing can be read.

    Raises:
        InvalidRequest: there is no such document.
    """
    from handouts.build.plan import plan_for
    from handouts.loading.library import SOURCE_LANGUAGE, load_library

    try:
        library = load_library(folders.content, folders.root)
    except InvalidInput:
        return ""  # the preview says what is wrong
    editions = plan_for(replace(request, ids=(document,)), library).editions
    return min(editions, key=lambda each: (each.language != SOURCE_LANGUAGE, each)).folder
