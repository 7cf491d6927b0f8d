"""Our whole CPU time beside that of WeasyPrint alone, document by document."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.models.edition import Edition
from tests.benchmarks.rows import Row, Setting
from tests.benchmarks.sides import floor, ours

_WHAT = "our CPU time for a document, as a multiple of WeasyPrint's own layout and writing, "
_ROUNDS = (("cpu-cold", "cold", 1.6), ("cpu-warm", "charts known", 1.35))


def measured(setting: Setting) -> Iterator[Row]:
    """Composition, charts, fit, layout, writing, checks and thumbnails; then the same again."""
    content = setting.library(setting.documents).path("content")
    with ours(content) as worker, floor(content) as weasyprint:
        editions = sampled(worker.editions(), setting.every)
        for name, state, reach in _ROUNDS:
            mine = theirs = 0.0
            for edition in editions:
                made = worker.make(edition)
                mine += made.cpu
                theirs += weasyprint.seconds(made.page)
            count = len(editions) / 1000
            yield Row(
                name=name, what=_WHAT + state, value=mine / theirs, unit="times", reach=reach,
                note=f"{mine / count:.0f} ms against {theirs / count:.0f} ms,"
                f" {len(editions)} documents, one after the other in turn",
            )  # fmt: skip


def sampled(editions: list[Edition], every: int) -> list[Edition]:
    """All editions of each so many-th document and language."""
    documents = list(dict.fromkeys((each.id, each.language) for each in editions))[::every]
    return [each for each in editions if (each.id, each.language) in set(documents)]
