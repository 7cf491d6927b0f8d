from __future__ import annotations

import pytest

from handouts.loading.components import component_problems
from handouts.markdown.parsing import parse_blocks
from handouts.models.components import COMPONENTS

REQUIRED = "\n".join(
    f"::: {name}\nwords\n:::" for name, rule in COMPONENTS.items() if rule.required
)


def written(name: str, *, without: str | None = None) -> str:
    """A component as it is to be written, but for one argument."""
    rule = COMPONENTS[name]
    arguments = " ".join(f"{each}=x" for each in rule.needs if each != without)
    words = "\nwords" if rule.has_words else ""
    return f"::: {name} {arguments}".rstrip() + f"{words}\n:::"


def problems(text: str, *, whole: bool = False) -> list[str]:
    """What is wrong with a text that otherwise has all required components."""
    words = text if whole else f"{text}\n{REQUIRED}"
    return [
        f"{each.line} {each.code} {each.message}"
        for each in component_problems(parse_blocks(words, "a.md"), "a.md")
    ]


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_can_be_written(name: str) -> None:
    assert problems(written(name)) == []


def test_an_unknown_component_is_told_with_the_nearest_one() -> None:
    (problem,) = component_problems(parse_blocks(f"::: cal-us\nx\n:::\n{REQUIRED}", "a.md"), "a.md")
    assert (problem.code, problem.place) == ("unknown-component", "a.md:1:1")
    assert problem.hint == "did you mean `call-us`?"


@pytest.mark.parametrize(
    ("name", "argument"), [(name, each) for name, rule in COMPONENTS.items() for each in rule.needs]
)
def test_every_argument_it_needs_must_be_given(name: str, argument: str) -> None:
    assert problems(f"\n{written(name, without=argument)}") == [
        f"2 missing-argument component `{name}` needs `{argument}=...`"
    ]


def test_an_argument_it_does_not_take_is_told() -> None:
    assert problems("::: questions colour=red\nx\n:::") == [
        "1 unknown-argument component `questions` takes no `colour`"
    ]


@pytest.mark.parametrize("name", [name for name, rule in COMPONENTS.items() if rule.has_words])
def test_one_that_holds_words_can_not_be_empty(name: str) -> None:
    text = written(name).replace("\nwords", "")
    assert problems(text) == [f"1 empty-component component `{name}` holds no words"]


@pytest.mark.parametrize("name", [name for name, rule in COMPONENTS.items() if not rule.has_words])
def test_one_without_words_holds_none(name: str) -> None:
    text = written(name).replace("\n:::", "\nwords\n:::")
    assert problems(text) == [f"1 words-not-allowed component `{name}` takes no words of its own"]


def test_required_ones_can_not_be_left_out() -> None:
    required = [name for name, rule in COMPONENTS.items() if rule.required]
    assert {"main-points", "call-us", "questions"} <= set(required)
    assert problems("words", whole=True) == [
        f"None missing-component every handout needs the component `{name}`" for name in required
    ]
