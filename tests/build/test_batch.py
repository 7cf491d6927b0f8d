"""What goes wrong with one document of a batch costs that document alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build.batch import make_all_with_trouble, make_batch
from tests.conftest import keep_away

TROUBLE = {"endless": "too-slow", "hungry": "out-of-memory", "raising": "cannot-render"}
GOOD = [f"sheet-{one}{two}" for one in "abcdefg" for two in "abcdefg"][:47]


def test_of_50_documents_with_3_that_come_to_no_end_47_come_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_away(monkeypatch)
    monkeypatch.setattr("handouts.build.slot._make_all", make_all_with_trouble)
    project = make_batch(tmp_path, [*GOOD, *TROUBLE])
    done = project.run("build", "-v", "-j", "2", "--time-limit", "8")
    assert done.exit_code == 1, done.stderr
    assert done.made == {f"{name}.en.standard.a4" for name in GOOD}
    assert done.failed == {f"{name}.en.standard.a4" for name in TROUBLE}
    for name, code in TROUBLE.items():
        said = [line for line in done.stderr.splitlines() if line.endswith(f"[{code}]")]
        assert len(said) == 1, code
        assert name in said[0]
    assert {each["id"] for each in project.documents.values()} == set(GOOD)
    assert "50 documents: 47 built, 0 cached, 3 failed" in done.stdout


def test_a_document_that_goes_on_for_ever_ends_in_this_process_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_away(monkeypatch)

    def endless(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr("handouts.build.typesetting.Typesetter.render", endless)
    project = make_batch(tmp_path, ["endless"])
    done = project.run("build", "-j", "1", "--time-limit", "0.5")
    assert (done.exit_code, done.codes) == (1, ["too-slow"])
