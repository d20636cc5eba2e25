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
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter

import msgspec
from msgspec.structs import replace

from corpus.model import Date, Precision, Problem
from corpus.problems import Code, problem
from pipeline.context import Context
from pipeline.facts.calendar import periods as cal
from pipeline.facts.calendar.atoms import DEN, WEEKDAY, Atom, words
from pipeline.facts.calendar.clocks import with_times_before
from pipeline.facts.calendar.head import Head, Heads, day_cue, is_named, month_cue, season_cue
from pipeline.facts.calendar.listed import are_listed, with_shared_years
from pipeline.facts.calendar.numbers import counts_a_part, day_at, find_in_headers, is_fraction, iso_at
from pipeline.facts.calendar.onward import goes_back
from pipeline.facts.calendar.open import is_open
from pipeline.facts.calendar.refused import refused_dates
from pipeline.facts.calendar.relative import find_relative
from pipeline.facts.calendar.tense import year_told
from pipeline.facts.calendar.words import find_by_words
from pipeline.facts.calendar.years import years_at
from pipeline.facts.spans import Spans
from pipeline.language import Prose

_RANGE = re.compile(
    rf"[ \u00a0]?[-–—][ \u00a0]?(?:\n[> ]{{0,4}})?{WEEKDAY}{DEN}"
    r"|,?\s{1,2}(?:og\s)?(?:frem\s)?(?:til(?:\sog\smed)?|t\.o\.m\.|indtil|to)\s{1,2}"
    rf"(?:[> ]{{1,4}})?{WEEKDAY}{DEN}|/"
)
_AND = re.compile(rf"\s{{1,2}}og\s{{1,2}}{WEEKDAY}{DEN}")
_LONGEST_JOINT = 40
_BEGINS_A_JOINT = frozenset("-–—/toif")  # the first letters and marks of _RANGE and _AND
_RECURRING_AFTER = re.compile(
    r",?\s(?:i\s)?(?:hvert\s(?:enkelt\s|eneste\s)?(?:år|skoleår|budgetår|kalenderår)|årligt)(?!\w)"
)
_PRICES = re.compile(
    r"[- ]?(?:priser|prisniveau|pris-|niveau|p/l|pl\b|PL\b|P/L)"
    r"|-?\s(?:og|eller|til)\s\d{4}-?\s?(?:priser|prisniveau|niveau|p/l|pl\b|PL\b|P/L)"
)
# In an outline: four digits, or a day, its mark and a digit of the month; "1.250" has three behind its point, no month.
_FOUR_DIGITS = b"0000"
_SHAPE = re.compile(rb"0(?<!00)(?:000(?!0)|0?(?:[/-](?: ?|\n[ \t]{0,8})0| ?\.(?: 0|0(?!00))))")
_ISO_MARKS = frozenset("/-")
_START = attrgetter("start")
_CENTURIES = frozenset({"19", "20"})
_EVERY = frozenset({"hvert", "hver", "årligt", "alle"})
_AHEAD = frozenset({"til", "fra", "inden", "senest"})
_DEADLINE = frozenset({"inden", "senest"})
_CLOCK_WORDS = frozenset({"kl", "klokken"})


class Stretch(msgspec.Struct, frozen=True, gc=False):
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
    """The dates of a part in printed order; a problem for impossible dates and for those that lack their year."""
    text, heads = prose.text, Heads(prose)
    atoms = _atoms(prose, heads, context)
    if context.taken:
        spans = Spans(context.taken)
        atoms = [atom for atom in atoms if not spans.overlap(atom.start, atom.end)]
    atoms = [atom for atom in _chosen(atoms) if not _PRICES.match(text, atom.end)]
    if not atoms:
        return [], []
    if not _CLOCK_WORDS.isdisjoint(prose.words):
        atoms = with_times_before(text, atoms)
    if None in [atom.year for atom in atoms]:
        if not _EVERY.isdisjoint(prose.words):
            atoms = _of_one_year(text, atoms, heads)
        atoms = with_shared_years(text, atoms, lambda atom: _year_from(text, atom, context.reference_date, heads))
    found: list[Date] = []
    problems: list[Problem] = []
    refused: list[str] = []
    for stretch in _meant(text, list(_stretches(text, atoms, heads)), heads):
        record = _record(text, stretch, context, heads)
        if record and not goes_back(text, found[-1] if found else None, record):
            found.append(record)
            problems += _of_other_weekday(text, stretch, record, heads)
        elif record or not _is_no_date(stretch, heads.at(stretch.first.start)):
            refused.append(text[stretch.first.start : stretch.last.end])
    return found, [*problems, *refused_dates(refused)]


def _atoms(prose: Prose, heads: Heads, context: Context) -> list[Atom]:
    """All atoms in no particular order; they may overlap."""
    atoms = [*find_by_words(prose), *find_in_headers(prose), *find_relative(prose, context.written_at)]
    read: set[int] = set()
    for atom in atoms:
        read.update(range(atom.start + 1, atom.end))
    atoms += _by_digits(prose, read, heads)
    return atoms


def _by_digits(prose: Prose, read: set[int], heads: Heads) -> Iterator[Atom]:
    """The atoms at digits, but for digits inside an atom that is ``read`` already."""
    text, listed = prose.text, 0
    for match in _SHAPE.finditer(prose.outline):
        start = match.start()
        if start in read:
            continue
        if match[0] != _FOUR_DIGITS:
            if day := day_at(text, start):
                yield day
            elif text[match.end() - 2] == "-" and (day := day_at(text, match.end() - 1)):
                yield day  # "15.12.22-01.12.23": the year and the next day look like one of each
        elif text[start : start + 2] in _CENTURIES and start >= listed:
            iso = iso_at(text, start) if text[start + 4 : start + 5] in _ISO_MARKS else None
            years = [iso] if iso else years_at(text, start, heads)
            listed = years[-1].end if years else listed
            yield from years


def _chosen(atoms: list[Atom]) -> list[Atom]:
    """Of overlapping atoms the one that begins first; of those the longest."""
    chosen: list[Atom] = []
    for atom in sorted(atoms, key=_START):
        if not chosen or atom.start >= chosen[-1].end:
            chosen.append(atom)
        elif atom.start == chosen[-1].start and atom.end > chosen[-1].end:
            chosen[-1] = atom
    return chosen


def _of_other_weekday(text: str, stretch: Stretch, record: Date, heads: Heads) -> list[Problem]:
    """A problem for "tirsdag den 15. april 2026", which is a Wednesday: one of the two is misprinted."""
    if record.precision != "day" or stretch.first is not stretch.last:
        return []
    printed = _WEEKDAY_BEFORE.search(text, max(0, record.start - 20), record.start)
    weekday = _weekday(text, record.start, heads.at(record.start)) if printed else None
    if printed is None or weekday in (None, record.first.weekday()):
        return []
    if "." in printed["mark"] and printed["day"].lower().endswith("dag"):
        return []  # "Vi holder lukket mandag. Den 5. maj 2026 …": another sentence
    said = " ".join(text[printed.start("day") : record.end].split())
    day = f"{record.first.isoformat()}, a {record.first:%A}"
    return [problem(Code.WEEKDAY_MISMATCH, f"The weekday does not fit the day ({day}): {said!r}")]


def _is_no_date(stretch: Stretch, head: Head) -> bool:
    """Digits that no calendar has ("45/12-2020") are no misprinted date, and "i sommer" is a word like "i morgen"."""
    first = stretch.first
    if first.precision == "season":
        return first.year is None and not first.number and head.last == "i"
    possible = 0 < first.month <= 12 and 0 < first.number <= 31
    return first.bare and not possible and day_cue(head) != 0


def _of_one_year(text: str, atoms: list[Atom], heads: Heads) -> list[Atom]:
    """Without the dates of every year: "hvert år den 1. maj", "1. maj og 1. november hvert år"."""
    every = [
        atom.year is None and (heads.recurs(atom.start) or _RECURRING_AFTER.match(text, atom.end) is not None)
        for atom in atoms
    ]
    if not any(every):
        return atoms
    joined = [are_listed(text, one, other) or _ranged(text, one, other) for one, other in pairwise(atoms)]
    for place in range(len(joined)):
        every[place + 1] = every[place + 1] or (every[place] and joined[place] and atoms[place + 1].year is None)
    for place in reversed(range(len(joined))):
        every[place] = every[place] or (every[place + 1] and joined[place] and atoms[place].year is None)
    return [atom for atom, recurring in zip(atoms, every, strict=True) if not recurring]


# --- ranges ---------------------------------------------------------------------------------------------------


def _stretches(text: str, atoms: list[Atom], heads: Heads) -> Iterator[Stretch]:
    place = 0
    while place < len(atoms):
        first = atoms[place]
        last = atoms[place + 1] if place + 1 < len(atoms) else None
        ends = _ends(text, first, last, heads) if last else None
        yield Stretch(*ends) if ends else Stretch(first, first)
        place += 2 if ends else 1


def _ranged(text: str, first: Atom, last: Atom) -> bool:
    return last.start - first.end <= _LONGEST_JOINT and _RANGE.fullmatch(text, first.end, last.start) is not None


def _ends(text: str, first: Atom, last: Atom, heads: Heads) -> tuple[Atom, Atom] | None:
    """The two ends of a range, the first with the year of the last when it has none of its own."""
    if first.precision != last.precision or first.precision == "years" or last.start - first.end > _LONGEST_JOINT:
        return None
    if text[first.end : first.end + 4].lstrip(" \u00a0\n,")[:1] not in _BEGINS_A_JOINT:
        return None
    ranged = _RANGE.fullmatch(text, first.end, last.start) is not None and not heads.moves(first.start)
    head = heads.at(first.start)
    if not ranged and not (head.last == "mellem" and _AND.fullmatch(text, first.end, last.start)):
        return None
    told = first.sure or last.sure or day_cue(head) is not None
    if first.precision == "day" and not told and is_fraction(first.number, first.month):
        return None
    if first.year is None and last.year is not None:
        days, end = first.days(last.year), last.days(last.year)
        early = days is not None and end is not None and days[0] > end[0]
        first = replace(first, year=last.year - 1 if early else last.year)
    return replace(first, sure=True), replace(last, sure=True)


# --- meant as a date? -----------------------------------------------------------------------------------------


def _meant(text: str, stretches: list[Stretch], heads: Heads) -> list[Stretch]:
    """Those that are meant as dates; in a list the first speaks for all."""
    meant: list[Stretch] = []
    before: Stretch | None = None
    for stretch in stretches:
        if _is_meant(text, stretch, heads) or (before and are_listed(text, before.last, stretch.first)):
            meant.append(stretch)
            before = stretch
        else:
            before = None
    return meant


def _is_meant(text: str, stretch: Stretch, heads: Heads) -> bool:
    atom = stretch.first
    if atom.precision == "week":
        return heads.at(atom.start).last not in words("no-week")
    if atom.sure:
        return True
    head = heads.at(atom.start)
    if atom.precision == "day":
        return _day_meant(text, atom, head)
    end = min(atom.end, atom.start + 3)
    if not (text[atom.start].islower() or text[atom.start : end].isupper()):
        return False
    return month_cue(head) if atom.precision == "month" else season_cue(head)


def _day_meant(text: str, atom: Atom, head: Head) -> bool:
    if atom.time:
        return True
    cue = day_cue(head)
    if cue is None or (atom.bare and counts_a_part(text, atom.end)):
        return False
    possible = atom.number <= 31 and atom.month <= 12 and not is_fraction(atom.number, atom.month)
    return cue == 0 or not atom.bare or possible


# --- records --------------------------------------------------------------------------------------------------


def _record(text: str, stretch: Stretch, context: Context, heads: Heads) -> Date | None:
    days = _days(text, stretch, context.reference_date, heads)
    if days is None:
        return None
    ranged, precision = stretch.first is not stretch.last, stretch.precision
    start, end = stretch.first.start, stretch.last.end
    closed = ranged or precision == "years"
    open_end = not closed and is_open(text, start, end, heads, days[0], context.reference_date)
    if open_end and context.reference_date and heads.may_be_over(stretch.first, days[1], context.reference_date):
        return None
    return Date(
        start=start,
        end=end,
        text=text[start:end],
        first=days[0],
        to=None if open_end and precision == "year" else days[1],
        precision=precision,
        time=stretch.first.time or (None if ranged else stretch.last.time),
        open_end=open_end,
        source=context.source,
    )


def _days(text: str, stretch: Stretch, reference: dt.date | None, heads: Heads) -> cal.Span | None:
    year = stretch.first.year or _year_from(text, stretch.first, reference, heads)
    if year is None:
        return None
    first = stretch.first.days(year)
    if stretch.first is stretch.last or first is None:
        return first
    last = stretch.last.days(stretch.last.year or year)
    if last is not None and stretch.last.year is None and last[1] < first[0]:
        last = stretch.last.days(year + 1)
    return (first[0], last[1]) if last is not None and first[0] <= last[1] else None


def _year_from(text: str, atom: Atom, reference: dt.date | None, heads: Heads) -> int | None:
    return _read_year(text, atom, reference, heads) if reference and not atom.untold else None


def _read_year(text: str, atom: Atom, reference: dt.date, heads: Heads) -> int | None:
    """The year of an atom without one, from the reference date and the words before the atom."""
    head = heads.at(atom.start)
    ahead = head.last in _AHEAD
    said = heads.year_said(atom.end, reference)
    if said is not None:
        return said
    weekday = _weekday(text, atom.start, head)
    year = _missing_year(atom, reference, weekday, ahead)
    if year and weekday is None and (headed := heads.headed(atom, year, reference)) != year:
        return headed
    days = atom.days(year) if year else None
    if year is None or days is None:
        return year
    short = _SHORT_YEAR.match(text, atom.end)
    if short and (short["ended"] is not None or cal.full_year(short["year"]) == year):
        return year if cal.full_year(short["year"]) == year else None  # "den 12. december 81 -": perhaps the year
    if head.last == "siden":
        return year - 1 if days[0] > reference else year
    looks_ahead = heads.looks_ahead(atom.start)
    if looks_ahead and ahead and year < reference.year and head.last in _DEADLINE:
        return reference.year
    if looks_ahead or heads.is_put_off(atom.start):
        return heads.year_onward(atom, year, reference)
    if weekday is not None:
        return year
    return year_told(atom, year, reference, heads.tense(atom.start, atom.end), named=is_named(head))


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


_SHORT_YEAR = re.compile(r"[ \u00a0](?P<year>\d\d)(?![\d%]|[.,:/-]\d)(?P<ended>\s{0,2}(?:[-–—,.;:)!?\n]|$))?")
_WEEKDAY_BEFORE = re.compile(r"(?P<day>[^\W\d_]{3,8})(?P<mark>\.?,?)\s{1,2}(?P<den>[Dd]en\s|[Dd]\.?\s?)?\Z")


_OTHER_WORDS = frozenset({"man", "fri", "sat", "mon", "sun"})
_ENGLISH = ("Fri", "Sat", "Sun")


def _weekday(text: str, start: int, head: Head) -> int | None:
    """The weekday before a date; "holder fri den", "kan man den" and "blev sat den" name none."""
    if head.last.isalpha() and not head.named_day and head.last not in words("weekday"):
        return None
    match = _WEEKDAY_BEFORE.search(text, max(0, start - 20), start)
    if match is None:
        return None
    bare = match["day"].lower() in _OTHER_WORDS and not match["mark"]  # but "Fri 3 May" is English
    return None if bare and (match["den"] or match["day"] not in _ENGLISH) else words("weekday").get(match[1].lower())
