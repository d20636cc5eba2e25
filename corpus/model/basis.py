"""What everything in the contract stands on."""

from __future__ import annotations

from decimal import Decimal

import msgspec

SCHEMA = "akt/1"

Box = tuple[float, float, float, float]


def exact(value: Decimal | int | str) -> Decimal:
    """The same number in the one form that is stored: no exponent, no trailing zeros after the point, no ``-0``.

    Raises ValueError for a float (it has lost its printed digits already) and for NaN or infinity.
    """
    if isinstance(value, float):
        raise ValueError(f"a float is not exact: {value!r}")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    printed = str(number)
    if printed.isdigit() or (printed[1:].isdigit() and number):
        return number
    whole = number.to_integral_value()
    if whole == number and "E" not in str(whole):
        return whole if number else Decimal(0)
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return Decimal(plain) if number else Decimal(0)


class Struct(msgspec.Struct, frozen=True):
    """Base of everything in the contract."""


class Problem(Struct, kw_only=True, frozen=True):
    """Something that looked readable and was not: ``code`` is one of :class:`corpus.problems.Code`."""

    code: str
    message: str
    part: int | None = None
    page: int | None = None
