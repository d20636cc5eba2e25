"""Times of day that are printed before their day: "kl. 16.00 tirsdag den 4. juni 2024".

Between two days a time is the first one's, as is usual, unless the print says otherwise: a comma parts it from the day
before and none from the day behind, which has no time of its own ("den 12. april, kl. 10.15 den 1. juni").
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from pipeline.facts.calendar.atoms import WEEKDAY, Atom

_TIME = r"\d{1,2}(?:[.:]\d\d)?"
_KL = r"(?:[Kk]l\.?|[Kk]lokken)[ \u00a0]{0,2}"
_BEFORE = re.compile(
    rf"(?<!\w){_KL}(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d\d))?(?:\s?(?:[-–]|til)\s?(?:{_KL})?{_TIME})?"
    rf"(?P<comma>,?)(?:[ \u00a0]{{1,2}}|\n(?!D))(?:{WEEKDAY})(?:(?:[Dd]en|[Dd]\.)\s{{1,2}})?\Z"
)
_OWN = re.compile(rf",?[ \u00a0\n]{{0,3}}{_KL}{_TIME}\Z")
_LONGEST = 60


def with_times_before(text: str, atoms: list[Atom]) -> list[Atom]:
    """The atoms of a text in printed order, where a day without a time has the one that stands right before it."""
    timed = list(atoms)
    for place in reversed(range(len(atoms))):  # a day whose time goes to the next one may have one before it
        atom = timed[place]
        if atom.precision != "day" or atom.time is not None:
            continue
        match = _BEFORE.search(text, max(0, atom.start - _LONGEST), atom.start)
        time = _time(match) if match else None
        if match is None or time is None:
            continue
        before = timed[place - 1] if place else None
        if before is not None and before.end > match.start():
            cut = _OWN.search(text, before.start, before.end)
            if match["comma"] or cut is None or not cut[0].startswith(","):
                continue
            timed[place - 1] = replace(before, end=cut.start(), time=None)
        timed[place] = replace(atom, time=time)
    return timed


def _time(match: re.Match[str]) -> str | None:
    hour, minute = int(match["hour"]), match["minute"] or "00"
    return f"{hour:02}:{minute}" if hour < 24 and int(minute) < 60 else None
