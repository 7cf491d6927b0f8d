"""Draws what is looked at, as fast as it can: the page for screens first, then the printed pages.

It checks nothing; that is done behind it. A page for clinicians is set at first as it was set the
last time, and then made to fit.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from handouts.build.dependencies import foundation, own_file
from handouts.build.folders import Folders
from handouts.build.fonts import use_fonts
from handouts.build.inputs import Recorder, digest_of, file_digest
from handouts.build.limits import Limits, TookTooLong, time_limit
from handouts.build.plan import plan_for, title_of
from handouts.build.request import Request
from handouts.build.result import Setup, too_hungry, too_slow
from handouts.diagnostics import InvalidInput, in_order
from handouts.loading.library import load_library
from handouts.preview.child import Inbox
from handouts.preview.messages import Composed, Drawn, Listed, Message, Refused, Styled, Turn
from handouts.preview.pictures import pictures_of

if TYPE_CHECKING:
    from handouts.build.job import Press
    from handouts.build.typesetting import Typesetter
    from handouts.loading.library import Library
    from handouts.models.edition import Edition
    from handouts.rendering.compose import HtmlDocument
    from handouts.rendering.fit import Fit

T = TypeVar("T")

_REMEMBERED = 4000
"""Files; those of a library of ordinary size, in several states."""

SECONDS = 60.0
"""That each part of a drawing may take; a build of one document has its own limit."""

_HANGS = "it may never come to an end: take back what changed last"


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
        self._shown: set[Edition] = set()
        self._remembered = Remembered()
        self._fits: dict[Edition, Fit] = {}
        memory.settle()

    def work(self, turn: Turn) -> None:
        """Draw what is looked at."""
        self._shown.intersection_update(turn.editions)
        for edition in turn.editions:
            if edition not in self._shown:
                self._show_published(edition, turn)
        try:
            library = load_library(self._folders.content, self._folders.root, self._remembered)
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
        digest = digest_of("".join(f"{path} {digest_of(files[path])}" for path in files).encode())
        if digest != self._styles:
            self._styles = digest
            self._tell(Styled(turn.number, files, digest))

    def _show_published(self, edition: Edition, turn: Turn) -> None:
        """What an earlier build has made, until there is something newer."""
        try:
            pictures = list(pictures_of((self._folders.output / edition.pdf_path).read_bytes()))
        except (OSError, RuntimeError):  # there is none, or it is damaged: it is made anew
            return
        for place, picture in enumerate(pictures):
            self._tell(Drawn(turn.number, edition, picture, place, len(pictures)))

    def _look(self, edition: Edition, library: Library, turn: Turn) -> None:
        # What the document needs may be in any file that can't be used, so all of these are said.
        broken = tuple(each for each in library.problems if each.path in library.failed)
        if library.failed.intersection(foundation(edition, self._folders)):
            self._tell(Refused(turn.number, edition, in_order(broken)))
            return
        setup = self._setup(turn.today)
        press = self._job.Press(setup, library)
        try:
            # What is told is told outside of the limit: a word that breaks off is no word.
            for message in in_time(self._steps(edition, press, turn), setup.limits.seconds):
                self._tell(message)
                self._inbox.yield_to_newer()
        except TookTooLong:
            slow = replace(too_slow(edition, setup), hint=_HANGS)
            self._tell(Refused(turn.number, edition, in_order((*broken, slow))))
        except MemoryError:
            large = too_hungry(edition, setup, own_file(edition, self._folders))
            self._tell(Refused(turn.number, edition, in_order((*broken, large))))
        except Exception as problem:
            # The press says what is wrong with the lines and files that people know, bugs too.
            result = press.make(edition)
            said = (*result.diagnostics, *result.page_diagnostics)
            if result.entry is not None:
                said = problem.diagnostics if isinstance(problem, InvalidInput) else ()
            if result.crash:
                print(result.crash, file=sys.stderr, flush=True)
            if said:
                self._tell(Refused(turn.number, edition, in_order((*broken, *said))))

    def _steps(self, edition: Edition, press: Press, turn: Turn) -> Iterator[Message]:
        """What comes of an edition, each part as soon as it is there."""
        recorder = Recorder(self._folders)

        def read(path: Path) -> bytes:
            self._inbox.yield_to_newer()
            return recorder.read(path)

        document = press.compose(edition)
        yield Composed(turn.number, edition, document.twin.encode())
        look = self._job.look_of(self._folders)
        typesetter = self._typesetting.Typesetter(self._folders, look)
        for each in self._settings(document, edition, typesetter, read):
            count, pages = typesetter.pages(each, edition, read)
            self._shown.add(edition)
            for place, picture in enumerate(chain.from_iterable(map(pictures_of, pages))):
                yield Drawn(turn.number, edition, picture, place, count)

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

    def _setup(self, today: date) -> Setup:
        return Setup(self._folders, today, limits=Limits(seconds=SECONDS))


def in_time(steps: Iterator[T], seconds: float) -> Iterator[T]:
    """The same, of which each may take so long.

    Raises:
        TookTooLong: one of them takes longer.
    """
    while True:
        with time_limit(seconds):
            try:
                step = next(steps)
            except StopIteration:
                return
        yield step


class Remembered:
    """What files of the content held when they were read, so that an edit costs one file."""

    def __init__(self) -> None:
        self._values: OrderedDict[tuple[str, str], Any] = OrderedDict()

    def get(self, path: Path, what: str, load: Callable[[], T]) -> T:
        """See ``handouts.loading.library.Keep``."""
        digest = file_digest(path)
        if digest is None:
            return load()
        key = what, digest
        if key not in self._values:
            value = load()
            if file_digest(path) != digest:  # it was changed meanwhile
                return value
            self._values[key] = value
        self._values.move_to_end(key)
        while len(self._values) > _REMEMBERED:
            self._values.popitem(last=False)
        found: T = self._values[key]
        return found
