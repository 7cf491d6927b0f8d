"""``handouts diff``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.build.manifest import NAME
from handouts.build.request import InvalidRequest
from handouts.cli import options
from handouts.cli.printing import Printer, counted, on_one_line
from handouts.diagnostics import error

if TYPE_CHECKING:
    from handouts.build.difference import Difference, DocumentDifference
    from handouts.build.snapshot import Snapshot
    from handouts.checks.word_changes import WordChange

PROBLEMS, DIFFERS = 1, 5
_MOST = 3
"""Words and facts of one document that its line shows."""

_LONGEST = 40


@click.command()
@click.argument("old")
@click.argument("new")
@options.options(
    options.CONTENT,
    click.option(
        "--output", metavar="FILE", default="diff.html", show_default=True,
        help="Where the pictures, words and facts go.",
    ),
    options.JOBS,
    options.JSON,
    options.QUIET,
)  # fmt: skip
def diff(
    old: str, new: str, content: str | None, output: str, jobs: int | None, *,
    as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Compare two builds: pages, words and facts.

    OLD and NEW are output folders, or git revisions of the project, which are built for it in a
    folder of their own. The exit code is 0 if all documents are the same, 5 if not, and 1 if all
    that could be built are, but some could not.
    """
    from handouts.build.publish import Publication
    from handouts.build.report import as_json as written

    target = Path(output)
    if target.is_dir() or not target.name:
        raise click.UsageError(f"--output is a folder: {on_one_line(output)}")
    with ExitStack() as stack:
        builds: dict[str, Snapshot] = {}
        for name in dict.fromkeys((old, new)):
            builds[name] = _snapshot(name, content, jobs, quiet=quiet, stack=stack)

        from handouts.build.difference import difference_between
        from handouts.build.difference_page import difference_page

        found = difference_between(builds[old], builds[new])
    Publication(target.parent).write(target.name, difference_page(found).encode())
    if as_json:
        click.echo(written(_fields(found)), nl=False)
    elif not quiet:
        for line in _lines(found):
            click.echo(on_one_line(line))
        click.echo(f"The pages side by side are in {on_one_line(output)}")
    if not found.is_none:
        return DIFFERS
    return PROBLEMS if found.not_compared else 0


def _snapshot(
    name: str, content: str | None, jobs: int | None, *, quiet: bool, stack: ExitStack
) -> Snapshot:
    """The build of that name: a folder if there is one with a manifest, or a revision.

    Raises:
        InvalidRequest: ``no-manifest``, ``unknown-revision``, or nothing can be built.
    """
    from handouts.build.snapshot import snapshot_in

    shown, folder = on_one_line(name), Path(name)
    if options.is_there(folder / NAME):
        return snapshot_in(folder, shown)

    from handouts.build.revision import built_revision, find_revision

    try:
        folders = options.folders_of(content)
    except InvalidRequest as invalid:
        raise InvalidRequest((_neither(shown, folder), *invalid.diagnostics)) from None
    revision = find_revision(name, folders.root)
    if revision is None:
        raise InvalidRequest((_neither(shown, folder),))
    if not quiet:
        click.echo(f"building {on_one_line(revision.name)}", err=True)
    today = date.today()  # noqa: DTZ011
    snapshot, problems = stack.enter_context(
        built_revision(revision, folders, today=today, jobs=jobs)
    )
    Printer().problems(problems)
    return snapshot


def _neither(name: str, folder: Path) -> Any:
    if options.is_there(folder) and folder.is_dir():
        return error(
            "no-manifest",
            "the folder holds no manifest.json",
            path=name,
            hint="build into it first",
        )
    return error(
        "unknown-revision",
        f"`{name}` is neither an output folder nor a git revision of the project",
        hint="give a folder that holds manifest.json, or a commit, branch or tag such as HEAD~1",
    )


def _lines(found: Difference) -> Iterator[str]:
    """One line for each document, and one for all."""
    for each in found.documents:
        yield f"{each.kind}: {each.path}{_in_words(each)}"
    if found.assets:
        yield f"changed: {', '.join(found.assets)}"
    for name, why in found.not_compared:
        yield f"not compared: {name}: neither can be built: {why}"
    if found.is_none:
        yield f"no difference: {counted(found.same, 'document')} the same, byte by byte"
    else:
        number = len(found.documents)
        yield f"{counted(number, 'document')} different, {found.same} the same"


def _in_words(document: DocumentDifference) -> str:
    from handouts.build.difference_page import in_short

    words = [
        f"{_at(each)} {_cut(each.old)} → {_cut(each.new)}"
        for each in (*document.words, *document.words_on_screen)
    ]
    facts = [
        f"{each.fact} {' → '.join(_cut(text) for text in each.in_short)}" for each in document.facts
    ]
    shown = "; ".join((*words[:_MOST], *facts[:_MOST]))
    parts = ("; ".join(in_short(document)), shown)
    return "".join(f": {part}" for part in parts if part)


def _at(change: WordChange) -> str:
    from handouts.build.difference import pages_in_words

    return pages_in_words(change.new_pages or change.old_pages)


def _cut(text: str) -> str:
    if not text:
        return "nothing"
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[: _LONGEST - 1].rstrip()}…”"


def _fields(found: Difference) -> dict[str, Any]:
    return {
        "old": found.old,
        "new": found.new,
        "identical": found.is_none,
        "same": found.same,
        "documents": [_document_fields(each) for each in found.documents],
        "not_compared": [list(each) for each in found.not_compared],
        "assets": list(found.assets),
        "generator": [list(each) for each in found.generator],
    }


def _document_fields(document: DocumentDifference) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "path": document.path,
        "id": document.entry.id,
        "language": document.entry.language,
        "title": document.entry.title,
        "kind": str(document.kind),
        "why": document.why or None,
        "pages": [
            {"number": each.number, "boxes": [list(box) for box in each.boxes]}
            for each in document.pages
        ],
        "page_counts": list(document.page_counts),
        "words": [asdict(each) for each in document.words],
        "words_on_screen": [asdict(each) for each in document.words_on_screen],
        "facts": [asdict(each) for each in document.facts],
        "fields": [list(each) for each in document.fields],
    }
