"""What was loaded is kept as pickles, and only those that this user has signed are read."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from handouts.build.folders import Folders
from handouts.build.loaded import Loaded, loaded_for


class _Deadly:
    """Its pickle says so when it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("it-was-read",)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "file.yaml"
    path.write_text("words")
    return path


def kept_for(file: Path, stamp: str = "one") -> Loaded:
    root = file.parent
    found = loaded_for(Folders(root, root / "content", root / "output"), stamp)
    assert found is not None
    return found


def test_a_file_is_loaded_once(file: Path) -> None:
    assert kept_for(file).get(file, "text", file.read_text) == "words"
    assert kept_for(file).get(file, "text", pytest.fail) == "words"


@pytest.mark.parametrize("change", ["words", "program", "use"])
def test_it_is_loaded_again_when_something_has_changed(file: Path, change: str) -> None:
    kept_for(file).get(file, "text", file.read_text)
    if change == "words":
        file.write_text("other words")
    kept = kept_for(file, "two" if change == "program" else "one")
    assert kept.get(file, "bytes" if change == "use" else "text", lambda: "new") == "new"


def test_what_can_not_be_loaded_is_not_kept(file: Path) -> None:
    def fail() -> str:
        raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            kept_for(file).get(file, "text", fail)


def test_a_pickle_of_somebody_else_is_not_read(file: Path, tmp_path: Path) -> None:
    kept = kept_for(file)
    kept.get(file, "text", file.read_text)
    (path,) = (each for each in kept.folder.rglob("*") if each.is_file())
    body = pickle.dumps(_Deadly())
    for signature in (b"x" * 32, path.read_bytes()[:32]):
        path.write_bytes(signature + body)
        assert kept.get(file, "text", lambda: "loaded") == "loaded"
    other = Loaded(kept.folder, "one", b"y" * 32)
    assert other.get(file, "text", lambda: "theirs") == "theirs"
    assert kept.get(file, "text", lambda: "ours") == "ours"
    assert not (tmp_path / "it-was-read").exists()


def test_a_key_that_others_can_read_is_no_key(file: Path) -> None:
    kept_for(file)
    key = file.parent / "state" / "handouts" / "key"
    assert key.stat().st_mode & 0o777 == 0o600
    key.chmod(0o644)
    root = file.parent
    assert loaded_for(Folders(root, root / "content", root / "output"), "one") is None
