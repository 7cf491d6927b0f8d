"""A cold build beside other programs on the same pages: the ``weasyprint`` command, and more."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.rendering.composed import composed_text
from handouts.rendering.standards import VARIANT
from tests.benchmarks.changes import forgotten
from tests.benchmarks.cpu import sampled
from tests.benchmarks.processes import Spent, timed
from tests.benchmarks.rows import STYLES, TEMPLATES, Row, Setting
from tests.benchmarks.sides import Page, ours
from tests.projects import Project


@dataclass(frozen=True, slots=True)
class _Case:
    """A page on disk, for programs that read files; ``linked`` names its own stylesheets."""

    html: Path
    linked: Path
    stylesheets: tuple[Path, ...]

    @property
    def target(self) -> Path:
        """Where the PDF goes."""
        return self.html.with_suffix(".pdf")


def measured(setting: Setting) -> Iterator[Row]:
    """Our build in the middle of the others' loop over a sample of the pages, that is scaled up."""
    project = forgotten(setting.library(setting.documents))
    cases = _cases(project, setting)
    programs = {name: path for name, path in _programs().items() if path}
    environment = dict(os.environ)  # with the fonts of the build, and no others
    spent: dict[str, list[Spent]] = {name: [] for name in programs}
    half = len(cases) // 2
    _loop(cases[:half], programs, spent, setting.folder, environment)
    build = timed(
        [sys.executable, "-m", "handouts", "build", "-j", "2"],
        folder=project.root, environment=project.environment(),
    )  # fmt: skip
    if build.exit_code:
        raise RuntimeError("our build failed")
    _loop(cases[half:], programs, spent, setting.folder, environment)
    count = len(project.documents)
    our_wall, our_cpu = build.wall / count, build.cpu / count
    sample = f"{len(cases)} pages of {count}, one process each"
    loop = spent["weasyprint"]
    yield Row(
        name="throughput", what=f"cold build of {count} documents, throughput as a multiple of a"
        " loop of the `weasyprint` command", unit="times", reach=8, least=True,
        value=_wall(loop) / our_wall,
        note=f"{our_wall:.2f} s a document with 2 workers against {_wall(loop):.2f} s; {sample}",
    )  # fmt: skip
    yield Row(
        name="throughput-cpu", what="the same by CPU time", unit="times",
        value=_cpu(loop) / our_cpu,
        note=f"{our_cpu:.2f} s a document, start and publishing included,"
        f" against {_cpu(loop):.2f} s",
    )  # fmt: skip
    for name, path in _programs().items():
        if name != "weasyprint":
            yield Row(
                name=name, what=f"{_TITLES[name]}: time on the clock for a document", unit="s",
                value=_wall(spent[name]) if path else None,
                note=sample if path else "not installed",
            )  # fmt: skip


_TITLES = {
    "pandoc": "Pandoc with WeasyPrint, one process each",
    "chromium": "Chromium print, one process each, without tags or checks",
    "typst": "Typst, one process each, words only",
}


def _programs() -> dict[str, str | None]:
    """Where each program is; None if it is not installed."""
    own = Path(sys.executable).with_name("weasyprint")
    names = ("chromium", "chromium-browser", "google-chrome")
    return {
        "weasyprint": str(own),
        "pandoc": shutil.which("pandoc"),
        "chromium": next(filter(None, map(shutil.which, names)), None),
        "typst": shutil.which("typst"),
    }


def _command(name: str, program: str, case: _Case) -> Sequence[str | Path]:
    base = f"{TEMPLATES.as_uri()}/"
    match name:
        case "weasyprint":
            sheets = [part for each in case.stylesheets for part in ("--stylesheet", each)]
            return [
                program, case.html, case.target, *sheets, "--base-url", base,
                "--pdf-variant", VARIANT, "--output-intent", "srgb",
            ]  # fmt: skip
        case "pandoc":
            sheets = [part for each in case.stylesheets for part in ("--css", each)]
            engine = Path(sys.executable).with_name("weasyprint")
            return [
                program, case.html, "--output", case.target, "--pdf-engine", engine, *sheets,
                f"--pdf-engine-opt=--pdf-variant={VARIANT}",
                "--pdf-engine-opt=--output-intent=srgb",
            ]  # fmt: skip
        case "chromium":
            return [
                program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                f"--user-data-dir={case.html.parent / 'chromium'}",
                f"--print-to-pdf={case.target}", case.linked.as_uri(),
            ]  # fmt: skip
        case _:
            return [program, "compile", case.html.with_suffix(".typ"), case.target]


def _loop(
    cases: Sequence[_Case],
    programs: dict[str, str],
    spent: dict[str, list[Spent]],
    folder: Path,
    environment: dict[str, str],
) -> None:
    for case in cases:
        for name, program in programs.items():
            case.target.unlink(missing_ok=True)
            one = timed(_command(name, program, case), folder=folder, environment=environment)
            if one.exit_code or not case.target.is_file():
                raise RuntimeError(f"{name} made nothing of {case.html}")
            spent[name].append(one)


def _cases(project: Project, setting: Setting) -> list[_Case]:
    folder = setting.folder / "pages"
    folder.mkdir(exist_ok=True)
    with ours(project.path("content")) as worker:
        editions = sampled(worker.editions(), setting.every)
        return [
            _case(folder, number, worker.make(each).page) for number, each in enumerate(editions)
        ]


def _case(folder: Path, number: int, page: Page) -> _Case:
    sheets = tuple(STYLES / name for name in page.stylesheets)
    links = "".join(f'<link rel="stylesheet" href="{each.as_uri()}">' for each in sheets)
    case = _Case(folder / f"{number}.html", folder / f"{number}.linked.html", sheets)
    case.html.write_text(page.html, encoding="utf-8")
    linked = page.html.replace("</head>", f"{links}</head>", 1)
    case.linked.write_text(linked, encoding="utf-8")
    words = "".join(f"#par({_quoted(line)})\n" for line in composed_text(page.html).split("\n"))
    case.html.with_suffix(".typ").write_text(words, encoding="utf-8")
    return case


def _quoted(line: str) -> str:
    """A line as a string of Typst."""
    text = line.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _wall(spent: Sequence[Spent]) -> float:
    return sum(each.wall for each in spent) / len(spent)


def _cpu(spent: Sequence[Spent]) -> float:
    return sum(each.cpu for each in spent) / len(spent)
