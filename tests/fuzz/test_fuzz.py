from __future__ import annotations

import pytest

from handouts.diagnostics import InvalidInput
from handouts.loading.strict_yaml import parse_yaml
from handouts.markdown.parsing import parse_blocks
from handouts.rendering.nesting import is_too_deep
from handouts.rendering.pictures import check_picture
from handouts.tokens import read_tokens
from tests.fuzz.targets import findings


def test_spoilt_files_are_said_to_be_spoilt_and_nothing_else_happens() -> None:
    """A short run; ``script/fuzz`` is the long one."""
    found = [each for each in findings(390, seed=20_261_125) if each is not None]
    assert found == []


# What long runs have found, kept.

SVG = '<svg xmlns="http://www.w3.org/2000/svg">'


def test_a_name_of_no_namespace_is_no_crash() -> None:
    check_picture(f'{SVG}<g x:y="1" nowhere:z="2"/></svg>'.encode())
    check_picture(b'<svg xmlns="http://}}}}www.w3.org/2000/svg"><path d="M0 0"/></svg>')


@pytest.mark.parametrize("text", ["[" * 5_000, "[x](" * 5_000], ids=["brackets", "links"])
def test_brackets_do_not_take_time_with_their_square(text: str) -> None:
    with pytest.raises(InvalidInput, match="too-deep"):
        parse_blocks(text, "x.md")


def test_rules_in_rules_do_not_take_time_without_bound() -> None:
    assert is_too_deep(".a, .b { & &, & & { " * 9)
    assert not is_too_deep("@media print { .a { &:is(.b) { c: d } } } " * 900)


@pytest.mark.parametrize("text", ["x: " + "{" * 900, "? " * 900, "x: " + "[{" * 500])
def test_keys_that_are_mappings_do_not_exhaust_the_stack(text: str) -> None:
    with pytest.raises(InvalidInput, match="too-deep"):
        parse_yaml(text, "x.yaml")


def test_a_token_that_is_no_colour_is_said_before_a_chart_is_drawn_with_it() -> None:
    tokens = read_tokens("x.css", lambda _: ":root { --ink: #e7eaet }")
    with pytest.raises(InvalidInput, match="broken-token"):
        tokens.colour("ink")


def test_lists_in_lists_do_not_exhaust_the_stack() -> None:
    with pytest.raises(InvalidInput, match="too-deep"):
        parse_blocks("\n".join("  " * n + "- x" for n in range(500)), "x.md")
