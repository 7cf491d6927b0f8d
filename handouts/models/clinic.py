"""What is a clinic's own on a sheet: its name, its phones, its hours. Never clinical words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, StringConstraints

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
"""A colour as #RRGGBB: it goes into a stylesheet, so nothing else may."""

PhoneNumber = Annotated[
    str, StringConstraints(pattern=r"^(?:write-in|[+(]?[0-9][0-9 ()./-]*[0-9]( ext\.? [0-9]+)?)$")
]
"""A number that can be dialled, or ``write-in``."""

Words = Annotated[str, StringConstraints(pattern=r"^\S[^\n]*$")]
"""One line of words, not blank."""

WRITE_IN = "write-in"
"""Stands for a phone number that is filled in by hand: a line is printed for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number to call. ``number`` is a phone number or ``write-in``; ``hours`` are in words."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    number: PhoneNumber
    hours: Words | None = None

    @property
    def is_written_in(self) -> bool:
        """Whether the sheet prints a line instead of a number."""
        return self.number == WRITE_IN


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """A clinic that hands sheets out.

    Attributes:
        name: as in the masthead; ``write-in`` prints a line for a stamp.
        day: the number by day.
        night: the number at night and on holidays, or None if there is none.
        night_instruction: what to do at night where there is no number.
        emergency: the emergency number of the country, or ``write-in``.
        feedback: where to say that a sheet is unclear, or ``write-in``.
        brand: main colour as #RRGGBB, or None for the built-in one.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: Words
    day: Phone
    night: Phone | None = None
    night_instruction: Words | None = None
    emergency: Phone
    feedback: Words
    brand: Colour | None = None
