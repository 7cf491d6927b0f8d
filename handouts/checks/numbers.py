"""The number rule: a number that does not come from a fact is an error, wherever words are written.

Looked at are the words of content, of templates, and, as a backstop, of every composed page. A
plain count is allowed where it is called one: ``{{ 3 | plain }}`` in prose, the filter ``plain`` or
an element with ``data-plain`` in a template. Names with digits are listed in the glossary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError

from handouts.checks.number_text import (
    FENCE,
    DataPath,
    Place,
    SourceFile,
    printed_body,
    printed_inline,
    texts_in,
)
from handouts.checks.template_words import words_of_template
from handouts.checks.visible_words import BrokenHtmlError, visible_words
from handouts.diagnostics import Diagnostic, error
from handouts.loading.library import Library
from handouts.loading.written import Written
from handouts.markdown.numbers import FILLED, NumberFound, find_numbers
from handouts.models.diagram import texts_of
from handouts.models.glossary import Glossary
from handouts.models.record import Record
from handouts.models.trial import Trial

NAMES = ("95% CI", "95% confidence interval", "m²")
"""Names with digits that are of no language or trial: a level of confidence is no result."""

SOURCE_LANGUAGE = "en"
"""Language of records, and of the words in templates."""

_TEMPLATES = "*.jinja"
_MARKED_IN_TEMPLATE = ("data-plain",)
_MARKED_ON_PAGE = ("data-fact", "data-plain", "data-slot")
_CONTEXT = 30

_PROJECT_WORDS = (("title",), ("publisher",))
_PROSE = frozenset({"bottom_line", "objective", "text", "harms_note", "remark"})
_NAMED_IN_PROSE = frozenset({"analyses", "populations"})
"""Fields of records in which references are filled in; elsewhere only other words help."""

Read = Callable[[str], str]


def number_problems_in_library(library: Library, read_text: Read) -> Iterator[Diagnostic]:
    """Numbers typed into the words of content.

    Args:
        library: what was loaded.
        read_text: the text of a file by its path as it is shown, with line ends as
            ``loading.files.read_text`` gives them.
    """
    read = cache(read_text)
    for document in library.written:
        yield from number_problems_in_words(document, library, read)
    for trial in library.trials.values():
        yield from number_problems_in_trial(trial, library, read)
    yield from number_problems_elsewhere(library, read)


def number_problems_in_words(
    document: Written[Any], library: Library, read: Read
) -> Iterator[Diagnostic]:
    """Numbers typed into a handout or a page for clinicians."""
    yield from _rule(document.language, library, read).in_document(document)


def number_problems_in_trial(
    trial: Record[Trial], library: Library, read: Read
) -> Iterator[Diagnostic]:
    """Numbers typed into the prose of a trial's record."""
    rule = _rule(SOURCE_LANGUAGE, library, read)
    yield from rule.in_record(trial.path, trial.value, trial.place)


def number_problems_elsewhere(library: Library, read: Read) -> Iterator[Diagnostic]:
    """Numbers typed into what documents share: facts, diagrams, translations, glossaries."""

    def rule(language: str) -> _Rule:
        return _rule(language, library, read)

    built = {*library.project.value.languages}
    for facts in library.facts.values():
        yield from rule(SOURCE_LANGUAGE).in_record(facts.path, facts.value, facts.place)
    for diagram in library.diagrams.values():
        for words, at in texts_of(diagram.value):
            for language in words.keys() & built:
                text = words[language]
                place = diagram.place((*at, language))
                yield from rule(language).in_text(text, diagram.path, place)
    for language, translated in library.translations.items():
        for original, text in translated.value.words.items():
            if _digits_in(original) != _digits_in(text):
                place = translated.place(("words", original))
                yield from rule(language).in_text(text, translated.path, place)
    for language, glossary in library.glossaries.items():
        yield from rule(language).in_glossary(glossary)
    project = library.project
    for at in _PROJECT_WORDS:
        text = getattr(project.value, at[0])
        yield from rule(SOURCE_LANGUAGE).in_text(text, project.path, project.place(at))


def _rule(language: str, library: Library, read: Read) -> _Rule:
    return _Rule((*library.names(language), *NAMES), language, read)


def _digits_in(text: str) -> list[str]:
    """The numbers of words: a translation may have those of its original, and no other."""
    return sorted(re.findall(r"\d+", text))


def number_problems_in_templates(
    folders: Iterable[Path],
    names: Collection[str],
    language: str = SOURCE_LANGUAGE,
    *,
    shown: Callable[[Path], str] = Path.as_posix,
    read: Callable[[Path], bytes] = Path.read_bytes,
) -> Iterator[Diagnostic]:
    """Numbers typed into templates, as text or as constants that are printed or translated.

    Also what can't be read (``unreadable-file``), or not as HTML (``broken-template``).

    Args:
        folders: where templates are looked for, a project's own first; of files of the same name
            only the first is used.
        names: names with digits.
        language: language of the words in templates.
        shown: how a template's path is shown to people.
        read: gives the bytes of a template.
    """
    files: dict[str, Path] = {}
    for folder in folders:
        for file in sorted(folder.rglob(_TEMPLATES)):
            files.setdefault(file.relative_to(folder).as_posix(), file)
    for file in files.values():
        try:
            source = read(file)
        except OSError as problem:
            reason = problem.strerror or "it is not there"
            message = f"the file can't be read: {reason}"
            yield error("unreadable-file", message, path=shown(file))
        else:
            yield from _in_template(source, (*names, *NAMES), language, shown(file))


def number_problems_in_document(
    html: str, names: Collection[str], language: str, path: str
) -> tuple[Diagnostic, ...]:
    """Numbers on a composed page that no fact, plain count, slot or chart accounts for.

    Args:
        html: the page.
        names: names with digits in its language.
        language: its language.
        path: the file its words come from.
    """
    hint = "fill it in from a fact, or mark a plain count with `data-plain`"
    found = (
        _unsourced(number, language, hint, path=path, around=f": `{_around(run.text, number)}`")
        for run in visible_words(html, _MARKED_ON_PAGE, charts=False)
        for number in find_numbers(run.text, (*names, *NAMES), language)
    )
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Rule:
    """The rule for the words of content in one language."""

    names: tuple[str, ...]
    language: str
    read: Read

    def in_document(self, document: Written[Any]) -> Iterator[Diagnostic]:
        yield from self.in_record(document.path, document.front, document.place)
        file = SourceFile(document.path, self.read)
        body = printed_body(self.read(document.path))
        for number in find_numbers(body.text, self.names, self.language):
            place = file.place(body.offsets[number.start])
            in_fence = file.line(place[0]).startswith(FENCE)
            yield self._problem(number, document.path, place, takes_references=not in_fence)

    def in_glossary(self, glossary: Record[Glossary]) -> Iterator[Diagnostic]:
        yield from self.in_record(glossary.path, glossary.value, glossary.place)
        file = SourceFile(glossary.path, self.read)
        for term in glossary.value.terms:
            for number in find_numbers(term, self.names, self.language):
                line, _ = glossary.place(("terms", term))
                column = file.line(line).find(term) + number.start + 1
                yield self._problem(number, glossary.path, (line, max(1, column)))

    def in_record(
        self, path: str, value: object, place: Callable[[DataPath], Place]
    ) -> Iterator[Diagnostic]:
        for text, at in texts_in(value):
            yield from self.in_text(text, path, place(at), takes_references=_takes_references(at))

    def in_text(
        self, text: str, path: str, place: Place, *, takes_references: bool = False
    ) -> Iterator[Diagnostic]:
        """Numbers in one text of a YAML file, which starts at a place."""
        printed = printed_inline(text)
        for number in find_numbers(printed.text, self.names, self.language):
            file = SourceFile(path, self.read)
            found = file.place_in_value(place, text, printed.offsets[number.start])
            yield self._problem(number, path, found, takes_references=takes_references)

    def _problem(
        self, number: NumberFound, path: str, place: Place, *, takes_references: bool = False
    ) -> Diagnostic:
        hint = "say it without the number: references to facts do not work here"
        if takes_references:
            words = _on_one_line(number.text)
            count = f'"{words}"' if " " in words else words
            hint = (
                "refer to a fact: {{ record.fact }};"
                f" a plain count is written {{{{ {count} | plain }}}}"
            )
        return _unsourced(number, self.language, hint, path=path, line=place[0], column=place[1])


def _in_template(
    source: bytes, names: Collection[str], language: str, path: str
) -> Iterator[Diagnostic]:
    try:
        words = words_of_template(source.decode())
        runs = visible_words(words.html, _MARKED_IN_TEMPLATE)
    except BrokenHtmlError as broken:
        yield error("broken-template", str(broken), path=path, line=broken.line)
        return
    except (TemplateSyntaxError, UnicodeDecodeError):
        return  # rendering says so
    hint = "fill it in from a fact; a plain count is written {{ 3 | plain }}"
    found = [
        (run.line(number.start), number)
        for run in runs
        for number in find_numbers(run.text, names, language)
    ]
    found += [
        (line, number)
        for text, line in words.translated
        for number in find_numbers(text, names, language)
    ]
    for line, number in sorted(found, key=lambda each: each[0]):
        yield _unsourced(number, language, hint, path=path, line=line)


def _takes_references(at: DataPath) -> bool:
    """Whether references are filled in where a field of a record is printed."""
    return at[-1] in _PROSE or (at[0] in _NAMED_IN_PROSE and at[-1] == "name")


def _unsourced(  # the one message of the rule
    number: NumberFound,
    language: str,
    hint: str,
    *,
    path: str,
    line: int | None = None,
    column: int | None = None,
    around: str = "",
) -> Diagnostic:
    message = f"the number `{_on_one_line(number.text)}` does not come from a fact"
    if number.name:
        message = f"the number in `{number.name}` does not come from a fact"
        hint = f"a name with digits is listed under `names` in content/glossary/{language}.yaml"
    return error(
        "unsourced-number", message + around, path=path, line=line, column=column, hint=hint
    )


def _around(text: str, number: NumberFound) -> str:
    """A number with the words around it, on one line."""
    before, after = text[: number.start], text[number.stop :]
    if len(before) > _CONTEXT:
        before = "… " + before[-_CONTEXT:].partition(" ")[2]
    if len(after) > _CONTEXT:
        after = after[:_CONTEXT].rpartition(" ")[0] + " …"
    return _on_one_line(f"{before}{number.text}{after}".replace(FILLED, "…"))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
