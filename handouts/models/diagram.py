"""A diagram drawn from data: ``content/diagrams/<id>.yaml``.

What it says is written once (nodes, edges, marks, each with its source); how it is shown is a view:
some of these things, in words for one reader, laid out in millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from handouts.models.layout import Layout
from handouts.models.names import LANGUAGE, Id
from handouts.models.numbers import Flag
from handouts.models.provenance import Sourced

Language = Annotated[str, StringConstraints(pattern=rf"^{LANGUAGE.pattern}$")]

Label = Annotated[str, StringConstraints(pattern=r"^\S[^\n]*$", max_length=80)]
"""A few words on one line; the drawing breaks them where its boxes ask for it."""

Labels = dict[Language, Label]
"""The words by language."""

AltText = Annotated[str, StringConstraints(min_length=20, max_length=250)]
"""What a picture says to those who do not see it."""


class Shape(StrEnum):
    """What a node looks like (the text is what an editor writes)."""

    RECEPTOR = "receptor"
    """The part of a receptor that stands outside of the cell."""
    STUB = "stub"
    """What is left of a receptor that has lost that part."""
    DOMAIN = "domain"
    """A place on a receptor where something binds."""
    KINASE = "kinase"
    """The part of a receptor inside the cell."""
    PROTEIN = "protein"
    GROUP = "group"
    """A frame around others, so that a line can lead to all of them."""
    ANTIBODY = "antibody"
    TABLET = "tablet"
    OUTCOME = "outcome"


DRUGS = frozenset({Shape.ANTIBODY, Shape.TABLET})


class EdgeKind(StrEnum):
    """What one thing does to another."""

    ACTIVATES = "activates"
    BLOCKS = "blocks"
    PAIRS = "pairs"


class ZoneKind(StrEnum):
    """Where in a cell something is."""

    OUTSIDE = "outside"
    MEMBRANE = "membrane"
    INSIDE = "inside"
    NUCLEUS = "nucleus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A part of the cell. It states nothing but what the part is called."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    kind: ZoneKind
    label: Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(Sourced):
    """A receptor, a protein, a drug, an outcome.

    Attributes:
        shape: what it looks like.
        label: what it is called.
        sub: what is to be known about it: how a drug acts, on which receptors.
        part_of: id of the receptor that it is a part of; its box may lie in that of the receptor.
    """

    shape: Shape
    label: Labels
    sub: Labels | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge(Sourced):
    """What a node does to another node, or to what another edge stands for.

    Attributes:
        from_: id of the node it comes from.
        to: id of a node or of an edge.
        kind: what it does.
        strong: whether it does so more than others of its kind.
    """

    from_: Annotated[str, Field(alias="from")]
    to: str
    kind: EdgeKind
    strong: Flag = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Sourced):
    """Something that is numbered in the drawing: here, a way in which a drug stops to work.

    Attributes:
        at: id of the node or edge where it comes in, or None where that is not known.
        label: what it is called.
    """

    at: str | None = None
    label: Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What of a diagram is shown to one reader.

    Attributes:
        alt: what the picture says, 20 to 250 characters.
        caption: what is printed under it.
        labels, subs: simpler words for some of the nodes and zones, instead of their own.
        layouts: ways to lay the same things out, for small labels first.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    alt: dict[Language, AltText]
    caption: dict[Language, str]
    labels: dict[Id, Labels] = field(default_factory=dict)
    subs: dict[Id, Labels] = field(default_factory=dict)
    layouts: Annotated[tuple[Layout, ...], Field(min_length=1)]

    def layout(self, label_pt: float) -> Layout:
        """The layout for labels of a size in points: the roomiest that they ask for.

        Labels smaller than any layout is made for have the room of the first.
        """
        fitting = [each for each in self.layouts if float(each.label_pt) <= label_pt]
        return max(fitting, key=lambda each: each.label_pt) if fitting else self.layouts[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The words of the key: each kind of line, a strong arrow, and a mark without a place."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    activates: Labels
    strong: Labels
    blocks: Labels
    pairs: Labels
    unplaced: Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A diagram.

    Attributes:
        title: what it is about, for ``handouts trace``.
        languages: every label is there in each of them.
        key: words of the key.
        zones, nodes, edges: by id.
        marks: by id; their order is that of their numbers, from 1.
        views: by id.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    title: str
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    key: Key
    zones: dict[Id, Zone]
    nodes: dict[Id, Node]
    edges: dict[Id, Edge]
    marks: dict[Id, Mark]
    views: dict[Id, View]

    def number(self, mark: str) -> int:
        """The number of a mark, from 1."""
        return list(self.marks).index(mark) + 1


def texts_of(diagram: Diagram) -> Iterator[tuple[dict[str, str], tuple[str | int, ...]]]:
    """All words of a diagram that are printed, by language, each with its path in the record."""
    for each in fields(diagram.key):
        yield getattr(diagram.key, each.name), ("key", each.name)
    for name, zone in diagram.zones.items():
        yield zone.label, ("zones", name, "label")
    for name, node in diagram.nodes.items():
        yield node.label, ("nodes", name, "label")
        if node.sub is not None:
            yield node.sub, ("nodes", name, "sub")
    for name, mark in diagram.marks.items():
        yield mark.label, ("marks", name, "label")
    for name, view in diagram.views.items():
        yield view.alt, ("views", name, "alt")
        yield view.caption, ("views", name, "caption")
        for key, words in view.labels.items():
            yield words, ("views", name, "labels", key)
        for key, words in view.subs.items():
            yield words, ("views", name, "subs", key)
