"""Numbers that stand after their unit: "kr. 1.234,50", "DKK 2,5 mia.", "Samlet ramme (mio. kr.): 14,5"."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from pipeline.facts.money.phrase import Item, Skip, is_reach, reach
from pipeline.facts.money.traps import is_norm
from pipeline.facts.numbers import NUMERAL, number_at, parse_decimal, parse_english
from pipeline.facts.units import GAP, MILLION, ONE, Unit, scale_after

_UNIT_ONLY = re.compile(r"(?i:(?:(?<!\w)(?:(?<!op\s)i|hele|antal|mange)\s{1,3})$)")
_FROM = re.compile(r"(?<!\w)fra\s{1,2}$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEADING = re.compile(
    r":?[ \t\u00a0\u2009\u202f]{0,3}"
    r"(?P<words>(?:(?:ca\.\s{0,2}|(?:ca|cirka|knap|godt|omkring|op til|minus)\s{1,2})){0,2})"
)
_BREAK = re.compile(r"[ \t\u00a0]{0,3}\n[> \t]{0,8}")
_NO_MONEY = re.compile(r"\s?(?:%|pct|procent|mm|cm|m2|m²|kWh|kl\.|:\d)|-årig")
_NEXT_CURRENCY = re.compile(
    rf"{GAP}(?:(?:mio|mia|mill)\.?\s?)?(?:kr(?:\.|(?!\.))|kroner|DKK|EUR|euro)(?!\w)(?!{GAP}[-–−]?\d)"
)
_LABEL = re.compile(r"[ \t]?\)?[ \t]{0,2}:[ \t\u00a0]{0,3}(?P<number>[-–−÷]?[ ]?(?=\d))")
_LABEL_END = re.compile(r"[ \t]*(?:\n|$|[.;)]|,\s)")
_ENGLISH_AT = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d\d(?![\d.,]\d)")
_LISTED = re.compile(rf"(?P<sep>,\s{{1,2}}|,?\s{{1,2}}(?:og|eller|samt)\s{{1,2}})(?P<number>{NUMERAL})")
_LIST_END = re.compile(
    r"\s{0,3}(?:[.;:!?)\]](?!\d)|$|\n|,\s|(?:i|til|på|om|årligt|pr|per|for|fra|som|mens|men|ved|med|hvilket|alt|inkl|ekskl|ex)(?!\w))"
)


class Reading(msgspec.Struct, frozen=True, gc=False):
    """An amount as read: ``low`` alone is a single value. ``low`` is None where the digits fit no rule."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    currency: str | None
    unit_source: str | None = None
    factor: Decimal = ONE
    head: int = -1  # where the list begins that this is an item of, and
    tail: int = -1  # where it ends


def read_after(text: str, unit: Unit, skip: Skip) -> Reading | None:
    """ "kr. 1.234,50", "DKK 2,5 mia.", "kr. ca. 90.000,-", "kr. -24.662"."""
    place = _BREAK.match(text, unit.end)
    broken = place is not None
    lead = _LEADING.match(text, place.end() if place else unit.end)
    number = number_at(text, lead.end()) if lead else None
    if lead is None or number is None or skip(number.start, number.end):
        return None
    printed = text[number.start : number.end]
    if broken and not re.search(r"\d[.\u00a0 ]\d{3}|,", printed):
        return None
    if unit.factor != 1 and _YEAR.fullmatch(printed):
        return None
    if _UNIT_ONLY.search(text, max(0, unit.start - 8), unit.start) or _is_no_money(text, printed, number.end):
        return None
    if is_norm(text, unit):
        return None
    if text[number.end : number.end + 1].isalpha() and not scale_after(text, number.end):
        return Reading(unit.start, number.end, None, None, unit.currency)  # "EUR 2,5m"
    if number.value is None and text[unit.start : unit.end].isupper():
        english = _ENGLISH_AT.match(text, number.start)
        value = parse_english(english.group()) if english else None
        if english and value is not None:
            return Reading(unit.start, english.end(), value, None, unit.currency)
    return _valued(text, unit, Item.of(number), "minus" in lead["words"])


# "Mio. kr. 3,5": one number with decimals, no row of a table and no quarter ("mio. kr. 3. kvartal").
_SCALE_FIRST = re.compile(r":?[ \u00a0](?P<number>\d{1,4},\d{1,2})(?![^\W_]|[.,]\d|\s?%|[ \u00a0]{1,4}[-–−]?\d)")


_GOVERNED = re.compile(
    r"(?i:(?<![^\W\d_])(?:på|for|til|er|var|blev|bliver|med|af|fra|om|udgør|udgjorde|koster|kostede|heraf|hvoraf|ca\.|kun))\s{1,2}$"
)
"""Before "mio. kr. 4." and over a line end: what stands in no heading of a table."""
_SCALE_BROKEN = re.compile(
    r"(?:[ \u00a0]?\n[> \t]{0,8}(?P<decimal>\d{1,4},\d{1,2})|[ \u00a0](?P<whole>(?!(?:19|20)\d\d)\d{1,4}))"
    r"(?=[ \t]*(?:\n\s*(?:\n|$)|$)|\.(?:\s{1,3}[A-ZÆØÅ]|\s*$)|,\s|[;)]|\s(?:til|på|i|for|og|fra|årligt)\s)"
)


def read_after_scale(text: str, unit: Unit, skip: Skip) -> Reading | None:
    """ "Mio. kr. 3,5": the scale stands first too."""
    match, name = _SCALE_FIRST.match(text, unit.end), "number"
    if match is None and _GOVERNED.search(text, max(0, unit.start - 12), unit.start):
        match = _SCALE_BROKEN.match(text, unit.end)
        name = "decimal" if match and match["decimal"] else "whole"
    value = parse_decimal(match[name]) if match else None
    if match is None or value is None or unit.factor is None or skip(*match.span(name)):
        return None
    if _UNIT_ONLY.search(text, max(0, unit.start - 8), unit.start) or text[unit.start - 1 : unit.start] == "(":
        return None
    return Reading(unit.start, match.end(), value * unit.factor, None, unit.currency, None, unit.factor)


def _is_no_money(text: str, printed: str, end: int) -> bool:
    if _YEAR.fullmatch(printed) and re.match(r"[\s|:,]{0,6}(?:19|20)\d\d(?!\d)", text[end : end + 12]):
        return True
    return (_NO_MONEY.match(text, end) or _NEXT_CURRENCY.match(text, end)) is not None


def _valued(text: str, unit: Unit, number: Item, negative: bool) -> Reading:
    upper = reach(text, number.end)
    if upper and _NEXT_CURRENCY.match(text, upper.end) and _FROM.search(text, max(0, unit.start - 6), unit.start):
        upper = None  # "steget fra DKK 350.000 til 1.250.000 kr.": two sums, each with its currency
    end = upper.end if upper else number.end
    factor, stop = _scale_at(text, unit, end)
    pointed = factor is not None and factor >= MILLION
    low, high = number.value(pointed), upper.value(pointed) if upper else None
    if upper and (low is None or high is None or not is_reach(low, high)):
        upper, end, high = None, number.end, None
        factor, stop = _scale_at(text, unit, end)
    if factor is None:
        return Reading(unit.start, stop, None, None, unit.currency)
    low = -low if negative and low is not None else low
    return Reading(
        unit.start,
        stop,
        None if low is None else low * factor,
        None if high is None else high * factor,
        unit.currency,
        None,
        factor,
    )


def _scale_at(text: str, unit: Unit, end: int) -> tuple[Decimal | None, int]:
    scale = scale_after(text, end)
    if scale is None or unit.factor is None:
        return unit.factor, end
    return None if scale[1] is None else unit.factor * scale[1], scale[0]


def listed_after(text: str, first: Reading, unit: Unit, skip: Skip) -> list[Reading]:
    """The further items of "kr. 1.200, 1.300 og 1.400", if the list ends in "og" and nothing is counted behind it."""
    if first.low is None or first.high is not None or first.factor != unit.factor or unit.factor != 1:
        return []
    found: list[Reading] = []
    end, closed = first.end, False
    source = re.sub(r"\s+", " ", text[unit.start : unit.end])
    while not closed:
        match = _LISTED.match(text, end)
        value = parse_decimal(match["number"]) if match else None
        if match is None or value is None or skip(*match.span("number")) or not _is_like(first.low, value):
            return []
        found.append(Reading(*match.span("number"), value, None, unit.currency, source))
        end, closed = match.end(), not match["sep"].startswith(",") or len(match["sep"].strip()) > 1
    if not _LIST_END.match(text, end) or scale_after(text, end) or _NEXT_CURRENCY.match(text, end):
        return []
    return found


def _is_like(first: Decimal, other: Decimal) -> bool:
    """Whether two numbers may be items of one list of prices: "kr. 500, 12" is not."""
    return other > 0 and first > 0 and first / 20 <= other <= first * 20 and not 1900 <= other <= 2100


def read_label(text: str, unit: Unit, factor: Decimal, head: int, skip: Skip) -> list[Reading]:
    """ "Samlet ramme (mio. kr.): 14,5": a label says the unit (``factor``), and one figure ends its line."""
    label = _LABEL.match(text, unit.end)
    number = number_at(text, label.start("number")) if label else None
    if number is None or skip(number.start, number.end) or not _LABEL_END.match(text, number.end):
        return []
    if _YEAR.fullmatch(text, number.start, number.end):
        return []
    opening = text[head - 1 : head] == "("
    source = re.sub(r"\s+", " ", text[head : unit.end])
    value = Item.of(number).value(factor >= MILLION)
    worth = None if value is None else value * factor
    start = head - 1 if opening else head
    return [Reading(number.start, number.end, worth, None, unit.currency or "DKK", source, factor, start, number.end)]
