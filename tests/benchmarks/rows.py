"""What a measurement is given, and what it gives back: rows of one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.library import make_library
from tests.projects import ROOT, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table.

    Attributes:
        name: short, for programs that read the JSON.
        what: was measured.
        value: in ``unit``; None if it could not be measured, and ``note`` says why.
        reach: the value it must reach, None if it is for comparison only.
        least: whether ``reach`` is the least value, and not the most.
        note: how it was measured.
    """

    name: str
    what: str
    value: float | None
    unit: str
    reach: float | None = None
    least: bool = False
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the value reaches what it must; None if it need not, or was not measured."""
        if self.reach is None or self.value is None:
            return None
        return self.value >= self.reach if self.least else self.value <= self.reach


@dataclass
class Setting:
    """How much is measured, and where.

    Attributes:
        folder: for libraries and pages; what is in it may be used again.
        documents: of the library that is built.
        large: documents of the library in which something changes.
        makes: documents that one worker makes one after another.
        every: each so many-th document is given to other programs.
        rounds: of short measurements; the median counts.
    """

    folder: Path
    documents: int = 200
    large: int = 1000
    makes: int = 2000
    every: int = 10
    rounds: int = 3
    _libraries: dict[int, Project] = field(default_factory=dict)

    def library(self, documents: int) -> Project:
        """A library of so many documents; it is made once."""
        if documents not in self._libraries:
            folder = self.folder / f"library-{documents}"
            self._libraries[documents] = make_library(folder, documents)
        return self._libraries[documents]


STYLES, TEMPLATES = ROOT / "styles", ROOT / "templates"

Measurement = Callable[[Setting], Iterator[Row]]
