"""The components that words can be placed in, and what each of them needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handouts.models.edition import Kind
from handouts.models.priority import Priority

_PATIENT = frozenset({Kind.PATIENT})
_COMPARISON = frozenset({Kind.COMPARISON})
_CLINICIAN = frozenset({Kind.COMPARISON, Kind.REFERENCE})

BESIDE, ABOVE = "beside", "above"
"""Where the words of a risk pair stand: beside its pictures takes less height."""

SPLITS = ("even", "wide-first", "wide-second")
"""How columns share the width of a page."""

OPTIONAL = "optional"
"""The component whose words are left off when a page is full."""

AT_ONCE = 7
"""Items of a list that a reader can take in (CDC Clear Communication Index, item 8)."""

_DROPPABLE = tuple(str(each) for each in Priority if each is not Priority.REQUIRED)


@dataclass(frozen=True, slots=True)
class ComponentRule:
    """What a component is written with.

    Attributes:
        kinds: documents it may stand in.
        needs: arguments that must be given.
        takes: arguments that may be given.
        says: arguments that are words, which a translation has in its own language.
        has_words: whether it holds words of its own.
        choices: what an argument may be, where it is one of a few words.
        required: whether every document of these kinds must have one.
        within: the component it must stand in, if any.
        holds: the only thing it may hold: exactly one ``table``, exactly one ``ordered list``, or
            components of that name.
        most: items of its list or rows of its table at most, 0 for any number.
        columns: columns of its table, 0 for any number.
    """

    kinds: frozenset[Kind] = _PATIENT
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    has_words: bool = True
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    required: bool = False
    within: str | None = None
    holds: str | None = None
    most: int = 0
    columns: int = 0


COMPONENTS = {
    "main-points": ComponentRule(required=True),
    "call-us": ComponentRule(required=True),
    "risk-pair": ComponentRule(
        needs=("fact", "first", "second"),
        takes=("words",),
        says=("first", "second"),
        has_words=False,
        choices={"words": (ABOVE, BESIDE)},
    ),
    "evidence-group": ComponentRule(needs=("certainty",), says=("certainty",)),
    "words-to-know": ComponentRule(needs=("terms",), says=("terms",), has_words=False),
    "write-in": ComponentRule(),
    "questions": ComponentRule(required=True),
    "teach-back": ComponentRule(),
    "steps": ComponentRule(holds="ordered list", most=AT_ONCE),
    "calendar": ComponentRule(
        needs=("cycle", "first", "first-days"),
        takes=("second", "second-days", "third", "third-days"),
        says=("first", "second", "third"),
        has_words=False,
    ),
    "side-effects": ComponentRule(takes=("serious",), holds="table", most=AT_ONCE, columns=4),
    "diagram": ComponentRule(kinds=_PATIENT | _CLINICIAN, needs=("name", "view"), has_words=False),
    "in-short": ComponentRule(kinds=_CLINICIAN, required=True),
    "columns": ComponentRule(
        kinds=_CLINICIAN, takes=("split",), choices={"split": SPLITS}, holds="column"
    ),
    "flow": ComponentRule(kinds=_CLINICIAN),
    "column": ComponentRule(kinds=_CLINICIAN, within="columns"),
    "table": ComponentRule(kinds=_CLINICIAN, needs=("caption",), takes=("widths",), holds="table"),
    OPTIONAL: ComponentRule(
        kinds=_CLINICIAN, needs=("priority", "name"), choices={"priority": _DROPPABLE}
    ),
    "comparison-table": ComponentRule(kinds=_COMPARISON, has_words=False, required=True),
    "comparison-forest": ComponentRule(kinds=_COMPARISON, has_words=False, required=True),
    "stained-cells": ComponentRule(needs=("stains",), holds="table"),
}
"""By name. Each has a template and a stylesheet of the same name."""
