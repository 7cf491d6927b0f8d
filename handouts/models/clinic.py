"""What is a clinic's own on a sheet: its name, its phones, its hours. Never clinical words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, StringConstraints

from handouts.models.edition import Paper

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
"""A colour as #RRGGBB: it goes into a stylesheet, so nothing else may."""

PhoneNumber = Annotated[
    str, StringConstraints(pattern=r"^(?:write-in|[+(]?[0-9][0-9 ()./-]*[0-9]( ext\.? [0-9]+)?)$")
]
"""A number that can be dialled, or ``write-in``."""

Words = Annotated[str, StringConstraints(pattern=r"^\S[^\n]*$")]
"""One line of words, not blank."""

LogoFile = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.(?:svg|png|jpg|jpeg)$")
]
"""The name of a picture that lies beside the clinic's file."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]

ALL_CLINICS = "all"
"""Stands for every clinic where clinics are asked for."""

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
class Logo:
    """A picture in the masthead: ``file`` lies in ``content/clinics/``; ``alt`` is said for it."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    file: LogoFile
    alt: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MorePhones:
    """Numbers for other purposes, on the contact card."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    appointments: Phone | None = None
    pharmacy: Phone | None = None
    interpreter: Phone | None = None


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
        logo: for the masthead, or None.
        address: where it is, on one line.
        hours: when it is open, in words.
        phones: numbers for other purposes than those of the day and the night.
        languages: codes of the languages it gives patients sheets in; none stands for all.
        paper: what it prints on unless another is asked for; None stands for all.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: Words
    day: Phone
    night: Phone | None = None
    night_instruction: Words | None = None
    emergency: Phone
    feedback: Words
    brand: Colour | None = None
    logo: Logo | None = None
    address: Words | None = None
    hours: Words | None = None
    phones: MorePhones = MorePhones()
    languages: tuple[Language, ...] = ()
    paper: Paper | None = None

    @property
    def has_card(self) -> bool:
        """Whether there is more to say of it than the masthead and the call line do."""
        return bool(self.address or self.hours or self.phones != MorePhones())
