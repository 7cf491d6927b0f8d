"""Small projects on disk, to change and to build as a user does."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.build.folders import Folders
from handouts.cli.commands import run
from handouts.loading.library import load_library

if TYPE_CHECKING:
    from handouts.models.edition import Edition
    from handouts.rendering.compose import HtmlDocument

ROOT = Path(__file__).resolve().parents[1]

PATIENT = "content/patient/her2climb-stops-working/en.md"
TRIAL = "content/trials/her2climb/trial.yaml"
FACTS = "content/facts/resistance.yaml"
SETTINGS = "content/project.yaml"

PATIENT_PDF = "default/en/her2climb-stops-working/her2climb-stops-working.en.standard.a4.pdf"
PATIENT_TWIN = "default/en/her2climb-stops-working/index.html"
TRIAL_PDF = "default/en/her2climb/her2climb.en.standard.a4.pdf"


@dataclass(frozen=True)
class Run:
    """What a command did."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def codes(self) -> list[str]:
        """The codes of the problems it printed, but for advice on the words of our handout."""
        lines = [line for line in self.stderr.splitlines() if line.endswith("]")]
        codes = (line.rpartition("[")[2].rstrip("]") for line in lines)
        return [code for code in codes if code not in _ADVICE]

    @property
    def made(self) -> set[str]:
        """The editions it made, if it was told to say so."""
        return self._said("made")

    @property
    def failed(self) -> set[str]:
        """The editions it could not make."""
        return self._said("failed")

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)

    def _said(self, verb: str) -> set[str]:
        lines = (line.split() for line in self.stderr.splitlines())
        return {words[1] for words in lines if len(words) == 2 and words[0] == verb}


_ADVICE = frozenset(
    {
        "frequency-without-number", "page-fill", "paragraph-target", "quality-score",
        "quality-score-target", "seldom-you", "stale-quality-sheet",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Project:
    """A project in a folder. What changes it gives it back, so that steps can be chained."""

    root: Path

    def path(self, name: str) -> Path:
        return self.root / name

    def text(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> Project:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(text, encoding="utf-8")
        return self

    def replace(self, name: str, old: str, new: str) -> Project:
        text = self.text(name)
        assert old in text, f"{name} does not say {old!r}"
        return self.write(name, text.replace(old, new, 1))

    def copy(self, name: str, other: str) -> Project:
        return self.write(other, self.text(name))

    def remove(self, name: str) -> Project:
        path = self.path(name)
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return self

    def with_editions(self, formats: list[str], papers: list[str]) -> Project:
        """The project with these formats and papers of patient handouts."""
        text = self.text(SETTINGS).partition("editions:")[0]
        return self.write(
            SETTINGS,
            text
            + "editions:\n"
            + f"  patient: {{formats: [{', '.join(formats)}], papers: [{', '.join(papers)}]}}\n"
            + f"  trial: {{formats: [standard], papers: [{', '.join(papers)}]}}\n",
        )

    def with_setting(self, line: str) -> Project:
        """The project with a line more in its settings."""
        return self.write(SETTINGS, f"{self.text(SETTINGS)}{line}\n")

    def with_handout(self, name: str) -> Project:
        """The project with a second patient handout, of the same words."""
        return self.copy(PATIENT, f"content/patient/{name}/en.md")

    def copied_to(self, folder: Path) -> Project:
        shutil.copytree(self.root, folder)
        return Project(folder)

    def run(self, *arguments: str, **environment: str) -> Run:
        """Run a command in this process."""
        out, err = io.StringIO(), io.StringIO()
        with (
            contextlib.chdir(self.root),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            _set(environment),
        ):
            code = run(arguments)
        return Run(code, out.getvalue(), err.getvalue())

    def build(self, *arguments: str) -> Run:
        """Build in this process, and say what was made."""
        return self.run("build", "-v", "-j", "1", *arguments)

    def spawn(self, *arguments: str, **environment: str) -> Run:
        """Run a command in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "handouts", *arguments],
            cwd=self.root,
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr)

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a process that builds this project."""
        left_out = {"FONTCONFIG_FILE", "GITHUB_ACTIONS", "CI", "PYTHONDONTWRITEBYTECODE"}
        kept = {key: value for key, value in os.environ.items() if key not in left_out}
        return {**kept, "PYTHONPATH": str(ROOT), **more}

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def published(self) -> dict[str, bytes]:
        """Every file in the output folder."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file()
        }

    @property
    def documents(self) -> dict[str, dict[str, Any]]:
        """The entries of the manifest, by the path of their PDF."""
        manifest = json.loads((self.output / "manifest.json").read_bytes())
        return {each["path"]: each for each in manifest["documents"]}


def new_project(folder: Path) -> Project:
    """A copy of one trial and one handout of the repository, in English, in a folder of its own."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.rmtree(folder / "content" / "clinician")
    for language in ("es", "ar"):
        for path in (folder / "content").rglob(f"{language}.*"):
            path.unlink()
    settings = folder / SETTINGS
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[en, es, ar]", "[en]"), encoding="utf-8")
    for trial in (folder / "content" / "trials").iterdir():
        if trial.name != "her2climb":
            shutil.rmtree(trial)
    for handout in (folder / "content" / "patient").iterdir():
        if handout.name != "her2climb-stops-working":
            shutil.rmtree(handout)
    return Project(folder)


@cache
def our_page(edition: Edition) -> HtmlDocument:
    """A document of our library as it is printed: fitted to its page, where it has to be."""
    from handouts.build.job import look_of
    from handouts.build.typesetting import Typesetter
    from handouts.rendering.compose import compose

    folders = Folders(ROOT, ROOT / "content", ROOT / "output")
    look = look_of(folders)
    library = load_library(ROOT / "content", ROOT)
    document = compose(edition, library, look, date(2026, 11, 20), Path.read_bytes)
    if not edition.kind.fits_its_page:
        return document
    return Typesetter(folders, look).fitted(document, edition, Path.read_bytes)


@cache
def built_template(folder: Path) -> Project:
    """A project that was built, to copy."""
    project = new_project(folder / "built").with_editions(["standard"], ["a4"])
    done = project.build()
    assert done.exit_code == 0, done.stderr
    return project


@contextlib.contextmanager
def _set(environment: dict[str, str]) -> Any:
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        yield
    finally:
        for name in environment:
            os.environ.pop(name)
            if name in before:
                os.environ[name] = before[name]
