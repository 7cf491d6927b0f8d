"""``handouts verify``: is this sheet ours, unaltered and current?"""

from __future__ import annotations

import io
import json
import re
import sys
import zlib
from pathlib import Path

import pikepdf
import pytest

from tests.projects import PATIENT, PATIENT_PDF, TRIAL_PDF, Project, Run

PATIENT_FILE, TRIAL_FILE = f"output/{PATIENT_PDF}", f"output/{TRIAL_PDF}"


def verdict(done: Run) -> str:
    """The verdict of the one line that was printed."""
    (line,) = done.stdout.splitlines()
    assert done.stderr == ""
    return line.partition(":")[0]


def entry_changed(built: Project, path: str, /, **values: object) -> Project:
    """The project with other values in one entry of its manifest."""
    manifest = json.loads(built.text("output/manifest.json"))
    (entry,) = (each for each in manifest["documents"] if each["path"] == path)
    entry.update(values)
    return built.write("output/manifest.json", json.dumps(manifest))


def saved_anew(path: Path, *, strip: bool = False, **options: object) -> None:
    """Save a PDF as another program would."""
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        if strip:
            del pdf.Root["/Metadata"]
        pdf.save(path, **options)


class TestFiles:
    def test_what_was_published_is_current_wherever_it_lies(self, built: Project) -> None:
        other = built.path("a copy.pdf")
        other.write_bytes(built.path(PATIENT_FILE).read_bytes())
        done = built.run("verify", PATIENT_FILE, TRIAL_FILE, "a copy.pdf")
        assert done.exit_code == 0
        assert done.stdout.splitlines()[2] == (
            "current (draft): a copy.pdf: HER2-PT-02-EN, version 0.1, standard a4, unaltered;"
            " nobody has reviewed it"
        )

    def test_the_file_itself_says_which_document_and_edition_it_is(self, built: Project) -> None:
        entry = built.documents[PATIENT_PDF]
        with pikepdf.open(built.path(PATIENT_FILE)) as pdf:
            xmp = pdf.Root.Metadata.read_bytes().decode()
        found = dict(re.findall(r'handouts:(\w+)="(.*?)"', xmp))
        assert found == {
            "reference": entry["reference"],
            "version": entry["content_version"],
            "fingerprint": entry["fingerprint"],
            "edition": PATIENT_PDF,
        }

    def test_an_earlier_version_is_superseded(self, built: Project) -> None:
        built.path("old.pdf").write_bytes(built.path(PATIENT_FILE).read_bytes())
        built.replace(PATIENT, 'version: "0.1"', 'version: "0.2"')
        built.replace(PATIENT, "Ask what could come next.", "Ask your team what could come next.")
        assert built.build().exit_code == 0
        done = built.run("verify", "old.pdf")
        assert (done.exit_code, verdict(done)) == (5, "superseded by version 0.2")
        assert "it says it is HER2-PT-02-EN, version 0.1, fingerprint " in done.stdout
        assert built.run("verify", PATIENT_FILE).exit_code == 0

    def test_a_version_with_other_words_now_is_superseded_too(self, built: Project) -> None:
        built.path("old.pdf").write_bytes(built.path(PATIENT_FILE).read_bytes())
        built.replace(PATIENT, "Ask what could come next.", "Ask your team what could come next.")
        built.build()
        done = built.run("verify", "old.pdf")
        assert verdict(done) == "superseded by version 0.1"
        assert "that version now has " in done.stdout

    def test_a_newer_version_than_the_manifest_has_is_not_called_superseded(
        self, built: Project
    ) -> None:
        built.path("new.pdf").write_bytes(built.path(PATIENT_FILE).read_bytes())
        values = {"content_version": "0.0.9", "sha256": "0" * 64}
        done = entry_changed(built, PATIENT_PDF, **values).run("verify", "new.pdf")
        assert verdict(done) == "unknown"
        assert "the manifest is older" in done.stdout

    def test_versions_are_compared_as_numbers(self, built: Project) -> None:
        built.path("old.pdf").write_bytes(built.path(PATIENT_FILE).read_bytes())
        entry_changed(built, PATIENT_PDF, content_version="0.10", sha256="0" * 64)
        assert verdict(built.run("verify", "old.pdf")) == "superseded by version 0.10"

    def test_what_was_saved_anew_is_altered(self, built: Project) -> None:
        saved_anew(built.path(PATIENT_FILE), compress_streams=True)
        done = built.run("verify", PATIENT_FILE)
        assert (done.exit_code, verdict(done)) == (5, "altered")

    def test_a_byte_more_is_an_alteration(self, built: Project) -> None:
        with built.path(PATIENT_FILE).open("ab") as file:
            file.write(b"\n")
        assert verdict(built.run("verify", PATIENT_FILE)) == "altered"

    def test_without_its_metadata_it_is_known_by_its_footer(self, built: Project) -> None:
        saved_anew(built.path(TRIAL_FILE), strip=True)
        done = built.run("verify", TRIAL_FILE)
        assert verdict(done) == "altered"
        assert "it prints HER2-TR-03-EN" in done.stdout

    def test_an_edition_that_was_not_published_is_unknown(self, built: Project) -> None:
        built.path("other.pdf").write_bytes(built.path(PATIENT_FILE).read_bytes())
        values = {"path": "default/en/x/x.pdf", "sha256": "0" * 64}
        done = entry_changed(built, PATIENT_PDF, **values).run("verify", "other.pdf")
        assert verdict(done) == "unknown"
        assert f"the manifest does not list {PATIENT_PDF}" in done.stdout

    def test_a_document_the_manifest_does_not_have_is_unknown(self, built: Project) -> None:
        built.path("gone.pdf").write_bytes(built.path(PATIENT_FILE).read_bytes())
        values = {"reference": "OTHER-01-EN", "sha256": "0" * 64}
        done = entry_changed(built, PATIENT_PDF, **values).run("verify", "gone.pdf")
        assert verdict(done) == "unknown"
        assert "no document HER2-PT-02-EN" in done.stdout

    def test_a_review_that_has_ended_makes_it_expired(self, built: Project) -> None:
        values = {"review_state": "reviewed", "reviewed": "2020-01-01", "next_review": "2021-01-01"}
        done = entry_changed(built, PATIENT_PDF, **values).run("verify", PATIENT_FILE)
        assert (done.exit_code, verdict(done)) == (5, "expired")
        assert "its review ended on 2021-01-01" in done.stdout

    def test_a_reviewed_sheet_is_called_current_without_more(self, built: Project) -> None:
        values = {"review_state": "reviewed", "reviewed": "2020-01-01", "next_review": "2999-01-01"}
        done = entry_changed(built, PATIENT_PDF, **values).run("verify", PATIENT_FILE)
        assert (done.exit_code, verdict(done)) == (0, "current")

    def test_one_that_is_not_current_decides_the_exit_code(self, built: Project) -> None:
        done = built.write("text.pdf", "text").run("verify", PATIENT_FILE, "text.pdf", TRIAL_FILE)
        assert done.exit_code == 5
        assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [
            "current (draft)", "unknown", "current (draft)",
        ]  # fmt: skip

    def test_json_has_the_same(self, built: Project) -> None:
        done = built.run("verify", PATIENT_FILE, "--json")
        (found,) = done.json
        assert found["verdict"] == "current"
        assert (found["reference"], found["review_state"]) == ("HER2-PT-02-EN", "draft")
        assert (found["subject"], found["edition"]) == (PATIENT_FILE, PATIENT_PDF)


def locked(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def bomb(data: bytes) -> bytes:
    """A PDF whose metadata unpack to far more than memory should hold."""
    packer = zlib.compressobj(9)
    first, block = (
        packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    packed = first + 4000 * block
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stream = pikepdf.Stream(pdf, packed)
        pdf.Root.Metadata = pdf.make_indirect(stream)
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        none = pikepdf.StreamDecodeLevel.none
        pdf.save(out, fix_metadata_version=False, stream_decode_level=none)
    assert packed in out.getvalue()
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda _: b"", "it is empty"),
        (lambda _: b"\x00\xff" * 5000, "it is not a PDF"),
        (lambda _: b"%PDF-1.7\n" + bytes(range(256)) * 50, "it is a damaged PDF"),
        (locked, "it is locked with a password"),
        (lambda data: data[:2000], "it is a damaged PDF"),
    ],
)
def test_a_file_that_is_no_good_gets_one_plain_line(
    built: Project, change: object, why: str
) -> None:
    path = built.path("bad.pdf")
    path.write_bytes(change(built.path(PATIENT_FILE).read_bytes()))  # type: ignore[operator]
    done = built.spawn("verify", "bad.pdf")
    assert (done.exit_code, done.stdout, done.stderr) == (5, f"unknown: bad.pdf: {why}\n", "")


def test_half_a_file_is_altered_or_damaged_but_never_current(built: Project) -> None:
    data = built.path(PATIENT_FILE).read_bytes()
    built.path("half.pdf").write_bytes(data[: len(data) * 9 // 10])
    assert verdict(built.run("verify", "half.pdf")) in ("altered", "unknown")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit of memory")
def test_metadata_that_unpack_without_end_cost_no_more_than_the_file(built: Project) -> None:
    path = built.path(TRIAL_FILE)
    path.write_bytes(bomb(path.read_bytes()))
    done = built.spawn("verify", TRIAL_FILE)
    why = "it is a PDF that breaks the program which reads it"
    assert (done.exit_code, done.stdout) == (5, f"unknown: {TRIAL_FILE}: {why}\n")
    assert "Traceback" not in done.stderr


def test_a_huge_file_is_not_read(built: Project) -> None:
    with built.path("huge.pdf").open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(10**12)
    done = built.run("verify", "huge.pdf")
    assert (done.exit_code, verdict(done)) == (5, "unknown")
    assert "larger than 64 MB" in done.stdout


def test_a_name_that_is_no_text_stays_on_one_line(built: Project) -> None:
    built.path("a\nb\x1b.pdf").write_bytes(b"x")
    assert built.run("verify", "a\nb\x1b.pdf").stdout == (
        "unknown: a\\nb\\x1b.pdf: it is not a PDF\n"
    )


class TestSheets:
    @pytest.fixture
    def signs(self, built: Project) -> str:
        return str(built.documents[PATIENT_PDF]["fingerprint"])

    def test_what_is_printed_in_a_footer_will_do(self, built: Project, signs: str) -> None:
        done = built.run("verify", "HER2-PT-02-EN", f"{signs[:4]}-{signs[4:8]}")
        assert (done.exit_code, verdict(done)) == (0, "current (draft)")

    @pytest.mark.parametrize("reference", ["her2-pt-02", "HER2-PT-02", "Her2-Pt-02-En"])
    def test_it_may_be_written_as_people_write(
        self, built: Project, signs: str, reference: str
    ) -> None:
        written = signs[:8].lower().replace("0", "o").replace("1", "l")
        assert built.run("verify", reference, written[:4], written[4:]).exit_code == 0
        assert built.run("verify", reference, written).exit_code == 0

    def test_the_whole_fingerprint_will_do_too(self, built: Project, signs: str) -> None:
        assert built.run("verify", "HER2-PT-02-EN", signs).exit_code == 0

    def test_another_fingerprint_is_superseded(self, built: Project) -> None:
        done = built.run("verify", "HER2-PT-02-EN", "1a2b3c4d")
        assert (done.exit_code, verdict(done)) == (5, "superseded by version 0.1")
        assert "not 1A2B-3C4D" in done.stdout

    def test_another_reference_is_unknown(self, built: Project, signs: str) -> None:
        done = built.run("verify", "HER2-PT-20-EN", signs[:8])
        assert (done.exit_code, verdict(done)) == (5, "unknown")
        assert "did you mean `HER2-PT-02-EN`?" in done.stdout


class TestWrongUsage:
    def test_nothing_to_look_at(self, built: Project) -> None:
        assert built.run("verify").exit_code == 2

    def test_a_file_that_is_not_there(self, built: Project) -> None:
        done = built.run("verify", PATIENT_FILE, "nowhere.pdf")
        assert (done.exit_code, done.codes, done.stdout) == (2, ["missing-file"], "")

    def test_a_fingerprint_that_can_be_none(self, built: Project) -> None:
        done = built.run("verify", "HER2-PT-02-EN", "1a2b3u")
        assert done.exit_code == 2
        assert "eight signs of its fingerprint" in done.stderr

    def test_a_folder(self, built: Project) -> None:
        assert built.run("verify", "output").codes == ["not-a-file"]

    def test_nothing_was_built(self, project: Project) -> None:
        done = project.write("a.pdf", "x").run("verify", "a.pdf")
        assert (done.exit_code, done.codes) == (2, ["no-manifest"])

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"documents": 3}', "[" * 100_000])
    def test_a_damaged_manifest(self, built: Project, text: str) -> None:
        done = built.write("m.json", text).run("verify", PATIENT_FILE, "--manifest", "m.json")
        assert (done.exit_code, done.codes) == (2, ["damaged-manifest"])


def test_a_manifest_is_enough_and_no_project_is_needed(built: Project) -> None:
    built.remove("content")
    given = ("--manifest", "output/manifest.json")
    assert built.run("verify", PATIENT_FILE, *given).exit_code == 0
    assert built.run("verify", PATIENT_FILE, "--output", "output").exit_code == 0
    assert built.run("verify", PATIENT_FILE).exit_code == 2
