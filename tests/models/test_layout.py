from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.models.layout import Area, Box, Layout, Point, middle


@dataclass(frozen=True)
class Way:
    from_: str
    to: str


EDGES = {"way": Way("a", "b"), "bar": Way("c", "way")}
SPOTS = st.tuples(*[st.floats(-50, 50)] * 2)


def box(*numbers: int) -> Box:
    x, y, width, height = map(Decimal, numbers)
    return x, y, width, height


def layout(*turns: tuple[int, int], **nodes: Box) -> Layout:
    found: list[Point] = [(Decimal(x), Decimal(y)) for x, y in turns]
    return Layout(
        label_pt=Decimal(8), width=Decimal(100), height=Decimal(100), zones={}, nodes=nodes,
        edges={"way": tuple(found), "bar": ()}, marks={},
    )  # fmt: skip


class TestTheWayOfALine:
    def test_between_boxes_side_by_side_it_is_level_in_the_middle_of_what_they_share(self) -> None:
        sides = layout(a=box(0, 0, 10, 10), b=box(30, 4, 10, 10))
        assert sides.route("way", EDGES) == ((10, 7), (30, 7))
        back = layout(b=box(0, 0, 10, 10), a=box(30, 4, 10, 10))
        assert back.route("way", EDGES) == ((30, 7), (10, 7))

    def test_between_boxes_one_above_the_other_it_is_upright(self) -> None:
        stacked = layout(a=box(0, 0, 10, 10), b=box(4, 30, 10, 10))
        assert stacked.route("way", EDGES) == ((7, 10), (7, 30))
        up = layout(b=box(0, 0, 10, 10), a=box(4, 30, 10, 10))
        assert up.route("way", EDGES) == ((7, 30), (7, 10))

    def test_between_others_it_points_from_middle_to_middle(self) -> None:
        aslant = layout(a=box(0, 0, 10, 10), b=box(20, 20, 10, 10))
        assert aslant.route("way", EDGES) == ((10, 10), (20, 20))

    def test_it_goes_through_its_turns(self) -> None:
        turned = layout((5, 35), a=box(0, 0, 10, 10), b=box(30, 30, 10, 10))
        assert turned.route("way", EDGES) == ((5, 10), (5, 35), (30, 35))

    def test_a_line_may_end_in_the_middle_of_another(self) -> None:
        crossed = layout(a=box(0, 0, 10, 10), b=box(30, 0, 10, 10), c=box(15, 20, 10, 10))
        assert crossed.route("bar", EDGES) == ((20, 20), (20, 5))

    @given(st.lists(SPOTS, min_size=2, max_size=5))
    def test_the_middle_of_a_line_lies_on_it(self, route: list[tuple[float, float]]) -> None:
        x, y = middle(tuple(route))
        assert any(
            min(a[0], b[0]) - 1e-6 <= x <= max(a[0], b[0]) + 1e-6
            and min(a[1], b[1]) - 1e-6 <= y <= max(a[1], b[1]) + 1e-6
            for a, b in pairwise(route)
        )


class TestAnArea:
    def test_boxes_that_share_an_edge_do_not_overlap(self) -> None:
        assert not Area(0, 0, 10, 10).overlaps(Area(10, 0, 10, 10))
        assert Area(0, 0, 10, 10).overlaps(Area(9, 9, 10, 10))

    @pytest.mark.parametrize(
        ("spot", "distance"), [((5, 5), 0), ((10, 5), 0), ((13, 5), 3), ((13, 14), 5)]
    )
    def test_its_distance_to_a_point_is_that_of_its_nearest_edge(
        self, spot: tuple[float, float], distance: float
    ) -> None:
        assert Area(0, 0, 10, 10).distance(spot) == pytest.approx(distance)
