"""A new trial is one folder with one YAML file: no code, no setting, no template."""

from __future__ import annotations

import shutil

import pytest
import yaml

from handouts.build.reports.names import NAMES as REPORTS
from tests.conftest import keep_away
from tests.projects import ROOT, Project

NAME = "made-up"
MADE_UP = ROOT / "tests/small_project/content"
"""A trial that never was: it goes into a copy of our library, and never into the library."""

PDF = f"default/en/{NAME}/{NAME}.en.standard.a4.pdf"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of our library, built: in English, without sheets that would only take time."""
    folder = tmp_path_factory.mktemp("before")
    shutil.copytree(ROOT / "content", folder / "content")
    project = Project(folder).replace("content/project.yaml", "[en, es, ar]", "[en]")
    for path in (*folder.glob("content/**/es.*"), *folder.glob("content/**/ar.*")):
        path.unlink()
    for name in (
        "blood-tests-for-tumour-dna", "how-scans-show", "medicines-herbs-foods",
        "what-her2-positive-means", "your-her2climb-treatment",
    ):  # fmt: skip
        project.remove(f"content/patient/{name}")
    with pytest.MonkeyPatch.context() as patch:
        keep_away(patch)
        done = project.build("--strict")
    assert done.exit_code == 0, done.stderr
    return project


@pytest.fixture(scope="module")
def after(before: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The same with a fifth trial, and with the source it cites, built again."""
    project = before.copied_to(tmp_path_factory.mktemp("after") / "library")
    shutil.copytree(MADE_UP / "trials" / NAME, project.path(f"content/trials/{NAME}"))
    sources = (MADE_UP / "sources.yaml").read_text(encoding="utf-8")
    kept = project.text("content/sources.yaml")
    project.write("content/sources.yaml", f"{kept.rstrip()}\n{sources}")
    with pytest.MonkeyPatch.context() as patch:
        keep_away(patch)
        done = project.build("--strict")
    assert done.exit_code == 0, done.stderr
    return project


def test_the_trial_is_one_file_and_is_made_up(after: Project) -> None:
    (file,) = (path for path in after.path(f"content/trials/{NAME}").rglob("*") if path.is_file())
    assert file.name == "trial.yaml"
    assert "never was" in file.read_text(encoding="utf-8").splitlines()[0]
    assert not (ROOT / "content/trials" / NAME).exists()


def test_its_page_is_there_on_both_papers_and_as_a_twin(after: Project) -> None:
    found = {each for each in after.published if each.startswith(f"default/en/{NAME}/")}
    assert found == {
        PDF,
        PDF.replace(".a4.", ".letter."),
        f"default/en/{NAME}/index.html",
    }
    html = after.published[f"default/en/{NAME}/index.html"].decode()
    assert "MADE-UP: a drug that is not one, against placebo" in html
    assert html.count('data-fact="made-up.survival.ratio"') >= 1


def test_it_is_in_the_manifest(after: Project) -> None:
    entry = after.documents[PDF]
    assert (entry["id"], entry["kind"], entry["pages"]) == (NAME, "trial", 1)
    assert entry["sources"] == ["MADE-UP-1"]


def test_it_is_listed_and_traced(after: Project) -> None:
    listed = {each["id"]: each for each in after.run("list", "--json").json}
    assert listed[NAME]["kind"] == "trial"
    (traced,) = after.run("trace", NAME, "--json").json
    assert traced["uncovered"] == []
    facts = {each["fact"]: each for each in traced["numbers"]}
    assert facts[f"{NAME}.survival.ratio"]["interval"] == ["0.45", "0.80"]


def test_no_other_document_changed(before: Project, after: Project) -> None:
    old, new = before.published, after.published
    changed = {each for each in old if old[each] != new.get(each)}
    of_all = {"manifest.json", "index.html", "downloads/default.clinicians.en.zip"}
    assert changed <= {*of_all, "fhir/bundle.json", *REPORTS}
    kept = {path: entry for path, entry in after.documents.items() if entry["id"] != NAME}
    assert kept == before.documents


def test_the_record_of_our_library_is_a_model_for_it() -> None:
    """Every field of ours is one of the record's: nothing of a trial lies anywhere else."""
    for path in sorted((ROOT / "content/trials").iterdir()):
        assert [each.name for each in path.iterdir()] == ["trial.yaml"]
        text = (path / "trial.yaml").read_text(encoding="utf-8")
        assert yaml.safe_load(text)["kind"] == "trial"
