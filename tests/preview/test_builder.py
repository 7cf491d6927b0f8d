"""What builds behind a preview: what is looked at comes first, and all of it makes way for more."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from handouts.build.folders import Folders
from handouts.build.report import Report
from handouts.build.request import Request
from handouts.diagnostics import Diagnostic, InvalidInput, error
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.preview import builder
from handouts.preview.builder import Builder
from handouts.preview.child import Inbox, SupersededError
from handouts.preview.messages import Built, Checked, Making, Message, Turn

HANDOUT = Edition(
    id="sheet", kind=Kind.PATIENT, language="en", format=Format.STANDARD, paper=Paper.A4,
    clinic="default",
)  # fmt: skip
WRONG = error("no-such-fact", "there is no such fact", path="content/patient/sheet/en.md")


class Behind:
    """A builder whose builds take no time, with what it was told to build and what it has said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.requests: list[Request] = []
        self.told: list[Message] = []
        self.report = Report()
        self.failure: InvalidInput | None = None
        self.newer_after = 100
        monkeypatch.setattr(builder, "build_library", self._build)
        monkeypatch.setattr("handouts.build.memory.settle", lambda: None)
        root = Path("/nowhere")
        folders = Folders(root, root / "content", root / "output")
        self.builder = Builder(folders, Request(), self.told.append, cast("Inbox", self))

    def yield_to_newer(self) -> None:
        """See ``Inbox``: a newer turn waits after so many builds."""
        if len(self.requests) >= self.newer_after:
            raise SupersededError

    def work(self, *, whole: bool = True) -> None:
        self.builder.work(Turn(1, date(2026, 1, 1), (HANDOUT,), whole))

    def _build(self, folders: Folders, request: Request, **options: Any) -> Report:
        del folders
        self.requests.append(request)
        if self.failure:
            raise self.failure
        options["watcher"].started(2)
        return self.report


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> Behind:
    return Behind(monkeypatch)


def test_what_is_looked_at_is_checked_before_the_library_is_built(behind: Behind) -> None:
    behind.work()
    assert [(each.ids, each.publish) for each in behind.requests] == [
        (("sheet",), False),
        ((), True),
    ]
    assert behind.told == [
        Checked(1, HANDOUT, (), is_good=True),
        Making(1, 0, 2),
        Built(1, Report()),
    ]


def test_nothing_else_is_built_where_only_another_document_is_looked_at(behind: Behind) -> None:
    behind.work(whole=False)
    assert behind.told == [Checked(1, HANDOUT, (), is_good=True)]


def test_a_newer_turn_is_not_kept_waiting_by_the_library(behind: Behind) -> None:
    behind.newer_after = 1
    with pytest.raises(SupersededError):
        behind.work()
    assert behind.told == [Checked(1, HANDOUT, (), is_good=True)]


@pytest.mark.parametrize(
    ("diagnostics", "failed"), [((WRONG,), ()), ((), ("sheet.en.standard.a4",))]
)
def test_what_no_build_would_publish_is_not_good(
    behind: Behind, diagnostics: tuple[Diagnostic, ...], failed: tuple[str, ...]
) -> None:
    behind.report = Report(diagnostics=diagnostics, failed=failed)
    behind.work(whole=False)
    assert behind.told == [Checked(1, HANDOUT, diagnostics, is_good=False)]


def test_settings_that_can_not_be_used_are_said_and_no_end(behind: Behind) -> None:
    behind.failure = InvalidInput((WRONG,))
    behind.work()
    assert behind.told == [
        Checked(1, HANDOUT, (WRONG,), is_good=False),
        Built(1, Report(failed=("",), diagnostics=(WRONG,))),
    ]
