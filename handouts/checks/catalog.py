"""What a PDF says about itself, in its catalog and its document information, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: level from 1, title, and the page (from 1) it leads to, or 0."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a PDF says about itself; empty where it says nothing.

    Attributes:
        info: the document information, such as ``Title`` and ``Producer``.
        language: of the document.
        shows_title: whether a viewer shows the title instead of the file's name.
        xmp: the metadata stream.
        bookmarks: in order.
    """

    info: Mapping[str, str]
    language: str
    shows_title: bool
    xmp: str
    bookmarks: tuple[Bookmark, ...]


def read_metadata(pdf: pikepdf.Pdf) -> Metadata:
    """Read what an open PDF says about itself."""
    root = pdf.Root
    preferences = root.get("/ViewerPreferences", {})
    stream = root.get("/Metadata")
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    return Metadata(
        {str(key)[1:]: str(value) for key, value in pdf.docinfo.items()},
        str(root.get("/Lang", "")),
        bool(preferences.get("/DisplayDocTitle", False)),
        "" if stream is None else stream.read_bytes().decode("utf-8", errors="replace"),
        tuple(_bookmarks(root.get("/Outlines", {}), pages, 1)),
    )


def _bookmarks(parent: Any, pages: Mapping[tuple[int, int], int], level: int) -> Iterator[Bookmark]:
    item = parent.get("/First")
    while item is not None:
        to = item.get("/Dest")
        page = pages.get(to[0].objgen, 0) if isinstance(to, pikepdf.Array) else 0
        yield Bookmark(level, str(item.get("/Title", "")), page)
        yield from _bookmarks(item, pages, level + 1)
        item = item.get("/Next")
