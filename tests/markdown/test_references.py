from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.markdown.references import Reference, ReferenceKind, place_in, split

PIECES = st.sampled_from(
    ["{{ a.b }}", "{{ a | number }}", '{{ "7" | plain }}', "[@a.b]", "{{", "}}", "[@", "\n", "x "]
)


def references(text: str) -> list[tuple[str, str, str | None]]:
    return [
        (str(part.kind), part.subject, part.format)
        for part in split(text, 1)[0]
        if isinstance(part, Reference)
    ]


def broken(text: str, line: int = 1, column: int = 1) -> list[tuple[int, int]]:
    return [(each.line, each.column) for each in split(text, line, column)[1]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ pfs.ratio }}", ("fact", "pfs.ratio", None)),
        ("{{pfs.ratio}}", ("fact", "pfs.ratio", None)),
        ("{{ pfs.ratio | with-interval }}", ("fact", "pfs.ratio", "with-interval")),
        ("{{pfs.ratio|with-interval}}", ("fact", "pfs.ratio", "with-interval")),
        ("{{\n  pfs.ratio\n  | of-100\n}}", ("fact", "pfs.ratio", "of-100")),
        ("{{ 3 | plain }}", ("plain", "3", "plain")),
        ('{{ "two of them" | plain }}', ("plain", "two of them", "plain")),
        ("[@safety.call-fever]", ("statement", "safety.call-fever", None)),
    ],
)
def test_a_reference_names_its_subject_and_its_format(
    text: str, found: tuple[str, str, str | None]
) -> None:
    assert references(text) == [found]
    assert broken(text) == []


def test_text_is_cut_at_its_references() -> None:
    parts, wrong = split("In {{ n }} of {{ total | number }} [@a.b].", 7)
    assert wrong == []
    assert [part if isinstance(part, str) else part.subject for part in parts] == [
        "In ", "n", " of ", "total", " ", "a.b", ".",
    ]  # fmt: skip


def test_a_text_without_references_is_one_part() -> None:
    assert split("plain words", 1) == (["plain words"], [])
    assert split("", 1) == ([], [])


def test_every_reference_knows_its_place() -> None:
    parts, _ = split("a {{ b }}\n\n[@c.d] {{ e }}", 10, 5)
    places = [(part.line, part.column) for part in parts if isinstance(part, Reference)]
    assert places == [(10, 7), (12, 1), (12, 8)]


@pytest.mark.parametrize(
    "text",
    [
        "{{ a",
        "a }}",
        "{{ }}",
        "{{ a b }}",
        "{{ a | b | c }}",
        "{{ a | Number }}",
        '{{ "open | plain }}',
        "{{ {{ a }}",
        "[@",
        "[@]",
        "[@two words]",
    ],
)
def test_braces_that_make_no_reference_are_told(text: str) -> None:
    assert broken(text)


def test_broken_braces_are_told_at_their_own_place() -> None:
    assert broken("fine {{ a }}\nnot {{ fine", 3, 9) == [(4, 5)]
    assert broken("{{ a b }}") == [(1, 1), (1, 8)]
    assert broken("x {{", 3, 9) == [(3, 11)]


@pytest.mark.parametrize("text", ["{ a }", "[a]", "@a", "a [at] b", "{%  a %}", "# {# a #}"])
def test_other_brackets_are_words(text: str) -> None:
    assert split(text, 1) == ([text], [])


def test_an_offset_becomes_a_line_and_a_column() -> None:
    text = "ab\ncd\n\ne"
    assert [place_in(text, offset, 5, 3) for offset in (0, 1, 3, 4, 7)] == [
        (5, 3), (5, 4), (6, 1), (6, 2), (8, 1),
    ]  # fmt: skip


@given(st.lists(PIECES).map("".join))
def test_nothing_is_lost_between_the_parts(text: str) -> None:
    parts, wrong = split(text, 1)
    words = [part for part in parts if isinstance(part, str)]
    assert all(word in text for word in words)
    assert bool(wrong) == any(mark in word for word in words for mark in ("{{", "}}", "[@"))


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    parts, _ = split(text, 1)
    assert all(
        part.kind in ReferenceKind if isinstance(part, Reference) else part for part in parts
    )
