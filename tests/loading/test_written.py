from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handouts.diagnostics import InvalidInput
from handouts.loading.written import PatientHandout, load_handout
from handouts.markdown.blocks import Component

FRONT = """\
kind: patient
reference: A-PT-01
version: "1.0"
title: A sheet
lead: For nobody.
subject: Nothing.
keywords: [test]
pages: 2
compiled: 2026-11-20
"""

WORDS = """
::: main-points
- one
:::

::: call-us
- two
:::

::: questions
- three
:::
"""

SHEET = f"---\n{FRONT}---\n{WORDS}"


def load(folder: Path, text: str | bytes) -> PatientHandout:
    path = folder / "a-sheet" / "en.md"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_handout(path, "a-sheet/en.md")


def problems(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        load(folder, text)
    assert {each.path for each in caught.value.diagnostics} == {"a-sheet/en.md"}
    return [f"{each.line} {each.code}" for each in caught.value.diagnostics]


def test_a_handout_is_named_by_its_folder_and_its_language_by_its_file(tmp_path: Path) -> None:
    handout = load(tmp_path, SHEET)
    assert (handout.id, handout.language, handout.path) == ("a-sheet", "en", "a-sheet/en.md")


def test_its_front_matter_says_what_it_is(tmp_path: Path) -> None:
    front = load(tmp_path, SHEET).front
    assert (front.reference, front.version, front.pages) == ("A-PT-01", "1.0", 2)
    assert front.compiled == date(2026, 11, 20)
    assert front.review is None


def test_its_words_follow_with_the_lines_of_the_file(tmp_path: Path) -> None:
    components = [each for each in load(tmp_path, SHEET).blocks if isinstance(each, Component)]
    lines = SHEET.splitlines()
    assert [lines[each.line - 1] for each in components] == [
        *("::: main-points", "::: call-us", "::: questions")
    ]


def test_a_value_of_the_front_matter_knows_its_place(tmp_path: Path) -> None:
    assert load(tmp_path, SHEET).place(("version",)) == (4, 10)


def test_a_file_saved_on_windows_is_the_same_handout(tmp_path: Path) -> None:
    other = load(tmp_path, b"\xef\xbb\xbf" + SHEET.replace("\n", "\r\n").encode())
    assert other.blocks == load(tmp_path, SHEET).blocks
    assert other.front == load(tmp_path, SHEET).front


@pytest.mark.parametrize(
    "text", ["# Words only", "---\ntitle: never closed\n", f"\n---\n{FRONT}---\n"]
)
def test_a_file_without_front_matter_is_told(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text) == ["1 missing-front-matter"]


def test_problems_of_front_matter_and_words_are_told_together(tmp_path: Path) -> None:
    wrong = SHEET.replace("pages: 2", "pages: two").replace("- three", "- three <b>")
    lines = wrong.splitlines()
    assert problems(tmp_path, wrong) == [
        f"{lines.index('pages: two') + 1} wrong-type",
        f"{lines.index('- three <b>') + 1} raw-html",
    ]


def test_an_unknown_field_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"unknown key `titel`.*\n.*did you mean `title`"):
        load(tmp_path, SHEET.replace("title:", "titel:"))


def test_required_components_left_out_are_told(tmp_path: Path) -> None:
    found = problems(tmp_path, f"---\n{FRONT}---\nWords.\n")
    assert found == ["None missing-component"] * 3


def test_invisible_characters_among_the_words_are_told(tmp_path: Path) -> None:
    wrong = SHEET.replace("- two", "- t\x07wo")
    assert problems(tmp_path, wrong) == [
        f"{[*wrong.split(chr(10))].index('- t' + chr(7) + 'wo') + 1} bad-character"
    ]


@pytest.mark.parametrize(
    ("text", "code"), [(b"", "empty-file"), (b"---\nt: \xe9\n---\n", "not-utf8")]
)
def test_what_can_not_be_read_is_told(tmp_path: Path, text: bytes, code: str) -> None:
    assert [each.split()[1] for each in problems(tmp_path, text)] == [code]


def test_a_review_is_read_with_its_days(tmp_path: Path) -> None:
    review = (
        "review: {by: A. Nurse, role: nurse, approved: 2026-01-02, next_review: 2028-01-02,"
        ' version: "1.0", fingerprint: ABC}\n'
    )
    signed = load(tmp_path, f"---\n{FRONT}{review}---\n{WORDS}").front.review
    assert signed is not None
    assert (signed.by, signed.approved) == ("A. Nurse", date(2026, 1, 2))
