"""What is a clinic's own fits the places that a sheet has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handouts.checks.letters import shortened
from handouts.diagnostics import Diagnostic, error
from handouts.rendering.layout import MM_PER_PIXEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.rendering.layout import Area, Layout, TextRun

_SLOT = "slot"
_SLACK_MM = 0.5
"""So far type may reach out of its lines."""


def check_clinic_slots(layout: Layout, root: Any, *, path: str | None = None) -> list[Diagnostic]:
    """``slot-overflow``: the words in each slot lie inside of it.

    Args:
        layout: of the document.
        root: the page; ``data-field`` of a slot names what stands in it.
        path: the clinic's file.
    """
    elements = list(root.iter())
    found = []
    for page in layout.pages:
        for block in page.blocks:
            if _SLOT not in block.classes or block.in_margin:
                continue
            runs = [each for each in page.runs if block.index <= each.index <= block.last]
            over = {
                how: size
                for how, size in _over(block.area, runs).items()
                if size > _SLACK_MM and runs
            }
            if over:
                field = elements[block.index].get("data-field", "")
                words = shortened("".join(each.text for each in runs))
                sizes = " and ".join(f"{size:.1f} mm too {how}" for how, size in over.items())
                found.append(
                    error(
                        "slot-overflow",
                        f"page {page.number}: `{words}` is {sizes} for its place, which is"
                        f" {block.area.width * MM_PER_PIXEL:.0f} by"
                        f" {block.area.height * MM_PER_PIXEL:.0f} mm",
                        path=path,
                        hint=f"shorten `{field}`",
                    )
                )
    return found


def _over(area: Area, runs: Iterable[TextRun]) -> dict[str, float]:
    """By how many millimetres words reach out of a slot."""
    right = max((each.area.right for each in runs), default=area.right) - area.right
    left = area.x - min((each.area.x for each in runs), default=area.x)
    bottom = max((each.area.bottom for each in runs), default=area.bottom) - area.bottom
    return {"wide": max(right, left) * MM_PER_PIXEL, "high": bottom * MM_PER_PIXEL}
