"""Words and facts as HTML: every number in a span that says which fact it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from handouts.diagnostics import Diagnostic, InvalidInput, did_you_mean, error
from handouts.evidence.facts import Fact, FactBook
from handouts.evidence.formatting import (
    Audience,
    UnsuitableFormatError,
    UntranslatedError,
    Writing,
    formats,
)
from handouts.markdown.blocks import Inline
from handouts.markdown.parsing import parse_inline
from handouts.markdown.references import Reference, ReferenceKind
from handouts.models.missing import Missing
from handouts.rendering.isolation import apart
from handouts.rendering.language import direction_of

Place = tuple[int, int]

_VERSUS = " v "
_SOURCES = "content/sources.yaml"


@dataclass(frozen=True, slots=True)
class Printed:
    """One fact on a page: as what text, and where it was called for."""

    fact: Fact
    form: str | None
    text: str
    path: str
    line: int


@dataclass(slots=True)
class Ledger:
    """What a document prints, in the order in which it was called for.

    Attributes:
        printed: facts printed as text or drawn.
        statements: statements of the evidence that words rest on.
        sources: ids of sources, in the order of their numbers on the page.
        problems: references that lead nowhere.
        broken: records that were called for and could not be read.
        diagrams: files that something was drawn from, whether or not it prints a fact.
    """

    printed: list[Printed] = field(default_factory=list)
    statements: list[Fact] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    diagrams: list[str] = field(default_factory=list)

    def number_of(self, source: str) -> int:
        """The number of a source on this page, from 1."""
        if source not in self.sources:
            self.sources.append(source)
        return self.sources.index(source) + 1

    def facts(self) -> Iterator[Fact]:
        """Every fact and statement the document rests on."""
        yield from (each.fact for each in self.printed)
        yield from self.statements


@dataclass(slots=True)
class Words:
    """Turns references into text for one document and one reader.

    Attributes:
        book: all facts.
        writing: for whom and in which language.
        record: record whose own facts are called by their short names, or None.
        path: file that problems name.
        ledger: where everything printed is written down.
        cite: prints the sources of statements that are cited; None where a document names its
            sources at its end only.
        own_only: whether the facts of another trial are refused.
    """

    book: FactBook
    writing: Writing
    record: str | None
    path: str
    ledger: Ledger
    cite: Callable[[Sequence[Fact]], Markup] | None = None
    own_only: bool = False

    def inline(self, words: Inline) -> Markup:
        """Words of a block, with their references filled in.

        A reference that prints nothing takes the blank before it along. Statements that are cited
        next to each other are cited together.
        """
        text = Markup("")
        cited: list[Reference] = []
        for part in _with_pairs(words):
            if isinstance(part, Reference) and part.kind is ReferenceKind.STATEMENT:
                cited.append(part)
            elif not (cited and isinstance(part, str) and not part.strip()):
                text = self._with_citation(text, cited)
                cited = []
                text += self._part(part)
        return self._with_citation(text, cited)

    def _part(self, part: str | Reference | _Pair) -> Markup:
        if isinstance(part, _Pair):
            first, second = self._reference(part.first), self._reference(part.second)
            return together(Markup("{}{}{}").format(first, part.between, second))
        return self._reference(part) if isinstance(part, Reference) else Markup(part)  # noqa: S704

    def _with_citation(self, text: Markup, cited: Sequence[Reference]) -> Markup:
        if not cited:
            return text
        found = [fact for each in cited if (fact := self._cited(each)) is not None]
        if self.cite is not None and found:
            return with_citation(text, self.cite(found))
        mark = self._unverified() if any(each.is_unverified for each in found) else Markup("")
        return text.rstrip() + mark

    def prose(self, text: str, place: Place) -> Markup:
        """A prose field of a record."""
        try:
            return self.inline(parse_inline(text, self.path, *place))
        except InvalidInput as invalid:
            self.ledger.problems.extend(invalid.diagnostics)
            return Markup("")

    def fact(self, name: str, form: str | None = None, place: Place = (1, 1)) -> Markup:
        """A fact as text in a span that names it."""
        found = self._found(name, place)
        if found is None:
            return Markup("")
        try:
            text = self.writing.write(found, form)
        except UntranslatedError as untranslated:
            self._untranslated(untranslated, found.path, found.line)
            return Markup("")
        except UnsuitableFormatError as unsuitable:
            self.ledger.problems.append(
                error(
                    "unsuitable-format",
                    str(unsuitable),
                    path=self.path,
                    line=place[0],
                    column=place[1],
                    hint=did_you_mean(form or "", formats()),
                )
            )
            return Markup("")
        self.ledger.printed.append(Printed(found, form, text, self.path, place[0]))
        mark = self._unverified() if found.is_unverified else ""
        words = apart(direction_of(self.writing.language), text)
        kind = "missing" if isinstance(found.value, Missing) else "fact"
        return Markup('<span class="{}" data-fact="{}">{}</span>{}').format(
            kind, found.address, words, mark
        )

    def said(self, text: str, fact: Fact) -> str:
        """Words of a fact's record in the language of the document; a problem if there are none."""
        try:
            return self.writing.said(text)
        except UntranslatedError as untranslated:
            self._untranslated(untranslated, fact.path, fact.line)
            return ""

    def of_source(self, text: str) -> str:
        """Words about a source in the language of the document."""
        try:
            return self.writing.said(text)
        except UntranslatedError as untranslated:
            self._untranslated(untranslated, _SOURCES, None)
            return ""

    def _untranslated(self, untranslated: UntranslatedError, path: str, line: int | None) -> None:
        language = self.writing.language
        self.ledger.problems.append(
            error(
                "missing-translation",
                f"`{untranslated}` has no translation into `{language}`",
                path=path,
                line=line,
                hint=f"give it one in content/translations/{language}.yaml",
            )
        )

    def drawn(self, name: str, text: str) -> None:
        """Write down a fact that a chart draws or an alt text says."""
        found = self.book.get(name, self.record)
        if found is not None:
            self.ledger.printed.append(Printed(found, "chart", text, found.path, found.line))

    def plain(self, value: object) -> Markup:
        """A count that is no clinical number."""
        return plain(value)

    def _reference(self, reference: Reference) -> Markup:
        place = (reference.line, reference.column)
        if reference.kind is ReferenceKind.PLAIN:
            return plain(reference.subject)
        return self.fact(reference.subject, reference.format, place)

    def _cited(self, reference: Reference) -> Fact | None:
        found = self._found(reference.subject, (reference.line, reference.column))
        if found is not None:
            self.ledger.statements.append(found)
        return found

    def _found(self, name: str, place: Place) -> Fact | None:
        """The fact of that name, if there is one and it may be printed here."""
        found = self.book.get(name, self.record)
        if found is None:
            self._unknown(name, place)
        elif self.own_only and found.record != self.record:
            self.ledger.problems.append(
                error(
                    "foreign-fact",
                    f"`{name}` is a fact of `{found.record}`, not of `{self.record}`",
                    path=self.path,
                    line=place[0],
                    column=place[1],
                    hint="here only the trial's own facts are printed: nobody reading could tell",
                )
            )
        return found

    def _unverified(self) -> Markup:
        if self.writing.audience is Audience.CLINICIAN:
            return Markup(' <span class="unverified">[{}]</span>').format(
                self.writing.translate("unverified")
            )
        return Markup(' <span class="unverified">({})</span>').format(
            self.writing.translate("we have no source for this yet")
        )

    def _unknown(self, name: str, place: Place) -> None:
        if self.book.is_broken(name):
            record = name.partition(".")[0]
            if record in self.ledger.broken:
                return  # said once is enough
            self.ledger.broken.add(record)
            problem = error(
                "broken-record",
                f"facts of `{record}` can't be had: its record has errors of its own",
                path=self.path,
                line=place[0],
                column=place[1],
            )
        else:
            problem = error(
                "unknown-fact",
                f"there is no fact `{name}`",
                path=self.path,
                line=place[0],
                column=place[1],
                hint=did_you_mean(name, self.book.names(self.record)),
            )
        self.ledger.problems.append(problem)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two facts that are compared: a line never ends between them."""

    first: Reference
    between: str
    second: Reference


def _with_pairs(words: Inline) -> Iterator[str | Reference | _Pair]:
    """The parts of a text, with "18.5 v 12.4 months" as one."""
    parts = list(words)
    index = 0
    while index < len(parts):
        first, between, second = (*parts[index : index + 3], None, None, None)[:3]
        if (
            isinstance(first, Reference)
            and first.kind is ReferenceKind.FACT
            and between == _VERSUS
            and isinstance(second, Reference)
            and second.kind is ReferenceKind.FACT
        ):
            yield _Pair(first, between, second)
            index += 3
        else:
            yield parts[index]
            index += 1


def together(words: Markup) -> Markup:
    """Words that stand on one line."""
    return Markup('<span class="together">{}</span>').format(words)


def with_citation(words: Markup, citation: Markup) -> Markup:
    """Words and the numbers of their sources, which stay with the last word."""
    words = words.rstrip()
    if not citation:
        return words
    before, blank, last = words.rpartition(" ")
    if not words or {"<", ">"} & set(last):
        return Markup("{} {}").format(words, citation)
    return Markup('{}{}<span class="together">{} {}</span>').format(before, blank, last, citation)


def plain(value: object) -> Markup:
    """A count that is no clinical number, marked so that it can be found."""
    return Markup('<span data-plain="">{}</span>').format(escape(str(value)))
