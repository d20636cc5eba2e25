"""The heading of a column: a budget year, a total over years, a measure of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from corpus.model import Column, Role
from pipeline.tables.content.countedheads import counted_measure, plain_noun
from pipeline.tables.content.labels import Measure, counts_people, is_counted_noun, may_count, measure_of, role_of
from pipeline.tables.content.levels import level_spans
from pipeline.tables.content.units import KEPT, UnitNote, unit_note

_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d/]|[.,]\d)")
_SHORT_YEAR = re.compile(
    r"(?:(?i:bo|bf|b|r|f|o|ob|kb|vb|tb|fr|fb|år|bud|budget|forslag|overslag|regnskab|budgetforslag)[ .\-–'’]{0,2}|['’])"
    r"(?P<year>[1-4]\d|(?:19|20)\d\d)\*{0,2}"
)
_IN_BRACKETS = re.compile(r"\(((?:19|20)\d\d)\)")
_OF_BUDGET = re.compile(
    r"\w*(?:budget|overslag|forslag|regnskab|ramme)\w*|(?:budget)?år\b|(?:b|bf|r|bo[1-5]?)\b", re.IGNORECASE
)
_ONWARD_MARK = re.compile(r"(?<=\d{4})\s?(?:[-–]>?|→)$")
_WITH_UNIT = re.compile(
    r"((?:19|20)\d\d),?\s(?:hele\s)?(?:1\.?000\s)?(?:t\.?\s?|mio\.?\s|mill\.?\s)?kr\.?", re.IGNORECASE
)
_LAST_UNIT = re.compile(
    r"\D+\s(?P<unit>(?:mio|mill|mia|t)\.?\s?kr\.?)(?:,?\s(?:ultimo\s|primo\s)?(?:19|20)\d\d)?", re.IGNORECASE
)
RANGE = re.compile(r"(?<!\d)(?:19|20)\d\d\s?[-–—/]\s?(?:(?:19|20)\d\d|\d\d)(?!\d)")
_SHORT_RANGE = re.compile(r"(?<!\d)\d\d[-–/]\d\d(?!\d)")
"""The years of a change, which are no number of what follows: "Ændring 24-25 pct."."""
_LEVEL = re.compile(
    r"(?:i\s+)?(?:19|20)\d\d\s?[-–/]?\s?(?:pris|pl\b|p/l|niveau|løn)\S*|(?:p/l|\bpl|pris\w*|lønniveau)[\s:]{0,2}(?:19|20)\d\d",
    re.IGNORECASE,
)
_LEVELED = re.compile(r"(?:.*\s)?((?:19|20)\d\d)[- ]?(?:pl|p/l)\.?", re.IGNORECASE)
# "Overføres til 2024", "Forbrug før 2023", "Ændring fra 2023": the figures are of another year, or of several.
_OTHER_YEAR = re.compile(
    r"\b(?:til|fra|før|inden|efter|siden|mod|ift\.?|sammenlignet med|til og med|t\.?o\.?m\.?)\s(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_SHORT_MONTHS = "jan|febr?|mar|apr|jun|jul|aug|sept?|okt|nov|dec"
_DATE = re.compile(
    r"\d{1,2}[./-]\s?\d{1,2}[./-]|\d\.\s?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)|kvartal|\bkvt\b|halvår|\bq[1-4]\b|"
    rf"\b(?:{_MONTHS}|ultimo|primo|medio|uge)\b|\b(?:{_SHORT_MONTHS})(?:\.|\s(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?:\d\.?|i{{1,3}}|iv)\s?(?:kvartal|kvt|halvår)\.?|q[1-4]|{_MONTHS}|(?:{_SHORT_MONTHS})\.?", re.IGNORECASE
)
_ANY_PART = re.compile(r"(?:kvartal|kvt|halvår|uge)(?:\s?nr|\snummer)?\.?", re.IGNORECASE)
_STANDING = re.compile(
    r"(?:varigt?|varig (?:effekt|virkning)|fuld (?:effekt|virkning)|fuldt indfaset|helårs(?:effekt|virkning)|fremover|"
    r"herefter|efterfølgende(?: år)?|senere)\.?",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(
    r".*\d.*|.*kr\.?|(?:alt|ialt|sum|total|varigt?|(?:helårs)?(?:effekt|virkning)|indfaset|fremover|herefter|"
    r"efterfølgende|år|senere)\.?",
    re.IGNORECASE,
)
"""A word with a figure, a unit, or the last of a total or of a standing effect."""
_OPEN_YEARS = re.compile(
    r"(?:(?:tidligere|foregående|forrige|senere|efterfølgende|følgende|kommende|øvrige|resterende)\s(?:budget)?år|"
    r"(?:forbrug(?:t)?\s|afholdt\s|udgifter\s)?"
    r"(?:før|efter|siden|fra|til og med|t\.?\s?o\.?\s?m\.?|tom)\.?\s(?:19|20)\d\d"
    r"(?:\sog\s(?:frem|fremefter|senere))?)\.?",
    re.IGNORECASE,
)
"""Nothing but a time that is not one year: it holds what the years beside it hold."""
_TOTAL = re.compile(r"(?:i\s?alt|sum|total|totalt|samlet|hele perioden)\b.*", re.IGNORECASE)
_ACTUAL = re.compile(r"(?:r[ .\-–']?\d\d(?:\d\d)?|.*\b(?:regnskab|forbrug|realiseret)\b.*)", re.IGNORECASE | re.DOTALL)
_EXPECTED = re.compile(
    r"\b(?:forvent(?:et|ede|es|ning\w*)|forv|(?:års)?skøn\w*|prognose\w*|estim\w+|anslået|anslåede)\b", re.IGNORECASE
)
"""What says of accounts or of what is used that it is not known yet."""
_BUDGET = re.compile(
    r"(?:(?:b|bo|bf|ob|kb|vb|tb|fb)[ .\-–']?\d\d(?:\d\d)?|"
    r".*\b(?:\w{0,12}budget\w{0,10}|overslag\w{0,4}|\w{0,8}ramme)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
DEVIATION = re.compile(
    r"(?:.*\s)?(?:afvigelser?|afv\.?|forskel|difference|ændring(?:er)?|ændr\.|rest(?:budget)?)(?!\w).*",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = re.compile(
    r"(?:takst(?:er)?|budget(?:forslag|overslag|overslagsår|år|ramme)?|overslag(?:sår)?|regnskab|forslag|år|korrigeret|oprindeligt|vedtaget|"
    r"forventet|bo[1-4]|basisbudget|teknisk|forbrug|bud|forsl|overs|regn|rgsk|opr|korr|vedt|forv|budgetåret|b|bo|bf|r|f|og|frem|ff\.?|i|alt|total|sum|fremefter|følgende|->|→|\d)?[.:*]*",
    re.IGNORECASE,
)


_ONWARDS = frozenset({"og frem", "og fremefter", "og følgende år", "ff", "ff.", "f.f.", "->", "→"})
COUNTED = re.compile(
    r"(?:b\.?o\.?|(?:budget)?overslag(?:sår)?|budgetoverslagsår)[ .\-]{0,2}([1-5])"
    r"(?:[\s,(]{1,3}(?:i\s)?(?:hele\s)?(?:1\.?000\s|(?:t|mio|mill)\.?\s?|millioner\s)?(?:kr\.?|kroner)\)?)?",
    re.IGNORECASE,
)
"""The number of an estimate, and perhaps the unit: "BO 1", "Overslagsår 2 (t.kr.)"."""
LONGEST = 60
"""A longer text over a column is no heading of a year."""
LONGEST_TOTAL = 30
LEVEL_ENDS = "lL."
"""The last letter of a heading that says a year's price level."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column's heading says. ``role``: budget or actual, for the figures under it.

    ``told``: its year is not printed in it, but follows from what stands beside or over it.
    """

    text: str
    year: int | None = None
    role: Role | None = None
    total: bool = False
    measure: Measure = "unsaid"
    unit: UnitNote | None = None
    told: bool = False


@lru_cache(maxsize=KEPT)
def read_heading(text: str) -> Heading:
    """The meaning of a heading's text, all its printed lines joined by blanks."""
    printed = " ".join(text.split())
    year = year_of(printed) if len(printed) <= LONGEST else None
    role: Role | None = None
    if DEVIATION.fullmatch(printed):
        role = None
    elif _ACTUAL.fullmatch(printed):
        role = "actual"
    elif _BUDGET.fullmatch(printed):
        role = "budget"
    total = year is None and (bool(_TOTAL.match(printed)) or bool(RANGE.search(printed)))
    measure = measure_of(_SHORT_RANGE.sub(" ", printed), heading=True)
    if year is not None and measure in {"unsaid", "unclear"} and (named := _without_years(printed)):
        measure = measure_of(named, heading=True)
    if measure in {"unsaid", "unclear"} and len(printed) <= LONGEST:
        counted = counted_measure(_without_years(printed))
        measure = measure if counted == "unsaid" else counted
    return Heading(printed, year, role, total, measure, unit_note(printed) or _last_unit(printed))


def _last_unit(printed: str) -> UnitNote | None:
    """The unit of "Aktiver mio. kr." and "Gæld mio. kr. ultimo 2031", without a number that might be an amount."""
    match = _LAST_UNIT.fullmatch(printed) if len(printed) <= LONGEST else None
    note = unit_note(match["unit"]) if match is not None else None
    if match is None or note is None:
        return None
    unit = msgspec.structs.replace(note.unit, text=printed)
    return UnitNote(unit, match.start("unit") + note.start, match.start("unit") + note.end)


def figure_role(label: str, heading: Heading) -> Role | None:
    """The role of a figure by its row, else by its column: "Forventet regnskab" is no actual, whichever says it."""
    own = role_of(label)
    role, said = (own, label) if own is not None else (heading.role, heading.text)
    return None if role == "actual" and _EXPECTED.search(said) else role


def _without_years(printed: str) -> str:
    """What a heading says beside its year: "Elever 2026" is "Elever"."""
    return " ".join(word for word in printed.split() if not _YEAR.fullmatch(word.strip("*:.,()")))


def counted_noun(text: str) -> str:
    """What a heading counts by its only word beside a year, "Elever" of "Elever 2026"; "" for any other."""
    noun = plain_noun(_without_years(" ".join(text.split())))
    return noun if is_counted_noun(noun) else ""


def is_count_of_budget(heading: Heading, others: Sequence[Heading]) -> bool:
    """True for "Elever 2026" where another column has the budget of that year: its figures count pupils."""
    if heading.year is None or heading.measure != "unclear" or not counted_noun(heading.text):
        return False
    return any(
        other.year == heading.year and (other.role is not None or _YEAR.fullmatch(other.text)) for other in others
    )


def is_counted_beside(heading: Heading, others: Sequence[Heading]) -> bool:
    """True for "Børn 2026" where "2026" alone heads another column: two things are told of that year."""
    bare = any(other.year == heading.year and _YEAR.fullmatch(other.text) for other in others)
    return heading.year is not None and heading.measure == "unsaid" and bare and may_count(_without_years(heading.text))


def is_run_together(text: str) -> bool:
    """True for several headings read as one, that ends in the words of the next: "2027 Årsværk 2026 Årsværk"."""
    last = re.search(r"[^\W\d_]+\.?$", text)
    years = {found[0] for found in _YEAR.finditer(text)}
    return len(years) > 1 and last is not None and not RANGE.search(text) and not _WORDS.fullmatch(last[0])


@lru_cache(maxsize=KEPT)
def year_of(text: str) -> int | None:
    """The one budget year that a heading names: "2024", "B2024", "BO 25", "Overslag 2025"; else None."""
    plain = _ONWARD_MARK.sub("", _LEVEL.sub(" ", text).strip())
    if RANGE.search(plain) or _DATE.search(plain) or _OTHER_YEAR.search(plain):
        return None
    if short := _SHORT_YEAR.fullmatch(plain):
        year = int(short["year"])
        return year if year > 99 else 2000 + year
    years = {int(found[0]) for found in _YEAR.finditer(plain)}
    return years.pop() if len(years) == 1 else None


@lru_cache(maxsize=KEPT)
def is_year_heading(text: str) -> bool:
    """True for a text that is nothing but the heading of a year: "2024", "B2024", "Budget 2024", "BO2 2025"."""
    if len(text) > 40 or year_of(text) is None:
        return False
    if _WITH_UNIT.fullmatch(text):
        return True
    words = _ONWARD_MARK.sub("", text).split()
    if _ends_in_brackets(words):
        words = words[:-1]
    if len(words) > 1 and _SHORT_YEAR.fullmatch(" ".join(words[-2:])):
        words = words[:-2]
    return all(_YEAR.fullmatch(w.strip("*:.)")) or _SHORT_YEAR.fullmatch(w) or _WORDS.fullmatch(w) for w in words)


def _ends_in_brackets(words: Sequence[str]) -> bool:
    """Whether a year in brackets stands behind words of a budget: "Overslagsår 1 (2030)", but not "I alt (2030)"."""
    return len(words) > 1 and _IN_BRACKETS.fullmatch(words[-1]) is not None and any(map(_OF_BUDGET.match, words[:-1]))


def bracketed_years(texts: Sequence[str]) -> dict[str, int]:
    """The years in brackets among headings, by their texts: "2029", "(2030)", "(2031)".

    Empty where they are not in one run of years, each a year after the one before it, and where all are in brackets and
    other texts stand beside them: "Tab", "(2030)" is a row.
    """
    found = {text: int(match[1]) for text in texts if text[-1:] == ")" and (match := _IN_BRACKETS.fullmatch(text))}
    if not found:
        return {}
    plain = [year for text in texts if text not in found and is_year_heading(text) and (year := year_of(text))]
    run = [*plain, *found.values()]
    alone = len(run) < 2 or not (plain or all(text in found for text in texts if text))
    return found if not alone and run == list(range(run[0], run[0] + len(run))) else {}


def counted_years(texts: Sequence[str]) -> frozenset[str]:
    """The headings of numbered estimates behind one of the budget year: "B 2029", "BO 1", "BO 2"; else empty."""
    numbers = [(place, int(match[1])) for place, text in enumerate(texts) if (match := COUNTED.fullmatch(text))]
    first = numbers[0][0] if numbers else 0
    if not first or not is_year_heading(texts[first - 1]):
        return frozenset()
    in_order = numbers == [(first + n, n + 1) for n in range(len(numbers))]
    return frozenset(texts[place] for place, _ in numbers) if in_order else frozenset()


def leveled_years(texts: Sequence[str]) -> dict[str, int]:
    """The years of headings that say each year's price level, by their texts: "2025-pl", "2026-pl".

    Empty where they are not of different years: one alone, or the same one again, is a price level and no year.
    """
    texts = [text for text in texts if text[-1:] in LEVEL_ENDS]
    if len(texts) < 2:
        return {}
    found = {text: int(match[1]) for text in texts if (match := _LEVELED.fullmatch(text))}
    return found if len(set(found.values())) == len(found) > 1 else {}


def is_period_heading(text: str) -> bool:
    """True for a part of a year or a day: "4. kvartal 2023", "Ultimo 2024", "2024/25"; not for a bare "Kvartal"."""
    if _ANY_PART.fullmatch(text.strip()):
        return False
    return len(text) < LONGEST and (_DATE.search(text) is not None or RANGE.fullmatch(text.strip()) is not None)


def is_part_of_year(text: str) -> bool:
    """True for "1. kvartal", "Q2", "Marts", "dec." and nothing else: under a year, the figures are of a part of it."""
    return _PART.fullmatch(text.strip()) is not None


def is_of_other_years(text: str) -> bool:
    """True for "Forbrug før 2023", "Overføres til 2024": the year in it is not that of the figures."""
    return _OTHER_YEAR.search(text) is not None


def says_change(text: str) -> bool:
    """True for "Ændring i forhold til budget", "Afvigelse 2024": the figures below are no budget and no account."""
    return len(text) < LONGEST and DEVIATION.fullmatch(" ".join(text.split())) is not None


def is_open_years(text: str) -> bool:
    """True for "Tidligere år", "Efter 2028", "Forbrug t.o.m. 2026": as the years beside it, but of no single year."""
    return len(text) < LONGEST and _OPEN_YEARS.fullmatch(text.strip()) is not None


def is_total_heading(text: str) -> bool:
    """True for "I alt", "Sum", "2023-2026", and for "Varigt": a column of no one year."""
    if len(text) >= LONGEST_TOTAL:
        return False
    return any((_TOTAL.match(text), RANGE.fullmatch(text.strip()), _STANDING.fullmatch(text.strip())))


Token = tuple[int, int, str]


def split_headings(tokens: list[Token]) -> list[list[Token]] | None:
    """Words of a heading line as one heading per year: "Budget 2024 Overslag 2025 I alt" gives three.

    None where the line is not made of at least two year headings after an optional first label.
    """
    groups: list[list[Token]] = []
    waiting: list[Token] = []
    levels = _of_levels(tokens)
    bracketed = bracketed_years([token[2] for token in tokens])
    for number, token in enumerate(tokens):
        waiting.append(token)
        ended = token[2] in bracketed or (_may_end(token[2]) and _ends_heading([t[2] for t in waiting]))
        if ended and number not in levels and not _has_unit(tokens, number):
            groups.append(waiting)
            waiting = []
    if waiting and groups and " ".join(t[2] for t in waiting).casefold() in _ONWARDS:
        groups[-1] += waiting
    elif waiting and groups:
        if not is_total_heading(" ".join(t[2] for t in waiting)):
            return None
        groups.append(waiting)
    years = sum(any(year_of(" ".join(t[2] for t in part)) for part in (group, group[-2:])) for group in groups)
    return groups if years >= 2 else None


def _of_levels(tokens: list[Token]) -> set[int]:
    """The words that state a price level: "2025", "p/l" of "(2025 p/l)". A wide gap parts a level from a heading."""
    inside: set[int] = set()
    text, places = "", []
    for number, (start, _, word) in enumerate(tokens):
        text += ("\t" if start - tokens[number - 1][1] > 1 else " ") if number else ""
        places.append((len(text), len(text) + len(word)))
        text += word
    for start, end in level_spans(text):
        if "\t" not in text[start:end]:
            inside |= {n for n, (x0, x1) in enumerate(places) if x0 < end and start < x1}
    return inside


def _has_unit(tokens: list[Token], number: int) -> bool:
    """Whether a unit of money follows a year: "2025 kr."."""
    rest = " ".join(token[2] for token in tokens[number : number + 2])
    return rest != tokens[number][2] and _WITH_UNIT.fullmatch(rest) is not None


@lru_cache(maxsize=KEPT)
def _may_end(word: str) -> bool:
    """Whether a heading of a year or a total may end in a word; few do."""
    return _LAST_WORD.fullmatch(word) is not None


def _ends_heading(words: list[str]) -> bool:
    text, last = " ".join(words), words[-1]
    if len(words) > 1 and (_SHORT_YEAR.fullmatch(" ".join(words[-2:])) or _WITH_UNIT.fullmatch(" ".join(words[-2:]))):
        return True
    if _STANDING.fullmatch(text) or _STANDING.fullmatch(last):
        return True
    if RANGE.fullmatch(last) or (_TOTAL.fullmatch(text) and last.casefold() in {"alt", "ialt", "sum", "total"}):
        return True
    if _ends_in_brackets(words):
        return True
    return bool(_YEAR.fullmatch(_ONWARD_MARK.sub("", last).strip("*:.)")) or _SHORT_YEAR.fullmatch(last))


def year_headings(columns: Sequence[Column]) -> dict[tuple[int, bool], str]:
    """The printed heading over each year, by whether it counts people; none where several are of one kind.

    "Årsværk 2026" stands over the people of 2026, "Lønbudget 2026" over its money. A value under one of several
    headings of one kind names its own.
    """
    by_year: dict[int, list[str]] = {}
    for column in columns:
        if column.year is not None:
            by_year.setdefault(column.year, []).append(column.label)
    found: dict[tuple[int, bool], str] = {}
    for year, labels in by_year.items():
        measures = [read_heading(label).measure for label in labels]
        for people in (False, True):
            own = [
                n for n, said in zip(labels, measures, strict=True) if len(labels) == 1 or _holds(said, people=people)
            ]
            if len(own) == 1:
                found[year, people] = own[0]
    return found


def _holds(measure: Measure, *, people: bool) -> bool:
    """Whether figures under a heading of a measure are people, or money."""
    return counts_people(measure) if people else measure in {"unsaid", "money"}
