"""Libraries of any size, made from our own: its sheets again and again, under other names."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from tests.projects import ROOT, Project

_LANGUAGES = ("en", "es", "ar")
_REFERENCE = re.compile(r"^(reference: HER2-[A-Z]+)-([0-9]+)$", re.MULTILINE)
_CLINICIAN_SHARE = 0.2
"""Of the documents; about as in our library."""

_EDITIONS_OF_PATIENT, _EDITIONS_OF_CLINICIAN = 4, 2
"""Two formats on two papers; one format on two papers."""


def make_library(folder: Path, documents: int) -> Project:
    """A project with so many documents (PDF files), one to four pages each, mixed like ours.

    Args:
        folder: for the project; must not exist.
        documents: a multiple of 20.
    """
    assert documents % 20 == 0, documents
    source = ROOT / "content"
    content = folder / "content"
    left_out = shutil.ignore_patterns("patient", "clinician")
    shutil.copytree(source, content, ignore=left_out)
    trials = len(list((source / "trials").iterdir()))
    clinician = max(trials, round(documents * _CLINICIAN_SHARE / _EDITIONS_OF_CLINICIAN))
    patient = (documents - clinician * _EDITIONS_OF_CLINICIAN) // _EDITIONS_OF_PATIENT
    for round_, path in islice(_sheets(source), patient):
        name = _renamed(path.parent.name, round_)
        _copy(path, content / "patient" / name / path.name, round_)
        quality = path.with_name("quality.yaml")
        if path.stem == "en" and quality.is_file():
            _copy(quality, content / "patient" / name / "quality.yaml", round_)
    for round_, path in islice(_pages(source), trials, clinician):
        parent = path.parent.parent.name
        _copy(path, content / parent / _renamed(path.parent.name, round_) / path.name, round_)
    return Project(folder)


def _sheets(source: Path) -> Iterator[tuple[int, Path]]:
    """Patient sheets in each language, the English one before its translations."""
    for round_ in count():
        for folder in sorted((source / "patient").iterdir()):
            for language in _LANGUAGES:
                if (path := folder / f"{language}.md").is_file():
                    yield round_, path


def _pages(source: Path) -> Iterator[tuple[int, Path]]:
    """Pages for clinicians, the trials first."""
    trials = sorted(source.glob("trials/*/trial.yaml"))
    written = sorted(source.glob("clinician/*/en.md"))
    for round_ in count():
        yield from ((round_, path) for path in (*trials, *written))


def _renamed(name: str, round_: int) -> str:
    return f"{name}-{round_ + 1}" if round_ else name


def _copy(path: Path, target: Path, round_: int) -> None:
    """A copy under a reference of its own."""
    text = path.read_text(encoding="utf-8")
    text = _REFERENCE.sub(lambda found: f"{found[1]}-{int(found[2]) + 20 * round_:02}", text)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
