"""From units to readings: which number belongs to which unit, and what the two are worth together."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from pipeline.facts.amounts_phrase import FARTHEST, Item, Skip, is_named, is_reach, reach, read_before
from pipeline.facts.numbers import number_at
from pipeline.facts.qualifiers import cues, words_back
from pipeline.facts.units import GAP, MILLION, Unit, find_units, scale_after

_HEADING_NUMBER = re.compile(r"1[. \u00a0]?000(?:[. \u00a0]000)?")
_HEADING_BEFORE = re.compile(r"(?i:(?:(?<!\w)(?:i|hele)\s{1,3}|\(\s?)$)")
_HEADING_AFTER = re.compile(
    r"(?:,?\s(?:i\s)?(?:20\d\d|\d\d|løbende|faste|årets)[ -]?(?:p|P)[^)\n]{0,24})?"
    r"[);:]?(?:\s{0,3}[|:*]|[ \t]{0,3}(?:\n|$)|\s{2}|\s+\d|\s(?:20|R|B|BO))"
)
_UNIT_ONLY = re.compile(r"(?i:(?:(?<!\w)(?:i|hele|antal|mange)\s{1,3})$)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEADING = re.compile(
    r":?[ \t\u00a0\u2009\u202f]{0,3}(?P<words>(?:(?:ca\.?|cirka|knap|godt|omkring|op til|minus)\s{1,2}){0,2})"
)
_BREAK = re.compile(r"[ \t\u00a0]{0,3}\n[> \t]{0,8}")
_CENT = re.compile(r"\s{1,2}(?:og\s)?(?P<number>\d\d)\s{0,2}øre(?!\w)")


class Reading(NamedTuple):
    """An amount as read: ``low`` alone is a single value. ``low`` is None where the digits fit no rule."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    currency: str | None
    unit_source: str | None = None
    factor: Decimal = Decimal(1)
    head: int = -1  # where the list begins that this is an item of, and
    tail: int = -1  # where it ends


def read_all(text: str, skip: Skip) -> list[Reading]:
    """Every number with a unit of money, in printed order; lists are taken apart, ranges with one unit joined."""
    readings: list[Reading] = []
    floor = 0
    for unit in find_units(text):
        if unit.start < floor or skip(unit.start, unit.end):
            continue
        found = _read(text, unit, floor, skip)
        found.extend(_share(text, found, skip))
        readings.extend(found)
        floor = max(floor, found[-1].end) if found else floor
    return readings


_OF_WHICH = re.compile(
    r",?\s{1,3}(?:hvoraf|heraf)\s{1,3}(?:(?:er|ca\.|cirka|knap|godt|de)\s{1,3}){0,2}(?P<number>[1-9]\d{0,2}(?:\.\d{3}){1,3})"
    r"(?=\s{1,3}(?:kommer|går|gik|er|var|blev|skal|kan|dækkes|finansieres|bruges|afsættes|betales|stammer|hentes|vedrører"
    r"|anvendes|overføres|tilfalder|allerede|årligt)(?![^\W\d_]))(?!\s{1,3}(?:er|var|blev|kan|skal)\s[^\W\d_]+(?:ere?|ede)\s)"
)


def _share(text: str, found: list[Reading], skip: Skip) -> list[Reading]:
    """ "300.000 kr., hvoraf 100.000 kommer fra puljen": a smaller number as long as the whole, in whole kroner."""
    whole = found[-1] if found else None
    if whole is None or whole.low is None or whole.high is not None or whole.factor != 1 or whole.currency is None:
        return []
    part = _OF_WHICH.match(text, whole.end)
    value = Decimal(part["number"].replace(".", "")) if part else Decimal(0)
    if part is None or not 0 < value < whole.low or skip(*part.span("number")):
        return []
    unit = re.search(r"[^\W\d_]+\.?$|,-$|[€$£]$", text[whole.start : whole.end])
    return [Reading(*part.span("number"), value, None, whole.currency, unit[0] if unit else "kr.")]


def _read(text: str, unit: Unit, floor: int, skip: Skip) -> list[Reading]:
    items = read_before(text, unit.start, floor, pointed=unit.scaled, skip=skip)
    if items and text[unit.start] in "'’" and text[items[0].start - 1 : items[0].start] in {"'", "’", "‘"}:
        return [Reading(items[0].start, unit.end, None, None, unit.currency)]  # "'750' kr.": quotes, or thousands
    if items and not _year_and_amount(text, unit, items, skip):
        return [] if _is_heading(text, unit, items) or _is_idiom(text, unit, items) else _shared(text, unit, items)
    after = _read_after(text, unit, skip) if unit.before else None
    return [after] if after else []


def _is_heading(text: str, unit: Unit, items: list[Item]) -> bool:
    """ "Beløb i 1.000 kr." and "(1.000 kr.)" say the unit of a table; they are no amount."""
    first = items[-1]
    if unit.factor != 1 or not _HEADING_NUMBER.fullmatch(text, first.start, first.end):
        return False
    alone = text[text.rfind("\n", 0, first.start) + 1 : first.start].strip(" \t*|") == ""
    ends = text[unit.end : unit.end + 3].lstrip(" \t*|")[:1] in {"", "\n"}
    lead = _HEADING_BEFORE.search(text, max(0, first.start - 8), first.start)
    if lead and lead[0].startswith("("):
        # "gebyret (1.000 kr.) opkræves" is an amount, "Drift (1.000 kr.)  2025  2026" is not.
        return _HEADING_AFTER.match(text, unit.end) is not None
    return lead is not None or (alone and ends)


def _is_idiom(text: str, unit: Unit, items: list[Item]) -> bool:
    """ "uden at betale en krone" is a manner of speaking."""
    return re.fullmatch(r"(?i:en|et)\s{1,2}(?:krone|øre|euro|kr\.?)", text[items[-1].start : unit.end]) is not None


def _year_and_amount(text: str, unit: Unit, items: list[Item], skip: Skip) -> bool:
    """ "I 2023 kr. 500.000", "Bilag 3 kr. 500": the number before is a year or a name, the one after it the amount."""
    if len(items) > 1 or not unit.before:
        return False
    printed = text[items[0].start : items[0].end]
    named = is_named(text, items[0].start) or re.fullmatch(r"\d{8,}", printed) is not None
    if not named and not _YEAR.fullmatch(printed):
        return False
    after = _read_after(text, unit, skip)
    if named:
        return after is not None
    return after is not None and (
        after.factor != 1 or re.search(r"\d[. \u00a0]\d{3}|,", text[unit.end : after.end]) is not None
    )


# --- numbers before their unit --------------------------------------------------------------------------------


def _shared(text: str, unit: Unit, items: list[Item]) -> list[Reading]:
    readings: list[Reading] = []
    last = items[-1]
    for item in items:
        own = item is last
        end = unit.end if own else item.end
        source = None if own else re.sub(r"\s+", " ", text[unit.start : unit.end])
        readings.extend(_worth(text, unit, item, last, end, source))
    readings = _with_cents(text, readings)
    return [reading._replace(head=readings[0].start, tail=readings[-1].end) for reading in readings]


def _worth(text: str, unit: Unit, item: Item, last: Item, end: int, source: str | None) -> list[Reading]:
    if item.refused:
        return [Reading(item.start, end, None, None, unit.currency, source)]
    if item.high is not None:
        return _range_worth(text, unit, item, end, source)
    low = _scaled(item.low, unit, last.high or last.low) if source else item.low * unit.factor
    return [Reading(item.start, end, low, None, unit.currency, source, unit.factor)]


def _scaled(number: Decimal, unit: Unit, neighbour: Decimal) -> Decimal | None:
    """The worth of a number that borrows the scale of ``neighbour``; None when it may be in whole kroner or not.

    "500.000 og 1 mio. kr." is 500,000 kr., "1.200 og 1.300 mio. kr." are millions, "2.500 og 3 mio. kr." is unclear.
    """
    if unit.factor < MILLION or abs(number) < 1000 or abs(neighbour) >= 100:
        return number * unit.factor
    return number if abs(number) >= 10_000 else None


def _range_worth(text: str, unit: Unit, item: Item, end: int, source: str | None) -> list[Reading]:
    assert item.high is not None
    low, high = _scaled(item.low, unit, item.high), item.high * unit.factor
    split = item.split
    if split and (is_change(text, item.start) or (low is not None and low > high)):
        # "stiger fra 4 til 6 mio. kr." tells of two amounts, not of one between them.
        shared = re.sub(r"\s+", " ", text[unit.start : unit.end])
        return [
            Reading(item.start, split[0], low, None, unit.currency, shared, unit.factor),
            Reading(split[1], end, high, None, unit.currency, source, unit.factor),
        ]
    if low is not None and (low > high or (0 < low < 1000 and high > low * FARTHEST)):
        low = None  # "5-10.000 kr." may be five kroner or five thousand
    return [Reading(item.start, end, low, high, unit.currency, source, unit.factor)]


def is_change(text: str, start: int) -> bool:
    """Whether the number at ``start`` is where a change begins: "stiger fra 4 mio. kr. til …"."""
    words = [word for word, _ in words_back(text, start, 8, max(0, start - 100))]
    return bool(words) and words[0] == "fra" and any(_is_change_word(word, words) for word in words[1:])


def _is_change_word(word: str, words: list[str]) -> bool:
    """A verb or noun of change, or a plain verb that is one together with a direction ("sættes op")."""
    if word in cues("change"):
        return True
    return word in cues("change-with") and any(each in {"op", "ned", "i", "vejret"} for each in words[1:])


def _with_cents(text: str, readings: list[Reading]) -> list[Reading]:
    """ "25 kr. og 50 øre" is one amount."""
    last = readings[-1]
    cents = _CENT.match(text, last.end) if last.currency == "DKK" and last.factor == 1 else None
    if cents and last.low is not None and last.high is None:
        readings[-1] = last._replace(end=cents.end(), low=last.low + Decimal(cents["number"]) / 100)
    return readings


# --- numbers after their unit ---------------------------------------------------------------------------------


def _read_after(text: str, unit: Unit, skip: Skip) -> Reading | None:
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
    if _UNIT_ONLY.search(text, max(0, unit.start - 8), unit.start) or _no_money(text, printed, number.end):
        return None
    if re.match(r"[^\W\d_]", text[number.end : number.end + 1]):
        return Reading(unit.start, number.end, None, None, unit.currency)  # "EUR 2,5m"
    return _valued(text, unit, Item.of(number), "minus" in lead["words"])


_NO_MONEY = re.compile(r"\s?(?:%|pct|procent|mm|cm|m2|m²|kWh|kl\.|:\d)|-årig")
_NEXT_CURRENCY = re.compile(
    rf"{GAP}(?:(?:mio|mia|mill)\.?\s?)?(?:kr(?:\.|(?!\.))|kroner|DKK|EUR|euro)(?!\w)(?!{GAP}[-–−]?\d)"
)


def _no_money(text: str, printed: str, end: int) -> bool:
    if _YEAR.fullmatch(printed) and re.match(r"[\s|:,]{0,6}(?:19|20)\d\d(?!\d)", text[end : end + 12]):
        return True
    return (_NO_MONEY.match(text, end) or _NEXT_CURRENCY.match(text, end)) is not None


def _valued(text: str, unit: Unit, number: Item, negative: bool) -> Reading:
    upper = reach(text, number.end)
    end = upper.end if upper else number.end
    scale = scale_after(text, end)
    factor = unit.factor * (scale[1] if scale else 1)
    pointed = factor >= MILLION
    low, high = number.value(pointed), upper.value(pointed) if upper else None
    if upper and (low is None or high is None or not is_reach(low, high)):
        upper, end, high = None, number.end, None
        scale = scale_after(text, end)
        factor = unit.factor * (scale[1] if scale else 1)
    end = scale[0] if scale else end
    low = -low if negative and low is not None else low
    return Reading(
        unit.start,
        end,
        None if low is None else low * factor,
        None if high is None else high * factor,
        unit.currency,
        None,
        factor,
    )
