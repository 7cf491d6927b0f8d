from __future__ import annotations

from handouts.rendering.composed import composed, composed_text, html_root
from tests.rendering.samples import CHART, page


def test_words_of_blocks_and_drawings() -> None:
    html = page(
        "<h1>Your\n  treatment</h1><p>Ta<b>ke</b> two<br>a day.</p>"
        "<ul><li>One</li><li>Two</li></ul>"
        f"<table><tr><td>1</td><td>2</td></tr></table>{CHART}<p>End &amp; more</p>"
    )
    assert composed_text(html).splitlines() == [
        "Your treatment",
        "Take two",
        "a day.",
        "One",
        "Two",
        "1",
        "2",
        "5 of 100 people",
        "End & more",
    ]


def test_what_is_not_printed_is_left_out() -> None:
    html = page(
        "<p>Seen</p><p hidden>no</p><p style='color: red; display: none'>no</p><!-- no -->"
        "<script>no()</script><template>no</template>",
        title="no",
    )
    assert composed_text(html) == "Seen"


def test_elements_can_be_left_out_by_their_place() -> None:
    html = "<html><head></head><body><p>a</p><p>b</p></body></html>"
    assert composed(html_root(html), without={3}).pieces == {4: "b"}
