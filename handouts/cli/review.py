"""``handouts review``."""

from __future__ import annotations

from datetime import date

import click

from handouts.cli import options


@click.command()
@click.argument("name", metavar="ID")
@options.options(options.CONTENT, options.LANGUAGE, options.JSON)
def review(name: str, content: str | None, languages: tuple[str, ...], *, as_json: bool) -> None:
    """Show the state of a document's review, and what a reviewer signs.

    The fingerprint stands for the words and numbers of the document in one language. When one of
    them changes, the signature does not count any more.
    """
    from handouts.build.report import as_json as written
    from handouts.cli.documents import documents_named

    found = []
    for each in documents_named(name, options.folders_of(content), languages):
        document, edition = each.document, each.edition
        fields = {
            "id": edition.id,
            "language": edition.language,
            "title": document.title,
            "reference": document.reference,
            "path": document.source,
            "state": str(document.state),
            "version": document.version,
            "fingerprint": document.fingerprint,
        }
        found.append(fields)
        if as_json:
            continue
        today = date.today().isoformat()  # noqa: DTZ011
        click.echo(
            f"{fields['title']} ({fields['reference']})\n"
            f"state: {fields['state']}, version {fields['version']}\n"
            f"fingerprint: {fields['fingerprint']}\n\n"
            f"The reviewer reads the document as it is printed, and puts this into"
            f" {fields['path']}:\n\n"
            "review:\n"
            "  by:                 # name of the clinician who approves it\n"
            "  role:               # their role\n"
            f"  approved: {today}\n"
            "  next_review:        # the day on which this approval ends, YYYY-MM-DD\n"
            f'  version: "{fields["version"]}"\n'
            f"  fingerprint: {fields['fingerprint']}\n"
        )
    if as_json:
        click.echo(written(found), nl=False)
