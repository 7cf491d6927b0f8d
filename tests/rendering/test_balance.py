from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from handouts.rendering.balance import (
    HEADING_LINES,
    SIGNS,
    blocks_in_first,
    lines_of,
    list_lines,
)


def letters_only(count: int) -> Markup:
    return Markup("{}").format("x" * count)


@pytest.mark.parametrize(
    ("letters", "lines"), [(0, 1), (1, 1), (SIGNS, 1), (SIGNS + 1, 2), (3 * SIGNS, 3)]
)
def test_words_take_a_line_for_so_many_letters(letters: int, lines: int) -> None:
    assert lines_of(letters_only(letters)) == lines


def test_tags_and_entities_are_no_letters() -> None:
    words = Markup('<span class="fact" data-fact="a.b">five</span> &amp; six')
    assert lines_of(words, signs=10) == 1
    assert lines_of(words, signs=9) == 2


def test_a_list_has_a_heading_and_its_points_are_indented() -> None:
    assert list_lines([Markup("short")]) == HEADING_LINES + 1
    assert list_lines([letters_only(SIGNS - 4), letters_only(SIGNS)]) == HEADING_LINES + 3


def test_a_list_without_points_takes_nothing() -> None:
    assert list_lines([]) == 0


@pytest.mark.parametrize(
    ("first", "blocks", "count"),
    [
        (10, [], 0),
        (30, [5, 5, 5], 0),
        (0, [5, 5, 5, 5], 2),
        (5, [5, 5, 5], 1),
        (1, [2, 3, 20], 2),
        (0, [0, 0], 0),
    ],
)
def test_blocks_follow_in_the_first_column_as_long_as_it_gets_no_higher(
    first: float, blocks: list[float], count: int
) -> None:
    assert blocks_in_first(first, blocks) == count


def heights(first: float, blocks: list[float], count: int) -> tuple[float, float]:
    return first + sum(blocks[:count]), sum(blocks[count:])


@given(st.integers(0, 60), st.lists(st.integers(0, 20), max_size=6))
def test_no_other_place_to_part_them_makes_the_taller_column_lower(
    first: int, blocks: list[int]
) -> None:
    lines = [float(each) for each in blocks]
    best = max(heights(first, lines, blocks_in_first(first, lines)))
    others = (max(heights(first, lines, count)) for count in range(len(lines) + 1))
    assert best == min(itertools.chain([best], others))
