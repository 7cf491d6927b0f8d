"""Who follows a build while it runs."""

from __future__ import annotations

from typing import Protocol


class Watcher(Protocol):
    """Is told how a build comes along, in the process that started it."""

    def waiting(self) -> None:
        """Another build of this project runs; this one goes on after it."""

    def started(self, total: int) -> None:
        """So many editions have to be made."""

    def began(self, name: str) -> None:
        """Work on a document has begun."""

    def made(self, name: str, *, failed: bool) -> None:
        """One more of them is done."""


class Unwatched:
    """Nobody looks."""

    def waiting(self) -> None:
        """Nothing."""

    def started(self, total: int) -> None:
        """Nothing."""

    def began(self, name: str) -> None:
        """Nothing."""

    def made(self, name: str, *, failed: bool) -> None:
        """Nothing."""
