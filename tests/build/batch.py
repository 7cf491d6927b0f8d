"""A batch of small sheets, and a worker that has trouble with some of them."""

from __future__ import annotations

import time
from pathlib import Path
from unittest.mock import patch

import numpy

from handouts.build.result import Result, Setup
from handouts.models.edition import Edition
from tests.loading.small import small_project
from tests.projects import Project

_SHEET = "content/patient/made-up-sheet/en.md"


def make_batch(folder: Path, names: list[str]) -> Project:
    """The small project with so many sheets, by their names, and no page for clinicians built."""
    project = small_project(folder)
    text = project.text("content/project.yaml")
    project.write("content/project.yaml", text.partition("  trial:")[0])
    sheet = project.text(_SHEET)
    project.remove("content/patient/made-up-sheet")
    for number, name in enumerate(names, start=1):
        own = sheet.replace("MADE-PT-01", f"MADE-PT-{number:02}")
        project.write(f"content/patient/{name}/en.md", own.replace("A made-up", f"Made-up {name}"))
    return project


def make_all_with_trouble(setup: Setup, editions: tuple[Edition, ...]) -> tuple[Result, ...]:
    """Make editions, as a worker does; the layout of those with certain names comes to no end."""
    from handouts.build.worker import make_all

    trouble = {"endless": _endless, "hungry": _hungry, "raising": _raising}
    layout = trouble.get(editions[0].id)
    if layout is None:
        return make_all(setup, editions)
    with patch("weasyprint.layout.block.block_container_layout", layout):
        return make_all(setup, editions)


def _endless(*_: object, **__: object) -> None:
    while True:
        time.sleep(0.001)


def _hungry(*_: object, **__: object) -> None:
    eaten = []
    while True:
        eaten.append(numpy.zeros(256 << 20, dtype=numpy.uint8))


def _raising(*_: object, **__: object) -> None:
    raise AssertionError("this layout is not possible")
