"""A difference between two builds as one HTML page that needs no other file and no script."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from handouts.build.difference import Difference, DocumentDifference, Kind, pages_in_words
from handouts.checks.page_differences import PageDifference

_TEMPLATE = "difference.html.jinja"


def difference_page(difference: Difference) -> str:
    """The whole page."""
    kinds = {kind: [each for each in difference.documents if each.kind is kind] for kind in Kind}
    return _template().render(
        difference=difference,
        changed=kinds[Kind.CHANGED],
        not_built=kinds[Kind.NOT_BUILT],
        in_one=((Kind.ADDED, kinds[Kind.ADDED]), (Kind.REMOVED, kinds[Kind.REMOVED])),
    )


def in_short(document: DocumentDifference) -> Iterator[str]:
    """What has changed in a document, in a few words each."""
    if document.why:
        yield document.why
    old, new = document.page_counts
    if document.kind is not Kind.CHANGED:
        return
    if old != new:
        yield f"{_counted(old, 'page')} before, {new} now"
    if document.pages:
        repeated = [each.number for each in document.pages if each.is_repetition]
        yield pages_in_words([each.number for each in document.shown_pages]) + (
            f", {pages_in_words(repeated)} only with the same" if repeated else ""
        )
    if document.words:
        yield f"words in {_counted(len(document.words), 'place')}"
    if document.words_on_screen:
        yield f"words of the HTML page in {_counted(len(document.words_on_screen), 'place')}"
    elif document.pages and not document.words:
        yield "the words are the same"
    if document.facts:
        yield _counted(len(document.facts), "fact")
    if not document.is_visible:
        yield "nothing that is seen: metadata, structure, or the look of the HTML page"


@cache
def _template() -> Template:
    folder = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {
        "in_short": in_short,
        "pages": pages_in_words,
        "data": _data,
        "regions": _regions,
    }
    return environment.get_template(_TEMPLATE)


def _data(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _regions(page: PageDifference) -> str:
    return _counted(len(page.boxes), "region")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"
