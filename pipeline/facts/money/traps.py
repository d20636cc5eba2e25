"""What is printed like an amount and is none: a table's heading, a place, a crown of a tooth, a manner of speaking."""

from __future__ import annotations

import re

from pipeline.facts.money.phrase import Item
from pipeline.facts.units import Unit, figure_words

_THOUSAND = re.compile(r"1[. \u00a0]?000(?:[. \u00a0]000)?")
_HEADING_BEFORE = re.compile(r"(?i:(?:(?<!\w)(?:i|hele)\s{1,3}|\(\s?)$)")
_HEADING_AFTER = re.compile(
    r"(?:,?\s(?:i\s)?(?:20\d\d|\d\d|løbende|faste|årets)[ -]?(?:p|P)[^)\n]{0,24})?"
    r"[);:]?(?:\s{0,3}[|:*]|[ ]?\t|[ \t]{0,3}(?:\n|$)|\s{2}|\s+\d|\s(?:20|R|B|BO))"
)
_SENTENCE_BEFORE = re.compile(r"(?:^|\n|(?:[^\W\d_]{4,}|(?<![\w.,-])(?:19|20)\d\d)\)?\.[ \t]{1,3})[ \t]*$")
_STATED_AFTER = re.compile(
    r"[.,]{0,2}\s{1,2}(?i:netto|brutto|\(?(?:i\s)?(?:20\d\d|årets|faste|løbende)[ -]?p[^\W\d_]{1,12}\)?)"
    r"[.;]?[ \t]*(?:\n|$|(?i:minus|plus|negativ|positiv|fortegn|afvigelse|difference|forskel))"
)
"""A unit alone on its line, or as its last sentence but for what the signs mean: "Nordby Kommune. 1.000 kr., netto"."""
_OVERVIEW_BEFORE = re.compile(
    r"(?:^|\n)[ \t]*[^\W\d_]*(?i:oversigt|tabel|skema|specifikation|opgørelse)"
    r"(?:,\s[^\d.,:;\n]{3,40}){0,2}\.[ \t]{1,3}$"
)
"""A heading that calls a table, before its unit: "Oversigt, drift. "."""
_PLACE = re.compile(r"[ \t\u00a0](?P<name>[A-ZÆØÅ][a-zæøåé]{2,24})(?![^\W\d_])")
_TOWN = ("by", "inge", "løse", "strup", "trup", "rup", "holm", "lev", "sted", "bæk", "borg", "skov", "sø", "sted", "bo")
_ADDRESS = re.compile(r"(?:,|^|\n|DK-|[Pp]ostnr\.?:?|(?<!\w)i|\()[ \t]{0,2}$")
_NORM = re.compile(r"(?i:euro?)\s?[1-7][abcd]?(?![\d.,]?\d|\s?(?:mio|mia|mill|,-))")
_IDIOM = re.compile(r"(?i:(?:en|et|to|fem)\s{1,2}(?:krone|øre|euro|kr\.?))")
_SPARED = re.compile(
    r"(?i:(?<![^\W\d_])(?:for|ikke|ej|koster|kostede|knap|bare|så\smeget\ssom|uden)(?:\s\w{2,12})?\s{1,2}$)"
)


def is_heading(text: str, unit: Unit, first: Item) -> bool:
    """ "Beløb i 1.000 kr." and "(1.000 kr.)" say the unit of a table; they are no amount."""
    if unit.factor != 1 or text[unit.start] == "," or not _THOUSAND.fullmatch(text, first.start, first.end):
        return False
    line = max(0, first.start - 40)
    alone = text[max(text.rfind("\n", line, first.start) + 1, line) : first.start].strip(" \t*|") == ""
    ends = text[unit.end : unit.end + 3].lstrip(" \t*|")[:1] in {"", "\n"}
    if _STATED_AFTER.match(text, unit.end) and _SENTENCE_BEFORE.search(text, line, first.start):
        return True
    if ends and _OVERVIEW_BEFORE.search(text, max(0, first.start - 150), first.start):
        return True
    lead = _HEADING_BEFORE.search(text, max(0, first.start - 8), first.start)
    if lead and lead[0].startswith("("):
        # "gebyret (1.000 kr.) opkræves" is an amount, "Drift (1.000 kr.)  2025  2026" is not.
        return _HEADING_AFTER.match(text, unit.end) is not None
    return lead is not None or (alone and ends)


def is_no_money(text: str, unit: Unit, item: Item) -> bool:
    """A number before a word of money that is something else; ``unit`` has no scale."""
    first = text[unit.start]
    if first == "K":
        return text[unit.end - 1] == "." and _is_place(text, unit, item)
    if unit.factor != 1 and not text[item.start].isalpha():
        return False
    if text[item.start].isalpha() and _is_idiom(text, unit, item):
        return True
    return (
        text.startswith("krone", unit.start) and item.low < 1000 and item.high is None and _is_crown(text, unit, item)
    )


def _is_place(text: str, unit: Unit, item: Item) -> bool:
    """ "4070 Kr. Hyllinge": a postal code and a church town."""
    name = _PLACE.match(text, unit.end)
    if name is None or item.end - item.start != 4 or not text[item.start : item.end].isdigit():
        return False
    return name["name"].endswith(_TOWN) or _ADDRESS.search(text, max(0, item.start - 8), item.start) is not None


def _is_idiom(text: str, unit: Unit, item: Item) -> bool:
    """ "uden at betale en krone", "ikke for fem øre" are manners of speaking."""
    printed = text[item.start : unit.end]
    if not _IDIOM.fullmatch(printed):
        return False
    if printed[:2].lower() in {"en", "et"}:
        return True
    return _SPARED.search(text, max(0, item.start - 24), item.start) is not None


def _is_crown(text: str, unit: Unit, item: Item) -> bool:
    """ "41 kroner på kindtænder", "tolv kroner i alléen": crowns of teeth and of trees, where nothing is paid."""
    begin, stop = max(0, item.start - 90), unit.end + 70
    begin = max(begin, text.rfind("\n\n", begin, item.start) + 1, text.rfind(". ", begin, item.start) + 1)
    end = text.find(". ", unit.end, stop)
    stop = end if end >= 0 else stop
    if not figure_words("crown").search(text, begin, stop):
        return False
    return not figure_words("paid").search(text, begin, stop)


def is_norm(text: str, unit: Unit) -> bool:
    """ "Euro 6" is a norm for exhaust."""
    return text[unit.start] in "Ee" and _NORM.match(text, unit.start) is not None


_TIMES = re.compile(
    r"(?<![\w.,/-])(?:\d{1,3}|to|tre|fire|fem|seks|syv|otte|ni|ti|tolv)(?:\s{1,2}gange|\s?[xX×*])\s{0,2}$",
    re.IGNORECASE,
)


def is_multiplied(text: str, start: int) -> bool:
    """ "2 x 4,2 mio. kr.", "3 gange 250.000 kr.": the sum is not the one printed, and is not worked out."""
    if text[max(0, start - 3) : start].rstrip()[-1:] not in "xX×*e" or start == 0:
        return False
    return _TIMES.search(text, max(0, start - 16), start) is not None


_SPELLED_BEFORE = re.compile(r"(?<![\w.,])\d(?:[ .]{1,2}\d){0,12} $")
_SPELLED_BEHIND = re.compile(r" \d(?![\w])(?:[ .]{1,2}\d(?![\w])|(?=[ \n,;:)]|\.\s|$))")
_ONE_DIGIT = re.compile(r"(?:[^\W\d_]+\.?\s{0,2}){0,2}(?P<number>\d(?:\.\d)*)(?:\s{0,2}[^\W\d_]+\.?){0,2}")


def is_spelled(text: str, start: int, end: int) -> bool:
    """ "kr. 3 5 0.0 0 0", "2 1 2.1 5 7 kr.": a scan whose digits stand apart, and the figure is only one of them."""
    printed = _ONE_DIGIT.fullmatch(text, start, end)
    if printed is None:
        return False
    begins, ends = printed.start("number") == start, printed.end("number") == end
    if begins and _SPELLED_BEFORE.search(text, max(0, start - 30), start):
        return True
    return ends and _SPELLED_BEHIND.match(text, end) is not None
