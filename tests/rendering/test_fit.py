from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.models.priority import Priority, weaker
from handouts.rendering.fit import (
    EVERYTHING,
    TIGHTEST,
    Block,
    Fit,
    Ranks,
    best_fit,
    counted,
    in_brief,
    ranked,
)


def blocks(*priorities: Priority) -> Ranks:
    """Blocks that are named by their place on the page."""
    return ranked(
        (place, Block("rows", f"row {place}", each)) for place, each in enumerate(priorities)
    )


R, H, M, L = Priority


def test_what_is_required_has_rank_0_and_is_never_left_off() -> None:
    ranks = blocks(R, L, R)
    assert [ranks.of(place) for place in range(3)] == [0, 1, 0]
    assert [each.name for each in ranks.left_off(Fit(shown=0))] == ["row 1"]


def test_the_least_priority_goes_first_and_among_equals_the_last() -> None:
    ranks = blocks(L, H, M, L, M)
    assert [each.name for each in ranks.order] == ["row 1", "row 2", "row 4", "row 0", "row 3"]
    assert [each.name for each in ranks.left_off(Fit(shown=3))] == ["row 0", "row 3"]


def test_everything_leaves_nothing_off() -> None:
    assert blocks(L, M, H).left_off(EVERYTHING) == ()


def test_the_weaker_of_two_priorities_goes_first() -> None:
    assert weaker(H, L) is weaker(L, H) is L
    assert weaker(R, H) is H
    assert weaker(R, R) is R


def page(required: int, room: dict[int, int]) -> Callable[[Fit], float | None]:
    """A page with so many required lines, a line for each block, and room by setting.

    A tenth of the page is one line.
    """

    def free(fit: Fit) -> float | None:
        left = room[fit.setting] - required - min(fit.shown, 100)
        return None if left < 0 else left / 10

    return free


class TestTheBestFit:
    def test_a_page_with_room_for_all_shows_all_at_the_loosest_setting(self) -> None:
        assert best_fit(blocks(L, L), page(5, {0: 7, 1: 9, 2: 11})) == Fit(2, 0)

    def test_blocks_go_before_the_setting_gets_tighter(self) -> None:
        assert best_fit(blocks(L, L, L), page(5, {0: 6, 1: 99, 2: 99})) == Fit(1, 0)

    def test_a_tighter_setting_takes_back_what_it_has_room_for(self) -> None:
        assert best_fit(blocks(L, L, L), page(5, {0: 4, 1: 7, 2: 99})) == Fit(2, 1)

    def test_the_tightest_setting_is_the_last_resort(self) -> None:
        assert best_fit(blocks(L), page(5, {0: 4, 1: 4, 2: 5})) == Fit(0, TIGHTEST)

    def test_nothing_fits_where_the_required_blocks_do_not(self) -> None:
        assert best_fit(blocks(L), page(5, {0: 4, 1: 4, 2: 4})) is None

    def test_a_page_without_optional_blocks_only_gets_tighter(self) -> None:
        assert best_fit(blocks(), page(5, {0: 4, 1: 5, 2: 6})) == Fit(0, 1)

    @given(
        st.integers(0, 40), st.integers(0, 20),
        st.lists(st.integers(0, 20), min_size=3, max_size=3),
    )  # fmt: skip
    def test_it_is_what_trying_all_in_order_finds(
        self, optional: int, required: int, more: list[int]
    ) -> None:
        room = dict(enumerate(itertools.accumulate(each + 1 for each in more)))
        free = page(required, room)
        tries = itertools.product(range(TIGHTEST + 1), range(optional, -1, -1))
        wanted = next((Fit(n, at) for at, n in tries if free(Fit(n, at)) is not None), None)
        assert best_fit(blocks(*[L] * optional), free) == wanted

    @pytest.mark.parametrize(("room", "most"), [(0, 1), (1, 4), (2, 5), (21, 11), (40, 2)])
    def test_it_lays_out_few_pages(self, room: int, most: int) -> None:
        asked: list[Fit] = []

        def free(fit: Fit) -> float | None:
            asked.append(fit)
            left = (room - fit.shown) * 0.02
            return None if fit.setting < TIGHTEST or left < 0 else left

        assert best_fit(blocks(*[L] * 40), free) == Fit(room, TIGHTEST)
        assert len(asked) == len(set(asked)) <= most + (room > 0)


def test_what_is_left_off_is_counted_by_kind() -> None:
    made = [Block("rows", "a", L), Block("points", "b", L), Block("rows", "c", L)]
    assert counted(made) == ((2, "rows"), (1, "points"))


@pytest.mark.parametrize(
    ("words", "brief"),
    [
        ("Short  enough", "Short enough"),
        ("After {{ os.at }} of follow-up. [@x.y]", "After … of follow-up. …"),
        ("One word after the other until there is no more room for them", "One word after the other until there is …"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_text_is_known_by_its_first_words(words: str, brief: str) -> None:
    assert in_brief(words) == brief
