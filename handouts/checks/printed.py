"""What a PDF file really holds, read back from its bytes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pikepdf

from handouts.checks.catalog import read_metadata
from handouts.checks.content import PageReader
from handouts.checks.embedded import PrintedFonts
from handouts.checks.tree import read_tree

if TYPE_CHECKING:
    from handouts.checks.catalog import Metadata
    from handouts.checks.content import PrintedPage
    from handouts.checks.embedded import PrintedFont
    from handouts.checks.tree import Tree


@dataclass(frozen=True, slots=True)
class Printed:
    """A whole file."""

    pages: tuple[PrintedPage, ...]
    fonts: tuple[PrintedFont, ...]
    tree: Tree
    metadata: Metadata


@lru_cache(maxsize=2)
def printed(data: bytes) -> Printed:
    """Read a PDF's content; the last files are remembered, as several checks ask for them.

    Raises:
        pikepdf.PdfError: it is not a PDF.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = PrintedFonts()
        pages = tuple(
            PageReader(number, page, fonts).read() for number, page in enumerate(pdf.pages, 1)
        )
        return Printed(pages, tuple(fonts.known.values()), read_tree(pdf), read_metadata(pdf))
