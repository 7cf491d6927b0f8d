"""The gallery: a made-up handout with every component that a patient's sheet can have."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from handouts.models.components import COMPONENTS
from handouts.models.edition import Kind
from handouts.rendering.composed import composed_text
from tests.golden import Golden
from tests.projects import ROOT, Project, Run

HERE = Path(__file__).parent
SHEET = "content/patient/component-gallery/en.md"
ADDRESS = "https://handouts.example.org/default/en/component-gallery/"
FOLDER = "default/en/component-gallery"
PATIENT = [name for name, rule in COMPONENTS.items() if Kind.PATIENT in rule.kinds]
OF_EVERY_SHEET = {
    "masthead", "draft-banner", "evidence-line", "contact", "address-card", "translation",
    "fact-table",
}  # fmt: skip
"""Parts that no author places; a translation's is on translations only."""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Run]:
    project = Project(HERE).copied_to(tmp_path_factory.mktemp("gallery") / "project")
    return project, project.build("--strict")


def test_it_builds_without_a_warning(gallery: tuple[Project, Run]) -> None:
    _, done = gallery
    assert done.exit_code == 0, done.stderr
    assert {each["pages"] for each in gallery[0].documents.values() if each["format"] == "standard"
            and each["kind"] == "patient"} == {4}  # fmt: skip


@pytest.mark.parametrize("component", PATIENT)
def test_every_component_is_in_it(component: str) -> None:
    assert re.search(rf"^::: {component}\b", Project(HERE).text(SHEET), re.MULTILINE)


@pytest.mark.parametrize("component", sorted({*PATIENT, *OF_EVERY_SHEET}))
def test_a_component_has_one_stylesheet_of_its_name_that_both_layouts_know(component: str) -> None:
    assert (ROOT / f"styles/components/{component}.css").is_file()
    for entry in ("patient.css", "web.css") if component != "address-card" else ("patient.css",):
        assert f'"components/{component}.css"' in (ROOT / "styles" / entry).read_text()


@pytest.mark.parametrize("component", PATIENT)
def test_a_component_has_one_macro_in_a_template_of_its_name(component: str) -> None:
    text = (ROOT / f"templates/components/{component}.html.jinja").read_text(encoding="utf-8")
    assert len(re.findall(r"\{% macro ", text)) == 1


def test_its_words(gallery: tuple[Project, Run], golden: Golden) -> None:
    twin = gallery[0].output / FOLDER / "index.html"
    words = composed_text(twin.read_text(encoding="utf-8")) + "\n"
    Golden(HERE, golden.update).check("gallery.twin.txt", words)


@pytest.mark.parametrize("format_", ["standard", "large-print"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_phone_reads_the_address_off_the_paper(
    gallery: tuple[Project, Run], format_: str, paper: str
) -> None:
    path = gallery[0].output / FOLDER / f"component-gallery.en.{format_}.{paper}.pdf"
    pdf = pypdfium2.PdfDocument(path)
    picture: Any = pdf[0].render(scale=200 / 72, grayscale=True).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == ADDRESS
    corners = code.position
    side_mm = (corners.top_right.x - corners.top_left.x) / 200 * 25.4
    assert side_mm >= 20 - 0.2
    printed = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert ADDRESS.removeprefix("https://") in re.sub(r"\s+", "", printed)


def test_without_a_web_address_there_is_no_code(tmp_path: Path) -> None:
    project = Project(HERE).copied_to(tmp_path / "project")
    settings = project.text("content/project.yaml").splitlines(keepends=True)
    project.write(
        "content/project.yaml", "".join(line for line in settings if "base_url" not in line)
    )
    assert project.build("--format", "standard", "--paper", "a4").exit_code == 0
    path = project.output / FOLDER / "component-gallery.en.standard.a4.pdf"
    picture: Any = pypdfium2.PdfDocument(path)[0].render(scale=200 / 72).to_pil()
    assert zxingcpp.read_barcodes(picture) == []
