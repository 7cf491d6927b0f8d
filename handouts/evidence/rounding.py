"""Rounding: of printed numbers for clinicians, and to whole people out of 100 for patients.

A printed number is a ``Decimal`` that keeps its written text, so ``0.60`` has two decimals. Halves
are rounded away from zero (0.5 to 1, -0.5 to -1), so that a difference does not change its size
when the two groups change places.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

DIGITS = 50
"""Working precision, far above any printed number, so that one rounding decides."""

_NO_PEOPLE = Decimal(0)
_ONE_PERSON = Decimal(1)
_EVERYONE = Decimal(100)


def decimals_of(printed: Decimal) -> int:
    """How many decimals a number was printed with: 2 for ``0.60``, 0 for ``37``.

    Raises:
        ValueError: the number is infinite or not a number.
    """
    exponent = printed.as_tuple().exponent
    if not isinstance(exponent, int):
        msg = f"{printed} is not a finite number"
        raise ValueError(msg)
    return max(0, -exponent)


def half_unit(printed: Decimal) -> Decimal:
    """Half a unit of the last printed decimal: 0.005 for ``0.60``, 0.5 for ``37``.

    The true value lies at most this far from the printed one, whichever way halves were rounded.

    Raises:
        ValueError: the number is infinite or not a number.
    """
    return Decimal(5).scaleb(-decimals_of(printed) - 1)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """The value at so many decimals, halves away from zero, never ``-0.0``.

    Raises:
        ValueError: ``decimals`` is negative, or the value is infinite or not a number.
    """
    if decimals < 0 or not value.is_finite():
        msg = f"can't round {value} to {decimals} decimals"
        raise ValueError(msg)
    with localcontext(prec=DIGITS):
        result = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return result.copy_abs() if result.is_zero() else result


def of_hundred(percent: Decimal) -> int:
    """How many people out of 100 a percentage is, as patients read it; halves up.

    A share above 0 and below 1 is printed as "fewer than 1 of 100" instead: ask
    ``fewer_than_one`` first.

    Raises:
        ValueError: the percentage is not between 0 and 100.
    """
    if not _NO_PEOPLE <= percent <= _EVERYONE:
        msg = f"percentage {percent} is not between 0 and 100"
        raise ValueError(msg)
    return int(rounded(percent, 0))


def fewer_than_one(percent: Decimal) -> bool:
    """Whether a percentage is printed for patients as "fewer than 1 of 100".

    True above 0 and below 1, also where rounding would give 1 (0.6); false for 0 itself.
    """
    return _NO_PEOPLE < percent < _ONE_PERSON


def difference_of_rounded(first: Decimal, second: Decimal) -> int | None:
    """First minus second, in people out of 100, as a patient subtracts what is printed.

    It is the difference of the rounded arms, not the rounded difference, so that the three
    numbers on the page agree. None where both arms are below 1 of 100 and at least one is printed
    as "fewer than 1 of 100": there is nothing whole to subtract (0.6 and 0.2 would give 1).

    Raises:
        ValueError: a percentage is not between 0 and 100.
    """
    whole = of_hundred(first) - of_hundred(second)
    below_one = first < _ONE_PERSON and second < _ONE_PERSON
    if below_one and (fewer_than_one(first) or fewer_than_one(second)):
        return None
    return whole
