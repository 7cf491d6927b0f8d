"""Message catalogues: are they complete, and do translations keep the places of their messages?

Patients read other languages, clinicians English: a catalogue needs the words of what patients
get, and may have more. Run as a program (``script/messages``) this brings the list of messages and
the catalogues up to date, or with ``--check`` says what is wrong with them.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po
from jinja2 import Environment, meta

from handouts.diagnostics import Diagnostic, Severity, error, warning
from handouts.models.components import COMPONENTS
from handouts.models.edition import Kind
from handouts.rendering.translations import LOCALE_FOLDER, catalogue_file, read_catalogue

PROGRAM = Path(__file__).resolve().parents[1]
TEMPLATES = PROGRAM.parent / "templates"
MESSAGES = LOCALE_FOLDER / "messages.pot"

_KEYWORDS: dict[str, Any] = {
    "_": None, "translate": None, "message": None, "plural": (1, 2), "_counted": (4, 5),
}  # fmt: skip
"""Functions whose arguments are messages; where two are, the forms for one and for many."""

_FLOORS = ("models", "evidence", "charts", "rendering")
_PATIENT_CODE = re.compile(
    r"evidence/formatting|charts/stained_cells"
    r"|rendering/(patient\w*|words|compose|diagrams|address|navigation|cycle_\w+|side_\w+|stained_\w+)"
)
_PATIENT_TEMPLATES = f"kinds/{Kind.PATIENT}.html.jinja"
_PLACE = re.compile(r"\{\w*\}")
_HEADER = """\
# {title}
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
{plural}
"""
_DRAFT = "Draft: no qualified translator has checked any of these messages."


def program_messages(program: Path = PROGRAM, templates: Path = TEMPLATES) -> Catalog:
    """Every message of the program and its templates, with the files it stands in.

    Args:
        program: the folder of the package.
        templates: the folder of the templates.
    """
    found = Catalog(fuzzy=False)
    for path in sorted(templates.rglob("*.jinja")):
        _collect(found, "jinja2.ext:babel_extract", path, f"templates/{_below(path, templates)}")
    for floor in _FLOORS:
        for path in sorted((program / floor).glob("*.py")):
            _collect(found, "python", path, f"handouts/{_below(path, program)}")
    return found


def patient_files(templates: Path = TEMPLATES) -> frozenset[str]:
    """The templates that patient handouts are made with, as messages name them."""
    environment = Environment(autoescape=True, extensions=["jinja2.ext.do"])
    pending = [_PATIENT_TEMPLATES, *(_below(p, templates) for p in templates.glob("layouts/*"))]
    pending += [
        f"components/{name}.html.jinja"
        for name, rule in COMPONENTS.items()
        if Kind.PATIENT in rule.kinds
    ]
    seen: set[str] = set()
    while pending:
        name = pending.pop()
        if name not in seen and (templates / name).is_file():
            seen.add(name)
            tree = environment.parse((templates / name).read_text(encoding="utf-8"))
            pending += [each for each in meta.find_referenced_templates(tree) if each]
    return frozenset(f"templates/{name}" for name in seen)


def is_for_patients(entry: Any, files: frozenset[str]) -> bool:
    """Whether a message is one of those that patients read."""
    return any(
        path in files or _PATIENT_CODE.match(path.removeprefix("handouts/"))
        for path, _ in entry.locations
    )


def catalogue_problems(
    catalogue: Catalog, messages: Catalog, files: frozenset[str], path: str
) -> Iterator[Diagnostic]:
    """What is wrong with a catalogue.

    Args:
        catalogue: of one language.
        messages: all there are.
        files: templates that patients' words stand in.
        path: of the catalogue, as it is shown.
    """
    for entry in messages:
        if not entry.id:
            continue
        found = catalogue.get(entry.id)
        forms = _forms(found) if found is not None else ()
        if found is None or not all(forms):
            if is_for_patients(entry, files):
                message = f"`{_one(entry)}` has no translation"
                yield error("missing-translation", message, path=path)
        elif found.fuzzy:
            message = f"the translation of `{_one(entry)}` is marked as a guess"
            yield error("missing-translation", message, path=path, hint="take `fuzzy` off it")
        elif isinstance(entry.id, tuple) and len(forms) != catalogue.num_plurals:
            message = f"`{_one(entry)}` needs {catalogue.num_plurals} forms, not {len(forms)}"
            yield error("missing-translation", message, path=path)
        else:
            yield from _place_problems(entry, forms, path)
    for entry in catalogue:
        if entry.id and messages.get(entry.id) is None:
            message = f"no message says `{_one(entry)}` any more"
            yield warning("unused-translation", message, path=path)


def _place_problems(entry: Any, forms: Iterable[str], path: str) -> Iterator[Diagnostic]:
    """Places of a message must stand in every form, but that of a count in words ("twice")."""
    wanted = sorted(_PLACE.findall(_one(entry)))
    counted = isinstance(entry.id, tuple)
    for form in forms:
        given = sorted(_PLACE.findall(form))
        if given != wanted and not (counted and set(given) < set(wanted)):
            yield error(
                "wrong-places",
                f"`{form}` has not the same places as `{_one(entry)}`",
                path=path,
                hint=f"keep {', '.join(wanted) or 'it without braces'} as they are",
            )


def written(catalogue: Catalog, title: str, language: str = "") -> str:
    """A catalogue as a file: sorted, without line numbers and dates."""
    buffer = io.BytesIO()
    write_po(
        buffer, catalogue, width=98, sort_output=True, omit_header=True, include_lineno=False,
        ignore_obsolete=True,
    )  # fmt: skip
    plural = f'"Plural-Forms: {catalogue.plural_forms}\\n"\n' if language else ""
    header = _HEADER.format(title=title, language=language, plural=plural)
    return header + buffer.getvalue().decode()


def updated(catalogue: Catalog, messages: Catalog, files: frozenset[str]) -> Catalog:
    """A catalogue with every message that it needs; what it had stays, what is gone goes."""
    new = Catalog(locale=catalogue.locale, fuzzy=False)
    for entry in messages:
        old = catalogue.get(entry.id) if entry.id else None
        if entry.id and (old is not None or is_for_patients(entry, files)):
            new.add(
                entry.id, old.string if old else None, entry.locations,
                flags=old.flags if old else (),
            )  # fmt: skip
    return new


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue."""
    return tuple(sorted(path.name for path in LOCALE_FOLDER.iterdir() if path.is_dir()))


def main(arguments: list[str]) -> int:
    """Bring the files up to date, or check them; the exit code."""
    messages, files = program_messages(), patient_files()
    texts = {MESSAGES: written(messages, "Every message of the program, for translation.")}
    problems: list[Diagnostic] = []
    for language in languages():
        path = catalogue_file(language)
        catalogue = read_catalogue(path)
        shown = path.relative_to(PROGRAM.parent).as_posix()
        problems += catalogue_problems(catalogue, messages, files, shown)
        new = updated(catalogue, messages, files)
        title = f"{new.locale.english_name}. {_DRAFT}"
        texts[path] = written(new, title, language)
    for path, text in texts.items():
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            shown = path.relative_to(PROGRAM.parent).as_posix()
            problems.append(
                warning("unused-translation", "it is out of date", path=shown,
                        hint="run script/messages")
            )  # fmt: skip
    for each in problems:
        sys.stderr.write(f"{each}\n")
    return int(any(each.severity is not Severity.NOTE for each in problems))


def _collect(found: Catalog, method: str, path: Path, shown: str) -> None:
    options = {"extensions": "jinja2.ext.do"}
    with path.open("rb") as file:
        for _, message, _, _ in extract(method, file, _KEYWORDS, options=options):
            if message:
                found.add(message, None, [(shown, 1)])


def _below(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _one(entry: Any) -> str:
    return str(entry.id[0] if isinstance(entry.id, tuple) else entry.id)


def _forms(entry: Any) -> tuple[str, ...]:
    return entry.string if isinstance(entry.string, tuple) else (entry.string,)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
