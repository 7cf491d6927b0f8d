"""The structure tree of a PDF and what else it says about itself, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ObjectId = tuple[int, int]
"""Number and generation of an object of the file; ``(0, 0)`` for one that stands in another."""


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element.

    Attributes:
        identity: its object.
        kind: its type, such as ``P`` or ``TH``.
        parent: the element that holds it.
        said_parent: the one it names as its parent.
        marks: pages (from 1) and numbers of the marked content it holds itself.
        annotations: the annotations it holds itself.
        language: its own, not the one it inherits; empty if it has none.
        alternative: alternative text.
        expansion: of an abbreviation.
        identifier: name by which cells refer to it.
        scope: ``Row``, ``Column``, ``Both`` or empty.
        headers: identifiers of the header cells of a cell.
        numbering: how a list is numbered.
    """

    identity: ObjectId
    kind: str
    parent: ObjectId
    said_parent: ObjectId
    marks: tuple[tuple[int, int], ...]
    annotations: tuple[ObjectId, ...]
    language: str
    alternative: str
    expansion: str
    identifier: bytes
    scope: str
    headers: tuple[bytes, ...]
    numbering: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation of a page, such as a link."""

    page: int
    identity: ObjectId
    kind: str
    key: int | None
    contents: str
    flags: int


@dataclass(frozen=True, slots=True)
class Tree:
    """The structure of a document.

    Attributes:
        elements: in reading order.
        page_keys: key of each page in the parent tree.
        parents: the parent tree: for a page a tuple with an element for each mark, for an
            annotation its element.
        identifiers: the ``/IDTree``.
        annotations: of all pages, in their order.
    """

    elements: tuple[Element, ...]
    page_keys: tuple[int | None, ...]
    parents: Mapping[int, ObjectId | tuple[ObjectId, ...]]
    identifiers: Mapping[bytes, ObjectId]
    annotations: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a PDF says about itself; empty where it says nothing.

    Attributes:
        info: the document information, such as ``Title`` and ``Producer``.
        language: of the document.
        shows_title: whether a viewer shows the title instead of the file's name.
        xmp: the metadata stream.
        bookmarks: level from 1 and title of each, in order.
    """

    info: Mapping[str, str]
    language: str
    shows_title: bool
    xmp: str
    bookmarks: tuple[tuple[int, str], ...]


def read_tree(pdf: pikepdf.Pdf) -> Tree:
    """Read the structure of an open PDF; one without structure gives an empty tree."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    root = pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())
    return Tree(
        tuple(_elements(root, pages)),
        tuple(_integer(page.get("/StructParents")) for page in pdf.pages),
        dict(_parents(root)),
        dict(_identifiers(root)),
        tuple(_annotations(pdf)),
    )


def read_metadata(pdf: pikepdf.Pdf) -> Metadata:
    """Read what an open PDF says about itself."""
    root = pdf.Root
    preferences = root.get("/ViewerPreferences", {})
    stream = root.get("/Metadata")
    return Metadata(
        {str(key)[1:]: str(value) for key, value in pdf.docinfo.items()},
        str(root.get("/Lang", "")),
        bool(preferences.get("/DisplayDocTitle", False)),
        "" if stream is None else stream.read_bytes().decode("utf-8", errors="replace"),
        tuple(_bookmarks(root.get("/Outlines", {}), 1)),
    )


def _elements(root: Any, pages: Mapping[ObjectId, int]) -> Iterator[Element]:
    pending = [(kid, root.objgen, 0) for kid in reversed(_listed(root.get("/K")))]
    seen: set[ObjectId] = set()
    while pending:
        element, parent, page = pending.pop()
        if element.objgen in seen:  # a loop, or an element in two places
            continue
        seen.add(element.objgen)
        page = pages.get(element["/Pg"].objgen, page) if "/Pg" in element else page
        marks, annotations, kids = [], [], []
        for kid in _listed(element.get("/K")):
            if not isinstance(kid, pikepdf.Dictionary):
                marks.append((page, int(kid)))
            elif kid.get("/Type") == "/MCR":
                marks.append((pages.get(kid.get("/Pg", element).objgen, page), int(kid["/MCID"])))
            elif kid.get("/Type") == "/OBJR":
                annotations.append(kid["/Obj"].objgen)
            else:
                kids.append((kid, element.objgen, page))
        pending += reversed(kids)
        yield _element(element, parent, tuple(marks), tuple(annotations))


def _element(
    element: Any,
    parent: ObjectId,
    marks: tuple[tuple[int, int], ...],
    annotations: tuple[ObjectId, ...],
) -> Element:
    attributes: dict[str, Any] = {}
    for each in _listed(element.get("/A")):
        attributes |= dict(each.items())
    said = element.get("/P")
    return Element(
        element.objgen,
        str(element.get("/S", "/"))[1:],
        parent,
        said.objgen if said is not None else (0, 0),
        marks,
        annotations,
        str(element.get("/Lang", "")),
        str(element.get("/Alt", "")),
        str(element.get("/E", "")),
        bytes(element.get("/ID", b"")),
        str(attributes.get("/Scope", "/"))[1:],
        tuple(bytes(each) for each in _listed(attributes.get("/Headers"))),
        str(attributes.get("/ListNumbering", "/"))[1:],
    )


def _parents(root: Any) -> Iterator[tuple[int, ObjectId | tuple[ObjectId, ...]]]:
    for key, value in _leaves(root.get("/ParentTree"), "/Nums"):
        if isinstance(value, pikepdf.Array):
            yield int(key), tuple(_identity(each) for each in value)
        else:
            yield int(key), _identity(value)


def _identifiers(root: Any) -> Iterator[tuple[bytes, ObjectId]]:
    for name, element in _leaves(root.get("/IDTree"), "/Names"):
        yield bytes(name), _identity(element)


def _leaves(node: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """The pairs of a name tree or number tree."""
    if node is None:
        return
    pairs = list(node.get(key, []))
    yield from zip(pairs[::2], pairs[1::2], strict=True)
    for kid in node.get("/Kids", []):
        yield from _leaves(kid, key)


def _annotations(pdf: pikepdf.Pdf) -> Iterator[Annotation]:
    for number, page in enumerate(pdf.pages, start=1):
        for each in page.get("/Annots", []):
            yield Annotation(
                number,
                each.objgen,
                str(each.get("/Subtype", "/"))[1:],
                _integer(each.get("/StructParent")),
                str(each.get("/Contents", "")),
                int(each.get("/F", 0)),
            )


def _bookmarks(parent: Any, level: int) -> Iterator[tuple[int, str]]:
    item = parent.get("/First")
    while item is not None:
        yield level, str(item.get("/Title", ""))
        yield from _bookmarks(item, level + 1)
        item = item.get("/Next")


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _identity(value: Any) -> ObjectId:
    """The object of a value; none for a direct one and for null."""
    identity: ObjectId = value.objgen if isinstance(value, pikepdf.Object) else (0, 0)
    return identity


def _integer(value: Any) -> int | None:
    return None if value is None else int(value)
