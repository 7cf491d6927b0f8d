"""Sets documents on paper: the look of their edition, and the fit to their page."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from handouts.build.builtin import package_folder
from handouts.build.folders import Folders
from handouts.build.native import quick_lookup
from handouts.diagnostics import Diagnostic, InvalidInput, error, note
from handouts.models.edition import Edition, Paper
from handouts.rendering.fit import TIGHTEST, Fit, best_fit, counted
from handouts.rendering.identity import Identity

with quick_lookup():
    from handouts.rendering.compose import HtmlDocument, Look, Read
    from handouts.rendering.pdf import PdfDocument, render_pdf, room_on_page, sketched_pages

_LAYOUT_ENGINE = frozenset({"weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2"})

_FITTED_ON = Paper.A4
"""The paper on which a fit is found. It holds for all papers: their live areas are the same."""


@dataclass
class CannotRender(InvalidInput):
    """The layout engine has failed over what it was given; ``trace`` is its traceback."""

    trace: str = ""


class Typesetter:
    """Sets the documents of one project."""

    def __init__(self, folders: Folders, look: Look) -> None:
        self._folders, self._look = folders, look

    def fitted(self, document: HtmlDocument, edition: Edition, read: Read) -> HtmlDocument:
        """The document with its words set so that they take one page.

        If nothing does, they are set as tightly as may be; the checks then say what runs over.

        Raises:
            CannotRender: the layout engine fails.
        """
        on = replace(edition, paper=_FITTED_ON)

        def room(fit: Fit) -> float | None:
            options = self._options(document, on, read)
            try:
                return room_on_page(document.printed(fit), **options)  # type: ignore[arg-type]
            except Exception as problem:
                raise self._failure(problem, document) from problem

        return document.fitted(best_fit(document.ranks, room) or Fit(0, TIGHTEST))

    def render(self, document: HtmlDocument, edition: Edition, read: Read) -> PdfDocument:
        """The document as PDF.

        Raises:
            CannotRender: the layout engine fails.
        """
        options = {
            **self._options(document, edition, read),
            "path": document.source,
            "identity": Identity(
                document.reference, document.version, document.fingerprint, edition.pdf_path
            ),
        }
        try:
            return render_pdf(document.html, **options)  # type: ignore[arg-type]
        except Exception as problem:
            raise self._failure(problem, document) from problem

    def pages(
        self, document: HtmlDocument, edition: Edition, read: Read
    ) -> tuple[int, Iterator[bytes]]:
        """How many pages the document takes, and each as a PDF of its own, to look at.

        Raises:
            CannotRender: the layout engine fails.
        """
        options = self._options(document, edition, read)
        try:
            count, pages = sketched_pages(document.html, **options)  # type: ignore[arg-type]
        except Exception as problem:
            raise self._failure(problem, document) from problem
        return count, pages

    def _options(
        self, document: HtmlDocument, edition: Edition, read: Read
    ) -> Mapping[str, object]:
        entry, styles = document.stylesheet, self._folders.styles
        names = (entry, f"{entry.removesuffix('.css')}.{edition.paper}.css")
        for name in names:
            self._look.style(name, read)
        return {
            "base_url": self._folders.templates[-1],
            "stylesheets": [styles[0] / name for name in names],
            "folders": styles,
            "read": read,
            "root": self._folders.root,
        }

    def _failure(self, problem: Exception, document: HtmlDocument) -> Exception:
        """What to raise: a failure of the layout engine is no bug of ours, any other is."""
        if isinstance(problem, MemoryError) or not _is_of_layout(problem):
            return problem
        shown = self._folders.shown(self._folders.styles[0] / document.stylesheet)
        failure = error(
            "cannot-render",
            f"the layout engine fails over this document with {shown} ({type(problem).__name__})",
            path=document.source,
            hint="take back what changed last in the styles; -v prints where it fails",
        )
        return CannotRender((failure,), traceback.format_exc())


def fit_notes(document: HtmlDocument) -> tuple[Diagnostic, ...]:
    """``left-off``: what a page does not show because there is no room for it."""
    blocks = document.ranks.left_off(document.fit)
    if not blocks:
        return ()
    kinds = ", ".join(f"{kind} ({count})" for count, kind in counted(blocks))
    names = "; ".join(" ".join(each.name.split()) for each in blocks)
    return (
        note(
            "left-off",
            f"no room on the page for {kinds}: {names}",
            path=document.source,
            hint="the HTML page shows them; `priority` in the record decides what goes first",
        ),
    )


def _is_of_layout(problem: Exception) -> bool:
    """Whether the layout engine, and nothing of this program that it called, has failed."""
    for frame in reversed(traceback.extract_tb(problem.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(package_folder()):
            return False
        if not _LAYOUT_ENGINE.isdisjoint(path.parts):
            return True
    return False
