"""Blocks of words, filled in and ready for a template."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from handouts.markdown.blocks import Block, Component, Heading, ListBlock, Paragraph, Table
from handouts.rendering.sayings import SILENT
from handouts.rendering.words import Words

_NO_WORDS = Markup("")
OPTIONAL = "optional"
"""The component whose words may be left off a full page."""


@dataclass(frozen=True, slots=True)
class Printable:
    """A block with its words filled in.

    Attributes:
        kind: ``heading``, ``paragraph``, ``list``, ``table`` or ``component``.
        words: of a heading or paragraph.
        items: of a list.
        rows: of a table, its header first.
        blocks: inside a component.
        extra: what a component needs besides its words.
        rank: of words that may be left off; 0 never is.
    """

    kind: str = field(metadata=SILENT)
    level: int = 0
    words: Markup = _NO_WORDS
    ordered: bool = False
    items: tuple[Markup, ...] = ()
    rows: tuple[tuple[Markup, ...], ...] = ()
    name: str = field(default="", metadata=SILENT)
    blocks: tuple[Printable, ...] = ()
    extra: object = None
    rank: int = 0


Extra = Callable[[Component], object]
"""Gives what a component needs besides its words: a drawing, the meaning of terms, an argument."""


class BlockPrinter:
    """Fills in the words of blocks.

    Args:
        words: prints facts and words, at a rank: what cites sources must know when it is shown.
        extra: what components need besides their words.
        rank_of: the rank of an ``optional`` component.
    """

    def __init__(
        self,
        words: Callable[[int], Words],
        extra: Extra,
        rank_of: Callable[[Component], int] = lambda _: 0,
    ) -> None:
        self._words, self._extra, self._rank_of = words, extra, rank_of

    def printables(self, blocks: Iterable[Block], rank: int = 0) -> tuple[Printable, ...]:
        """The blocks in order."""
        return tuple(self._block(each, rank) for each in blocks)

    def _block(self, block: Block, rank: int) -> Printable:
        inline = self._words(rank).inline
        match block:
            case Heading():
                return Printable("heading", level=block.level, words=inline(block.words))
            case Paragraph():
                return Printable("paragraph", words=inline(block.words))
            case ListBlock():
                return Printable(
                    "list",
                    ordered=block.ordered,
                    items=tuple(inline(item.words) for item in block.items),
                )
            case Table():
                rows = (block.header, *block.rows)
                return Printable(
                    "table", rows=tuple(tuple(inline(cell) for cell in row) for row in rows)
                )
            case Component():
                inner = self._rank_of(block) if block.name == OPTIONAL else rank
                extra = self._extra(block)
                return Printable(
                    "component", name=block.name, blocks=self.printables(block.blocks, inner),
                    extra=extra, rank=inner,
                )  # fmt: skip


def kept(blocks: Iterable[Printable], shown: int) -> tuple[Printable, ...]:
    """The blocks that a page shows: optional ones up to a rank, without their wrapping."""
    found: list[Printable] = []
    for block in blocks:
        if block.kind == "component" and block.name == OPTIONAL:
            found += kept(block.blocks, shown) if block.rank <= shown else ()
        elif block.blocks:
            found.append(replace(block, blocks=kept(block.blocks, shown)))
        else:
            found.append(block)
    return tuple(found)
