"""Pictures of printed pages, and where two pages differ."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    """Rows, columns, and red, green and blue."""

RESOLUTION = 84
"""Dots per inch: letters of 8 pt can just be read."""

_CELL = 6
"""Pixels that differ at most so far from each other, in cells of this size, share a box."""

_MARGIN, _LINE = 4, 2
_OLD, _NEW = (213, 94, 0), (0, 114, 178)
"""Vermillion and blue of Okabe and Ito, which people tell apart whatever colours they see."""

_INK = (26, 26, 26)

_SHARED = 0.35
"""How dark the ink of both pages is in an overlay."""

_COLOURS = 256
"""Of a PNG; the method keeps those that few pixels have."""

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels."""


@dataclass(frozen=True, slots=True)
class PageDifference:
    """A page that looks different.

    Attributes:
        number: of the page, from 1.
        boxes: where it does; empty for a page that only one document has.
        old, new: PNG of the page with the boxes drawn in; None where there is no such page.
        overlay: PNG of both, the ink of the old one in vermillion, of the new one in blue, of both
            in grey.
        width, height: of the pictures, in pixels.
        is_repetition: whether the same differs in the same places of pages before, as in a footer.
    """

    number: int
    boxes: tuple[Box, ...]
    old: bytes | None
    new: bytes | None
    overlay: bytes | None
    width: int
    height: int
    is_repetition: bool = False


def page_differences(old: bytes, new: bytes) -> Iterator[PageDifference]:
    """The pages of two PDFs that look different, page by page.

    Raises:
        pypdfium2.PdfiumError: one of them can't be read.
    """
    known: set[tuple[Box, bytes, bytes]] = set()
    with pypdfium2.PdfDocument(old) as first, pypdfium2.PdfDocument(new) as second:
        for index in range(max(len(first), len(second))):
            before, after = _picture(first, index), _picture(second, index)
            if before is not None and after is not None:
                before, after = _same_size(before, after)
                boxes = tuple(changed_boxes(before, after))
                if boxes:
                    inside = {(box, _cut(before, box), _cut(after, box)) for box in boxes}
                    yield _differing(index + 1, before, after, boxes, repeats=inside <= known)
                    known |= inside
            elif (only := before if before is not None else after) is not None:
                height, width = only.shape[:2]
                yield PageDifference(
                    index + 1, (), _png(before), _png(after), None, width, height
                )  # fmt: skip


def changed_boxes(old: Picture, new: Picture) -> Iterator[Box]:
    """Boxes around all pixels that differ, in reading order; what lies close shares one."""
    differs = np.any(old != new, axis=2)
    rows, columns = (-(-each // _CELL) for each in differs.shape)
    padded = np.zeros((rows * _CELL, columns * _CELL), dtype=bool)
    padded[: differs.shape[0], : differs.shape[1]] = differs
    cells = np.argwhere(padded.reshape(rows, _CELL, columns, _CELL).any(axis=(1, 3)))
    groups = (_around(padded, group) for group in _neighbours(cells))
    yield from sorted(_apart(list(groups)), key=lambda box: (box[1], box[0]))


def _neighbours(cells: NDArray[np.intp]) -> Iterator[list[tuple[int, int]]]:
    """Groups of cells that touch, or have one cell between them on a line."""
    waiting = {(int(row), int(column)) for row, column in cells}
    while waiting:
        group = [waiting.pop()]
        for row, column in group:  # it grows while it is walked through
            near = {
                (row + down, column + across) for down in (-1, 0, 1) for across in (-2, -1, 0, 1, 2)
            }
            found = near & waiting
            waiting -= found
            group += found
        yield group


def _around(differs: NDArray[np.bool_], group: list[tuple[int, int]]) -> Box:
    top, left = (min(each) * _CELL for each in zip(*group, strict=True))
    bottom, right = ((max(each) + 1) * _CELL for each in zip(*group, strict=True))
    rows, columns = np.nonzero(differs[top:bottom, left:right])
    return (
        left + int(columns.min()), top + int(rows.min()),
        left + int(columns.max()) + 1, top + int(rows.max()) + 1,
    )  # fmt: skip


def _apart(boxes: list[Box]) -> list[Box]:
    """The boxes, with those in one that would be drawn over each other."""
    reach = _MARGIN + _LINE
    done: list[Box] = []
    while boxes:
        box = boxes.pop()
        touching = [
            each
            for each in done
            if box[0] - reach < each[2] + reach
            and each[0] - reach < box[2] + reach
            and box[1] - reach < each[3] + reach
            and each[1] - reach < box[3] + reach
        ]
        if not touching:
            done.append(box)
            continue
        done = [each for each in done if each not in touching]
        lefts, tops, rights, bottoms = zip(box, *touching, strict=True)
        boxes.append((min(lefts), min(tops), max(rights), max(bottoms)))
    return done


def _cut(picture: Picture, box: Box) -> bytes:
    left, top, right, bottom = box
    return picture[top:bottom, left:right].tobytes()


def _differing(
    number: int, old: Picture, new: Picture, boxes: tuple[Box, ...], *, repeats: bool
) -> PageDifference:
    height, width = old.shape[:2]
    return PageDifference(
        number,
        boxes,
        _png(_outlined(old, boxes, _OLD)),
        _png(_outlined(new, boxes, _NEW)),
        _png(_outlined(overlay(old, new), boxes, _INK)),
        width,
        height,
        repeats,
    )


def overlay(old: Picture, new: Picture) -> Picture:
    """Both pages on one: ink of the old one in vermillion, of the new one in blue, shared in grey.

    Where both have ink that differs only in its hue, it is grey as well.
    """
    before, after = (255 - each.astype(np.float32).mean(axis=2) for each in (old, new))
    both = np.minimum(before, after)
    ink = both[..., np.newaxis] * _SHARED * np.ones(3, dtype=np.float32)
    for own, colour in ((before - both, _OLD), (after - both, _NEW)):
        ink = ink + own[..., np.newaxis] * (1 - np.array(colour, dtype=np.float32) / 255)
    overlaid: Picture = np.clip(255 - ink, 0, 255).round().astype(np.uint8)
    return overlaid


def _outlined(picture: Picture, boxes: tuple[Box, ...], colour: tuple[int, int, int]) -> Picture:
    drawn = picture.copy()
    height, width = drawn.shape[:2]
    for left, top, right, bottom in boxes:
        outer = (left - _MARGIN - _LINE, top - _MARGIN - _LINE)
        far = (right + _MARGIN + _LINE, bottom + _MARGIN + _LINE)
        west, north = max(outer[0], 0), max(outer[1], 0)
        east, south = min(far[0], width), min(far[1], height)
        drawn[north : north + _LINE, west:east] = colour
        drawn[south - _LINE : south, west:east] = colour
        drawn[north:south, west : west + _LINE] = colour
        drawn[north:south, east - _LINE : east] = colour
    return drawn


def _picture(document: Any, index: int) -> Picture | None:
    if index >= len(document):
        return None
    page = document[index]
    bitmap = page.render(scale=RESOLUTION / 72, rev_byteorder=True, draw_annots=False)
    picture: Picture = np.array(bitmap.to_numpy()[:, :, :3])
    bitmap.close()
    page.close()
    return picture


def _same_size(*pictures: Picture) -> list[Picture]:
    """The pictures on sheets of one size."""
    height, width = (max(each.shape[axis] for each in pictures) for axis in (0, 1))
    sheets = []
    for each in pictures:
        sheet = np.full((height, width, 3), 255, dtype=np.uint8)
        sheet[: each.shape[0], : each.shape[1]] = each
        sheets.append(sheet)
    return sheets


def _png(picture: Picture | None) -> bytes | None:
    if picture is None:
        return None
    file = io.BytesIO()
    few = Image.fromarray(picture).quantize(_COLOURS, Image.Quantize.FASTOCTREE)
    few.save(file, "PNG")
    return file.getvalue()
