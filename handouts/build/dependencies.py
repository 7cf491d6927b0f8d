"""Which files of the content a document depends on, and what it takes from all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from handouts.build.folders import Folders
from handouts.build.inputs import digest_of
from handouts.loading.library import CLINICIAN_LANGUAGE, Library
from handouts.models.edition import Edition, Kind
from handouts.models.front_matter import ComparisonFront
from handouts.rendering.language import SOURCE_LANGUAGE
from handouts.rendering.words import Ledger


def foundation(edition: Edition, folders: Folders) -> tuple[str, ...]:
    """The files without which an edition can't be composed, by name.

    The glossary of its language may be missing, and what a translation is made from: that they are
    not there is then what it depends on.
    """
    content = folders.content
    match edition.kind:
        case Kind.TRIAL:
            own = content / "trials" / edition.id / "trial.yaml"
        case Kind.PATIENT:
            own = content / "patient" / edition.id / f"{edition.language}.md"
        case Kind.COMPARISON | Kind.REFERENCE:
            own = content / "clinician" / edition.id / f"{edition.language}.md"
    files = (
        content / "project.yaml",
        content / "sources.yaml",
        content / "clinics" / f"{edition.clinic}.yaml",
        content / "glossary" / f"{edition.language}.yaml",
        *_of_translation(edition, content),
        own,
    )
    return tuple(folders.name(each) for each in files)


def _of_translation(edition: Edition, content: Path) -> Iterator[Path]:
    """What a translation is made from, and words of records in its language."""
    if edition.language != SOURCE_LANGUAGE:
        yield content / "translations" / f"{edition.language}.yaml"
        yield content / "patient" / edition.id / f"{SOURCE_LANGUAGE}.md"


def own_file(edition: Edition, folders: Folders) -> str:
    """The file with the words of an edition."""
    return foundation(edition, folders)[-1]


def judgements_of(edition: Edition, folders: Folders) -> tuple[str, ...]:
    """The files that say something about a document and of which nothing is printed."""
    if edition.kind is not Kind.PATIENT or edition.language != SOURCE_LANGUAGE:
        return ()
    return (folders.name(folders.content / "patient" / edition.id / "quality.yaml"),)


def records_of(ledger: Ledger) -> tuple[str, ...]:
    """The files whose facts a document prints or rests on, or that it draws."""
    return tuple(dict.fromkeys((*(fact.path for fact in ledger.facts()), *ledger.diagrams)))


def read_whole(edition: Edition, ledger: Ledger | None, folders: Folders) -> tuple[str, ...]:
    """The files of the content on all of which a document depends.

    Of files with many facts or sources it depends on those it prints: see ``Values``. But a
    diagram is drawn from all of its file.
    """
    sources = folders.name(folders.content / "sources.yaml")
    files = [each for each in foundation(edition, folders) if each != sources]
    if ledger is not None:
        files += ledger.diagrams
    return tuple(dict.fromkeys(files))


class Values:
    """What documents take out of files that hold more than that, by a name for each piece.

    ``names.en`` are the names with digits that are no numbers, taken from every record; ``fact:``
    and ``source:`` stand before the address of a fact and the id of a source; ``compared:`` before
    the id of a comparison, for the rows of trials that it names.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, str] = {}

    def digest(self, name: str) -> str:
        """The digest of a piece as it is now; empty if there is no such piece."""
        if name not in self._known:
            self._known[name] = self._digest(name)
        return self._known[name]

    def are_current(self, values: Mapping[str, str]) -> bool:
        """Whether all these pieces are as they were."""
        return all(self.digest(name) == digest for name, digest in values.items())

    def of(self, edition: Edition, ledger: Ledger | None) -> dict[str, str]:
        """All pieces that a document takes."""
        names = [f"{_NAMES}{edition.language}"]
        if edition.kind is Kind.COMPARISON:
            names.append(f"{_COMPARED}{edition.id}")
        if ledger is not None:
            facts = tuple(ledger.facts())
            names += (f"{_FACT}{each.address}" for each in facts)
            names += (f"{_SOURCE}{each}" for each in ledger.sources)
            names += (f"{_SOURCE}{each}" for fact in facts for each in fact.source.sources)
            names += (f"{_SOURCE}{each}" for fact in facts for each in fact.source.via)
        return {name: self.digest(name) for name in sorted(set(names))}

    def _digest(self, name: str) -> str:
        library = self._library
        if name.startswith(_NAMES):
            names = sorted(library.names(name.removeprefix(_NAMES)))
            return digest_of("\n".join(names).encode())
        value: object
        if name.startswith(_FACT):
            fact = library.book.facts.get(name.removeprefix(_FACT))
            value = fact and replace(fact, line=0)  # it may have moved
        elif name.startswith(_COMPARED):
            value = tuple(_compared(name.removeprefix(_COMPARED), library))
        else:
            value = library.sources.get(name.removeprefix(_SOURCE))
        return digest_of(repr(value).encode()) if value is not None else ""


_NAMES, _FACT, _SOURCE, _COMPARED = "names.", "fact:", "source:", "compared:"


def _compared(name: str, library: Library) -> Iterator[object]:
    """What a comparison takes out of trials, beside their facts."""
    page = library.clinician.get((name, CLINICIAN_LANGUAGE))
    front = page.front if page else None
    for each in front.trials if isinstance(front, ComparisonFront) else ():
        record = library.trials.get(each.trial)
        if record is None:
            continue
        trial = record.value
        rows = {each.absolute, each.relative, each.survival, *each.plotted}
        yield trial.acronym, trial.arms, trial.analyses, trial.populations
        yield tuple(outcome for outcome in trial.outcomes if outcome.id in rows)
        yield tuple(harm for harm in trial.harms if harm.id in each.main_harms)
