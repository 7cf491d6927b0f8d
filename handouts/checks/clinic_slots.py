"""What is a clinic's own fits the places that a sheet has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handouts.checks.letters import shortened
from handouts.diagnostics import Diagnostic, error
from handouts.rendering.layout import MM_PER_PIXEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.models.clinic import Clinic
    from handouts.models.record import Record
    from handouts.rendering.layout import Area, Layout, TextRun

_SLOT = "slot"
_SLACK_MM = 0.5
"""So far type may reach out of its lines."""
_LINES = 2
"""Of a slot within running words."""


def check_clinic_slots(
    layout: Layout,
    root: Any,
    clinic: Record[Clinic] | None = None,
    *,
    pages: int | None = None,
    path: str | None = None,
) -> list[Diagnostic]:
    """``slot-overflow``: the words in each slot lie inside of it.

    A slot in the text may take a second line where the sheet has room for it. Where a sheet takes
    too many pages, those that do are named.

    Args:
        layout: of the document.
        root: the page; ``data-field`` of a slot names what stands in it.
        clinic: whose words they are; problems lie in its file.
        pages: the sheet may take so many.
        path: the file that diagnostics name without one.
    """
    found = []
    is_too_long = pages is not None and len(layout.pages) > pages
    for index, element in enumerate(root.iter()):
        if _SLOT not in (element.get("class") or "").split():
            continue
        last = index + sum(1 for _ in element.iter()) - 1
        overflows = tuple(_overflows(layout, index, last))
        if is_too_long and not overflows:
            overflows = tuple(_second_lines(layout, index, last))
        for number, words, over in overflows:
            field = _field(element.get("data-field", ""), clinic)
            line, column = clinic.place((field,)) if clinic else (None, None)
            found.append(
                error(
                    "slot-overflow",
                    f"page {number}: `{shortened(words)}` {over}",
                    path=clinic.path if clinic else path,
                    line=line,
                    column=column,
                    hint=f"shorten `{field}`",
                )
            )
    return found


def _overflows(layout: Layout, index: int, last: int) -> Iterator[tuple[int, str, str]]:
    """On which page a slot runs over, its words, and by how much."""
    is_block = False
    lines, words, first = set(), "", 0
    for page in layout.pages:
        runs = [each for each in page.runs if index <= each.index <= last and not each.in_margin]
        for block in page.blocks:
            if block.index == index and not block.in_margin:
                is_block = True
                over = {how: mm for how, mm in _over(block.area, runs).items() if mm > _SLACK_MM}
                if over and runs:
                    sizes = " and ".join(f"{size:.1f} mm too {how}" for how, size in over.items())
                    width, height = (
                        each * MM_PER_PIXEL for each in (block.area.width, block.area.height)
                    )
                    yield (
                        page.number,
                        "".join(each.text for each in runs),
                        f"is {sizes} for its place, which is {width:.0f} by {height:.0f} mm",
                    )
        lines |= {(page.number, round(each.area.bottom)) for each in runs}
        words += "".join(each.text for each in runs)
        first = first or (page.number if runs else 0)
    if not is_block and len(lines) > _LINES:
        yield first, words, f"takes {len(lines)} lines, and has {_LINES}"


def _second_lines(layout: Layout, index: int, last: int) -> Iterator[tuple[int, str, str]]:
    for page in layout.pages:
        runs = [each for each in page.runs if index <= each.index <= last and not each.in_margin]
        if len({round(each.area.bottom) for each in runs}) > 1:
            words = "".join(each.text for each in runs)
            yield page.number, words, "takes two lines, and the sheet has room for one"


def _field(names: str, clinic: Record[Clinic] | None) -> str:
    """The first of the fields of a slot that is filled in."""
    fields = names.split(", ")
    filled = (each for each in fields if clinic and getattr(clinic.value, each, None))
    return next(filled, fields[0])


def _over(area: Area, runs: Iterable[TextRun]) -> dict[str, float]:
    """By how many millimetres words reach out of a slot."""
    right = max((each.area.right for each in runs), default=area.right) - area.right
    left = area.x - min((each.area.x for each in runs), default=area.x)
    bottom = max((each.area.bottom for each in runs), default=area.bottom) - area.bottom
    return {"wide": max(right, left) * MM_PER_PIXEL, "high": bottom * MM_PER_PIXEL}
