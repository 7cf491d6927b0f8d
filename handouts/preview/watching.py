"""Notices what changes on the disk: content, templates and styles, and when these come and go."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from handouts.build.folders import Folders

_STEP_MS = 15
"""Between two looks: an editor that writes a file in two goes should be done by then."""
_LONGEST_MS = 400
"""A stream of changes is told of at least this often."""
_TURN_MS = 300
"""After which it is seen whether the watch shall end, and whether it has to begin anew."""


_AGAIN_S = 5.0
"""After which a watch that could not be had is tried again."""


class Watch:
    """Watches the folders of a project until it is stopped.

    Args:
        folders: of the project.
        edited: is told the paths that have changed, in a thread of its own.
        blind: is told why changes can't be noticed, as where the system lets nobody watch more;
            and an empty reason once they are noticed again.
    """

    def __init__(
        self,
        folders: Folders,
        edited: Callable[[frozenset[Path]], None],
        blind: Callable[[str], None],
    ) -> None:
        self._folders, self._edited, self._blind = folders, edited, blind
        self._stopping = threading.Event()
        self._again = threading.Event()
        self._lock = threading.Lock()
        self._reasons: dict[str, str] = {}
        self._threads = [
            threading.Thread(target=self._lastingly, args=(each,), name=each.__name__, daemon=True)
            for each in (self._inside, self._root)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._stopping.set()
        self._again.set()
        for thread in self._threads:
            thread.join(2)

    def _lastingly(self, watch_it: Callable[[], None]) -> None:
        """Watch, and again where that fails: what other programs hold they may give back."""
        while not self._stopping.is_set():
            try:
                watch_it()
            except (OSError, RuntimeError) as problem:  # no more watches, or files, can be had
                self._say(watch_it.__name__, str(problem))
                self._stopping.wait(_AGAIN_S)

    def _say(self, name: str, reason: str) -> None:
        """What keeps one of the two from watching; the page is told of changes only."""
        with self._lock:
            before = next(iter(self._reasons.values()), "")
            if reason:
                self._reasons[name] = reason
            else:
                self._reasons.pop(name, None)
            now = next(iter(self._reasons.values()), "")
            if now != before and not self._stopping.is_set():
                self._blind(now)

    def _watched(self) -> tuple[Path, ...]:
        folders = (self._folders.content, *self._folders.templates, *self._folders.styles)
        return tuple(each for each in folders if each.is_dir())

    def _inside(self) -> None:
        """Everything in the folders that are there."""
        missed = "_inside" in self._reasons
        while not self._stopping.is_set():
            self._again.clear()
            watched = self._watched()
            if not watched:
                self._again.wait()
                missed = True
                continue
            with suppress(FileNotFoundError):  # one of them has gone since
                for changes in watch(
                    *watched, watch_filter=_matters, stop_event=self._again, step=_STEP_MS,
                    debounce=_LONGEST_MS, rust_timeout=_TURN_MS, yield_on_timeout=True,
                    raise_interrupt=False,
                ):  # fmt: skip
                    self._say("_inside", "")
                    # What changed while nobody watched is not known: it counts as a change.
                    if changes or missed:
                        self._tell(path for _, path in changes)
                    missed = False
            missed = True

    def _root(self) -> None:
        """Whether one of the folders comes or goes; a link that is moved is seen here too."""
        names = {each.name for each in (self._folders.content, *self._own)}
        for changes in watch(
            self._folders.root, recursive=False, stop_event=self._stopping, step=_STEP_MS,
            rust_timeout=_TURN_MS, yield_on_timeout=True, raise_interrupt=False,
            watch_filter=lambda change, path: (
                Path(path).name in names and change is not Change.modified
            ),
        ):  # fmt: skip
            if "_root" in self._reasons:  # a folder may have come or gone meanwhile
                self._again.set()
            self._say("_root", "")
            if changes:
                self._again.set()
                self._tell(path for _, path in changes)

    @property
    def _own(self) -> tuple[Path, ...]:
        return (self._folders.templates[0], self._folders.styles[0])

    def _tell(self, paths: Iterable[str]) -> None:
        if not self._stopping.is_set():
            self._edited(frozenset(map(Path, paths)))


_ignored = DefaultFilter()


def _matters(change: Change, path: str) -> bool:
    """Not what editors leave lying about, nor hidden files: no build reads these."""
    return _ignored(change, path) and not Path(path).name.startswith((".", "#"))
