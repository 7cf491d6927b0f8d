"""A drawing surface in millimetres from the upper left corner, with the marks all charts share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from handouts.charts.drawing import MM_PER_INCH, ChartStyle
from handouts.charts.lettering import MM_PER_POINT, cap_mm, line_mm, mark_scale

LINE_PT = 0.8
INTERVAL_PT = 1.0
OUTLINE_PT = 0.9
ARROW_MM = 1.5
DOT_MM = 2.3
_SOLID_SHARE = 0.72
Side = Literal["left", "center", "right"]


class Plane:
    """Puts words and marks into a figure.

    Attributes:
        style: the look.
        width_mm, height_mm: size of the whole figure.
    """

    def __init__(self, figure: Figure, style: ChartStyle) -> None:
        width, height = figure.get_size_inches()
        self.style = style
        self.width_mm, self.height_mm = width * MM_PER_INCH, height * MM_PER_INCH
        self._figure = figure
        self._axes: Axes = figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, self.width_mm)
        self._axes.set_ylim(self.height_mm, 0)
        self._axes.set_axis_off()

    def part(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Axes in millimetres over a part, measured upward from ``bottom``."""
        axes: Axes = self._figure.add_axes(
            (
                left / self.width_mm,
                1 - bottom / self.height_mm,
                width / self.width_mm,
                height / self.height_mm,
            )
        )
        axes.set_xlim(0, width)
        axes.set_ylim(0, height)
        axes.set_axis_off()
        return axes

    def words(
        self, x: float, baseline: float, text: str, *, side: Side = "left", bold: bool = False,
        muted: bool = False,
    ) -> None:  # fmt: skip
        """One line of words; ``side`` is the end of it that stands at ``x``."""
        self._axes.text(
            x, baseline, text, ha=side, va="baseline", parse_math=False,
            fontweight="bold" if bold else "normal",
            color=self.style.muted if muted else self.style.ink,
        )  # fmt: skip

    def column(
        self, x: float, middle: float, lines: Sequence[str], *, bold: bool = False,
        first: int | None = None,
    ) -> None:  # fmt: skip
        """Lines of words around a level; the ``first`` of them bold if wished, the rest muted."""
        step = line_mm(self.style)
        leading = len(lines) if first is None else first
        top = middle + cap_mm(self.style) / 2 - step * (len(lines) - 1) / 2
        for index, line in enumerate(lines):
            leads = index < leading
            self.words(x, top + index * step, line, bold=bold and leads, muted=not leads)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], *, width_pt: float = LINE_PT,
        colour: str | None = None,
    ) -> None:  # fmt: skip
        """A straight line."""
        self._axes.plot(
            [start[0], end[0]], [start[1], end[1]], color=colour or self.style.ink,
            linewidth=width_pt, solid_capstyle="butt", clip_on=False,
        )  # fmt: skip

    def bar(
        self, left: float, right: float, middle: float, height: float, *, solid: bool
    ) -> None:  # fmt: skip
        """A level bar, solid or white with an outline that lies inside it."""
        inset = OUTLINE_PT * MM_PER_POINT / 2
        width = max(0.0, right - left - 2 * inset)
        self._axes.add_patch(
            Rectangle(
                (left + inset, middle - height / 2 + inset), width, height - 2 * inset,
                facecolor=self.style.fill if solid else self.style.paper,
                edgecolor=self.style.fill, linewidth=OUTLINE_PT, clip_on=False,
            )
        )  # fmt: skip

    def dot(self, x: float, y: float, *, solid: bool) -> None:
        """A circle: filled, or open and larger, so that it is seen around a filled one."""
        face = self.style.fill if solid else self.style.paper
        share = _SOLID_SHARE if solid else 1.0
        size = DOT_MM * share * mark_scale(self.style) / MM_PER_POINT
        self._mark(x, y, "o", size, face, self.style.fill)

    def square(self, x: float, y: float, size_pt: float) -> None:
        """A filled square, so large at 8 pt."""
        self._mark(x, y, "s", size_pt * mark_scale(self.style), self.style.fill, None)

    def arrow(self, x: float, y: float, *, rightward: bool) -> None:
        """The head of an arrow, its tip at ``x``."""
        size = ARROW_MM * mark_scale(self.style)
        back = size / 2
        self._mark(x - back if rightward else x + back, y, ">" if rightward else "<",
                   size / MM_PER_POINT, self.style.ink, None)  # fmt: skip

    def _mark(
        self, x: float, y: float, shape: str, size_pt: float, face: str, edge: str | None
    ) -> None:
        outline = OUTLINE_PT if edge else 0.0
        self._axes.plot(
            x, y, linestyle="none", marker=shape, markersize=size_pt - outline,
            markerfacecolor=face, markeredgecolor=edge or face, markeredgewidth=outline,
            clip_on=False,
        )  # fmt: skip
