"""Text of the other direction keeps its own order."""

from __future__ import annotations

from markupsafe import Markup

from handouts.rendering.isolation import apart, filled, isolated, reads_right_to_left


def test_a_number_in_running_words_has_a_direction_of_its_own() -> None:
    assert apart("rtl", "38 °C (100.4 °F)") == '<bdi dir="ltr">38 °C (100.4 °F)</bdi>'
    assert apart("ltr", "38 °C") == "38 °C"


def test_words_of_the_page_stay_as_they_are() -> None:
    assert apart("rtl", "33 من 100") == "33 من 100"
    assert isolated("rtl", "صفحة 4") == "صفحة 4"


def test_where_no_element_can_stand_isolates_do() -> None:
    assert isolated("rtl", "0113 496 0007") == "\u20660113 496 0007\u200e\u2069"
    assert isolated("ltr", "0113 496 0007") == "0113 496 0007"
    assert isolated("rtl", "") == ""


def test_what_is_no_markup_is_escaped() -> None:
    assert isolated("rtl", "<b>") == "\u2066&lt;b&gt;\u200e\u2069"
    assert apart("rtl", "<") == '<bdi dir="ltr">&lt;</bdi>'
    assert filled("{a} & {b}", a="<", b=Markup("<b>")) == "&lt; &amp; <b>"


def test_letters_tell_the_direction() -> None:
    assert reads_right_to_left("HER2 في الخلية")
    assert not reads_right_to_left("HER2 555-0100")
