from __future__ import annotations

import pytest

from handouts.models.source import Name, Source, Tier
from handouts.rendering.citations import line_citation, short_citation


def source(**fields: object) -> Source:
    given: dict[str, object] = {
        "title": "A long title", "type": "report", "tier": Tier.PRIMARY, "read": "abstract",
    }  # fmt: skip
    return Source(**given | fields)  # type: ignore[arg-type]


ARTICLE = source(
    author=(Name(family="Murthy", given="RK"), Name(family="Loi", given="S")),
    container_title="N Engl J Med", issued="2020", volume="382", page="597-609",
)  # fmt: skip


def test_an_article_is_named_by_its_first_author() -> None:
    assert short_citation(ARTICLE) == "Murthy, N Engl J Med, 2020"
    assert line_citation(ARTICLE) == "Murthy, N Engl J Med 2020;382:597"


def test_a_body_is_an_author_too() -> None:
    body = source(author=(Name(literal="The Group"),), issued="2020")
    assert short_citation(body) == "The Group, 2020"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"title_short": "Tukysa, US label", "issued": "January 2023"}, "Tukysa, US label, 2023"),
        ({"title_short": "Tukysa, US label"}, "Tukysa, US label"),
        ({"title": "Tucatinib", "issued": "2022"}, "Tucatinib, 2022"),
        ({"title": "Tukysa", "issued": "January 2023 and later"}, "Tukysa, January 2023 and later"),
    ],
)
def test_what_has_no_author_is_named_by_its_title(fields: dict[str, object], text: str) -> None:
    assert short_citation(source(**fields)) == text
    assert line_citation(source(**fields)) == text


def test_a_short_title_is_used_before_an_author() -> None:
    assert short_citation(source(author=(Name(family="Lin"),), title_short="Report")) == "Report"


def test_an_author_without_a_journal_is_named_with_the_title() -> None:
    assert line_citation(source(author=(Name(family="Lin"),))) == "Lin, A long title"
