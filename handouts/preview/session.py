"""One preview: who looks at what, what has changed, and what has come of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from handouts.build.limits import GRACE, Limits
from handouts.build.request import Request
from handouts.build.site.names import PAGE
from handouts.diagnostics import Diagnostic, InvalidInput, error
from handouts.models.edition import Edition
from handouts.preview.builder import BuilderStart
from handouts.preview.child import Child
from handouts.preview.drawings import Drawings
from handouts.preview.looker import SECONDS, LookerStart
from handouts.preview.messages import (
    Built,
    Checked,
    Composed,
    Drawn,
    Ended,
    Finished,
    Listed,
    Making,
    Message,
    Refused,
    Styled,
    Turn,
)
from handouts.preview.shelf import Shelf
from handouts.preview.views import Shown, View

_PATIENCE = 60.0
"""Seconds that loading may take, beyond the limit of one document."""


class Session:
    """The state of a preview; all its methods may be called from any thread.

    Args:
        shelf: its folders.
        request: the clinics that are previewed.
    """

    def __init__(self, shelf: Shelf, request: Request) -> None:
        self._shelf = shelf
        self._changed = threading.Condition(threading.RLock())
        self._version = 0
        self._stopped = False
        self._turn = 0
        self._waiting: Turn | None = None
        self._shown = Shown(library=int((shelf.served.output / PAGE).is_file()))
        self._looking: list[tuple[str, str, str]] = []
        self._drawings = Drawings()
        self._looker = Child(
            "looker", LookerStart(shelf.served, request), self._hear_looker,
            patience=SECONDS + GRACE,
        )  # fmt: skip
        self._builder = Child(
            "builder", BuilderStart(shelf.build, request), self._hear_builder,
            patience=Limits().seconds + GRACE + _PATIENCE,
        )  # fmt: skip
        self.edited()

    def edited(self, *, fonts: bool = False) -> None:
        """Something has changed on the disk.

        Args:
            fonts: what has changed are font files, which a process takes in only once.
        """
        with self._changed:
            if fonts:
                self._looker.renew()
                self._builder.renew()
            for view in self._shown.views.values():
                view.is_checked = False
            self._shown.is_building = True
            self._ask(whole=True)
            self._say()

    def unwatched(self, reason: str) -> None:
        """Changes on the disk are not noticed any more; with an empty reason, they are again."""
        with self._changed:
            self._shown.unwatched = reason
            self._say()

    @contextmanager
    def looking(self, document: str, form: str, paper: str) -> Iterator[None]:
        """While somebody looks at an edition, it is drawn first."""
        wanted = (document, form, paper)
        with self._changed:
            self._looking.insert(0, wanted)
            if document:
                self._ask(whole=False)
        try:
            yield
        finally:
            with self._changed:
                self._looking.remove(wanted)

    def states(
        self, document: str, form: str, paper: str, *, beat: float
    ) -> Iterator[tuple[str, dict[str, Any]] | None]:
        """What there is to see, as events: now, and whenever it has changed; None at each beat."""
        seen = -1
        before: dict[str, Any] = {}
        while True:
            with self._changed:
                if self._version == seen and not self._stopped:
                    self._changed.wait(beat)
                changed = self._version != seen
                if self._stopped:
                    return
                seen = self._version
                events = {
                    "documents": self._shown.documents_json(),
                    "library": self._shown.library_json(),
                }
                if document and (edition := self._shown.edition(document, form, paper)):
                    events["view"] = self._shown.view_json(edition)
                elif document and self._shown.titles:
                    events["view"] = {"document": document, "state": "gone"}
            if not changed:
                yield None
            for name, state in events.items():
                if before.get(name) != state:
                    before[name] = state
                    yield name, state

    def picture(self, digest: str) -> bytes | None:
        """The picture of a page."""
        with self._changed:
            return self._drawings.picture(digest)

    def now(self, path: str) -> bytes | None:
        """A file of a page for screens as it was drawn last, which may not be published yet."""
        with self._changed:
            return self._drawings.file(path)

    def stop(self) -> None:
        """End the processes, and everybody's waiting."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        self._looker.stop()
        self._builder.stop()

    def _ask(self, *, whole: bool) -> None:
        whole = whole or self._shown.is_building  # what is broken off here is taken up again
        self._turn += 1
        today = date.today()  # noqa: DTZ011  (where the clinic is)
        self._waiting = Turn(self._turn, today, self._editions(), whole)
        self._looker.ask(self._waiting)
        # The builder leaves off, so that the processors are free for what is looked at.
        self._builder.ask(Turn(self._turn, today, (), whole=False))

    def _editions(self) -> tuple[Edition, ...]:
        """What is looked at, the latest first."""
        found = (self._shown.edition(*each) for each in self._looking)
        return tuple(dict.fromkeys(each for each in found if each is not None))

    def _looked(self, turn: int) -> None:
        """What is looked at is drawn, or can't be: now it is checked, and the rest built."""
        if self._waiting is not None and self._waiting.number == turn:
            self._builder.ask(self._waiting)
            self._waiting = None

    def _say(self) -> None:
        self._version += 1
        self._changed.notify_all()

    def _hear_looker(self, message: Message) -> None:
        with self._changed:
            match message:
                case Listed():
                    is_first = not self._shown.titles
                    self._shown.title, self._shown.titles = message.title, message.titles
                    if is_first and any(document for document, _, _ in self._looking):
                        self._ask(whole=True)
                case Styled():
                    self._drawings.styles = message
                case Composed():
                    self._composed(message)
                case Drawn():
                    self._drawn(message)
                case Refused():
                    self._refused(message)
                case Ended():
                    self._shown.trouble = f"Drawing was broken off: {message.reason}."
                    if message.turn == self._turn:  # a newer one may have mended it
                        for edition in self._editions():
                            self._view(edition).refusal = (_broken_off("drawing", message),)
                    self._looked(message.turn)
                case Finished() if message.turn == self._turn:
                    self._shown.trouble = ""
                    self._looked(message.turn)
                case _:
                    return
            self._say()

    def _composed(self, message: Composed) -> None:
        view = self._view(message.edition)
        if view.refusal:
            view.refusal = view.problems = ()
        view.twin = self._drawings.add_twin(message.edition.twin_path, message.twin)

    def _drawn(self, message: Drawn) -> None:
        view = self._view(message.edition)
        digest = self._drawings.add_picture(message.picture)
        pages = [*view.pages[: message.count]]
        pages[message.place : message.place + 1] = [digest]
        view.pages = tuple(pages)

    def _refused(self, message: Refused) -> None:
        editions = self._shown.views if message.edition is None else (message.edition,)
        for edition in editions:
            self._view(edition).refusal = message.problems
        if message.edition is None:
            self._shown.problems = message.problems

    def _hear_builder(self, message: Message) -> None:
        with self._changed:
            match message:
                case Checked() if message.turn == self._turn:
                    view = self._view(message.edition)
                    view.problems = message.problems
                    view.is_checked, view.is_good = True, message.is_good
                case Making():
                    self._shown.making = (message.done, message.total)
                case Built() if message.turn == self._turn:
                    self._built(message)
                case Refused() if message.turn == self._turn:  # a bug
                    self._not_built(message.problems)
                case Ended() if message.turn == self._turn:
                    self._shown.trouble = f"The build was broken off: {message.reason}."
                    self._not_built((_broken_off("the build", message),))
                case _:
                    return
            self._say()

    def _not_built(self, problems: tuple[Diagnostic, ...]) -> None:
        """Nothing more comes of this turn: what was not checked by now is no good."""
        self._shown.is_building, self._shown.making = False, None
        self._shown.problems = problems
        for edition in self._editions():
            view = self._view(edition)
            if not view.is_checked:
                view.problems, view.is_checked, view.is_good = problems, True, False

    def _built(self, message: Built) -> None:
        report = message.report
        self._shown.is_building, self._shown.making = False, None
        self._shown.problems = report.diagnostics
        if "" in report.failed:  # nothing was built at all
            return
        self._shown.failed = frozenset(report.failed)
        try:
            self._shelf.bring_forward(report)
        except OSError as problem:
            reason = problem.strerror or problem
            self._shown.trouble = f"The preview's folder can't be written to: {reason}."
        except InvalidInput as invalid:
            self._shown.trouble = " ".join(f"{each.message}." for each in invalid.diagnostics)
        self._shown.library += 1

    def _view(self, edition: Edition) -> View:
        return self._shown.views.setdefault(edition, View())


def _broken_off(what: str, message: Ended) -> Diagnostic:
    return error(
        "worker-died",
        f"{what} was broken off: {message.reason}",
        hint="take back what changed last: it may want too much time or memory",
    )
