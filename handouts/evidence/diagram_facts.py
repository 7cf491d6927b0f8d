"""The facts of a diagram: the numbers of its marks, and what it says of drugs and mechanisms."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from handouts.evidence.facts import DataPath, Fact, PlaceOf
from handouts.models.diagram import DRUGS, Diagram
from handouts.models.provenance import Seen, Sourced
from handouts.models.quantity import Unit

_COUNTED = Sourced(seen=Seen.GENERAL)
"""A number of the drawing is no finding: what it stands for has the source."""


def facts_of_diagram(name: str, diagram: Diagram, path: str, place: PlaceOf) -> Iterator[Fact]:
    """The facts of a diagram.

    Addresses, each after the id of the diagram: ``mark``, the number that is drawn, so that a table
    can print the same; ``mark.label``, what the mark is called; ``drug``, its name and how it acts.
    Words are those of the diagram's first language, as a record's are.
    """
    language = diagram.languages[0]

    def fact(key: str, what: str, value: Decimal | str, source: Sourced, at: DataPath) -> Fact:
        return Fact(
            address=f"{name}.{key}",
            what=what,
            value=value,
            unit=Unit.NONE,
            source=source,
            path=path,
            line=place(at)[0],
        )

    for key, mark in diagram.marks.items():
        label = mark.label[language]
        number = Decimal(diagram.number(key))
        yield fact(key, f"number in the diagram: {label}", number, _COUNTED, ("marks", key))
        yield fact(f"{key}.label", label, label, mark, ("marks", key))
    for key, node in diagram.nodes.items():
        if node.shape in DRUGS:
            words = node.label[language]
            if node.sub is not None:
                words += f", {node.sub[language]}"
            yield fact(key, words, words, node, ("nodes", key))
