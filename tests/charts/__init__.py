"""Charts are drawn in a style of our own, in the project's typeface."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from handouts.charts.drawing import ChartStyle, Drawing, add_fonts

ROOT = Path(__file__).resolve().parents[2]
FILL, LINE, PAPER, INK, MUTED = "#0b4f6c", "#767676", "#ffffff", "#1a1a1a", "#454545"
TINT, PANEL = "#e8f1f5", "#f4f4f4"
STYLE = ChartStyle(
    ink=INK, muted=MUTED, line=LINE, fill=FILL, tint=TINT, panel=PANEL, paper=PAPER,
    font="Source Sans 3", label_pt=8.0,
)  # fmt: skip
PT_PER_MM = 72 / 25.4

add_fonts(ROOT / "styles" / "fonts")


def tree(drawing: Drawing) -> ET.Element:
    """Its SVG, with plain names of elements."""
    root = ET.fromstring(drawing.svg)  # noqa: S314  (ours)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def uses(drawing: Drawing, fill: str) -> list[tuple[float, float]]:
    """Where marks of a colour stand, in points from the upper left corner."""
    return [
        (float(each.get("x", "nan")), float(each.get("y", "nan")))
        for each in tree(drawing).iter("use")
        if each.get("fill") == fill
    ]


def texts(drawing: Drawing) -> list[str]:
    return [each.text or "" for each in tree(drawing).iter("text")]


def text_places(drawing: Drawing) -> dict[str, tuple[float, float, str]]:
    """Of each text: x and y in points, and which end of it stands there."""
    return {
        each.text or "": (
            float(each.get("x", "nan")),
            float(each.get("y", "nan")),
            each.get("text-anchor", "start"),
        )
        for each in tree(drawing).iter("text")
    }


def lines(drawing: Drawing) -> list[tuple[float, float]]:
    """The two ends of each level line, as x in points."""
    found = []
    for path in tree(drawing).iter("path"):
        numbers = [float(each) for each in re.findall(r"-?[\d.]+", path.get("d", ""))]
        if len(numbers) == 4 and numbers[1] == numbers[3] and path.get("stroke"):
            found.append((numbers[0], numbers[2]))
    return found
