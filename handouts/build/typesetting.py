"""Sets documents on paper: the look of their edition, and the fit to their page."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
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
    from handouts.rendering.papers import Move, move_between
    from handouts.rendering.pdf import PdfDocument, Renderer, forget_drawings, renderer_for

_LAYOUT_ENGINE = frozenset({"weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2"})

_LAID_OUT_ON = Paper.A4
"""The paper that documents are laid out on, whichever they are for: their live areas are the same.

So a sheet has the same lines on all papers. An override that gives a paper more than a size and
margins has its layout on that paper; a fit is found on this one all the same.
"""


@dataclass
class CannotRender(InvalidInput):
    """The layout engine has failed over what it was given; ``trace`` is its traceback."""

    trace: str = ""


class Typesetter:
    """Sets the documents of one project."""

    def __init__(self, folders: Folders, look: Look) -> None:
        self._folders, self._look = folders, look
        self._base = folders.templates[-1]

    def begin(self) -> None:
        """Another document comes, or another format of it; what is kept is of the one before."""
        forget_drawings()

    def fitted(self, document: HtmlDocument, edition: Edition, read: Read) -> HtmlDocument:
        """The document with its words set so that they take one page.

        If nothing does, they are set as tightly as may be; the checks then say what runs over.

        Raises:
            CannotRender: the layout engine fails.
        """
        on = replace(edition, paper=_LAID_OUT_ON)

        def room(fit: Fit) -> float | None:
            with self._failures(document):
                renderer = self._renderer(document, on, read)
                return renderer.room(document.printed(fit), base_url=self._base, read=read)

        return document.fitted(best_fit(document.ranks, room) or Fit(0, TIGHTEST))

    def render(self, document: HtmlDocument, edition: Edition, read: Read) -> PdfDocument:
        """The document as PDF.

        Raises:
            CannotRender: the layout engine fails.
        """
        identity = Identity(
            document.reference, document.version, document.fingerprint, edition.pdf_path
        )
        html, on = document.html, replace(edition, paper=_LAID_OUT_ON)
        with self._failures(document):
            if edition != on and (move := self._move(document, edition, read)):
                moved = self._renderer(document, on, read).render_moved(
                    html, move, base_url=self._base, path=document.source, read=read,
                    identity=identity,
                )  # fmt: skip
                if moved is not None:
                    return moved
            return self._renderer(document, edition, read).render(
                html, base_url=self._base, path=document.source, read=read, identity=identity
            )

    def pages(
        self, document: HtmlDocument, edition: Edition, read: Read
    ) -> tuple[int, Iterator[bytes]]:
        """How many pages the document takes, and each as a PDF of its own, to look at.

        Raises:
            CannotRender: the layout engine fails.
        """
        with self._failures(document):
            return self._renderer(document, edition, read).sketch(
                document.html, base_url=self._base, read=read
            )

    def _renderer(self, document: HtmlDocument, edition: Edition, read: Read) -> Renderer:
        names = (document.stylesheet, _of_paper(document, edition.paper))
        for name in names:
            self._look.style(name, read)
        styles = self._folders.styles
        return renderer_for(
            tuple(styles[0] / name for name in names),
            folders=styles,
            read=read,
            root=self._folders.root,
        )

    def _move(self, document: HtmlDocument, edition: Edition, read: Read) -> Move | None:
        """The way from the paper of the layout to that of an edition, if there is one."""
        of_layout, of_paper = (
            read(self._look.style(_of_paper(document, paper), read)).decode()
            for paper in (_LAID_OUT_ON, edition.paper)
        )
        return move_between(of_layout, of_paper)

    @contextmanager
    def _failures(self, document: HtmlDocument) -> Iterator[None]:
        """Raise a failure of the layout engine as what it is; any other is a bug of ours."""
        try:
            yield
        except Exception as problem:
            failure = self._failure(problem, document)
            if failure is problem:
                raise
            raise failure from problem

    def _failure(self, problem: Exception, document: HtmlDocument) -> Exception:
        """What to raise: a failure of the layout engine is no bug of ours, any other is."""
        if isinstance(problem, InvalidInput) and any(not each.path for each in problem.diagnostics):
            named = (
                replace(each, path=each.path or document.source) for each in problem.diagnostics
            )
            return InvalidInput(tuple(named))
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


def _of_paper(document: HtmlDocument, paper: Paper) -> str:
    """The name of the stylesheet that a kind of document has for a paper."""
    return f"{document.stylesheet.removesuffix('.css')}.{paper}.css"


def _is_of_layout(problem: Exception) -> bool:
    """Whether the layout engine, and nothing of this program that it called, has failed."""
    for frame in reversed(traceback.extract_tb(problem.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(package_folder()):
            return False
        if not _LAYOUT_ENGINE.isdisjoint(path.parts):
            return True
    return False
