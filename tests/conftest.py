"""Fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import FOLDER, Golden
from tests.projects import Project, built_template, new_project
from tests.rendering import samples

samples.use_our_fonts()


def pytest_addoption(parser: pytest.Parser) -> None:
    """One switch for all kept texts."""
    parser.addoption("--update-golden", action="store_true", help="accept what pages say now")


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Golden:
    """The kept texts, to compare with or to update."""
    return Golden(FOLDER, update=bool(request.config.getoption("--update-golden")))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the repository's content, with one format and paper of each document."""
    keep_away(monkeypatch)
    return new_project(tmp_path / "project").with_editions(["standard"], ["a4"])


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The same, after a build."""
    keep_away(monkeypatch)
    return built_template(tmp_path.parent).copied_to(tmp_path / "built project")


def keep_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """No say for the service or terminal that the tests run in."""
    for name in ("GITHUB_ACTIONS", "NO_COLOR", "CI", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
