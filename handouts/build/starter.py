"""A project of one's own: the starter that ``init`` writes, and schemas for its editor."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path, PurePosixPath

from handouts import __version__
from handouts.build.builtin import package_folder
from handouts.build.request import InvalidRequest
from handouts.build.writing import clear_errors, write_whole
from handouts.diagnostics import error
from handouts.loading.schemas import file_name, schemas

SCHEMAS = PurePosixPath(".handouts/schema")
"""Where a project keeps the schemas for its editor."""

_DOTTED = {"gitignore": ".gitignore", "github": ".github"}
"""Hidden files are left out of packages, so they travel under plain names."""

_SCHEMA_OF = {
    "content/project.yaml": "project",
    "content/sources.yaml": "sources",
    "content/clinics": "clinic",
    "content/facts": "facts",
    "content/glossary": "glossary",
    "content/translations": "translations",
    "content/trials": "trial",
}


_VERSION = "VERSION-OF-HANDOUTS"
"""Stands for the version of the program, where a file names it."""


def starter_folder() -> Path:
    """Where the files of the starter are."""
    return package_folder() / "starter"


def schema_files() -> dict[str, bytes]:
    """The schemas, by the names of their files."""
    return {
        name: (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
        for name, schema in schemas().items()
    }


def starter_files() -> dict[str, bytes]:
    """Every file of a new project, by its path in it."""
    root = starter_folder() / "project"
    files = {}
    for path in sorted(each for each in root.rglob("*") if each.is_file()):
        first, *rest = path.relative_to(root).parts
        name = PurePosixPath(_DOTTED.get(first, first), *rest).as_posix()
        text = path.read_text(encoding="utf-8").replace(_VERSION, __version__)
        files[name] = with_modeline(name, text).encode()
    return files | {f"{SCHEMAS}/{name}": data for name, data in schema_files().items()}


def init(folder: Path) -> tuple[str, ...]:
    """Write a starter project, all of it or nothing.

    Args:
        folder: must not exist, or hold nothing but what Git keeps.

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
        # Beside it, or inside of one that is there: it may be all that can be written to (a mount).
        place = folder.resolve() if folder.exists() else folder.resolve().parent
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=place))
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


def _has_files(folder: Path) -> bool:
    return folder.is_dir() and any(each.name != ".git" for each in folder.iterdir())


def with_modeline(name: str, text: str) -> str:
    """A YAML file with the line that tells editors its schema."""
    kind = next((kind for start, kind in _SCHEMA_OF.items() if name.startswith(start)), None)
    if kind is None or not name.endswith(".yaml"):
        return text
    up = "../" * (len(PurePosixPath(name).parts) - 1)
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{file_name(kind)}\n{text}"
