"""Our own library, built as the README says and held to the standard: every PDF, every page."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import outloud
import page
import pikepdf
import pypdfium2
import pytest

from tests.projects import ROOT, Project

ALLOWED = {"TBL-010"}
"""Takes a table with few data cells for a shredded one."""

SIZES = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}


@dataclass(frozen=True)
class Sheet:
    """One PDF of the library with its entry in the manifest."""

    entry: dict[str, Any]
    data: bytes
    html: str

    @property
    def text(self) -> str:
        document = pypdfium2.PdfDocument(self.data)
        return "\n".join(each.get_textpage().get_text_bounded() for each in document)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Our library, built once for all processes that test it; nobody changes it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    project = Project(folder / "our library")
    with (folder / "our library.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not project.output.is_dir():
            shutil.copytree(ROOT / "content", project.path("content"), dirs_exist_ok=True)
            found = project.build("--strict")
            assert found.exit_code == 0, found.stderr
    return project


@cache
def _sheets(root: Path) -> tuple[Sheet, ...]:
    output = root / "output"
    manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    return tuple(
        Sheet(
            entry,
            (output / entry["path"]).read_bytes(),
            (output / entry["html"]).read_text(encoding="utf-8"),
        )
        for entry in manifest["documents"]
    )


@pytest.fixture
def sheets(library: Project) -> tuple[Sheet, ...]:
    return _sheets(library.root)


def test_every_pdf_is_pdf_ua_1(sheets: tuple[Sheet, ...], tmp_path: Path) -> None:
    for sheet in sheets:
        file = tmp_path / "sheet.pdf"
        file.write_bytes(sheet.data)
        report = page.validate_pdf(str(file), profile=page.ValidationProfile.PDF_UA_1)
        assert report.is_compliant, sheet.entry["path"]


def test_outloud_finds_no_error(sheets: tuple[Sheet, ...], tmp_path: Path) -> None:
    for sheet in sheets:
        file = tmp_path / "sheet.pdf"
        file.write_bytes(sheet.data)
        report = outloud.check(str(file))
        assert report.error is None
        errors = {each.rule for each in report.findings if each.severity == "error"}
        assert errors <= ALLOWED, sheet.entry["path"]


def test_a_page_for_clinicians_is_one_and_a_handout_at_most_four(
    sheets: tuple[Sheet, ...],
) -> None:
    most = {"patient standard": 4, "patient large-print": 12}
    for sheet in sheets:
        kind = f"{sheet.entry['kind']} {sheet.entry['format']}"
        assert sheet.entry["pages"] <= most.get(kind, 1), sheet.entry["path"]


def test_both_papers_have_as_many_pages(sheets: tuple[Sheet, ...]) -> None:
    pages: dict[tuple[str, str], dict[str, int]] = {}
    for sheet in sheets:
        key = (f"{sheet.entry['id']}.{sheet.entry['language']}", sheet.entry["format"])
        pages.setdefault(key, {})[sheet.entry["paper"]] = sheet.entry["pages"]
    for key, by_paper in pages.items():
        assert by_paper["a4"] == by_paper["letter"], key


def test_both_papers_of_a_page_for_clinicians_show_the_same(sheets: tuple[Sheet, ...]) -> None:
    """Letters and numbers, wherever they stand: lines break elsewhere on another paper."""
    shown: dict[str, dict[str, Counter[str]]] = {}
    for sheet in sheets:
        if sheet.entry["kind"] != "patient":
            signs = Counter("".join(re.findall(r"[^\W_]", sheet.text)))
            shown.setdefault(sheet.entry["id"], {})[sheet.entry["paper"]] = signs
    assert len(shown) == 7
    for name, by_paper in shown.items():
        assert by_paper["a4"] == by_paper["letter"], name


def test_every_page_has_exactly_the_size_of_its_paper(sheets: tuple[Sheet, ...]) -> None:
    for sheet in sheets:
        width, height = SIZES[sheet.entry["paper"]]
        for each in pypdfium2.PdfDocument(sheet.data):
            assert each.get_width() == pytest.approx(width, abs=0.05)
            assert each.get_height() == pytest.approx(height, abs=0.05)


def test_only_our_fonts_are_embedded(sheets: tuple[Sheet, ...], tmp_path: Path) -> None:
    for sheet in sheets:
        file = tmp_path / "sheet.pdf"
        file.write_bytes(sheet.data)
        with pikepdf.open(file) as pdf:
            names = {
                str(each.BaseFont)
                for each in pdf.objects
                if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
            }
        assert names
        for name in names:
            assert re.fullmatch(r"/[A-Z]{6}\+(?:Source-?Sans-?3|Noto-?Sans-?Arabic).*", name), name


def test_no_file_is_over_200_kilobytes(sheets: tuple[Sheet, ...]) -> None:
    assert max(len(sheet.data) for sheet in sheets) <= 200_000


def test_every_page_says_that_it_is_a_draft(sheets: tuple[Sheet, ...]) -> None:
    for sheet in sheets:
        for each in pypdfium2.PdfDocument(sheet.data):
            text = " ".join(each.get_textpage().get_text_bounded().split())
            english = sheet.entry["language"] == "en"
            who = "No clinician has checked this page." if english else "Not checked by a qualified"
            assert f"Draft. {who}" in text, sheet.entry["path"]


def test_the_sheet_for_people_whose_cancer_grew_shows_no_survival_figure(
    library: Project,
) -> None:
    (found,) = library.run("trace", "her2climb-stops-working", "--lang", "en", "--json").json
    addresses = [each["fact"] for each in found["numbers"]]
    assert not [each for each in addresses if ".os-" in each or "survival" in each]


def test_nothing_of_own_knowledge_is_printed_without_its_mark(library: Project) -> None:
    (found,) = library.run("trace", "her2climb-stops-working", "--lang", "en", "--json").json
    unseen = [each["fact"] for each in found["statements"] if each["seen"] == "own knowledge"]
    words = library.text("content/patient/her2climb-stops-working/en.md")
    html = next(library.path("output").rglob("en/her2climb-stops-working/index.html"))
    marks = html.read_text(encoding="utf-8").count('class="unverified"')
    assert unseen
    assert marks == sum(words.count(f"[@{fact}]") for fact in unseen)


def test_one_fact_changed_changes_both_documents_and_nothing_else_has_to_be_edited(
    library: Project, tmp_path: Path
) -> None:
    changed = Project(tmp_path)
    shutil.copytree(library.path("content"), changed.path("content"))
    changed.replace(
        "content/trials/her2climb/trial.yaml",
        "tucatinib: {value: 33.1, ci: not seen}",
        "tucatinib: {value: 41.2, ci: not seen}",
    )
    done = changed.build("her2climb", "her2climb-stops-working", "--lang", "en", "--paper", "a4")
    assert done.exit_code == 0
    before, after = (
        {sheet.entry["path"]: sheet for sheet in _sheets(each.root)} for each in (library, changed)
    )
    trial = next(path for path in after if "her2climb.en.standard.a4" in path)
    sheet = next(path for path in after if "working.en.standard.a4" in path)
    assert "33.1%" in before[trial].text
    assert "33.1%" not in after[trial].text
    assert after[trial].text.count("41.2%") == 2  # the finding, the table
    assert "+28.9 points" in after[trial].text
    words = " ".join(after[sheet].text.split())
    assert "41 of 100" in words
    assert "The other 59 of 100" in words
    assert "29 more of 100" in words
    assert "33 of 100" not in words
    assert "With tucatinib: 41 of 100 circles are filled" in after[sheet].html
    assert before[sheet].html.count("<use ") == after[sheet].html.count("<use ") == 200
