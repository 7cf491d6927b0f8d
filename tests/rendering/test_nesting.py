"""Rules in rules are counted as the layout engine counts them, whatever stands between them."""

from __future__ import annotations

import time

import pytest
import weasyprint

from handouts.rendering.nesting import is_too_deep


@pytest.mark.parametrize(
    "rule",
    [
        ".a,.b{",
        ".a,.b{/*}*/",
        ".a,.b{--x:'}';",
        '.a,.b{--x:"}";',
        ".a,.b{--x:url(});",
        ".a,.b{x:\\};",
    ],
)
def test_a_brace_that_closes_nothing_hides_no_depth(rule: str) -> None:
    assert is_too_deep(rule * 40)


def test_braces_in_words_are_no_depth() -> None:
    assert not is_too_deep("/*{{{{{{{{{{{{*/ .a { content: '{{{{{{{{{{{{{{{{' } " * 40)


@pytest.mark.parametrize(
    "css", [".a,.b,.c,.d,.e,.f,.g,.h,.i,.j{" * 6, f".a{{{'& & & & & & & &,& &{' * 6}"]
)
def test_rules_that_multiply_are_too_deep_before_they_are_eight_deep(css: str) -> None:
    assert is_too_deep(css)


def test_what_is_let_through_is_parsed_in_little_time() -> None:
    css = ".a,.b,.c{" * 7
    assert not is_too_deep(css)
    start = time.monotonic()
    weasyprint.CSS(string=css)
    assert time.monotonic() - start < 5


def test_many_plain_rules_are_not_deep() -> None:
    assert not is_too_deep("@media print { .a, .b { color: red; &:is(.c) { top: 0 } } } " * 900)
