from __future__ import annotations

from decimal import Decimal
from functools import cache

from handouts.evidence.diagram_facts import facts_of_diagram
from handouts.evidence.facts import FactBook
from handouts.loading.library import load_library
from handouts.models.diagram import DRUGS, Diagram
from handouts.models.provenance import Seen
from handouts.models.quantity import Unit
from handouts.models.record import Record
from tests.projects import ROOT


@cache
def pathways() -> Record[Diagram]:
    return load_library(ROOT / "content", ROOT).diagrams["her2-pathways"]


@cache
def book() -> FactBook:
    record = pathways()
    found = facts_of_diagram(record.id, record.value, record.path, record.place)
    return FactBook({each.address: each for each in found})


def test_marks_are_numbered_from_one_in_their_order() -> None:
    order = [
        "kmt2c", "l755s", "egfr", "pik3ca", "pten", "ras", "p95", "cyclin-e", "bypass", "shift",
    ]  # fmt: skip
    assert list(pathways().value.marks) == order
    for number, name in enumerate(order, 1):
        fact = book().facts[f"her2-pathways.{name}"]
        assert (fact.value, fact.unit) == (Decimal(number), Unit.NONE)
        assert pathways().value.number(name) == number


def test_a_mark_has_the_source_of_its_record() -> None:
    for name, mark in pathways().value.marks.items():
        assert book().facts[f"her2-pathways.{name}.label"].source is mark
        assert book().facts[f"her2-pathways.{name}"].source.seen is Seen.GENERAL  # only a number


def test_what_nobody_has_seen_is_unverified_here_too() -> None:
    facts = book().facts
    assert facts["her2-pathways.egfr.label"].is_unverified
    assert facts["her2-pathways.lapatinib"].is_unverified
    assert not facts["her2-pathways.pten.label"].is_unverified
    assert not facts["her2-pathways.neratinib"].is_unverified


def test_labels_of_marks_and_drugs_can_be_printed() -> None:
    facts = book().facts
    assert facts["her2-pathways.pten.label"].value == "PTEN loss"
    assert facts["her2-pathways.neratinib"].value == "neratinib, irreversible: EGFR, HER2, HER4"
    drugs = [name for name, node in pathways().value.nodes.items() if node.shape in DRUGS]
    assert len(drugs) == 5
    assert len(facts) == 2 * len(pathways().value.marks) + len(drugs)


def test_each_fact_knows_its_line() -> None:
    lines = (ROOT / pathways().path).read_text(encoding="utf-8").splitlines()
    for name in pathways().value.marks:
        line = lines[book().facts[f"her2-pathways.{name}"].line - 1]
        assert line.strip().startswith((f"{name}:", "at:", "label:")), line


def test_the_library_has_them_in_its_book() -> None:
    library = load_library(ROOT / "content", ROOT)
    assert set(book().facts) <= set(library.book.names())


def test_nothing_in_the_drawing_is_without_a_source_and_without_a_sign_of_that() -> None:
    diagram = pathways().value
    for each in (*diagram.nodes.values(), *diagram.edges.values(), *diagram.marks.values()):
        assert each.sources or each.seen in (Seen.OWN_KNOWLEDGE, Seen.GENERAL)
