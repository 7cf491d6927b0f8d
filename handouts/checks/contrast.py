"""Words can be told from what is behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.checks.letters import shortened
from handouts.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from handouts.rendering.layout import Colour, Layout

LEAST_FOR_PATIENTS = 7.0
LEAST = 4.5


def check_contrast(layout: Layout, *, least: float, path: str | None = None) -> list[Diagnostic]:
    """``low-contrast``: the ratio of each text to its background is that of WCAG 2.2.

    Large and bold type may have less there (1.4.3, 1.4.6); on paper that is printed in grey it may
    not here.

    Args:
        layout: of the document.
        least: the smallest ratio, 7 for patients (1.4.6) and 4.5 for clinicians (1.4.3).
        path: the file that diagnostics name.
    """
    worst: dict[tuple[Colour, Colour | None], tuple[int, str]] = {}
    for page in layout.pages:
        for run in page.runs:
            if run.text.strip():
                worst.setdefault((run.ink, run.paper), (page.number, run.text))
    hint = "choose a darker colour, or a lighter background"
    found = []
    for (ink, paper), (number, text) in worst.items():
        name = f"page {number}: `{shortened(text)}`"
        if paper is None:
            message = f"{name} has a picture behind it: its contrast can't be told"
            found.append(error("low-contrast", message, path=path, hint=hint))
        elif (ratio := contrast(ink, paper)) < least:
            message = (
                f"{name} has a contrast of {ratio:.1f} to 1 to what is behind it; the least is"
                f" {least:g}"
            )
            found.append(error("low-contrast", message, path=path, hint=hint))
    return found


def contrast(first: Colour, second: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition)."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """The relative luminance of a colour, from 0 to 1 (WCAG 2.2, definition)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
