"""What differs between two builds: documents, their pages, words and facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

import pypdfium2

from handouts.build.assets import FOLDER as ASSETS
from handouts.build.manifest import Entry
from handouts.build.request import InvalidRequest
from handouts.build.site.twins import unlinked
from handouts.build.snapshot import Facts, Snapshot, words_in
from handouts.checks.extracted import extracted_text
from handouts.checks.page_differences import PageDifference, page_differences
from handouts.checks.word_changes import WordChange, word_changes
from handouts.diagnostics import error

_OF_FILES = frozenset({"sha256", "bytes", "id", "kind", "language", "format", "paper", "clinic"})
"""Fields of an entry that say nothing new of a file that differs."""


class Kind(StrEnum):
    """What has become of a document."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    NOT_BUILT = "not built"


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that is printed otherwise, or only in one of the builds.

    Attributes:
        fact: its address.
        old, new: as printed, each form once; empty where it is not printed.
        old_value, new_value: as its record has it; empty if only the sheets are at hand.
    """

    fact: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    old_value: str
    new_value: str

    @property
    def in_short(self) -> tuple[str, str]:
        """Old and new, in the forms that changed; empty where it is not printed."""
        forms = [
            " / ".join(each for each in own if each not in other) or " / ".join(own)
            for own, other in ((self.old, self.new), (self.new, self.old))
        ]
        if forms[0] == forms[1]:
            return self.old_value, self.new_value
        return forms[0], forms[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDifference:
    """One document in one edition that is not the same in both builds.

    Attributes:
        kind: what has become of it.
        path: of the PDF below the output folder.
        entry: of the manifest, the new one if there are two.
        why: why it was not built, and where.
        fields: what the manifests say differently: name, old and new value.
        pages: pages that look different.
        page_counts: of the old and the new file.
        words: words that changed in the PDF.
        words_on_screen: if none has, those that changed in the HTML page, alternative texts too.
        facts: facts that changed.
    """

    kind: Kind
    path: str
    entry: Entry
    why: str = ""
    fields: tuple[tuple[str, str, str], ...] = ()
    pages: tuple[PageDifference, ...] = ()
    page_counts: tuple[int, int] = (0, 0)
    words: tuple[WordChange, ...] = ()
    words_on_screen: tuple[WordChange, ...] = ()
    facts: tuple[FactChange, ...] = ()

    @property
    def shown_pages(self) -> tuple[PageDifference, ...]:
        """Pages worth a look."""
        return tuple(each for each in self.pages if not each.is_repetition)

    @property
    def is_visible(self) -> bool:
        """Whether a reader notices; if not, it is metadata or the structure for screen readers."""
        return bool(self.pages or self.words or self.words_on_screen or self.facts)


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two builds.

    Attributes:
        old, new: names of the builds.
        documents: those that differ, by path.
        assets: files beside the HTML pages, such as stylesheets, that differ.
        generator: programs of other versions: name, old and new version.
        same: how many documents are the same.
        not_compared: editions that neither build could make, with the reason.
    """

    old: str
    new: str
    documents: tuple[DocumentDifference, ...]
    assets: tuple[str, ...]
    generator: tuple[tuple[str, str, str], ...]
    same: int
    not_compared: tuple[tuple[str, str], ...] = ()

    @property
    def is_none(self) -> bool:
        """Whether nothing differs between what both builds publish."""
        return not (self.documents or self.assets)


def difference_between(old: Snapshot, new: Snapshot) -> Difference:
    """Compare two builds, file by file.

    Raises:
        InvalidRequest: a file that a manifest lists is not there, or is no PDF.
    """
    before, after = old.manifest.documents, new.manifest.documents
    paths = sorted({*before, *after})
    documents = tuple(found for path in paths if (found := _document(path, old, new)) is not None)
    return Difference(
        old.name,
        new.name,
        documents,
        tuple(_assets(old, new)),
        tuple(_changed_values(old.manifest.generator, new.manifest.generator)),
        len(paths) - len(documents),
        tuple((name, new.failed[name]) for name in sorted({*old.failed} & {*new.failed})),
    )


def _twin(entry: Entry, snapshot: Snapshot) -> str:
    """A twin without its ways to other pages, which say nothing of this one."""
    return unlinked(snapshot.read(entry.html).decode(errors="replace"))


def _document(path: str, old: Snapshot, new: Snapshot) -> DocumentDifference | None:
    before, after = old.manifest.documents.get(path), new.manifest.documents.get(path)
    if before is None or after is None:
        return _in_one_only(path, before, after, old, new)
    data = old.read(path), new.read(path)
    twins = _twin(before, old), _twin(after, new)
    if data[0] == data[1] and twins[0] == twins[1]:
        return None
    pages: tuple[PageDifference, ...] = ()
    words: tuple[WordChange, ...] = ()
    if data[0] != data[1]:
        try:
            pages = tuple(page_differences(*data))
            words = word_changes(*map(extracted_text, data))
        except pypdfium2.PdfiumError:
            failure = error(
                "damaged-pdf", f"it can't be read as a PDF in {old.name} or {new.name}", path=path
            )
            raise InvalidRequest((failure,)) from None
    on_screen: tuple[WordChange, ...] = ()
    if not words and twins[0] != twins[1]:
        on_screen = word_changes(*([words_in(each)] for each in twins))
    traced = old.traced is not None and new.traced is not None
    facts = (old.facts(before, traced=traced), new.facts(after, traced=traced))
    return DocumentDifference(
        kind=Kind.CHANGED,
        path=path,
        entry=after,
        fields=tuple(_changed_fields(before, after)),
        pages=pages,
        page_counts=(before.pages, after.pages),
        words=words,
        words_on_screen=on_screen,
        facts=tuple(fact_changes(*facts)),
    )


def _in_one_only(
    path: str, before: Entry | None, after: Entry | None, old: Snapshot, new: Snapshot
) -> DocumentDifference:
    name = PurePosixPath(path).stem
    other, entry = (old, after) if before is None else (new, before)
    if entry is None:
        raise KeyError(path)
    pages = (before.pages if before else 0, after.pages if after else 0)
    if (reason := other.failed.get(name)) is not None:
        return DocumentDifference(
            kind=Kind.NOT_BUILT, path=path, entry=entry, page_counts=pages,
            why=f"{other.name} can't build it: {reason}",
        )  # fmt: skip
    kind = Kind.ADDED if before is None else Kind.REMOVED
    return DocumentDifference(kind=kind, path=path, entry=entry, page_counts=pages)


def fact_changes(old: Facts, new: Facts) -> Iterator[FactChange]:
    """Facts that are printed otherwise, or have another value, by address."""
    for address in sorted({*old, *new}):
        before, after = old.get(address), new.get(address)
        if before == after:
            continue
        yield FactChange(
            address,
            before.texts if before else (),
            after.texts if after else (),
            before.value if before else "",
            after.value if after else "",
        )


def _changed_fields(before: Entry, after: Entry) -> Iterator[tuple[str, str, str]]:
    values = [
        {
            each.name: _shown(getattr(entry, each.name))
            for each in fields(Entry)
            if each.name not in _OF_FILES
        }
        for entry in (before, after)
    ]
    yield from _changed_values(*values)


def _changed_values(before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield name, before.get(name, "none"), after.get(name, "none")


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return "none" if value is None else str(value)


def _assets(old: Snapshot, new: Snapshot) -> Iterator[str]:
    """Stylesheets, fonts and scripts; what is only made of the documents says nothing new."""
    before, after = frozenset(old.manifest.assets), frozenset(new.manifest.assets)
    for path in sorted(each for each in before | after if each.startswith(f"{ASSETS}/")):
        if path not in before or path not in after or old.read(path) != new.read(path):
            yield path


def pages_in_words(numbers: Sequence[int]) -> str:
    """Page numbers for people: page 1; pages 1, 3 to 5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = (
        str(run[0]) if len(run) == 1 else f"{run[0]} {'and' if len(run) == 2 else 'to'} {run[-1]}"
        for run in runs
    )
    return f"page{'' if len(numbers) == 1 else 's'} {', '.join(named)}"
