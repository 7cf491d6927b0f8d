"""The prose of a trial's record on a page: statements with the numbers of their sources."""

from __future__ import annotations

from markupsafe import Markup

from handouts.models.provenance import Sourced
from handouts.models.quantity import Statement
from handouts.models.record import Record
from handouts.models.trial import Trial
from handouts.rendering.words import Words

DataPath = tuple[str | int, ...]


class RecordWords:
    """Prints the prose of one record and numbers the sources in the order of their first use.

    Attributes:
        record: the trial.
        words: prints facts and prose, and writes down what was printed.
        cited_on_paper: sources of what the printed page shows; the HTML twin shows more.
    """

    def __init__(self, record: Record[Trial], words: Words) -> None:
        self.record, self.words = record, words
        self.cited_on_paper: set[str] = {record.value.citation}
        words.ledger.number_of(record.value.citation)

    def prose(self, text: str, *at: str | int) -> Markup:
        """A prose field, by its path in the record."""
        return self.words.prose(text, self.record.place(at))

    def statement(self, statement: Statement, *at: str | int) -> Markup:
        """A statement and its sources."""
        text = self.prose(statement.text, *at, "text")
        return Markup("{} {}").format(text, self.cite(statement))

    def paragraph(self, *names: str) -> Markup:
        """Several statements of the record as one paragraph, their sources together at its end."""
        found = [
            (name, each)
            for name in names
            if isinstance(each := getattr(self.record.value, name), Statement)
        ]
        texts = [self.prose(each.text, name, "text") for name, each in found]
        return Markup(" ").join([*texts, self.cite(*(each for _, each in found))])

    def cite(self, *sourced: Sourced, on_paper: bool = True) -> Markup:
        """The numbers of the main sources, and of the reports they were read through.

        ``on_paper`` is false for what stands beside rows that are all left out on paper.

        Other sources of a fact are in its record, and ``handouts trace`` lists them.
        """
        names = dict.fromkeys(name for each in sourced for name in (*each.sources[:1], *each.via))
        if not names:
            unverified = self.words.writing.translate("unverified")
            return Markup('<span class="cite">[{}]</span>').format(unverified)
        numbers = sorted(self.words.ledger.number_of(name) for name in names)
        if on_paper and all(getattr(each, "paper", True) for each in sourced):
            self.cited_on_paper.update(names)
        return Markup('<span class="cite" data-plain="">[{}]</span>').format(
            ",\u202f".join(str(each) for each in numbers)
        )
