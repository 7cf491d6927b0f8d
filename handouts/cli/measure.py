"""``handouts measure``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from handouts.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.checks.measures import Measures
    from handouts.loading.library import Library
    from handouts.loading.written import PatientHandout

_COLUMNS = (
    ("Document", "document"), ("Language", "language"), ("Words", "words"),
    ("Sentences", "sentences"), ("Mean", "mean"), ("Longest", "longest"), ("FK raw", "grade_raw"),
    ("FK protected", "grade_protected"), ("SMOG", "smog"),
    ("Fernández Huerta", "fernandez_huerta"), ("INFLESZ", "inflesz"),
    ("Passive", "passive_share"), ("You", "you_share"),
)  # fmt: skip
_SHARES = frozenset({"passive_share", "you_share"})
_NO_NUMBER = "–"


@click.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option(
    "--quality",
    is_flag=True,
    help="Self-assessed scores by PEMAT-P, the CDC index and SAM; of named handouts each item.",
)
@options.options(options.CONTENT, options.LANGUAGE, options.JSON)
def measure(
    ids: tuple[str, ...],
    content: str | None,
    languages: tuple[str, ...],
    *,
    quality: bool,
    as_json: bool,
) -> None:
    """Measure how patient handouts read.

    A Markdown table: words and sentences (headings left out), mean and longest sentence in words,
    Flesch-Kincaid grade with and without protected terms, SMOG (from 30 sentences on), reading ease
    of Spanish, share of sentences in the passive voice, share that says "you".
    """
    from handouts.build.report import as_json as written

    library = _library(content)
    _refuse_unknown(ids, languages, library)
    handouts = [
        each
        for each in library.handouts.values()
        if (not ids or each.id in ids) and (not languages or each.language in languages)
    ]
    if quality:
        from handouts.cli.quality import as_data, as_text

        if as_json:
            click.echo(written(as_data(handouts, library)), nl=False)
        else:
            click.echo(as_text(handouts, library, is_detailed=bool(ids)), nl=False)
        return
    rows = [_row(handout, found) for handout, found in _measured(handouts, library)]
    if as_json:
        click.echo(written(rows), nl=False)
    else:
        click.echo(_table(rows), nl=False)


def _measured(
    handouts: list[PatientHandout], library: Library
) -> Iterator[tuple[PatientHandout, Measures]]:
    from handouts.checks.plain_language import measured

    for handout in handouts:
        if (found := measured(handout, library)) is not None:
            yield handout, found


def _library(content: str | None) -> Library:
    from handouts.build.request import InvalidRequest
    from handouts.diagnostics import InvalidInput
    from handouts.loading.library import load_library

    folders = options.folders_of(content)
    try:
        return load_library(folders.content, folders.root)
    except InvalidInput as invalid:
        raise InvalidRequest(invalid.diagnostics) from None


def _refuse_unknown(ids: tuple[str, ...], languages: tuple[str, ...], library: Library) -> None:
    from handouts.build.request import InvalidRequest
    from handouts.diagnostics import did_you_mean, error

    known_ids = {each for each, _ in library.handouts}
    known_languages = {each for _, each in library.handouts}
    problems = [
        error(
            "unknown-document",
            f"there is no patient handout `{each}`",
            hint=did_you_mean(each, known_ids),
        )
        for each in ids
        if each not in known_ids
    ]
    problems += [
        error(
            "unknown-language",
            f"no patient handout is in `{each}`",
            hint=did_you_mean(each, known_languages),
        )
        for each in languages
        if each not in known_languages
    ]
    if problems:
        raise InvalidRequest(tuple(problems))


def _row(handout: PatientHandout, found: Measures) -> dict[str, Any]:
    row: dict[str, Any] = {"document": handout.id, "language": handout.language}
    for _, name in _COLUMNS[2:]:
        value = getattr(found, name)
        digits = 2 if name in _SHARES else 1
        row[name] = round(value, digits) if isinstance(value, float) else value
    row["p95"] = found.p95
    row["protected_share"] = round(found.protected_share, 2)
    return row


def _table(rows: list[dict[str, Any]]) -> str:
    from handouts.cli.tables import markdown_table

    cells = [[title for title, _ in _COLUMNS]]
    cells += [[_cell(name, row[name]) for _, name in _COLUMNS] for row in rows]
    return markdown_table(cells, texts=2)


def _cell(name: str, value: object) -> str:
    if value is None:
        return _NO_NUMBER
    if name in _SHARES:
        return f"{value:.0%}"
    return f"{value:.1f}" if isinstance(value, float) else str(value)
