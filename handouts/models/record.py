"""A record as it was read: its value, its file, and the place of everything in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """One file of content.

    Attributes:
        id: name of the record, from the name of its file or folder.
        path: the file, as it is shown to people.
        value: what it holds.
        place: line and column of the value at a path of keys and indices.
    """

    id: str
    path: str
    value: T
    place: Callable[[tuple[str | int, ...]], tuple[int, int]]
