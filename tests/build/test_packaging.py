"""What travels in a wheel."""

from __future__ import annotations

import tomllib

from handouts import __version__
from handouts.build.generator import PACKAGES, installed_versions
from tests.projects import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_every_package_travels() -> None:
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "handouts").rglob("__init__.py")
    }
    assert set(SETTINGS["tool"]["setuptools"]["packages"]) == found | {
        "handouts._templates",
        "handouts._styles",
    }


def test_templates_and_styles_travel() -> None:
    patterns = SETTINGS["tool"]["setuptools"]["package-data"]
    for package, folder in SETTINGS["tool"]["setuptools"]["package-dir"].items():
        files = {path for path in (ROOT / folder).rglob("*") if path.is_file()}
        found = {path for each in patterns[package] for path in (ROOT / folder).glob(each)}
        assert found == files


def test_the_version_is_said_once_more_in_the_package() -> None:
    assert SETTINGS["project"]["version"] == __version__


def test_every_package_that_documents_depend_on_is_known() -> None:
    assert "?" not in installed_versions().values()
    needed = {each.split(">")[0].split("=")[0] for each in SETTINGS["project"]["dependencies"]}
    assert needed - {"click", "pebble"} <= set(PACKAGES)
