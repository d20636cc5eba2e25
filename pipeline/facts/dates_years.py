"""Bare years: "i 2024", "budget 2022", "2023-2026", "1990'erne". A year alone needs a cue, or it may be anything."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.facts.dates_atoms import Atom

_Y = r"(?:19|20)\d\d"
# What follows a number that counts or measures something and is no year.
_COUNTED = (
    r"(?!\w|['’]|[.,:]\d|[-–]\d|\s?(?:%|°|m2|m²|kr\b|kr\.|mio|mia|mill|t\.?kr|DKK|EUR|€|,-)"
    r"|\s?(?:-|–|til)\s\d[\d.,]{0,12}\s(?:kr\b|kroner|mio|mia|mill|t\.?kr|DKK)"
    r"|\s(?:kroner|børn|elever|borgere|sager|personer"
    r"|tilfælde|timer|stk|km|kWh|MWh|ton|pladser|boliger|gange|meter|kvadratmeter|indbyggere|medarbejdere|ansatte|svar"
    r"|mennesker|danskere|familier|liter|enheder|pct|procent|årsværk|stillinger|euro|dollar|tusind|millioner)(?!\w))"
)
_CUE = re.compile(
    r"(?<![^\W\d_])(?:(?:i|fra|til|siden|efter|før|inden|for|pr\.|per|år|året|årene|årets|perioden|med|løbet\saf|udgangen\saf"
    r"|starten\saf|slutningen\saf|begyndelsen\saf|midten\saf|resten\saf|hele|omkring|mod|senest|gennem|valget)"
    r"|[^\W\d_]{0,16}(?:budget|regnskab|finanslov|årsrapport|kalenderår|overslagsår|overenskomst|valg)[^\W\d_]{0,16})\s{1,2}$",
    re.IGNORECASE,
)
_NO_CUE = re.compile(r"(?i:(?<!og\s)med)\s{1,2}$")
# A postal code with its town: "i 2000 Frederiksberg". No town has a code between 2001 and 2099.
_POSTAL = r"(?!(?:19\d\d|2000)\s[A-ZÆØÅ])"
ONE_YEAR = re.compile(rf"(?<![\w.,/-]){_POSTAL}(?P<year>{_Y}){_COUNTED}")
_CONTINUED = re.compile(rf"(?:,\s|,?\s(?:og|samt|eller|eller i|og i)\s|/)(?P<year>{_Y}){_COUNTED}")
YEAR_ONWARD = re.compile(
    rf"(?<![\w.,/-])(?P<year>{_Y})(?=\s(?:og|eller)\s(?:frem|derefter|fremover|fremefter|følgende))"
)
YEAR_RANGE = re.compile(
    rf"(?<![\w.,/§-])(?P<from>{_Y})(?P<sep>[ \u00a0]?(?:[-–—]|/)[ \u00a0]?|\s(?:til|til\sog\smed|og)\s)"
    rf"(?P<to>{_Y}|\d\d){_COUNTED}"
)
DECADE = re.compile(r"(?<!\w)(?P<year>(?:19|20)\d0)['’]?erne(?!\w)")
_RANGE_CUE = re.compile(
    r"(?i:(?:(?<!\w)(?:i|fra|for|årene|perioden|mellem|sæsonen|sæson)|(?<!\w)(?:budget|regnskab|flerårs|overslags)[^\W\d_]{0,16})\s{1,3})$"
)
_NO_YEARS = re.compile(
    r"(?i:(?<!\w)(?:tlf|telefon|mobil|sag|sagsnr|sags\s?nr|journalnr|j\.?\s?nr|nr|nummer|kl|klokken|postnr|konto|§|dok|cvr)\.?:?\s{0,2})$"
)


def find_years(text: str) -> Iterator[Atom]:
    """The bare years with a cue, and the stretches of years."""
    for match in YEAR_RANGE.finditer(text):
        yield from _range(text, match)
    listed = 0
    for match in ONE_YEAR.finditer(text):
        start = match.start()
        if start < listed or not _has_cue(text, start):
            continue
        for atom in (_year(match), *_more(text, match.end("year"))):
            yield atom
            listed = atom.end
    for match in YEAR_ONWARD.finditer(text):
        yield _year(match)
    for match in DECADE.finditer(text):
        yield _years(match.start(), match.end(), int(match["year"]), int(match["year"]) + 9)


def _has_cue(text: str, start: int) -> bool:
    lead = text[max(0, start - 3) : start]
    if not lead[-1:].isspace() or not (lead.rstrip()[-1:].isalpha() or lead.rstrip()[-1:] == "."):
        return False
    return bool(_CUE.search(text, max(0, start - 30), start)) and not _NO_CUE.search(text, max(0, start - 8), start)


def _year(match: re.Match[str]) -> Atom:
    year = int(match["year"])
    span = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return Atom(match.start("year"), match.end("year"), "year", year, span=span)


def _more(text: str, end: int) -> Iterator[Atom]:
    """ "i 2023, 2024 og 2025": the years after the first."""
    match = _CONTINUED.match(text, end)
    while match:
        yield _year(match)
        match = _CONTINUED.match(text, match.end("year"))


def _years(start: int, end: int, first: int, last: int) -> Atom:
    return Atom(start, end, "years", first, span=(dt.date(first, 1, 1), dt.date(last, 12, 31)))


def _range(text: str, match: re.Match[str]) -> Iterator[Atom]:
    first, printed = int(match["from"]), match["to"]
    last = int(printed) if len(printed) == 4 else first // 100 * 100 + int(printed)
    before = text[max(0, match.start() - 24) : match.start()]
    if first >= last or _NO_YEARS.search(before):
        return
    dashed = match["sep"].strip() in {"-", "–", "—"}
    between = match["sep"].strip() == "og"
    if between and not re.search(r"(?i:mellem|årene\smellem)\s{1,2}$", before):
        return
    # "2023-26" and "2023/24" may be case numbers; "2023 til 2026" may be anything: these need a cue.
    if (dashed and len(printed) == 4) or _RANGE_CUE.search(before):
        yield _years(match.start(), match.end(), first, last)
