"""A document that is drawn, to be written on one paper or on several.

Drawing costs as much as all checks, so it is done once: on another paper the same strokes stand
further right and further down. In the file that is the matrix each page begins with, the places of
links, of targets and of figures, and the size of the sheets; nothing else knows of the paper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped, unused-ignore]

from handouts.rendering.accessibility import accessible_tags, resolved
from handouts.rendering.boxes import layout_of
from handouts.rendering.layout import POINTS_PER_PIXEL
from handouts.rendering.papers import SIDES
from handouts.rendering.standards import OUTPUT_INTENT, VARIANT, keep_both, with_description

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.rendering.identity import Identity
    from handouts.rendering.layout import Layout
    from handouts.rendering.papers import Move

_LENGTH = re.compile(rb"/Length (\d+)")
_BOXES = ("MediaBox", "BleedBox", "TrimBox")


@dataclass(frozen=True, slots=True)
class _Place:
    """Numbers of the file that say where something is: x and y, or two of them, in points."""

    numbers: Any
    start: int
    values: tuple[float, ...]

    def move(self, right: float, up: float) -> None:
        """Put it so far from where it was drawn."""
        for index, value in enumerate(self.values):
            self.numbers[self.start + index] = value + (up if index % 2 else right)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page of the file.

    Attributes:
        page: its dictionary.
        stream: its drawing.
        boxes: its sizes in points, by name.
        content: the drawing below the matrix that it begins with.
        extra: what is said of the drawing.
    """

    page: Any
    stream: Any
    boxes: dict[str, Any]
    content: bytes
    extra: dict[str, Any]

    @property
    def height(self) -> float:
        """Of the sheet as it is cut."""
        return float(self.boxes["TrimBox"][3])

    def put(self, boxes: Mapping[str, Any], right: float, up: float) -> None:
        """Let it be of other sizes, and its drawing stand so far from where it was drawn."""
        self.page.update(boxes)
        self.stream.stream = [_matrix(right, self.height + up), self.content]
        self.stream.extra = self.extra
        _compress(self.stream)


class Drawing:
    """The drawing of one layout.

    Attributes:
        layout: where everything stands, on the paper that it was laid out on.
    """

    def __init__(self, rendering: Any, root: Any) -> None:
        """Draw it.

        Args:
            rendering: WeasyPrint's document, laid out.
            root: its element ``html``.
        """
        self.layout: Layout = layout_of(rendering, root)
        self._margins = tuple(_margins(page._page_box) for page in rendering.pages)
        self._is_bound = any(_fills_its_sheet(page._page_box) for page in rendering.pages)
        metadata = rendering.metadata
        metadata.created = metadata.modified = None
        metadata.attachments = []
        for page in rendering.pages:
            page.links = [link for link in page.links if link[0] != "attachment"]
        with accessible_tags(root) as finish:

            def finisher(document: Any, pdf: Any) -> None:
                finish(document, pdf)
                keep_both(pdf)
                self._take(pdf)

            rendering.write_pdf(
                pdf_variant=VARIANT, output_intent=OUTPUT_INTENT, finisher=finisher,
                target=BytesIO(),
            )  # fmt: skip

    def can_move(self, move: Move) -> bool:
        """Whether it may stand on another paper.

        Nothing in it may belong to a sheet as a whole, and what stands in the margins, as far from
        the text as before, must not come to lie beyond the edge.
        """
        is_of_one_size = len({(page.width, page.height) for page in self.layout.pages}) == 1
        if self._is_bound or not is_of_one_size or not all(map(move.suits, self._margins)):
            return False
        for page in move.layout(self.layout).pages:
            areas = [each.area for each in page.runs if each.in_margin]
            areas += [each.area for each in page.pictures if each.in_margin]
            if not all(map(page.sheet.holds, areas)):
                return False
        return True

    def written(self, identity: Identity | None = None, move: Move | None = None) -> bytes:
        """The file.

        Args:
            identity: what it says of itself in its metadata, for programs.
            move: to another paper than that of the layout.
        """
        self._place(move)
        rdf = identity.rdf() if identity else b""
        self._metadata.stream = [with_description(self._about, rdf)]
        pdf, count, output = self._pdf, len(self._pdf.objects), BytesIO()
        pdf.current_position = 0
        self._write(output, *self._how)
        del pdf.objects[count:]  # it adds its tables to them
        return output.getvalue()

    def _take(self, pdf: Any) -> None:
        """Keep a file as it is about to be written, without what it was made from."""
        self._pdf, self._write = pdf, pdf.write
        self._how: tuple[Any, ...] = ()

        def later(_output: Any, *how: Any) -> None:
            self._how = how

        pdf.write = later
        later_on = [pdf.catalog["Metadata"], *(page["Contents"] for page in _pages(pdf))]
        for number, each in enumerate(pdf.objects):
            if isinstance(each, pydyf.Stream):
                if each.compress and each.reference not in later_on:
                    _compress(each)
                pdf.objects[number] = _plain(each)
        self._sheets = tuple(_sheet(page, resolved(pdf, page["Contents"])) for page in _pages(pdf))
        self._places = tuple(_places(pdf))
        self._metadata = resolved(pdf, pdf.catalog["Metadata"])
        self._metadata.compress = False  # PDF/A: for programs that read nothing else
        self._about = b"".join(self._metadata.stream)
        self._is_bound |= any(
            isinstance(each, pydyf.Stream) and "PatternType" in each.extra for each in pdf.objects
        )

    def _place(self, move: Move | None) -> None:
        right = up = 0.0
        boxes: dict[str, Any] = {}
        if move is not None:
            width, height = move.width * POINTS_PER_PIXEL, move.height * POINTS_PER_PIXEL
            right = move.right * POINTS_PER_PIXEL
            up = height - move.down * POINTS_PER_PIXEL - self._sheets[0].height
            boxes = {name: pydyf.Array([0, 0, width, height]) for name in _BOXES}
        for place in self._places:
            place.move(right, up)
        for sheet in self._sheets:
            sheet.put(boxes or sheet.boxes, right, up)


def _margins(page: Any) -> dict[str, float]:
    return {side: float(getattr(page, f"margin_{side}")) for side in SIDES}


def _fills_its_sheet(page: Any) -> bool:
    """Whether a page has a background of its own, or is cut from a larger sheet."""
    look, style = page.background, page.style
    return bool(
        look.color.alpha
        or any(layer.image for layer in look.layers)
        or style["box_shadow"]
        or any(style[f"bleed_{side}"].value for side in SIDES)
    )


def _pages(pdf: Any) -> list[Any]:
    return [pdf.objects[number] for number in pdf.pages["Kids"][::3]]


def _sheet(page: Any, stream: Any) -> _Sheet:
    matrix, *rest = stream.stream
    sheet = _Sheet(
        page, stream, {name: page[name] for name in _BOXES}, _content(pydyf.Stream(rest)),
        stream.extra,
    )  # fmt: skip
    if matrix != _matrix(0, sheet.height):
        raise RuntimeError(f"a page begins with {matrix!r}; review {__name__}")
    return sheet


def _matrix(right: float, top: float) -> bytes:
    """The operator that puts the origin at the upper left corner of the layout."""
    stream = pydyf.Stream()
    stream.set_matrix(1, 0, 0, -1, right, top)
    (operator,) = stream.stream
    return bytes(operator)


def _places(pdf: Any) -> Iterator[_Place]:
    """All places in a file that are no part of its drawing."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream):
            continue
        if isinstance(each, dict):
            if each.get("Subtype") == "/Link":
                yield _place(each["Rect"], 0, 4)
            owned = each.get("A")
            if isinstance(owned, dict) and "BBox" in owned:
                yield _place(owned["BBox"], 0, 4)
        yield from _targets(each)


def _targets(value: Any) -> Iterator[_Place]:
    if isinstance(value, list):
        if "/XYZ" in value[1:2]:
            yield _place(value, 2, 2)
            return
        for each in value:
            yield from _targets(each)
    elif isinstance(value, dict) and not isinstance(value, pydyf.Stream):
        for each in value.values():
            yield from _targets(each)


def _place(numbers: Any, start: int, count: int) -> _Place:
    return _Place(numbers, start, tuple(map(float, numbers[start : start + count])))


def _compress(stream: Any) -> None:
    """Compress it now: WeasyPrint writes each stream twice, and would do it each time."""
    stream.compress = True
    stream.stream = [_content(stream)]
    stream.extra = {**stream.extra, "Filter": "/FlateDecode"}
    stream.compress = False


def _content(stream: Any) -> bytes:
    """What a stream holds, as it is written."""
    head, _, content = stream.data.partition(b"\nstream\n")
    (length,) = _LENGTH.findall(head)
    return bytes(content[: int(length)])


def _plain(stream: Any) -> Any:
    """A stream without the boxes and fonts that WeasyPrint's own ones hold."""
    plain = pydyf.Stream(stream.stream, stream.extra, stream.compress)
    plain.number, plain.generation, plain.free = stream.number, stream.generation, stream.free
    return plain
