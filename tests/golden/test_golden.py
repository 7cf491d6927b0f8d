from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import Golden


def kept(folder: Path, **texts: str) -> Golden:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return Golden(folder, update=False)


def test_a_text_that_says_the_same_passes_wherever_its_lines_end(tmp_path: Path) -> None:
    kept(tmp_path, a="one two\nthree\n").check("a.txt", "one\ntwo three")


def test_one_that_says_something_else_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"a\.txt says something else now") as caught:
        kept(tmp_path, a="same\n33 of 100").check("a.txt", "same\n41 of 100")
    assert "-33 of 100\n+41 of 100" in str(caught.value)


def test_one_that_is_not_kept_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"a\.txt is not kept yet"):
        kept(tmp_path).check("a.txt", "one")


def test_one_that_no_test_names_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"no test names b\.txt"):
        kept(tmp_path, a="x", b="x").check_names(["a.txt"])


def test_updating_accepts_what_is_said_now_and_takes_out_what_no_test_names(
    tmp_path: Path,
) -> None:
    kept(tmp_path, a="old", b="old")
    golden = Golden(tmp_path, update=True)
    golden.check("a.txt", "new")
    golden.check_names(["a.txt"])
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "new"
