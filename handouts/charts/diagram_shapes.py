"""The shapes of a diagram: boxes, lines and their ends, in a style that works without colour."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyBboxPatch, Polygon

from handouts.charts.drawing import ChartStyle
from handouts.models.diagram import EdgeKind, Shape, ZoneKind
from handouts.models.layout import MM_PER_POINT, Area, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE_EM = 0.125
"""Width of a line in the size of the labels: 1 pt beside labels of 8 pt."""

_STRONG = 2.4
_DASHES = (0, (2.6, 1.9))
_ROUND = {
    Shape.RECEPTOR: 0.55,
    Shape.DOMAIN: 0.35,
    Shape.KINASE: 0.35,
    Shape.GROUP: 0.7,
    Shape.OUTCOME: 0.4,
    Shape.ANTIBODY: 0.35,
}
"""Radius of the corners in em; all other boxes have round ends."""

_HEAD_EM = 0.95
_BAR_EM = 1.25
_GAP_EM = 0.16
_STEM_EM = 1.15
_PAIR_EM = 0.34


@dataclass(slots=True)
class Pen:
    """Draws on axes in millimetres that count downwards; later things lie on top.

    Attributes:
        axes: to draw on.
        style: the colours.
        em: size of the labels in mm, by which everything is measured.
    """

    axes: Axes
    style: ChartStyle
    em: float
    _order: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def line_pt(self) -> float:
        """Width of a common line, in points; never under 0.8."""
        return max(0.8, _LINE_EM * self.em / MM_PER_POINT)

    def zone(self, kind: ZoneKind, area: Area) -> None:
        """A part of the cell."""
        if kind is ZoneKind.OUTSIDE:
            return
        if kind is ZoneKind.NUCLEUS:
            self._box(area, 0.9 * self.em, self.style.tint, self.style.line, 1.0)
            return
        fill = self.style.tint if kind is ZoneKind.MEMBRANE else self.style.panel
        self._box(area, 0.0, fill, "none", 0.0)
        if kind is ZoneKind.MEMBRANE:
            for y in (area.y, area.bottom):
                self._line([(area.x, y), (area.right, y)], self.line_pt, colour=self.style.fill)

    def node(self, shape: Shape, area: Area, *, dashed: bool) -> None:
        """The outline of a node; a stub has none."""
        style = self.style
        if shape is Shape.STUB:
            return
        fill, edge, width = style.paper, style.ink, 1.0
        if shape in (Shape.ANTIBODY, Shape.TABLET):
            fill, edge, width = style.tint, style.fill, 1.7
        elif shape is Shape.GROUP:
            fill, edge = "none", style.line
        elif shape is Shape.DOMAIN:
            fill = style.tint
        elif shape is Shape.OUTCOME:
            width = 1.9
        radius = min(
            _ROUND[shape] * self.em if shape in _ROUND else math.inf,
            area.height / 2,
            area.width / 2,
        )
        self._box(area, radius, fill, edge, width, dashed=dashed)

    def antibody(self, centre: Spot) -> None:
        """The sign of an antibody, one em wide."""
        x, y = centre
        half, em = 0.5 * self.em, self.em
        for to in ((x - half, y - 0.75 * em), (x + half, y - 0.75 * em)):
            self._line([(x, y + 0.75 * em), (x, y), to], 1.8 * self.line_pt, cap="round",
                       colour=self.style.fill)  # fmt: skip

    def stem(self, x: float, top: float, bottom: float, *, dashed: bool) -> None:
        """The part of a receptor that crosses the membrane."""
        width = _STEM_EM * self.em
        area = Area(x - width / 2, top, width, bottom - top)
        self._box(area, 0.0, self.style.paper, self.style.ink, 1.0, dashed=dashed)

    def edge(
        self, kind: EdgeKind, route: Sequence[Spot], *, strong: bool = False, dashed: bool = False
    ) -> None:
        """A line with the end that says what it does."""
        width = self.line_pt * (_STRONG if strong else 1.0)
        if kind is EdgeKind.PAIRS:
            for side in (-0.5, 0.5):
                shifted = [_beside(route, spot, side * _PAIR_EM * self.em) for spot in route]
                self._line(shifted, width, dashed=dashed)
            return
        end = _before(route, _GAP_EM * self.em)
        if kind is EdgeKind.BLOCKS:
            self._line(end, width, dashed=dashed)
            half = _BAR_EM * self.em / 2
            bar = [_beside(end, end[-1], -half), _beside(end, end[-1], half)]
            self._line(bar, 1.9 * width)
            return
        length = _HEAD_EM * self.em * (1.25 if strong else 1.0)
        self._line(_before(end, 0.8 * length), width, dashed=dashed)
        base = _before(end, length)
        head = [end[-1], *(_beside(base, base[-1], side * 0.42 * length) for side in (-1, 1))]
        self._add(Polygon(head, closed=True, facecolor=self.style.ink, linewidth=0))

    def mark(self, centre: Spot, radius: float, *, dashed: bool) -> None:
        """The circle of a mark."""
        self._add(
            Circle(
                centre, radius, facecolor=self.style.paper, edgecolor=self.style.ink,
                linewidth=1.15 * self.line_pt, linestyle=_DASHES if dashed else "solid",
            )
        )  # fmt: skip

    def _box(
        self, area: Area, radius: float, fill: str, edge: str, width: float, *, dashed: bool = False
    ) -> None:
        style = f"round,pad=0,rounding_size={radius}" if radius else "square,pad=0"
        self._add(
            FancyBboxPatch(
                (area.x, area.y), area.width, area.height, boxstyle=style, facecolor=fill,
                edgecolor=edge, linewidth=width * self.line_pt,
                linestyle=_DASHES if dashed else "solid",
            )
        )  # fmt: skip

    def _line(
        self, spots: Sequence[Spot], width: float, *, dashed: bool = False, cap: str = "butt",
        colour: str | None = None,
    ) -> None:  # fmt: skip
        self.axes.plot(
            [x for x, _ in spots], [y for _, y in spots], color=colour or self.style.ink,
            linewidth=width, linestyle=_DASHES if dashed else "solid", solid_capstyle=cap,
            solid_joinstyle="round", dash_joinstyle="round", clip_on=False,
            zorder=next(self._order),
        )  # fmt: skip

    def _add(self, patch: Any) -> None:
        patch.set_zorder(next(self._order))
        patch.set_clip_on(False)
        self.axes.add_patch(patch)


def _before(route: Sequence[Spot], length: float) -> list[Spot]:
    """The line shortened at its end, but never by all of its last step."""
    (x, y), (to_x, to_y) = route[-2:]
    share = min(0.95, length / math.dist((x, y), (to_x, to_y)))
    return [*route[:-1], (to_x - share * (to_x - x), to_y - share * (to_y - y))]


def _beside(route: Sequence[Spot], spot: Spot, away: float) -> Spot:
    """A point so far beside a line, square to its last step."""
    (x, y), (to_x, to_y) = list(pairwise(route))[-1]
    length = math.dist((x, y), (to_x, to_y))
    return spot[0] - away * (to_y - y) / length, spot[1] + away * (to_x - x) / length
