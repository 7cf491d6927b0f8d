"""``handouts list``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

import click

from handouts.cli import options


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One document in one language. ``review`` is what its file says: draft, signed, expired."""

    id: str
    kind: str
    language: str
    reference: str | None
    version: str | None
    title: str | None
    review: str
    path: str


@click.command("list")
@options.options(options.CONTENT, options.JSON)
@click.option("--templates", is_flag=True, help="The file used for each template and style.")
def list_documents(content: str | None, *, as_json: bool, templates: bool) -> None:
    """List the documents of the project.

    The last column says whether somebody has signed the version; whether the words are still the
    ones that were signed is found when they are built.
    """
    from handouts.build.report import as_json as written

    if templates:
        from handouts.build.overrides import used_files

        files = used_files(options.folders_of(content))
        if as_json:
            click.echo(written([asdict(each) for each in files]), nl=False)
        else:
            _print_table(
                (e.name, f"{e.origin}, outdated" if e.is_outdated else e.origin, e.path)
                for e in files
            )
        return
    lines = _lines(content)
    if as_json:
        click.echo(written([asdict(each) for each in lines]), nl=False)
        return
    _print_table(
        (e.id, e.kind, e.language, e.version or "", e.review, e.title or e.path) for e in lines
    )


def _print_table(lines: Iterable[tuple[str, ...]]) -> None:
    rows = list(lines)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _lines(content: str | None) -> list[_Line]:
    from handouts.build.plan import documents_of
    from handouts.build.request import InvalidRequest
    from handouts.diagnostics import InvalidInput
    from handouts.loading.library import load_library
    from handouts.models.edition import Kind

    folders = options.folders_of(content)
    try:
        library = load_library(folders.content, folders.root)
    except InvalidInput as invalid:
        raise InvalidRequest(invalid.diagnostics) from None
    today = date.today()  # noqa: DTZ011
    written = {(each.id, each.language): each for each in library.written}
    lines = []
    for each in documents_of(library):
        about: tuple[str, str, str] | None = None
        review = None
        if each.kind is Kind.TRIAL and each.id in library.trials:
            trial = library.trials[each.id].value
            about = (trial.reference, trial.version, f"{trial.acronym}: {trial.title}")
            review = trial.review
        elif (each.id, each.language) in written:
            front = written[each.id, each.language].front
            about = (front.reference, front.version, front.title)
            review = front.review
        state = "has errors"
        if about is not None:
            state = "draft"
            if review is not None and review.version == about[1]:
                state = "expired" if review.next_review < today else "signed"
        reference, version, title = about or (None, None, None)
        lines.append(
            _Line(
                id=each.id,
                kind=str(each.kind),
                language=each.language,
                reference=reference,
                version=version,
                title=title,
                review=state,
                path=each.path,
            )
        )
    return lines
