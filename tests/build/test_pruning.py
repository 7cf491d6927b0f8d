"""The cache keeps within its size, and does not lose what is in use."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from handouts.build.pruning import prune, prune_when_due
from handouts.build.record import Records
from handouts.build.store import Store


def filled(cache: Path, count: int) -> list[Path]:
    """Files of 100 bytes each, the first one the oldest."""
    store = Store(cache / "files")
    paths = [store.path(store.put(bytes([number]) * 100)) for number in range(count)]
    for age, path in enumerate(paths):
        os.utime(path, (1000 + age, 1000 + age))
    return paths


def test_what_is_oldest_goes_first(tmp_path: Path) -> None:
    paths = filled(tmp_path, 5)
    assert prune(tmp_path, frozenset(), most=250) == 300
    assert [path.exists() for path in paths] == [False, False, False, True, True]


def test_what_is_in_use_stays(tmp_path: Path) -> None:
    paths = filled(tmp_path, 5)
    assert prune(tmp_path, frozenset(paths[:3]), most=250) == 200
    assert [path.exists() for path in paths] == [True, True, True, False, False]


def test_what_a_build_goes_by_is_the_last_to_go(tmp_path: Path) -> None:
    """Records of words and of what was loaded, which no document names."""
    records = Records(tmp_path)
    records.stamp = "now"
    for name in ("used", "left"):
        records.save_words(name, {"problems": []})
    files = {each.stem: each for each in (tmp_path / "words").rglob("*.json")}
    for path in files.values():
        os.utime(path, (1000, 1000))
    assert records.words("used") is not None
    prune(tmp_path, frozenset(), most=files["ed"].stat().st_size)
    assert files["ed"].exists()
    assert not files["ft"].exists()


@pytest.mark.parametrize(
    ("made", "age", "is_due"), [(1, 0, False), (1, 100_000, True), (1, -100, True), (50, 0, True)]
)
def test_it_is_done_after_many_documents_and_else_once_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: int, age: float, *, is_due: bool
) -> None:
    done: list[Path] = []
    monkeypatch.setattr("handouts.build.pruning.prune", lambda cache, _: done.append(cache))
    prune_when_due(tmp_path, frozenset(), 1)
    assert done == [tmp_path]
    then = time.time() - age
    os.utime(tmp_path / "pruned", (then, then))
    prune_when_due(tmp_path, frozenset(), made)
    assert (len(done) == 2) is is_due


def test_nothing_goes_while_there_is_room(tmp_path: Path) -> None:
    paths = filled(tmp_path, 5)
    assert prune(tmp_path, frozenset(), most=500) == 0
    assert all(path.exists() for path in paths)


def test_the_lock_and_the_fonts_are_none_of_its_business(tmp_path: Path) -> None:
    (tmp_path / "lock").write_bytes(b"x" * 1000)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "fonts-1.conf").write_bytes(b"x" * 1000)
    assert prune(tmp_path, frozenset(), most=0) == 0


def test_what_was_left_half_written_goes_after_a_while(tmp_path: Path) -> None:
    (path,) = filled(tmp_path, 1)
    old, new = (path.with_name(f".handouts-{name}.part") for name in ("old", "new"))
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (1000, 1000))
    prune(tmp_path, frozenset())
    assert (old.exists(), new.exists(), path.exists()) == (False, True, True)
