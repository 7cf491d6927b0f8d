"""Where the things of a diagram stand: boxes and lines, in mm from the upper left corner."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any, Protocol

from pydantic import ConfigDict

from handouts.models.names import Id
from handouts.models.numbers import Number

Point = tuple[Number, Number]
"""Millimetres from the left and from the top."""

Box = tuple[Number, Number, Number, Number]
"""Left, top, width and height in millimetres."""

Spot = tuple[float, float]
"""A point that was computed."""

MARK_RADIUS_EM = 0.74
"""Radius of the circle of a mark, in the size of the labels: it holds a number of two digits."""

MM_PER_POINT = 25.4 / 72


class Side(StrEnum):
    """On which side of a mark its words stand."""

    LEFT = "left"
    RIGHT = "right"


class Ends(Protocol):
    """What a line must say so that its way can be found."""

    @property
    def from_(self) -> str:
        """Id of the node where it begins."""

    @property
    def to(self) -> str:
        """Id of the node or line where it ends."""


@dataclass(frozen=True, slots=True)
class Area:
    """A box, or a point if it has no size."""

    x: float
    y: float
    width: float = 0.0
    height: float = 0.0

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> Spot:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: Area) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def holds(self, other: Area) -> bool:
        """Whether the other lies inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def distance(self, spot: Spot) -> float:
        """From a point to the nearest point of the box, 0 inside of it."""
        x, y = spot
        return math.hypot(
            max(self.x - x, 0.0, x - self.right), max(self.y - y, 0.0, y - self.bottom)
        )

    def narrowed(self, by: float) -> Area:
        """The box with so much less on the left and on the right."""
        return Area(self.x + by, self.y, self.width - 2 * by, self.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonePlace:
    """A zone: its box, and where its label begins (the left end of the base line)."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    box: Box
    label: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPlace:
    """A mark: its middle, or None where its place is not known; and where its words stand."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    at: Point | None = None
    words: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One way to lay a view out.

    Attributes:
        label_pt: the size of labels, in points, that it has room for.
        width, height: of the drawing, in mm.
        zones, nodes, marks: what is shown, and where.
        edges: what is shown, each with the points that its line turns at.
        key: the box that explains the kinds of lines, where there is one.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    label_pt: Number
    width: Number
    height: Number
    zones: dict[Id, ZonePlace]
    nodes: dict[Id, Box]
    edges: dict[Id, tuple[Point, ...]]
    marks: dict[Id, MarkPlace]
    key: Box | None = None

    @property
    def canvas(self) -> Area:
        """The whole drawing."""
        return Area(0.0, 0.0, float(self.width), float(self.height))

    @property
    def mark_radius(self) -> float:
        """Radius of the circle of a mark, in mm."""
        return MARK_RADIUS_EM * float(self.label_pt) * MM_PER_POINT

    def area(self, node: str) -> Area:
        """The box of a node."""
        return area_of(self.nodes[node])

    def stretched(self, width_mm: float) -> Layout:
        """The layout at another width; heights stay as they are."""
        share = Decimal(str(width_mm)) / self.width

        def across(box: tuple[Number, ...]) -> Any:
            return tuple(each if i % 2 else each * share for i, each in enumerate(box))

        return replace(
            self,
            width=Decimal(str(width_mm)),
            zones={
                name: ZonePlace(box=across(zone.box), label=zone.label and across(zone.label))
                for name, zone in self.zones.items()
            },
            nodes={name: across(box) for name, box in self.nodes.items()},
            edges={name: tuple(map(across, turns)) for name, turns in self.edges.items()},
            marks={
                name: replace(mark, at=mark.at and across(mark.at))
                for name, mark in self.marks.items()
            },
            key=self.key and across(self.key),
        )

    def route(self, edge: str, edges: Mapping[str, Ends]) -> tuple[Spot, ...]:
        """The way of a line from the border of one box to that of another, with its turns.

        Between boxes that face each other it is level or upright; a line that ends on another line
        ends in the middle of that.
        """
        ends = edges[edge]
        start, stop = self.area(ends.from_), self._target(ends.to, edges)
        turns = [(float(x), float(y)) for x, y in self.edges[edge]]
        if not turns:
            return _between(start, stop)
        return (
            _between(start, Area(*turns[0]))[0],
            *turns,
            _between(Area(*turns[-1]), stop)[1],
        )

    def _target(self, name: str, edges: Mapping[str, Ends]) -> Area:
        if name in self.nodes:
            return self.area(name)
        return Area(*middle(self.route(name, edges)))


def area_of(box: Box) -> Area:
    """A box as an area."""
    return Area(*map(float, box))


def middle(route: tuple[Spot, ...]) -> Spot:
    """The point half way along a line."""
    left = sum(math.dist(*step) for step in pairwise(route)) / 2
    for (x, y), (to_x, to_y) in pairwise(route):
        length = math.dist((x, y), (to_x, to_y))
        if left <= length and length > 0:
            share = left / length
            return x + share * (to_x - x), y + share * (to_y - y)
        left -= length
    return route[-1]


def _between(start: Area, stop: Area) -> tuple[Spot, Spot]:
    """The ends of a straight line between two boxes."""
    top, bottom = max(start.y, stop.y), min(start.bottom, stop.bottom)
    left, right = max(start.x, stop.x), min(start.right, stop.right)
    if top <= bottom:
        y = (top + bottom) / 2
        if start.right <= stop.x:
            return (start.right, y), (stop.x, y)
        return (start.x, y), (stop.right, y)
    if left <= right:
        x = (left + right) / 2
        if start.bottom <= stop.y:
            return (x, start.bottom), (x, stop.y)
        return (x, start.y), (x, stop.bottom)
    return _border(start, stop.centre), _border(stop, start.centre)


def _border(area: Area, toward: Spot) -> Spot:
    """Where the line from the middle of a box to a point outside leaves it."""
    x, y = area.centre
    dx, dy = toward[0] - x, toward[1] - y
    share = min(
        area.width / 2 / abs(dx) if dx else math.inf, area.height / 2 / abs(dy) if dy else math.inf
    )
    return x + share * dx, y + share * dy
