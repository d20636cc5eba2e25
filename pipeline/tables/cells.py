"""What stands in one cell: a closed grammar for Danish figures. What fits no rule is refused, never guessed.

Groups of three digits are parted by points or blanks, decimals by a comma: "1.5" is no Danish figure and is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pipeline.tables.units import OwnUnit, own_unit

MINUS = "-\u2010\u2011\u2012\u2013\u2014\u2212\u00f7\ufe63\uff0d"
BLANK = " \u00a0\u2009\u202f\u2007"
# One to three digits, then groups of three by one kind of mark; or digits alone; then decimals.
FIGURE = rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?:[{BLANK}]\d{{3}})+|\d+)(?:,\d+)?"
_CELL = re.compile(
    rf"""(?P<before>(?:kr\.?|dkk|eur|€)[{BLANK}]{{1,2}})?
    (?P<open>\([{BLANK}]?)?
    (?P<sign>[{MINUS}+])?[{BLANK}]{{0,2}}
    (?P<figure>{FIGURE})
    (?P<after>[{BLANK}]?[{MINUS}](?!\w))?
    (?P<whole>,[{MINUS}])?
    (?P<close>[{BLANK}]?\))?
    (?P<mark>\*{{1,3}})?
    (?P<tail>\s*[^\d\s()*].{{0,40}})?""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_NIL = re.compile(rf"[{MINUS}.…\s]*|n/?a\.?|i\.?a\.?", re.IGNORECASE)
_FIGURE_LIKE = re.compile(rf"[{MINUS}\d+().,\s*%{BLANK}]+")
LONGEST = 60
_LEADING_ZERO = re.compile(r"0\d")


class Kind(StrEnum):
    """What a cell holds."""

    NIL = "nil"
    NUMBER = "number"
    TEXT = "text"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Value:
    """A cell, read. ``start`` and ``end`` are the figure's place inside the cell's text, with sign and own unit."""

    kind: Kind
    number: Decimal | None = None
    start: int = 0
    end: int = 0
    unit: OwnUnit | None = None


NIL = Value(Kind.NIL)
TEXT = Value(Kind.TEXT)
REFUSED = Value(Kind.REFUSED)


def read_cell(text: str) -> Value:
    """The figure of a cell: NIL for nothing or a lone dash, TEXT for words, REFUSED for figures outside the grammar."""
    shift = len(text) - len(text.lstrip())
    printed = text.strip()
    if len(printed) > LONGEST:
        return TEXT
    if _NIL.fullmatch(printed):
        return NIL
    match = _CELL.fullmatch(printed)
    if match is None or _LEADING_ZERO.match(match["figure"]):
        return REFUSED if _FIGURE_LIKE.fullmatch(printed) else TEXT
    if bool(match["open"]) != bool(match["close"]) or (match["after"] and match["whole"]):
        return REFUSED
    if sum(map(bool, (match["sign"], match["open"], match["after"]))) > 1:
        return REFUSED
    unit = _unit(match)
    if unit is None and (match["tail"] or match["before"]):
        return REFUSED if _FIGURE_LIKE.fullmatch(printed) else TEXT
    end = match.start("mark") if match["mark"] else match.end()
    return Value(Kind.NUMBER, _signed(match), shift, shift + end, unit)


def _unit(match: re.Match[str]) -> OwnUnit | None:
    if match["tail"]:
        return own_unit(match["tail"])
    if match["before"]:
        return own_unit(match["before"])
    return own_unit("kr.") if match["whole"] else None


def _signed(match: re.Match[str]) -> Decimal:
    digits = re.sub(rf"[.{BLANK}]", "", match["figure"]).replace(",", ".")
    negative = match["open"] or match["after"] or (match["sign"] or "+") != "+"
    return -Decimal(digits) if negative else Decimal(digits)
