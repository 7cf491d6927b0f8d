"""Nothing stands over anything else: words, pictures, backgrounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.checks.letters import shortened
from handouts.diagnostics import Diagnostic, error
from handouts.rendering.layout import POINTS_PER_PIXEL, Area, TextRun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.rendering.layout import Cover, Layout, PageLayout, Picture

_ABOVE, _BELOW = 0.28, 0.2
"""Shares of a line box, above and below, that letters seldom reach: tight lines share them."""

_LETTER = 0.5
"""Height of small letters as a share of their type size: so high they are on the lowest line."""

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
    runs = [(run, _letters(run)) for run in page.runs if run.text.strip()]
    for picture in page.pictures:
        for run, letters in runs:
            if _overlap(letters, picture.area):
                yield f"a picture lies over `{shortened(run.text)}`"
                break
    for place, picture in enumerate(page.pictures):
        for other in page.pictures[place + 1 :]:
            if _overlap(picture.area, other.area):
                yield f"{_named(picture)} and {_named(other)} lie over each other"


def _covered(page: PageLayout) -> Iterator[str]:
    """Words and pictures under a background or border of a box that they are not part of."""
    runs = [(run, _letters(run)) for run in page.runs if run.text.strip()]
    for cover in page.covers:
        for run, letters in runs:
            if not _is_part(run, cover) and _overlap(letters, cover.area):
                yield f"a box lies over `{shortened(run.text)}`"
        for picture in page.pictures:
            if not _is_part(picture, cover) and _overlap(picture.area, cover.area):
                yield f"a box lies over {_named(picture)}"


def _is_part(each: TextRun | Picture, cover: Cover) -> bool:
    """Whether words or a picture stand on a box, and not under it."""
    if cover.index < 0:
        return each.in_margin
    if "::" in cover.tag:
        return isinstance(each, TextRun) and (each.index, each.tag) == (cover.index, cover.tag)
    if cover.index <= each.index <= cover.last:
        return True
    return each.in_margin and not cover.in_margin  # margins are painted over the page's text


def _letters(run: TextRun) -> Area:
    """Where the letters of a run of text are, without the empty parts of its line box."""
    area = run.area
    height = max((1 - _ABOVE - _BELOW) * area.height, _LETTER * run.size_pt / POINTS_PER_PIXEL)
    middle = area.y + (1 + _ABOVE - _BELOW) / 2 * area.height
    return Area(area.x, middle - height / 2, area.width, height)


def _overlap(first: Area, second: Area) -> bool:
    # Most areas are far apart: their heights alone tell.
    if second.bottom - first.y <= _TOUCHING or first.bottom - second.y <= _TOUCHING:
        return False
    width, height = first.shared(second)
    return width > _TOUCHING and height > _TOUCHING


def _named(picture: Picture) -> str:
    return f"the picture of `{shortened(picture.texts[0])}`" if picture.texts else "a picture"
