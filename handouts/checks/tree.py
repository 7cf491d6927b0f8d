"""The structure tree of a PDF as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ObjectId = tuple[int, int]
"""Number and generation of an object of the file."""

NO_OBJECT: ObjectId = (0, 0)
"""That of an object that stands in another, and of null."""


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element.

    Attributes:
        identity: its object.
        kind: its type, such as ``P`` or ``TH``.
        page: from 1, the one it says it is on, or is around it; 0 if none does.
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
    page: int
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
        marks: pages (from 1) and numbers of the marked content they hold, in reading order.
        repeated: types of the elements that stand in it more than once, and where they do again.
        page_keys: key of each page in the parent tree.
        parent_keys: the keys of the parent tree, as they stand in it.
        mark_parents: its lists, one for a page, with an element for each number of a mark.
        annotation_parents: its single elements, one for an annotation.
        identifiers: the ``/IDTree``.
        annotations: of all pages, in their order.
    """

    elements: tuple[Element, ...]
    marks: tuple[tuple[int, int], ...]
    repeated: tuple[tuple[str, int], ...]
    page_keys: tuple[int | None, ...]
    parent_keys: tuple[int, ...]
    mark_parents: Mapping[int, tuple[ObjectId, ...]]
    annotation_parents: Mapping[int, ObjectId]
    identifiers: Mapping[bytes, ObjectId]
    annotations: tuple[Annotation, ...]


def read_tree(pdf: pikepdf.Pdf) -> Tree:
    """Read the structure of an open PDF; one without structure gives an empty tree."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    root = pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())
    reader = _Reader(pages)
    reader.read(root)
    parents = [(int(key), value) for key, value in _leaves(root.get("/ParentTree"), "/Nums")]
    return Tree(
        tuple(reader.elements),
        tuple(reader.marks),
        tuple(reader.repeated),
        tuple(_integer(page.get("/StructParents")) for page in pdf.pages),
        tuple(key for key, _ in parents),
        {
            key: tuple(map(_identity, value))
            for key, value in parents
            if isinstance(value, pikepdf.Array)
        },
        {key: _identity(value) for key, value in parents if not isinstance(value, pikepdf.Array)},
        dict(_identifiers(root)),
        tuple(_annotations(pdf)),
    )


@dataclass(slots=True)
class _Reader:
    """Walks the structure in reading order."""

    pages: Mapping[ObjectId, int]
    elements: list[Element] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    repeated: list[tuple[str, int]] = field(default_factory=list)

    def read(self, root: Any) -> None:
        pending = [(kid, root.objgen, 0) for kid in reversed(_listed(root.get("/K")))]
        seen: set[ObjectId] = set()
        while pending:
            kid, parent, page = pending.pop()
            if isinstance(kid, int):
                self.marks.append((page, kid))
                continue
            element = dict(kid.items())
            if "/Pg" in element:
                page = self.pages.get(element["/Pg"].objgen, page)
            if kid.objgen in seen:  # a loop, or an element in two places
                self.repeated.append((str(element.get("/S", "/"))[1:], page))
                continue
            seen.add(kid.objgen)
            inside, annotations = self._inside(element.get("/K"), page)
            pending += [(each, kid.objgen, on) for each, on in reversed(inside)]
            marks = tuple((on, each) for each, on in inside if isinstance(each, int))
            self.elements.append(_element(kid.objgen, element, page, parent, marks, annotations))

    def _inside(self, kids: Any, page: int) -> tuple[list[tuple[Any, int]], tuple[ObjectId, ...]]:
        """Elements and numbers of marked content with their pages; annotations."""
        inside, annotations = [], []
        for kid in _listed(kids):
            if not isinstance(kid, pikepdf.Dictionary):
                inside.append((int(kid), page))
            elif kid.get("/Type") == "/MCR":
                on = self.pages.get(kid["/Pg"].objgen, page) if "/Pg" in kid else page
                inside.append((int(kid["/MCID"]), on))
            elif kid.get("/Type") == "/OBJR":
                annotations.append(kid["/Obj"].objgen)
            else:
                inside.append((kid, page))
        return inside, tuple(annotations)


def _element(
    identity: ObjectId,
    element: Mapping[str, Any],
    page: int,
    parent: ObjectId,
    marks: tuple[tuple[int, int], ...],
    annotations: tuple[ObjectId, ...],
) -> Element:
    attributes: dict[str, Any] = {}
    for each in _listed(element.get("/A")):
        attributes |= dict(each.items())
    said = element.get("/P")
    return Element(
        identity,
        str(element.get("/S", "/"))[1:],
        page,
        parent,
        said.objgen if said is not None else NO_OBJECT,
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


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _identity(value: Any) -> ObjectId:
    """The object of a value; none for a direct one and for null."""
    identity: ObjectId = value.objgen if isinstance(value, pikepdf.Object) else NO_OBJECT
    return identity


def _integer(value: Any) -> int | None:
    return None if value is None else int(value)
