"""A git revision of a project, built by this program in a folder of its own.

The working tree is not touched: ``git archive`` exports the revision.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import tarfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from handouts.build.folders import Folders, find_folders
from handouts.build.journal import found_in
from handouts.build.makers import Here
from handouts.build.native import check_native_libraries
from handouts.build.request import InvalidRequest, Request
from handouts.build.snapshot import Facts, Sheet, Snapshot, printed_facts
from handouts.diagnostics import Diagnostic, InvalidInput, Severity, error

_SHORT = 10
"""Digits of a commit that people see."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit.

    Attributes:
        name: as it was given, with the commit.
        commit: its full name.
        root: folder of the project in the working tree.
        prefix: path of the project in the repository, empty or with a slash at its end.
    """

    name: str
    commit: str
    root: Path
    prefix: str


@dataclass(frozen=True, slots=True)
class _Build:
    """What a process that builds a revision sends back."""

    facts: dict[Sheet, Facts] = field(default_factory=dict)
    failed: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    crashes: tuple[str, ...] = ()
    is_unusable: bool = False


def find_revision(name: str, root: Path) -> Revision | None:
    """The revision of that name in the repository around a project; None if there is none."""
    commit = _git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    prefix = _git(root, "rev-parse", "--show-prefix")
    if not commit or prefix is None:
        return None
    return Revision(f"{name} ({commit[:_SHORT]})", commit, root, prefix)


@contextmanager
def built_revision(
    revision: Revision, folders: Folders, *, today: date, jobs: int | None
) -> Iterator[tuple[Snapshot, tuple[Diagnostic, ...]]]:
    """A revision, exported and built; gone after the block.

    Args:
        revision: to build.
        folders: of the project as it is; they say what its content folder is called.
        today: decides whether a review has ended.
        jobs: processes to use.

    Yields:
        What it publishes, and the errors of what can't be built.

    Raises:
        InvalidRequest: the revision holds no such project, or nothing of it can be built.
        UnusableEnvironment: a library of the system is missing.
        RuntimeError: the program failed over it.
    """
    check_native_libraries()
    with TemporaryDirectory(prefix="handouts-") as name:
        folder = Path(name).resolve()
        _export(revision, folder)
        content = folder / folders.content.relative_to(folders.root)
        if not (content / "project.yaml").is_file():
            message = f"{revision.name} holds no {content.relative_to(folder)}/project.yaml"
            raise InvalidRequest((error("no-project", message),))
        build = _in_own_process(content, today, jobs)
        if build.crashes:
            raise RuntimeError("\n".join((f"building {revision.name} failed", *build.crashes)))
        problems = tuple(_of(revision, each) for each in build.problems)
        if build.is_unusable:
            raise InvalidRequest(problems)
        output = folder / "output"
        failed = {each: _reason(each, build.problems) for each in build.failed}
        yield (
            Snapshot(revision.name, output, found_in(output).manifest, build.facts, failed),
            problems,
        )


def _export(revision: Revision, folder: Path) -> None:
    archive = folder / "revision.tar"
    tree = f"{revision.commit}:{revision.prefix}"
    done = subprocess.run(
        ["git", "archive", "--format=tar", f"--output={archive}", tree],
        cwd=revision.root, env=_environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        said = " ".join(done.stderr.split())
        message = f"{revision.name} can't be exported: {said}"
        raise InvalidRequest((error("unknown-revision", message),))
    with tarfile.open(archive) as tar:
        # An early Python 3.11 has no filters; git puts no file outside of a tree.
        tar.extraction_filter = getattr(tarfile, "tar_filter", lambda member, _: member)
        tar.extractall(folder)  # noqa: S202
    archive.unlink()


def _git(folder: Path, *arguments: str) -> str | None:
    """What git says; None if it fails or is not there."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, env=_environment(), capture_output=True, text=True,
            check=False,
        )  # fmt: skip
    except OSError:
        return None
    return done.stdout.rstrip("\n") if done.returncode == 0 else None


def _environment() -> dict[str, str]:
    """Without what a hook of git says about another repository."""
    return {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}


def _in_own_process(content: Path, today: date, jobs: int | None) -> _Build:
    """A build in a process of its own: WeasyPrint knows the fonts of one project only."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as pool:
        try:
            return pool.submit(_build, content, today, jobs).result()
        except BrokenProcessPool:
            return _Build(crashes=("its process ended; it may need more memory than there is",))


def _build(content: Path, today: date, jobs: int | None) -> _Build:
    """Build a project, and trace it. Runs in a process of its own."""
    from handouts.build.library import build_library  # noqa: PLC0415

    folders = find_folders(str(content), None, content.parent)
    try:
        report = build_library(folders, Request(), today=today, makers=Here(jobs))
    except InvalidInput as invalid:
        return _Build(problems=invalid.diagnostics, is_unusable=True)
    errors = tuple(each for each in report.diagnostics if each.severity is Severity.ERROR)
    return _Build(_traced(folders, today), report.failed, errors, report.crashes)


def _traced(folders: Folders, today: date) -> dict[Sheet, Facts]:
    """What every sheet prints, as ``handouts trace`` has it."""
    from handouts.build.fonts import use_fonts  # noqa: PLC0415

    use_fonts(folders)
    from handouts.build.job import Press  # noqa: PLC0415  (imports WeasyPrint)
    from handouts.build.plan import plan_for  # noqa: PLC0415
    from handouts.build.result import Setup  # noqa: PLC0415
    from handouts.models.edition import Format, Paper  # noqa: PLC0415
    from handouts.models.numbers import as_written  # noqa: PLC0415

    press = Press(Setup(folders, today))
    facts: dict[Sheet, Facts] = {}
    for edition in plan_for(Request(), press.library).editions:
        sheet = (edition.clinic, edition.language, edition.id)
        if sheet in facts:
            continue
        standard = replace(edition, format=Format.STANDARD, paper=Paper.A4)
        try:
            printed = press.compose(standard).ledger.printed
        except InvalidInput:  # the build has said so
            printed = []
        facts[sheet] = printed_facts(
            (each.fact.address, as_written(each.fact.value), each.text) for each in printed
        )
    return facts


def _of(revision: Revision, problem: Diagnostic) -> Diagnostic:
    """A problem with its file named as git names one of a revision."""
    if problem.path is None:
        return problem
    return replace(problem, path=f"{revision.commit[:_SHORT]}:{revision.prefix}{problem.path}")


def _reason(name: str, problems: tuple[Diagnostic, ...]) -> str:
    """The first error in the files of a document, by the name of an edition."""
    id_ = name.partition(".")[0]
    for each in problems:
        if each.path is not None and id_ in Path(each.path).parts:
            return each.message
    return "see the errors of its build"
