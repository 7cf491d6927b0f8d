"""Words in a diagram: broken to fit their boxes, measured, and never one over another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from handouts.charts.drawing import ChartStyle
from handouts.models.layout import MM_PER_POINT, Area, Spot

LINE_EM = 1.16
_CAPITALS_EM = 0.66
_BELOW_EM = 0.21
"""From the base line down to the end of a letter such as g (Source Sans 3)."""

SIDES_EM = 0.3
"""Room to the left and right of words in a box."""

_ENDS_EM = 0.16


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """Words where they stand; ``area`` holds all their letters."""

    text: str
    area: Area


@dataclass(slots=True)
class Lettering:
    """Writes on axes in millimetres that count downwards, and remembers what stands where.

    Attributes:
        axes: to write on.
        style: font, size and colour.
        written: every text so far.
    """

    axes: Axes
    style: ChartStyle
    written: list[Written] = field(default_factory=list)

    @property
    def em(self) -> float:
        """The size of the labels, in mm."""
        return self.style.label_pt * MM_PER_POINT

    def width(self, text: str, *, bold: bool = False) -> float:
        """The width of a text on one line, in mm."""
        return _width_em(text, self.style.font, bold) * self.em

    def fitted(self, words: tuple[Line, ...], width: float, height: float) -> tuple[Line, ...]:
        """The words broken into lines for a box, or nothing if they do not fit it."""
        room = width - 2 * SIDES_EM * self.em
        lines = [part for line in words for part in self._broken(line, room)]
        needed = self.height(len(lines)) + 2 * _ENDS_EM * self.em
        widest = max(self.width(each.text, bold=each.bold) for each in lines)
        return tuple(lines) if widest <= room and needed <= height else ()

    def height(self, lines: int) -> float:
        """From the top of the capitals of the first line to the lowest letter of the last."""
        return (_CAPITALS_EM + _BELOW_EM + LINE_EM * (lines - 1)) * self.em

    def centred(self, lines: tuple[Line, ...], area: Area) -> None:
        """Write lines in the middle of a box."""
        x, y = area.centre
        base = y + (_CAPITALS_EM - LINE_EM * (len(lines) - 1)) * self.em / 2
        for index, line in enumerate(lines):
            self.write(line, (x, base + index * LINE_EM * self.em), "center")

    def write(self, line: Line, at: Spot, side: str = "left") -> None:
        """Write a line from a point on its base line: its left end, its right end or its middle."""
        x, y = at
        weight = "bold" if line.bold else "normal"
        self.axes.text(
            x, y, line.text, ha=side, va="baseline", fontweight=weight, zorder=1000, clip_on=False
        )
        width = self.width(line.text, bold=line.bold)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[side]
        top = y - _CAPITALS_EM * self.em
        height = (_CAPITALS_EM + _BELOW_EM) * self.em
        self.written.append(Written(line.text, Area(left, top, width, height)))

    def overlaps(self) -> Iterator[tuple[str, str]]:
        """Texts that stand over each other."""
        for one, other in combinations(self.written, 2):
            if one.area.overlaps(other.area):
                yield one.text, other.text

    def _broken(self, line: Line, room: float) -> tuple[Line, ...]:
        """As few lines as there is room for, and these as even as they can be."""
        broken = self._filled(line, room)
        if len(broken) == 1:
            return broken
        words = line.text.split(" ")
        spans = combinations(range(len(words) + 1), 2)
        widths = (self.width(" ".join(words[i:j]), bold=line.bold) for i, j in spans)
        for narrower in sorted(each for each in widths if each <= room):
            even = self._filled(line, narrower)
            if len(even) == len(broken):
                return even
        return broken

    def _filled(self, line: Line, room: float) -> tuple[Line, ...]:
        """Lines that are filled one after another."""
        lines: list[str] = []
        for word in line.text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, bold=line.bold) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return tuple(Line(each, line.bold) for each in lines)


_MEASURED_PT = 100.0


@cache
def _width_em(text: str, font: str, bold: bool) -> float:
    properties = FontProperties(family=font, weight="bold" if bold else "normal")
    path = TextPath((0, 0), text, size=_MEASURED_PT, prop=properties)
    return float(path.get_extents().x1) / _MEASURED_PT
