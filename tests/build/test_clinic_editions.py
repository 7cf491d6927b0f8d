"""Three made-up clinics: each has its own sheets, with the same clinical words."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from handouts.loading.library import load_library
from handouts.rendering.brand import brand_problems, contrast
from tests.projects import ROOT, Project, Run, new_project

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">'
    '<rect width="120" height="40" fill="#13579b"/></svg>'
)
LAKESIDE = """\
name: Lakeside Clinic
day: {number: 555 0101}
night: {number: 555 0102}
emergency: {number: 119 119}
feedback: leaflets@lakeside.example
brand: "#5B2A86"
logo: {file: lakeside.svg, alt: Lakeside}
address: 1 Example Street, Exampletown
hours: Monday to Friday, 8 to 16
phones: {appointments: {number: 555 0103}, pharmacy: {number: 555 0104}}
paper: a4
"""
HILLTOP = """\
name: Hilltop Hospital
day: {number: 555 0111}
night: {number: 555 0112}
emergency: {number: 118 118}
feedback: write-in
brand: "#0F4C3A"
logo: {file: hilltop.png, alt: Hilltop}
phones: {interpreter: {number: 555 0113}}
languages: [en]
paper: letter
"""
HARBOUR = """\
name: Harbour Cancer Centre
day: {number: 555 0121}
night_instruction: Go to any hospital
emergency: {number: 117 117}
feedback: write-in
brand: "#7A1F3D"
hours: every day, 7 to 19
"""
CLINICS = {"lakeside": LAKESIDE, "hilltop": HILLTOP, "harbour": HARBOUR}
PHONE = re.compile(r"\b(?:555 01\d\d|01\d\d 555|11[789] 11[789])\b")


def with_clinics(project: Project) -> Project:
    for name, text in CLINICS.items():
        project.write(f"content/clinics/{name}.yaml", text)
    project.write("content/clinics/lakeside.svg", LOGO)
    out = io.BytesIO()
    Image.new("RGB", (300, 100), "#97531b").save(out, "PNG")
    project.path("content/clinics/hilltop.png").write_bytes(out.getvalue())
    return project


def words_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(text.replace("\u00a0", " ").split())


def phones_in(text: str) -> set[frozenset[str]]:
    """Phones; in Arabic a PDF reader gives their two parts in either order."""
    return {frozenset(each.split()) for each in PHONE.findall(text)}


def colours_of(pdf: Path) -> set[tuple[int, ...]]:
    with pypdfium2.PdfDocument(pdf) as document:
        picture: Any = document[0].render(scale=2).to_pil().convert("RGB")
    return {colour for _, colour in picture.getcolors(1 << 24)}


def rgb(value: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(value[1:]))


def wrong_in(project: Project) -> list[str]:
    """What is wrong about the clinics in all PDFs for patients of a project."""
    wrong = []
    for path, entry in project.documents.items():
        if entry["kind"] != "patient" or entry["clinic"] not in CLINICS:
            continue
        text, own = words_of(project.output / path), CLINICS[entry["clinic"]]
        names = {name for each in CLINICS.values() if (name := each.split("\n")[0][6:]) in text}
        colours = colours_of(project.output / path)
        brands = {
            name
            for name, each in CLINICS.items()
            if rgb(re.findall(r'brand: "(.*)"', each)[0]) in colours
        }
        if (
            names != {own.split("\n")[0][6:]}
            or phones_in(text) != phones_in(own)
            or brands != {entry["clinic"]}
            or (rgb("#13579b") in colours) is not ("lakeside.svg" in own)
            or (rgb("#97531b") in colours) is not ("hilltop.png" in own)
        ):
            wrong.append(path)
    return wrong


def fingerprints(project: Project) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for each in project.documents.values():
        found.setdefault((each["id"], each["language"]), set()).add(each["fingerprint"])
    return found


def problems(project: Project) -> list[str]:
    return [each.code for each in load_library(project.path("content"), project.root).problems]


@pytest.fixture(scope="module")
def built_for_all(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Run]:
    project = new_project(tmp_path_factory.mktemp("clinics"))
    with_clinics(project).with_editions(["standard"], ["a4", "letter"])
    return project, project.build("her2climb-stops-working", "--clinic", "all")


def test_every_clinic_has_its_editions_on_its_paper(built_for_all: tuple[Project, Run]) -> None:
    project, done = built_for_all
    assert done.exit_code == 0, done.stderr
    assert sorted((each["clinic"], each["paper"]) for each in project.documents.values()) == [
        ("default", "a4"), ("default", "letter"), ("harbour", "a4"), ("harbour", "letter"),
        ("hilltop", "letter"), ("lakeside", "a4"),
    ]  # fmt: skip


def test_names_phones_colours_and_logos_are_right(built_for_all: tuple[Project, Run]) -> None:
    assert wrong_in(built_for_all[0]) == []


def test_the_clinical_fingerprint_is_the_same(built_for_all: tuple[Project, Run]) -> None:
    assert [len(each) for each in fingerprints(built_for_all[0]).values()] == [1]


def test_another_logo_makes_the_sheets_of_its_clinic_anew(
    built_for_all: tuple[Project, Run], tmp_path: Path
) -> None:
    project = built_for_all[0].copied_to(tmp_path / "other")
    project.replace("content/clinics/lakeside.svg", "#13579b", "#246813")
    done = project.build("her2climb-stops-working", "--clinic", "all")
    assert done.exit_code == 0, done.stderr
    assert "1 built, 5 cached" in done.stdout
    (pdf,) = (project.output / "lakeside").rglob("*.pdf")
    assert rgb("#246813") in colours_of(pdf)


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("Lakeside Clinic", "Lakeside Clinic " * 20, "slot-overflow", "mm too high"),
        ("1 Example Street", "Example Street " * 20, "slot-overflow", "shorten `address"),
        ("555 0102", "555 0102 ext. 123456789012345678901234567890123456789012345678901234567890",
         "slot-overflow", "mm too wide"),
        ("#5B2A86", "#B58AD6", "clinic-contrast", "passes: `brand:"),
        ("lakeside.svg", "lake.svg", "missing-file", "beside the clinic"),
        ("lakeside.svg", "../../x.svg", "wrong-value", "file"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_clinic_is_said_in_its_file(
    built_for_all: tuple[Project, Run], tmp_path: Path, old: str, new: str, code: str, words: str
) -> None:
    project = built_for_all[0].copied_to(tmp_path / "other")
    project.replace("content/clinics/lakeside.yaml", old, new)
    done = project.build("her2climb-stops-working", "--clinic", "lakeside")
    assert done.exit_code == 1
    assert code in done.codes
    line = next(each for each in done.stderr.splitlines() if f"[{code}]" in each)
    assert line.startswith("content/clinics/lakeside.yaml")
    assert words in done.stderr


OVERLONG = {
    "name": "Lakeside Clinic " * 20,
    "day": "{number: 555 0101, hours: Monday to Friday and every other day of the week too}",
    "night": f"{{number: 555 0102, hours: {'at night ' * 8}}}",
    "night_instruction": "Go to any hospital " * 5,
    "emergency": f"{{number: 119 119, hours: {'at any hour ' * 12}}}",
    "feedback": "Ask at the desk in the hall on the ground floor. " * 4,
    "address": "Example Street " * 20,
    "hours": "Monday to Friday, 8 to 16, " * 8,
    "phones": f"{{interpreter: {{number: 555 0105, hours: {'at any hour ' * 20}}}}}",
}


@pytest.mark.parametrize("field", OVERLONG)
def test_what_is_too_long_for_its_place_is_said_at_its_line(
    built_for_all: tuple[Project, Run], tmp_path: Path, field: str
) -> None:
    """Each field alone, the others of its slot left out."""
    project = built_for_all[0].copied_to(tmp_path / "other")
    left_out = {field, "address", "hours", "phones"}
    left_out |= {"night"} if field == "night_instruction" else set()
    kept = [each for each in LAKESIDE.splitlines() if each.partition(":")[0] not in left_out]
    text = "\n".join([*kept, f"{field}: {OVERLONG[field]}", ""])
    project.write("content/clinics/lakeside.yaml", text)
    done = project.build("her2climb-stops-working", "--clinic", "lakeside")
    assert done.exit_code == 1
    assert f"content/clinics/lakeside.yaml:{len(kept) + 1}:" in done.stderr
    assert "slot-overflow" in done.codes
    assert f"shorten `{field}`" in done.stderr


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_long_address_fits_large_print_or_is_named(
    project: Project, tmp_path: Path, paper: str
) -> None:
    with_clinics(project).with_editions(["large-print"], [paper])
    project.replace("content/clinics/lakeside.yaml", "paper: a4", f"paper: {paper}")
    long = "Department of Oncology, Second Floor, East Wing, 1 Example Street, Exampletown 12345"
    project.replace("content/clinics/lakeside.yaml", "1 Example Street, Exampletown", long)
    done = project.build("her2climb-stops-working", "--clinic", "lakeside")
    assert "text-off-page" not in done.codes
    line = LAKESIDE.splitlines().index("address: 1 Example Street, Exampletown") + 1
    named = f"content/clinics/lakeside.yaml:{line}:" in done.stderr
    assert (done.exit_code, named) in {(0, False), (1, True)}, done.stderr


def test_the_colour_that_is_suggested_passes(project: Project) -> None:
    project.write("content/clinics/pale.yaml", LAKESIDE.replace("#5B2A86", "#B58AD6"))
    record = load_library(project.path("content"), project.root).clinics["pale"]
    (problem,) = brand_problems(record, "#ffffff", least=7)
    suggested = re.findall(r'"(#[0-9a-f]{6})"', str(problem.hint))[0]
    red, green, blue = (part / 255 for part in rgb(suggested))
    assert 7 <= contrast((red, green, blue), (1, 1, 1)) < 9
    project.replace("content/clinics/pale.yaml", "#B58AD6", suggested)
    record = load_library(project.path("content"), project.root).clinics["pale"]
    assert brand_problems(record, "#ffffff", least=7) == ()


def test_the_paper_may_be_written_with_three_digits(project: Project) -> None:
    project.write("content/clinics/pale.yaml", LAKESIDE.replace("#5B2A86", "#B58AD6"))
    record = load_library(project.path("content"), project.root).clinics["pale"]
    assert brand_problems(record, "#fff", least=7) == brand_problems(record, "#ffffff", least=7)


def test_a_paper_that_is_no_colour_is_a_broken_token_for_a_clinic_with_a_colour_too(
    project: Project,
) -> None:
    project.write("content/clinics/lakeside.yaml", LAKESIDE.replace("logo:", "# logo:"))
    tokens = (ROOT / "styles" / "tokens.css").read_text(encoding="utf-8")
    project.write("styles/tokens.css", re.sub(r"--paper: [^;]+;", "--paper: white;", tokens))
    done = project.run("check", "-j", "1", "her2climb-stops-working", "--clinic", "lakeside")
    assert set(done.codes) == {"broken-token"}
    assert "`--paper` is no colour like #1a1a1a: white" in done.stderr


def test_a_clinic_gives_sheets_in_its_languages_only(project: Project) -> None:
    project.write("content/clinics/casa.yaml", HARBOUR + "languages: [es]\n")
    done = project.build("her2climb-stops-working", "--clinic", "casa")
    assert (done.exit_code, done.codes) == (2, ["nothing-to-build"])


def test_no_clinic_is_called_all(project: Project) -> None:
    project.write("content/clinics/all.yaml", HARBOUR)
    assert problems(project) == ["bad-id"]


def test_a_logo_that_no_clinic_names_is_said(project: Project) -> None:
    project.write("content/clinics/lakeside.svg", LOGO)
    assert problems(project) == ["unused-file"]


@pytest.mark.slow
def test_all_handouts_for_three_clinics(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(ROOT / "content", tmp_path / "content")
    project = with_clinics(Project(tmp_path))
    done = project.run("build", "-j", "2", "--clinic", "all")
    assert done.exit_code == 0, done.stderr
    assert wrong_in(project) == []
    assert {len(each) for each in fingerprints(project).values()} == {1}
