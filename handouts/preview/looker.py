"""Draws what is looked at, as fast as it can: the page for screens first, then the printed pages.

It checks nothing; that is done behind it. A page for clinicians is set at first as it was set the
last time, and then made to fit.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.build.dependencies import foundation
from handouts.build.folders import Folders
from handouts.build.fonts import use_fonts
from handouts.build.inputs import Recorder, digest_of
from handouts.build.plan import plan_for, title_of
from handouts.build.request import Request
from handouts.build.result import Setup
from handouts.diagnostics import InvalidInput, in_order
from handouts.loading.library import load_library
from handouts.preview.child import Inbox
from handouts.preview.messages import Composed, Drawn, Listed, Message, Refused, Styled, Turn

if TYPE_CHECKING:
    from handouts.build.typesetting import Typesetter
    from handouts.loading.library import Library
    from handouts.models.edition import Edition
    from handouts.rendering.compose import HtmlDocument
    from handouts.rendering.fit import Fit

PIXELS = 900
"""Width of the picture of a page."""


@dataclass(frozen=True, slots=True)
class LookerStart:
    """Makes the worker in its process.

    Attributes:
        folders: of the project; its output is what the preview serves.
        request: the clinics that are previewed.
    """

    folders: Folders
    request: Request

    def __call__(self, tell: Callable[[Message], None], inbox: Inbox) -> Looker:
        """The worker, with all imports made."""
        use_fonts(self.folders)
        return Looker(self.folders, self.request, tell, inbox)


class Looker:
    """Draws editions, one turn after another."""

    def __init__(
        self, folders: Folders, request: Request, tell: Callable[[Message], None], inbox: Inbox
    ) -> None:
        from handouts.build import job, memory, typesetting  # noqa: PLC0415  (after the fonts)

        self._job, self._typesetting = job, typesetting
        self._folders, self._request, self._tell, self._inbox = folders, request, tell, inbox
        self._listed: tuple[object, ...] = ()
        self._styles = ""
        self._shown: dict[Edition, str] = {}
        self._fits: dict[Edition, Fit] = {}
        memory.settle()

    def work(self, turn: Turn) -> None:
        """Draw what is looked at."""
        self._shown = {e: digest for e, digest in self._shown.items() if e in turn.editions}
        for edition in turn.editions:
            if edition not in self._shown:
                self._show_published(edition, turn)
        try:
            library = load_library(self._folders.content, self._folders.root)
            self._list(library, turn)
        except InvalidInput as invalid:
            self._tell(Refused(turn.number, None, in_order(invalid.diagnostics)))
            return
        self._send_styles(turn)
        for edition in turn.editions:
            self._inbox.yield_to_newer()
            self._look(edition, library, turn)

    def _list(self, library: Library, turn: Turn) -> None:
        plan = plan_for(self._request, library)
        titles = {each: title_of(each, library) for each in plan.editions}
        title = library.project.value.title
        listed = (title, tuple(titles.items()))
        if listed != self._listed:
            self._listed = listed
            self._tell(Listed(turn.number, title, titles))

    def _send_styles(self, turn: Turn) -> None:
        from handouts.build.assets import assets_of  # noqa: PLC0415

        files = assets_of(self._folders).files
        styles = {path: data for path, data in files.items() if path.endswith(".css")}
        digest = digest_of(repr(sorted(styles.items())).encode())
        if digest != self._styles:
            self._styles = digest
            self._tell(Styled(turn.number, styles))

    def _show_published(self, edition: Edition, turn: Turn) -> None:
        """What an earlier build has made, until there is something newer."""
        try:
            data = (self._folders.output / edition.pdf_path).read_bytes()
            self._draw(edition, data, turn)
        except (OSError, RuntimeError):  # there is none, or it is damaged: it is made anew
            return

    def _look(self, edition: Edition, library: Library, turn: Turn) -> None:
        own = library.failed.intersection(foundation(edition, self._folders))
        if own:
            found = in_order(each for each in library.problems if each.path in own)
            self._tell(Refused(turn.number, edition, found))
            return
        press = self._job.Press(self._setup(turn.today), library)
        recorder = Recorder(self._folders)

        def read(path: Path) -> bytes:
            self._inbox.yield_to_newer()
            return recorder.read(path)

        try:
            document = press.compose(edition)
            self._tell(Composed(turn.number, edition, document.twin.encode()))
            look = self._job.look_of(self._folders)
            typesetter = self._typesetting.Typesetter(self._folders, look)
            for each in self._settings(document, edition, typesetter, read):
                self._draw(edition, typesetter.render(each, edition, read).data, turn)
        except Exception as problem:
            # The press says what is wrong with the lines and files that people know, bugs too.
            result = press.make(edition)
            said = (*result.diagnostics, *result.page_diagnostics)
            if result.entry is not None:
                said = problem.diagnostics if isinstance(problem, InvalidInput) else ()
            if result.crash:
                print(result.crash, file=sys.stderr, flush=True)
            if said:
                self._tell(Refused(turn.number, edition, in_order(said)))

    def _settings(
        self,
        document: HtmlDocument,
        edition: Edition,
        typesetter: Typesetter,
        read: Callable[[Path], bytes],
    ) -> Iterator[HtmlDocument]:
        """The document as it is set: at once, and again if that was no good guess."""
        if not edition.kind.fits_its_page:
            yield document
            return
        guess = self._fits.get(edition)
        if guess is not None:
            yield document.fitted(guess)
        fitted = typesetter.fitted(document, edition, read)
        self._fits[edition] = fitted.fit
        if fitted.fit != guess:
            yield fitted

    def _draw(self, edition: Edition, data: bytes, turn: Turn) -> None:
        """Tell what the pages of a PDF look like, the first one as soon as it is drawn."""
        import pypdfium2  # noqa: PLC0415

        if self._shown.get(edition) == (digest := digest_of(data)):
            return
        pictures: list[bytes] = []
        document = pypdfium2.PdfDocument(data)
        try:
            count = len(document)
            for page in document:
                pictures.append(_picture(page))
                if len(pictures) in {1, count}:
                    self._tell(Drawn(turn.number, edition, tuple(pictures), count))
        finally:
            document.close()
        self._shown[edition] = digest

    def _setup(self, today: date) -> Setup:
        return Setup(self._folders, today, publish=False)


def _picture(page: object) -> bytes:
    bitmap = page.render(scale=PIXELS / page.get_width())  # type: ignore[attr-defined]
    try:
        target = BytesIO()
        bitmap.to_pil().save(target, "PNG", compress_level=1)
    finally:
        bitmap.close()
        page.close()  # type: ignore[attr-defined]
    return target.getvalue()
