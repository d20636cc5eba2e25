"""Amounts whose unit stands in brackets behind them: "18.400 (1.000 kr.)", "18,4 (mio. kr.)"."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.facts.money.front import Reading
from pipeline.facts.money.phrase import Skip, is_named
from pipeline.facts.numbers import Number, find_numbers
from pipeline.facts.units import ONE, THOUSAND, Unit

_OPENING = re.compile(r"[ \u00a0]?\((?:i[ \u00a0])?(?:hele[ \u00a0])?(?P<thousands>1[. \u00a0]000[ \u00a0])?$")
_BEHIND = re.compile(
    r"\)[ \t]{0,3}(?:[.,;:!?\n|]|$|(?:i|fra|for|og|samt|om|pr|per|årligt|mens|men|netto|brutto|til|som|der)(?!\w))"
)
_LINE_END = re.compile(r"[ \t*|:]*(?:\n|$)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUPED = re.compile(r"\d[. \u00a0]\d{3}|\d,\d")
_LONGEST = 36  # characters before the word of money in which number and bracket stand


def read_bracketed(text: str, unit: Unit, floor: int, skip: Skip) -> Reading | None:
    """The number before a bracket that holds nothing but ``unit``, or None where there is none.

    ``low`` of the reading is None where the bracket may be a price ("300 (1.000 kr.)") or the number a year.
    """
    if text[unit.end : unit.end + 1] != ")" or unit.factor is None or unit.currency is None:
        return None
    begin = max(floor, unit.start - _LONGEST)
    opening = _OPENING.search(text, begin, unit.start)
    thousands = opening is not None and opening["thousands"] is not None
    if opening is None or (unit.factor == ONE and not thousands) or (unit.factor != ONE and thousands):
        return None
    last: Number | None = None
    for number in find_numbers(text, begin, opening.start()):
        last = number
    if last is None or last.end != opening.start() or skip(last.start, last.end) or is_named(text, last.start):
        return None
    printed = text[last.start : last.end]
    plain = _GROUPED.search(printed) is None
    if plain and _LINE_END.match(text, unit.end + 1):
        return None  # the heading of a table
    if _YEAR.fullmatch(printed) or (plain and not thousands):
        return None  # "Budget 2025 (1.000 kr.)", "Tabel 4 (mio. kr.)" head a table
    factor = unit.factor * THOUSAND if thousands else unit.factor
    sure = not plain and (not thousands or _BEHIND.match(text, unit.end))
    worth: Decimal | None = last.value * factor if last.value is not None and sure else None
    return Reading(last.start, unit.end + 1, worth, None, unit.currency, None, factor, last.start, unit.end + 1)
