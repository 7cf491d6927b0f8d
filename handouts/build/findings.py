"""What is found in the words of the content, kept by what it was found in.

To read all words of a large library and to measure them takes seconds; an edit changes one file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from handouts.build.folders import Folders
from handouts.build.inputs import Digests, Recorder, digest_of
from handouts.build.overrides import override_problems
from handouts.build.record import Records
from handouts.build.report import diagnostic_fields, diagnostics_from
from handouts.build.reports.documents import Score, Scores
from handouts.build.reports.scores import scores_of
from handouts.checks.numbers import (
    SOURCE_LANGUAGE,
    number_problems_elsewhere,
    number_problems_in_templates,
    number_problems_in_trial,
    number_problems_in_words,
)
from handouts.checks.plain_language import plain_language_problems_in
from handouts.checks.quality import quality_problems_of
from handouts.diagnostics import Diagnostic
from handouts.loading.files import read_text
from handouts.loading.library import Library

_SHARED = ("clinics", "facts", "diagrams", "glossary", "translations", "trials")
"""Folders of the content with files on which the words of every handout may rest."""


@dataclass(frozen=True, slots=True)
class _Found:
    problems: tuple[Diagnostic, ...]
    scores: tuple[Scores, ...] = ()


class Findings:
    """What is found in the words of a library.

    Args:
        library: what was loaded.
        folders: of the project.
        digests: of its files.
        records: where findings are kept.
        anew: whether to find everything anew.
    """

    def __init__(
        self,
        library: Library,
        folders: Folders,
        digests: Digests,
        records: Records,
        *,
        anew: bool = False,
    ) -> None:
        self._library, self._folders, self._anew = library, folders, anew
        self._digests, self._records = digests, records
        self._shared = self._digest_of_shared()
        self._handouts = {
            key: self._kept(each.path, self._of_handout(key))
            for key, each in library.handouts.items()
        }

    def scores(self, name: str, language: str) -> tuple[Scores, ...]:
        """The scores of a handout; none of what is no handout."""
        found = self._handouts.get((name, language))
        return found.scores if found else ()

    def problems(self) -> Iterator[Diagnostic]:
        """Numbers typed into the words of content and templates; words of handouts, and quality."""
        library = self._library
        for handout in self._handouts.values():
            yield from handout.problems
        for page in library.clinician.values():
            yield from number_problems_in_words(page, library, self._text_of)
        for trial in library.trials.values():

            def of_trial(trial: Any = trial) -> _Found:
                return _Found(tuple(number_problems_in_trial(trial, library, self._text_of)))

            yield from self._kept(trial.path, of_trial).problems
        yield from number_problems_elsewhere(library, self._text_of)
        yield from number_problems_in_templates(
            self._folders.templates,
            library.names(SOURCE_LANGUAGE),
            shown=self._folders.shown,
            read=Recorder(self._folders).read,
        )
        yield from override_problems(self._folders)

    def _of_handout(self, key: tuple[str, str]) -> Callable[[], _Found]:
        library = self._library

        def found() -> _Found:
            handout = library.handouts[key]
            return _Found(
                (
                    *number_problems_in_words(handout, library, self._text_of),
                    *plain_language_problems_in(handout, library, self._text_of),
                    *quality_problems_of(handout, library),
                ),
                scores_of(handout, library),
            )

        return found

    def _kept(self, path: str, find: Callable[[], _Found]) -> _Found:
        """What is found in a file: as it was found before, if nothing has changed since."""
        key = self._key(path)
        fields = None if self._anew else self._records.words(key)
        if fields is not None:
            scores = tuple(map(_scores, fields["scores"]))
            return _Found(diagnostics_from(fields["problems"]), scores)
        found = find()
        self._records.save_words(
            key,
            {
                "problems": [diagnostic_fields(each) for each in found.problems],
                "scores": [asdict(each) for each in found.scores],
            },
        )
        return found

    def _key(self, path: str) -> str:
        """A name for the contents of a file, of those beside it, and of what all files share."""
        beside = PurePosixPath(path).parent
        names = (path, f"{beside}/quality.yaml", f"{beside}/{SOURCE_LANGUAGE}.md")
        lines = (*(f"{name} {self._digests.file(name)}" for name in names), self._shared)
        return digest_of("\n".join(lines).encode(errors="surrogateescape"))

    def _digest_of_shared(self) -> str:
        content = self._folders.content
        files = ("project.yaml", "sources.yaml")
        lines = [str(self._digests.file(self._folders.name(content / each))) for each in files]
        lines += (str(self._digests.tree(self._folders.name(content / each))) for each in _SHARED)
        return digest_of("\n".join(lines).encode())

    def _text_of(self, shown: str) -> str:
        return read_text(self._folders.path(shown), shown)


def _scores(fields: dict[str, Any]) -> Scores:
    return Scores(check=fields["check"], scores=tuple(Score(**each) for each in fields["scores"]))
