"""What stands in one cell: a closed grammar for Danish figures. What fits no rule is refused, never guessed.

Groups of three digits are parted by points or blanks, decimals by a comma: "1.5" is no Danish figure and is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from pipeline.tables.content.units import KEPT, OwnUnit, own_unit

MINUS = "-\u2010\u2011\u2012\u2013\u2014\u2212\u00f7\ufe63\uff0d"
BLANK = " \u00a0\u2009\u202f\u2007"
# One to three digits, then groups of three by one kind of mark; or digits alone; then decimals.
FRACTIONS = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}
RAISED = "¹²³⁴⁵⁶⁷⁸⁹"
"""Numbers of notes; no figure of a budget is a power."""
FIGURE = rf"(?:\d{{0,3}}[¼½¾]|(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?:[{BLANK}]\d{{3}})+|\d+)(?:,\d+)?)"
_CELL = re.compile(
    rf"""(?P<before>(?:kr\.?|dkk|eur|€)[{BLANK}]{{1,2}})?
    (?P<open>\([{BLANK}]?)?
    (?P<sign>[{MINUS}+]|minus(?=[{BLANK}]))?[{BLANK}]{{0,2}}
    (?P<figure>{FIGURE})
    (?P<after>[{BLANK}]?[{MINUS}](?![^\W{RAISED}]))?
    (?P<whole>,[{MINUS}])?
    (?P<close>[{BLANK}]?\))?
    (?P<mark>[{BLANK}]?\*{{1,3}}\)?|[{BLANK}]\d\)|[{BLANK}]?[{RAISED}]{{1,2}}[)⁾]?)?
    (?P<tail>\s*[^\d\s()*].{{0,40}}?)?
    (?P<noted>(?<=r|\.)[{BLANK}]?(?:\*{{1,3}}|[{RAISED}]{{1,2}}[)⁾]?))?""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_NIL = re.compile(rf"[{MINUS}.…\s]*|n/?a\.?|i\.?a\.?", re.IGNORECASE)
_FIGURE_LIKE = re.compile(rf"[{MINUS}\d+().,\s*%{BLANK}]+")
# Words and marks beside a figure that change it: a cell of nothing else is a figure that no rule reads.
_CHANGING = re.compile(
    rf"""(?:ca|cirka|omkring|op|til|over|under|mindst|højst|knap|godt|minus|plus|min|max|maks|mio|mill|mia|kr|tkr|t\.kr|
    pct)(?=[\W\d]|$)|[{MINUS}\d+().,\s*%{BLANK}±<>\[\]/'’¼½¾⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]""",
    re.IGNORECASE | re.VERBOSE,
)
_DIGIT = re.compile(r"[\d¼½¾⁰¹²³⁴⁵⁶⁷⁸⁹]")
_MASKED = re.compile(rf"[({MINUS}]?(?:\d{{6}})?x{{4}}[){MINUS}]?")
LONGEST = 60
_LEADING_ZERO = re.compile(rf"0[\d.{BLANK}]")
_NOTHING = re.compile(rf"[{MINUS}]\s?0{{2,4}}")
"""Nothing in a format of so many digits: "-000". Without the sign it may be the end of another figure."""


class Kind(StrEnum):
    """What a cell holds."""

    NIL = "nil"
    NUMBER = "number"
    TEXT = "text"
    REFUSED = "refused"


NIL_KIND, NUMBER_KIND, TEXT_KIND, REFUSED_KIND = Kind.NIL, Kind.NUMBER, Kind.TEXT, Kind.REFUSED
"""The kinds, for what asks of every cell: to look one up in its class takes longer than all else of such a question."""


@dataclass(frozen=True, slots=True)
class Value:
    """A cell, read. ``start`` and ``end`` are the figure's place inside the cell's text, with sign and own unit.

    ``quantum``: what one unit of its last printed digit is worth, 0.1 for "0,5".
    """

    kind: Kind
    number: Decimal | None = None
    start: int = 0
    end: int = 0
    unit: OwnUnit | None = None
    quantum: Decimal = Decimal(1)


NIL = Value(Kind.NIL)
TEXT = Value(Kind.TEXT)
REFUSED = Value(Kind.REFUSED)


@lru_cache(maxsize=KEPT)
def read_cell(text: str) -> Value:
    """The figure of a cell: NIL for nothing or a lone dash, TEXT for words, REFUSED for figures outside the grammar."""
    shift = len(text) - len(text.lstrip())
    printed = text.strip()
    if len(printed) > LONGEST:
        return TEXT
    if _NIL.fullmatch(printed):
        return NIL
    if is_masked(printed):
        return REFUSED
    match = _CELL.fullmatch(printed)
    if match is None or (_LEADING_ZERO.match(match["figure"]) and not _NOTHING.fullmatch(printed)):
        return _no_figure(printed)
    if bool(match["open"]) != bool(match["close"]) or (match["after"] and match["whole"]):
        return REFUSED
    if sum(map(bool, (match["sign"], match["open"], match["after"]))) > 1:
        return REFUSED
    unit = _unit(match)
    if unit is None and (match["tail"] or match["before"]):
        return _no_figure(printed)
    end = match.start("mark") if match["mark"] else match.start("noted") if match["noted"] else match.end()
    number = _signed(match)
    quantum = Decimal(1).scaleb(int(number.as_tuple().exponent))
    return Value(Kind.NUMBER, number, shift, shift + end, unit, quantum)


def why_unread(text: str) -> str:
    """What is said of a figure that is refused: that it fits no rule, or that its last digits are masked."""
    return "is masked, for it has the shape of a CPR number" if is_masked(text) else "fits no rule"


def is_masked(text: str) -> bool:
    """True for a cell whose last digits are hidden, for they may be those of a CPR number: "190171xxxx", "-xxxx"."""
    return _MASKED.fullmatch(text.strip()) is not None


def _no_figure(printed: str) -> Value:
    """REFUSED for a figure with marks or words that change it ("ca. 200", "[206]", "±206"), TEXT for other words."""
    if _FIGURE_LIKE.fullmatch(printed):
        return REFUSED
    if printed.count("/") > 1:
        return TEXT
    position = 0
    while position < len(printed) and (piece := _CHANGING.match(printed, position)):
        position = piece.end()
    return REFUSED if position == len(printed) and _DIGIT.search(printed) else TEXT


def changes_figure(word: str) -> bool:
    """True for a word that may not part from the figure after it: "minus", "ca.", "±"."""
    piece = _CHANGING.match(word)
    return (
        piece is not None
        and piece.end() == len(word.rstrip("."))
        and word.rstrip(".") not in {"kr", "tkr", "t.kr", "pct"}
    )


def _unit(match: re.Match[str]) -> OwnUnit | None:
    if match["tail"]:
        return own_unit(match["tail"])
    if match["before"]:
        return own_unit(match["before"])
    return own_unit("kr.") if match["whole"] else None


def _signed(match: re.Match[str]) -> Decimal:
    figure = match["figure"]
    part = FRACTIONS.get(figure[-1], Decimal(0))
    digits = re.sub(rf"[.{BLANK}¼½¾]", "", figure).replace(",", ".") or "0"
    number = Decimal(digits) + part
    negative = match["open"] or match["after"] or (match["sign"] or "+") != "+"
    return -number if negative else number
