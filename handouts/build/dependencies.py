"""Which files of the content a document depends on, and what it takes from all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from handouts.build.folders import Folders
from handouts.build.inputs import digest_of
from handouts.diagnostics import Diagnostic
from handouts.loading.library import Library
from handouts.models.edition import Edition, Kind
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
    """The files whose facts a document prints or rests on."""
    return tuple(dict.fromkeys(fact.path for fact in ledger.facts()))


def values_for(language: str, library: Library) -> dict[str, str]:
    """What a document in a language takes from every record: the names that are no numbers."""
    return {f"names.{language}": digest_of("\n".join(sorted(library.names(language))).encode())}


def problems_in(files: Iterable[str], problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The problems that lie in some of the files."""
    names = frozenset(files)
    return tuple(each for each in problems if each.path in names)
