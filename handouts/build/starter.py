"""A project of one's own: the starter that ``init`` writes, and the files that ``new`` adds."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from handouts.build.builtin import package_folder
from handouts.build.folders import Folders
from handouts.build.request import InvalidRequest
from handouts.build.writing import clear_errors, write_whole
from handouts.diagnostics import error
from handouts.loading.files import read_text
from handouts.loading.library import SOURCE_LANGUAGE
from handouts.loading.schemas import file_name, schemas
from handouts.loading.staleness import marks_of
from handouts.loading.written import load_handout
from handouts.models.names import ID, LANGUAGE

SCHEMAS = PurePosixPath(".handouts/schema")
"""Where a project keeps the schemas for its editor."""

KINDS = ("patient", "trial", "clinic", "translation")

_DOTTED = {"gitignore": ".gitignore", "github": ".github"}
"""Hidden files are left out of packages, so they travel under plain names."""

_SCHEMA_OF = {
    "content/project.yaml": "project",
    "content/sources.yaml": "sources",
    "content/clinics": "clinic",
    "content/facts": "facts",
    "content/glossary": "glossary",
    "content/trials": "trial",
}
_REFERENCE = re.compile(r"^reference: ([A-Z0-9]+-[A-Z]+)-([0-9]+)", re.MULTILINE)
_LEFT = {
    "patient": re.compile("fill in", re.IGNORECASE),
    "trial": re.compile(r"^[a-z_]+:|MADE-UP"),
    "clinic": re.compile("write-in"),
}
"""What a line has in it that is left to fill in, by kind of file; a translation is all left."""

_MADE_UP = "MADE-UP-1"
_LONGEST = 64
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
)
"""Names that can't be files on some systems."""


@dataclass(frozen=True, slots=True)
class Written:
    """A new file.

    Attributes:
        path: of the file, below the project.
        also: other files that had to change.
        left: what is left to fill in, line by line.
        hint: what else there is to do; empty if nothing.
    """

    path: str
    also: tuple[str, ...]
    left: tuple[tuple[int, str], ...]
    hint: str = ""


def schema_files() -> dict[str, bytes]:
    """The schemas, by the names of their files."""
    return {
        name: (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
        for name, schema in schemas().items()
    }


def starter_files() -> dict[str, bytes]:
    """Every file of a new project, by its path in it."""
    root = package_folder() / "starter" / "project"
    files = {}
    for path in sorted(each for each in root.rglob("*") if each.is_file()):
        first, *rest = path.relative_to(root).parts
        name = PurePosixPath(_DOTTED.get(first, first), *rest).as_posix()
        files[name] = _with_modeline(name, path.read_text(encoding="utf-8")).encode()
    return files | {f"{SCHEMAS}/{name}": data for name, data in schema_files().items()}


def init(folder: Path) -> tuple[str, ...]:
    """Write a starter project, all of it or nothing.

    Args:
        folder: must not exist, or be empty.

    Returns:
        The files, by their paths in it.

    Raises:
        InvalidRequest: ``not-empty``.
        InvalidInput: ``cannot-write``.
    """
    with clear_errors(folder, "choose another folder"):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()) or _has_files(folder):
            message = f"{folder} is there already, and not empty"
            raise InvalidRequest((error("not-empty", message, hint="choose another folder"),))
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.resolve().parent))
        try:
            files = starter_files()
            for name, data in files.items():
                write_whole(part / name, data)
            part.chmod(0o755)
            if folder.exists():  # perhaps the working folder: it has to stay the one it is
                for each in part.iterdir():
                    each.replace(folder / each.name)
                part.rmdir()
            else:
                part.replace(folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    return tuple(files)


def new(folders: Folders, kind: str, slug: str, language: str | None, today: date) -> Written:
    """Add a file to a project; none is ever overwritten.

    Args:
        folders: of the project.
        kind: one of ``KINDS``.
        slug: id of the new record; of a translation, that of its English handout.
        language: of a translation.
        today: goes into the file as the day on which its facts were put together.

    Raises:
        InvalidRequest: ``bad-id``, ``already-there``, ``unknown-document``, ``unknown-language``.
        InvalidInput: ``cannot-write``, or the English handout of a translation can't be read.
    """
    if not ID.fullmatch(slug) or len(slug) > _LONGEST or slug in _RESERVED:
        hint = f"small letters, digits and hyphens, at most {_LONGEST}"
        raise InvalidRequest((error("bad-id", f"`{slug[:_LONGEST]}` can't be an id", hint=hint),))
    content, starter = folders.content, package_folder() / "starter"
    also: dict[Path, bytes] = {}
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
            text = re.sub(r"(?m)^acronym: .*", f"acronym: {slug.upper()}", text)
            also = _made_up_source(content, starter)
        case "clinic":
            path = content / "clinics" / f"{slug}.yaml"
            text = (starter / "project/content/clinics/my-clinic.yaml").read_text("utf-8")
            hint = f"build it with `handouts build --clinic {slug}`"
        case _:
            path, text = _translation(content, slug, language)
            hint = (
                "every line of it is still English; `languages` in"
                f" {folders.name(content / 'project.yaml')} must name {language}"
            )
    name = folders.name(path)
    text = re.sub(r"(?m)^compiled: .*", f"compiled: {today.isoformat()}", text)
    text = _with_modeline(name, text)
    if path.exists() or path.is_symlink():
        raise InvalidRequest((error("already-there", "the file is there already", path=name),))
    with clear_errors(path, "mend that, and try again"):
        for each, data in also.items():
            write_whole(each, data)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
    pattern = _LEFT.get(kind)
    left = tuple(
        (number, line.strip())
        for number, line in enumerate(text.split("\n"), start=1)
        if pattern and pattern.search(line) and not line.startswith("#")
    )
    return Written(name, tuple(map(folders.name, also)), left, hint)


def _has_files(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _with_modeline(name: str, text: str) -> str:
    """A YAML file with the line that tells editors its schema."""
    kind = next((kind for start, kind in _SCHEMA_OF.items() if name.startswith(start)), None)
    if kind is None or not name.endswith(".yaml"):
        return text
    up = "../" * (len(PurePosixPath(name).parts) - 1)
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{file_name(kind)}\n{text}"


def _references(content: Path) -> Iterator[tuple[str, int]]:
    for pattern in ("patient/*/*.md", "clinician/*/*.md", "trials/*/trial.yaml"):
        for path in sorted(content.glob(pattern)):
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


def _made_up_source(content: Path, starter: Path) -> dict[Path, bytes]:
    """The sources with the one that a made-up trial names, if it is not there yet."""
    path = content / "sources.yaml"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if re.search(rf"(?m)^{_MADE_UP}:", text):
        return {}
    example = (starter / "project/content/sources.yaml").read_text(encoding="utf-8")
    block = example[example.index(f"{_MADE_UP}:") :]
    return {path: f"{text.rstrip()}\n{block}".lstrip().encode()}


def _translation(content: Path, slug: str, language: str | None) -> tuple[Path, str]:
    source = content / "patient" / slug / f"{SOURCE_LANGUAGE}.md"
    if not source.is_file():
        raise InvalidRequest((error("unknown-document", f"there is no handout `{slug}`"),))
    if language is None or language == SOURCE_LANGUAGE or not LANGUAGE.fullmatch(language):
        hint = "give its code: --lang es"
        raise InvalidRequest((error("unknown-language", "a translation into what?", hint=hint),))
    shown = f"content/patient/{slug}/{SOURCE_LANGUAGE}.md"
    handout = load_handout(source, shown)
    _, head, words = read_text(source, shown).split("---\n", 2)
    marks = ", ".join(f"'{each}'" for each in marks_of(handout))
    head = re.sub(r"(?ms)^review:\n(?:^[ \t]+.*\n)+", "", head)
    text = f"---\n{head}translates: [{marks}]\n---\n{words}"
    return source.with_name(f"{language}.md"), text
