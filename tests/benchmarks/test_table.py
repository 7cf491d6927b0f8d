from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import table
from tests.benchmarks.processes import timed
from tests.benchmarks.rows import Row

ROW = Row(name="x", what="a thing", value=3.0, unit="s", reach=4.0, note="twice")


def test_a_row_says_whether_it_reaches_what_it_must() -> None:
    assert ROW.is_met
    assert not replace(ROW, value=4.1).is_met
    assert not replace(ROW, least=True).is_met
    assert replace(ROW, value=4.0, least=True).is_met


def test_nothing_is_met_that_was_not_measured() -> None:
    assert replace(ROW, value=None).is_met is None
    assert replace(ROW, reach=None).is_met is None


def test_the_table_says_what_was_measured_and_what_was_not() -> None:
    missing = replace(ROW, value=None, reach=None, note="not installed")
    lines = table([ROW, replace(ROW, value=5.0), missing]).splitlines()[2:]
    assert lines == [
        "| a thing | at most 4 s | 3.00 s | yes | twice |",
        "| a thing | at most 4 s | 5.00 s | **no** | twice |",
        "| a thing |  | not measured |  | not installed |",
    ]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="orphans are taken over there")
def test_the_time_of_processes_that_outlive_their_parent_counts(tmp_path: Path) -> None:
    work = "import time\nwhile time.process_time() < 0.3: pass"
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {work!r}])"
    spent = timed([sys.executable, "-c", parent], folder=tmp_path)
    assert spent.exit_code == 0
    assert spent.cpu > 0.3
