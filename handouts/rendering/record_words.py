"""The prose of a record on a page: statements with the numbers of their sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from markupsafe import Markup

from handouts.models.provenance import Seen, Sourced
from handouts.models.quantity import Statement
from handouts.models.record import Record
from handouts.models.source import Source
from handouts.rendering.citations import line_citation
from handouts.rendering.words import Ledger, Words, with_citation

T = TypeVar("T")

REQUIRED = 0
"""The rank of what is never left off."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source of the page, with its number, how it was read, and the rank of what cites it."""

    number: int
    text: str
    read: str
    rank: int


class RecordWords:
    """Prints the prose of one record and numbers the sources in the order of their first use.

    Attributes:
        record: what is printed.
        words: prints facts and prose, and writes down what was printed.
        source_ranks: the least rank of what cites a source: a page of fewer blocks lists fewer.
    """

    def __init__(self, record: Record[Any], words: Words) -> None:
        self.record, self.words = record, words
        self.source_ranks: dict[str, int] = {}

    def prose(self, text: str, *at: str | int) -> Markup:
        """A prose field, by its path in the record."""
        return self.words.prose(text, self.record.place(at))

    def statement(self, statement: Statement, *at: str | int, rank: int = REQUIRED) -> Markup:
        """A statement and its sources."""
        text = self.prose(statement.text, *at, "text")
        return with_citation(text, self.cite(statement, rank=rank))

    def of(self, record: str, path: str) -> RecordWords:
        """The same words where only the facts of one other record may be printed."""
        own = RecordWords(self.record, replace(self.words, record=record, path=path, own_only=True))
        own.source_ranks = self.source_ranks
        return own

    def paragraph(self, *names: str) -> Markup:
        """Several statements of the record as one paragraph, their sources together at its end."""
        found = [
            (name, each)
            for name in names
            if isinstance(each := getattr(self.record.value, name), Statement)
        ]
        texts = [self.prose(each.text, name, "text") for name, each in found]
        return with_citation(Markup(" ").join(texts), self.cite(*(each for _, each in found)))

    def cite(self, *sourced: Sourced, rank: int = REQUIRED) -> Markup:
        """The numbers of the main sources, and of the reports they were read through.

        Other sources of a fact are in its record, and ``handouts trace`` lists them. What needs no
        source cites none; what nobody has seen in a source says so.
        """
        return self._cited(sourced, [(*each.sources[:1], *each.via) for each in sourced], rank)

    def cite_all(self, *sourced: Sourced, rank: int = REQUIRED) -> Markup:
        """The numbers of all sources: of a sentence that rests on each of them."""
        return self._cited(sourced, [(*each.sources, *each.via) for each in sourced], rank)

    def _cited(
        self, sourced: Iterable[Sourced], sources: Iterable[Iterable[str]], rank: int
    ) -> Markup:
        names = dict.fromkeys(name for each in sources for name in each)
        marks = [str(each) for each in self._numbers(names, rank)]
        if any(each.seen is Seen.OWN_KNOWLEDGE for each in sourced):
            marks.append(self.words.writing.translate("unverified"))
        if not marks:
            return Markup("")
        return Markup('<span class="cite" data-plain="">[{}]</span>').format(",\u202f".join(marks))

    def number(self, source: str, rank: int = REQUIRED) -> int:
        """The number of a source that is cited."""
        return self._numbers([source], rank)[0]

    def _numbers(self, names: Iterable[str], rank: int) -> list[int]:
        for name in names:
            self.source_ranks[name] = min(rank, self.source_ranks.get(name, rank))
        return sorted({self.words.ledger.number_of(name) for name in names})

    def source_lines(self, sources: Mapping[str, Source]) -> tuple[SourceLine, ...]:
        """Every source that was cited, by its number."""
        return tuple(
            SourceLine(
                number,
                line_citation(sources[name]),
                sources[name].read,
                self.source_ranks.get(name, REQUIRED),
            )
            for number, name in enumerate(self.words.ledger.sources, 1)
            if name in sources
        )


def numbered(record: Record[Any], words: Words, page: Callable[[RecordWords], T]) -> T:
    """A page whose sources are numbered without a gap, however many optional blocks it shows.

    It is made twice: once to see what cites which source, and again with the sources of what is
    always there first, then those of the optional blocks in the order in which these are kept.
    """
    trial_run = RecordWords(record, replace(words, ledger=Ledger()))
    page(trial_run)
    ranks = trial_run.source_ranks
    words.ledger.sources.extend(
        sorted(trial_run.words.ledger.sources, key=lambda name: ranks.get(name, REQUIRED))
    )
    return page(RecordWords(record, words))
