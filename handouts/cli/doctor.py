"""``handouts doctor``."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from handouts.build.builtin import builtin_folder
from handouts.build.generator import installed_versions
from handouts.build.native import install_command, native_libraries
from handouts.build.report import as_json as written
from handouts.cli import options

_NEEDED_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    """One thing the program needs, and what of it is here."""

    name: str
    found: str | None
    hint: str | None = None

    @property
    def is_good(self) -> bool:
        return self.hint is None


@click.command()
@options.options(options.JSON)
def doctor(*, as_json: bool) -> int:
    """Tell whether this system has all that is needed, and what installs the rest."""
    findings = list(_findings())
    if as_json:
        fields = [{**asdict(each), "good": each.is_good} for each in findings]
        click.echo(written(fields), nl=False)
    else:
        width = max(len(each.name) for each in findings)
        for each in findings:
            mark = "ok " if each.is_good else "NOT"
            click.echo(f"{mark}  {each.name.ljust(width)}  {each.found or 'missing'}")
        for hint in dict.fromkeys(each.hint for each in findings if each.hint):
            click.echo(f"  hint: {hint}", err=True)
    return 0 if all(each.is_good for each in findings) else 4


def _findings() -> Iterator[_Finding]:
    old = sys.version_info[:2] < _NEEDED_PYTHON
    yield _Finding(
        name="Python",
        found=f"{platform.python_version()} ({sys.executable})",
        hint="use Python 3.11 or newer" if old else None,
    )
    for library in native_libraries():
        found = " ".join(filter(None, (library.version, str(library.path or "loads"))))
        yield _Finding(
            name=f"lib{library.name}",
            found=found if library.is_there else None,
            hint=None if library.is_there else install_command(),
        )
    for name, version in installed_versions().items():
        missing = version == "?"
        yield _Finding(
            name=name,
            found=None if missing else version,
            hint="run script/bootstrap, or `pip install handouts`" if missing else None,
        )
    yield from _fonts(builtin_folder("styles") / "fonts")
    for folder in ("templates", "styles"):
        path = builtin_folder(folder)
        there = path.is_dir()
        yield _Finding(
            name=f"built-in {folder}",
            found=str(path) if there else None,
            hint=None if there else "install handouts again: its files are not complete",
        )


def _fonts(folder: Path) -> Iterator[_Finding]:
    names = sorted(path.name for path in folder.rglob("*.ttf"))
    yield _Finding(
        name="fonts",
        found=", ".join(names) or None,
        hint=None if names else "install handouts again: its fonts are missing",
    )
