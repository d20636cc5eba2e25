"""Dates and stretches of time in running text, with the precision that is printed.

``text`` covers the date itself, without weekday, "d.", "den" or "fra" ("1. januar 2020", "uge 51", "foråret i 2019",
"skoleåret 2020/21", "primo marts 2024"), and a time of day printed after it. Two dates with "-" or "til" between them
are one record of the precision of its ends. A date without its year is read against the reference date, or refused.

``open_end`` says that the time goes on beyond what is printed ("fra 1. januar 2020"). ``to`` is still the last day of
the printed stretch, but for a bare year ("fra 2024"), which names where something begins and nothing else.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from corpus.model import Date, Precision, Problem
from corpus.problems import Code, problem
from pipeline.context import Context
from pipeline.facts import dates_calendar as cal
from pipeline.facts.dates_atoms import Atom, find_atoms, words
from pipeline.facts.dates_years import find_years
from pipeline.facts.spans import Spans
from pipeline.language import Prose

_WEEKDAYS = r"(?:(?i:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|man|tirs?|ons|tors?|fre|lør|søn)\.?,?\s)?"
_DEN = r"(?:(?:[Dd]en|[Dd]\.|[Dd])\s{0,2})?"
_RANGE = re.compile(
    rf"[ \u00a0]?[-–—][ \u00a0]?(?:\n)?{_WEEKDAYS}{_DEN}"
    r"|,?\s{1,2}(?:og\s)?(?:frem\s)?(?:til(?:\sog\smed)?|t\.o\.m\.|indtil|to)\s{1,2}"
    rf"{_WEEKDAYS}{_DEN}|/"
)
_AND = re.compile(rf"\s{{1,2}}og\s{{1,2}}{_WEEKDAYS}{_DEN}")
_MELLEM = re.compile(rf"(?i:(?<!\w)mellem)\s{{1,2}}{_WEEKDAYS}{_DEN}$")
_BEFORE = 48
LONG_PAST = 366
_RECURRING = re.compile(
    r"(?i:(?<!\w)(?:hvert\sår|hver|årligt|alle\sår)(?:\s(?:år))?\s(?:(?:pr\.|den|d\.|i|omkring|senest)\s?){0,2})$"
)
_RECURRING_AFTER = re.compile(r",?\s(?:hvert\sår|hvert\senkelt\sår|årligt)(?!\w)")
_DAY_CUE = re.compile(
    r"(?i:(?<![^\W\d_])(?:den|d\.|d|senest|inden|pr\.|per|mellem|dato:?|frist:?|fristen\ser|siden|efter|før|indtil|fra|til|onsdag"
    r"|mandag|tirsdag|torsdag|fredag|lørdag|søndag|man\.|tirs\.|tir\.|ons\.|tors\.|tor\.|fre\.|lør\.|søn\.|med)\s{0,2}|frist(?:en)?:?\s{1,2})$"
)
_WEAK_CUE = re.compile(r"(?i:(?<![^\W\d_])(?:fra|til|mellem|inden|efter|før|med|per)\s{0,2})$")
_MONTH_CUE = re.compile(
    r"(?i:(?<![^\W\d_])(?:i|til|fra|siden|inden|efter|før|senest\si|ult\.|pr\.|per|udgangen\saf|starten\saf|slutningen\saf"
    r"|begyndelsen\saf|midten\saf|løbet\saf|og\smed|hele|for|mellem)\s{1,2})$"
)
_SEASON_CUE = re.compile(r"(?i:(?<![^\W\d_])(?:i|til|fra|siden|inden|efter|før|løbet\saf|hele)\s{1,2})$")
_NO_WEEK = re.compile(
    r"(?i:(?<![^\W\d_])(?:hver|pr\.?|per|om|en|første|sidste|næste|denne|samme|halv|hel|anden|hveranden)\s{1,2})$"
)
_OPEN_BEFORE = re.compile(
    rf"(?i:(?<![^\W\d_])(?P<word>fra\sog\smed|f\.o\.m\.|gældende\sfra|fra|siden)\s{{1,2}}){_WEEKDAYS}{_DEN}(?:og\smed\s)?$"
)
_OPEN_AFTER = re.compile(
    r"\s{1,2}(?:og|eller)\s(?:frem(?:efter|over|adrettet)?|derefter|følgende\sår|fremad)(?!\w)(?!\s(?:til|mod))"
)
_CLOSED_AFTER = re.compile(r",?\s{1,2}(?:og\s)?(?:frem\s)?(?:til|indtil|t\.o\.m\.)\s")
_WEEKDAY_BEFORE = re.compile(r"(?P<day>[^\W\d_]{3,8})\.?,?\s{1,2}(?:[Dd]en\s|[Dd]\.?\s?)?$")
_PRICES = re.compile(r"[- ]?(?:priser|prisniveau|p/l|pl\b|PL\b|P/L|pris-)")
_AHEAD = re.compile(rf"(?i:(?<!\w)(?:til|fra|inden|senest)\s{{1,2}}){_WEEKDAYS}{_DEN}$")
_DEADLINE = re.compile(rf"(?i:(?<!\w)(?:inden|senest)\s{{1,2}}){_WEEKDAYS}{_DEN}$")
_SINCE = re.compile(rf"(?i:(?<!\w)siden\s{{1,2}}){_WEEKDAYS}{_DEN}$")
_WORDS = re.compile(r"[^\W\d_]+")
_ADVERBS = frozenset(
    {"først", "allerede", "også", "derfor", "dermed", "altså", "varigt", "igen", "kun", "permanent", "så"}
)
# "Fra 2024 spares der …": the clause begins with the date and goes on with its verb.
_CLAUSE_BEGINS = re.compile(
    r"(?:(?:^|\n|[.:;!?•–]|\s-)[\s\"»(*>-]{0,4}|,\s|(?i:(?<![^\W\d_])(?:at|men|som|der|således\sat|skal|vil|kan|ikke|har)\s))$"
)
_CLAUSE_GOES_ON = re.compile(
    r"\s?(?::|$)|,?\s{1,2}(?!(?:fra|til|i|på|om|og|viser|viste|der|som|med|af|for)(?!\w))[^\W\d_]"
)
_AND_FROM = re.compile(r"(?i:(?<![^\W\d_])og\s{1,2})$")
_AMOUNT_BEFORE = re.compile(
    r"(?:kr\.?|kroner|årsværk|stilling(?:er)?|pct\.?|%|årligt|(?:pr\.?|per|om)\s[^\W\d_]{2,16})\s{1,2}$"
)


class Stretch(NamedTuple):
    """One atom, or two that are the ends of a range."""

    first: Atom
    last: Atom

    @property
    def precision(self) -> Precision:
        """That of its ends; a range of years is of precision "years"."""
        if self.first is not self.last and self.first.precision == "year":
            return "years"
        return self.last.precision


def find(prose: Prose, context: Context) -> tuple[list[Date], list[Problem]]:
    """The dates of a part in printed order; a problem for each impossible date and for each that lacks its year."""
    text, spans = prose.text, Spans(context.taken)
    atoms = _chosen([a for a in (*find_atoms(text), *find_years(text)) if not spans.overlap(a.start, a.end)])
    found: list[Date] = []
    problems: list[Problem] = []
    atoms = _with_shared_years(
        text, [atom for atom in atoms if not _is_price_level(text, atom)], context.reference_date
    )
    for stretch in _stretches(text, atoms):
        if not _is_meant(text, stretch):
            continue
        record = _record(text, stretch, context)
        if record is None:
            printed = text[stretch.first.start : stretch.last.end]
            problems.append(
                problem(Code.DATE_REFUSED, f"Looks like a date and cannot be one or lacks its year: {printed!r}")
            )
        else:
            found.append(record)
    return found, problems


def _chosen(atoms: list[Atom]) -> list[Atom]:
    """Of overlapping atoms the one that begins first; of those the longest."""
    chosen: list[Atom] = []
    for atom in sorted(atoms, key=lambda atom: (atom.start, -atom.end)):
        if not chosen or atom.start >= chosen[-1].end:
            chosen.append(atom)
    return chosen


def _is_price_level(text: str, atom: Atom) -> bool:
    return _PRICES.match(text, atom.end) is not None


_LISTED = re.compile(rf",?\s{{1,2}}(?:(?:og|eller|samt)\s(?:i\s)?)?{_WEEKDAYS}{_DEN}")


def _with_shared_years(text: str, atoms: list[Atom], reference: dt.date | None) -> list[Atom]:
    """Gives the items of a list one year: "i oktober og november 2023"; without any, the year of the first item."""
    shared = list(atoms)
    for place in range(len(shared) - 2, -1, -1):
        atom, following = shared[place], shared[place + 1]
        if atom.year is None and following.year is not None and _listed(text, atom, following):
            shared[place] = atom._replace(year=_year_beside(atom, following, following.year, -1))
    for place in range(1, len(shared)):
        before, atom = shared[place - 1], shared[place]
        if atom.year is None and reference and _listed(text, before, atom):
            year = before.year or _read_year(text, before, reference)
            shared[place] = atom._replace(year=year and _year_beside(atom, before, year, 1))
    return shared


def _listed(text: str, one: Atom, other: Atom) -> bool:
    return one.precision == other.precision and _LISTED.fullmatch(text, one.end, other.start) is not None


def _year_beside(atom: Atom, neighbour: Atom, year: int, step: int) -> int:
    own, other = atom.days(year), neighbour.days(year)
    crossed = own is not None and other is not None and (own > other if step < 0 else own < other)
    return year + step if crossed else year


# --- ranges ---------------------------------------------------------------------------------------------------


def _stretches(text: str, atoms: list[Atom]) -> list[Stretch]:
    found: list[Stretch] = []
    place = 0
    while place < len(atoms):
        first = atoms[place]
        last = atoms[place + 1] if place + 1 < len(atoms) else None
        ends = _ends(text, first, last) if last else None
        found.append(Stretch(*ends) if ends else Stretch(first, first))
        place += 2 if ends else 1
    return found


def _ends(text: str, first: Atom, last: Atom) -> tuple[Atom, Atom] | None:
    """The two ends of a range, the first with the year of the last when it has none of its own."""
    if first.precision != last.precision or first.precision == "years":
        return None
    between = (first.end, last.start)
    head = text[max(0, first.start - _BEFORE) : first.start]
    if not _RANGE.fullmatch(text, *between) and not (_AND.fullmatch(text, *between) and _MELLEM.search(head)):
        return None
    if first.precision == "day" and not (first.sure or last.sure or _DAY_CUE.search(head) or not _fraction(first)):
        return None
    if first.year is None and last.year is not None:
        days, end = first.days(last.year), last.days(last.year)
        early = days is not None and end is not None and days[0] > end[0]
        first = first._replace(year=last.year - 1 if early else last.year)
    return first._replace(sure=True), last._replace(sure=True)


def _fraction(atom: Atom) -> bool:
    return atom.number < atom.month and atom.month in {2, 3, 4, 5, 8, 10}


# --- meant as a date? -----------------------------------------------------------------------------------------


def _is_meant(text: str, stretch: Stretch) -> bool:
    atom = stretch.first
    head = text[max(0, atom.start - _BEFORE) : atom.start]
    if _recurs(text, stretch, head):
        return False
    if atom.precision == "week":
        return not _NO_WEEK.search(head)
    if atom.sure:
        return True
    if atom.precision == "day":
        return _day_meant(text, atom, head)
    if atom.precision == "month":
        return text[atom.start].islower() and _MONTH_CUE.search(head) is not None
    return _SEASON_CUE.search(head) is not None and text[atom.start].islower()


def _day_meant(text: str, atom: Atom, head: str) -> bool:
    if atom.time:
        return True
    weak = _WEAK_CUE.search(head) is not None and "/" in text[atom.start : atom.end]
    return _DAY_CUE.search(head) is not None and not (weak and (_fraction(atom) or atom.number > 31 or atom.month > 12))


def _recurs(text: str, stretch: Stretch, head: str) -> bool:
    if stretch.last.year is not None:
        return False
    return _RECURRING.search(head) is not None or _RECURRING_AFTER.match(text, stretch.last.end) is not None


# --- records --------------------------------------------------------------------------------------------------


def _record(text: str, stretch: Stretch, context: Context) -> Date | None:
    days = _days(text, stretch, context.reference_date)
    if days is None:
        return None
    ranged = stretch.first is not stretch.last
    start, end = stretch.first.start, stretch.last.end
    long_past = context.reference_date is not None and (context.reference_date - days[0]).days > LONG_PAST
    open_end = not ranged and stretch.precision != "years" and _is_open(text, start, end, long_past)
    return Date(
        start=start,
        end=end,
        text=text[start:end],
        first=days[0],
        to=None if open_end and stretch.precision == "year" else days[1],
        precision=stretch.precision,
        time=stretch.first.time or (None if ranged else stretch.last.time),
        open_end=open_end,
        source=context.source,
    )


def _days(text: str, stretch: Stretch, reference: dt.date | None) -> cal.Span | None:
    year = stretch.first.year or (_read_year(text, stretch.first, reference) if reference else None)
    if year is None:
        return None
    first = stretch.first.days(year)
    if stretch.first is stretch.last or first is None:
        return first
    last = stretch.last.days(stretch.last.year or year)
    if last is not None and stretch.last.year is None and last[1] < first[0]:
        last = stretch.last.days(year + 1)
    return (first[0], last[1]) if last is not None and first[0] <= last[1] else None


def _read_year(text: str, atom: Atom, reference: dt.date) -> int | None:
    """The year of an atom without one, from the reference date and the words before the atom."""
    head = text[max(0, atom.start - _BEFORE) : atom.start]
    ahead = _AHEAD.search(head) is not None
    year = _missing_year(atom, reference, _weekday(text, atom.start), ahead)
    days = atom.days(year) if year else None
    if year is None or days is None:
        return year
    if _SINCE.search(head):
        return year - 1 if days[0] > reference else year
    return reference.year if ahead and year < reference.year and _DEADLINE.search(head) else year


def _season_year(atom: Atom, reference: dt.date, ahead: bool) -> int | None:
    """ "til efteråret" is the next one, "i efteråret" one that has begun; any other, and a winter, is not plain."""
    if atom.month == 12:
        return None
    _, last = cal.season(reference.year, atom.month)
    if ahead:
        return reference.year if reference <= last else reference.year + 1
    return reference.year if reference >= dt.date(reference.year, atom.month, 1) else None


def _missing_year(atom: Atom, reference: dt.date, weekday: int | None, ahead: bool) -> int | None:
    if atom.precision == "day":
        return cal.nearest_year(atom.month, atom.number, reference, weekday)
    if atom.precision == "season":
        return _season_year(atom, reference, ahead)
    if atom.precision == "week":
        days = {y: span[0] for y in (reference.year, reference.year - 1, reference.year + 1) if (span := atom.days(y))}
        own = days.get(reference.year)
        far = own is None or abs(own - reference).days > cal.FAR
        return min(days, key=lambda y: abs(days[y] - reference), default=None) if far else reference.year
    if atom.month and atom.precision in {"month", "approximate"}:
        return cal.nearest_year(atom.month, 15, reference)
    return reference.year


def _weekday(text: str, start: int) -> int | None:
    match = _WEEKDAY_BEFORE.search(text, max(0, start - 20), start)
    return words("weekday").get(match["day"].lower()) if match else None


def _is_open(text: str, start: int, end: int, long_past: bool) -> bool:
    """ "fra 2024", "fra og med", "siden", "2024 og frem".

    A bare "fra" also tells where a thing comes from ("rapporten fra 2011", "den er fra 2011"). So it opens only where
    it begins a clause or follows a word of the lexicon that something begins with ("gælder", "afsættes", "opkræves"),
    and never before "til" or when the date lies more than a year before the reference date.
    """
    if _OPEN_AFTER.match(text, end):
        return True
    opening = _OPEN_BEFORE.search(text, max(0, start - _BEFORE), start)
    if opening is None or _CLOSED_AFTER.match(text, end):
        return False
    if opening["word"].lower() != "fra":
        return True
    return not long_past and _governs(text[max(0, opening.start() - _BEFORE) : opening.start()], text[end : end + 40])


def _governs(before: str, after: str) -> bool:
    """Whether "fra" between ``before`` and the date tells when something begins, and not where it comes from."""
    if _CLAUSE_BEGINS.search(before) and _CLAUSE_GOES_ON.match(after):
        return True
    if _AMOUNT_BEFORE.search(before):
        return True
    if _AND_FROM.search(before):
        following = _WORDS.search(after)
        return following is not None and _begins(following[0].lower())
    near = [word.lower() for word in _WORDS.findall(before)[-3:]]
    while near and (near[-1] in _ADVERBS or near[-1].endswith(("vist", "ligt"))):
        near.pop()
    return bool(near) and _begins(near[-1])


def _begins(word: str) -> bool:
    # Nearly every word in "-es" before "fra" is a passive ("lejes fra 1. maj"); the lexicon has the others.
    return word in words("begin") or (len(word) > 4 and word.endswith("es") and word not in words("origin"))
