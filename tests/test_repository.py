"""What builds leave behind stays out of the repository: it names folders of one machine."""

from __future__ import annotations

import subprocess

import pytest

from tests.projects import ROOT


def test_no_file_is_kept_that_should_be_ignored() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("this is no checkout")
    assert listed.stdout.splitlines() == []
