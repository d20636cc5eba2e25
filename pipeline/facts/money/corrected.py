"""A figure that is denied and put right: "der er ikke nedlagt 6 årsværk, men 4,25", "ikke 3 mio. kr., men 4,5".

The first figure is told as refused, for it is not so. The second is of the same unit where nothing else stands by it.
So is refused what a clause says it is not, and no more: "Det var ikke 22 mio. kr.". The one that is so may stand in
front: "3,5 mio. kr., ikke 4,5 mio. kr.", "6 og ikke 8 årsværk".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from pipeline.facts.money.phrase import Item
from pipeline.facts.money.traps import is_multiplied, is_spelled
from pipeline.facts.money.vague import or_more
from pipeline.facts.numbers import number_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.facts.money.front import Reading

_DENIED = re.compile(
    r"(?<!\w)(?:ikke|ej)\s{1,2}(?:tale\som\s{1,2}(?:[^\W\d_]+\s{1,2}){0,2})?"
    r"(?:(?!(?:kun|alene|blot|bare|mindst|over|under)\s)[^\W\d_]+\s{1,2}){0,3}$",
    re.I,
)
_IS = r"(?:er|var|bliver|blev|være|været|blive|blevet|koster|kostede|koste|kostet|udgør|udgjorde|udgøre|udgjort)"
_HEDGE = r"(?:(?:på|til|om|ca\.|cirka|omkring|de|hele)\s{1,2}){0,2}"
_IS_NOT = re.compile(
    rf"(?<!\w)(?:{_IS}\s{{1,2}}(?:heller\s|altså\s|dog\s)?(?:ikke|aldrig)|ikke\s{{1,2}}{_IS})\s{{1,2}}{_HEDGE}$"
    r"|(?<!\w)ikke\s{1,2}tale\som\s{1,2}(?:(?:en|et)\s{1,2}[^\W\d_]+\s{1,2}(?:på|om)\s{1,2})?$",
    re.IGNORECASE,
)
_SAID_BEFORE = (
    r"(?:som\s{1,2}(?:tidligere|først|oprindeligt|ellers|fejlagtigt)\s{1,2}"
    r"(?:oplyst|nævnt|anført|skrevet|antaget|angivet|meldt\sud)\s{1,2})?"
)
_AND_NOT = (
    rf"\s{{0,2}}[,(–-]?\s{{0,2}}(?:(?:og|men)\s{{1,2}})?ikke,?\s{{1,2}}{_SAID_BEFORE}(?:(?:de|på|til|med)\s{{1,2}})?$"
)
_INSTEAD = re.compile(
    rf"(?:\d|(?<![^\W\d_])(?:kr\.?|kroner|mio\.?|mia\.?|tkr\.?|årsværk|stilling(?:er)?|timer)){_AND_NOT}", re.IGNORECASE
)
"""Behind a figure and in front of another one, which is not so."""
_AS_ELSEWHERE = re.compile(r",?\s{1,2}(?:sådan\s)?(?:som|hvilket|der)\s")
"""Behind a figure that is not so here and of which it is told where it is: ", som der stod i bilaget"."""
_BARE_INSTEAD = re.compile(rf"(?<![\w.,-])(?P<number>\d{{1,3}}(?:\.\d{{3}})*(?:,\d{{1,2}})?){_AND_NOT}", re.IGNORECASE)
_NO_MORE = re.compile(
    r"(?:\s{1,2}(?:årligt|om\såret|om\småneden|i\salt|pr\.\s[^\W\d_]+|i\s(?:19|20)\d\d))?\s{0,2}(?:[.;!)](?!\d)|,(?!\d)|$|\n)"
)
_BUT = re.compile(
    r",?\s{1,3}men\s{1,2}(?:(?:kun|derimod|i\sstedet|snarere|nærmere|faktisk|om|på)\s{1,2}){0,2}(?=\d)", re.IGNORECASE
)
_ALONE = re.compile(r"\s{0,2}(?:[.;!?)](?!\d)|,(?!\d)|$|\n)")
_GOES_ON = re.compile(r"[ \t]{0,2}\n[> \t]*[a-zæøå]")  # "men 4,5", line end, "mio. kr."
_SAME = re.compile(
    r"\s{1,2}(?:(?:mio|mia|mill)\.?\s)?(?:kr\.?|kroner|årsværk|stilling(?:er)?|timer|t\.?kr\.?|mio\.?|mia\.?)(?![^\W\d_])",
    re.IGNORECASE,
)
_BEFORE = 60


def correction(text: str, start: int, end: int) -> Item | None:
    """The bare number that is put in the place of the figure ``text[start:end]``; None where there is none."""
    place = _place(text, start, end)
    number = number_at(text, place) if place is not None else None
    if number is None or number.value is None or not _ALONE.match(text, number.end):
        return None
    if _SAME.match(text, number.end) or _GOES_ON.match(text, number.end):
        return None  # it has its unit, or counts something else
    return Item.of(number)


def put_in_front(text: str, start: int) -> Item | None:
    """The bare number in front of the denied figure at ``start`` that is so: "6 og ikke 8 årsværk"."""
    if text.find("ikke", max(0, start - _BEFORE), start) < 0:
        return None
    match = _BARE_INSTEAD.search(text, max(0, start - _BEFORE), start)
    number = number_at(text, match.start("number")) if match else None
    return Item.of(number) if number is not None and number.value is not None else None


def is_corrected(text: str, start: int, end: int) -> bool:
    """Whether the figure ``text[start:end]`` is denied; another one may stand behind it for what is so."""
    place = _place(text, start, end)
    number = number_at(text, place) if place is not None else None
    if number is None:
        front = max(0, start - _BEFORE)
        if text.find("kke", front, start) >= 0 and _INSTEAD.search(text, front, start):
            return _AS_ELSEWHERE.match(text, end) is None
        return bool(_IS_NOT.search(text, max(0, start - _BEFORE), start) and _NO_MORE.match(text, end))
    return bool(_ALONE.match(text, number.end) or _SAME.match(text, number.end))


def why_refused(text: str, start: int, end: int) -> str | None:
    """Why a figure that has a reading is not given for what is printed; None where it is."""
    if is_multiplied(text, start):
        return "is to be multiplied"
    if is_corrected(text, start, end):
        return "is denied"
    if is_spelled(text, start, end):
        return "has its digits apart"
    return "fits no rule" if or_more(text, end) else None


def with_corrections(text: str, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, each denied one followed by the bare number that is so."""
    told: list[Reading] = []
    for reading in readings:
        money = reading.low is not None and reading.currency
        front = put_in_front(text, reading.start) if money else None
        if front is not None and not (told and told[-1].end > front.start):
            told.append(_as(text, reading, front))
        told.append(reading)
        item = correction(text, reading.start, reading.end) if money else None
        if item is not None:
            told.append(_as(text, reading, item))
    return told


def _as(text: str, reading: Reading, item: Item) -> Reading:
    """The bare number ``item`` read as ``reading`` is, with its unit."""
    unit = re.sub(r"^[\d.,½¼¾\s–-]+", "", text[reading.start : reading.end])
    found = msgspec.structs.replace(reading, start=item.start, end=item.end, low=item.low * reading.factor, high=None)
    return msgspec.structs.replace(found, unit_source=unit or "kr.", head=-1, tail=-1)


def _place(text: str, start: int, end: int) -> int | None:
    behind = _BUT.match(text, end) if text[end : end + 1] in (",", " ", "\n") else None
    if behind is None or not _DENIED.search(text, max(0, start - _BEFORE), start):
        return None
    return behind.end()
