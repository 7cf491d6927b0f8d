"""``handouts doctor``."""

from __future__ import annotations

import platform
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from handouts import __version__
from handouts.build.builtin import builtin_folder, package_folder
from handouts.build.generator import installed_versions
from handouts.build.native import install_command, native_libraries
from handouts.build.report import as_json as written
from handouts.cli import options

_NEEDED_PYTHON = (3, 11)
_PYTHON = {
    "apt-get": "sudo apt-get install python3.11 python3.11-venv",
    "dnf": "sudo dnf install python3.12",
    "brew": "brew install python@3.12",
    "apk": "apk add python3",
    "pacman": "pacman -S python",
    "zypper": "sudo zypper install python312",
}
_TRUETYPE = b"\x00\x01\x00\x00"
_FONTS = (
    "NotoSansArabic-Bold.ttf", "NotoSansArabic-Regular.ttf", "SourceSans3-Bold.ttf",
    "SourceSans3-It.ttf", "SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf",
)  # fmt: skip
"""What the built-in stylesheets set words in."""


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
@options.options(options.CONTENT, options.OUTPUT, options.JSON)
def doctor(content: str | None, output: str | None, *, as_json: bool) -> int:
    """Tell whether this system has all that is needed, and what installs the rest."""
    findings = [*_findings(), *_writable(content, output)]
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
    yield _Finding(name="handouts", found=f"{__version__} ({package_folder()})")
    old = sys.version_info[:2] < _NEEDED_PYTHON
    yield _Finding(
        name="Python",
        found=f"{platform.python_version()} ({sys.executable})",
        hint=_newer_python() if old else None,
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
            hint=_reinstall() if missing else None,
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


def _newer_python() -> str:
    """What to type on this system to have a Python that is new enough."""
    for manager, command in _PYTHON.items():
        if shutil.which(manager):
            return f"run `{command}`, and make the virtual environment anew with that Python"
    return "install Python 3.11 or newer, and make the virtual environment anew with it"


def _reinstall() -> str:
    """What brings the packages back: in a checkout its script, else pip of this Python."""
    checkout = package_folder().parent / "script" / "bootstrap"
    if checkout.is_file():
        return f"run `{shlex.quote(str(checkout))}`"
    return f"run `{shlex.quote(sys.executable)} -m pip install --force-reinstall handouts`"


def _fonts(folder: Path) -> Iterator[_Finding]:
    names = sorted(path.name for path in folder.rglob("*.ttf") if _is_font(path))
    missing = [each for each in _FONTS if each not in names]
    hint = f"install handouts again: its fonts are missing or damaged: {', '.join(missing)}"
    yield _Finding(name="fonts", found=", ".join(names) or None, hint=hint if missing else None)


def _is_font(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_TRUETYPE)) == _TRUETYPE
    except OSError:
        return False


def _writable(content: str | None, output: str | None) -> Iterator[_Finding]:
    """Whether what a build writes can be written: beside the content, or here without a project."""
    here = Path.cwd()
    project = (here / content).resolve().parent if content else here
    folders = {
        "output folder": (here / output).resolve() if output else project / "output",
        "cache folder": project / ".cache" / "handouts",
        "temporary folder": Path(tempfile.gettempdir()),
    }
    for name, folder in folders.items():
        there = next(each for each in (folder, *folder.parents) if options.is_there(each))
        reason = _unwritable(there)
        cure = "set TMPDIR to a folder you may write to"
        if name != "temporary folder":
            cure = f'run `sudo chown -R "$USER" {shlex.quote(str(there))}`, or work elsewhere'
        yield _Finding(
            name=name,
            found=str(folder) if reason is None else f"{there}: {reason}",
            hint=None if reason is None else cure,
        )


def _unwritable(folder: Path) -> str | None:
    """Why nothing can be written in a folder; None if it can."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as problem:
        return problem.strerror or str(problem)
