"""What ``new`` adds to a project: files that build as they are, and say what is left to fill in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handouts.build.added_lines import with_lines
from handouts.build.folders import Folders
from handouts.build.new_translation import translation_files
from handouts.build.request import InvalidRequest
from handouts.build.starter import starter_folder, with_modeline
from handouts.build.writing import clear_errors, write_whole
from handouts.diagnostics import error
from handouts.loading.files import read_text
from handouts.loading.library import SOURCE_LANGUAGE
from handouts.loading.strict_yaml import parse_yaml
from handouts.models.names import ID

_REFERENCE = re.compile(r"^reference: ([A-Z0-9]+-[A-Z]+)-([0-9]+)", re.MULTILINE)
_LEFT = {"patient": re.compile("fill in", re.IGNORECASE), "clinic": re.compile("write-in")}
"""What a line has in it that is left to fill in; of a trial and a translation, every line is."""

_MADE_UP = "MADE-UP-1"
_LONGEST = 64
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
)
"""Names that can't be files on some systems."""


@dataclass(frozen=True, slots=True)
class Added:
    """What was added.

    Attributes:
        path: the new file, below the project.
        also: other files that have more in them now.
        left: what is left to fill in, line by line.
        hint: what else there is to do; empty if nothing.
    """

    path: str
    also: tuple[str, ...]
    left: tuple[tuple[int, str], ...]
    hint: str = ""


def add(folders: Folders, kind: str, slug: str, language: str | None, today: date) -> Added:
    """Add a file to a project; none is ever overwritten.

    Args:
        folders: of the project.
        kind: ``patient``, ``trial``, ``clinic`` or ``translation``.
        slug: id of the new record; of a translation, that of its English handout.
        language: of a translation.
        today: goes into the file as the day on which its facts were put together.

    Raises:
        InvalidRequest: ``bad-id``, ``already-there``, ``unknown-document``, ``unknown-language``.
        InvalidInput: ``cannot-write``; the English handout of a translation, or the file with the
            sources, can't be used.
        UnusableEnvironment: of a translation, a library of the system is missing.
    """
    if not ID.fullmatch(slug) or len(slug) > _LONGEST or slug in _RESERVED:
        hint = f"small letters, digits and hyphens, at most {_LONGEST}"
        raise InvalidRequest((error("bad-id", f"`{slug[:_LONGEST]}` can't be an id", hint=hint),))
    content, starter = folders.content, starter_folder()
    also: Mapping[Path, str] = {}
    hint = ""
    match kind:
        case "patient":
            path = content / "patient" / slug / f"{SOURCE_LANGUAGE}.md"
            text = (starter / "new" / "patient.md").read_text(encoding="utf-8")
            text = text.replace("REFERENCE", _free_reference(content, "PT"))
        case "trial":
            path = content / "trials" / slug / "trial.yaml"
            text = (starter / "project/content/trials/made-up/trial.yaml").read_text("utf-8")
            text = re.sub(
                r"(?m)^reference: .*", f"reference: {_free_reference(content, 'TR')}", text
            )
            text = re.sub(r"(?m)^acronym: .*", f"acronym: {json.dumps(_acronym(slug))}", text)
            also = _made_up_source(folders, starter)
            hint = (
                "every value in it is made up: replace all of them, and MADE-UP-1 by your sources"
            )
        case "clinic":
            path = content / "clinics" / f"{slug}.yaml"
            text = (starter / "project/content/clinics/my-clinic.yaml").read_text("utf-8")
            hint = f"build it with `handouts build --clinic {slug}`"
        case _:
            path, text, also, hint = translation_files(folders, slug, language, today)
    name = folders.name(path)
    if path.exists() or path.is_symlink():
        raise InvalidRequest((error("already-there", "the file is there already", path=name),))
    text = with_modeline(name, re.sub(r"(?m)^compiled: .*", f"compiled: {today.isoformat()}", text))
    with clear_errors(path, "mend that, and try again"):
        for each, words in also.items():
            write_whole(each, words.encode())
        write_whole(path, text.encode())
    pattern = _LEFT.get(kind)
    left = tuple(
        (number, line.strip())
        for number, line in enumerate(text.split("\n"), start=1)
        if pattern and pattern.search(line) and not line.startswith("#")
    )
    return Added(name, tuple(map(folders.name, also)), left, hint)


def _acronym(slug: str) -> str:
    """A name for a trial that an acronym may have: it begins with a letter."""
    return slug.upper() if slug[0].isalpha() else f"TRIAL {slug.upper()}"


def _references(content: Path) -> Iterator[tuple[str, int]]:
    for pattern in ("patient/*/*.md", "clinician/*/*.md", "trials/*/trial.yaml"):
        for path in sorted(content.glob(pattern)):
            if path.name.startswith("."):
                continue
            with suppress(OSError, UnicodeDecodeError):
                for found in _REFERENCE.finditer(path.read_text(encoding="utf-8")):
                    yield found[1], int(found[2])


def _free_reference(content: Path, kind: str) -> str:
    """The next reference of a kind, with the prefix that the project uses for it."""
    used: Mapping[str, int] = {}
    for prefix, number in _references(content):
        if prefix.endswith(f"-{kind}"):
            used = {**used, prefix: max(number, used.get(prefix, 0))}
    prefix = next(iter(used), f"MINE-{kind}")
    return f"{prefix}-{used.get(prefix, 0) + 1:02}"


def _made_up_source(folders: Folders, starter: Path) -> dict[Path, str]:
    """The sources with the one that a made-up trial names, if it is not there yet.

    Raises:
        InvalidInput: the file can't be read, or nothing can be added at its end.
    """
    path = folders.content / "sources.yaml"
    name = folders.name(path)
    text = read_text(path, name) if path.is_file() else ""
    known = parse_yaml(text, name).data if text.strip() else None
    if isinstance(known, dict) and _MADE_UP in known:
        return {}
    example = (starter / "project/content/sources.yaml").read_text(encoding="utf-8")
    block = example[example.index(f"{_MADE_UP}:") :]
    return {path: with_lines(text, block, name)}
