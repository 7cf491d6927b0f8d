"""The ways between twins, of made-up libraries."""

from __future__ import annotations

import json
from dataclasses import replace

from handouts.build.site.catalogue import Catalogue
from handouts.build.site.twins import linked, unlinked
from tests.site.pages import HOSTILE, Page, entry, sheet

TWIN = (
    "<head><!--about--><!--/about--></head><!--navigation--><!--/navigation-->"
    "<main>words</main><!--editions--><!--/editions-->"
)
ENGLISH, ARABIC = sheet(entry("a")), sheet(entry("a", "ar"))
LIBRARY = Catalogue("A library", "A publisher", (ENGLISH, ARABIC), "https://a.example")


def data_in(twin: str) -> dict[str, object]:
    text = twin.partition('ld+json">')[2].partition("</script>")[0]
    found: dict[str, object] = json.loads(text)
    return found


def test_a_twin_names_its_other_languages_in_their_own() -> None:
    twin = linked(TWIN, ENGLISH, LIBRARY)
    assert '<a href="../../ar/a/index.html" lang="ar" hreflang="ar">العربية</a>' in twin
    assert 'hreflang="ar" href="https://a.example/default/ar/a/"' in twin
    assert "جميع المستندات" in linked(TWIN, ARABIC, LIBRARY)


def test_links_are_put_in_once_and_can_be_taken_out() -> None:
    twin = linked(TWIN, ENGLISH, LIBRARY)
    assert linked(twin, ENGLISH, LIBRARY) == twin
    assert unlinked(twin) == TWIN
    alone = replace(LIBRARY, sheets=(ENGLISH,))
    assert "العربية" not in linked(twin, ENGLISH, alone)


def test_a_template_without_marks_is_left_as_it_is() -> None:
    assert linked("<main>words</main>", ENGLISH, LIBRARY) == "<main>words</main>"


def test_words_of_users_do_not_end_the_data_for_search_engines() -> None:
    hostile = sheet(entry("a", title=HOSTILE), text=HOSTILE)
    twin = linked(TWIN, hostile, replace(LIBRARY, sheets=(hostile,), title=HOSTILE))
    assert Page(twin).scripts == [{"type": "application/ld+json"}]
    assert "</script><script>" in str(data_in(twin)["name"])
    assert "\u202e" not in twin


def test_only_what_was_reviewed_says_when() -> None:
    checked = replace(entry("a"), review_state="reviewed", reviewed="2026-11-01")
    for state, day in (("reviewed", "2026-11-01"), ("expired", None), ("draft", None)):
        one = sheet(replace(checked, review_state=state))
        twin = linked(TWIN, one, replace(LIBRARY, sheets=(one,)))
        assert data_in(twin).get("lastReviewed") == day
