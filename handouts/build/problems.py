"""The problems of the content, by the file in which they lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from handouts.build.record import EditionRecord
from handouts.build.result import Result
from handouts.diagnostics import Diagnostic, Severity

_UNSOURCED = "unsourced-number"


class Problems:
    """The problems of the content.

    Attributes:
        all: in the order in which they were given.
    """

    def __init__(self, problems: Iterable[Diagnostic]) -> None:
        self.all = tuple(problems)
        self._by_path: dict[str | None, list[Diagnostic]] = {}
        for each in self.all:
            self._by_path.setdefault(each.path, []).append(each)

    def of(self, files: Iterable[str]) -> tuple[Diagnostic, ...]:
        """The problems that lie in some of the files, each once."""
        names = dict.fromkeys(files)
        return tuple(chain.from_iterable(self._by_path.get(name, ()) for name in names))

    def has_errors(self, files: Iterable[str]) -> bool:
        """Whether an error lies in one of the files."""
        return any(each.severity is Severity.ERROR for each in self.of(files))

    def not_said_yet(self, done: Result | EditionRecord) -> Iterator[Diagnostic]:
        """What is said about a document; not that a page has a number that stands in the content.

        There the problem has a line, and a cure.
        """
        below = self.of(done.below)
        said = tuple(each.message for each in below if each.code == _UNSOURCED)
        for each in done.diagnostics:
            if each.code != _UNSOURCED or not each.message.startswith(said):
                yield each
