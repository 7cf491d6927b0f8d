"""What draws the documents that are looked at: whatever they are, it comes to an end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from typing import cast

import pytest

from handouts.build.folders import Folders
from handouts.build.request import Request
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.preview import looker
from handouts.preview.child import Inbox
from handouts.preview.looker import Looker
from handouts.preview.messages import Composed, Drawn, Listed, Message, Refused, Turn
from tests.projects import PATIENT, Project

HANDOUT = Edition(
    id="her2climb-stops-working", kind=Kind.PATIENT, language="en", format=Format.STANDARD,
    paper=Paper.A4, clinic="default",
)  # fmt: skip


class Empty:
    """An inbox into which nothing newer comes."""

    def yield_to_newer(self) -> None:
        pass


@pytest.fixture(autouse=True)
def _unsettled(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process does once must not be done to that of the tests."""
    monkeypatch.setattr("handouts.build.memory.settle", lambda: None)


def look_at(project: Project, edition: Edition = HANDOUT) -> list[Message]:
    """What is told of an edition."""
    folders = Folders(project.root, project.root / "content", project.output)
    told: list[Message] = []
    worker = Looker(folders, Request(), told.append, cast("Inbox", Empty()))
    worker.work(Turn(1, date(2026, 11, 20), (edition,)))
    return told


def test_a_document_is_drawn_page_by_page(project: Project) -> None:
    listed, _, composed, *drawn = look_at(project)
    assert isinstance(listed, Listed)
    assert isinstance(composed, Composed)
    pages = [each for each in drawn if isinstance(each, Drawn)]
    assert pages == drawn
    assert [each.place for each in pages] == list(range(pages[0].count))


def test_one_that_never_comes_to_an_end_is_left_off_and_named(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looker, "SECONDS", 0.2)
    monkeypatch.setattr("handouts.build.job.compose", lambda *_: time.sleep(4))
    refused = look_at(project)[-1]
    assert isinstance(refused, Refused)
    assert refused.edition == HANDOUT
    assert [each.code for each in refused.problems] == ["too-slow"]
    assert "take back what changed last" in (refused.problems[0].hint or "")


def test_one_that_wants_too_much_memory_is_left_off_and_named(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[bytes] = []

    def pictures_of(data: bytes) -> Iterator[bytes]:
        drawn.append(data)
        raise MemoryError

    monkeypatch.setattr(looker, "pictures_of", pictures_of)
    refused = look_at(project)[-1]
    assert isinstance(refused, Refused)
    assert [(each.code, each.path) for each in refused.problems] == [("out-of-memory", PATIENT)]
    assert len(drawn) == 1
