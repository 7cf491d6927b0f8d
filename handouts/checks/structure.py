"""What a reader with a screen reader gets: valid PDF/UA-1, sound structure, metadata, bookmarks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import page as page_validation

from handouts.checks.printed import printed
from handouts.diagnostics import Diagnostic, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.checks.printed import Printed
    from handouts.rendering.pdf import PdfDocument

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DATES = ("CreationDate", "ModDate")
_SHOWN_AT_MOST = 5


def check_pdf_ua(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``pdf-ua``: the file passes the checks of PDF/UA-1 that a program can make."""
    report = page_validation.validate_pdf_bytes(
        document.data, profile=page_validation.ValidationProfile.PDF_UA_1
    )
    failures = dict.fromkeys(f"{each.rule_id}: {each.message}" for each in report.failures)
    return [error("pdf-ua", message, path=path) for message in failures]


def check_structure(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``pdf-structure``: content and structure fit together, one to one.

    All that is painted is marked content or an artifact; each piece of marked content is held by
    one element, and the parent tree leads back to it; the same for links; header cells have a
    scope, and the identifiers that cells name are in the identifier tree.
    """
    file = printed(document.data)
    problems = [
        *_unmarked(file),
        *_wrongly_held(file),
        *_wrong_parents(file),
        *_wrong_annotations(file),
        *_wrong_headers(file),
    ]
    found = [error("pdf-structure", each, path=path) for each in problems[:_SHOWN_AT_MOST]]
    if more := len(problems) - len(found):
        message = f"{more} more problems of this kind"
        found.append(error("pdf-structure", message, path=path))
    return found


def check_metadata(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``pdf-metadata``: language and title are set, and no time of making is.

    A missing author, subject or list of keywords is a warning.
    """
    metadata = printed(document.data).metadata
    found = []
    if not _LANGUAGE.fullmatch(metadata.language):
        message = (
            f"the PDF's language is `{metadata.language}`"
            if metadata.language
            else ("the PDF has no language")
        )
        hint = "set `lang` on the `html` element"
        found.append(error("pdf-metadata", message, path=path, hint=hint))
    if not metadata.info.get("Title", "").strip():
        found.append(error("pdf-metadata", "the PDF has no title", path=path))
    if not metadata.shows_title:
        message = "a viewer shows the file's name instead of the title"
        found.append(error("pdf-metadata", message, path=path))
    if dates := [name for name in _DATES if name in metadata.info]:
        found.append(error("pdf-metadata", f"the PDF carries a time ({dates[0]})", path=path))
    if not re.search(r"pdfuaid:part\s*(=\s*[\"']1|>\s*1)", metadata.xmp):
        found.append(error("pdf-metadata", "the PDF does not say that it is PDF/UA-1", path=path))
    for name in ("Author", "Subject", "Keywords"):
        if not metadata.info.get(name, "").strip():
            message = f"the PDF's {name.lower()} is not set"
            found.append(warning("pdf-metadata", message, path=path))
    return found


def check_bookmarks(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``wrong-bookmarks``: the bookmarks are the headings, in order, with their levels."""
    headings = [(each.level, each.text) for each in document.layout.headings]
    marks = [
        (level, " ".join(title.split()))
        for level, title in printed(document.data).metadata.bookmarks
    ]
    for index in range(max(len(headings), len(marks))):
        heading = headings[index] if index < len(headings) else None
        mark = marks[index] if index < len(marks) else None
        if heading and mark and heading[0] == mark[0] and _packed(heading[1]) == _packed(mark[1]):
            continue
        if heading is None or mark is None:
            text = (heading or mark or (0, ""))[1]
            which = "heading has no bookmark" if mark is None else "bookmark has no heading"
            message = f"a {which}: `{text}`"
        else:
            message = (
                f"the bookmark `{mark[1]}` (level {mark[0]}) stands for "
                f"the heading `{heading[1]}` (level {heading[0]})"
            )
        return [error("wrong-bookmarks", message, path=path)]
    return []


def _packed(text: str) -> str:
    """The text without white space: a heading that wraps has a line end where a space was."""
    return "".join(text.split())


def _unmarked(file: Printed) -> Iterator[str]:
    for page in file.pages:
        if page.unmarked:
            kinds = ", ".join(dict.fromkeys(page.unmarked))
            yield f"page {page.number} paints outside of the structure ({kinds})"
        if page.marks_in_forms:
            yield f"page {page.number} has marked content in a form (`opacity` does that)"


def _wrongly_held(file: Printed) -> Iterator[str]:
    """Marked content that no element holds, or several do, and elements that hold nothing."""
    held = Counter(mark for element in file.tree.elements for mark in element.marks)
    there = Counter((page.number, number) for page in file.pages for number in page.marks)
    for page, number in sorted(held.keys() | there.keys()):
        holders, times = held[page, number], there[page, number]
        if times > 1:
            yield f"page {page} has content {number} more than once"
        if times == 0:
            yield f"content {number} of page {page} is in the structure, but not on the page"
        elif holders == 0:
            yield f"content {number} of page {page} is not in the structure"
        elif holders > 1:
            yield f"content {number} of page {page} is in the structure more than once"


def _wrong_parents(file: Printed) -> Iterator[str]:
    """Parents that elements name, and the parent tree."""
    tree = file.tree
    for element in tree.elements:
        if element.parent != element.said_parent:
            yield f"an element {element.kind} names another element as its parent"
        for page, number in element.marks:
            key = tree.page_keys[page - 1] if 0 < page <= len(tree.page_keys) else None
            parents = tree.parents.get(key, ()) if key is not None else ()
            listed = parents[number] if _has(parents, number) else None
            if listed != element.identity:
                yield f"the parent tree does not lead from content {number} of page {page} back"


def _wrong_annotations(file: Printed) -> Iterator[str]:
    tree = file.tree
    holders = {
        annotation: element for element in tree.elements for annotation in element.annotations
    }
    for annotation in tree.annotations:
        holder = holders.get(annotation.identity)
        if holder is None:
            yield f"a link on page {annotation.page} is not in the structure"
        elif annotation.key is None or tree.parents.get(annotation.key) != holder.identity:
            yield f"the parent tree does not lead from a link on page {annotation.page} back"
        if not annotation.contents.strip():
            yield f"a link on page {annotation.page} has no description"


def _wrong_headers(file: Printed) -> Iterator[str]:
    tree = file.tree
    for element in tree.elements:
        if element.kind == "TH" and not element.scope:
            yield "a header cell has no scope"
        if element.identifier and tree.identifiers.get(element.identifier) != element.identity:
            yield "the identifier of an element is not in the identifier tree"
        if any(header not in tree.identifiers for header in element.headers):
            yield "a cell names a header that does not exist"


def _has(parents: object, number: int) -> bool:
    return isinstance(parents, tuple) and 0 <= number < len(parents)
