"""Colours as they look in grey and to people who see fewer of them."""

from __future__ import annotations

from math import cbrt, hypot
from typing import TYPE_CHECKING

from handouts.rendering.brand import luminance

if TYPE_CHECKING:
    from handouts.rendering.layout import Colour

_Matrix = tuple[tuple[float, float, float], ...]

DEFICIENCIES: dict[str, _Matrix] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What linear red, green and blue become: Machado, Oliveira and Fernandes, IEEE Trans Vis Comput
Graph 2009;15:1291, severity 1."""

_WHITE = (0.95047, 1.0, 1.08883)
"""D65 in XYZ (IEC 61966-2-1)."""


def lightness(colour: Colour) -> float:
    """L* of a colour, from 0 to 100 (CIE 1976), as a printer without colour shows it."""
    return 116 * _cube(luminance(colour)) - 16


def as_seen_with(deficiency: str, colour: Colour) -> Colour:
    """What somebody with that kind of colour vision sees."""
    linear = [_linear(part) for part in colour]
    seen = (
        sum(weight * part for weight, part in zip(row, linear, strict=True))
        for row in DEFICIENCIES[deficiency]
    )
    red, green, blue = (_encoded(min(1.0, max(0.0, part))) for part in seen)
    return red, green, blue


def distance(first: Colour, second: Colour) -> float:
    """How different two colours look: the distance in CIE L*a*b* (CIE 1976)."""
    one, other = _lab(first), _lab(second)
    return hypot(*(a - b for a, b in zip(one, other, strict=True)))


def _lab(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = (_linear(part) for part in colour)
    x = 0.4124564 * red + 0.3575761 * green + 0.1804375 * blue
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = 0.0193339 * red + 0.1191920 * green + 0.9503041 * blue
    fx, fy, fz = (_cube(part / white) for part, white in zip((x, y, z), _WHITE, strict=True))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _cube(part: float) -> float:
    return cbrt(part) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)
