"""How a Dask cluster of four workers does beside one, with simulated times of rendering.

Workers that sleep need no processor: what is measured is what the sending to and fro costs.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from handouts.build.cluster import Cluster
from handouts.build.folders import Folders
from handouts.build.pool import Group
from handouts.build.remote import Made
from handouts.build.result import Result, Setup
from handouts.build.watcher import Unwatched
from handouts.models.edition import Edition, Format, Kind, Paper
from tests.benchmarks.rows import Row, Setting
from tests.clusters import scheduler, workers

_DOCUMENTS = 120
_SECONDS = (0.1, 0.5)
"""The shortest and the longest document."""


def seconds_of(group: Group) -> float:
    """How long a simulated document takes, the same each time."""
    chance = random.Random(group[0].id)  # noqa: S311  (no secret)
    return chance.uniform(*_SECONDS)


def sleep(name: str, group: Group) -> Made:
    """Make nothing, as slowly as a document."""
    time.sleep(seconds_of(group))
    return tuple(Result(edition=each) for each in group), {}


def measured(setting: Setting) -> Iterator[Row]:
    """Four workers beside one, as a row of the table."""
    taken = measure(setting.folder / "cluster")
    yield Row(
        name="cluster", what="a cluster of four workers beside one, simulated times of rendering",
        value=taken["share of ideal"], unit="of ideal", reach=0.9, least=True,
        note=f"{taken['four workers, s']:.1f} s against {taken['one worker, s']:.1f} s",
    )  # fmt: skip


def measure(folder: Path) -> dict[str, float]:
    """Seconds with one worker and with four, and what share of the ideal speed four reach."""
    groups: list[Group] = [
        (Edition(f"d{number}", Kind.PATIENT, "en", Format.STANDARD, Paper.A4, "default"),)
        for number in range(_DOCUMENTS)
    ]
    groups.sort(key=seconds_of, reverse=True)
    (folder / "content").mkdir(parents=True)
    setup = Setup(Folders(folder, folder / "content", folder / "output"), date(2026, 1, 1))
    taken = {}
    with scheduler(folder) as address:
        for count in (1, 4):
            with workers(address, folder, count):
                start = time.perf_counter()
                made = list(Cluster(address, sleep).results_of(groups, setup, Unwatched()))
                taken[count] = time.perf_counter() - start
                assert len(made) == _DOCUMENTS
    return {
        "one worker, s": taken[1],
        "four workers, s": taken[4],
        "share of ideal": taken[1] / taken[4] / 4,
    }
