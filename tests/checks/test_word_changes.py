from __future__ import annotations

from handouts.checks.word_changes import word_changes


def changes(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    return [(each.old, each.new) for each in word_changes(old, new)]


def test_the_same_words_have_not_changed() -> None:
    assert changes(["a b", "c"], ["a b", "c"]) == []


def test_a_word_in_the_place_of_another() -> None:
    (change,) = word_changes(["It helped 33 of 100 people."], ["It helped 34 of 100 people."])
    assert (change.old, change.new) == ("33", "34")
    assert (change.before, change.after) == ("It helped", "of 100 people.")
    assert (change.old_pages, change.new_pages) == ((1,), (1,))


def test_words_that_are_only_in_one() -> None:
    assert changes(["ask us"], ["ask us now"]) == [("", "now")]
    assert changes(["ask us now"], ["ask us"]) == [("now", "")]


def test_words_with_one_between_them_are_one_change() -> None:
    assert changes(["one of two people"], ["three of four people"]) == [
        ("one of two", "three of four")
    ]


def test_a_line_that_breaks_elsewhere_has_not_changed() -> None:
    assert changes(["a b\nc d"], ["a\nb c d"]) == []


def test_words_that_move_over_a_footer_have_not_changed() -> None:
    old = ["a b c\nRef 1 Page 1 of 2", "d e\nRef 1 Page 2 of 2"]
    new = ["a b\nRef 1 Page 1 of 2", "c d e\nRef 1 Page 2 of 2"]
    assert changes(old, new) == []


def test_a_footer_that_changes_on_all_pages_is_one_change() -> None:
    (change,) = word_changes(["a\nRef AA", "b\nRef AA"], ["a\nRef BB", "b\nRef BB"])
    assert (change.old, change.new, change.new_pages) == ("AA", "BB", (1, 2))


def test_the_page_of_a_change_is_said() -> None:
    (change,) = word_changes(["a", "b", "c"], ["a", "b", "x"])
    assert (change.old_pages, change.new_pages) == ((3,), (3,))


def test_nothing_against_something() -> None:
    assert changes([], ["a"]) == [("", "a")]
    assert changes([], []) == []
