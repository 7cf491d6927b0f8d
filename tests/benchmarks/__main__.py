"""``script/benchmark``: what the gate costs beside the render that it follows.

Times differ from machine to machine, and from minute to minute; shares taken in one run do not.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from handouts.build.folders import Folders
from handouts.build.gate import check_words, limits_of
from handouts.build.job import look_of
from handouts.build.typesetting import Typesetter
from handouts.checks.document import check_pdf
from handouts.loading.library import load_library
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.compose import compose
from tests.projects import ROOT

ROUNDS = 5
STAGES = ("compose", "render", "gate")


def editions() -> list[Edition]:
    """Each document of our library once: standard format, A4."""
    library = load_library(ROOT / "content", ROOT)
    found = [(name, Kind.PATIENT, language) for name, language in library.handouts]
    found += [(name, Kind.TRIAL, "en") for name in library.trials]
    return [
        Edition(name, kind, language, Format.STANDARD, Paper.A4, "default")
        for name, kind, language in found
    ]


def measured(rounds: int) -> list[dict[str, float]]:
    """Seconds of each stage for all documents together, in each round but the first."""
    folders = Folders(ROOT, ROOT / "content", ROOT / "output")
    look, library = look_of(folders), load_library(ROOT / "content", ROOT)
    typesetter = Typesetter(folders, look)
    found = []
    for _ in range(rounds + 1):
        spent = dict.fromkeys(STAGES, 0.0)
        for edition in editions():
            start = perf_counter()
            document = compose(edition, library, look, date(2026, 11, 20), Path.read_bytes)
            composed = perf_counter()
            pdf = typesetter.render(document, edition, Path.read_bytes)
            rendered = perf_counter()
            tuple(check_words(document, library.names(edition.language)))
            check_pdf(pdf, limits=limits_of(edition, document, library), path=document.source)
            spent["compose"] += composed - start
            spent["render"] += rendered - composed
            spent["gate"] += perf_counter() - rendered
        found.append(spent)
    return found[1:]


def main() -> int:
    """Print a table; ``--json`` prints the same as JSON."""
    rounds, count = measured(ROUNDS), len(editions())
    per_document = {name: median(each[name] for each in rounds) / count for name in STAGES}
    share = median(each["gate"] / each["render"] for each in rounds)
    of_all = median(each["gate"] / sum(each.values()) for each in rounds)
    if "--json" in sys.argv:
        print(json.dumps({**per_document, "gate/render": share, "gate/all": of_all}))
        return 0
    print(f"Medians of {ROUNDS} rounds over {count} documents, one process\n")
    print("| Stage | ms for a document |\n|---|---:|")
    for name, seconds in per_document.items():
        print(f"| {name} | {seconds * 1000:.0f} |")
    print(f"\nThe gate takes {share:.0%} of the render's time, {of_all:.0%} of all three.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
