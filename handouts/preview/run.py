"""Runs a preview from its start to its end."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from urllib.parse import urlencode

from handouts.build.folders import Folders
from handouts.build.request import Request
from handouts.preview.server import Server
from handouts.preview.session import Session
from handouts.preview.shelf import Shelf
from handouts.preview.watching import Watch

_TICK = 0.5
_FONTS = frozenset({".ttf", ".otf"})


class _TerminatedError(BaseException):
    """The system asks for an end (SIGTERM)."""


def run_preview(
    folders: Folders, request: Request, *, port: int, document: str, begun: Callable[[str], None]
) -> None:
    """Serve a preview until it is told to stop (SIGTERM); an interrupt is passed on.

    Args:
        folders: of the project. Its output folder is only read.
        request: the clinics that are previewed.
        port: to listen at; 0 for one that is free.
        document: folder of the document to begin with; empty for the library.
        begun: is told the address once it can be opened.

    Raises:
        OSError: the port can't be had.
        InvalidInput: ``cannot-write``: the folder of the preview, in the cache.
        KeyboardInterrupt: the user ends it.
    """
    shelf = Shelf(folders)
    shelf.begin()
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        _serve(shelf, request, port, document, begun)
    except _TerminatedError:
        return
    finally:
        signal.signal(signal.SIGTERM, before)


def _serve(
    shelf: Shelf, request: Request, port: int, document: str, begun: Callable[[str], None]
) -> None:
    session = Session(shelf, request)
    try:
        with Server(port, session, shelf.served.output) as server:
            watch = Watch(
                shelf.project,
                lambda paths: session.edited(fonts=_fonts_in(paths)),
                session.unwatched,
            )
            thread = threading.Thread(target=server.serve_forever, name="server", daemon=True)
            thread.start()
            try:
                begun(f"{server.url}{'?' + urlencode({'document': document}) if document else ''}")
                while True:
                    # A signal that comes in on another thread wakes nobody: so wake now and then.
                    time.sleep(_TICK)
            finally:
                watch.stop()
                server.shutdown()
    finally:
        session.stop()


def _fonts_in(paths: frozenset[Path]) -> bool:
    return any(path.suffix.lower() in _FONTS for path in paths)


def _terminate(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    raise _TerminatedError
