"""A library to try in a browser."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.projects import ROOT, SETTINGS, Project

HANDOUT = "her2climb-stops-working"


@dataclass(frozen=True)
class Site:
    """An output folder."""

    folder: Path

    @property
    def library(self) -> Path:
        return self.folder / "index.html"

    def twin(self, name: str, language: str = "en") -> Path:
        return self.folder / "default" / language / name / "index.html"

    @property
    def twins(self) -> list[Path]:
        return sorted(self.folder.glob("default/*/*/index.html"))


def built_site(folder: Path) -> Site:
    """A document of each kind of our library, the handout in all languages."""
    shutil.copytree(ROOT / "content", folder / "content")
    project = Project(folder)
    text = project.text(SETTINGS).replace("[a4, letter]", "[a4]")
    text = text.replace("[standard, large-print]", "[standard]")
    done = project.write(SETTINGS, text).build(HANDOUT, "her2climb", "four-trials", "trial-methods")
    assert done.exit_code == 0, done.stderr
    return Site(project.output)
