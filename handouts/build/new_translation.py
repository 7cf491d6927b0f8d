"""A translation to start from: the English words under the other language, so that it builds."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from handouts.build.added_lines import with_lines
from handouts.build.folders import Folders
from handouts.build.fonts import use_fonts
from handouts.build.native import check_native_libraries
from handouts.build.request import InvalidRequest
from handouts.build.result import Setup
from handouts.diagnostics import Diagnostic, InvalidInput, did_you_mean, error
from handouts.loading.files import read_text
from handouts.loading.library import SOURCE_LANGUAGE, Library, load_library
from handouts.loading.staleness import marks_of
from handouts.loading.written import PatientHandout, head_and_words, load_handout
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.models.record import Record
from handouts.models.translation import RecordWords
from handouts.rendering.translations import LOCALE_FOLDER


class _Wanted(dict[str, str]):
    """Has a translation of everything, and remembers what it was asked for in vain."""

    def __missing__(self, text: str) -> str:
        self[text] = text
        return text


def translation_files(
    folders: Folders, slug: str, language: str | None, today: date
) -> tuple[Path, str, dict[Path, str], str]:
    """A translation of a handout that is still English, and the words of records that it prints.

    Args:
        folders: of the project.
        slug: id of the handout.
        language: to translate into.
        today: decides whether a review has ended.

    Returns:
        Its file and text; other files with their new text; what there is to do.

    Raises:
        InvalidRequest: ``unknown-document``, ``unknown-language``.
        InvalidInput: the English handout can't be used.
        UnusableEnvironment: a library of the system is missing.
    """
    library = load_library(folders.content, folders.root)
    source = library.handouts.get((slug, SOURCE_LANGUAGE))
    if source is None:
        known = sorted(name for name, each in library.handouts if each == SOURCE_LANGUAGE)
        message = f"there is no handout `{slug}` that can be used"
        raise InvalidRequest((error("unknown-document", message, hint=did_you_mean(slug, known)),))
    language = _known(language)
    path = folders.content / "patient" / slug / f"{language}.md"
    text = _text(folders.content / "patient" / slug / f"{SOURCE_LANGUAGE}.md", source)
    words = folders.content / "translations" / f"{language}.yaml"
    draft = _draft(text, slug, language, folders.name(path))
    wanted, problems = _wanted(folders, library, draft, today)
    hint = "every line of it is still English"
    if language not in library.project.value.languages:
        settings = folders.name(folders.content / "project.yaml")
        hint += f"; it is built once `languages` in {settings} names {language}"
    if problems:
        first = (
            f"  {each.message}: {each.hint}" if each.hint else f"  {each.message}"
            for each in problems
        )
        hint = "\n".join([hint, "before it can be built:", *first])
    also = {words: _with_words(words, folders.name(words), language, wanted)} if wanted else {}
    return path, text, also, hint


def _known(language: str | None) -> str:
    """A language that the program has words for."""
    known = sorted(each.name for each in LOCALE_FOLDER.iterdir() if each.is_dir())
    if language in known:
        return language
    hint = f"--lang {' or '.join(known)}: these are the languages the program has words in"
    raise InvalidRequest((error("unknown-language", "a translation into what?", hint=hint),))


def _text(path: Path, source: PatientHandout) -> str:
    """The English file as a translation of itself, without a review."""
    halves = head_and_words(read_text(path, source.path))
    assert halves is not None  # noqa: S101  (it has been loaded)
    head, words = halves
    head = re.sub(r"(?m)^review:.*\n(?:[ \t]+.*\n)*", "", f"{head}\n")
    marks = ", ".join(f"'{each}'" for each in marks_of(source))
    return f"---\n{head}translates: [{marks}]\n---\n{words}"


def _draft(text: str, slug: str, language: str, shown: str) -> PatientHandout:
    with tempfile.TemporaryDirectory(prefix="handouts-") as folder:
        path = Path(folder, slug, f"{language}.md")
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        return load_handout(path, shown)


def _wanted(
    folders: Folders, library: Library, draft: PatientHandout, today: date
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Words of records that a translation prints and nobody has translated; what else it lacks."""
    check_native_libraries()
    use_fonts(folders)
    from handouts.build.job import Press  # noqa: PLC0415  (comes after the fonts)

    language = draft.language
    record = library.translations.get(language)
    known = dict(record.value.words) if record else {}
    words = _Wanted(known)
    asked = Record(language, "", RecordWords(words=words), lambda _: (1, 1))
    library = replace(
        library,
        handouts={**library.handouts, (draft.id, language): draft},
        translations={**library.translations, language: asked},
    )
    clinic = library.project.value.default_clinic
    edition = Edition(draft.id, Kind.PATIENT, language, Format.STANDARD, Paper.A4, clinic)
    problems: tuple[Diagnostic, ...] = ()
    try:
        Press(Setup(folders, today), library).compose(edition)
    except InvalidInput as invalid:  # terms of the glossary, labels of a diagram
        problems = invalid.diagnostics
    return tuple(each for each in words if each not in known), problems


def _with_words(path: Path, shown: str, language: str, wanted: Iterable[str]) -> str:
    """The translations of records with more words, each still as it is in English.

    Raises:
        InvalidInput: words can't be added to the file as it is written.
    """
    quoted = [json.dumps(each, ensure_ascii=False) for each in wanted]
    lines = [f"  {each}: {each}" for each in quoted]
    before = f"# Words of records in language {language}, by their English words.\nwords:\n"
    if path.is_file():
        before = read_text(path, shown)
    more = "\n".join(["  # Still English: to be translated.", *lines, ""])
    return with_lines(before, more, shown)
