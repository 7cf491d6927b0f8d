"""Nothing stands over anything else: words, pictures, backgrounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.checks.letters import shortened
from handouts.diagnostics import Diagnostic, error
from handouts.rendering.layout import Area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.rendering.layout import Block, Layout, PageLayout, Picture, TextRun

_ABOVE, _BELOW = 0.28, 0.2
"""Shares of a line box, above and below, that letters seldom reach: tight lines share them."""

_TOUCHING = 1.0
"""Pixels that two areas may share, as letters lean into each other."""


def check_overlaps(layout: Layout, *, path: str | None = None) -> list[Diagnostic]:
    """``overlap``: no text stands over another one, under a picture or under a background.

    Margin boxes count too: a footer that runs into the text, a banner over the first line.
    """
    hint = "look for absolute places, negative margins, and boxes with a fixed height"
    return [
        error("overlap", f"page {page.number}: {message}", path=path, hint=hint)
        for page in layout.pages
        for message in dict.fromkeys((*_texts(page), *_under_pictures(page), *_covered(page)))
    ]


def _texts(page: PageLayout) -> Iterator[str]:
    """Pairs of texts that lie over each other; each text is named once."""
    runs = sorted(
        ((_letters(run), run) for run in page.runs if run.text.strip()),
        key=lambda each: each[0].y,
    )
    for place, (area, run) in enumerate(runs):
        for other_area, other in runs[place + 1 :]:
            if other_area.y >= area.bottom - _TOUCHING:
                break
            if _overlap(area, other_area):
                yield f"`{shortened(run.text)}` and `{shortened(other.text)}` lie over each other"
                break


def _under_pictures(page: PageLayout) -> Iterator[str]:
    for picture in page.pictures:
        for run in page.runs:
            if run.text.strip() and _overlap(_letters(run), picture.area):
                yield f"a picture lies over `{shortened(run.text)}`"
                break
    for place, picture in enumerate(page.pictures):
        for other in page.pictures[place + 1 :]:
            if _overlap(picture.area, other.area):
                yield f"{_named(picture)} and {_named(other)} lie over each other"


def _covered(page: PageLayout) -> Iterator[str]:
    """Words under the background of a box that comes after them, and that they are not part of."""
    boxes = [block for block in page.blocks if block.covers]
    for run in page.runs:
        if run.text.strip() and any(_hides(box, run) for box in boxes):
            yield f"a box lies over `{shortened(run.text)}`"


def _hides(box: Block, run: TextRun) -> bool:
    if run.in_margin and not box.in_margin:
        return False  # margins are painted over the page's text
    return box.index > run.index and _overlap(_letters(run), box.area)


def _letters(run: TextRun) -> Area:
    """Where the letters of a run of text are, without the empty parts of its line box."""
    area = run.area
    return Area(
        area.x, area.y + _ABOVE * area.height, area.width, (1 - _ABOVE - _BELOW) * area.height
    )


def _overlap(first: Area, second: Area) -> bool:
    width, height = first.shared(second)
    return width > _TOUCHING and height > _TOUCHING


def _named(picture: Picture) -> str:
    return f"the picture of `{shortened(picture.texts[0])}`" if picture.texts else "a picture"
