"""What a build costs after a small change to a large library: the whole process, by the clock."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.rows import Row, Setting
from tests.projects import TRIAL, Project, Run

_QUESTION = re.compile(r"(?<=^::: questions\n- ).+$", re.MULTILINE)
_OTHER_QUESTIONS = [
    f"What can I ask you {when}?" for when in ("now", "today", "next", "later", "soon")
]
"""A different one for each round: what was made before comes out of the cache."""

_FACT = "her2climb.serious"
_FIGURES = ("arms: {tucatinib: 25.7, placebo: 26.9}", "arms: {tucatinib: 25.5, placebo: 26.9}")
"""Of the fact; both round to the same for patients and hold together with all else."""


def measured(setting: Setting) -> Iterator[Row]:
    """Nothing changed, one sentence, one fact: each is a build of its own, several times over."""
    project = setting.library(setting.large)
    sheet = _lonely_sheet(project)
    _built(project, "-j", "2")
    count = len(project.documents)
    of = f"{count} documents, whole process"
    nothing = [_timed(project) for _ in range(setting.rounds)]
    assert not any(run.made for _, run in nothing)
    yield Row(
        name="nothing-changed", what=f"nothing changed, {of}", unit="s", reach=0.5,
        value=median(seconds for seconds, _ in nothing), note=_median(setting.rounds),
    )  # fmt: skip
    edits = [_edited(project, sheet, number) for number in range(setting.rounds)]
    yield Row(
        name="sentence-changed", what=f"one sentence of one handout changed, {of}", unit="s",
        reach=2.0, value=median(seconds for seconds, _ in edits), note=_median(setting.rounds),
    )  # fmt: skip
    own = {name for name in _names(project) if name.startswith(f"{sheet.parent.name}.en.")}
    yield Row(
        name="sentence-others", what="documents made or missed beyond the editions of that handout",
        unit="documents", reach=0, value=max(len(run.made ^ own) for _, run in edits),
        note=f"{len(own)} editions",
    )  # fmt: skip
    printed = {
        Path(entry["path"]).stem
        for entry in project.documents.values()
        if f'data-fact="{_FACT}.' in project.path(f"output/{entry['html']}").read_text("utf-8")
    }
    project.replace(TRIAL, *_FIGURES)
    seconds, run = _timed(project)
    project.replace(TRIAL, *reversed(_FIGURES))
    yield Row(
        name="fact-changed", what="one fact changed: documents that were made in vain, or missed",
        unit="documents", reach=0, value=len(run.made ^ printed),
        note=f"{len(run.made)} made, {len(printed)} print it, in {seconds:.1f} s",
    )  # fmt: skip


def _lonely_sheet(project: Project) -> Path:
    """An English sheet without translations: its change is nobody else's."""
    folders = sorted(project.path("content/patient").iterdir())
    alone = [each for each in folders if {path.stem for path in each.glob("*.md")} == {"en"}]
    if not alone:
        for path in folders[-1].glob("*.md"):
            if path.stem != "en":
                path.unlink()
        alone = folders[-1:]
    return alone[-1] / "en.md"


def _edited(project: Project, sheet: Path, number: int) -> tuple[float, Run]:
    """A build after the first question of a sheet has become another one."""
    text = sheet.read_text(encoding="utf-8")
    other = _OTHER_QUESTIONS[number % len(_OTHER_QUESTIONS)]
    sheet.write_text(_QUESTION.sub(other, text, count=1), encoding="utf-8")
    return _timed(project)


def _names(project: Project) -> Iterator[str]:
    return (Path(path).stem for path in project.documents)


def _timed(project: Project) -> tuple[float, Run]:
    start = perf_counter()
    run = _built(project, "-v")
    return perf_counter() - start, run


def _built(project: Project, *arguments: str) -> Run:
    run = project.spawn("build", *arguments)
    if run.exit_code:
        raise RuntimeError(f"the build failed:\n{run.stderr[-2000:]}")
    return run


def _median(rounds: int) -> str:
    return f"median of {rounds}"


def forgotten(project: Project) -> Project:
    """The project without anything that an earlier build left."""
    for name in ("output", ".cache"):
        shutil.rmtree(project.path(name), ignore_errors=True)
    return project
