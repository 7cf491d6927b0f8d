from __future__ import annotations

import pytest

from handouts.loading.components import component_problems
from handouts.markdown.parsing import parse_blocks
from handouts.models.components import COMPONENTS
from handouts.models.edition import Kind

WRITTEN = [Kind.PATIENT, Kind.COMPARISON, Kind.REFERENCE]
"""Kinds of documents whose words are Markdown."""

KIND = {
    name: next(kind for kind in WRITTEN if kind in rule.kinds) for name, rule in COMPONENTS.items()
}
"""A kind of document that a component may stand in."""

ARGUMENTS = {"priority": "low", "split": "even", "widths": "40 60"}
WORDS = "words\n"
LIST = "\n1. Do this.\n2. Do that.\n"


def table(columns: int, rows: int = 1) -> str:
    """A table of so many columns and rows."""
    lines = ["| a " * columns, "|---" * columns, *(["| c " * columns] * rows)]
    return "\n" + "".join(f"{line}|\n" for line in lines)


TABLE = table(2)


def component(name: str, words: str, *, without: str | None = None) -> str:
    """A component with the arguments it needs, but for one."""
    needs = COMPONENTS[name].needs
    given = [f"{each}={ARGUMENTS.get(each, 'x')}" for each in needs if each != without]
    return f"::: {' '.join([name, *given])}\n{words}:::"


def written(name: str, *, without: str | None = None) -> str:
    """A component as it is to be written, but for one argument."""
    rule = COMPONENTS[name]
    if rule.within:
        return f"::::: {rule.within}\n{component(name, WORDS, without=without)}\n:::::"
    if rule.holds == "table":
        return component(name, table(rule.columns or 2), without=without)
    if rule.holds == "ordered list":
        return component(name, LIST, without=without)
    if rule.holds:
        return f":::: {name}\n{component(rule.holds, WORDS)}\n::::"
    return component(name, WORDS if rule.has_words else "", without=without)


def required(kind: Kind) -> str:
    """Everything that a document of a kind can't do without."""
    names = [name for name, rule in COMPONENTS.items() if rule.required and kind in rule.kinds]
    return "\n".join(written(name) for name in names)


def problems(text: str, kind: Kind = Kind.PATIENT, *, whole: bool = False) -> list[str]:
    """What is wrong with a text that otherwise has all required components."""
    words = text if whole else f"{text}\n{required(kind)}"
    return [
        f"{each.line} {each.code} {each.message}"
        for each in component_problems(parse_blocks(words, "a.md"), kind, "a.md")
    ]


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_can_be_written(name: str) -> None:
    for kind in COMPONENTS[name].kinds & set(WRITTEN):
        assert problems(written(name), kind) == []


@pytest.mark.parametrize("name", COMPONENTS)
def test_no_component_stands_in_a_document_of_another_kind(name: str) -> None:
    for kind in set(WRITTEN) - COMPONENTS[name].kinds:
        (problem, *_) = problems(written(name), kind)
        assert problem == f"1 unknown-component there is no component `{name}`" or (
            COMPONENTS[name].within is not None
        )


def test_an_unknown_component_is_told_with_the_nearest_one() -> None:
    text = f"::: cal-us\nx\n:::\n{required(Kind.PATIENT)}"
    (problem,) = component_problems(parse_blocks(text, "a.md"), Kind.PATIENT, "a.md")
    assert (problem.code, problem.place) == ("unknown-component", "a.md:1:1")
    assert problem.hint == "did you mean `call-us`?"


@pytest.mark.parametrize(
    ("name", "argument"), [(name, each) for name, rule in COMPONENTS.items() for each in rule.needs]
)
def test_every_argument_it_needs_must_be_given(name: str, argument: str) -> None:
    assert problems(f"\n{written(name, without=argument)}", KIND[name]) == [
        f"2 missing-argument component `{name}` needs `{argument}=...`"
    ]


def test_an_argument_it_does_not_take_is_told() -> None:
    assert problems("::: questions colour=red\nx\n:::") == [
        "1 unknown-argument component `questions` takes no `colour`"
    ]


def test_an_argument_that_is_one_of_a_few_words_is_held_to_them() -> None:
    text = "::: optional priority=lowest name=x\nwords\n:::"
    assert problems(text, Kind.REFERENCE) == [
        "1 wrong-value `priority` must be one of: high, medium, low, not `lowest`"
    ]


@pytest.mark.parametrize("name", [name for name, rule in COMPONENTS.items() if rule.has_words])
def test_one_that_holds_words_can_not_be_empty(name: str) -> None:
    empty = component(name, "")
    if COMPONENTS[name].within:
        empty = f":::: {COMPONENTS[name].within}\n{empty}\n::::"
    line = 2 if COMPONENTS[name].within else 1
    assert problems(empty, KIND[name]) == [
        f"{line} empty-component component `{name}` holds no words"
    ]


@pytest.mark.parametrize("name", [name for name, rule in COMPONENTS.items() if not rule.has_words])
def test_one_without_words_holds_none(name: str) -> None:
    text = component(name, WORDS)
    assert problems(text, KIND[name]) == [
        f"1 words-not-allowed component `{name}` takes no words of its own"
    ]


@pytest.mark.parametrize("kind", WRITTEN)
def test_required_ones_can_not_be_left_out(kind: Kind) -> None:
    names = [name for name, rule in COMPONENTS.items() if rule.required and kind in rule.kinds]
    assert names
    found = problems("words", kind, whole=True)
    assert len(found) == len(names)
    for problem, name in zip(found, names, strict=True):
        assert problem.startswith("None missing-component every ")
        assert problem.endswith(f"needs the component `{name}`")


def test_a_column_stands_only_in_columns() -> None:
    assert problems("::: column\nwords\n:::", Kind.REFERENCE) == [
        "1 misplaced-component component `column` stands only in `columns`"
    ]


def test_words_that_columns_would_not_print_are_told() -> None:
    text = ":::: columns\nlost\n\n::: column\nwords\n:::\n::::"
    assert problems(text, Kind.REFERENCE) == [
        "2 misplaced-words component `columns` holds nothing but `column` components"
    ]


@pytest.mark.parametrize(("words", "line"), [(f"lost\n{TABLE}", 2), (f"{TABLE}{TABLE}", 5)])
def test_words_that_a_table_would_not_print_are_told(words: str, line: int) -> None:
    (problem,) = problems(component("table", words), Kind.REFERENCE)
    assert problem.endswith("misplaced-words component `table` holds nothing but one table")


@pytest.mark.parametrize("widths", ["100", "30 30 40", "a b", "30 -70", "300 20"])
def test_widths_are_those_of_the_columns(widths: str) -> None:
    text = f'::: table caption=x widths="{widths}"\n{TABLE}:::'
    assert problems(text, Kind.REFERENCE) == [
        "1 wrong-value `widths` must be 2 numbers, per cent of the table's width"
    ]


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_every_document_must_have_cannot_be_left_off(kind: Kind) -> None:
    names = [name for name, rule in COMPONENTS.items() if rule.required and kind in rule.kinds]
    if kind not in COMPONENTS["optional"].kinds:
        return
    for name in names:
        inner = written(name)
        text = f":::::::: optional priority=low name=x\n{inner}\n::::::::"
        assert any("misplaced-component" in each for each in problems(text, kind)), name


def test_an_argument_given_twice_is_told() -> None:
    text = "::: optional priority=low name=x name=y\nwords\n:::"
    assert problems(text, Kind.REFERENCE) == ["1 duplicate-argument `name` is given more than once"]


@pytest.mark.parametrize("words", ["- Do this.\n", "words\n", f"{LIST}\nmore\n"])
def test_steps_are_one_numbered_list_and_nothing_else(words: str) -> None:
    (problem,) = problems(component("steps", words))
    assert problem.endswith("misplaced-words component `steps` holds nothing but one ordered list")


def test_steps_are_as_many_as_a_reader_can_take_in() -> None:
    seven = "".join(f"{number}. Do it.\n" for number in range(1, 8))
    assert problems(component("steps", seven)) == []
    assert problems(component("steps", f"{seven}8. Do it.\n")) == [
        "2 too-many-parts component `steps` has 8 items, at most 7"
    ]


def test_side_effects_are_as_many_as_a_reader_can_take_in() -> None:
    assert problems(component("side-effects", table(4, 7))) == []
    assert problems(component("side-effects", table(4, 8))) == [
        "3 too-many-parts component `side-effects` has 8 rows, at most 7"
    ]


@pytest.mark.parametrize("columns", [3, 5])
def test_side_effects_have_the_columns_that_are_printed(columns: int) -> None:
    assert problems(component("side-effects", table(columns))) == [
        f"3 wrong-columns component `side-effects` has 4 columns, this table has {columns}"
    ]
