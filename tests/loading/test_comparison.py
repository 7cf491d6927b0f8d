"""Comparisons that call for what there is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.projects import ROOT, Project

PAGE = "content/clinician/four-trials/en.md"
ORIGINAL = (ROOT / PAGE).read_text(encoding="utf-8")


@pytest.fixture
def library(tmp_path: Path) -> Project:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return Project(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "trial: cleopatra", "trial: cleopatre",
            "error: there is no trial `cleopatre` [unknown-trial]\n  hint: did you mean `cleopatr",
        ),
        (
            "absolute: os-8y\n    relative: pfs", "absolute: os-9y\n    relative: pfs",
            "error: CLEOPATRA has no outcome `os-9y` [unknown-outcome]\n  hint: did you mean",
        ),
        (
            "[diarrhoea-severe, hand-foot]", "[diarrhoea-severe, hand-feet]",
            "error: HER2CLIMB has no harm `hand-feet` [unknown-harm]\n  hint: did you mean `hand-",
        ),
        (
            "absolute: pfs-1y", "absolute: pfs",
            "error: outcome `pfs` of HER2CLIMB is no rate at a time [wrong-value]",
        ),
        (
            "survival: os-2019", "survival: os-2y-2019",
            "error: outcome `os-2y-2019` of HER2CLIMB has no relative effect [wrong-value]",
        ),
        (
            "sources: [CLEO-CTG], seen: registry}", "sources: [CLEO-CTC], seen: registry}",
            "error: source `CLEO-CTC` is not in content/sources.yaml [unknown-source]",
        ),
        (
            "trial: aphinity", "trial: cleopatra",
            "error: trial `cleopatra` is in this comparison already [wrong-value]",
        ),
        (
            "[diarrhoea-severe, hand-foot]", "[]",
            "error: `main_harms` names nothing of HER2CLIMB to show [wrong-value]\n  hint: name",
        ),
        (
            "plotted: [pfs, os-2019]", "plotted: []",
            "error: `plotted` names nothing of HER2CLIMB to show [wrong-value]\n  hint: name",
        ),
        (
            "plotted: [pfs, os-2019]", "plotted: [pfs, pfs]",
            "error: `pfs` is in `plotted` already [wrong-value]",
        ),
    ],
    ids=[
        "trial", "outcome", "harm", "no rate", "no effect", "source", "trial twice", "no harm",
        "nothing plotted", "plotted twice",
    ],
)  # fmt: skip
def test_a_name_nobody_knows_is_told_at_its_line(
    library: Project, old: str, new: str, problem: str
) -> None:
    library.replace(PAGE, old, new)
    before, after, _ = ORIGINAL.partition(old)
    assert after
    line = before.count("\n") + 1
    done = library.run("check", "four-trials", "-j", "1")
    assert done.exit_code == 1
    place, _, _ = done.stderr.partition(problem)
    assert problem in done.stderr
    assert place.splitlines()[-1].startswith(f"{PAGE}:{line}:")


def test_a_trial_with_errors_of_its_own_stops_the_comparison_too(library: Project) -> None:
    library.replace("content/trials/aphinity/trial.yaml", "randomised_total: 4805", "randomised_total: 48050")  # noqa: E501  # fmt: skip
    done = library.run("check", "four-trials", "-j", "1")
    assert "facts of `aphinity` can't be had: its record has errors of its own" in done.stderr
    assert done.codes.count("broken-record") == 1


def test_a_comparison_of_one_trial_is_none(library: Project) -> None:
    text = library.text(PAGE)
    start, end = text.index("  - trial: aphinity"), text.index("---\n\n::: in-short")
    library.write(PAGE, text[:start] + text[end:])
    done = library.run("check", "four-trials", "-j", "1")
    assert "a comparison holds 2 to 4 trials, not 1 [wrong-value]" in done.stderr
