"""Units of money in running text: a scale, a currency or both ("mio. kr.", "t.kr.", "DKK", "kroner", ",-").

The words are data: ``lexicon/units.csv`` (scales and contractions; ``standalone`` says whether a currency must follow;
without a ``factor`` the word means two things and its number is refused) and ``lexicon/currencies.csv`` (``case``: only
as spelled, because "nok" and "sek." are Danish words; ``before``: may stand in front of its number).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

import msgspec

from pipeline.language import Prose
from pipeline.lexicon import rows

# What may part a number from its unit: a few blanks, with one line break at most (and the mark of a quoted mail line).
GAP = r"[ \t\u00a0\u2009\u202f]{0,4}(?:\n[> \t\u00a0]{0,8})?"
MILLION = Decimal(1_000_000)
THOUSAND = Decimal(1000)
ONE = Decimal(1)

_NEXT = re.compile(rf"{GAP}(?P<word>US\$|[^\W\d_]+|[€$£])")
_DASH = re.compile(r",(?:-{1,2}|–|—)(?!\w)")
_BOUND = re.compile(r"(?:(?<![^\W\d_])(?P<thousand>[tT])\.?|(?<![^\W\d_.])(?P<million>M)\.?|(?<=\d)['’])$")
_TORN = re.compile(r"[^\W\d_]{1,14}-\n[> \t]{0,8}[^\W\d_]{2,14}")
_BLANKS = " \t\u00a0\u2009\u202f\n>"
_SYMBOLS = "€$£"
_CROWNS = frozenset({"kr", "krone", "kroner"})


class Unit(msgspec.Struct, frozen=True, gc=False):
    """A unit as printed, ``text[start:end]``: one is worth ``factor`` of ``currency`` (None: none is printed).

    ``factor`` is None where the word means two things ("billion"). ``scaled``: it names millions or more, so a decimal
    point may stand before it. ``before``: its number may follow.
    """

    start: int
    end: int
    factor: Decimal | None
    currency: str | None
    scaled: bool
    before: bool


@functools.cache
def figure_words(kind: str) -> re.Pattern[str]:
    """The words of one kind in the same table as a pattern; ``whole``: not the beginning of a longer word."""
    words = [row for row in rows("figure_words") if row["kind"] == kind]
    forms = [re.escape(row["word"]) + (r"(?![^\W\d_])" if row["whole"] == "yes" else "") for row in words]
    return re.compile(rf"(?<![^\W\d_])(?i:{'|'.join(forms)})")


@functools.cache
def figure_set(kind: str) -> frozenset[str]:
    """The words of one kind in ``lexicon/figure_words.csv``."""
    return frozenset(row["word"] for row in rows("figure_words") if row["kind"] == kind)


def says(kind: str, text: str) -> bool:
    """Whether a text has one of the words of a kind."""
    lower = text.lower()
    return any(word in lower for word in figure_set(kind)) and figure_words(kind).search(text) is not None


class _Form(NamedTuple):
    """A word of a table. ``dot``: a full stop may belong to it; ``alone``: it needs no currency."""

    factor: Decimal | None
    currency: str | None
    before: bool
    dot: bool
    alone: bool
    spelled: str | None = None


@functools.cache
def _scales() -> dict[str, _Form]:
    return {
        row["form"]: _Form(
            Decimal(row["factor"]) if row["factor"] else None,
            row["currency"] or None,
            before=bool(row["currency"]),
            dot=row["dot"] == "yes",
            alone=row["standalone"] == "yes",
        )
        for row in rows("units")
    }


@functools.cache
def _currencies() -> dict[str, _Form]:
    """By the form in lower case; the first words of forms of two words are in :func:`_firsts`."""
    return {
        row["form"].lower(): _Form(
            Decimal(row["factor"]),
            row["currency"],
            before=row["before"] == "yes",
            dot=row["dot"] == "yes",
            alone=True,
            spelled=row["form"] if row["case"] == "yes" else None,
        )
        for row in rows("currencies")
    }


@functools.cache
def _firsts() -> frozenset[str]:
    return frozenset(form.split()[0] for form in _currencies() if " " in form)


@functools.cache
def _vocabulary() -> frozenset[str]:
    forms = [*_scales(), *_currencies()]
    return frozenset(form for form in forms if form.isalpha()) | _firsts()


def find_units(prose: Prose) -> Iterator[Unit]:
    """The units of money in a text, left to right. ",-" is a unit of its own (Danish kroner)."""
    text = prose.text
    anchors = [*prose.places(_vocabulary()), *_symbols(text), *broken_words(text, _vocabulary().__contains__)]
    anchors.sort()
    last = 0
    for start, end in anchors:
        if start >= last:
            unit = _unit_at(text, start, end, last)
            if unit is not None:
                last = unit.end
                yield unit


def _symbols(text: str) -> Iterator[tuple[int, int]]:
    for mark in (*_SYMBOLS, ",-", ",–", ",—"):
        place = text.find(mark)
        while place >= 0:
            yield place, place + 1
            place = text.find(mark, place + 1)


def broken_words(text: str, is_known: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The words that a line end cuts in two ("mil-", "lioner") and that are known when joined, as spans."""
    place = text.find("-\n")
    while place >= 0:
        begin = place
        while begin and place - begin < 14 and text[begin - 1].isalpha():
            begin -= 1
        match = _TORN.match(text, begin)
        if match and is_known(re.sub(r"[^\w]", "", match.group()).lower()):
            yield match.span()
        place = text.find("-\n", place + 2)


# The commonest units behind a digit and a blank; what they are worth is found the long way, once.
_COMMON = re.compile(r"(?:(?:mio|mia)\. kr\.|tkr\.|kr\.|kroner|(?:millioner|milliarder) kroner)(?![\w-]|\s?['’])")
_THOUSANDS = re.compile(r"\s?['’]\s?000(?!\d)")


@functools.lru_cache(maxsize=64)
def _worth(printed: str) -> tuple[Decimal | None, str | None, bool, bool]:
    unit = _unit_at(f"1 {printed}", 2, 2 + re.match(r"\w+", printed).end(), 2)  # type: ignore[union-attr]
    return (unit.factor, unit.currency, unit.scaled, unit.before) if unit else (None, None, False, False)


def _unit_at(text: str, start: int, end: int, floor: int) -> Unit | None:
    if start > floor + 1 and text[start - 1] == " " and text[start - 2].isdigit():
        common = _COMMON.match(text, start)
        if common:
            return Unit(start, common.end(), *_worth(common.group()))
    if text[start] == ",":
        return _dash_at(text, start)
    word = _key(text, start, end)
    scale = _scales().get(word)
    if scale:
        return _scale_at(text, start, end, scale)
    found = _currency_at(text, start, end, word)
    if found is None:
        return None
    currency, end = found
    if text[start] == "$" and text[start - 2 : start].upper() == "US":
        start -= 2
    if word in _CROWNS and text[max(0, start - 3) : start].rstrip().lower().endswith(("f.", "e.")):
        return None  # "f.Kr.", "e. Kr."
    if _goes_on(text, end):
        return None
    noughts = _THOUSANDS.match(text, end)
    if noughts and currency.factor is not None:  # "DKK '000"
        return Unit(start, noughts.end(), currency.factor * THOUSAND, currency.currency, False, currency.before)
    return _bound(text, start, end, currency, floor) or Unit(
        start, end, currency.factor, currency.currency, False, currency.before
    )


def _key(text: str, start: int, end: int) -> str:
    word = text[start:end].lower()
    return word if word.isalpha() or len(word) == 1 else re.sub(r"[^\w]", "", word)


def _goes_on(text: str, end: int) -> bool:
    """ "kr-gevinst": the word is the first half of another; "300 mio. kr.-puljen" still tells an amount."""
    return text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha() and text[end - 1] != "."


def _bound(text: str, start: int, end: int, currency: _Form, floor: int) -> Unit | None:
    """ "t. kr.", "M kr", "750' kr.": a scale that is a unit only with a currency behind it."""
    place = start
    while place > floor and text[place - 1] in _BLANKS and start - place < 8:
        place -= 1
    if place == floor or text[place - 1] not in "tTM.'’" or "\n\n" in text[place:start]:
        return None
    mark = _BOUND.search(text, max(floor, place - 3), place)
    if mark is None or currency.factor is None:
        return None
    factor = MILLION if mark["million"] else THOUSAND
    return Unit(
        mark.start(), end, currency.factor * factor, currency.currency, factor == MILLION, bool(mark["thousand"])
    )


def _dash_at(text: str, start: int) -> Unit | None:
    apart = start > 3 and text.startswith(" ,-", start - 1)  # "2.500 ,-", but not "kl. 12 ,-"
    number = text[start - 4 : start - 1].isdigit() if apart else start > 0 and text[start - 1].isdigit()
    dash = _DASH.match(text, start) if number else None
    if dash is None:
        return None
    found = _next_currency(text, dash.end())
    if found:
        return Unit(start, found[1], ONE, found[0].currency, False, False)
    return Unit(start, dash.end(), ONE, "DKK", False, False)


def _scale_at(text: str, start: int, end: int, scale: _Form) -> Unit | None:
    end = _with_dot(text, end, scale)
    # "tkr. kr." is "tkr." and whatever follows.
    found = None if scale.currency else _next_currency(text, end)
    if found is None and (not scale.alone or _goes_on(text, end)):
        return None
    currency, end = found or (None, end)
    factor = None if scale.factor is None else scale.factor * ((currency and currency.factor) or ONE)
    code = currency.currency if currency else scale.currency
    return Unit(start, end, factor, code, scale.factor is None or scale.factor >= MILLION, scale.before)


def _with_dot(text: str, end: int, form: _Form) -> int:
    return end + 1 if form.dot and text[end : end + 1] == "." else end


def _next_currency(text: str, start: int) -> tuple[_Form, int] | None:
    """The currency behind a scale, over blanks and one line end, and where it ends; a currency printed twice is one."""
    following = _NEXT.match(text, start)
    if following is None:
        return None
    word = following["word"].lower()
    found = _currency_at(text, following.start("word"), following.end(), word)
    if found is None and _OF_A_KIND.fullmatch(word):
        return _currencies()["kroner"], following.end()
    if found is None and _ADJECTIVE.fullmatch(word):
        kroner = _NEXT.match(text, following.end())
        found = (_currencies()["kroner"], kroner.end()) if kroner and kroner["word"].lower() == "kroner" else None
    if found is None or _goes_on(text, found[1]):
        return None
    return found


# "20 millioner administrationskroner", "3 millioner skattekroner": kroner by what they are for, or from.
_OF_A_KIND = re.compile(r"(?:[^\W\d_]{5,}s|skatte|støtte|reklame)kroner")
_ADJECTIVE = re.compile(r"ekstra|nye|friske|[^\W\d_]{3,}(?:ede|ige|ale)")  # "12 milliarder årlige kroner"


def _currency_at(text: str, start: int, end: int, word: str) -> tuple[_Form, int] | None:
    form = _currencies().get(word)
    if form is None and word in _firsts():
        second = _NEXT.match(text, end)
        if second and not text[end : end + 1].isalpha():
            form, end = _currencies().get(f"{word} {second['word'].lower()}"), second.end()
    if form is None or (form.spelled and text[start:end] != form.spelled):
        return None
    return form, _with_dot(text, end, form)


def scale_after(text: str, start: int) -> tuple[int, Decimal | None] | None:
    """The scale that stands at ``start``, without a currency ("mio." in "DKK 2,5 mio."): its end and its factor."""
    following = _NEXT.match(text, start)
    scale = _scales().get(following["word"].lower()) if following else None
    if following is None or scale is None or scale.currency:
        return None
    return _with_dot(text, following.end(), scale), scale.factor
