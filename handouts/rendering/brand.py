"""A clinic's colours on a sheet: the main one, the tint that goes with it, their contrast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from handouts.models.clinic import Clinic
    from handouts.models.record import Record
    from handouts.rendering.layout import Colour

LEAST_FOR_PATIENTS = 7.0
LEAST = 4.5
"""Contrast of words to what is behind them (WCAG 2.2, 1.4.6 and 1.4.3)."""

_TINT = 0.08
"""Share of the main colour in the tint behind boxes; the rest is white."""

_STEPS = 100


@dataclass(frozen=True, slots=True)
class Brand:
    """The colours of a clinic, as #rrggbb."""

    main: str
    tint: str

    @property
    def css(self) -> str:
        """The design tokens that they take the place of."""
        return f"--brand: {self.main}; --brand-tint: {self.tint}"


def brand_of(clinic: Clinic) -> Brand | None:
    """The colours of a clinic; None if it has none of its own."""
    if clinic.brand is None:
        return None
    return Brand(clinic.brand, _hex(_tint(_colour(clinic.brand))))


def brand_problems(record: Record[Clinic], paper: str, *, least: float) -> tuple[Diagnostic, ...]:
    """``clinic-contrast``: headings in the clinic's colour can be read on paper and in boxes.

    Args:
        record: of the clinic.
        paper: the colour of the page, as #rrggbb or #rgb.
        least: the smallest ratio (WCAG 2.2, 1.4.3 and 1.4.6).
    """
    value = record.value.brand
    if value is None:
        return ()
    page = _colour(paper)
    ratio = _least_contrast(_colour(value), page)
    if ratio >= least:
        return ()
    line, column = record.place(("brand",))
    return (
        error(
            "clinic-contrast",
            f"`brand` {value} has a contrast of {ratio:.1f} to 1 to what is behind its words; the"
            f" least is {least:g}",
            path=record.path,
            line=line,
            column=column,
            hint=f'a darker one of the same hue passes: `brand: "{_darker(value, page, least)}"`',
        ),
    )


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


def _darker(value: str, page: Colour, least: float) -> str:
    """The lightest shade of a colour that passes."""
    red, green, blue = _colour(value)
    for step in range(_STEPS + 1):
        share = 1 - step / _STEPS
        shade = _hex((red * share, green * share, blue * share))
        if _least_contrast(_colour(shade), page) >= least:
            return shade
    return _hex((0.0, 0.0, 0.0))


def _least_contrast(colour: Colour, page: Colour) -> float:
    tint = _colour(_hex(_tint(colour)))
    return min(contrast(colour, page), contrast(colour, tint))


def _tint(colour: Colour) -> Colour:
    red, green, blue = (_TINT * part + 1 - _TINT for part in colour)
    return red, green, blue


def _colour(value: str) -> Colour:
    digits = value.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(each * 2 for each in digits)
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
