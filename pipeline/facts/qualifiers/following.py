"""The years of a figure for "de følgende år": those behind the year of the figure before it.

"4 mio. kr. i 2025 og 2 mio. kr. i de følgende år" is of 2025, and of 2026 and on; "i de følgende tre år" is of 2026 to
2028. The figure before it must stand in the same sentence with a year of its own that does not go on. "Overslagsårene"
are the three years behind that of the budget, by law: "2 mio. kr. i 2026 og 3 mio. kr. i overslagsårene" is of 2027 to
2029. Where no one year stands before them the figure has none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

import msgspec

from corpus.model import Amount, Evidence, Fte

if TYPE_CHECKING:
    from collections.abc import Sequence

_COUNTS = {word: at for at, word in enumerate(("to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"), 2)}
_COUNT = rf"(?:(?P<%s>[1-9]|1\d|{'|'.join(_COUNTS)})\s{{1,2}})?"
_FOLLOWING = re.compile(
    r"(?:\s{1,3}(?:årligt|om\såret|pr\.\sår|hvert\sår|varigt|til\s[^\d,.;:()]{2,40}?))?\s{1,3}"
    r"(?P<span>i\s{1,2}(?:hvert?\saf\s)?(?:"
    rf"de\s{_COUNT % 'front'}(?:følgende|efterfølgende|næste)\s{{1,2}}{_COUNT % 'count'}år"
    r"|årene\s(?:derefter|herefter|efter))|(?:(?<=årligt\s)|(?<=om\såret\s)|(?<=hvert\sår\s))(?:herefter|derefter))(?![\w-])(?!\s{1,2}(?:19|20)\d\d)",
)
_AFTERWARDS = re.compile(r"(?<!\w)(?:og|samt|men|,)\s{1,3}(?P<span>herefter|derefter|fremover|efterfølgende)\s{1,3}$")
_YEARLY = re.compile(r"\s{1,3}(?:årligt|om\såret|pr\.\sår|hvert\sår)(?!\w)")
_OVERSLAG = 3
_OF_OVERSLAG = re.compile(
    r"(?:\s{1,3}(?:årligt|om\såret|pr\.\sår|hvert\sår|varigt|til\s[^\d,.;:()]{2,40}?))?\s{1,3}"
    r"(?P<span>i\s{1,2}(?:hvert?\saf\s)?(?:de\s(?:tre|3)\s)?overslagsårene)(?![\w-])(?!\s{1,2}(?:19|20)\d\d)",
)
_OVERSLAG_BEFORE = re.compile(
    r"(?<!\w)(?P<span>i\s{1,2}(?:hvert?\saf\s)?(?:de\s(?:tre|3)\s)?overslagsårene)\s{1,3}(?:[^\W\d_]+\.?\s{1,2}){0,3}$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?<!\w)(?:[^\W\d_]*regnskab[^\W\d_]*|[^\W\d_]*forbrug[^\W\d_]*|brugte|brugt|var|blev|kostede|udgjorde|endte|sidste\sår)(?!\w)",
    re.IGNORECASE,
)
"""What makes a year one of accounts, and not the one of the budget."""
_BREAK = re.compile(r"[.!?;](?:(?<=[!?;])|\s{1,8}[A-ZÆØÅ])|\n[ \t>]*\n")
_REACH = 160
_FIELDS = ("year", "years", "open_end")
_Figure = TypeVar("_Figure", Amount, Fte)


def is_of_following(text: str, end: int) -> bool:
    """Whether the figure that ends at ``end`` is of the years that follow, whatever year stands before it."""
    return _FOLLOWING.match(text, end) is not None


def with_following(text: str, figures: Sequence[_Figure]) -> list[_Figure]:
    """The figures in printed order, those of "de følgende år" with their years where these are told."""
    told = list(figures)
    for place, this in enumerate(told):
        overslag = _overslag(text, this)
        if overslag:
            told[place] = _of_overslag(text, this, told[place - 1] if place else None, overslag)
            continue
        match = (_FOLLOWING.match(text, this.end) or _afterwards(text, this)) if _is_free(this) else None
        last = told[place - 1] if match and place else None
        if match is None or last is None or not _is_beside(text, last.end, this.start):
            continue
        years = last.years or ([last.year] if last.year is not None else [])
        printed = None if match.re is _AFTERWARDS else match["front"] or match["count"]
        if not years or last.open_end or (printed is None and "næste" in match["span"]):
            continue
        told[place] = _of_years(this, years[-1] + 1, printed, match)
    return told


def _afterwards(text: str, figure: Amount | Fte) -> re.Match[str] | None:
    """ "(1,9 mio. kr. i 2026) og herefter 1,2 mio. kr. årligt"."""
    told = _YEARLY.match(text, figure.end)
    return _AFTERWARDS.search(text, max(0, figure.start - 20), figure.start) if told else None


def _overslag(text: str, figure: Amount | Fte) -> re.Match[str] | None:
    """The "i overslagsårene" without years that stands right behind a figure, or else in front of it."""
    if text.find("overslagsårene", max(0, figure.start - _REACH), figure.end + _REACH) < 0:
        return None
    if _is_free(figure) and (behind := _OF_OVERSLAG.match(text, figure.end)):
        return behind
    front = _OVERSLAG_BEFORE.search(text, max(0, figure.start - _REACH), figure.start)
    told = [each.start or 0 for each in figure.evidence if each.field in _FIELDS]
    return front if front and all(start < front.start() for start in told) else None


def _of_overslag(text: str, figure: _Figure, last: Amount | Fte | None, match: re.Match[str]) -> _Figure:
    if last is not None and last.year is not None and _is_beside(text, last.end, figure.start) and not last.open_end:
        begin = max((each.end() for each in _BREAK.finditer(text, max(0, last.start - _REACH), last.start)), default=0)
        if not _PAST.search(text, max(begin, last.start - _REACH), figure.end):
            return _of_years(figure, last.year + 1, str(_OVERSLAG), match)
    kept = [each for each in figure.evidence if each.field not in _FIELDS]
    return msgspec.structs.replace(figure, year=None, years=[], open_end=False, evidence=kept)


def _is_free(figure: Amount | Fte) -> bool:
    """Whether it has no year, or only that of words in front: "I 2025 gives 4 mio. kr. og 2 mio. kr. i …"."""
    told = [each.start for each in figure.evidence if each.field in _FIELDS]
    return all(start is not None and start < figure.start for start in told)


def _is_beside(text: str, end: int, start: int) -> bool:
    return 0 < start - end <= _REACH and _BREAK.search(text, end, start) is None


def _of_years(figure: _Figure, first: int, printed: str | None, match: re.Match[str]) -> _Figure:
    count = (_COUNTS.get(printed) or int(printed)) if printed else 1
    years = list(range(first, first + count))
    fields = ["year"] if count == 1 else ["years"]
    fields += [] if printed else ["open_end"]
    start, end = match.span("span")
    told: list[Evidence] = [Evidence(field=each, text=match["span"], start=start, end=end) for each in fields]
    return msgspec.structs.replace(
        figure,
        year=first if count == 1 else None,
        years=[] if count == 1 else years,
        open_end=printed is None,
        evidence=[*(each for each in figure.evidence if each.field not in _FIELDS), *told],
    )
