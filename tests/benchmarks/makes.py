"""One worker makes document after document: its memory, and the size of what it makes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from statistics import median

from tests.benchmarks.rows import Row, Setting
from tests.benchmarks.sides import Made, ours


def measured(setting: Setting) -> Iterator[Row]:
    """The library again and again; memory counts from the second time on, when all is warm."""
    content = setting.library(setting.documents).path("content")
    with ours(content) as worker:
        editions = worker.editions()
        made = [worker.make(each) for each in islice(cycle(editions), setting.makes)]
    first = made[: len(editions)]
    memories = [each.memory for each in made]
    yield Row(
        name="memory", what=f"memory of a worker over {len(made)} documents, at its most",
        unit="MB", reach=220, value=max(memories),
        note=f"{memories[-1]:.0f} MB after the last; {_growth(made)}",
    )  # fmt: skip
    yield Row(
        name="page-size", what="a page of PDF, median", unit="KB", reach=25,
        value=median(each.size / each.pages for each in first) / 1000,
        note=f"{len(first)} documents",
    )  # fmt: skip
    yield Row(
        name="document-size", what="the largest document", unit="KB", reach=200,
        value=max(each.size for each in first) / 1000,
    )  # fmt: skip


def _growth(made: list[Made]) -> str:
    """MB for each 1,000 documents in the last half, as a straight line through it."""
    tail = made[len(made) // 2 :]
    if len(tail) < 100:
        return "too few for a trend"
    count = len(tail)
    middle = (count - 1) / 2
    mean = sum(each.memory for each in tail) / count
    slope = sum((at - middle) * (each.memory - mean) for at, each in enumerate(tail))
    slope /= sum((at - middle) ** 2 for at in range(count))
    return f"{slope * 1000:+.1f} MB for each 1,000 in the last half"
