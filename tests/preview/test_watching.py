"""What changes on the disk is noticed, and where it can't be that is said."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
import watchfiles
from watchfiles._rust_notify import WatchfilesRustInternalError

from handouts.build.folders import Folders
from handouts.preview import watching
from handouts.preview.watching import Watch

LONG = 10.0
LIMIT = "OS file watch limit reached"


class Watched:
    """A project that is watched, and what was told of it."""

    def __init__(self, root: Path) -> None:
        self.content = root / "content"
        self.content.mkdir()
        self.edits: Queue[frozenset[Path]] = Queue()
        self.reasons: Queue[str] = Queue()

    @contextmanager
    def watch(self) -> Iterator[None]:
        root = self.content.parent
        watch = Watch(
            Folders(root, self.content, root / "output"), self.edits.put, self.reasons.put
        )
        try:
            yield
        finally:
            watch.stop()


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    monkeypatch.setattr(watching, "_AGAIN_S", 0.1)
    return Watched(tmp_path)


def failing(monkeypatch: pytest.MonkeyPatch, problem: Exception, *, recursive: bool) -> list[bool]:
    """Let one of the two watches fail until the list that is given back is emptied."""
    full = [True]

    def watch(*paths: Path, **options: Any) -> Iterator[Any]:
        if full and options.get("recursive", True) is recursive:
            raise problem
        return watchfiles.watch(*paths, **options)

    monkeypatch.setattr(watching, "watch", watch)
    return full


@pytest.mark.parametrize("recursive", [True, False])
@pytest.mark.parametrize("problem", [WatchfilesRustInternalError(LIMIT), OSError(24, LIMIT)])
def test_where_nobody_may_watch_more_it_is_said_until_it_works_again(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, problem: Exception, *, recursive: bool
) -> None:
    full = failing(monkeypatch, problem, recursive=recursive)
    with watched.watch():
        assert LIMIT in watched.reasons.get(timeout=LONG)
        full.clear()
        assert watched.reasons.get(timeout=LONG) == ""


def test_what_was_changed_while_nobody_watched_counts_as_a_change(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = failing(monkeypatch, WatchfilesRustInternalError(LIMIT), recursive=True)
    with watched.watch():
        watched.reasons.get(timeout=LONG)
        full.clear()
        assert watched.edits.get(timeout=LONG) == frozenset()


def test_a_file_that_is_saved_is_told(watched: Watched) -> None:
    with watched.watch():
        page = watched.content / "en.md"
        seen: frozenset[Path] = frozenset()
        for words in range(100):  # the watch may begin a little later
            page.write_text(str(words))
            if not watched.edits.empty():
                seen = watched.edits.get()
                break
            time.sleep(0.05)
        assert page in seen
        assert watched.reasons.empty()
