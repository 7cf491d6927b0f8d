"""The small project, copied to a folder where it can be changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from handouts.loading.library import Library, load_library
from tests.projects import ROOT, Project

TRIAL = "content/trials/made-up/trial.yaml"
SHEET = "content/patient/made-up-sheet/en.md"
FACTS = "content/facts/safety.yaml"
CLINIC = "content/clinics/default.yaml"
SOURCES = "content/sources.yaml"
SETTINGS = "content/project.yaml"


def small_project(folder: Path) -> Project:
    """A fresh copy of it below a folder."""
    shutil.copytree(ROOT / "tests" / "small_project", folder / "project")
    return Project(folder / "project")


def library_of(project: Project) -> Library:
    """Its library, as the program loads it."""
    return load_library(project.root / "content", project.root)


def problems_of(project: Project) -> list[str]:
    """What is wrong with it, as ``path:line code``."""
    return [f"{each.path}:{each.line or '-'} {each.code}" for each in library_of(project).problems]
