from __future__ import annotations

import pytest

from handouts.diagnostics import InvalidInput
from handouts.tokens import Tokens, read_tokens


def tokens_of(**sheets: str) -> Tokens:
    """The tokens of ``entry``; the other names are stylesheets beside it (``_`` is a slash)."""
    files = {f"{name.replace('_', '/')}.css": text for name, text in sheets.items()}
    return read_tokens("entry.css", files.__getitem__)


def test_custom_properties_are_read_by_name() -> None:
    tokens = tokens_of(entry=":root { --ink: #1a1a1a; --type-body: 13pt }")
    assert dict(tokens.values) == {"ink": "#1a1a1a", "type-body": "13pt"}


def test_other_properties_and_comments_are_not() -> None:
    tokens = tokens_of(entry="/* --a: 1pt; */ p { color: red; margin: var(--b) } :root { --c: 1 }")
    assert set(tokens.values) == {"c"}


@pytest.mark.parametrize(
    "rule", ['@import "base.css";', "@import 'base.css';", '@import url("base.css");']
)
def test_imports_are_followed(rule: str) -> None:
    assert tokens_of(entry=rule, base=":root { --a: 1pt }").text("a") == "1pt"


def test_imports_lie_beside_the_sheet_that_names_them() -> None:
    tokens = tokens_of(
        entry='@import "parts/first.css";',
        parts_first='@import "second.css"; :root { --a: 1 }',
        parts_second=":root { --b: 2 }",
    )
    assert dict(tokens.values) == {"a": "1", "b": "2"}


def test_what_comes_later_wins() -> None:
    tokens = tokens_of(
        entry='@import "one.css"; @import "two.css"; :root { --c: entry; --d: first; --d: last }',
        one=":root { --a: one; --b: one; --c: one }",
        two=":root { --b: two }",
    )
    assert [tokens.text(name) for name in "abcd"] == ["one", "two", "entry", "last"]


def test_sheets_that_import_each_other_are_read_once() -> None:
    tokens = tokens_of(
        entry='@import "other.css"; :root { --a: 1 }', other='@import "entry.css"; :root { --b: 2 }'
    )
    assert dict(tokens.values) == {"b": "2", "a": "1"}


def test_a_token_may_name_another() -> None:
    tokens = tokens_of(
        entry=":root { --a: var(--b); --b: calc(2 * var(--c)); --c: 3mm }"
    )  # fmt: skip
    assert tokens.text("a") == "calc(2 * 3mm)"


def test_the_last_value_of_the_other_counts() -> None:
    tokens = tokens_of(
        entry='@import "base.css"; :root { --ink: black }',
        base=":root { --ink: blue; --fill: var(--ink) }",
    )
    assert tokens.text("fill") == "black"


@pytest.mark.parametrize(
    ("written", "mm"),
    [("44mm", 44), ("4.4cm", 44), ("72pt", 25.4), ("1in", 25.4), ("96px", 25.4), ("0.5mm", 0.5)],
)
def test_lengths_are_millimetres(written: str, mm: float) -> None:
    assert Tokens({"a": written}).mm("a") == pytest.approx(mm)


def test_lengths_are_points_too() -> None:
    assert Tokens({"a": "10.5pt", "b": "25.4mm"}).pt("a") == pytest.approx(10.5)
    assert Tokens({"a": "10.5pt", "b": "25.4mm"}).pt("b") == pytest.approx(72)


@pytest.mark.parametrize("written", ["1em", "50%", "red", "calc(1mm + 2mm)", "mm", "1.2.3mm"])
def test_what_is_no_absolute_length_is_refused(written: str) -> None:
    with pytest.raises(InvalidInput, match=r"`--a` is no absolute length: .* \[broken-token\]"):
        Tokens({"a": written}).mm("a")


def test_a_token_that_nobody_sets_is_told() -> None:
    for tokens in (Tokens({}), Tokens({"a": "var(--ink)"})):
        with pytest.raises(InvalidInput, match=r"no stylesheet sets `--ink` \[missing-token\]"):
            tokens.text("a" if tokens.values else "ink")


def test_the_stylesheet_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"^styles/entry\.css: error: "):
        tokens_of(entry="p { }").text("ink")


@pytest.mark.parametrize("rules", ["--a: var(--a)", "--a: var(--b); --b: var(--a)"])
def test_a_token_that_refers_to_itself_is_told(rules: str) -> None:
    with pytest.raises(InvalidInput, match="refers to itself"):
        tokens_of(entry=f":root {{ {rules} }}").text("a")
