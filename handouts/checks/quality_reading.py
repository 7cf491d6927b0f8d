"""What the rules of quality sheets look at: a handout with its text, measures and problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from handouts.checks.measures import Measures, measures_of
from handouts.checks.passages import HandoutText, text_of
from handouts.checks.protected import pattern_of, protected_names
from handouts.checks.risks import notation_problems, risk_problems
from handouts.checks.sentences import Sentence
from handouts.checks.style import style_problems
from handouts.checks.terms import term_problems
from handouts.diagnostics import Diagnostic
from handouts.loading.library import Library
from handouts.loading.written import PatientHandout
from handouts.markdown.blocks import Block, Component, Heading, Table

PICTURES = frozenset({"risk-pair", "diagram", "stained-cells", "calendar"})
"""Components that are drawn."""

TABLES = frozenset({"side-effects", "stained-cells"})
"""Components that hold a table of words."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule decides: a score on the scale of its items (None: they do not apply), and why."""

    score: int | None
    reason: str


def passed(is_met: bool, reason: str) -> Verdict:
    """The verdict on an item that is met or not."""
    return Verdict(int(is_met), reason)


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks below one heading; the blocks before the first heading have none."""

    heading: Heading | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Reading:
    """A handout as it is read.

    Attributes:
        library: the handout's.
        handout: in English.
        text: its words.
        measures: of them.
        problems: what the plain-language checks say of them.
    """

    library: Library
    handout: PatientHandout
    text: HandoutText
    measures: Measures
    problems: tuple[Diagnostic, ...]

    def problem(self, *codes: str) -> Diagnostic | None:
        """The first problem with one of these codes."""
        return next((each for each in self.problems if each.code in codes), None)

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """Its components in order."""
        return tuple(each for each in self.handout.blocks if isinstance(each, Component))

    def component(self, name: str) -> Component | None:
        """Its first component of a name."""
        return next((each for each in self.components if each.name == name), None)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Its tables of words; a calendar is a picture."""
        return tuple(_tables(self.handout.blocks))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """What stands below each heading, in order."""
        found = [Section(None, ())]
        for block in self.handout.blocks:
            if isinstance(block, Heading):
                found.append(Section(block, ()))
            else:
                found[-1] = replace(found[-1], blocks=(*found[-1].blocks, block))
        return tuple(found)

    def sentences_of(self, *names: str) -> tuple[Sentence, ...]:
        """The sentences in components of these names."""
        blocks = tuple(each for each in self.components if each.name in names)
        part = text_of(replace(self.handout, blocks=blocks), self.library)
        return tuple(each for passage in part.passages[1:] for each in passage.sentences)


def reading_of(handout: PatientHandout, library: Library) -> Reading | None:
    """A handout as the rules read it; None if it has no sentences."""
    text = text_of(handout, library)
    names = pattern_of(protected_names(library, handout.language))
    measures = measures_of(text, names)
    if measures is None:
        return None
    glossary = library.glossaries.get(handout.language)
    problems = (
        *style_problems(text, measures, names, ""),
        *term_problems(text, names, glossary.value.terms if glossary else {}),
        *notation_problems(text, names),
        *risk_problems(text, library.book),
    )
    return Reading(library, handout, text, measures, problems)


def is_visual(block: Block) -> bool:
    """Whether a block is a picture or a table."""
    return isinstance(block, Table) or (
        isinstance(block, Component) and block.name in PICTURES | TABLES
    )


def _tables(blocks: tuple[Block, ...]) -> Iterator[Table]:
    for each in blocks:
        if isinstance(each, Table):
            yield each
        elif isinstance(each, Component):
            yield from _tables(each.blocks)
