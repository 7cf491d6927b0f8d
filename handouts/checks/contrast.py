"""Words can be told from what is behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.checks.letters import shortened
from handouts.diagnostics import Diagnostic, error
from handouts.rendering.brand import contrast

if TYPE_CHECKING:
    from handouts.rendering.layout import Colour, Layout


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
