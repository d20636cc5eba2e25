"""The numbers that belong to a unit: one, a range ("1,5-2"), or a list that shares the unit ("11, 46 og 4").

Reading goes outward from the unit: its own number first, then, over connectors and nothing else, the numbers before it.
Every window is short, so that the work is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import msgspec

from pipeline.facts.money.linedash import low_above
from pipeline.facts.money.plain import CONNECTORS, HEDGES, TIES_BEHIND_AND, plain, tie
from pipeline.facts.money.plain import Item as Item
from pipeline.facts.money.signs import signed
from pipeline.facts.numbers import (
    NUMERAL,
    Number,
    find_numbers,
    number_at,
    parse_decimal,
    words_before,
)
from pipeline.facts.units import GAP

WINDOW = 160
LONGEST_LIST = 24
FARTHEST = 100

_APPROXIMATE = r"(?:(?:ca\.?|cirka|omkring|omtrent|knap|godt|hhv\.|henholdsvis)\s{1,2})?"
_GAP = re.compile(GAP)
# A dash that begins its line is the mark of a list.
_DASH = re.compile(rf"[ \t\u00a0\u2009\u202f]{{0,4}}[-–—−]{GAP}")
# "75- og 100 mio. kr.": what is left out behind the hyphen is the unit.
_UNTIL = re.compile(rf"-?{GAP}til(?:\s{{1,2}}og\s{{1,2}}med)?\s{GAP}{_APPROXIMATE}")
_AND = re.compile(rf"-?{GAP},?{GAP}(?:og|eller|samt|hhv\.?|henholdsvis)\s{GAP}{_APPROXIMATE}")
_COMMA = re.compile(rf"[,;]\s{GAP}{_APPROXIMATE}")
_BETWEEN = re.compile(r"(?i:mellem|imellem)\s+(?:ca\.\s+|cirka\s+)?$")
_PLAIN_YEAR = re.compile(r"(?:19|20)\d\d")
# A number after one of these counts or names something; it is not an item of the list that follows.
_NAMED = re.compile(
    r"(?:§§?|(?i:(?<!\w)(?:[^\W\d_]{0,20}nr|nummer|side|s|pkt|punkt|kap|kapitel|afsnit|bilag|uge|kl|trin|model|fase|forslag|tabel|figur"
    r"|scenarie|zone|konto|artikel|stk|sag|dok|option|variant|tlf|telefon|ean|gln|cvr|faktura|fakturanr|bilagsnr|ordre|ordrenr|kontonr|reg\.nr|sagsnr))\.?:?)\s{0,2}$"
)


_SKIPPED = " \t\n>\u00a0\u2009\u202f"
_NUMBER_END = "½¼¾-–—"
_NUMBER_RUN = ".,/½¼¾-–—−÷ \u00a0\u2009\u202f"


Skip = Callable[[int, int], bool]


def number_before(text: str, end: int, floor: int, *, pointed: bool) -> Item | None:
    """The number whose unit begins at ``end``, not reaching back beyond ``floor``.

    ``pointed``: the unit allows a decimal point ("2.5 mio.").
    """
    begin = _window(text, end, floor)
    stop = end
    while stop > begin and text[stop - 1] in _SKIPPED:
        stop -= 1
    if stop == begin:
        return None
    mark = _MARK.search(text, max(begin, stop - 4), stop) if text[stop - 1] in _MARKS else None
    if mark and _GAP.fullmatch(text, stop, end):
        inner = number_before(text, mark.start(), floor, pointed=pointed)
        return msgspec.structs.replace(inner, end=mark.end()) if inner and inner.end == mark.start() else None
    if text[stop - 1] == ")":
        return _in_parentheses(text, begin, stop) if _GAP.fullmatch(text, stop, end) else None
    if not (text[stop - 1].isalnum() or text[stop - 1] in _NUMBER_END):
        return None
    last = _last(text, _run_start(text, begin, stop), end)
    if last is not None and _GAP.fullmatch(text, last.end, end):
        return signed(text, _torn_group(text, last, begin) or Item.of(last, pointed=pointed), begin)
    words = words_before(text, end, begin)
    if words is None or not _GAP.fullmatch(text, words.end, end):
        return None
    return signed(text, Item.of(words, pointed=pointed), begin)


_MARKS = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹*)+")
# The mark of a footnote: "1.000¹ kr.", "1.000*) kr.", and that of a lower bound ("500+ kr.").
_MARK = re.compile(r"(?<=\d)(?:(?:[¹²³⁰⁴-⁹]{1,2}|\*{1,3})\)?|\+)$")
_PARENTHESES = re.compile(rf"(?<![\w)½¼¾.,])(?<!\d[ \u00a0])\((?P<body>{NUMERAL})\)$")
# "4.", line end, "094 kr.": a number cannot begin with the nought, so the line end stands inside it.
_GROUPS_BEFORE = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3}){0,2}\.[ \t]{0,2}\n[> \t]{0,8}$")


def _in_parentheses(text: str, begin: int, stop: int) -> Item | None:
    """ "(1.250) t.kr.": the accountants' minus. A year, or a number behind another ("2 (3) stillinger"), is none."""
    match = _PARENTHESES.search(text, max(begin, stop - 24), stop)
    if match is None or _PLAIN_YEAR.fullmatch(match["body"]):
        return None
    value = parse_decimal(match["body"])
    return Item(match.start(), stop, -value if value is not None else Decimal(0), None, value is None)


def _torn_group(text: str, last: Number, begin: int) -> Item | None:
    if last.value is not None or text[last.start] != "0":
        return None
    head = _GROUPS_BEFORE.search(text, max(begin, last.start - 24), last.start)
    value = parse_decimal(re.sub(r"[\s>]", "", text[head.start() : last.end])) if head else None
    return Item(head.start(), last.end, value) if head and value is not None else None


def _run_start(text: str, begin: int, end: int) -> int:
    """Where the run of characters begins that a number at ``end`` can be printed with: no number reaches over it."""
    while end > begin and (text[end - 1] in _NUMBER_RUN or text[end - 1].isdigit()):
        end -= 1
    return end


def _last(text: str, begin: int, end: int) -> Number | None:
    return max(find_numbers(text, begin, end), default=None, key=lambda number: number.start)


def _window(text: str, end: int, floor: int) -> int:
    """Where reading may begin: not beyond ``WINDOW``, not over a blank line, not inside a number."""
    begin = max(floor, end - WINDOW)
    paragraph = text.rfind("\n\n", begin, end)
    begin = paragraph + 2 if paragraph >= 0 else begin
    while floor < begin < end and (text[begin - 1].isalnum() or text[begin - 1] in ".,-–−"):
        begin += 1
    return begin


def read_before(text: str, unit_start: int, floor: int, *, pointed: bool, skip: Skip) -> list[Item]:
    """The items that share the unit at ``unit_start``, in printed order; empty when no number stands before it.

    ``skip(start, end)`` is true for numbers that are something else already (dates, phone numbers).
    """
    found = plain(text, unit_start, floor)
    if isinstance(found, Item):
        if not skip(found.start, found.end):
            return [msgspec.structs.replace(found, refused=True) if _holds_a_year(text, found) else found]
        if found.high is None:
            return []
    tail = number_before(text, unit_start, floor, pointed=pointed) if found else None
    if tail is None or skip(tail.start, tail.end):
        return []
    either = text[tail.start] in "mM" and _EITHER_SIGN.search(text, max(floor, tail.start - 16), tail.start)
    doubtful = either or _DOUBTFUL.search(text, max(floor, tail.start - 16), tail.start)
    if doubtful or _torn(text, tail, floor) or _is_cut_range(text, tail, floor):
        return [msgspec.structs.replace(tail, refused=True)]
    items = [tail]
    listed = False
    while len(items) < LONGEST_LIST:
        first = items[0]
        earlier = _earlier(text, first, floor, pointed, skip, listed)
        if earlier is None:
            break
        item, ranged, listed = earlier
        items[0:1] = [_joined(text, item, first)] if ranged else [item, first]
    if len(items) > 1 and _goes_on_from_a_name(text, items[0], floor):
        return [msgspec.structs.replace(items[-1], refused=True)]
    return items


def _goes_on_from_a_name(text: str, first: Item, floor: int) -> bool:
    """Whether a list goes on from the number of something: how many of "punkt 12, 14, 16 og 3 stillinger" is open."""
    previous = _last(text, _window(text, first.start, floor), first.start)
    if previous is None or not is_named(text, previous.start):
        return False
    between = previous.end, first.start
    return _COMMA.fullmatch(text, *between) is not None or _AND.fullmatch(text, *between) is not None


# "12 mio. kr. i 2026,11 mio. kr. i 2027": a year and a figure that a blank should part.
_YEAR_GLUED = re.compile(r"(?:19|20)\d\d,\d{1,2}")


def _holds_a_year(text: str, item: Item) -> bool:
    glued = _YEAR_GLUED.fullmatch(text, item.start, item.end) is not None
    return glued and _YEAR_CUE.search(text, max(0, item.start - 12), item.start) is not None


# "flere 100.000 kr." is no figure, "60/40 kr." is two, and so is "+/- 2 mio. kr.".
_DOUBTFUL = re.compile(
    r"(?i:(?<![^\W\d_])(?:flere|nogle|mange|adskillige|et\s(?:par|antal)|utallige)\s{1,2}|\d/|\d\s{0,2}\+\s{0,2}|\+\s?/\s?[-–−÷]?\s{0,2}|±\s{0,2})$"
)

# "plus/minus 2 mio. kr." has no sign.
_EITHER_SIGN = re.compile(r"(?i:(?<![^\W\d_])plus(?:\s?[/–-]\s?|\s(?:eller|og)\s|\s))$")


def _torn(text: str, tail: Item, floor: int) -> bool:
    """Whether a blank or a line break may have torn the number: "17, 5 mio. kr.", "1. 500 kr.", "1,5 -2 mio. kr."."""
    before = text[max(floor, tail.start - 12) : tail.start]
    if before[-1:] in {",", "."} and not before[-2:-1].strip():
        return True  # " ,5 mio. kr."
    digits = re.match(r"\d+", text[tail.start : tail.end])
    if text[tail.start] in "-–":
        return re.search(r"\d\s{1,2}$", before) is not None
    if digits is None:
        return False
    if re.search(r"\d[ \u00a0\u2009\u202f]\d", text[tail.start : tail.end]):
        # "kl. 12 300 kr.", "tlf. 33 12 500 kr.": where the number begins is not plain.
        return is_named(text, tail.start) or re.search(r"(?<![12]\d\d)\d[ \u00a0]$", before) is not None
    if re.search(r"(?<!\d)\d{1,3},\s{1,3}$", before):
        return len(digits[0]) <= 2
    ordinal = re.search(r"(?<![\d.])\d{1,3}\.\s{1,3}$", before)
    return (
        ordinal is not None
        and len(digits[0]) == 3
        and before[: ordinal.start()].strip(" ") != ""
        and (before[: ordinal.start()].rstrip(" ")[-1] != "\n")
    )


def _is_cut_range(text: str, tail: Item, floor: int) -> bool:
    """Whether it may be the upper end of a range that a line end has cut: "10", line end, "- 12 mio. kr."."""
    low = low_above(text, tail.start, tail.end, floor)
    if low is None or low.value is None or is_named(text, low.start):
        return False
    return is_reach(low.value, tail.low) and not _PLAIN_YEAR.fullmatch(text, low.start, low.end)


def _earlier(
    text: str, first: Item, floor: int, pointed: bool, skip: Skip, listed: bool
) -> tuple[Item, bool, bool] | None:
    """The number before ``first``, whether the two are a range, and whether a list is under way."""
    if not _is_connected(text[max(floor, first.start - 28) : first.start]):
        return None
    begin = _window(text, first.start, floor)
    previous = _last(text, begin, first.start)
    within = _WITHIN.search(text, begin, first.start)
    if within and previous is not None and previous.start == within.start("number"):
        item = Item.of(previous, pointed=pointed)
        return None if skip(item.start, item.end) else (item, False, True)
    aside = _ASIDE.search(text, begin, first.start)
    if aside and previous is not None and previous.end == aside.start():
        item = Item.of(previous, pointed=pointed)
        return None if skip(item.start, item.end) or is_named(text, item.start) else (item, False, True)
    if previous is None or text[previous.end : first.start].strip(" \n,;-–—til") != "":
        previous = _word_item(text, first, begin) or previous
    if previous is None:
        return None
    item, between = Item.of(previous, pointed=pointed), (previous.end, first.start)
    if skip(item.start, item.end) or is_named(text, item.start):
        return None
    if first.high is None and _is_range(text, item, first, between, begin, pointed):
        spoken = text[item.start].isalpha() and item.low < 100 <= first.low  # "to-tre hundrede"
        return (msgspec.structs.replace(item, refused=True) if spoken else item), True, listed
    if _AND.fullmatch(text, *between) and not _stray_year(text, item, first):
        return item, False, True
    if listed and _COMMA.fullmatch(text, *between) and not _stray_year(text, item, first):
        return item, False, True
    return None


# "hhv. 11,2 (nord) og 13,9 mio. kr. (syd)": a word in parentheses behind each.
_ASIDE = re.compile(r"[ \u00a0]\([^\W\d_][^()\d\n]{0,24}\),?[ \n](?:og|eller|samt)[ \n]$")


# "mindst 500 og højst 1.000 kr."
_WITHIN = re.compile(
    rf"(?i:(?<!\w)(?:mindst|minimum|min\.)\s{{1,2}}(?P<number>{NUMERAL})\s{{1,2}}og\s{{1,2}}(?:højst|maks(?:imalt|imum|\.)?|max\.?)\s{{1,2}})$"
)


def _is_connected(before: str) -> bool:
    """Whether what stands before a number may tie it to another one."""
    words = before.rsplit(None, 1)
    while words and not words[-1].strip(">"):
        words = words[0].rsplit(None, 1) if len(words) > 1 else []
    if not words:
        return False
    word = words[-1].lower()
    return word[-1] in "-–—−,;" or word in CONNECTORS or word in HEDGES or word in _TIES


_TIES = frozenset({"hhv.", "hhv", "henholdsvis", *TIES_BEHIND_AND})


def is_named(text: str, start: int) -> bool:
    """Whether the number at ``start`` is the name of something: "§ 3", "trin 2", "nr. 7"."""
    before = text[max(0, start - 24) : start].rsplit(None, 1)
    if len(before) == 2 and tie(before[1]) == "" and before[1].isalpha():
        return False
    return _NAMED.search(text, max(0, start - 12), start) is not None


def _word_item(text: str, first: Item, begin: int) -> Number | None:
    connector = re.search(r"(?:\s(?:til|og|eller)\s|[-–])\s?$", text[begin : first.start])
    return words_before(text, begin + connector.start(), begin) if connector else None


_STREET = re.compile(
    r"(?<![^\W\d_])[A-ZÆØÅ][^\W\d_]*(?:gade|vej|vejen|all[eé]|stræde|stræde[t]|plads|pladsen|torv|torvet|vænge|vænget"
    r"|have|haven|park|parken|toft|toften|mark|marken|bakke|bakken|krog|krogen|gård|gården|sti|stien|kaj|brygge|boulevard)\s{1,2}$"
)


def _is_range(text: str, low: Item, high: Item, between: tuple[int, int], begin: int, scaled: bool) -> bool:
    dash = _DASH.fullmatch(text, *between)
    until = _UNTIL.fullmatch(text, *between)
    within = _AND.fullmatch(text, *between) and _BETWEEN.search(text, max(begin, low.start - 18), low.start)
    if not (dash or until or within) or _stray_year(text, low, high):
        return False
    if until and _STREET.search(text, max(0, low.start - 40), low.start):
        return False  # "salget af Bredgade 4 til 2.950.000 kr."
    # A dash with blanks around it may be punctuation ("Forslag 12 - 500.000 kr."): then the two are far apart.
    spaced = dash is not None and dash.group()[0].isspace()
    return not spaced or is_reach(low.low, high.low) or (scaled and low.low >= 10_000 and high.low < 100)


def _stray_year(text: str, item: Item, neighbour: Item) -> bool:
    """A year before an amount is no item of its list: "i 2023 og 4 mio. kr.", "Budget 2024 - 5 mio. kr."."""
    if not _PLAIN_YEAR.fullmatch(text, item.start, item.end):
        return False
    return neighbour.low < 1000 or _YEAR_CUE.search(text, max(0, item.start - 12), item.start) is not None


def is_year(text: str, item: Item) -> bool:
    """Whether a number is printed as a year and follows a word for one: "i 2024 medarbejdere"."""
    plain = _PLAIN_YEAR.fullmatch(text, item.start, item.end) is not None
    return plain and _YEAR_CUE.search(text, max(0, item.start - 12), item.start) is not None


_YEAR_CUE = re.compile(r"(?i:(?<!\w)(?:i|for|fra|til|siden|år|året|budget|regnskab))\s{1,2}$")


def _joined(text: str, low: Item, high: Item) -> Item:
    between = text[low.end : high.start]
    split = (low.end, high.start) if _UNTIL.fullmatch(between) else None
    return Item(low.start, high.end, low.low, high.low, low.refused or high.refused, None, split)


def reach(text: str, start: int) -> Item | None:
    """The upper end of a range whose lower end stops at ``start``: "-2", "til 3"."""
    connector = _DASH.match(text, start) or _UNTIL.match(text, start)
    number = number_at(text, connector.end()) if connector else None
    return Item.of(number) if number else None


_YEAR_AFTER = r"\s{1,2}(?:i|fra|for)\s{1,2}(?:19|20)\d\d(?!\d)"
_THEN = r"(?i:\s{1,2}(?:i\s{1,2}fjor|sidste\s{1,2}år|året\s{1,2}(?:før|forinden)|tidligere|i\s{1,2}dag)(?!\w))"
_FOR_WHAT = r"(?:\s{1,2}(?:til|på)(?:\s{1,2}(?!(?:og|i|mod)\s)[^\W\d_]+){1,3}(?:\s{1,2}og\s{1,2}[^\W\d_]+)?)?"
_BECOMING = r"(?:stigende|voksende|faldende|aftagende)"
_FURTHER = re.compile(
    rf"(?:{_FOR_WHAT}(?:{_YEAR_AFTER})(?:,\s{{1,2}}(?:og\s{{1,2}})?|\s{{1,2}}(?:og|samt|mod)\s{{1,2}})"
    rf"|{_FOR_WHAT}(?:{_YEAR_AFTER})?,?\s{{1,2}}(?:og\s)?{_BECOMING}\stil\s{{1,2}}|{_FOR_WHAT}\s{{1,2}}mod\s{{1,2}})"
    r"(?:ca\.\s|cirka\s|kun\s|blot\s|knap\s|yderligere\s)?"
    rf"(?P<number>{NUMERAL}|[^\W\d_]{{2,12}})(?={_YEAR_AFTER}|{_THEN})"
)
# "to årsværk i 2026 og 2027, derefter ét": nothing is counted behind the number.
_THEREAFTER = re.compile(
    rf"{_YEAR_AFTER}(?:(?:,|\s(?:og|til)|[-–])\s?(?:19|20)\d\d(?!\d))*,?\s{{1,2}}(?:og\s)?(?:derefter|herefter)\s{{1,2}}"
    rf"(?P<number>{NUMERAL}|[^\W\d_]{{2,12}})(?=\s{{0,2}}(?:[,;)!?](?!\d)|\.(?!\d)|\n(?=\s*(?:\n|[-–•*A-ZÆØÅ]|$))|$))"
)


def further(text: str, end: int) -> Iterator[Item]:
    """The bare numbers behind a quantity that ends at ``end`` and share its unit, each with a time of its own:
    "63 årsværk mod 58 i 2022", "5 mio. kr. i 2024, 6 i 2025 og 7 i 2026".
    """
    for _ in range(LONGEST_LIST):
        match = _FURTHER.match(text, end) or _THEREAFTER.match(text, end)
        value = parse_decimal(match["number"]) if match else None
        if match is None or value is None or _PLAIN_YEAR.fullmatch(match["number"]):
            return
        yield Item(*match.span("number"), value)
        end = match.end()


def is_reach(low: Decimal, high: Decimal) -> bool:
    """Whether two numbers parted by a dash with blanks can be the ends of one range."""
    return low < high <= low * FARTHEST


def joined_units(text: str, low: tuple[int, int], high: tuple[int, int]) -> bool:
    """Whether two quantities, each with its unit, are printed as a range: "1 mio. kr. - 2 mio. kr.", "fra … til …".

    "4 mio. kr. – 5 mio. kr. mindre end ventet" is none: what is compared stands by itself.
    """
    (low_start, low_end), (high_start, high_end) = low, high
    between = (low_end, high_start)
    dash = _DASH.fullmatch(text, *between)
    if dash:
        return not (dash.group()[0].isspace() and _COMPARES.match(text, high_end))
    if _UNTIL.fullmatch(text, *between):
        return _FROM.search(text, max(0, low_start - 8), low_start) is not None
    return (
        _AND.fullmatch(text, *between) is not None
        and _BETWEEN.search(text, max(0, low_start - 18), low_start) is not None
    )


_FROM = re.compile(r"(?i:(?<!\w)fra\s{1,3})(?:ca\.\s)?$")
_COMPARES = re.compile(r"\s{1,3}(?:mindre|mere|flere|færre|lavere|højere|dyrere|billigere|under|over)(?!\w)")
