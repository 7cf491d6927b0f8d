"""A real browser, where there is one: one for all tests of a process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.pages import Axe, Browser
from tests.browser.running import Preview, preview_of
from tests.browser.site import Site, built_site
from tests.projects import ROOT, new_project

_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
_AXE = ROOT / ".cache" / "browser-tools" / "node_modules" / "axe-core" / "axe.min.js"
_HINT = "script/browser-tools gets it"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one, tests are skipped, but not where it was set up for them."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        _missing(f"there is no Chromium, so nothing is tried in a browser: {_HINT}")
    sync_api: Any = pytest.importorskip("playwright.sync_api", reason="Playwright is missing")
    with sync_api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield Browser(started)
        started.close()


@pytest.fixture(scope="session")
def axe() -> Axe:
    """axe-core, which looks for barriers in a page."""
    if not _AXE.is_file():
        _missing(f"axe-core is missing, so pages are not searched for barriers: {_HINT}")
    return Axe(_AXE.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A built library with a document of each kind, one of them in three languages."""
    return built_site(tmp_path_factory.mktemp("site") / "project")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview that runs, of a trial and a handout."""
    folder: Path = tmp_path_factory.mktemp("preview") / "project"
    project = new_project(folder).with_editions(["standard"], ["a4"])
    with preview_of(project) as running:
        yield running


def _missing(reason: str) -> None:
    if os.environ.get("HANDOUTS_BROWSER") == "required":
        pytest.fail(reason)
    pytest.skip(reason)
