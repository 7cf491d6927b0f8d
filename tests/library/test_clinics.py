"""Another clinic's file changes what is the clinic's, everywhere it stands, and no other word."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
import weasyprint

from handouts.build.folders import Folders
from handouts.build.job import look_of
from handouts.loading.library import Library, load_library
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.compose import HtmlDocument, compose
from tests.projects import ROOT, Project

HANDOUTS = [
    (path.parent.name, path.stem) for path in sorted((ROOT / "content/patient").glob("*/*.md"))
]
EACH = pytest.mark.parametrize(("handout", "language"), HANDOUTS)

MADE_UP = """\
name: Made-up Breast Clinic
day: {number: 555 0101, hours: Monday to Friday}
night: {number: 555 0102}
emergency: {number: 119 119}
feedback: leaflets@clinic.example
brand: "#5B2A86"
"""
OTHER = MADE_UP.replace("Made-up", "Another").replace("555", "556").replace("119 119", "118 118")
OTHER = OTHER.replace("leaflets@", "sheets@").replace("#5B2A86", "#0F4C3A")
SAID = {
    "made-up": (
        "Made-up Breast Clinic",
        "555 0101",
        "555 0102",
        "119 119",
        "leaflets@clinic.example",
    ),
    "other": ("Another Breast Clinic", "556 0101", "556 0102", "118 118", "sheets@clinic.example"),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    project = Project(tmp_path_factory.mktemp("clinics"))
    shutil.copytree(ROOT / "content", project.path("content"))
    project.write("content/clinics/made-up.yaml", MADE_UP)
    project.write("content/clinics/other.yaml", OTHER)
    return load_library(project.path("content"), project.root)


def page(library: Library, handout: str, language: str, clinic: str) -> HtmlDocument:
    edition = Edition(handout, Kind.PATIENT, language, Format.STANDARD, Paper.A4, clinic)
    look = look_of(Folders(ROOT, ROOT / "content", ROOT / "output"))
    return compose(edition, library, look, date(2026, 11, 20), Path.read_bytes)


def without_the_clinic(html: str) -> str:
    root = weasyprint.HTML(string=html).etree_element
    for parent in list(root.iter()):
        for child in list(parent):
            is_slot = child.get("data-slot") == "clinic"
            if is_slot or (child.tag == "style" and "--brand" in (child.text or "")):
                tail = child.tail
                child.clear()
                child.tail = tail
    return ET.tostring(root, encoding="unicode")


@EACH
def test_no_word_outside_the_slots_changes(library: Library, handout: str, language: str) -> None:
    one, other = (page(library, handout, language, each) for each in ("made-up", "other"))
    assert one.html != other.html
    assert without_the_clinic(one.html) == without_the_clinic(other.html)
    assert one.fingerprint == other.fingerprint


@EACH
@pytest.mark.parametrize("clinic", SAID)
def test_all_that_is_the_clinics_is_there_and_nothing_of_the_other(
    library: Library, handout: str, language: str, clinic: str
) -> None:
    html = page(library, handout, language, clinic).html.replace("\u00a0", " ")
    for each, words in SAID.items():
        for said in words:
            assert (said in html) is (each == clinic), said
    assert ("#5B2A86" in html) is (clinic == "made-up")
