"""What a preview makes of what its processes say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from handouts.build.folders import Folders
from handouts.build.request import Request
from handouts.preview import session
from handouts.preview.messages import Message, Turn
from handouts.preview.session import Session
from handouts.preview.shelf import Shelf
from tests.projects import Project


class Process:
    """A process that does what the test says.

    Attributes:
        tell: gives the session a word of it.
        asked: the turns it was asked for.
    """

    def __init__(
        self, name: str, start: object, tell: Callable[[Message], None], *, patience: float
    ) -> None:
        del name, start, patience
        self.tell = tell
        self.asked: list[Turn] = []

    def ask(self, turn: Turn) -> None:
        self.asked.append(turn)

    def stop(self) -> None:
        pass


class Preview:
    """A session with processes of the test's own: one that looks, one that builds."""

    def __init__(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        made: list[Process] = []

        def child(*arguments: Any, **options: Any) -> Process:
            made.append(Process(*arguments, **options))
            return made[-1]

        monkeypatch.setattr(session, "Child", child)
        folders = Folders(project.root, project.root / "content", project.output)
        self.shelf = Shelf(folders)
        self.shelf.begin()
        self.session = Session(self.shelf, Request())
        self.looker, self.builder = made

    def shows(self, event: str, document: str = "") -> dict[str, Any]:
        """What a page is told now."""
        states = self.session.states(document, "", "", beat=0)
        told = dict(filter(None, (next(states) for _ in range(3 if document else 2))))
        return told[event]


@pytest.fixture
def preview(project: Project, monkeypatch: pytest.MonkeyPatch) -> Preview:
    return Preview(project, monkeypatch)


def test_that_changes_are_not_noticed_is_said_as_long_as_it_is_so(preview: Preview) -> None:
    preview.session.unwatched("the limit is reached")
    assert "the limit is reached" in preview.shows("library")["trouble"]
    preview.session.unwatched("")
    assert preview.shows("library")["trouble"] == ""
