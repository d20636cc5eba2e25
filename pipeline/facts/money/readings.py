"""From units to readings: which number belongs to which unit, and what the two are worth together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from pipeline.facts.money.bracketed import read_bracketed
from pipeline.facts.money.front import Reading, listed_after, read_after, read_after_scale, read_label
from pipeline.facts.money.phrase import FARTHEST, Item, Skip, further, is_named, read_before
from pipeline.facts.money.traps import is_heading, is_no_money
from pipeline.facts.numbers import NUMERAL, number_at
from pipeline.facts.qualifiers.bounds import cues, words_back
from pipeline.facts.units import MILLION, THOUSAND, Unit

_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)\d\d")  # "pr. 31.12.2022 kr. 203.308,49"
_CENT = re.compile(r"\s{1,2}(?:og\s)?(?P<number>\d{1,2})\s{0,2}øre(?!\w)")
_QUOTES = "'’‘"
# What may go on behind an amount: øre, a part of it, another year's figure.
_MORE = re.compile(
    r",?\s{1,3}(?:og\s{1,2}\d|\d{1,2}\s{0,2}ø|hvoraf|heraf|mod\s|(?:i|fra|for)\s{1,2}\d|(?:til|på)\s{1,2}[^\W\d_])"
)


def read_all(text: str, units: Sequence[Unit], skip: Skip) -> list[Reading]:
    """Every number with one of the units, in printed order; lists are taken apart, ranges with one unit joined."""
    readings: list[Reading] = []
    floor = 0
    for unit in units:
        if unit.start < floor or skip(unit.start, unit.end):
            continue
        found = _read(text, unit, floor, skip)
        if found:
            readings.extend(found)
            floor = max(floor, found[-1].end)
    return readings


_OF_WHICH = re.compile(
    r",?\s{1,3}(?:hvoraf|heraf)\s{1,3}(?:(?:er|ca\.|cirka|knap|godt|de)\s{1,3}){0,2}(?P<number>[1-9]\d{0,2}(?:\.\d{3}){1,3})"
    r"(?=\s{1,3}(?:kommer|går|gik|er|var|blev|skal|kan|dækkes|finansieres|bruges|afsættes|betales|stammer|hentes|vedrører"
    r"|anvendes|overføres|tilfalder|allerede|årligt)(?![^\W\d_]))(?!\s{1,3}(?:er|var|blev|kan|skal)\s[^\W\d_]+(?:ere?|ede)\s)"
)


def _share(text: str, found: Sequence[Reading], skip: Skip) -> list[Reading]:
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
    bracketed = read_bracketed(text, unit, floor, skip) if text[unit.end : unit.end + 1] == ")" else None
    if bracketed:
        return [bracketed]
    items = read_before(text, unit.start, floor, pointed=unit.scaled, skip=skip)
    if items and (text[items[0].start - 1 : items[0].start] or " ") in _QUOTES and text[unit.start] in _QUOTES:
        return [Reading(items[0].start, unit.end, None, None, unit.currency)]  # "'750' kr.": quotes, or thousands
    if items and not (unit.before and len(items) == 1 and _year_and_amount(text, unit, items[0], skip)):
        return _read_items(text, unit, items, floor, skip)
    after = read_after(text, unit, skip) if unit.before else None
    if after:
        return [after, *listed_after(text, after, unit, skip)]
    if unit.factor is None or items:
        return []
    first = read_after_scale(text, unit, skip) if unit.scaled and unit.currency and not unit.before else None
    return [first] if first else read_label(text, unit, unit.factor, unit.start, skip)


def _read_items(text: str, unit: Unit, items: list[Item], floor: int, skip: Skip) -> list[Reading]:
    last = items[-1]
    if unit.factor is None:  # "2 billion"
        return [Reading(items[0].start, unit.end, None, None, unit.currency)]
    whole, items = items[0], _out_of(text, unit, items, floor, skip)
    if text[last.start] == "1" and is_heading(text, unit, last):
        return read_label(text, unit, MILLION if last.low == MILLION else THOUSAND, last.start, skip)
    if (text[unit.start] == "K" or unit.end - unit.start > 3 or text[last.start].isalpha()) and is_no_money(
        text, unit, last
    ):
        return []
    if len(items) == 1 and last.high is None and not last.refused:
        low = last.low * unit.factor
        found = [Reading(last.start, unit.end, low, None, unit.currency, None, unit.factor, last.start, unit.end)]
    else:
        found = _shared(text, unit, items)
    if items[0] is not whole:  # what is done with the part is not done with all of it
        found[-1] = msgspec.structs.replace(found[-1], head=-1, tail=-1)
    if not _MORE.match(text, unit.end):
        return found
    found = _with_cents(text, found)
    more = [*_share(text, found, skip), *_further(text, unit, found[-1], skip)]
    return [*found, *(more or _unclear(text, unit, found[-1], skip))]


def _further(text: str, unit: Unit, last: Reading, skip: Skip) -> list[Reading]:
    """ "5 mio. kr. i 2024, 6 i 2025": bare numbers, each with its own year, that share the unit before them."""
    if last.low is None or last.high is not None or unit.factor is None:
        return []
    return [
        Reading(item.start, item.end, item.low * unit.factor, None, unit.currency, _printed(text, unit), unit.factor)
        for item in further(text, last.end)
        if not skip(item.start, item.end) and last.low / 20 <= item.low * unit.factor <= last.low * 20
    ]


_BESIDE = re.compile(
    rf"\s{{1,3}}(?P<to>til|på)(?:\s{{1,3}}[^\W\d_]+){{1,3}}?(?:,?\s{{1,3}}(?:og|samt)|,)\s{{1,3}}(?P<number>{NUMERAL})"
    r"(?=\s{1,3}(?P=to)\s{1,3}(?!at\s)[^\W\d_])"
)


def _unclear(text: str, unit: Unit, last: Reading, skip: Skip) -> list[Reading]:
    """ "12 mio. kr. på skoler og 9 på klubber": millions too, as it seems, and told as refused."""
    match = _BESIDE.match(text, last.end) if unit.scaled and unit.currency else None
    number = number_at(text, match.start("number")) if match else None
    if number is None or number.value is None or number.value >= 1000 or skip(number.start, number.end):
        return []
    return [Reading(number.start, number.end, None, None, unit.currency)]


_OUT_OF = re.compile(rf"(?<![\w.,/-])(?P<part>{NUMERAL})\s{{1,2}}ud\saf\s(?:i\salt\s|de\s|årets\s|kommunens\s){{0,2}}$")


def _out_of(text: str, unit: Unit, items: list[Item], floor: int, skip: Skip) -> list[Item]:
    """ "3,6 ud af de 100 mio. kr.": the part comes first, and has the unit of the whole."""
    whole = items[0]
    if len(items) != 1 or not unit.scaled or whole.high is not None:
        return items
    found = _OUT_OF.search(text, max(floor, whole.start - 40), whole.start)
    part = number_at(text, found.start("part")) if found else None
    if part is None or part.value is None or not 0 < part.value < whole.low or skip(part.start, part.end):
        return items
    return items if _YEAR.fullmatch(text, part.start, part.end) else [Item.of(part), whole]


def _printed(text: str, unit: Unit) -> str:
    return re.sub(r"\s+", " ", text[unit.start : unit.end])


def _year_and_amount(text: str, unit: Unit, item: Item, skip: Skip) -> bool:
    """ "I 2023 kr. 500.000", "Bilag 3 kr. 500": the number before is a year or a name, the one after it the amount."""
    following = text[unit.end : unit.end + 8].lstrip(" :\n\t\u00a0")[:1]
    if not following or following not in "0123456789-–−co":
        return False
    printed = text[item.start : item.end]
    named = following.isdigit() and (is_named(text, item.start) or (len(printed) >= 8 and printed.isdigit()))
    if not named and not _YEAR.fullmatch(printed) and not _DAY.fullmatch(printed):
        return False
    after = read_after(text, unit, skip)
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
        source = None if own else _printed(text, unit)
        readings.extend(_worth(text, unit, item, last, end, source))
    return [msgspec.structs.replace(reading, head=readings[0].start, tail=readings[-1].end) for reading in readings]


def _worth(text: str, unit: Unit, item: Item, last: Item, end: int, source: str | None) -> list[Reading]:
    if item.refused:
        return [Reading(item.start, end, None, None, unit.currency, source)]
    assert unit.factor is not None
    if item.high is not None:
        return _range_worth(text, unit, item, end, source)
    low = _scaled(item.low, unit, last.high or last.low) if source else item.low * unit.factor
    return [Reading(item.start, end, low, None, unit.currency, source, unit.factor)]


def _scaled(number: Decimal, unit: Unit, neighbour: Decimal) -> Decimal | None:
    """The worth of a number that borrows the scale of ``neighbour``; None when it may be in whole kroner or not.

    "500.000 og 1 mio. kr." is 500,000 kr., "1.200 og 1.300 mio. kr." are millions, "2.500 og 3 mio. kr." is unclear.
    """
    assert unit.factor is not None
    if unit.factor < MILLION or abs(number) < 1000 or abs(neighbour) >= 100:
        return number * unit.factor
    return number if abs(number) >= 10_000 else None


def _range_worth(text: str, unit: Unit, item: Item, end: int, source: str | None) -> list[Reading]:
    assert item.high is not None
    assert unit.factor is not None
    low, high = _scaled(item.low, unit, item.high), item.high * unit.factor
    split = item.split
    if split and (is_change(text, item.start) or (low is not None and low > high)):
        # "stiger fra 4 til 6 mio. kr." tells of two amounts, not of one between them.
        shared = _printed(text, unit)
        return [
            Reading(item.start, split[0], low, None, unit.currency, shared, unit.factor),
            Reading(split[1], end, high, None, unit.currency, source, unit.factor),
        ]
    if low is not None and not split:
        low = _thousands(text, item, low, high)
    if low is not None and (low > high or (0 < low < 1000 and high > low * FARTHEST)):
        low = None  # "5 til 10.000 kr." may be five kroner or five thousand
    return [Reading(item.start, end, low, high, unit.currency, source, unit.factor)]


_SHORT_LOW = re.compile(r"[1-9]\d{0,2}[-–−]\s{0,3}[> ]{0,3}[1-9]\d{0,2}[. \u00a0]000")


def _thousands(text: str, item: Item, low: Decimal, high: Decimal) -> Decimal:
    """ "300-400.000 kr.": over a dash without blanks the low end borrows the thousands, if the two are then alike."""
    scaled = low * 1000
    alike = scaled < high <= scaled * 10 and _SHORT_LOW.fullmatch(text, item.start, item.end)
    return scaled if alike else low


def is_change(text: str, start: int) -> bool:
    """Whether the number at ``start`` is where a change begins: "stiger fra 4 mio. kr. til …".

    What only says when or how often may stand between: "hæves, denne gang fra 4 mio. kr. til …".
    """
    led = _LED.search(text, max(0, start - 110), start)
    if led is None:
        return False
    words = [word for word, _ in words_back(text, led.start(), 8, max(0, led.start() - 100))]
    if any(_is_change_word(word, words) for word in words):
        return True
    return any(_is_change_word(word, []) for word in _farther_back(text, led.start()))


def _farther_back(text: str, end: int) -> list[str]:
    """The words of the clause that ends at ``end``: what is raised may be told at length, and on what day."""
    begin = max(0, end - _CLAUSE)
    begin = max((match.end() for match in _CLAUSE_END.finditer(text, begin, end)), default=begin)
    return [match.group().lower() for match in _WORD.finditer(text, begin, end)]


_CLAUSE = 200
_CLAUSE_END = re.compile(
    r"[;:!?]\s|\.\s{1,3}(?=[A-ZÆØÅ])|\n\s*\n|,\s+(?:og|men|mens|så|der|som|når|hvis|fordi|idet|da|hvor)\s|(?<![^\W\d_])(?:kr|kroner|mio|mia)(?![^\W\d_])"
)
_WORD = re.compile(r"[^\W\d_]+")


_TIMES = (
    r"(?:(?:for\s+)?(?:denne|første|anden|tredje|fjerde|femte|sidste|seneste)\s+gang|i\s+(?:første|anden)\s+omgang)"
)
# "steget med 6 mio. kr., dvs. fra 30 mio. kr. til …": by how much may stand between too.
_BY = (
    r"med\s+(?:(?:ca\.|cirka|omkring|knap|godt|i\s+alt|hele|yderligere)\s+)?\d[\d.,]*\s*"
    r"(?:(?:(?:mio|mia)\.?\s*)?(?:kr\.?|kroner)|t\.?\s?kr\.?|millioner(?:\s+kr(?:\.|oner))?|pct\.?|%|procent|årsværk|stillinger)(?![^\W\d_])"
)
_YEAR_ASIDE = r"i\s+(?:år|(?:19|20)\d\d(?:\s+(?:og|til)\s+(?:19|20)\d\d)?)"
_ASIDE = (
    rf"(?:{_TIMES}|{_YEAR_ASIDE}|nu|nemlig|altså|senest|først|så|igen|hele|endda|blot|kun|næsten|over\s+[^\W\d_]+\s+år"
    r"|dermed|således|samlet|årligt|månedligt|dvs\.?|d\.v\.s\.|det\s+vil\s+sige)(?![^\W_])"
)
_LED = re.compile(
    rf"(?:(?:[\s,(–-]|(?<![^\W\d_])(?:{_BY}|{_ASIDE})){{1,20}})?(?<![^\W\d_])fra\s{{1,3}}"
    r"(?:(?:ca\.|cirka|omkring|knap|godt)\s{1,2})?$",
    re.IGNORECASE,
)


def _is_change_word(word: str, words: list[str]) -> bool:
    """A verb or noun of change, or a plain verb that is one together with a direction ("sættes op")."""
    if word in cues("change"):
        return True
    return word in cues("change-with") and any(each in {"op", "ned", "i", "vejret"} for each in words)


def _with_cents(text: str, readings: list[Reading]) -> list[Reading]:
    """ "25 kr. og 50 øre" is one amount."""
    last = readings[-1]
    cents = _CENT.match(text, last.end) if last.currency == "DKK" and last.factor == 1 else None
    if cents and last.low is not None and last.high is None:
        readings[-1] = msgspec.structs.replace(last, end=cents.end(), low=last.low + Decimal(cents["number"]) / 100)
    return readings
