"""The key of a diagram: what its lines say, what is dashed, and what has no place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handouts.charts.diagram_lettering import Lettering
from handouts.models.diagram import Diagram, EdgeKind
from handouts.models.layout import Area, Layout

SAMPLE_EM = 2.6
"""Length of the sample of a line."""

APART_EM = 0.45
"""Between a sample or a circle and its word."""

_BETWEEN_EM = 1.5
_ROW_EM = 1.65
_HALF_EM = 0.6
"""From the middle of a row up or down to its edge."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One sample and its word.

    Exactly one of ``kind``, ``mark`` and ``is_dashed`` says what the sample is.
    """

    word: str
    kind: EdgeKind | None = None
    strong: bool = False
    mark: str | None = None
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry: where its sample begins, the middle of its row, where its word begins."""

    entry: Entry
    x: float
    middle: float
    word_x: float
    fits: bool


def key_entries(
    diagram: Diagram, layout: Layout, language: str, unverified_word: str
) -> Iterator[Entry]:
    """What the key of a layout explains: what is shown there, and no more."""
    edges = [diagram.edges[each] for each in layout.edges]
    for kind in EdgeKind:
        if any(each.kind is kind for each in edges):
            yield Entry(getattr(diagram.key, kind)[language], kind)
        if any(each.kind is kind and each.strong for each in edges):
            yield Entry(diagram.key.strong[language], kind, strong=True)
    shown = (
        *edges,
        *(diagram.nodes[each] for each in layout.nodes),
        *(diagram.marks[each] for each in layout.marks),
    )
    if any(each.is_unverified for each in shown):
        yield Entry(unverified_word, is_dashed=True)
    for name in layout.marks:
        mark = diagram.marks[name]
        if mark.at is None:
            yield Entry(f"{mark.label[language]}: {diagram.key.unplaced[language]}", mark=name)


def arranged(
    entries: Iterator[Entry], area: Area, letters: Lettering, mark_radius: float
) -> Iterator[Placed]:
    """The entries in rows from the upper left corner of a box."""
    em = letters.em
    x, middle = area.x, area.y + _HALF_EM * em
    for entry in entries:
        sample = (2 * mark_radius if entry.mark else SAMPLE_EM * em) + APART_EM * em
        width = sample + letters.width(entry.word)
        if x > area.x and x + width > area.right:
            x, middle = area.x, middle + _ROW_EM * em
        fits = x + width <= area.right + 0.01 and middle + _HALF_EM * em <= area.bottom + 0.01
        yield Placed(entry, x, middle, x + sample, fits)
        x += width + _BETWEEN_EM * em
