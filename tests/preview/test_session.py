"""What a preview makes of what its processes say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from handouts.build.folders import Folders
from handouts.build.report import Report
from handouts.build.request import Request
from handouts.diagnostics import InvalidInput, error
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.preview import session
from handouts.preview.messages import (
    Built,
    Checked,
    Composed,
    Drawn,
    Ended,
    Finished,
    Listed,
    Message,
    Refused,
    Turn,
)  # fmt: skip
from handouts.preview.session import Session
from handouts.preview.shelf import Shelf
from tests.projects import Project

HANDOUT = Edition(
    id="her2climb-stops-working", kind=Kind.PATIENT, language="en", format=Format.STANDARD,
    paper=Paper.A4, clinic="default",
)  # fmt: skip
BUG = error("internal-error", "KeyError: 'x'")


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

    @property
    def turn(self) -> int:
        """The newest turn there is."""
        return self.looker.asked[-1].number

    def looks(self) -> dict[str, Any]:
        """How the handout stands that is looked at."""
        return self.shows("view", HANDOUT.folder)

    def codes(self) -> list[str]:
        """Of its problems."""
        return [each["code"] for each in self.looks()["problems"]]

    def draws(self) -> None:
        """The looker has drawn the handout."""
        self.looker.tell(Composed(self.turn, HANDOUT, b"<p>"))
        self.looker.tell(Drawn(self.turn, HANDOUT, b"PNG", 0, 1))
        self.looker.tell(Finished(self.turn))


@pytest.fixture
def preview(project: Project, monkeypatch: pytest.MonkeyPatch) -> Preview:
    return Preview(project, monkeypatch)


@pytest.fixture
def looked_at(preview: Preview) -> Iterator[Preview]:
    """A preview whose handout is looked at and was drawn."""
    preview.looker.tell(Listed(preview.turn, "Library", {HANDOUT: "A handout"}))
    with preview.session.looking(HANDOUT.folder, "", ""):
        preview.draws()
        yield preview


def test_that_changes_are_not_noticed_is_said_as_long_as_it_is_so(preview: Preview) -> None:
    preview.session.unwatched("the limit is reached")
    assert "the limit is reached" in preview.shows("library")["trouble"]
    preview.session.unwatched("")
    assert preview.shows("library")["trouble"] == ""


def test_what_is_looked_at_is_good_once_it_is_drawn_and_checked(looked_at: Preview) -> None:
    assert looked_at.looks()["state"] == "checking"
    looked_at.builder.tell(Checked(looked_at.turn, HANDOUT, (), is_good=True))
    assert looked_at.looks()["state"] == "good"


def test_a_check_that_a_bug_has_ended_says_so_of_what_is_looked_at(looked_at: Preview) -> None:
    looked_at.builder.tell(Refused(looked_at.turn, None, (BUG,)))
    assert (looked_at.looks()["state"], looked_at.codes()) == ("failing", ["internal-error"])
    assert looked_at.shows("library")["building"] is False


def test_a_check_that_was_broken_off_says_so_of_what_is_looked_at(looked_at: Preview) -> None:
    looked_at.builder.tell(Ended(looked_at.turn, "its process ended"))
    assert (looked_at.looks()["state"], looked_at.codes()) == ("failing", ["worker-died"])
    [problem] = looked_at.shows("library")["problems"]
    assert problem["message"] == "the build was broken off: its process ended"


def test_what_was_checked_before_the_build_was_broken_off_stays_good(looked_at: Preview) -> None:
    looked_at.builder.tell(Checked(looked_at.turn, HANDOUT, (), is_good=True))
    looked_at.builder.tell(Ended(looked_at.turn, "its process ended"))
    assert looked_at.looks()["state"] == "good"


def test_what_ended_an_older_turn_says_nothing_of_a_newer_one(looked_at: Preview) -> None:
    older = looked_at.turn
    looked_at.session.edited()
    looked_at.builder.tell(Refused(older, None, (BUG,)))
    looked_at.builder.tell(Ended(older, "its process ended"))
    assert (looked_at.looks()["state"], looked_at.codes()) == ("checking", [])
    assert looked_at.shows("library")["building"] is True


def test_an_old_drawing_is_not_called_good(looked_at: Preview) -> None:
    looked_at.session.edited()
    looked_at.looker.tell(Ended(looked_at.turn, "it took more than 70 seconds and was ended"))
    looked_at.builder.tell(Checked(looked_at.turn, HANDOUT, (), is_good=True))
    assert (looked_at.looks()["state"], looked_at.codes()) == ("refused", ["worker-died"])
    looked_at.session.edited()
    looked_at.draws()
    looked_at.builder.tell(Checked(looked_at.turn, HANDOUT, (), is_good=True))
    assert (looked_at.looks()["state"], looked_at.codes()) == ("good", [])


@pytest.mark.parametrize(
    "problem",
    [OSError(28, "the disk is full"), InvalidInput((error("cannot-write", "the disk is full"),))],
)
def test_a_folder_that_can_not_be_written_to_is_trouble_and_no_end(
    preview: Preview, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def bring_forward(*_: object) -> None:
        raise problem

    monkeypatch.setattr(Shelf, "bring_forward", bring_forward)
    preview.builder.tell(Built(preview.turn, Report()))
    library = preview.shows("library")
    assert "the disk is full" in library["trouble"]
    assert library["building"] is False


def test_what_was_drawn_last_is_served_under_a_new_address(looked_at: Preview) -> None:
    [before] = looked_at.looks()["pages"]
    looked_at.looker.tell(Drawn(looked_at.turn, HANDOUT, b"another PNG", 0, 1))
    [after] = looked_at.looks()["pages"]
    digest = after.removeprefix("/-/pages/").removesuffix(".png")
    assert after != before
    assert looked_at.session.picture(digest) == b"another PNG"
    assert looked_at.session.now(HANDOUT.twin_path) == b"<p>"
