"""What a clinic prints on the sheet of one patient: never kept, and never said in a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, StringConstraints

MOST_LETTERS = 400
"""No slot holds so many; how many fit is measured on the page."""


def _empty(given: object) -> object:
    """A field with nothing behind it is one to write in."""
    return "" if given is None else given


_Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=MOST_LETTERS),
    BeforeValidator(_empty),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientDetails:
    """Whom a sheet is for. What is empty is a line to write on.

    Its text form leaves the words out, so that no traceback shows them.

    Attributes:
        name: of the patient.
        appointment: the next one: day, time, place.
        note: words of the care team to this patient.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: _Words = field(default="", repr=False)
    appointment: _Words = field(default="", repr=False)
    note: _Words = field(default="", repr=False)
