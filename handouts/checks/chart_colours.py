"""Marks of a chart can be told apart without colour, and by people who see fewer colours."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

from handouts.checks.colour_vision import DEFICIENCIES, as_seen_with, distance, lightness
from handouts.checks.letters import shortened
from handouts.diagnostics import Diagnostic, error
from handouts.rendering.boxes import SVG_NAMESPACE
from handouts.rendering.brand import contrast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.rendering.layout import Colour

LEAST_LIGHTNESS = 30.0
"""Difference of L* between two kinds of marks: a grey printer tells them apart."""

LEAST_DISTANCE = 20.0
"""Difference between two kinds of marks in CIE L*a*b*, as seen with each deficiency."""

LEAST_CONTRAST = 3.0
"""Of a mark to the paper (WCAG 2.2, 1.4.11)."""

_TINT = 90.0
"""L* from which a fill is paper or a tint behind words, no mark."""

_WHITE: Colour = (1.0, 1.0, 1.0)
_HEX = re.compile(r"#([0-9a-fA-F]{6})")
_SHAPES = frozenset(
    f"{SVG_NAMESPACE}{name}" for name in ("path", "rect", "circle", "ellipse", "polygon", "use")
)


def check_chart_colours(root: Any, *, path: str | None = None) -> list[Diagnostic]:
    """``marks-alike``: fills and lines of a drawing differ in grey and in each colour vision.

    Args:
        root: the element ``html``.
        path: the file that diagnostics name.
    """
    found: dict[str, None] = {}
    for drawing in root.iter(f"{SVG_NAMESPACE}svg"):
        name = shortened(drawing.findtext(f"{SVG_NAMESPACE}title") or "a drawing")
        for message in _alike(list(dict.fromkeys(_fills(drawing)))):
            found.setdefault(f"in the drawing `{name}` {message}")
    hint = "use another shade, a pattern or a shape"
    return [error("marks-alike", message, path=path, hint=hint) for message in found]


def _alike(fills: list[Colour]) -> Iterator[str]:
    marks = [fill for fill in fills if lightness(fill) < _TINT]
    for mark in marks:
        if contrast(mark, _WHITE) < LEAST_CONTRAST:
            yield f"{_named(mark)} can hardly be seen on paper"
    for one, other in combinations(marks, 2):
        if abs(lightness(one) - lightness(other)) < LEAST_LIGHTNESS:
            yield f"{_named(one)} and {_named(other)} are the same grey"
            continue
        for deficiency in DEFICIENCIES:
            seen = (as_seen_with(deficiency, one), as_seen_with(deficiency, other))
            if distance(*seen) < LEAST_DISTANCE:
                yield f"{_named(one)} and {_named(other)} look alike with {deficiency}"


def _fills(element: Any, inherited: str = "#000000") -> Iterator[Colour]:
    """Fills of the shapes of a drawing; of those without one, black, as SVG has it."""
    fill = element.get("fill", inherited)
    if element.tag in _SHAPES and (match := _HEX.fullmatch(fill)):
        red, green, blue = (int(match[1][at : at + 2], 16) / 255 for at in (0, 2, 4))
        yield red, green, blue
    for child in element:
        yield from _fills(child, fill)


def _named(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
