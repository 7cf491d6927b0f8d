"""Who follows a build while it runs."""

from __future__ import annotations

from typing import Protocol


class Watcher(Protocol):
    """Is told how a build comes along, in the process that started it."""

    def waiting(self) -> None:
        """Another build of this project runs; this one goes on after it."""

    def started(self, total: int) -> None:
        """So many editions have to be made."""

    def began(self, name: str, editions: int) -> None:
        """Work on a document with so many editions has begun; perhaps once more."""

    def made(self, name: str, *, failed: bool) -> None:
        """One more of them is done."""

    def refused(self, worker: str, reason: str) -> None:
        """A worker of a cluster is not used, as it would make other bytes."""


class Unwatched:
    """Nobody looks."""

    def waiting(self) -> None:
        """Nothing."""

    def started(self, total: int) -> None:
        """Nothing."""

    def began(self, name: str, editions: int) -> None:
        """Nothing."""

    def made(self, name: str, *, failed: bool) -> None:
        """Nothing."""

    def refused(self, worker: str, reason: str) -> None:
        """Nothing."""
