"""Do the parts of a library agree with each other? Ids, references, names, files, clinics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from handouts.diagnostics import Diagnostic, error, warning
from handouts.loading.files import shown_path
from handouts.loading.written import Written
from handouts.markdown.numbers import find_numbers
from handouts.models.clinic import ALL_CLINICS, Clinic
from handouts.models.diagram import Diagram
from handouts.models.glossary import Glossary
from handouts.models.quantity import FactFile
from handouts.models.record import Record
from handouts.models.trial import Trial

Documents = Sequence[Written[Any]]

_READ = (
    "project.yaml",
    "sources.yaml",
    "trials/*/trial.yaml",
    "patient/*/*.md",
    "patient/*/quality.yaml",
    "clinician/*/en.md",
    "facts/*.yaml",
    "diagrams/*.yaml",
    "clinics/*.yaml",
    "glossary/*.yaml",
    "translations/*.yaml",
)


def clinic_problems(record: Record[Clinic]) -> Iterator[Diagnostic]:
    """A clinic says what to do at night, one way or the other; its name can be asked for."""
    if record.id == ALL_CLINICS:
        yield error(
            "bad-id",
            f"no clinic can be called `{ALL_CLINICS}`: it stands for all of them",
            path=record.path,
            hint="rename the file",
        )
    if record.value.night is None and not record.value.night_instruction:
        yield error(
            "no-night-instruction",
            "this clinic has neither a number for the night nor an instruction",
            path=record.path,
            line=1,
            hint="give `night`, or `night_instruction`: what to do when nobody answers",
        )


def id_problems(
    trials: Mapping[str, Record[Trial]],
    facts: Mapping[str, Record[FactFile]],
    diagrams: Mapping[str, Record[Diagram]],
    written: Documents,
) -> Iterator[Diagnostic]:
    """An id stands for one thing in the whole library."""
    taken = {name: record.path for name, record in trials.items()}
    others = [(name, record.path) for name, record in facts.items()]
    others += [(name, record.path) for name, record in diagrams.items()]
    others += {(each.kind, each.id): (each.id, each.path) for each in written}.values()
    for name, path in others:
        first = taken.setdefault(name, path)
        if first != path:
            yield error(
                "duplicate-id",
                f"`{name}` is also the id of {first}",
                path=path,
                hint="ids are unique across the library: rename one file or folder",
            )


def reference_problems(
    trials: Mapping[str, Record[Trial]], written: Documents
) -> Iterator[Diagnostic]:
    """Two documents with one reference could not be told apart on paper."""
    taken: dict[str, tuple[str, str]] = {}
    documents = [(each.value.reference, each.id, each.path) for each in trials.values()]
    documents += [(each.front.reference, each.id, each.path) for each in written]
    for reference, name, path in documents:
        other = taken.setdefault(reference, (name, path))
        if other[0] != name:
            yield error(
                "duplicate-reference",
                f"reference `{reference}` is also that of {other[1]}",
                path=path,
                hint="every document has a reference of its own",
            )


def name_problems(glossaries: Mapping[str, Record[Glossary]]) -> Iterator[Diagnostic]:
    """A name lets digits stand in words, so it must be one and not a number itself."""
    for record in glossaries.values():
        for index, name in enumerate(record.value.names):
            found = find_numbers(name, (), record.id)
            is_number = any(each.text == name.strip() for each in found)
            if not re.match(r"[^\W\d_]", name) or len(name) < 2 or is_number:
                line, column = record.place(("names", index))
                yield error(
                    "wrong-value",
                    f"`{name}` is not a name with digits",
                    path=record.path,
                    line=line,
                    column=column,
                    hint="a name begins with a letter, as HER2 or grade 3 do",
                )


def unused_files(
    content: Path, root: Path, clinics: Iterable[Record[Clinic]] = ()
) -> Iterator[Diagnostic]:
    """Files that lie in the content and that nothing reads: a slip of name or place."""
    logos = {f"clinics/{each.value.logo.file}" for each in clinics if each.value.logo}
    for path in sorted(content.rglob("*")):
        parts = path.relative_to(content).parts
        if path.is_dir() or any(part.startswith(".") for part in parts):
            continue
        if "/".join(parts) not in logos and not any(
            fnmatchcase("/".join(parts), pattern) for pattern in _READ
        ):
            yield warning(
                "unused-file",
                "nothing reads this file",
                path=shown_path(path, root),
                hint="is its name, its ending or its folder mistyped?",
            )
