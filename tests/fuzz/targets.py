"""What spoilt files are given to: functions that a build calls, and now and then a whole one."""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from handouts.build.foreign import foreign_in_style
from handouts.build.limits import TookTooLong, time_limit
from handouts.build.typesetting import _is_of_layout
from handouts.config import Project as Settings
from handouts.diagnostics import InvalidInput
from handouts.loading.records import validate
from handouts.loading.strict_yaml import parse_yaml
from handouts.loading.written import load_clinician_page, load_handout
from handouts.models.clinic import Clinic
from handouts.models.glossary import Glossary
from handouts.models.trial import Trial
from handouts.rendering.pdf import Renderer, StyleText
from handouts.tokens import read_tokens
from tests.fuzz.mutation import spoilt
from tests.hostile.guard import watched
from tests.projects import ROOT, Project
from tests.rendering.samples import use_our_fonts

KINDS = ("yaml", "markdown", "css", "svg")
SECONDS = 5.0
"""That one file may take; a whole build may take ten times as much."""

IN_LAYOUT = 25
"""One in so many stylesheets and drawings is also laid out."""

IN_BUILD = 400
"""One in so many files is put into a project that is then checked."""

_SMALL = ROOT / "tests" / "small_project" / "content"
_RECORDS: tuple[tuple[str, Any], ...] = (
    ("trials/made-up/trial.yaml", Trial), ("clinics/default.yaml", Clinic),
    ("glossary/en.yaml", Glossary), ("project.yaml", Settings),
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """A case that the program did not stand up to."""

    kind: str
    number: int
    what: str
    text: str


@cache
def seeds(kind: str) -> tuple[str, ...]:
    """The real files of a kind."""
    content = ROOT / "content"
    found = {
        "yaml": [_SMALL / name for name, _ in _RECORDS],
        "markdown": [*_SMALL.rglob("*.md"), *sorted(content.rglob("en.md"))],
        "css": sorted((ROOT / "styles").rglob("*.css")),
        "svg": [],
    }[kind]
    return tuple(path.read_text(encoding="utf-8") for path in found) or _DRAWINGS


_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80" width="80" height="80">'
_DRAWINGS = (
    f'{_SVG}<title>x</title><g id="a"><path d="M0 0H8V8H0z" fill="#1a1a1a"/></g><use href="#a"/></svg>',
    f'{_SVG}<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>'
    '<rect width="9" height="9" fill="url(#g)"/><text x="1" y="9">words <tspan>here</tspan></text></svg>',
    f'{_SVG}<clipPath id="c"><circle r="4"/></clipPath><g clip-path="url(#c)" transform="scale(2)">'
    '<polyline points="0,0 1,1" stroke="red" stroke-dasharray="1 2"/></g></svg>',
)


def findings(cases: int, seed: int) -> Iterator[Finding | None]:
    """What goes wrong in so many cases; None for each that goes well."""
    use_our_fonts()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for kind in KINDS:
            with suppress(InvalidInput):  # what is loaded on first use
                _TRY[kind](seeds(kind)[0], Random(0), place)
        _built("svg", seeds("svg")[0], place)
        for number in range(cases):
            random = Random(seed * 1_000_003 + number)
            kind = KINDS[number % len(KINDS)]
            yield _finding(kind, number, spoilt(kind, seeds(kind), random), random, place)


def _finding(kind: str, number: int, text: str, random: Random, place: Path) -> Finding | None:
    whole = number % IN_BUILD == IN_BUILD - 1 - (number // IN_BUILD) % len(KINDS)
    start, most = time.monotonic(), SECONDS * (10 if whole else 1)
    what = ""
    with watched() as guard:
        try:
            with time_limit(most), _deep_enough():
                if whole:
                    what = _built(kind, text, place)
                else:
                    _TRY[kind](text, random, place)
        except InvalidInput:
            pass
        except TookTooLong:
            what = f"more than {most:g} s"
        except Exception as problem:
            if not (kind in {"css", "svg"} and _is_of_layout(problem)):
                last = traceback.extract_tb(problem.__traceback__)[-1]
                what = f"{type(problem).__name__} in {last.filename}:{last.lineno}"
    if not what and time.monotonic() - start > most:
        what = f"{time.monotonic() - start:.1f} s"
    outside = guard.outside([place])
    if guard.forbidden or outside:
        what = f"escape: {guard.forbidden} {sorted(map(str, outside))}"
    return Finding(kind, number, what, text) if what else None


@contextmanager
def _deep_enough() -> Iterator[None]:
    """As deep as Python may go in a build, which has few frames above it."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1000 + 60)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _yaml(text: str, random: Random, _place: Path) -> None:
    document = parse_yaml(text, "x.yaml")
    validate(document, random.choice(_RECORDS)[1], "x.yaml")


def _markdown(text: str, random: Random, place: Path) -> None:
    path = place / "en.md"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    load = load_clinician_page if random.random() < 0.2 else load_handout
    load(path, "en.md")


def _css(text: str, random: Random, place: Path) -> None:
    list(foreign_in_style(text))
    read_tokens("x.css", lambda name: text if name == "x.css" else "")
    if random.randrange(IN_LAYOUT) == 0:
        _laid_out(text, "<h1>Words</h1><ul><li>of a page</ul><table><tr><td>x</table>", place)


def _svg(text: str, random: Random, place: Path) -> None:
    data = base64.b64encode(text.encode(errors="replace")).decode()
    if random.randrange(IN_LAYOUT) == 0:
        _laid_out("", f'<p><img alt="x" src="data:image/svg+xml;base64,{data}"></p>', place)
    else:
        from handouts.rendering.resources import Fetcher

        try:
            Fetcher([place]).fetch(f"data:image/svg+xml;base64,{data}")
        except ValueError:
            return


def _laid_out(css: str, body: str, place: Path) -> None:
    clean = css.encode(errors="replace").decode()
    page = f'<html lang="en"><head><title>x</title></head><body>{body}</body></html>'
    Renderer([StyleText("x.css", clean)], folders=[place]).render(page, base_url=place)


_TRY: dict[str, Callable[[str, Random, Path], None]] = {
    "yaml": _yaml, "markdown": _markdown, "css": _css, "svg": _svg,
}  # fmt: skip
_FILES = {
    "yaml": "content/trials/made-up/trial.yaml", "markdown": "content/patient/made-up-sheet/en.md",
    "css": "styles/components/contact.css", "svg": "styles/components/x.svg",
}  # fmt: skip


def _built(kind: str, text: str, place: Path) -> str:
    """What a whole check of a project with the file in it says that it should not."""
    root = place / "project"
    if not root.is_dir():
        shutil.copytree(_SMALL.parent, root)
    project = Project(root)
    path = project.path(_FILES[kind])
    before = path.read_bytes() if path.is_file() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(errors="replace"))
    if kind == "svg":
        project.write("styles/components/contact.css", ".contact { background: url(x.svg) }")
    try:
        done = project.run("check", "-j", "1")
    finally:
        shutil.rmtree(root / "styles", ignore_errors=True)
        if before is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(before)
    if "Traceback" in done.stderr or "internal-error" in done.stderr:
        return f"a bug in a whole check: {done.stderr[-600:]}"
    return "" if done.exit_code in {0, 1, 2} else f"exit code {done.exit_code}"
