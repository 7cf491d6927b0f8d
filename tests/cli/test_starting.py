"""A project of one's own: it starts, grows and builds, and nothing of it is ever overwritten."""

from __future__ import annotations

import errno
import json
import re
import tempfile
from pathlib import Path

import pypdfium2
import pytest
import yaml

from handouts import __version__
from handouts.build import starter
from handouts.loading.schemas import KINDS, file_name
from tests.conftest import keep_away
from tests.projects import Project

HANDOUT = "content/patient/keeping-well/en.md"


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    keep_away(monkeypatch)
    assert Project(tmp_path).run("init", "mine").exit_code == 0
    return Project(tmp_path / "mine")


def test_a_new_project_builds_without_a_warning(mine: Project) -> None:
    done = mine.run("build", "--strict", "-j", "1")
    assert done.exit_code == 0, done.stderr
    assert {each["id"] for each in mine.documents.values()} == {"keeping-well", "made-up"}
    assert {each["review_state"] for each in mine.documents.values()} == {"draft"}


def test_it_says_on_every_page_that_nothing_is_true(mine: Project) -> None:
    assert mine.run("build", "-j", "1").exit_code == 0
    for path in mine.documents:
        document = pypdfium2.PdfDocument(mine.output / path)
        for page in document:
            words = page.get_textpage().get_text_bounded()
            assert re.search("made.up|MADE-UP|Nothing on this sheet is true", words), path


def test_its_files_for_editors_name_schemas_that_are_there(mine: Project) -> None:
    files = sorted((mine.root / "content").rglob("*.yaml"))
    assert len(files) == 6
    for path in files:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        schema = (path.parent / first.partition("=")[2]).resolve()
        assert json.loads(schema.read_bytes())["title"] in KINDS, path


def test_its_workflow_is_yaml_and_pins_what_it_uses(mine: Project) -> None:
    text = mine.text(".github/workflows/handouts.yml")
    steps = yaml.safe_load(text)["jobs"]["build"]["steps"]
    assert all("@v" in each["uses"] for each in steps if "uses" in each)
    runs = " ".join(each.get("run", "") for each in steps)
    # Never a package that happens to have the name on the public index.
    assert "pip install $HANDOUTS " in runs
    assert yaml.safe_load(text)["env"]["HANDOUTS"].startswith(f"wheels/handouts-{__version__}-")
    assert "handouts build --strict" in runs
    assert "handouts diff" in runs
    assert "report.sarif" in text


@pytest.mark.parametrize("kind", ["patient", "trial", "clinic"])
def test_what_is_added_builds_at_once_and_says_what_is_left(mine: Project, kind: str) -> None:
    done = mine.run("new", kind, "my-own")
    assert done.exit_code == 0, done.stderr
    assert "left to fill in:" in done.stdout or "every value in it is made up" in done.stdout
    built = mine.run("build", "-j", "1", *(["--clinic", "my-own"] if kind == "clinic" else []))
    assert built.exit_code == 0, built.stderr
    field = "clinic" if kind == "clinic" else "id"
    assert "my-own" in {each[field] for each in mine.documents.values()}


def test_new_references_are_free(mine: Project) -> None:
    for name in ("one", "two"):
        mine.run("new", "patient", name)
    text = [mine.text(f"content/patient/{name}/en.md") for name in ("one", "two")]
    assert "reference: MINE-PT-02\n" in text[0]
    assert "reference: MINE-PT-03\n" in text[1]


def test_a_made_up_trial_brings_its_source_along(mine: Project) -> None:
    mine.write(
        "content/sources.yaml", "OTHER:\n  type: book\n  tier: A\n  read: whole\n  title: B\n"
    )
    done = mine.run("new", "trial", "my-own")
    assert "content/sources.yaml has more in it" in done.stdout
    assert list(yaml.safe_load(mine.text("content/sources.yaml"))) == ["OTHER", "MADE-UP-1"]


@pytest.mark.parametrize(
    ("sources", "code"),
    [
        (
            b'{"OTHER": {"type": "book", "tier": "A", "read": "whole", "title": "B"}}\n',
            "cannot-write",
        ),
        (b"OTHER:\n  title: caf\xe9\n", "not-utf8"),
    ],
    ids=["a flow mapping", "not UTF-8"],
)
def test_sources_that_nothing_can_be_added_to_stay_as_they_are(
    mine: Project, sources: bytes, code: str
) -> None:
    path = mine.path("content/sources.yaml")
    path.write_bytes(sources)
    done = mine.run("new", "trial", "my-own")
    assert (done.exit_code, done.codes[0]) == (1, code)
    assert done.stderr.startswith("content/sources.yaml:")
    assert path.read_bytes() == sources
    assert not mine.path("content/trials/my-own").exists()


def test_a_made_up_source_that_is_there_is_not_added_again(mine: Project) -> None:
    text = mine.text("content/sources.yaml")
    mine.write("content/sources.yaml", text.replace("MADE-UP-1:", '"MADE-UP-1":'))
    assert "has more in it" not in mine.run("new", "trial", "my-own").stdout


@pytest.mark.parametrize("name", ["null", "007", "true"])
def test_a_trial_may_have_any_name(mine: Project, name: str) -> None:
    assert mine.run("new", "trial", name).exit_code == 0
    done = mine.run("check", "-j", "1")
    assert done.exit_code == 0, done.stderr


def test_a_line_of_hyphens_in_a_comment_is_not_the_end_of_the_fields(mine: Project) -> None:
    mine.replace(HANDOUT, "\ntitle:", "\n# -----------\ntitle:")
    done = mine.run("new", "translation", "keeping-well", "--lang", "es")
    assert done.exit_code == 0, done.stderr


def test_a_folder_that_is_there_is_filled_though_nothing_can_be_written_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container, where the project is mounted into a system that is only read."""
    keep_away(monkeypatch)
    folder = tmp_path / "mine"
    folder.mkdir()
    made = tempfile.mkdtemp

    def elsewhere_is_read_only(*, prefix: str, dir: Path) -> str:  # noqa: A002
        if not Path(dir).is_relative_to(folder):
            raise OSError(errno.EROFS, "")
        return made(prefix=prefix, dir=dir)

    monkeypatch.setattr(tempfile, "mkdtemp", elsewhere_is_read_only)
    done = Project(tmp_path).run("init", "mine")
    assert done.exit_code == 0, done.stderr
    assert Project(folder).path("content/project.yaml").is_file()
    assert not [each for each in folder.iterdir() if each.name.startswith(".mine.")]


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_translation_builds_at_once_though_it_is_still_english(
    mine: Project, language: str
) -> None:
    done = mine.run("new", "translation", "keeping-well", "--lang", language)
    assert done.exit_code == 0, done.stderr
    assert "every line of it is still English; it is built once `languages`" in done.stdout
    assert f"content/translations/{language}.yaml has more in it" in done.stdout
    name = f"content/patient/keeping-well/{language}.md"
    assert mine.text(name).partition("\n---\n")[2] == mine.text(HANDOUT).partition("\n---\n")[2]
    mine.replace("content/project.yaml", "[en]", f"[en, {language}]")
    built = mine.run("build", "-j", "1")
    assert built.exit_code == 0, built.stderr
    assert sum(each["language"] == language for each in mine.documents.values()) == 4


def test_what_a_translation_lacks_beside_its_words_is_said(mine: Project) -> None:
    mine.replace(HANDOUT, "::: questions", '::: words-to-know terms="scan"\n:::\n\n::: questions')
    english = mine.run("check", "-j", "1")
    done = mine.run("new", "translation", "keeping-well", "--lang", "es")
    assert (english.exit_code, done.exit_code) == (0, 0), done.stderr
    assert "before it can be built:" in done.stdout
    assert "term `scan` is not in the glossary: add it to content/glossary/es.yaml" in done.stdout


def test_words_that_are_translated_already_stay(mine: Project) -> None:
    words = "content/translations/es.yaml"
    mine.write(words, "words:\n  alive: con vida\n")
    mine.run("new", "translation", "keeping-well", "--lang", "es")
    found = yaml.safe_load(mine.text(words))["words"]
    assert found["alive"] == "con vida"
    assert found["had died"] == "had died"


def test_nothing_is_added_to_a_file_that_would_not_be_read_then(mine: Project) -> None:
    words = mine.write("content/translations/es.yaml", "words: {alive: con vida}\n")
    done = mine.run("new", "translation", "keeping-well", "--lang", "es")
    assert (done.exit_code, done.codes) == (1, ["cannot-write"])
    assert '"had died": "had died"' in done.stderr
    assert not words.path("content/patient/keeping-well/es.md").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["patient", "keeping-well"], "already-there"),
        (["trial", "made-up"], "already-there"),
        (["clinic", "my-clinic"], "already-there"),
        (["patient", "../../x"], "bad-id"),
        (["patient", "con"], "bad-id"),
        (["patient", "Ä"], "bad-id"),
        (["patient", "x" * 500], "bad-id"),
        (["translation", "nothing", "--lang", "es"], "unknown-document"),
        (["translation", "keeping-well"], "unknown-language"),
        (["translation", "keeping-well", "--lang", "../es"], "unknown-language"),
        (["translation", "keeping-well", "--lang", "tlh"], "unknown-language"),
    ],
)
def test_nothing_is_overwritten_or_put_elsewhere(
    mine: Project, arguments: list[str], code: str
) -> None:
    before = {path: path.read_bytes() for path in mine.root.rglob("*") if path.is_file()}
    done = mine.run("new", *arguments)
    assert (done.exit_code, done.codes) == (2, [code])
    assert before == {path: path.read_bytes() for path in mine.root.rglob("*") if path.is_file()}


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    project = Project(tmp_path).write("mine/diary.txt", "mine")
    done = project.run("init", "mine")
    assert (done.exit_code, done.codes) == (2, ["not-empty"])
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


def test_an_empty_working_folder_may_become_a_project(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()  # as of a repository that is new
    assert Project(tmp_path).run("init", ".").exit_code == 0
    assert (tmp_path / "content" / "project.yaml").is_file()


def test_all_is_written_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(starter, "write_whole", full)
    done = Project(tmp_path).run("init", "mine")
    assert (done.exit_code, done.codes) == (1, ["cannot-write"])
    assert not list(tmp_path.iterdir())


def test_schemas_are_written_where_one_wants_them(tmp_path: Path) -> None:
    done = Project(tmp_path).run("schema", "--output", "there")
    assert done.exit_code == 0
    assert {each.name for each in (tmp_path / "there").iterdir()} == set(map(file_name, KINDS))
