"""Numbers as they were written: nothing is read out of text, and nothing is rounded."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, Strict
from pydantic_core import PydanticCustomError


def _number(value: object) -> Decimal:
    """The number as a decimal with its written digits.

    Raises:
        PydanticCustomError: ``wrong_type`` where the value is no number.
    """
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise PydanticCustomError("wrong_type", "must be {wanted}", {"wanted": "a number"})


def _reachable(value: object) -> Decimal:
    """The number, or infinity where it was not reached.

    Raises:
        PydanticCustomError: ``wrong_type`` where the value is neither.
    """
    if value == "not reached":
        return NOT_REACHED
    try:
        return _number(value)
    except PydanticCustomError:
        wanted = {"wanted": "a number, `not reached`"}
        raise PydanticCustomError("wrong_type", "must be {wanted}", wanted) from None


def _count(value: object) -> int:
    """The count; ``40.0`` is taken for 40.

    Raises:
        PydanticCustomError: ``wrong_type`` where the value is no number, ``wrong_value`` where it
            is a number below zero or between two counts.
    """
    wanted = {"wanted": "a whole number, 0 or more"}
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("wrong_type", "must be {wanted}", wanted)
    if value < 0 or value != int(value):
        raise PydanticCustomError("wrong_value", "must be {wanted}", wanted)
    return int(value)


Number = Annotated[Decimal, BeforeValidator(_number, json_schema_input_type=float)]
"""A number with its written digits: ``0.60`` stays ``0.60``. Text and true or false are refused."""

NOT_REACHED = Decimal("Infinity")
"""A median, or a bound of its interval, that fewer than half of the people had come to by then."""

Reachable = Annotated[
    Decimal,
    Field(allow_inf_nan=True),
    BeforeValidator(_reachable, json_schema_input_type=float | Literal["not reached"]),
]
"""A number with its written digits, or ``not reached``, which is held as infinity."""

Count = Annotated[int, BeforeValidator(_count, json_schema_input_type=Annotated[int, Field(ge=0)])]
"""A whole number, 0 or more. Text, true or false and fractions are refused."""

Flag = Annotated[bool, Strict()]
"""``true`` or ``false``, not ``yes`` or ``1``."""


def as_written(value: object) -> str:
    """A value as an editor writes it in a record."""
    return "not reached" if value == NOT_REACHED else str(value)
