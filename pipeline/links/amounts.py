"""Amounts by which a paper can be known: exact ones that are not round."""

from __future__ import annotations

from decimal import Decimal

from corpus.model import Amount

FEWEST_FIGURES = 2
"""Figures before the noughts: "4,5 mio. kr." has two, "1 mio. kr." one."""


def known_by(amount: Amount) -> str | None:
    """The value without sign, as a key; "low-high" of a range; None for a round one."""
    values = [value for value in (amount.value, amount.low, amount.high) if value is not None]
    return "-".join(_plain(value) for value in values) if figures(amount) >= FEWEST_FIGURES else None


def figures(amount: Amount) -> int:
    """How many figures it takes to write the value, without the noughts around them; the most of a range's two."""
    return max(_figures(value) for value in (amount.value, amount.low, amount.high) if value is not None)


def _figures(value: Decimal) -> int:
    return len("".join(map(str, value.as_tuple().digits)).strip("0"))


def _plain(value: Decimal) -> str:
    return format(abs(value), "f")
