"""Does a translation still say what its source says, block by block?

A translated handout keeps in its front matter, under ``translates``, a mark of each English block
that it was made from, in order. A mark is the beginning of the SHA-256 of what the block says, so
that it changes with every word and fact of it and not with its place in the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from handouts.diagnostics import Diagnostic, Severity, error
from handouts.loading.written import PatientHandout
from handouts.markdown.blocks import (
    Block,
    Component,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    words_of,
)
from handouts.markdown.references import Reference, ReferenceKind
from handouts.models.components import COMPONENTS

_MARK = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """One block of words, or the opening of a component.

    Attributes:
        shape: what kind of block it is, with what a translation has to keep.
        facts: what it refers to, sorted.
        mark: of all that it says.
        line: where it stands.
    """

    shape: str
    facts: tuple[str, ...]
    mark: str
    line: int


def units(blocks: tuple[Block, ...]) -> Iterator[Unit]:
    """The blocks in order of reading, those inside of components after their opening."""
    for block in blocks:
        if isinstance(block, Component):
            worded = COMPONENTS[block.name].says
            kept = [f"{name}={value}" for name, value in block.arguments if name not in worded]
            shape = " ".join((f"component {block.name}", *sorted(kept)))
            yield Unit(shape, (), _mark(shape, repr(block.arguments)), block.line)
            yield from units(block.blocks)
        else:
            words = [inline for inline, _ in words_of((block,))]
            facts = tuple(sorted(_named(each) for each in _facts(words)))
            said = repr([[_text(part) for part in inline] for inline in words])
            yield Unit(_shape(block), facts, _mark(_shape(block), said), block.line)


def marks_of(source: PatientHandout) -> tuple[str, ...]:
    """What a translation of a handout as it stands writes under ``translates``."""
    return tuple(each.mark for each in units(source.blocks))


def mark_of(handout: PatientHandout) -> str:
    """One mark of all words of a handout: its title, the sentence below it, and its blocks."""
    return _mark(handout.front.title, handout.front.lead, *marks_of(handout))


def translation_problems(
    translation: PatientHandout, source: PatientHandout, *, allow_draft: bool
) -> Iterator[Diagnostic]:
    """Where a translation and its source part.

    Args:
        translation: a handout in another language.
        source: the same handout in English.
        allow_draft: whether a stale translation is only warned of, as one that nobody has checked.
    """
    ours, theirs = list(units(translation.blocks)), list(units(source.blocks))
    for own, original in zip(ours, theirs, strict=False):
        if own.shape != original.shape:
            yield _at(
                translation, own, "other-blocks",
                f"here stands `{own.shape}`, in {source.path}:{original.line}"
                f" `{original.shape}`",
                "a translation has the same blocks in the same order",
            )  # fmt: skip
            return
    if len(ours) != len(theirs):
        more, fewer = (ours, source.path) if len(ours) > len(theirs) else (theirs, translation.path)
        extra = more[min(len(ours), len(theirs))]
        yield error(
            "other-blocks",
            f"`{extra.shape}` in line {extra.line} has no counterpart in {fewer}",
            path=translation.path,
            line=extra.line if more is ours else None,
            hint="a translation has the same blocks in the same order",
        )
        return
    for own, original in zip(ours, theirs, strict=True):
        if own.facts != original.facts:
            yield _at(
                translation, own, "other-facts",
                f"it refers to {_listed(own.facts)}, {source.path}:{original.line} to"
                f" {_listed(original.facts)}",
                "a translation prints and cites the same facts",
            )  # fmt: skip
    yield from _stale(translation, source, list(zip(ours, theirs, strict=True)), allow_draft)


def _stale(
    translation: PatientHandout,
    source: PatientHandout,
    pairs: list[tuple[Unit, Unit]],
    allow_draft: bool,
) -> Iterator[Diagnostic]:
    severity = Severity.WARNING if allow_draft else Severity.ERROR
    paste = f"then write `translates: [{', '.join(map(repr, marks_of(source)))}]`"
    known = translation.front.translates
    if len(known) != len(pairs):
        yield Diagnostic(
            severity, "stale-translation",
            f"it does not say which blocks of {source.path} it translates", translation.path, 1,
            hint=f"compare it with its source, {paste}",
        )  # fmt: skip
        return
    for mark, (own, original) in zip(known, pairs, strict=True):
        if mark != original.mark:
            yield Diagnostic(
                severity, "stale-translation",
                f"{source.path}:{original.line} has changed since this was translated",
                translation.path, own.line, 1,
                hint=f"translate it anew, {paste}",
            )  # fmt: skip


def _at(translation: PatientHandout, unit: Unit, code: str, message: str, hint: str) -> Diagnostic:
    return error(code, message, path=translation.path, line=unit.line, column=1, hint=hint)


def _shape(block: Any) -> str:
    match block:
        case Heading():
            return f"heading {block.level}"
        case Paragraph():
            return "paragraph"
        case ListBlock():
            kind = "numbered list" if block.ordered else "list"
            return f"{kind} of {len(block.items)}"
        case _:
            return f"table of {len(block.rows)} by {len(block.header)}"


def _references(words: list[Inline]) -> Iterator[Reference]:
    return (part for inline in words for part in inline if isinstance(part, Reference))


def _facts(words: list[Inline]) -> Iterator[Reference]:
    """What is referred to, but for plain counts in words: they are translated like any other."""
    for each in _references(words):
        if each.kind is not ReferenceKind.PLAIN or not each.subject.isalpha():
            yield each


def _named(reference: Reference) -> str:
    form = f" | {reference.format}" if reference.format else ""
    return f"{reference.subject}{form}"


def _text(part: str | Reference) -> str:
    return part if isinstance(part, str) else f"{{{part.kind} {_named(part)}}}"


def _mark(*said: str) -> str:
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:_MARK]


def _listed(facts: tuple[str, ...]) -> str:
    return ", ".join(f"`{each}`" for each in facts) or "no fact"
