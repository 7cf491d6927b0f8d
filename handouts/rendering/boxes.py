"""Reads the layout of a page from WeasyPrint's boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from handouts.rendering.layout import (
    POINTS_PER_PIXEL,
    Area,
    Block,
    Colour,
    Cover,
    Heading,
    Layout,
    PageLayout,
    Picture,
    TextRun,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SVG_NAMESPACE = "{http://www.w3.org/2000/svg}"
_GENERATED = {"before", "after", "marker", "footnote-call", "footnote-marker"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNPRINTED_IN_SVG = {"title", "desc", "metadata", "style", "script", "defs", "symbol"}


_WHITE = (1.0, 1.0, 1.0)
_HIDES = 0.5
"""A background with this much of its colour hides words below it."""


def layout_of(document: Any, root: Any) -> Layout:
    """Read the layout of a rendered WeasyPrint document whose root element is given."""
    indexes = {element: index for index, element in enumerate(root.iter())}
    lasts: dict[Any, int] = {}
    for element in reversed(indexes):
        lasts[element] = lasts[element[-1]] if len(element) else indexes[element]
    reader = _Reader(indexes, lasts)
    pages = tuple(reader.page(number, page) for number, page in enumerate(document.pages, start=1))
    headings = tuple(
        Heading(_HEADINGS[element.tag], " ".join("".join(texts).split()))
        for element, texts in reader.headings.items()
    )
    return Layout(pages, headings, frozenset(reader.running))


@dataclass(frozen=True, slots=True)
class _Place:
    """What the boxes around a box say about it."""

    element: Any = None
    role: str = "text"
    in_margin: bool = False
    repeated: bool = False
    heading: Any = None
    window: Area | None = None
    paper: Colour | None = _WHITE
    fades: float = 1.0
    spoilt_by: str = ""


@dataclass(slots=True)
class _Reader:
    """Walks the boxes of one document, page by page."""

    indexes: dict[Any, int]
    lasts: dict[Any, int]
    headings: dict[Any, list[str]] = field(default_factory=dict)
    groups: dict[Any, int] = field(default_factory=dict)
    running: set[int] = field(default_factory=set)
    number: int = 0
    runs: list[TextRun] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)

    def page(self, number: int, page: Any) -> PageLayout:
        box = page._page_box
        self.number, self.runs, self.pictures = number, [], []
        self.blocks, self.covers = [], []
        self._walk(box, _Place())
        return PageLayout(
            number,
            page.width,
            page.height,
            Area(box.content_box_x(), box.content_box_y(), box.width, box.height),
            tuple(self.runs),
            tuple(self.pictures),
            tuple(self.blocks),
            tuple(self.covers),
        )

    def _walk(self, box: Any, place: _Place) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._add_run(box, place)
            return
        place = self._entered(box, place)
        if isinstance(box, boxes.ReplacedBox):
            self._add_picture(box, place)
            return
        for child in box.children:
            self._walk(child, place)

    def _entered(self, box: Any, place: _Place) -> _Place:
        """What holds inside of a box, and the block it makes."""
        place = _painted(box, place)
        element, tag = box.element, box.element_tag or ""
        if isinstance(box, boxes.MarginBox):
            place = replace(place, in_margin=True, role="margin", window=_window(box, place.window))
            self._add_covers(box, -1, -1, place)
            return place
        if element is not None and "::" in tag:
            self._add_covers(box, self.indexes[element], -1, place)
        if element is None or element is place.element or "::" in tag:
            return place
        if place.in_margin:
            self.running.add(self.indexes[element])
        role = element.get("data-type-role", place.role)
        place = replace(place, element=element, role="margin" if place.in_margin else role)
        if element.tag in _HEADINGS and not place.in_margin:
            place = replace(place, heading=element)
        if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
            first = self.groups.setdefault(element, self.number)
            place = replace(place, repeated=first < self.number)
        if isinstance(box, boxes.LineBox):
            return place
        self._add_covers(box, self.indexes[element], self.lasts[element], place)
        if isinstance(box, boxes.InlineBox):
            return place
        if element.tag not in {"html", "body", "img"}:
            window = _window(box, place.window)
            place = place if window is place.window else replace(place, window=window)
        self.blocks.append(
            Block(
                self.indexes[element],
                self.lasts[element],
                element.tag.removeprefix(SVG_NAMESPACE),
                element.get("id", ""),
                _classes(element),
                _area(box),
                box.style["break_inside"] in _KEPT,
                place.in_margin,
                place.repeated,
            )
        )
        return place

    def _add_covers(self, box: Any, index: int, last: int, place: _Place) -> None:
        """What a box paints besides its words."""
        if box.style["visibility"] != "visible":
            return
        for area in _painted_areas(box, place.fades):
            tag = box.element_tag or ""
            self.covers.append(Cover(index, last, tag, area, place.in_margin))

    def _add_picture(self, box: Any, place: _Place) -> None:
        element = box.element
        self.pictures.append(
            Picture(
                self.indexes.get(element, -1),
                () if element is None else _classes(element),
                _area(box),
                tuple(_texts_of(box.replacement)),
                place.in_margin,
                place.window,
                _unseen(box, place) or place.spoilt_by,
                _natural_width(element),
            )
        )

    def _add_run(self, box: Any, place: _Place) -> None:
        if box.style["visibility"] != "visible" or not box.text:
            return
        tag = box.element_tag or ""
        generated = tag in {"", "img"} or tag.rpartition("::")[2] in _GENERATED
        hyphen = box.style["hyphenate_character"] if box.style["hyphens"] != "none" else ""
        self.runs.append(
            TextRun(
                box.text,
                Area(box.position_x, box.position_y, box.width, box.margin_height()),
                box.style["font_size"] * POINTS_PER_PIXEL,
                self.indexes.get(box.element, -1),
                tag,
                place.role,
                place.in_margin,
                generated,
                place.repeated,
                bool(hyphen) and box.text.endswith(hyphen),
                place.window,
                _over(box.style["color"], place.paper or _WHITE, place.fades),
                place.paper,
                place.spoilt_by or _spoilt_letters(box.style),
            )
        )
        if place.heading is not None and not generated:
            self.headings.setdefault(place.heading, []).append(box.text)


_KEPT = frozenset({"avoid", "avoid-page"})


def _painted(box: Any, place: _Place) -> _Place:
    """What a box changes about the look of all that is inside of it."""
    style = box.style
    fades, colour = place.fades * style["opacity"], style["background_color"]
    if style["background_image"] != _NO_PICTURE and _has_picture(style["background_image"]):
        place = replace(place, paper=None)
    elif alpha := _alpha(colour):
        paper = place.paper or (_WHITE if alpha * fades == 1 else None)
        place = replace(place, paper=None if paper is None else _over(colour, paper, fades))
    if spoilt_by := _spoilt(style):
        place = replace(place, spoilt_by=spoilt_by)
    return place if fades == place.fades else replace(place, fades=fades)


_NO_PICTURE = (("none", None),)


def _has_picture(images: Any) -> bool:
    return any(kind != "none" for kind, _ in images)


def _spoilt(style: Any) -> str:
    """The property by which a box hides or moves all that is inside of it."""
    if style["transform"]:
        return "transform"
    if style["position"] == "static":
        return ""
    if style["clip"] and style["position"] in {"absolute", "fixed"}:
        return "clip"
    return "z-index" if style["z_index"] != "auto" and style["z_index"] < 0 else ""


_TIGHTEST_LETTERS = -0.06
"""Least space between letters, and words, as a share of the type size."""


def _spoilt_letters(style: Any) -> str:
    """The property by which words can't be read as they are written."""
    if style["text_decoration_line"] != "none" and "line-through" in style["text_decoration_line"]:
        return "text-decoration"
    least = _TIGHTEST_LETTERS * style["font_size"]
    for name in ("letter_spacing", "word_spacing"):
        if style[name] not in {"normal", 0} and style[name] < least:
            return name.replace("_", "-")
    return ""


def _unseen(box: Any, place: _Place) -> str:
    """The property by which a picture is pale, or not there."""
    if box.style["visibility"] != "visible":
        return "visibility"
    return "opacity" if place.fades < 1 else ""


def _natural_width(element: Any) -> float | None:
    """The width that a picture asks for in its own attribute, in CSS pixels."""
    match = _LENGTH.fullmatch(element.get("width", "")) if element is not None else None
    return float(match[1]) * _UNITS[match[2]] if match else None


_LENGTH = re.compile(r"([0-9.]+)(mm|pt|px|)")
_UNITS = {"mm": 96 / 25.4, "pt": 96 / 72, "px": 1.0, "": 1.0}


def _window(box: Any, around: Area | None) -> Area | None:
    """The part of a page through which the inside of a box is seen, if it hides the rest."""
    return around if box.style["overflow"] == "visible" else _padding_area(box)


_BROAD = 4.0
"""Borders of so many pixels hide letters."""


def _painted_areas(box: Any, fades: float) -> Iterator[Area]:
    """Where a box paints a background, a broad border or an outline."""
    style = box.style
    if _alpha(style["background_color"]) * fades > _HIDES or (
        style["background_image"] != _NO_PICTURE and _has_picture(style["background_image"])
    ):
        yield _area(box)
    outline = style["outline_width"] if style["outline_style"] not in _UNDRAWN else 0
    broad = max(
        box.border_top_width, box.border_bottom_width, box.border_left_width,
        box.border_right_width, outline,
    )  # fmt: skip
    if broad < _BROAD:
        return
    area = _area(box)
    if outline >= _BROAD:
        offset = outline + style["outline_offset"]
        yield Area(
            area.x - offset, area.y - offset, area.width + 2 * offset, area.height + 2 * offset
        )
    top, left = box.border_top_width, box.border_left_width
    bottom, right = box.border_bottom_width, box.border_right_width
    for width, strip in (
        (top, Area(area.x, area.y, area.width, top)),
        (bottom, Area(area.x, area.bottom - bottom, area.width, bottom)),
        (left, Area(area.x, area.y, left, area.height)),
        (right, Area(area.right - right, area.y, right, area.height)),
    ):
        if width >= _BROAD:
            yield strip


_UNDRAWN = frozenset({"none", "hidden"})


def _alpha(colour: Any) -> float:
    return float(getattr(colour, "alpha", 0.0))


def _over(colour: Any, paper: Colour, fades: float) -> Colour:
    """How a colour looks on another one; black stands for what is in no space of RGB."""
    alpha = _alpha(colour) * fades
    try:
        red, green, blue = colour.to("srgb").coordinates
    except NotImplementedError:
        red, green, blue = 0.0, 0.0, 0.0
    mixed = (alpha * a + (1 - alpha) * b for a, b in zip((red, green, blue), paper, strict=True))
    first, second, third = mixed
    return first, second, third


def _classes(element: Any) -> tuple[str, ...]:
    return tuple(element.get("class", "").split())


def _area(box: Any) -> Area:
    return Area(box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height())


def _padding_area(box: Any) -> Area:
    return Area(box.padding_box_x(), box.padding_box_y(), box.padding_width(), box.padding_height())


def _texts_of(replacement: Any) -> Iterator[str]:
    """The words an SVG draws; pictures of other kinds have none."""
    svg = getattr(replacement, "_svg", None)
    if svg is not None:
        yield from svg_texts(svg.tree._etree_node)


def svg_texts(element: Any) -> Iterator[str]:
    """The text of each ``<text>`` below an SVG element, not its title or description."""
    name = str(element.tag).removeprefix(SVG_NAMESPACE)
    if name in _UNPRINTED_IN_SVG:
        return
    if name == "text":
        text = "".join(_svg_strings(element))
        if text.strip():
            yield text
        return
    for child in element:
        yield from svg_texts(child)


def _svg_strings(element: Any) -> Iterator[str]:
    if str(element.tag).removeprefix(SVG_NAMESPACE) not in _UNPRINTED_IN_SVG:
        yield element.text or ""
        for child in element:
            yield from _svg_strings(child)
            yield child.tail or ""
