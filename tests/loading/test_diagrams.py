from __future__ import annotations

from pathlib import Path

import pytest

from tests.diagrams import DIAGRAM, TEXT
from tests.loading.small import FACTS, SHEET, library_of, problems_of, small_project
from tests.projects import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path).write(DIAGRAM, TEXT)


def said(project: Project, old: str, new: str) -> list[tuple[str, str]]:
    """Code and line of text of every problem, once the diagram says ``new`` for ``old``."""
    project.replace(DIAGRAM, old, new)
    lines = project.text(DIAGRAM).splitlines()
    found = library_of(project).problems
    assert {each.path for each in found} == {DIAGRAM}
    return [(each.code, lines[(each.line or 0) - 1].strip()) for each in found]


def test_a_diagram_is_a_record_of_the_library(project: Project) -> None:
    library = library_of(project)
    assert library.problems == ()
    assert set(library.diagrams) == {"signals"}
    assert library.diagrams["signals"].path == DIAGRAM


def test_its_facts_can_be_called_in_words(project: Project) -> None:
    project.replace(
        SHEET, "::: questions", "See {{ signals.stuck }} [@signals.drug].\n\n::: questions"
    )
    assert problems_of(project) == []
    assert project.run("check").stderr == ""


def test_its_id_stands_for_it_alone(project: Project) -> None:
    project.copy(DIAGRAM, "content/diagrams/safety.yaml")
    (problem,) = library_of(project).problems
    assert (problem.code, problem.path) == ("duplicate-id", "content/diagrams/safety.yaml")
    assert problem.message == f"`safety` is also the id of {FACTS}"


def test_one_that_contradicts_itself_lends_no_fact(project: Project) -> None:
    project.replace(DIAGRAM, "to: light,", "to: lamp,")
    library = library_of(project)
    assert library.diagrams == {}
    assert library.book.is_broken("signals.stuck")


@pytest.mark.parametrize(
    ("old", "wrong", "name"),
    [
        ("from: switch,", "from: swich,", "swich"),
        ("to: light,", "to: ligth,", "ligth"),
        ("to: switch-light,", "to: swich-light,", "swich-light"),
        ("to: switch-light,", "to: drug-light,", "drug-light"),
        ("part_of: switch", "part_of: swich", "swich"),
        ("at: knob", "at: nob", "nob"),
        ("          light: [70", "          lamp: [70", "lamp"),
        ("          switch-light: []", "          swich-light: []", "swich-light"),
        ("          stuck: {at: [20", "          stack: {at: [20", "stack"),
        ("          inside: {box: [0, 0, 100", "          insight: {box: [0, 0, 100", "insight"),
        ("    caption:", "    labels: {lamp: {en: Lamp}}\n    caption:", "lamp"),
    ],
)
def test_a_name_that_leads_nowhere_is_told_where_it_stands(
    project: Project, old: str, wrong: str, name: str
) -> None:
    found = said(project, old, wrong)
    assert [text for code, text in found if code == "unknown-node" and name in text]


def test_a_line_without_its_ends_is_told_where_it_is_laid_out(project: Project) -> None:
    found = said(project, "          light: [70, 2, 20, 14]\n", "")
    assert ("unknown-node", "switch-light: []") in found
    assert "layouts-differ" in [code for code, _ in found]


def test_a_mark_without_its_node_is_told(project: Project) -> None:
    found = said(project, "          knob: [4, 8, 16, 6]\n", "")
    assert ("unknown-node", "stuck: {at: [20, 8]}") in found


def test_large_print_shows_the_same_things(project: Project) -> None:
    found = said(project, "          worn: {at: [120, 16]}\n", "")
    assert found == [("layouts-differ", "lost: {}")]


def test_two_boxes_over_each_other_are_told_at_the_second(project: Project) -> None:
    assert said(project, "drug: [36, 20,", "drug: [12, 10,") == [
        ("overlapping-nodes", "drug: [12, 10, 20, 9]"),
        ("overlapping-nodes", "drug: [12, 10, 20, 9]"),  # the switch, and the knob on it
    ]


def test_a_part_lies_wholly_in_its_receptor_or_outside_of_it(project: Project) -> None:
    assert said(project, "knob: [4, 8, 16, 6]", "knob: [4, 8, 19, 6]") == [
        ("overlapping-nodes", "knob: [4, 8, 19, 6]"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("light: [70, 2,", "light: [85, 2,"),
        ("light: [70, 2,", "light: [70, -1,"),
        ("inside: {box: [0, 0, 100, 40]", "inside: {box: [0, 0, 100, 41]"),
        ("key: [2, 30, 96, 9]", "key: [2, 30, 99, 9]"),
    ],
)
def test_a_box_that_leaves_the_drawing_is_told(project: Project, old: str, new: str) -> None:
    ((code, text),) = said(project, old, new)
    assert code == "outside-canvas"
    assert new in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stuck: {at: [20, 8]}", "stuck: {at: [26, 8]}"),
        ("worn: {at: [60, 9]}", "worn: {at: [60, 13]}"),
        ("stuck: {at: [20, 8]}", "stuck: {}"),
        ("lost: {}", "lost: {at: [20, 8]}"),
    ],
)
def test_a_mark_that_does_not_touch_what_it_marks_is_told(
    project: Project, old: str, new: str
) -> None:
    assert said(project, old, new) == [("mark-off-node", new)]


def test_what_has_no_source_or_place_needs_a_key(project: Project) -> None:
    ((code, text),) = said(project, "        key: [2, 30, 96, 9]\n", "")
    assert (code, text) == ("missing-key", "- label_pt: 8")


def test_an_id_names_one_thing_of_a_diagram(project: Project) -> None:
    found = said(project, "marks:\n  lost:", "marks:\n  light:")
    assert (
        "duplicate-id",
        "light: {label: {en: Lost}, sources: [MADE-UP-1], seen: abstract}",
    ) in found


def test_every_label_is_there_in_every_language(project: Project) -> None:
    found = said(project, "languages: [en]", "languages: [en, es]")
    assert {code for code, _ in found} == {"missing-label"}
    assert ("missing-label", "activates: {en: activates}") in found
    assert ("missing-label", "alt: {en: A switch turns on a light.}") in found


def test_and_in_no_other(project: Project) -> None:
    ((code, text),) = said(project, "label: {en: light}", "label: {en: light, es: luz}")
    assert code == "unknown-language"
    assert "es: luz" in text


def test_a_source_nobody_listed_is_told(project: Project) -> None:
    source = "{en: light}, sources: [MADE-UP-1]"
    ((code, text),) = said(project, source, source.replace("1", "2"))
    assert code == "unknown-source"
    assert text.startswith("light:")


def test_a_thing_that_names_no_source_is_told(project: Project) -> None:
    ((code, text),) = said(project, "kind: activates, sources: [MADE-UP-1],", "kind: activates,")
    assert code == "no-source"
    assert text.startswith("switch-light:")


@pytest.mark.parametrize("alt", ["Too short.", "Far too long. " * 20])
def test_an_alt_text_has_20_to_250_characters(project: Project, alt: str) -> None:
    ((code, text),) = said(project, "{en: A switch turns on a light.}", f'{{en: "{alt}"}}')
    assert code == "wrong-value"
    assert text.startswith("alt:")


def test_a_number_in_a_label_is_told_where_it_stands(project: Project) -> None:
    project.replace(DIAGRAM, "sub: {en: slow}", "sub: {en: slow for 5 hours}")
    lines = project.text(DIAGRAM).splitlines()
    line = next(i for i, text in enumerate(lines, 1) if "slow for 5" in text)
    column = lines[line - 1].index("5 hours") + 1
    assert f"{DIAGRAM}:{line}:{column}: error: the number `5`" in project.run("check").stderr
