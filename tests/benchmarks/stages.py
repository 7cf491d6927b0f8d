"""What composing, rendering and the gate cost beside each other, over our own library."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

from handouts.build.folders import Folders
from handouts.build.gate import check_words, limits_of
from handouts.build.job import look_of
from handouts.build.typesetting import Typesetter
from handouts.checks.document import check_pdf
from handouts.loading.library import load_library
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.compose import compose
from tests.benchmarks.rows import Row, Setting
from tests.projects import ROOT

STAGES = ("compose", "render", "gate")


def measured(setting: Setting) -> Iterator[Row]:
    """CPU time of each stage for a document: standard format, A4; the first round warms up."""
    rounds, count = _rounds(setting.rounds)
    for name in STAGES:
        yield Row(
            name=f"stage-{name}", what=f"{name}: CPU time for a document of our library", unit="ms",
            value=median(each[name] for each in rounds) / count * 1000,
            note=f"median of {len(rounds)} rounds over {count} documents, charts known",
        )  # fmt: skip
    yield Row(
        name="gate-share", what="the gate, as a share of all three", unit="%",
        value=100 * median(each["gate"] / sum(each.values()) for each in rounds),
    )  # fmt: skip


def _rounds(rounds: int) -> tuple[list[dict[str, float]], int]:
    folders = Folders(ROOT, ROOT / "content", ROOT / "output")
    look, library = look_of(folders), load_library(ROOT / "content", ROOT)
    typesetter = Typesetter(folders, look)
    names = [(name, Kind.PATIENT, language) for name, language in library.handouts]
    names += [(name, Kind.TRIAL, "en") for name in library.trials]
    found = []
    for _ in range(rounds + 1):
        spent = dict.fromkeys(STAGES, 0.0)
        for name, kind, language in names:
            edition = Edition(name, kind, language, Format.STANDARD, Paper.A4, "default")
            start = process_time()
            document = compose(edition, library, look, date(2026, 11, 20), Path.read_bytes)
            composed = process_time()
            pdf = typesetter.render(document, edition, Path.read_bytes)
            rendered = process_time()
            tuple(check_words(document, library.names(language)))
            check_pdf(pdf, limits=limits_of(edition, document, library), path=document.source)
            spent["compose"] += composed - start
            spent["render"] += rendered - composed
            spent["gate"] += process_time() - rendered
        found.append(spent)
    return found[1:], len(names)
