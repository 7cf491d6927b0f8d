from __future__ import annotations

import pytest

from handouts.charts.chart import ALT_MOST, Cell, DataTable, alt_text


class TestTheAltText:
    def test_it_is_the_finding_and_every_detail_where_they_fit(self) -> None:
        assert alt_text("A finding.", ["First.", "Second."], "The rest.") == (
            "A finding. First. Second."
        )

    def test_it_says_where_the_rest_is(self) -> None:
        details = [f"Row {index:3} has a detail of some length." for index in range(20)]
        alt = alt_text("A finding.", details, "The rest is in the table.")
        assert len(alt) <= ALT_MOST
        assert alt.startswith("A finding. Row   0 has")
        assert alt.endswith(". The rest is in the table.")

    def test_the_last_detail_may_take_the_place_of_those_words(self) -> None:
        alt = alt_text("x" * 200, ["y" * 49], "The rest is in the table.")
        assert alt == "x" * 200 + " " + "y" * 49

    def test_a_finding_that_is_too_long_is_told(self) -> None:
        with pytest.raises(ValueError, match="more than 250 characters"):
            alt_text("x" * 240, ["y" * 20], "The rest is in the table.")


def test_a_row_has_as_many_cells_as_the_header() -> None:
    DataTable("caption", ("a", "b"), ((Cell("x"), Cell("y")),))
    with pytest.raises(ValueError, match="other columns"):
        DataTable("caption", ("a", "b"), ((Cell("x"),),))
