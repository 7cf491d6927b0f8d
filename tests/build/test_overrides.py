"""A project's own templates and styles stand before the built-in ones, and old ones are named."""

from __future__ import annotations

import pypdfium2
import pytest

from handouts.build.folders import Folders
from handouts.build.overrides import override_problems
from tests.projects import PATIENT_PDF, Project

MASTHEAD = "templates/components/masthead.html.jinja"
STYLE = "styles/components/questions.css"
TOKENS = "styles/tokens.css"
ID = "her2climb-stops-working"


@pytest.fixture
def copied(project: Project) -> Project:
    project.with_editions(["standard"], ["a4"])
    for name in (MASTHEAD, STYLE, TOKENS):
        assert project.run("override", name).stdout == f"{name}\n"
    return project


def test_a_template_a_style_and_the_colours_are_the_projects_own(copied: Project) -> None:
    copied.replace(MASTHEAD, "{{ _('Clinic') }}", "OUR CLINIC")
    copied.replace(TOKENS, "--brand: #0b4f6c", "--brand: #5b2a86")
    copied.write(STYLE, copied.text(STYLE) + ".questions { background: #fde9d1 }\n")
    done = copied.build(ID)
    assert done.exit_code == 0, done.stderr
    assert "outdated-override" not in done.codes
    with pypdfium2.PdfDocument(copied.output / PATIENT_PDF) as document:
        assert "OUR CLINIC" in document[0].get_textpage().get_text_range()
        colours = set()
        for page in document:
            picture = page.render(scale=1.5).to_pil().convert("RGB")
            colours |= {colour for _, colour in picture.getcolors(1 << 24)}
    assert {(0x5B, 0x2A, 0x86), (0xFD, 0xE9, 0xD1)} <= colours
    assert (0x0B, 0x4F, 0x6C) not in colours


def test_the_list_says_which_file_is_used(copied: Project) -> None:
    copied.write("templates/components/ours.html.jinja", "{# ours #}\n")
    found = {each["name"]: each for each in copied.run("list", "--templates", "--json").json}
    assert (found[MASTHEAD]["path"], found[MASTHEAD]["origin"]) == (MASTHEAD, "override")
    assert found["styles/page.css"]["path"] == "built-in styles/page.css"
    assert found["templates/components/ours.html.jinja"]["origin"] == "own"
    lines = copied.run("list", "--templates").stdout.splitlines()
    assert f"{MASTHEAD} override {MASTHEAD}" in [" ".join(each.split()) for each in lines]


def test_an_override_of_another_version_is_named(copied: Project) -> None:
    mark = copied.text(STYLE).split("\n")[0].split()[-2]
    copied.replace(STYLE, mark, "0123456789abcdef")
    done = copied.run("check", ID)
    assert (done.exit_code, done.codes) == (0, ["outdated-override"])
    assert f"{STYLE}:1: warning" in done.stderr
    assert f"handouts override {STYLE}" in done.stderr
    files = copied.run("list", "--templates", "--json").json
    assert [each["name"] for each in files if each["is_outdated"]] == [STYLE]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("masthead(clinic, language_name", "masthead(clinic, tongue", "there"),
        ("macro masthead(", "macro head(", "no macro `masthead`"),
    ],
)
def test_an_override_without_a_mark_is_told_by_its_macros(
    copied: Project, old: str, new: str, why: str
) -> None:
    text = copied.text(MASTHEAD).partition("\n")[2]
    folders = Folders(copied.root, copied.path("content"), copied.output)
    copied.write(MASTHEAD, text)
    assert list(override_problems(folders)) == []
    copied.replace(MASTHEAD, old, new)
    (problem,) = override_problems(folders)
    assert (problem.code, problem.path) == ("outdated-override", MASTHEAD)
    assert why in problem.message


def test_nothing_is_overwritten_and_names_are_known(copied: Project) -> None:
    copied.write(STYLE, "/* mine */\n")
    assert copied.run("override", STYLE).codes == ["file-exists"]
    assert copied.text(STYLE) == "/* mine */\n"
    for name in ("styles/tokn.css", "../../pyproject.toml", "/etc/passwd"):
        done = copied.run("override", name)
        assert (done.exit_code, done.codes) == (2, ["unknown-template"])
