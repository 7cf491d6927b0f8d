"""``script/benchmark``: what documents cost, ours and other programs', side by side in one run.

Times differ from machine to machine, and from minute to minute; shares taken in one run do not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks import changes, cluster, cpu, makes, others, stages
from tests.benchmarks.rows import Measurement, Row, Setting

MEASUREMENTS: Mapping[str, Measurement] = {
    "others": others.measured,
    "cpu": cpu.measured,
    "changes": changes.measured,
    "makes": makes.measured,
    "cluster": cluster.measured,
    "stages": stages.measured,
}
"""By the name for ``--only``, in the order of the table."""

RESULTS = Path(__file__).with_name("results.md")
_QUICK = {"documents": 20, "large": 20, "makes": 20, "every": 4, "rounds": 1}


def main() -> int:
    """Measure, print the table, and keep it if all was measured at full size."""
    given = _arguments()
    sizes = {name: getattr(given, name) for name in _QUICK if getattr(given, name) is not None}
    with tempfile.TemporaryDirectory(prefix="handouts-benchmark-") as folder:
        setting = Setting(Path(folder), **({**_QUICK, **sizes} if given.quick else sizes))
        rows = []
        for name in given.only or MEASUREMENTS:
            for row in MEASUREMENTS[name](setting):
                print(f"{row.name}: {_value(row)} {row.note}", file=sys.stderr, flush=True)
                rows.append(row)
    text = table(rows)
    print(text)
    if given.json:
        given.json.write_text(json.dumps(_fields(rows), indent=1) + "\n", encoding="utf-8")
    if not (given.quick or given.only):
        RESULTS.write_text(_page(text), encoding="utf-8")
        RESULTS.with_suffix(".json").write_text(
            json.dumps(_fields(rows), indent=1) + "\n", encoding="utf-8"
        )
    return 0


def table(rows: Iterable[Row]) -> str:
    """The rows in Markdown."""
    lines = ["| What | Reach | Measured | Met | How |", "|---|---|---|---|---|"]
    for row in rows:
        bound = "at least" if row.least else "at most"
        reach = "" if row.reach is None else f"{bound} {row.reach:g} {row.unit}"
        met = {None: "", True: "yes", False: "**no**"}[row.is_met]
        lines.append(f"| {row.what} | {reach} | {_value(row)} | {met} | {row.note} |")
    return "\n".join(lines)


def _value(row: Row) -> str:
    if row.value is None:
        return "not measured"
    digits = 0 if row.unit == "documents" or row.value >= 100 else 2
    return f"{row.value:.{digits}f} {row.unit}"


def _fields(rows: Iterable[Row]) -> list[dict[str, object]]:
    return [{**asdict(row), "met": row.is_met} for row in rows]


def _page(text: str) -> str:
    python = platform.python_version()
    machine = f"{os.cpu_count()} processors ({platform.machine()}), Python {python}"
    return (
        "# What documents cost\n\n"
        f"Written by `script/benchmark` on {machine}. Everything in a row was measured side by side"
        " in one run, on the same HTML and CSS.\n\n"
        f"{text}\n"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/benchmark", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small libraries, one round")
    parser.add_argument("--only", action="append", choices=MEASUREMENTS, help="may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the rows as JSON too")
    parser.add_argument("--documents", type=int, help="of the library that is built (200)")
    parser.add_argument("--large", type=int, help="of the library that is changed (1000)")
    parser.add_argument("--makes", type=int, help="documents that one worker makes (2000)")
    parser.add_argument("--every", type=int, help="each so many-th for other programs (10)")
    parser.add_argument("--rounds", type=int, help="of short measurements (3)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
