"""A drawing: SVG at its final size, and what it says in words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from handouts.diagnostics import InvalidInput, error
from handouts.tokens import Tokens

MM_PER_INCH = 25.4
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"


class TextOutsideDrawingError(RuntimeError):
    """Something was drawn outside its canvas and would be cut off on paper: a bug in a chart."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, or a part of one.

    Attributes:
        svg: inline SVG whose ``<title>`` is the alt text.
        alt: what it says, in at most 250 characters.
        width_mm, height_mm: the size it is drawn for; it is never scaled on paper.
    """

    svg: str
    alt: str
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """The look of charts, from the design tokens of one entry stylesheet.

    ``tint`` and ``panel`` are light enough to carry text in ink, on a printer without colour too.
    """

    ink: str
    muted: str
    line: str
    fill: str
    tint: str
    panel: str
    paper: str
    font: str
    label_pt: float

    @classmethod
    def from_tokens(cls, tokens: Tokens) -> ChartStyle:
        """The style that fits a stylesheet's tokens."""
        return cls(
            ink=tokens.colour("ink"),
            muted=tokens.colour("ink-2"),
            line=tokens.colour("rule"),
            fill=tokens.colour("brand"),
            tint=tokens.colour("brand-tint"),
            panel=tokens.colour("panel"),
            paper=tokens.colour("paper"),
            font=tokens.text("font").split(",")[0].strip("\"' "),
            label_pt=tokens.pt("type-chart"),
        )


@cache
def add_fonts(folder: Path) -> None:
    """Let matplotlib measure text with the same font files that the pages are set in.

    Raises:
        InvalidInput: ``broken-font``, for each file that is none.
    """
    broken = []
    for file in sorted(folder.rglob("*.ttf")):
        try:
            font_manager.fontManager.addfont(file)
        except (OSError, RuntimeError):
            broken.append(error("broken-font", "it is no font, or is damaged", path=str(file)))
    if broken:
        raise InvalidInput(tuple(broken))


@contextmanager
def canvas(width_mm: float, height_mm: float, style: ChartStyle) -> Iterator[Figure]:
    """An empty figure of that size in that style, with no axes yet."""
    settings = {
        "font.family": [style.font],
        "font.size": style.label_pt,
        "svg.fonttype": "none",
        "svg.hashsalt": "handouts",
        "axes.unicode_minus": False,
        "text.color": style.ink,
        "axes.edgecolor": style.ink,
        "xtick.color": style.ink,
        "path.simplify": False,
    }
    with mpl.rc_context(settings):
        figure = Figure(figsize=(width_mm / MM_PER_INCH, height_mm / MM_PER_INCH), dpi=72)
        FigureCanvasSVG(figure)  # text is measured as it will be written
        figure.patch.set_visible(False)
        yield figure


def finish(figure: Figure, alt: str, name: str) -> Drawing:
    """The figure as a drawing.

    Args:
        figure: drawn by ``canvas``.
        alt: what it says.
        name: unique on a page; ids inside the SVG begin with it.

    Raises:
        TextOutsideDrawingError: something lies outside the canvas.
    """
    width, height = figure.get_size_inches()
    box = figure.get_tightbbox()
    slack = 0.5 / 72
    if box.x0 < -slack or box.y0 < -slack or box.x1 > width + slack or box.y1 > height + slack:
        raise TextOutsideDrawingError(f"chart `{name}` draws outside its canvas: {box}")
    file = io.StringIO()
    FigureCanvasSVG(figure).print_svg(
        file, metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
    )
    return Drawing(
        _inline(file.getvalue(), alt, name), alt, width * MM_PER_INCH, height * MM_PER_INCH
    )


def _inline(text: str, alt: str, name: str) -> str:
    """The SVG as it can stand inside HTML.

    No prolog and no metadata; only ids that are used, unique on the page; presentation attributes
    in place of styles, since a ``<style>`` inside a page is a style of the whole page.
    """
    root = ET.fromstring(text)  # noqa: S314  (made by matplotlib a moment ago)
    used = set(re.findall(r"url\(#([^)]+)\)", text))
    used |= {e.get(_XLINK, "").removeprefix("#") for e in root.iter() if e.get(_XLINK)}
    for parent in root.iter():
        for child in list(parent):
            if child.tag in (f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"):
                parent.remove(child)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        identifier = element.attrib.pop("id", None)
        if identifier in used:
            element.set("id", f"{name}-{identifier}")
        if target := element.attrib.pop(_XLINK, None):
            element.set("href", f"#{name}-{target.removeprefix('#')}")
        element.attrib.update(_presentation(element.attrib.pop("style", "")))
        for key, value in element.attrib.items():
            if "url(#" in value:
                element.set(key, value.replace("url(#", f"url(#{name}-"))
        element.text = element.text if (element.text or "").strip() else None
        element.tail = None
    _without_empty(root)
    root.attrib.pop("version", None)
    root.attrib |= {"class": "chart", "role": "img", "stroke-linejoin": "round"}
    body = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    opening, rest = body.split(">", 1)
    return f'<svg xmlns="{_SVG}"{opening[4:]}><title>{escape(alt)}</title>{rest}'


def _presentation(style: str) -> dict[str, str]:
    """A style attribute of matplotlib as presentation attributes."""
    attributes: dict[str, str] = {}
    for declaration in filter(None, (each.strip() for each in style.split(";"))):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "font":
            size, _, family = value.partition(" ")
            attributes |= {"font-size": size.removesuffix("px"), "font-family": family.strip("'")}
        else:
            attributes[name] = value
    return attributes


def _without_empty(element: ET.Element) -> None:
    """Take out groups and definitions that hold nothing."""
    for child in list(element):
        _without_empty(child)
        if child.tag in ("g", "defs") and len(child) == 0:
            element.remove(child)
