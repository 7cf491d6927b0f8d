"""What WeasyPrint's tagged PDF lacks, added while it is written.

WeasyPrint 70.0 gives valid PDF/UA-1 without the language of parts, the scope of headers, the text
of links, numbering of lists or an ``/IDTree``, tells the areas of figures in units of its own, and
leaves page headers and footers in the page's content with no place in the structure.
``accessible_tags`` mends that in two steps:

1. ``_build_box_tree``, a private function of WeasyPrint, is wrapped: it tells which structure
   element came from which box, and which marked content came from margin boxes.
2. A ``finisher`` (public) for ``write_pdf`` edits the structure just before it is written.

The wrapper does nothing for documents rendered by others in the same process. It is tied to one
version of WeasyPrint and refuses to work with another.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import pydyf  # type: ignore[import-untyped, unused-ignore]
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags as weasyprint_tags

from handouts.rendering.layout import POINTS_PER_PIXEL

WEASYPRINT_VERSION = "70.0"
_FUNCTION = "_build_box_tree"
_PARAMETERS = ["box", "parent", "pdf", "page_number", "nums", "annotations", "tags"]

_SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}
_NUMBERINGS = {
    "none": "/None",
    "disc": "/Disc",
    "circle": "/Circle",
    "square": "/Square",
    "decimal": "/Decimal",
    "decimal-leading-zero": "/Decimal",
    "lower-roman": "/LowerRoman",
    "upper-roman": "/UpperRoman",
    "lower-alpha": "/LowerAlpha",
    "lower-latin": "/LowerAlpha",
    "upper-alpha": "/UpperAlpha",
    "upper-latin": "/UpperAlpha",
}

Finisher = Callable[[Any, Any], None]
"""What ``write_pdf`` takes: called with the WeasyPrint document and the pydyf PDF."""


@contextmanager
def accessible_tags(root: Any) -> Iterator[Finisher]:
    """Complete the structure of the PDF that is written inside the ``with`` block.

    Args:
        root: the ``html`` element that was laid out; its ``lang`` attributes are read.

    Yields:
        The finisher to give to ``write_pdf``; without it nothing is mended.

    Raises:
        RuntimeError: this WeasyPrint is not the one the wrapper was written for.
    """
    install()
    tagging = _Tagging(root)
    token = _current.set(tagging)
    try:
        yield tagging.finish
    finally:
        _current.reset(token)


def install() -> None:
    """Put the wrapper in place; calling it again changes nothing.

    Raises:
        RuntimeError: this WeasyPrint is not the one the wrapper was written for.
    """
    function = getattr(weasyprint_tags, _FUNCTION, None)
    if function is _with_tagging:
        return
    if weasyprint.VERSION != WEASYPRINT_VERSION:
        raise RuntimeError(
            f"WeasyPrint is {weasyprint.VERSION}; the accessibility fix-ups were written for "
            f"{WEASYPRINT_VERSION}. Install that version, or review {__name__}"
        )
    if function is None or list(inspect.signature(function).parameters) != _PARAMETERS:
        raise RuntimeError(
            f"weasyprint.pdf.tags.{_FUNCTION}({', '.join(_PARAMETERS)}) is gone or has changed; "
            f"review {__name__}"
        )
    global _original  # noqa: PLW0603  (one wrapper per process, like the function it wraps)
    _original = function
    setattr(weasyprint_tags, _FUNCTION, _with_tagging)


@dataclass(frozen=True, slots=True)
class _PageMarks:
    """The marked content of one page.

    Attributes:
        tags: WeasyPrint's own dictionary; the streams of the page point to the same object.
        artifacts: property list for each number that came from a margin box.
        renumbered: new number for each other number, so that the numbers have no gap.
    """

    tags: dict[Any, dict[str, Any]]
    artifacts: dict[int, Any]
    renumbered: dict[int, int]


@dataclass(slots=True)
class _Tagging:
    """What is learnt about one document while its structure is built."""

    root: Any
    pages: list[_PageMarks] = field(default_factory=list)
    found: dict[int, tuple[Any, Any]] = field(default_factory=dict)
    open_links: int = 0
    surplus: set[bytes] = field(default_factory=set)

    def enter_link(self, box: Any) -> bool:
        """Whether a box is a link; one inside of another link loses its annotation.

        WeasyPrint gives each inline box in a link an annotation of its own, on top of the link's.
        """
        annotation = box.link_annotation
        if annotation and self.open_links:
            self.surplus.add(annotation.reference)
            annotation.clear()
            box.link_annotation = None
        is_link = bool(box.link_annotation)
        self.open_links += is_link
        return is_link

    def begin_page(self, page_box: Any, tags: dict[Any, dict[str, Any]]) -> None:
        """Take the marks of margin boxes out of ``tags``, and number the others anew."""
        artifacts = {}
        for child in page_box.children:
            if isinstance(child, boxes.MarginBox):
                properties = _pagination(child.at_keyword)
                for box in child.descendants(placeholders=True):
                    if mark := tags.pop(_unwrapped(box), None):
                        artifacts[mark["mcid"]] = properties
        renumbered = {}
        for number, mark in enumerate(sorted(tags.values(), key=lambda each: each["mcid"])):
            renumbered[mark["mcid"]] = number
            mark["mcid"] = number
        self.pages.append(_PageMarks(tags, artifacts, renumbered))

    def finish(self, _document: Any, pdf: Any) -> None:
        """Mend the whole PDF, just before it is written."""
        structure = resolved(pdf, pdf.catalog["StructTreeRoot"])
        for page in self.pages:
            _rewrite_marks(pdf, page)
        for page in map(pdf.objects.__getitem__, pdf.pages["Kids"][::3]):
            if "Annots" in page:
                page["Annots"][:] = [each for each in page["Annots"] if each not in self.surplus]
        for element, box in self.found.values():
            _complete(element, box)
            if element["S"] == "/Figure":
                _put_in_points(element["A"]["BBox"], resolved(pdf, element["Pg"]))
        self._add_languages(pdf, structure)
        _add_identifier_tree(pdf, structure)

    def _add_languages(self, pdf: Any, structure: Any) -> None:
        """Name the language of each structure element that differs from the one around it."""
        languages = _languages(self.root)
        default = self.root.get("lang", "")
        pending = [(reference, default) for reference in structure["K"]]
        while pending:
            reference, language = pending.pop()
            element = resolved(pdf, reference)
            if element.get("Type") != "/StructElem":
                continue
            _, box = self.found.get(element.number, (None, None))
            own = languages.get(box.element, language) if box is not None else language
            if own != language and "Lang" not in element:
                element["Lang"] = pydyf.String(own)
                if element["S"] == "/NonStruct" and isinstance(box, boxes.InlineBox):
                    element["S"] = "/Span"
            pending += [(kid, own) for kid in element["K"] if isinstance(kid, bytes)]


_current: ContextVar[_Tagging | None] = ContextVar("handouts_tagging", default=None)
_original: Callable[..., Iterator[Any]]


def _with_tagging(
    box: Any,
    parent: Any,
    pdf: Any,
    page_number: int,
    nums: dict[int, Any],
    annotations: list[Any],
    tags: dict[Any, dict[str, Any]],
) -> Iterator[Any]:
    """``_build_box_tree``, keeping account of boxes; it is called again for each child box."""
    tagging = _current.get()
    if tagging is not None:
        box = _unwrapped(box)
        if isinstance(box, boxes.MarginBox):
            return
        if isinstance(box, boxes.PageBox):
            tagging.begin_page(box, tags)
        is_link = tagging.enter_link(box)
    for element in _original(box, parent, pdf, page_number, nums, annotations, tags):
        if tagging is not None:
            tagging.found.setdefault(element.number, (element, box))
        yield element
    if tagging is not None:
        tagging.open_links -= is_link


def _unwrapped(box: Any) -> Any:
    return box._box if isinstance(box, AbsolutePlaceholder) else box


def resolved(pdf: Any, reference: bytes) -> Any:
    """The object behind ``12 0 R``."""
    return pdf.objects[int(reference.split()[0])]


def _pagination(at_keyword: str) -> Any:
    """The property list of an artifact in a margin box such as ``@bottom-center``."""
    properties = pydyf.Dictionary({"Type": "/Pagination"})
    side = at_keyword.removeprefix("@").split("-")[0]
    if side in ("top", "bottom"):
        properties["Subtype"] = "/Header" if side == "top" else "/Footer"
    if side in ("top", "bottom", "left", "right"):
        properties["Attached"] = pydyf.Array([f"/{side.capitalize()}"])
    return properties


def _rewrite_marks(pdf: Any, page: _PageMarks) -> None:
    """Turn ``/Span <</MCID 7>> BDC`` of margin boxes into an artifact, number the others anew."""
    for stream in pdf.objects:
        if getattr(stream, "_tags", None) is not page.tags:
            continue
        items = stream.stream
        for place, item in enumerate(items):
            if not (isinstance(item, pydyf.Dictionary) and "MCID" in item):
                continue
            number = item["MCID"]
            if number in page.artifacts:
                items[place - 1 : place + 1] = ["/Artifact", page.artifacts[number]]
            else:
                item["MCID"] = page.renumbered[number]


def _complete(element: Any, box: Any) -> None:
    """Add what the HTML says about one structure element."""
    html, kind = box.element, element["S"]
    if kind == "/TH" and (scope := _SCOPES.get(html.get("scope", "").lower())):
        element["A"]["Scope"] = scope
    elif kind == "/L" and box.element_tag in ("ul", "ol"):
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": _numbering(box)})
    elif kind == "/Link" and not box.link_annotation:
        element["S"] = "/Span"  # an anchor, or generated text in a link
    elif box.element_tag == "abbr" and (expansion := html.get("title", "").strip()):
        element["S"] = "/Span"
        element["E"] = pydyf.String(expansion)
    if annotation := box.link_annotation:
        annotation["F"] = 4
        if text := " ".join("".join(html.itertext()).split()):
            annotation["Contents"] = pydyf.String(text)


def _put_in_points(area: Any, page: Any) -> None:
    """Give the area of a figure as PDF wants it (ISO 32000-1, 14.8.5.4.3).

    WeasyPrint gives it in CSS pixels from the upper left corner.
    """
    height = page["MediaBox"][3]
    left, top, right, bottom = (each * POINTS_PER_PIXEL for each in area)
    area[:] = [left, height - bottom, right, height - top]


def _numbering(box: Any) -> str:
    """How a list is numbered, in the words of PDF 1.7; its own marks count as bullets."""
    style = box.style["list_style_type"]
    other = "/Decimal" if box.element_tag == "ol" else "/Disc"
    return _NUMBERINGS.get(style, other) if isinstance(style, str) else other


def _languages(root: Any) -> dict[Any, str]:
    """The language of each HTML element: its own ``lang``, or the nearest one around it."""
    languages: dict[Any, str] = {}
    pending = [(root, "")]
    while pending:
        element, language = pending.pop()
        languages[element] = own = element.get("lang", language)
        pending += [(child, own) for child in element]
    return languages


def _add_identifier_tree(pdf: Any, structure: Any) -> None:
    """List the identifiers that table cells use to name their headers."""
    identified = {
        element["ID"].data: element
        for element in pdf.objects
        if isinstance(element, pydyf.Dictionary) and "ID" in element and "S" in element
    }
    if not identified:
        return
    names = pydyf.Array()
    for identifier in sorted(identified):
        names += [identifier, identified[identifier].reference]
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    structure["IDTree"] = tree.reference
