"""What nobody expects in a project is one clear error, and no traceback."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from handouts.charts.drawing import add_fonts
from handouts.diagnostics import InvalidInput
from tests.projects import ROOT, Project

PRINT = "templates/layouts/print.html.jinja"


def with_end(project: Project, name: str, text: str) -> Project:
    """The project with a built-in file of its own, and a text at its end."""
    return project.write(name, (ROOT / name).read_text(encoding="utf-8") + text)


def test_a_pipe_in_the_content_is_not_read(project: Project) -> None:
    os.mkfifo(project.path("content/facts/pipe"))
    done = project.run("check", "-j", "1")
    assert done.exit_code == 1
    assert "content/facts/pipe: error: this is a pipe or a device" in done.stderr


@pytest.mark.parametrize("name", [b"content/\xffnote.txt", b"content/patient/\xff/en.md"])
def test_a_name_that_is_no_text_is_said_escaped(project: Project, name: bytes) -> None:
    path = project.path(os.fsdecode(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("words")
    done = project.run("build", "-j", "1")
    assert (done.exit_code, "bad-name" in done.codes) == (1, True)
    assert "\\udcff" in done.stderr
    assert json.loads(project.published["report.json"])["documents"] == 2


def test_a_declaration_that_is_none_is_a_mistake_in_its_template(project: Project) -> None:
    done = with_end(project, PRINT, "<![x[ foo ").build("her2climb")
    assert done.exit_code == 1
    assert set(done.codes) <= {"broken-template", "draft", "left-off"}
    assert "broken-template" in done.codes
    assert "Traceback" not in done.stderr


def test_a_font_that_is_none_is_said_with_its_path(project: Project) -> None:
    done = project.write("styles/fonts/bad.ttf", "no font").spawn("build", "her2climb")
    assert (done.exit_code, done.codes) == (1, ["broken-font"])
    assert "styles/fonts/bad.ttf: error" in done.stderr


def test_every_font_that_is_none_is_said(tmp_path: Path) -> None:
    for name in ("a.ttf", "b.ttf"):
        (tmp_path / name).write_text("no font")
    with pytest.raises(InvalidInput) as caught:
        add_fonts(tmp_path)
    assert [each.path for each in caught.value.diagnostics] == [
        str(tmp_path / "a.ttf"), str(tmp_path / "b.ttf"),
    ]  # fmt: skip


def test_what_the_layout_engine_fails_over_is_said_with_the_stylesheet(project: Project) -> None:
    with_end(project, "styles/clinician.css", "a { b: " + "(" * 20000)
    done = project.run("build", "her2climb", "-j", "1")
    assert (done.exit_code, done.codes) == (1, ["cannot-render"])
    assert "with styles/clinician.css" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in project.build("her2climb").stderr


ENTRY = {
    "id": "a", "kind": "a", "title": "a", "reference": "A-01-EN", "language": "en",
    "format": "a", "paper": "a4",
    "clinic": "a", "path": "p", "html": "q", "pages": 1, "bytes": 1, "sha256": "1",
    "content_version": "1", "fingerprint": "1", "reviewed": None, "next_review": None,
    "review_state": "draft", "sources": [],
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "[1]",
        "null",
        "[" * 100_000,
        json.dumps({"generator": {}, "assets": [1], "documents": []}),
        json.dumps({"generator": {}, "assets": [], "documents": [{**ENTRY, "path": 5}]}),
        json.dumps({"generator": {}, "assets": [], "documents": [{**ENTRY, "id": ["a"]}]}),
    ],
    ids=["list", "null", "deep", "asset", "path", "id"],
)
def test_a_damaged_manifest_is_said_once_and_mended(built: Project, text: str) -> None:
    before = built.published["manifest.json"]
    built.write("output/manifest.json", text)
    assert "damaged-manifest" in built.build().codes
    assert built.published["manifest.json"] == before
    assert "damaged-manifest" not in built.build().codes


@pytest.mark.parametrize("asset", ["a\0b", "default", "x" * 300, "\ud800", "../a"])
def test_a_manifest_that_names_what_no_build_made_removes_nothing(
    built: Project, asset: str
) -> None:
    before = built.published
    manifest = json.loads(before["manifest.json"])
    built.write("output/manifest.json", json.dumps({**manifest, "assets": [asset]}))
    assert built.build().exit_code == 0
    assert built.published == before


def test_clean_leaves_the_output_alone_where_the_manifest_is_damaged(built: Project) -> None:
    built.write("output/manifest.json", "[1]")
    before = built.published
    done = built.run("clean")
    assert (done.exit_code, done.codes) == (0, ["damaged-manifest"])
    assert built.published == before
    assert not built.path(".cache/handouts/builds").exists()
