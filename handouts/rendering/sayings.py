"""What a document says, read off its model, before any template has had a say."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from markupsafe import Markup, escape

from handouts.charts.drawing import Drawing

SILENT = {"said": "never"}
"""Metadata of a field whose words are not printed: they name or choose something."""

ON_SCREEN = {"said": "on screen"}
"""Metadata of a field that only the page for screens shows."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Words or a drawing, as they must stand in the HTML.

    Attributes:
        html: as a template prints it.
        rank: of the block that it belongs to; a page may leave off those above what it shows.
        on_screen: whether only the page for screens shows it.
        is_block: whether it is a block of filled-in words, which is said once; a title or the name
            of an arm may be said in several places.
        order: the sequences that it is in, each with the place of its element there.
    """

    html: str
    rank: int = 0
    on_screen: bool = False
    is_block: bool = False
    order: tuple[tuple[int, int], ...] = ()


def sayings(content: object) -> Iterator[Saying]:
    """Everything that the model of a page says, in its order.

    Args:
        content: a dataclass of words, drawings, and further dataclasses; one with a ``rank`` may be
            left off.
    """
    return _said(content, Saying(""), count())


def _said(value: Any, place: Saying, sequences: Iterator[int]) -> Iterator[Saying]:
    match value:
        case Markup():
            if value.strip():
                yield dataclasses.replace(place, html=str(value).strip(), is_block=True)
        case str():
            if value.strip():
                yield dataclasses.replace(place, html=str(escape(value)).strip())
        case Drawing():
            yield dataclasses.replace(place, html=value.svg)
        case tuple() | list():
            yield from _in_order(value, place, sequences)
        case _ if dataclasses.is_dataclass(value):
            inside = dataclasses.replace(place, rank=max(place.rank, getattr(value, "rank", 0)))
            on_screen = dataclasses.replace(inside, on_screen=True)
            for field in dataclasses.fields(value):
                if field.metadata != SILENT:
                    where = on_screen if field.metadata == ON_SCREEN else inside
                    yield from _said(getattr(value, field.name), where, sequences)


def _in_order(values: Sequence[Any], place: Saying, sequences: Iterator[int]) -> Iterator[Saying]:
    """What the elements of a sequence say, with the place of each."""
    sequence = next(sequences)
    for index, value in enumerate(values):
        within = dataclasses.replace(place, order=(*place.order, (sequence, index)))
        yield from _said(value, within, sequences)
