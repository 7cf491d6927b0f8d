"""Blocks of words: what a Markdown file becomes, each with the line it starts on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handouts.markdown.references import Reference

Inline = tuple[str | Reference, ...]
"""Words of one block: safe HTML, cut at the references that are filled in for each edition."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading of level 2 or 3 (level 1 is the title)."""

    level: int
    words: Inline
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    words: Inline
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list."""

    words: Inline
    line: int


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, numbered or not."""

    ordered: bool
    items: tuple[Item, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first row and first column are headers."""

    header: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Component:
    """A named part of a page: ``::: name key=value`` … ``:::``."""

    name: str
    arguments: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    line: int

    def argument(self, name: str) -> str | None:
        """The value of an argument, or None."""
        return dict(self.arguments).get(name)


Block = Heading | Paragraph | ListBlock | Table | Component


def words_of(blocks: tuple[Block, ...]) -> Iterator[tuple[Inline, int]]:
    """Every run of words in the blocks, in order of reading, with its line."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.words, block.line
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield item.words, item.line
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                for cell in row:
                    yield cell, block.line
        else:
            yield from words_of(block.blocks)


def references_in(words: Inline) -> Iterator[Reference]:
    """The references among the words."""
    return (part for part in words if isinstance(part, Reference))
