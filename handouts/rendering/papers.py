"""From one paper to another: what is set for A4 stands on Letter as it is, in other margins.

Both papers leave our pages the same room inside their margins, so a document is laid out and drawn
for one of them only. That holds as long as the stylesheets of the two papers say nothing but how
large a sheet is and how wide its margins are (CSS Paged Media 3, sections 4 and 7), and these
differ by the same on all pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import tinycss2  # type: ignore[import-untyped, unused-ignore]

from handouts.rendering.layout import MM_PER_PIXEL, Area, Layout, PageLayout

SIDES = ("top", "right", "bottom", "left")
"""Of a sheet, in the order of the values of ``margin``."""

_PIXELS = {"mm": 1 / MM_PER_PIXEL, "cm": 10 / MM_PER_PIXEL, "in": 96.0, "pt": 96 / 72, "px": 1.0}
_NAMED = {"a4": (210 / MM_PER_PIXEL, 297 / MM_PER_PIXEL), "letter": (8.5 * 96, 11 * 96.0)}
_NEAR = 1e-3
"""Pixels that two lengths may differ by and be the same."""

_Lengths = Mapping[tuple[str, str], float]
"""By selector of pages and name: ``width`` and ``height`` of the sheet, and the four sides."""


@dataclass(frozen=True, slots=True)
class Move:
    """From the paper of a layout to another one. Lengths are CSS pixels.

    Attributes:
        width, height: of the other sheet.
        right, down: how much further from its left and its upper edge everything stands there.
        margins: the widths that margins have on the paper of the layout, by side.
    """

    width: float
    height: float
    right: float
    down: float
    margins: Mapping[str, frozenset[float]]

    def suits(self, margins: Mapping[str, float]) -> bool:
        """Whether a page has its margins from the stylesheet of the paper, and from no other."""
        return all(
            any(abs(margins[side] - known) < _NEAR for known in self.margins[side])
            for side in SIDES
        )

    def layout(self, layout: Layout) -> Layout:
        """Where everything stands on the other paper."""
        return replace(layout, pages=tuple(map(self._page, layout.pages)))

    def _page(self, page: PageLayout) -> PageLayout:
        return replace(
            page,
            width=self.width,
            height=self.height,
            area=self._area(page.area),
            runs=tuple(
                replace(each, area=self._area(each.area), window=self._window(each.window))
                for each in page.runs
            ),
            pictures=tuple(
                replace(each, area=self._area(each.area), window=self._window(each.window))
                for each in page.pictures
            ),
            blocks=tuple(replace(each, area=self._area(each.area)) for each in page.blocks),
            covers=tuple(replace(each, area=self._area(each.area)) for each in page.covers),
        )

    def _window(self, window: Area | None) -> Area | None:
        return window and self._area(window)

    def _area(self, area: Area) -> Area:
        return Area(area.x + self.right, area.y + self.down, area.width, area.height)


@lru_cache(maxsize=32)
def move_between(of_layout: str, of_paper: str) -> Move | None:
    """The way from the paper of one stylesheet to that of another.

    Args:
        of_layout: text of the stylesheet for the paper that documents are laid out on.
        of_paper: text of the stylesheet for the other one.

    Returns:
        The move, or None if there is more between the two than a move.
    """
    before, after = _lengths(of_layout), _lengths(of_paper)
    if before is None or after is None or list(before) != list(after):
        return None
    if any(("", name) not in before for name in ("width", "height", *SIDES)):
        return None
    change = {name: after["", name] - before["", name] for name in ("width", "height", *SIDES)}
    has_other_room = (
        abs(change["left"] + change["right"] - change["width"]) > _NEAR
        or abs(change["top"] + change["bottom"] - change["height"]) > _NEAR
    )
    if has_other_room or any(
        abs(after[key] - before[key] - change[key[1]]) > _NEAR for key in before
    ):
        return None
    margins = {
        side: frozenset(length for (_, name), length in before.items() if name == side)
        for side in SIDES
    }
    return Move(after["", "width"], after["", "height"], change["left"], change["top"], margins)


def _lengths(text: str) -> _Lengths | None:
    """All that a stylesheet says; None if it says anything but sizes and margins of pages."""
    lengths: dict[tuple[str, str], float] = {}
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type != "at-rule" or rule.lower_at_keyword != "page" or rule.content is None:
            return None
        selector = re.sub(r"\s+", " ", tinycss2.serialize(rule.prelude)).strip()
        for declaration in tinycss2.parse_blocks_contents(
            rule.content, skip_comments=True, skip_whitespace=True
        ):
            if declaration.type != "declaration" or declaration.important:
                return None
            try:
                found = dict(_longhands(declaration.lower_name, _values(declaration.value)))
            except ValueError:
                return None
            lengths |= {(selector, name): length for name, length in found.items()}
    return lengths


def _values(tokens: list[Any]) -> list[float | str]:
    """The values of a declaration: pixels and names.

    Raises:
        ValueError: it has others.
    """
    values: list[float | str] = []
    for token in tokens:
        if token.type == "dimension" and token.lower_unit in _PIXELS:
            values.append(token.value * _PIXELS[token.lower_unit])
        elif token.type == "number" and not token.value:
            values.append(0.0)
        elif token.type == "ident":
            values.append(token.lower_value)
        elif token.type not in ("whitespace", "comment"):
            raise ValueError(token.type)
    return values


def _longhands(name: str, values: list[float | str]) -> Iterator[tuple[str, float]]:
    if name == "size":
        match values:
            case [str(paper)] if paper in _NAMED:
                width, height = _NAMED[paper]
            case [float(width), float(height)]:
                pass
            case _:
                raise ValueError(values)
        yield from (("width", width), ("height", height))
        return
    lengths = [each for each in values if isinstance(each, float)]
    if len(lengths) != len(values) or not lengths:
        raise ValueError(values)
    if name == "margin" and len(lengths) <= len(SIDES):
        yield from zip(SIDES, _four(lengths), strict=True)
    elif name.removeprefix("margin-") in SIDES and len(lengths) == 1:
        yield name.removeprefix("margin-"), lengths[0]
    else:
        raise ValueError(name)


def _four(lengths: list[float]) -> tuple[float, float, float, float]:
    """The sides that one to four values of ``margin`` stand for (CSS Box Model 3, 4.2)."""
    top = lengths[0]
    right = lengths[1] if len(lengths) > 1 else top
    bottom = lengths[2] if len(lengths) > 2 else top
    left = lengths[3] if len(lengths) > 3 else right
    return top, right, bottom, left
