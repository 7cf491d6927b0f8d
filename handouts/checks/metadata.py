"""What the PDF says about itself: language, title, standard, and no time of making."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.checks.printed import printed
from handouts.diagnostics import Diagnostic, error, warning

if TYPE_CHECKING:
    from handouts.rendering.pdf import PdfDocument

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_STANDARDS = (
    ("PDF/UA-1", "pdfuaid:part", "1"),
    ("PDF/A-2", "pdfaid:part", "2"),
    ("PDF/A-2a", "pdfaid:conformance", "A"),
)
_DATES = ("CreationDate", "ModDate")


def check_metadata(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``pdf-metadata``: language and title are set, and no time of making is.

    A missing author, subject or list of keywords is a warning.
    """
    metadata = printed(document.data).metadata
    problems = []
    if not _LANGUAGE.fullmatch(metadata.language):
        own = f"'s language is `{metadata.language}`" if metadata.language else " has no language"
        problems.append((f"the PDF{own}", "set `lang` on the `html` element"))
    if not metadata.info.get("Title", "").strip():
        problems.append(("the PDF has no title", "give the page a `title` element"))
    if not metadata.shows_title:
        message = "a viewer shows the file's name instead of the title"
        problems.append((message, "the viewer preferences need `DisplayDocTitle`"))
    if dates := [name for name in _DATES if name in metadata.info]:
        message = f"the PDF carries a time ({dates[0]})"
        problems.append((message, "the same page must give the same bytes on any day"))
    for standard, name, value in _STANDARDS:
        if not re.search(rf"{name}\s*(=\s*[\"']|>\s*){value}", metadata.xmp):
            message = f"the PDF does not say that it is {standard}"
            problems.append((message, f"its metadata need `{name}`"))
    found = [error("pdf-metadata", each, path=path, hint=hint) for each, hint in problems]
    for name in ("Author", "Subject", "Keywords"):
        if not metadata.info.get(name, "").strip():
            message = f"the PDF's {name.lower()} is not set"
            hint = "give the page a `meta` element for it"
            found.append(warning("pdf-metadata", message, path=path, hint=hint))
    return found
