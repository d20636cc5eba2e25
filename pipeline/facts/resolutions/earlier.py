"""Lines that head what a body said of a case before: "Behandling i Økonomiudvalget 3. maj 2024", "03-05-2024 Byrådet".

They look like the lines of a timetable. What parts the two is the line below: one that says what was decided.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from pipeline.facts.resolutions.words import WORD, forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.model import Committee, Date

_MARKS = r"[ \t*_#>•–-]*"
_LEAD = re.compile(
    rf"{_MARKS}(?:(?:tidligere|forudgående|foregående)\s(?:behandling|politisk\sbehandling|beslutning)(?:er)?|behandling|behandlet|forelagt|drøftet"
    r"|politisk\sbehandling|sagens?\sbehandling|udvalgsbehandling)(?:\s(?:i|af|fra|på|for))?[ \t*_]*+:?[ \t*_]*",
    re.IGNORECASE,
)
_NOTHING = re.compile(_MARKS)
_TO_DAY = re.compile(
    r"s?(?:[ \t]møde)?[ \t]*+[,(]?[ \t]*+(?:[-–][ \t]*+)?(?:den[ \t]+|d\.[ \t]*|på[ \t]møde[ \t](?:den[ \t])?)?",
    re.IGNORECASE,
)
_DASH = re.compile(r"[ \t]*+[-–][ \t]*+(?:den[ \t]+|d\.[ \t]*)?", re.IGNORECASE)
_MEETING = re.compile(r"[ \t]+møde[ \t]+(?:den[ \t]+|d\.[ \t]*)?", re.IGNORECASE)
_DAY_FIRST = re.compile(r"[ \t]*+[-–:,]?[ \t]*")
_ITEM = r"(?:[ \t]*+[,–-]?[ \t]*+\(?(?:punkt|pkt\.?|sag)[ \t]*(?:nr\.?[ \t]*)?(?:\n[ \t]*)?\d{1,4}\)?)?"
_LINE_END = re.compile(rf"{_ITEM}\)?[ \t*_]*+[:.]?[ \t*_]*+\n")
_ABSENCES = r"(?:\s*+[*_#>]{0,3}[ \t]*+(?:fraværende|afbud|ikke til stede)\b[^\n]*\n)*"
_SENTENCE = re.compile(rf"(?i:{_ABSENCES})\s*+(?P<said>(?:[^.\n]|\.(?=\d)|\n(?!\n)){{1,200}})")
_SAYING = frozenset(("participle", "present-passive", "present", "past", "intransitive"))
_UNABLE = frozenset(("kan", "kunne", "ønsker", "ønskede"))  # "Udvalget kan ikke anbefale forslaget"
_MOST_WORDS = 12
_LONGEST_LEAD = 60  # characters of a line in front of its body


class Earlier(NamedTuple):
    """Where such a line begins, where what it heads begins, and the body that it names."""

    line: int
    start: int
    body: str | None


def earlier(text: str, bodies: Sequence[Committee], days: Sequence[Date]) -> Iterator[Earlier]:
    """The lines of a text, in order."""
    starts = [day.start for day in days]
    for body in bodies:
        if not body.name or not text[body.start].isupper():
            continue
        line = text.rfind("\n", max(0, body.start - _LONGEST_LEAD), body.start) + 1
        at = bisect_left(starts, line)
        end = _end_of_line(text, line, body, days, at) if body.start - line < _LONGEST_LEAD else -1
        if end >= 0 and line and _says(text, end) and not _is_of_a_timetable(text, line, days[at - 1] if at else None):
            yield Earlier(line, end, body.name)


def _end_of_line(text: str, line: int, body: Committee, days: Sequence[Date], at: int) -> int:
    """Where the line ends that a body, its day and perhaps a word for the meeting fill; -1 for any other line."""
    day = days[at] if at < len(days) else None
    if day is None or day.precision != "day":
        return -1
    if day.end <= body.start:
        filled = _NOTHING.fullmatch(text, line, day.start) and _DAY_FIRST.fullmatch(text, day.end, body.start)
        behind = body.end
    else:
        plain = _NOTHING.fullmatch(text, line, body.start) is not None
        joints = (_DASH, _MEETING) if plain else (_TO_DAY,) if _LEAD.fullmatch(text, line, body.start) else ()
        found = (joint.fullmatch(text, body.end, day.start) for joint in joints)
        filled = next((match for match in found if match), None)
        behind = day.end
    stop = _LINE_END.match(text, behind) if filled else None
    return stop.end() if stop else -1


def _is_of_a_timetable(text: str, line: int, before: Date | None) -> bool:
    """Whether the line right above names a day too, and nothing is said below it."""
    above = text.rfind("\n", 0, line - 1) + 1 if before and line - before.end < 200 else line
    return before is not None and above <= before.start and not text[above : line - 1].rstrip().endswith(".")


def _says(text: str, start: int) -> bool:
    """Whether the sentence below says what was decided, by a verb among its first words."""
    sentence = _SENTENCE.match(text, start)
    words = WORD.findall(sentence["said"].lower())[:_MOST_WORDS] if sentence else []
    unable = not _UNABLE.isdisjoint(words)
    return any(form.tense in _SAYING or unable for word in words for form in forms().get(word, ()))
