"""Numbers as they were written: nothing is read out of text, and nothing is rounded."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, Strict
from pydantic_core import PydanticCustomError


def _number(value: object) -> Decimal:
    """The number as a decimal with its written digits.

    Raises:
        PydanticCustomError: ``wrong_type`` where the value is no number.
    """
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise PydanticCustomError("wrong_type", "must be {wanted}", {"wanted": "a number"})


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

Count = Annotated[int, BeforeValidator(_count, json_schema_input_type=Annotated[int, Field(ge=0)])]
"""A whole number, 0 or more. Text, true or false and fractions are refused."""

Flag = Annotated[bool, Strict()]
"""``true`` or ``false``, not ``yes`` or ``1``."""
