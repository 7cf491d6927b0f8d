"""The words of a patient handout as they are read: passages with their sentences and lines.

Facts are filled in as they are printed, marks of Markdown are gone, and every sentence knows the
line it starts on. Headings are passages of their own: they are no sentences, but for SMOG.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from handouts.checks.sentences import Sentence, TextWithLines, sentences_in
from handouts.evidence.facts import Fact
from handouts.evidence.formatting import Audience, UnsuitableFormatError, Writing
from handouts.loading.library import Library
from handouts.loading.written import PatientHandout
from handouts.markdown.blocks import (
    Block,
    Component,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Table,
)
from handouts.markdown.references import Reference, ReferenceKind

_TAG = re.compile(r"<[^>]*>")
_LABEL_WORDS = 4
"""A cell of a table with fewer words is a label, not a sentence."""


class Part(StrEnum):
    """What a passage is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class FactPrinted:
    """A fact in a passage: in which format and how it is printed, and where it was called for."""

    fact: Fact
    form: str | None
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand together.

    Attributes:
        part: what they are.
        text: as they are read.
        line: where they start.
        section: number of the section, from 0; components are sections of their own.
        sentences: in order; a heading has none.
        facts: printed in it.
    """

    part: Part
    text: str
    line: int
    section: int
    sentences: tuple[Sentence, ...]
    facts: tuple[FactPrinted, ...] = ()


@dataclass(frozen=True, slots=True)
class HandoutText:
    """A patient handout as text.

    Attributes:
        handout: where it comes from.
        passages: in order of reading, the sentence below the title first.
        lists: lines of the lists, with how many items each has.
        terms: glossary terms that the handout lists with their meaning.
        risk_pairs: facts drawn as risk pairs, with their lines.
    """

    handout: PatientHandout
    passages: tuple[Passage, ...]
    lists: tuple[tuple[int, int], ...]
    terms: frozenset[str]
    risk_pairs: tuple[tuple[str, int], ...]

    @property
    def language(self) -> str:
        """Its language."""
        return self.handout.language

    @property
    def path(self) -> str:
        """Its file."""
        return self.handout.path

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(each for passage in self.passages for each in passage.sentences)

    def section(self, number: int) -> str:
        """All words of a section."""
        return "\n".join(each.text for each in self.passages if each.section == number)


def text_of(handout: PatientHandout, library: Library) -> HandoutText:
    """The words of a handout.

    A reference that leads nowhere leaves a gap: composing the page names it.
    """
    glossary = library.glossaries.get(handout.language)
    # The words of the program itself are not measured, so English ones will do.
    writing = Writing(Audience.PATIENT, handout.language, str, library.book.get)
    reader = _Reader(handout, writing, library, dict(glossary.value.terms) if glossary else {})
    return reader.text()


@dataclass(slots=True)
class _Reader:
    handout: PatientHandout
    writing: Writing
    library: Library
    glossary: dict[str, str]
    section: int = 0
    lists: list[tuple[int, int]] = field(default_factory=list)
    terms: set[str] = field(default_factory=set)
    risk_pairs: list[tuple[str, int]] = field(default_factory=list)

    def text(self) -> HandoutText:
        lead, line = self.handout.front.lead, self.handout.place(("lead",))[0]
        passages = [self._passage(Part.PARAGRAPH, (html.escape(lead, quote=False),), line)]
        self.section += 1
        passages += self._blocks(self.handout.blocks)
        return HandoutText(
            self.handout,
            tuple(passages),
            tuple(self.lists),
            frozenset(self.terms),
            tuple(self.risk_pairs),
        )

    def _blocks(self, blocks: tuple[Block, ...]) -> Iterator[Passage]:
        for block in blocks:
            if isinstance(block, Heading):
                self.section += 1
                yield self._passage(Part.HEADING, block.words, block.line)
            elif isinstance(block, Paragraph):
                yield self._passage(Part.PARAGRAPH, block.words, block.line)
            elif isinstance(block, ListBlock):
                self.lists.append((block.line, len(block.items)))
                for item in block.items:
                    yield self._passage(Part.ITEM, item.words, item.line)
            elif isinstance(block, Table):
                yield from self._table(block)
            else:
                self.section += 1
                yield from self._component(block)
                self.section += 1

    def _table(self, table: Table) -> Iterator[Passage]:
        for cell in table.header:
            yield self._passage(Part.CELL, cell, table.line)
        for index, row in enumerate(table.rows):
            for cell in row:
                yield self._passage(Part.CELL, cell, table.line + 2 + index)

    def _component(self, component: Component) -> Iterator[Passage]:
        if component.name == "risk-pair":
            self.risk_pairs.append((component.argument("fact") or "", component.line))
        elif component.name == "words-to-know":
            listed = (component.argument("terms") or "").split(",")
            for term in filter(None, map(str.strip, listed)):
                self.terms.add(term)
                if meaning := self.glossary.get(term):
                    words = html.escape(meaning, quote=False)
                    yield self._passage(Part.MEANING, (words,), component.line)
        elif title := component.argument("certainty"):
            words = html.escape(title, quote=False)
            yield self._passage(Part.HEADING, (words,), component.line)
        yield from self._blocks(component.blocks)

    def _passage(self, part: Part, words: Inline, line: int) -> Passage:
        text, facts = self._filled(words, line)
        sentences = sentences_in(text, self.handout.language)
        is_label = part is Part.CELL and len(text.text.split()) < _LABEL_WORDS
        if part is Part.HEADING or is_label:
            sentences = ()
        return Passage(part, text.text, line, self.section, sentences, tuple(facts))

    def _filled(self, words: Inline, line: int) -> tuple[TextWithLines, list[FactPrinted]]:
        """The words with their facts, and the line of every character."""
        pieces: list[tuple[str, int]] = []
        facts: list[FactPrinted] = []
        for part in words:
            if isinstance(part, Reference):
                line = max(line, part.line)
                printed = self._printed(part, facts.append)
                if not printed and pieces and part.kind is ReferenceKind.STATEMENT:
                    before, at = pieces[-1]
                    pieces[-1] = (before.rstrip(), at)
                pieces.append((printed, line))
            else:
                plain = html.unescape(_TAG.sub("", part))
                pieces.append((plain, line))
                line += plain.count("\n")
        return TextWithLines.of(pieces), facts

    def _printed(self, reference: Reference, keep: Callable[[FactPrinted], None]) -> str:
        match reference.kind:
            case ReferenceKind.PLAIN:
                return reference.subject
            case ReferenceKind.STATEMENT:
                return ""
            case ReferenceKind.FACT:
                fact = self.library.book.get(reference.subject)
                if fact is None:
                    return ""
                try:
                    text = self.writing.write(fact, reference.format)
                except UnsuitableFormatError:
                    return ""
                keep(FactPrinted(fact, reference.format, text, reference.line))
                return text
