"""Days that something is put off to, or that it comes to: "udsat til mødet i april", "går i gang til marts".

Such a day had not come when it was written. One that has passed is of the next year, and where the clause tells of what
was ("blev udskudt til februar"), or the month has only just passed, no year is told.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.model import Date
    from pipeline.facts.calendar.atoms import Atom

_PUT_OFF = re.compile(
    r"(?<!\w)(?:udsat|udsættes?|udsætter|udsatte|udskudt|udskydes?|udskyder|udskød|rykke[rst]|rykkede|flytte[rst]|flyttede)\s"
    r"(?:[^\W\d_]+\s){0,4}?til\s(?:(?!(?:fra|om|af|med|på)\s)[^\W\d_]+\s){1,3}(?:i|den|d\.)\s$"
)
_WAS = re.compile(r"(?<!\w)(?:blev|havde|var|udsatte|udskød|rykkede|flyttede)(?!\w)")
_SENTENCE = re.compile(r".*(?:[.?!;](?=\s)|\n[ \t>]*\n)", re.DOTALL)
_AND_TO = re.compile(r"\s(?:og|samt)\s[^.;:,\n]{0,60}(?<!\w)til\s{1,2}$")
_BEFORE = 110
_TOLD_OF = 92
"""Days: a postponement or a deadline of that time ago may be told of, an older one is more likely to come."""
_JUST_PASSED = 31
_SHORT = frozenset({"day", "month", "approximate", "week"})


def is_put_off(low: str, start: int) -> bool:
    """Whether the day at ``start`` of a text in lower case is that of a meeting that something is put off to."""
    return _PUT_OFF.search(low, max(0, start - _BEFORE), start) is not None


def year_onward(low: str, atom: Atom, year: int, reference: dt.date) -> int | None:
    """``year`` of a day that something is put off to or that is a limit, or the next; None where it is not told."""
    days = atom.days(year)
    if days is None or days[1] >= reference:
        return year
    passed = (reference - days[1]).days
    if atom.precision not in _SHORT or atom.days(year + 1) is None:
        return year
    if atom.precision == "day" and not is_put_off(low, atom.start):
        return year + 1 if passed > _TOLD_OF else year
    return year + 1 if passed > _JUST_PASSED and not _tells(low, atom.start) else None


def _tells(low: str, start: int) -> bool:
    floor = max(0, start - _BEFORE)
    opening = _SENTENCE.match(low, floor, start)
    return _WAS.search(low, opening.end() if opening else floor, start) is not None


def goes_back(text: str, before: Date | None, this: Date) -> bool:
    """ "åbner til marts og er færdig til maj": the second day, whose year is not printed, cannot be the earlier one."""
    if before is None or this.first is None or before.first is None or re.search(r"\d{4}", this.text):
        return False
    return this.first < before.first and _AND_TO.fullmatch(text, before.end, this.start) is not None
