"""Two processes, each warm: ours makes documents, the other one is WeasyPrint and nothing else."""

from __future__ import annotations

import gc
import multiprocessing
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from time import process_time
from typing import Any

from handouts.build.folders import Folders, find_folders
from handouts.build.fonts import use_fonts
from handouts.models.edition import Edition

TODAY = date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class Page:
    """A document as it goes into WeasyPrint."""

    html: str
    stylesheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A document that was made.

    Attributes:
        path: of its PDF, below the output folder.
        page: what WeasyPrint was given.
        cpu: seconds from its content to its checked files.
        pages, size: of the PDF, in bytes.
        memory: of the process now, in MB.
    """

    path: str
    page: Page
    cpu: float
    pages: int
    size: int
    memory: float


class Side:
    """A process that answers one question at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, question: object) -> Any:
        """The answer; a failure there is one here."""
        self._connection.send(question)
        answer = self._connection.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer


class Ours(Side):
    """A worker as a build has them."""

    def editions(self) -> list[Edition]:
        """All editions of the library, in the order in which a build makes them."""
        found: list[Edition] = self.ask(None)
        return found

    def make(self, edition: Edition) -> Made:
        """Make one."""
        made: Made = self.ask(edition)
        return made


class Floor(Side):
    """WeasyPrint in one process, with parsed stylesheets, as Python collects garbage by default."""

    def seconds(self, page: Page) -> float:
        """CPU time of the layout and the writing of a page."""
        spent: float = self.ask(page)
        return spent


@contextmanager
def ours(content: Path) -> Iterator[Ours]:
    """A worker for a library; ``content`` is its folder with ``project.yaml``."""
    with _process(_our_answers, content) as connection:
        yield Ours(connection)


@contextmanager
def floor(content: Path) -> Iterator[Floor]:
    """WeasyPrint with the fonts and stylesheets of a library."""
    with _process(_floor_answers, content) as connection:
        yield Floor(connection)


@contextmanager
def _process(answers: Any, content: Path) -> Iterator[Connection]:
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(answers, there, content), daemon=True)
    process.start()
    there.close()
    try:
        yield here
    finally:
        here.close()
        process.join()


def _serve(answers: Any, connection: Connection, content: Path) -> None:
    answer = answers(content)
    while True:
        try:
            question = connection.recv()
        except EOFError:
            return
        try:
            connection.send(answer(question))
        except Exception as problem:  # noqa: BLE001, RUF100  (the other process raises it)
            connection.send(problem)


def _folders(content: Path) -> Folders:
    folders = find_folders(str(content), None, Path.cwd())
    use_fonts(folders)
    return folders


def _our_answers(content: Path) -> Any:
    folders = _folders(content)
    from handouts.build.job import Press
    from handouts.build.memory import settle
    from handouts.build.plan import plan_for
    from handouts.build.request import Request
    from handouts.build.result import Setup
    from handouts.build.typesetting import Typesetter

    seen: list[Page] = []
    render = Typesetter.render

    def noted(self: Any, document: Any, edition: Edition, read: Any) -> Any:
        entry = document.stylesheet
        names = (entry, f"{entry.removesuffix('.css')}.{edition.paper}.css")
        seen.append(Page(document.html, names))
        return render(self, document, edition, read)

    Typesetter.render = noted  # type: ignore[method-assign]
    press = Press(Setup(folders, TODAY))
    settle()

    def answer(edition: Edition | None) -> list[Edition] | Made:
        if edition is None:
            return list(plan_for(Request(), press.library).editions)
        start = process_time()
        result = press.make(edition)
        spent = process_time() - start
        if result.entry is None:
            raise RuntimeError(f"{edition.pdf_path}: {result.crash or result.diagnostics}")
        entry = result.entry
        return Made(entry.path, seen.pop(), spent, entry.pages, entry.bytes, memory())

    return answer


def _floor_answers(content: Path) -> Any:
    folders = _folders(content)
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    from handouts.rendering.standards import OUTPUT_INTENT, VARIANT, colour_profiles

    fonts, counters = FontConfiguration(), CounterStyle()
    parsed: dict[str, Any] = {}
    base = f"{folders.templates[-1].as_uri()}/"

    def sheet(name: str) -> Any:
        if name not in parsed:
            path = folders.styles[-1] / name
            parsed[name] = weasyprint.CSS(filename=path, font_config=fonts, counter_style=counters)
        return parsed[name]

    def answer(page: Page) -> float:
        sheets = [sheet(name) for name in page.stylesheets]
        start = process_time()
        document = weasyprint.HTML(string=page.html, base_url=base).render(
            font_config=fonts, counter_style=counters.copy(), stylesheets=sheets,
            color_profiles=colour_profiles(), pdf_variant=VARIANT, output_intent=OUTPUT_INTENT,
        )  # fmt: skip
        document.write_pdf(pdf_variant=VARIANT, output_intent=OUTPUT_INTENT)
        return process_time() - start

    gc.collect()
    return answer


def memory() -> float:
    """MB of memory that this process holds now."""
    try:
        text = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # bytes on macOS
    lines = dict(line.split(":", 1) for line in text.splitlines())
    return int(lines["VmRSS"].split()[0]) * 1024 / 1e6
