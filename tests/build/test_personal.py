"""The sheet of one patient: its details are on paper, and nowhere else."""

from __future__ import annotations

import io
import os
import re
import resource
import shutil
import stat
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from handouts.build.private_file import write_private
from handouts.loading.details import read_details
from handouts.models.patient import PatientDetails
from tests.hostile.guard import watched
from tests.projects import ROOT, Project, Run

NAME = "Zenobia Quillfeather"
DETAILS = f"name: {NAME}\nappointment: 'Tue 8 December, 10:30'\nnote: Bring your list.\n"
SHEET = "made-up-sheet"
SLOTS = "templates/components/for-patient.html.jinja"
CONTACT = "templates/components/contact.html.jinja"
NAMED = "{{ patient.name if patient }}"
SPREAD = "outside-its-slot"
KIND = "templates/kinds/patient.html.jinja"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(ROOT / "tests" / "small_project", tmp_path / "project")
    (tmp_path / "elsewhere").mkdir()
    return Project(tmp_path / "project")


Make = Callable[..., Run]


@pytest.fixture
def make(project: Project, monkeypatch: pytest.MonkeyPatch) -> Make:
    def made(details: str, *arguments: str) -> Run:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(details.encode())))
        arguments = arguments or (SHEET, "--output", "../elsewhere/sheet.pdf")
        return project.run("build", "--for", "-", *arguments)

    return made


def sheet_of(project: Project) -> Path:
    return project.root.parent / "elsewhere" / "sheet.pdf"


def words_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(text.split())


def fingerprint_on(words: str) -> str:
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", words)
    assert found
    return found[0]


def test_the_details_stand_on_the_sheet_and_change_nothing_else(
    project: Project, make: Make
) -> None:
    assert (make(DETAILS).exit_code, make("").exit_code) == (0, 0)
    blank = words_of(sheet_of(project))
    done = make(DETAILS)
    words = words_of(sheet_of(project))
    assert (done.exit_code, done.stderr) == (0, "")
    for detail in (NAME, "Tue 8 December, 10:30", "Bring your list."):
        assert detail in words
        words = words.replace(detail, "", 1)
    assert " ".join(words.split()) == blank
    assert fingerprint_on(words) == fingerprint_on(blank)


@pytest.mark.slow
def test_the_file_is_for_its_owner_and_its_metadata_say_nothing(
    project: Project, make: Make
) -> None:
    before = os.umask(0o077)
    try:
        sheet_of(project).write_text("older, and open to all")
        sheet_of(project).chmod(0o666)
        make(DETAILS)
    finally:
        os.umask(before)
    assert stat.S_IMODE(sheet_of(project).stat().st_mode) == 0o600
    with pikepdf.open(sheet_of(project)) as pdf:
        about = f"{dict(pdf.docinfo)} {pdf.Root.Metadata.read_bytes().decode()}"
    assert "Zenobia" not in about
    assert "made-up-sheet" in about


def listing(folder: Path) -> dict[Path, bytes]:
    """What every file holds. Fontconfig writes its own cache anew, the same as before."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_of_it_is_found_afterwards_but_in_the_file_asked_for(
    project: Project, tmp_path: Path
) -> None:
    """In a process of its own, with a home and a folder for temporary files of its own."""
    places = {name: str(tmp_path / name) for name in ("home", "tmp")}
    for each in places.values():
        Path(each).mkdir()
    environment = {
        **project.environment(), "HOME": places["home"], "TMPDIR": places["tmp"],
        "XDG_CACHE_HOME": places["home"], "XDG_DATA_HOME": places["home"],
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "handouts", "build", SHEET, "--for", "-", "--output"]

    def run(output: str, details: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*command, output], cwd=project.root, env=environment, input=details.encode(),
            capture_output=True, check=False,
        )  # fmt: skip

    blank = run("-", "")  # what it says of fonts to Fontconfig is there from now on
    assert (blank.returncode, blank.stdout[:5]) == (0, b"%PDF-")
    before = listing(tmp_path)
    done = run("../elsewhere/sheet.pdf", DETAILS)
    assert done.returncode == 0
    assert b"Zenobia" not in done.stdout + done.stderr
    after = listing(tmp_path)
    new = {path for path, data in after.items() if before.get(path) != data}
    assert new == {sheet_of(project)}
    for path in after.keys() - new:
        assert not mentions(after[path], b"Zenobia"), path
    assert mentions(zlib.compress(DETAILS.encode()), b"Zenobia")  # it does look into such files


def mentions(data: bytes, word: bytes) -> bool:
    """Whether a word stands in some bytes, as it is or deflated."""
    if word in data:
        return True
    for start in re.finditer(rb"[\x78\x58][\x01\x5e\x9c\xda]", data):
        try:
            if word in zlib.decompressobj().decompress(data[start.start() :], 1_000_000):
                return True
        except zlib.error:
            continue
    return False


@pytest.mark.slow
def test_only_the_file_asked_for_is_opened_to_be_written(project: Project, make: Make) -> None:
    make("")
    with watched() as guard:
        assert make(DETAILS).exit_code == 0
    assert {path.parent for path in guard.written} <= {
        sheet_of(project).parent,
        project.root.parent,
    }
    assert all(path.is_relative_to(sheet_of(project).parent) for path in guard.written)
    assert guard.forbidden == []


@pytest.mark.parametrize(
    ("details", "codes"),
    [
        (f"name: {NAME} {NAME} {NAME} {NAME}", ["does-not-fit"]),
        (f"name: {NAME}\nnote: {'Zenobia ' * 40}", ["does-not-fit"]),
        (f"name: {NAME * 30}", ["wrong-value"]),
        (f"name: {NAME}\u202e", ["bad-character"]),
        (f'name: "{NAME}\\u202e"', ["bad-character"]),
        (f'name: "{NAME}\\0"', ["bad-character"]),
        (f"Zenobia: {NAME}", ["unknown-key"]),
        (f"name: {NAME}\nname: {NAME}", ["duplicate-key"]),
        (f"name: [{NAME}", ["yaml-syntax"]),
        (f"name: [{NAME}]", ["wrong-type"]),
        (f"name: !!python/object:{NAME.replace(' ', '')} x", ["explicit-tag"]),
        (f"{NAME}", ["wrong-type"]),
        (f"name: {NAME} \u4e2d\u6587", ["missing-glyph"]),
        (f"name: {NAME}\n#{'x' * 20_000}", ["file-too-large"]),
    ],
)
def test_what_is_wrong_with_the_details_is_said_without_them(
    project: Project,
    make: Make,
    details: str,
    codes: list[str],
) -> None:
    done = make(details)
    assert (done.exit_code, sorted(set(done.codes) & set(codes))) == (1, codes)
    assert not re.search("zenobia|quillfeather", done.stderr + done.stdout, re.IGNORECASE)
    assert not sheet_of(project).exists()


def test_what_runs_over_its_slot_is_said_with_how_much(make: Make) -> None:
    done = make(f"name: {NAME} {NAME} {NAME} {NAME}")
    assert re.search(r"the name runs over its slot by \d+\.\d mm, about \d+ letters", done.stderr)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        (SLOTS, "{{ patient.name | isolated }}", "", "no-slot"),
        (SLOTS, ' id="patient-name"', "", "no-slot"),
        (SLOTS, "{{ patient.name | isolated }}", "{{ patient.nome }}", "undefined-variable"),
        (
            SLOTS,
            "{{ patient.name | isolated }}",
            "{{ patient.name | int('x') / 0 }}",
            "broken-template",
        ),
        (
            KIND,
            '<p class="lead">',
            "<p>{{ patient.name if patient }}</p>\n<p class='lead'>",
            SPREAD,
        ),
        (
            KIND,
            '<p class="lead">',
            '<p class="lead" title="{{ patient.name if patient }}">',
            SPREAD,
        ),
        (
            CONTACT,
            '<section class="contact">',
            f'<a href="https://a.example/?n={NAMED}">x</a><section class="contact">',
            SPREAD,
        ),
        (
            CONTACT,
            '<section class="contact">',
            '<p data-slot="clinic">{{ patient.note if patient }}</p><section class="contact">',
            SPREAD,
        ),
        (
            SLOTS,
            "{{ patient.name | isolated }}",
            f'<a href="https://a.example/{NAMED}">x{NAMED}</a>',
            SPREAD,
        ),
    ],
)
def test_a_template_that_loses_or_spreads_the_details_is_refused(
    project: Project,
    make: Make,
    name: str,
    old: str,
    new: str,
    code: str,
) -> None:
    project.write(name, (ROOT / name).read_text(encoding="utf-8")).replace(name, old, new)
    done = make(DETAILS)
    assert done.exit_code == 1
    assert code in done.stderr
    assert "Zenobia" not in done.stderr
    assert "Traceback" not in done.stderr
    assert not sheet_of(project).exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (SHEET,),
        ("--output", "sheet.pdf"),
        (SHEET, "made-up", "--output", "sheet.pdf"),
        ("made-up", "--output", "sheet.pdf"),
        (SHEET, "--paper", "a4", "--paper", "letter", "--output", "sheet.pdf"),
        (SHEET, "--json", "--output", "sheet.pdf"),
        (SHEET, "--for", NAME, "--output", "sheet.pdf"),
    ],
    ids=["no file", "no ID", "two IDs", "a trial", "two papers", "JSON", "in the arguments"],
)
def test_more_or_less_than_one_sheet_is_wrong_usage(
    project: Project,
    make: Make,
    arguments: tuple[str, ...],
) -> None:
    project.with_editions(["standard"], ["a4", "letter"])
    done = make(DETAILS, *arguments)
    assert done.exit_code == 2, done.stderr
    assert "Zenobia" not in done.stderr
    assert not list(project.root.glob("*.pdf"))


@pytest.mark.parametrize("nameless", [True, False], ids=["without a name", "with a name"])
def test_a_private_file_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, nameless: bool
) -> None:
    if not nameless:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    target = tmp_path / "sheet.pdf"
    write_private(target, b"one")
    write_private(target, b"two")
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"two", 0o600)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        write_private(target, b"three")
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]
    assert target.read_bytes() == b"two"


def test_a_device_or_a_folder_is_not_written_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for target in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(OSError, match="no regular file"):
            write_private(target, b"x")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_what_has_nothing_behind_it_is_a_line_to_write_on() -> None:
    assert read_details(io.BytesIO(b"name:\nappointment: ~\nnote: Bring your list.")) == (
        PatientDetails(note="Bring your list.")
    )


def hungry(*_: object) -> None:
    bytearray(64 << 30)


def endless(*_: object) -> None:
    while True:
        pass


@pytest.mark.parametrize(
    ("layout", "code"), [(hungry, "out-of-memory"), (endless, "too-slow")], ids=str
)
def test_a_layout_that_takes_too_much_ends_and_leaves_nothing(
    project: Project,
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
    layout: Callable[..., None],
    code: str,
) -> None:
    monkeypatch.setattr("handouts.build.typesetting.Typesetter.render", layout)
    limits = resource.getrlimit(resource.RLIMIT_DATA)
    done = make(DETAILS, SHEET, "--output", "../elsewhere/sheet.pdf", "--time-limit", "1")
    assert (done.exit_code, done.codes) == (1, [code])
    assert "Zenobia" not in done.stderr
    assert not sheet_of(project).exists()
    assert resource.getrlimit(resource.RLIMIT_DATA) == limits


def test_a_build_without_workers_has_the_same_limit_of_memory(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.build.typesetting.Typesetter.render", hungry)
    done = project.run("build", SHEET, "-j", "1")
    assert (done.exit_code, set(done.codes) & {"out-of-memory"}) == (1, {"out-of-memory"})
