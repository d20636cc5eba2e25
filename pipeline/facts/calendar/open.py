"""Whether a date is where something begins and goes on from: "fra 2024", "siden 1. maj", "2024 og frem"."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.facts.calendar.atoms import DEN, WEEKDAY, words
from pipeline.facts.calendar.head import Heads
from pipeline.facts.calendar.onset import is_onset
from pipeline.facts.qualifiers.bounds import cues

_BEFORE = 48
_CLAUSE = 120
LONG_PAST = 366
_OPEN_BEFORE = re.compile(
    rf"(?i:(?<![^\W\d_])(?P<word>fra\sog\smed|f\.o\.m\.|gældende\sfra|fra|siden)\s{{1,2}}){WEEKDAY}{DEN}(?:og\smed\s)?\Z"
)
OPEN_AFTER = re.compile(
    r"\s{1,2}(?:og|eller|samt)\s(?:i\s)?(?:frem(?:efter|over|adrettet)?|derefter|herefter|senere|(?:de\s)?(?:efter)?følgende\sår|fremad"
    r"|årene\s(?:frem|derefter|herefter|efter|fremover|fremefter))(?!\w)(?!\s(?:til|mod))|\s?ff\.?(?!\w)"
)
# Behind "og derefter" the time is open where nothing new begins: its clause ends, or goes on with such a word.
_NEXT_STEP = re.compile(
    r"\s{1,2}(?:og|eller|samt)\s(?:i\s)?(?:derefter|herefter|fremover|(?:de\s)?(?:efter)?følgende\sår)\s"
)
_SAME_STEP = re.compile(
    r"\s{0,2}(?:\Z|[^\w\s]|(?:og|eller|samt|men|årligt|varigt|permanent|hvert|hver|på|med|for|af|i\salt|som|der)(?![\w])(?!\s\d))"
)
_BEGINS_ITS_CLAUSE = re.compile(  # behind a dot with a capital: "kr. i" ends nothing
    r"(?:\A|\n|[.!?])[\s\"»(*>•–-]{0,4}(?:I\s{1,2})?\Z|(?:\A|\n|[:;•–]|,|(?<![^\W\d_])(?:at|der|som))\s{0,2}i\s{1,2}\Z"
)
BEGINS_ONWARD = frozenset({*"oesf\n", ""})  # the second characters of what OPEN_AFTER matches
# "1,2 mio. kr. i 2028 og frem til tandplejen", "fra 2026 til skolerne": what the money is for, and no end.
_TO_A_PURPOSE = re.compile(
    r"(?P<onward>\s{1,2}og\sfrem)?\s{1,2}til\s(?!(?:og|udgangen|slutningen|midten|starten|begyndelsen|næste|årsskiftet|nu|jul|påske"
    r"|primo|medio|ultimo|senest|engang|omkring|dags|tidligst)(?!\w))(?P<word>at(?!\w)|(?:den|det|de)(?=\s[^\W\d_]{3,})|(?!de[nt]?\s)[^\W\d_]{3,})"
    r"(?P<rest>(?:\s[^\W\d_]+){0,3})"
)
# "fra 2026 til skolen åbner", "til byggeriets afslutning": an end after all.
_EVENT = re.compile(r"(?:slut|ophør|udløb|færdig|start|åbn|indvi|valg|lukke|ferie|begynd|dato|år(?:et)?(?!\w))")
_TIME_OR_EVENT = re.compile(
    r"(?<!\w)(?:tid|dag|ugen?(?!\w)|måned|perioden?(?!\w)|næste|kommende|forventede?|endelig|første|sidste|efterfølgende|øjeblik)"
    r"|vedtag|behandl|afgør|afregn|genoptag|forhandl|udskift|evaluer|frist"
)
_GENITIVE = ("ets", "ens", "ernes", "enes")
_SUM = (
    r"(?:kr\.?|kroner|årsværk|årsv\.|fuldtidsansatte|[^\W\d_]*stilling(?:er)?"
    r"|årligt|(?:kr\.?|DKK)\s?\d[\d.]*(?:,\d\d|,-)?)"
)
_MONEY_BEFORE = re.compile(rf"{_SUM}\s{{1,2}}(?:i|fra|for)\s{{1,2}}\Z")
_CLOSED_AFTER = re.compile(r",?\s{1,2}(?:og\s)?(?:frem\s)?(?:til|indtil|t\.o\.m\.)\s")
_WORDS = re.compile(r"[^\W\d_]+")
_ADVERBS = frozenset(
    {"først", "allerede", "også", "derfor", "dermed", "altså", "varigt", "igen", "kun", "permanent", "så"}
)
# "Fra 2024 spares der …": the clause begins with the date and goes on with its verb.
_CLAUSE_BEGINS = re.compile(
    r"(?:(?:^|\n|[.:;!?•–]|\s-)[\s\"»(*>-]{0,4}|,\s|(?i:(?<![^\W\d_])(?:at|men|som|der|således\sat|skal|vil|kan|ikke|har)\s))\Z"
)
_CLAUSE_GOES_ON = re.compile(
    r"\s?(?::|$)|,?\s{1,2}(?!(?:fra|til|i|på|om|og|viser|viste|der|som|med|af|for)(?!\w))[^\W\d_]"
)
_AND_FROM = re.compile(r"(?i:(?<![^\W\d_])og\s{1,2})\Z")
_AMOUNT_BEFORE = re.compile(rf"(?:{_SUM}|pct\.?|%|(?:pr\.?|per|om)\s[^\W\d_]{{2,16}})\s{{1,2}}\Z")


def is_open(text: str, start: int, end: int, heads: Heads, day: dt.date, reference: dt.date | None) -> bool:
    """ "fra 2024", "fra og med", "siden", "2024 og frem".

    A bare "fra" also tells where a thing comes from ("rapporten fra 2011", "den er fra 2011"). So it opens only where
    it begins a clause or follows a word of the lexicon that something begins with ("gælder", "afsættes", "opkræves"),
    and never before "til" or when the date lies more than a year before the reference date.
    """
    if text[end + 1 : end + 2] in BEGINS_ONWARD and (onward := OPEN_AFTER.match(text, end)):
        return not _steps_on(text, start, onward)
    purpose = _purpose(text, start, end)
    if purpose and purpose["onward"]:
        return True
    if not heads.begins(start) or (not purpose and _CLOSED_AFTER.match(text, end)):
        return False
    opening = _OPEN_BEFORE.search(text, max(0, start - _BEFORE), start)
    if opening is None:
        return False
    if opening["word"].lower() != "fra":
        return True
    if reference is not None and (reference - day).days > LONG_PAST:
        return False
    before, after = text[max(0, opening.start() - _BEFORE) : opening.start()], text[end : end + 40]
    return _governs(before, after) or is_onset(
        text[max(0, opening.start() - _CLAUSE) : opening.start()], after, day, reference, begins
    )


def _steps_on(text: str, start: int, onward: re.Match[str]) -> bool:
    """ "8 mio. kr. i 2028 og derefter 8,4 mio. kr.": whether a next amount, date or clause follows, and no end is open.

    A year that begins its clause has that clause behind it: "I 2025 og fremover afsættes 3 mio. kr."
    """
    if not _NEXT_STEP.match(text, onward.start(), onward.end() + 1) or _SAME_STEP.match(text, onward.end()):
        return False
    return not _BEGINS_ITS_CLAUSE.search(text, max(0, start - _BEFORE), start)


def _purpose(text: str, start: int, end: int) -> re.Match[str] | None:
    """What money is for behind its date, where that is surely no end of the time."""
    match = _TO_A_PURPOSE.match(text, end)
    if match is None or not _MONEY_BEFORE.search(text, max(0, start - _BEFORE), start):
        return None
    word = match["word"].lower()
    parted = word in {"den", "det", "de"}
    said = word + match["rest"].lower()
    if parted and (not match["onward"] or _EVENT.search(said) or _TIME_OR_EVENT.search(said) or _names_time(said)):
        return None
    if word in words("month", "month-short", "season", "weekday", "third", "week"):
        return None
    if match["onward"]:
        return match
    before = _WORDS.findall(text[max(0, start - _BEFORE) : start].lower())
    moved = not cues("moved").keys().isdisjoint(before)
    return None if moved or word.endswith(_GENITIVE) or _EVENT.search(word + match["rest"].lower()) else match


def _names_time(said: str) -> bool:
    return (
        not words("month", "month-short", "season", "weekday", "third", "week").keys().isdisjoint(_WORDS.findall(said))
    )


def _governs(before: str, after: str) -> bool:
    """Whether "fra" between ``before`` and the date tells when something begins, and not where it comes from."""
    if _CLAUSE_BEGINS.search(before) and _CLAUSE_GOES_ON.match(after):
        return True
    if _AMOUNT_BEFORE.search(before):
        return True
    if _AND_FROM.search(before):
        following = _WORDS.search(after)
        return following is not None and begins(following[0].lower())
    near = [word.lower() for word in _WORDS.findall(before)[-3:]]
    while near and (near[-1] in _ADVERBS or near[-1].endswith(("vist", "ligt"))):
        near.pop()
    return bool(near) and begins(near[-1])


def begins(word: str) -> bool:
    """Whether something begins by such a word in front of "fra": "gælder", "afsættes"."""
    # Nearly every word in "-es" before "fra" is a passive ("lejes fra 1. maj"); the lexicon has the others.
    return word in words("begin") or (len(word) > 4 and word.endswith("es") and word not in words("origin"))
