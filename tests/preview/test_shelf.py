"""The folders of the preview: the last good version of each document is served."""

from __future__ import annotations

from handouts.build.folders import Folders
from handouts.build.report import Report
from handouts.preview.shelf import Shelf
from tests.projects import PATIENT_PDF, PATIENT_TWIN, TRIAL_PDF, Project


def shelf_of(project: Project) -> Shelf:
    return Shelf(Folders(project.root, project.root / "content", project.output))


def test_it_starts_from_what_was_built_and_leaves_that_alone(built: Project) -> None:
    before = built.published
    shelf = shelf_of(built)
    shelf.begin()
    for folder in (shelf.build.output, shelf.served.output):
        for path in (PATIENT_PDF, PATIENT_TWIN, "index.html", "manifest.json", "report.html"):
            assert (folder / path).read_bytes() == before[path]
    assert built.published == before
    assert not shelf.served.output.is_relative_to(built.output)


def test_without_a_build_it_starts_empty(project: Project) -> None:
    shelf = shelf_of(project)
    shelf.begin()
    assert list(shelf.served.output.iterdir()) == []


def test_what_fails_stays_as_it_was_and_what_is_gone_goes(built: Project) -> None:
    shelf = shelf_of(built)
    shelf.begin()
    Project(built.root).remove("content/trials/her2climb")
    done = built.run("build", "--output", str(shelf.build.output.relative_to(built.root)))
    assert "output-in-input" in done.codes  # nobody else builds there
    pdf, trial = shelf.served.output / PATIENT_PDF, shelf.served.output / TRIAL_PDF
    built.build()  # fails: the facts of the handout are gone, and so is the page of the trial
    (shelf.build.output / "manifest.json").write_bytes(built.published["manifest.json"])
    shelf.bring_forward(Report(failed=("her2climb-stops-working.en.standard.a4",)))
    assert pdf.is_file()
    assert (shelf.served.output / PATIENT_TWIN).is_file()
    assert not trial.exists()


def test_a_file_is_replaced_whole_and_the_project_is_not_written_to(built: Project) -> None:
    shelf = shelf_of(built)
    shelf.begin()
    page = shelf.build.output / "index.html"
    page.unlink()
    page.write_text("another library")
    shelf.bring_forward(Report())
    assert (shelf.served.output / "index.html").read_text() == "another library"
    assert built.published["index.html"] != b"another library"
    assert not list(shelf.served.output.rglob("*.part"))
