"""The structure tree and the pages fit together, one to one, and lead to each other and back.

The rules are those of ISO 32000-1, 14.7 (structure elements, parent tree, object references) and
of ISO 14289-1 (PDF/UA-1), 7. Validators of PDF/UA let many breaches of them pass.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handouts.checks.printed import printed
from handouts.checks.tree import NO_OBJECT
from handouts.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.checks.printed import Printed
    from handouts.checks.tree import ObjectId, Tree
    from handouts.rendering.pdf import PdfDocument

_SHOWN_AT_MOST = 5


def check_structure(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``pdf-structure``: one element holds each piece of marked content, and each exists.

    Each element stands in the tree once, and names the one around it as its parent; header cells
    have a scope, and the identifiers that cells name are in the identifier tree.
    """
    file = printed(document.data)
    problems = [*_wrongly_held(file), *_wrong_parents(file.tree), *_wrong_headers(file.tree)]
    hint = "a screen reader reads what the structure holds: look at the HTML of these words"
    return told("pdf-structure", problems, path=path, hint=hint)


def check_parent_tree(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``pdf-parent-tree``: it leads from all marked content back to its element, nowhere else."""
    problems = list(_wrong_ways_back(printed(document.data).tree))
    hint = "a fault of the program: a reader who points at these words does not hear them"
    return told("pdf-parent-tree", problems, path=path, hint=hint)


def check_links(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``pdf-link``: each annotation is in the structure once, leads back to it, and is described.

    All annotations that the structure names are on a page.
    """
    problems = list(_wrong_annotations(printed(document.data).tree))
    hint = "a link needs words of its own, and can't stand in another link"
    return told("pdf-link", problems, path=path, hint=hint)


def told(
    code: str, problems: Sequence[str], *, path: str | None, hint: str | None
) -> list[Diagnostic]:
    """The first of many problems of one kind, and how many more there are."""
    found = [error(code, each, path=path, hint=hint) for each in problems[:_SHOWN_AT_MOST]]
    if more := len(problems) - len(found):
        found.append(error(code, f"{more} more problems of this kind", path=path, hint=hint))
    return found


def _wrongly_held(file: Printed) -> Iterator[str]:
    """Marked content that no element holds, or several do, and elements that hold nothing."""
    held = Counter(file.tree.marks)
    there = {(page.number, number) for page in file.pages for number in page.marks}
    for page, number in sorted(held.keys() | there):
        holders = held[page, number]
        if (page, number) not in there:
            yield f"content {number} of page {page} is in the structure, but not on the page"
        elif holders == 0:
            yield f"content {number} of page {page} is not in the structure"
        elif holders > 1:
            yield f"content {number} of page {page} is in the structure more than once"


def _wrong_parents(tree: Tree) -> Iterator[str]:
    for kind, page in tree.repeated:
        yield f"an element {kind} of page {page} stands in the structure more than once"
    for element in tree.elements:
        if element.parent != element.said_parent:
            name = f"an element {element.kind} of page {element.page}"
            yield f"{name} names another element as its parent"


def _wrong_headers(tree: Tree) -> Iterator[str]:
    for element in tree.elements:
        if element.kind == "TH" and not element.scope:
            yield f"a header cell on page {element.page} has no scope"
        if element.identifier and tree.identifiers.get(element.identifier) != element.identity:
            yield f"the identifier of a cell on page {element.page} is not in the identifier tree"
        if any(header not in tree.identifiers for header in element.headers):
            yield f"a cell on page {element.page} names a header that does not exist"


def _wrong_ways_back(tree: Tree) -> Iterator[str]:
    if list(tree.parent_keys) != sorted(set(tree.parent_keys)):
        yield "the keys of the parent tree are not in order"
    if surplus := tree.mark_parents.keys() - set(tree.page_keys):
        yield f"a list of the parent tree belongs to no page ({min(surplus)})"
    ways = {
        (page, number): identity
        for page, key in enumerate(tree.page_keys, start=1)
        for number, identity in enumerate(tree.mark_parents.get(key, ()) if key is not None else ())
    }
    holders = {mark: element.identity for element in tree.elements for mark in element.marks}
    for page, number in sorted(holders.keys() | ways.keys()):
        holder, found = holders.get((page, number)), ways.get((page, number), NO_OBJECT)
        if holder is None and found != NO_OBJECT:
            what = "an element that does not hold it"
            yield f"the parent tree leads from content {number} of page {page} to {what}"
        elif holder is not None and found != holder:
            yield f"the parent tree does not lead from content {number} of page {page} back"


def _wrong_annotations(tree: Tree) -> Iterator[str]:
    holders: dict[ObjectId, list[ObjectId]] = {}
    for element in tree.elements:
        for annotation in element.annotations:
            holders.setdefault(annotation, []).append(element.identity)
    for link in tree.annotations:
        held_by = holders.pop(link.identity, [])
        if not held_by:
            yield f"a link on page {link.page} is not in the structure"
        elif len(held_by) > 1:
            yield f"a link on page {link.page} is in the structure more than once"
        elif link.key is None or tree.annotation_parents.get(link.key) != held_by[0]:
            yield f"the parent tree does not lead from a link on page {link.page} back"
        if not link.contents.strip():
            yield f"a link on page {link.page} has no description"
    keys = {link.key for link in tree.annotations}
    for key in sorted(tree.annotation_parents.keys() - keys):
        yield f"an entry of the parent tree belongs to no link ({key})"
    for element in tree.elements:
        if not holders.keys().isdisjoint(element.annotations):
            yield f"a link in the structure is not on page {element.page}"
