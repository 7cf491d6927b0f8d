"""What a clinic fills in for one patient stands in its slot, whole, and nowhere else."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import fields
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import tostring

from handouts.diagnostics import Diagnostic, error
from handouts.models.patient import PatientDetails
from handouts.rendering.layout import MM_PER_PIXEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.rendering.layout import Block, Layout, PageLayout, TextRun

SLOT = "patient-"
"""The id of a slot is this and the name of its field."""

_SLOTS = frozenset(f"{SLOT}{each.name}" for each in fields(PatientDetails))

_TOLERANCE = 0.5
"""CSS pixels: what rounding leaves."""


def check_slots(
    layout: Layout, details: PatientDetails, *, path: str | None = None
) -> list[Diagnostic]:
    """``no-slot``, ``does-not-fit``: each detail stands in its slot, and no message says it.

    Args:
        layout: of the sheet.
        details: what was filled in.
        path: the file that diagnostics name.
    """
    return [
        found
        for each in fields(details)
        for found in _in_slot(layout, each.name, getattr(details, each.name), path)
    ]


def check_elsewhere(root: Any, blank: Any, *, path: str | None = None) -> list[Diagnostic]:
    """``outside-its-slot``: but for the words in the slots, a sheet with details is as without.

    Every element and every attribute is compared: a name in the address of a link would leave the
    house with the first tap.

    Args:
        root: the element ``html`` of the page with the details.
        blank: that of the same page without.
        path: the file that diagnostics name.
    """
    if _without_details(root) == _without_details(blank):
        return []
    return [
        error(
            "outside-its-slot",
            "the patient's details would also stand outside of their slots",
            path=path,
            hint="a template prints them in another place",
        )
    ]


def _without_details(root: Any) -> bytes:
    page = deepcopy(root)
    for slot in page.iter():
        if slot.get("id") in _SLOTS and all(map(_only_shows, list(slot.iter())[1:])):
            slot[:] = []
            slot.text = None
    return tostring(page)


def _only_shows(element: Any) -> bool:
    """Whether an element does no more than set its words apart."""
    return element.tag in ("bdi", "br", "span") and set(element.keys()) <= {"dir"}


def _in_slot(layout: Layout, name: str, text: str, path: str | None) -> Iterator[Diagnostic]:
    slots = [
        (page, block)
        for page in layout.pages
        for block in page.blocks
        if block.identifier == SLOT + name and not block.in_margin
    ]
    if len(slots) != 1:
        yield error(
            "no-slot",
            f"the sheet has {len(slots)} slots for the {name}, not 1",
            path=path,
            hint="a template of the project leaves it out, or is older than the slots",
        )
        return
    page, slot = slots[0]
    runs = list(_runs(page, slot))
    if _letters("".join(each.text for each in runs)) != _letters(text):
        yield error("no-slot", f"the slot for the {name} does not print it whole", path=path)
        return
    below = [each for each in runs if each.area.bottom > slot.area.bottom + _TOLERANCE]
    over = max((each.area.right for each in runs), default=0.0) - slot.area.right
    under = slot.area.x - min((each.area.x for each in runs), default=slot.area.x)
    sideways = max(over, under)
    if not below and sideways <= _TOLERANCE:
        return
    too_long = sum(len(each.text.strip()) for each in below)
    height = max((each.area.bottom for each in below), default=slot.area.bottom)
    millimetres = max(height - slot.area.bottom, sideways) * MM_PER_PIXEL
    by = f"by {millimetres:.1f} mm" + (f", about {too_long} letters" if too_long else "")
    yield error(
        "does-not-fit",
        f"the {name} runs over its slot {by}",
        path=path,
        hint="shorten it: a slot does not grow, so that the words of the sheet stay in their place",
    )


def _runs(page: PageLayout, slot: Block) -> Iterator[TextRun]:
    for run in page.runs:
        if slot.index <= run.index <= slot.last:
            yield run


def _letters(text: str) -> str:
    """Without blanks, and without the isolates that keep a name in its own direction."""
    return "".join(each for each in text if each.isprintable() and not each.isspace())
