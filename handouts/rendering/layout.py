"""Where everything stands on the pages, as plain values.

Lengths are CSS pixels (96 to the inch) from the top left corner of the page; type sizes are points.
"""

from __future__ import annotations

from dataclasses import dataclass

POINTS_PER_PIXEL = 0.75
MM_PER_PIXEL = 25.4 / 96

_UNPRINTED = 5 / MM_PER_PIXEL
"""Printers leave so much of each edge blank."""

Colour = tuple[float, float, float]
"""Red, green and blue of sRGB, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page, in CSS pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    def shared(self, other: Area) -> tuple[float, float]:
        """Width and height of what two rectangles have in common; not above 0 if nothing."""
        return (
            min(self.right, other.right) - max(self.x, other.x),
            min(self.bottom, other.bottom) - max(self.y, other.y),
        )

    def holds(self, other: Area, tolerance: float = 0.5) -> bool:
        """Whether another rectangle lies inside this one, give or take some pixels."""
        return (
            other.x >= self.x - tolerance
            and other.y >= self.y - tolerance
            and other.right <= self.right + tolerance
            and other.bottom <= self.bottom + tolerance
        )


@dataclass(frozen=True, slots=True)
class TextRun:
    """Some text set in one go: never more than one line, one size, one style.

    Attributes:
        text: as set, with the spaces in it.
        area: its line box, from the font's ascent to its descent.
        size_pt: type size.
        index: place in the document of the element whose text it is; -1 if it has none.
        tag: HTML element, or ``li::marker``, ``p::before``; empty for a page's own margin text.
        role: ``margin`` in a page header or footer; else the nearest ``data-type-role``
            attribute, or ``text``.
        in_margin: whether it is in a margin box.
        generated: whether it is no text of the HTML, but made by CSS (markers, ``content``), or
            the alternative text of a picture that can't be read.
        repeated: whether it is a table's header or footer again, on a later page.
        hyphenated: whether its last character is a hyphen that is not in the HTML.
        window: the box that hides what goes over its edges (``overflow: hidden``), if any.
        ink: its colour as it looks on ``paper``.
        paper: the colour of the backgrounds behind it; None if a picture is there.
        spoilt_by: a property of CSS that hides it, or puts it elsewhere than ``area`` says; empty
            if there is none.
    """

    text: str
    area: Area
    size_pt: float
    index: int
    tag: str
    role: str
    in_margin: bool
    generated: bool
    repeated: bool
    hyphenated: bool
    window: Area | None
    ink: Colour
    paper: Colour | None
    spoilt_by: str


@dataclass(frozen=True, slots=True)
class Block:
    """One element's box on one page; inline elements have none.

    Attributes:
        index: the element's place in the document, so a split one shows on two pages.
        last: the place of the last element inside of it.
        keeps_together: whether its stylesheet forbids a page to end inside of it.
        in_margin: whether it is in a page header or footer.
        repeated: whether it is a table's header or footer again, or inside of one.
    """

    index: int
    last: int
    tag: str
    identifier: str
    classes: tuple[str, ...]
    area: Area
    keeps_together: bool
    in_margin: bool
    repeated: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """A background or a border that hides what lies below.

    Attributes:
        index: the element's place in the document; -1 of a margin box.
        last: the place of the last element inside of it; what CSS makes (``::before``) has none.
        tag: as of a run of text.
        in_margin: whether it is a margin box, or in one.
    """

    index: int
    last: int
    tag: str
    area: Area
    in_margin: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing or an image.

    Attributes:
        index: the element's place in the document; -1 if CSS made it.
        classes: of the element.
        texts: the words of an SVG, one entry for each ``<text>``.
        window: as of a run of text.
        spoilt_by: as of a run of text.
        natural: the width that the element asks for; None if it asks for none.
    """

    index: int
    classes: tuple[str, ...]
    area: Area
    texts: tuple[str, ...]
    in_margin: bool
    window: Area | None
    spoilt_by: str
    natural: float | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the document, with its level from 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page.

    Attributes:
        number: from 1.
        width: of the sheet.
        height: of the sheet.
        area: what is left inside of the page's margins.
    """

    number: int
    width: float
    height: float
    area: Area
    runs: tuple[TextRun, ...]
    pictures: tuple[Picture, ...]
    blocks: tuple[Block, ...]
    covers: tuple[Cover, ...]

    @property
    def printable(self) -> Area:
        """What of the page every printer reaches."""
        return Area(
            _UNPRINTED, _UNPRINTED, self.width - 2 * _UNPRINTED, self.height - 2 * _UNPRINTED
        )

    @property
    def sheet(self) -> Area:
        """The whole page."""
        return Area(0, 0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole document.

    Attributes:
        headings: in reading order.
        running: places in the document of the elements that were moved to page headers and
            footers.
    """

    pages: tuple[PageLayout, ...]
    headings: tuple[Heading, ...]
    running: frozenset[int]
