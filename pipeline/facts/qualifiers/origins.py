"""The years of a quantity, and whether "fra 2022" tells when it begins or only of which year a thing is.

"Der afsættes 2 mio. kr. fra 2027" goes on; "regnskabet fra 2023", "en faktura fra 2019" and "bevillingen på 3 mio. kr.
fra 2022" are of that year alone. An effect ("besparelsen fra 2024") goes on whenever it began, and so does what begins
in a year to come. Where the day of writing is not known, a noun with "fra" in front of its sum has no plain year.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.calendar.open import begins
from pipeline.facts.qualifiers.cues import cue
from pipeline.facts.qualifiers.onsets import FROM_DAY, from_day, of_budget
from pipeline.facts.qualifiers.spans import When
from pipeline.facts.qualifiers.years import when_bracketed, when_corresponding, when_of

if TYPE_CHECKING:
    import datetime as dt

_FROM = re.compile(rf"fra\s{{1,3}}(?:19|20)\d\d|{FROM_DAY.pattern}", re.IGNORECASE)
_SUM = r"\d[\d.,]*\s{1,2}(?:(?:mio|mia)\.?\s{1,2})?(?:kr\.?|kroner)"
_STAFF = r"\d[\d.,½]*\s{1,2}(?:årsværk|(?:fuldtids)?stilling(?:er)?)"
_OF_BOTH = re.compile(
    rf"\s{{1,2}}(?:og|samt)\s{{1,2}}(?:{_SUM}|{_STAFF})\s{{1,2}}(?P<span>i\s(?P<year>(?:19|20)\d\d))"
    r"(?![\d.,]?\d|[ \u00a0]?[-–/]|-?\s?pris|\s(?:og|samt|til|eller)\s|,\s\d)"
)
"""Behind the first of two figures that a sentence gives together: "2 mio. kr. og 1,5 årsværk i 2027"."""
_OF_CHANGED = re.compile(
    r"(?<!\w)(?:beløbet|bevillingen|tilskuddet|rammen|budgettet|puljen|støtten|beløbene)\s(?P<span>(?:i|for)\s(?P<year>(?:19|20)\d\d))"
    r"\s(?:nedsættes|reduceres|sænkes|forhøjes|hæves|øges|ændres|justeres|beskæres)\s(?:til|med)\s$",
    re.IGNORECASE,
)
_WAS_SPENT = re.compile(
    r"\s{1,2}(?:er|blev|bliver)\s(?P<span>i\s(?P<year>(?:19|20)\d\d))\s(?:blevet\s)?"
    r"(?:brugt|anvendt|afsat|sparet|bevilget|udbetalt|betalt|investeret|opkrævet)(?!\w)"
)
"""Behind a sum: "(2,8 mia. kr.) er i 2022 blevet brugt"."""
_WORD = re.compile(r"[^\W\d_]+|[^\s\w]|\d+")
_DETERMINERS = frozenset(
    ("en", "et", "den", "det", "de", "dette", "denne", "disse", "vores", "sin", "sit", "vedtagne", "oprindelige")
)
_EFFECTS = (
    *(
        "besparelse",
        "udgift",
        "indtægt",
        "effekt",
        "gevinst",
        "provenu",
        "reduktion",
        "forhøjelse",
        "stigning",
        "drift",
    ),
    *("nedsættelse", "merforbrug", "omkostning", "årsværk", "stilling", "effektivisering"),
)
_EFFECT = re.compile(rf"(?:{'|'.join(_EFFECTS)})(?:e?[nt]|s?er(?:ne)?|r(?:ne)?|ene)?$")
_DEFINITE = re.compile(r"[^\W\d_]{3,}(?:en|ene|erne|rne)$")
_NEUTER = re.compile(r"[A-ZÆØÅ][^\W\d_]{3,}et$")
_NOUN_OF_SUM = re.compile(
    r"(?P<noun>[^\W\d_]{3,}(?:en|et|ene|erne|rne))\s{1,3}på\s{1,3}(?:(?:i\salt|ca\.|cirka|godt|knap|op\stil)\s{1,3})?$"
)
_RESULT = re.compile(
    r"(?:(?:over|under)skud(?P<it>det)?|(?:mer|mindre)forbrug(?P<its>et)?)\s{1,3}på\s{1,3}(?:(?:i\salt|ca\.|cirka|godt|knap)\s{1,3})?$",
    re.IGNORECASE,
)
"""What a year ended with: "underskuddet på (2 mio. kr. fra 2024)"."""
_EVERY_YEAR = re.compile(r"(?<!\w)(?:årlige?t?|varige?t?|permanente?|hvert\sår|pr\.\sår|om\såret)(?!\w)", re.IGNORECASE)
_IS_DONE = re.compile(r"(?<!\w)(?:[^\W\d_]{3,}es|vil|skal|kan)(?!\w)")
_BEFORE = 60
_BEHIND = 40


def when_told(
    text: str, span: tuple[int, int], room: tuple[int, int], begin: int | None, reference: dt.date | None
) -> When | None:
    """The years of the quantity at ``span``; its neighbours end and begin at ``room``, its clause at ``begin``."""
    start, end = span
    when = when_of(text, start, end, *room, begin) or when_corresponding(text, start, end)
    when = when or when_bracketed(text, start, end) or from_day(text, start, end, room[0]) or _of_both(text, end)
    when = when or _of_changed(text, start) or of_budget(text, end) or _one_year(_WAS_SPENT.match(text, end))
    if when is None or not when.open_end or len(when.years) != 1 or not _FROM.fullmatch(text, when.start, when.end):
        return when
    return _of_origin(text, span, when, reference)


def _of_both(text: str, end: int) -> When | None:
    return _one_year(_OF_BOTH.match(text, end))


def _of_changed(text: str, start: int) -> When | None:
    """ "beløbet i 2027 nedsættes til 400.000 kr."."""
    return _one_year(_OF_CHANGED.search(text, max(0, start - _BEFORE), start))


def _one_year(match: re.Match[str] | None) -> When | None:
    return When((int(match["year"]),), False, *match.span("span")) if match else None


def _of_origin(text: str, span: tuple[int, int], when: When, reference: dt.date | None) -> When | None:
    start, end = span
    by_noun = when.end <= start and _is_of_a_thing(text[max(0, when.start - _BEFORE) : when.start])
    if not by_noun and _is_result(text, span, when, reference):
        return when._replace(open_end=False)
    if not by_noun and not (when.start >= end and _is_sum_of_a_thing(text, start, end, when)):
        return when
    if reference is None:
        return None if by_noun else when
    now = reference.year + 1 if by_noun else reference.year
    return when._replace(open_end=False) if when.years[0] < now else when


def _is_of_a_thing(front: str) -> bool:
    """ "Det oprindelige budget (fra 2024 var 2 mio. kr.)", "en faktura"; not "der afsættes", "(at) besparelsen"."""
    words = _WORD.findall(front)
    if not words or not words[-1].isalpha():
        return False
    word, before = words[-1].lower(), [each.lower() for each in words[-3:-1]]
    if begins(word) or _EFFECT.search(word) or _EVERY_YEAR.search(front):
        return False
    found = cue(word)
    if found is not None and found.kind in ("noun", "money", "head", "opposite"):
        return True
    if found is not None or word.endswith(("vist", "ligt")):
        return False
    if _DEFINITE.fullmatch(word) or _NEUTER.fullmatch(words[-1]):
        return True
    return not _DETERMINERS.isdisjoint(before)


def _is_sum_of_a_thing(text: str, start: int, end: int, when: When) -> bool:
    """ "Bevillingen på 3 mio. kr. (fra 2022) er brugt op": a thing that there is, and nothing is done with it now."""
    noun = _NOUN_OF_SUM.search(text, max(0, start - _BEFORE), start)
    if noun is None or _EFFECT.search(noun["noun"].lower()) or text[end : when.start].strip():
        return False
    around = text[max(0, start - _BEFORE) : start] + text[when.end : when.end + _BEHIND]
    return not _EVERY_YEAR.search(around) and not _IS_DONE.search(around)


def _is_result(text: str, span: tuple[int, int], when: When, reference: dt.date | None) -> bool:
    """ "Overskuddet på 2 mio. kr. (fra 2025)": the result of a year that has begun is of that year alone."""
    found = _RESULT.search(text, max(0, span[0] - _BEFORE), span[0])
    if found is None or when.start < span[1] or text[span[1] : when.start].strip():
        return False
    if reference is None:
        return bool(found["it"] or found["its"])
    return when.years[0] <= reference.year and not _EVERY_YEAR.search(text, when.end, when.end + _BEHIND)
