"""CPR numbers whose digits stand apart: a box for each, all parts divided by blanks, or a number told a second time.

Digits one by one count where a dash stands between day and number, or where a word of CPR numbers stands before them on
their line or on the one above. Digits that are those of a number known already count in any spacing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from corpus.patterns import late

DASHES = "-‐‑‒–—―−\u00ad"
BLANK = "[ \\t\u00a0\u2009\u202f]"
CPR_WORD = late(r"cpr|personnummer|person-?nr|fødselsnummer", re.IGNORECASE)
# What the first of the last four digits may be, by the years of birth (cpr.dk, "Personnummeret i CPR").
_FIRST_OF_LAST = (
    (range(1858, 1900), "5678"),
    (range(1900, 1937), "0123"),
    (range(1937, 2000), "012349"),
    (range(2000, 2037), "456789"),
    (range(2037, 2058), "5678"),
)
_GAP = "[ \\t\u00a0]{1,3}"
# A form with a box for each digit prints them one by one; with the dash no word is needed: a row of figures has none.
_BOXED = late(
    rf"(?<!\w)(?<!\d{BLANK})(?P<day>\d{_GAP}\d){_GAP}(?P<month>\d{_GAP}\d){_GAP}(?P<year>\d{_GAP}\d)(?:{_GAP})?[{DASHES}](?:{_GAP})?"
    rf"(?P<last>\d(?:{_GAP}\d){{3}}|x(?:{_GAP}x){{3}})(?!\w)(?!{_GAP}\d)"
)
_SIDES = rf"[{DASHES} \t\u00a0\u2009\u202f|\[\]._]{{1,6}}"
_SPOKEN = late(
    rf"(?<!\w)(?P<day>\d{_SIDES}\d){_SIDES}(?P<month>\d{_SIDES}\d){_SIDES}(?:(?:1{_SIDES}[89]|2{_SIDES}0){_SIDES})?"
    rf"(?P<year>\d{_SIDES}\d){_SIDES}(?P<last>\d(?:{_SIDES}\d){{3}}|x(?:{_SIDES}x){{3}})(?!\w)"
)
_ONE_BEFORE, _ONE_AFTER = late(rf"(?<!\w)\d{_SIDES}$"), late(rf"{_SIDES}\d(?!\w)")
_SHORTLY = 200
"""Characters before digits in which the word of their line, or of the line above, is looked for."""
_LONGEST = 100
"""More characters than twelve digits and their gaps take."""

_ANY = r"[\W_]{0,6}"
_RUN = late(rf"\d(?:{_ANY}\d){{9,}}")
_PAIR, _LAST = rf"\d{_ANY}\d", rf"(?P<last>\d(?:{_ANY}\d){{3}})"
_AGAIN = late(rf"(?P<day>{_PAIR}){_ANY}(?P<month>{_PAIR}){_ANY}(?P<year>{_PAIR}){_ANY}{_LAST}")
_AGAIN_LONG = late(rf"(?P<day>{_PAIR}){_ANY}(?P<month>{_PAIR}){_ANY}{_PAIR}{_ANY}(?P<year>{_PAIR}){_ANY}{_LAST}")
_AGAIN_YEAR_FIRST = late(rf"{_PAIR}{_ANY}(?P<year>{_PAIR}){_ANY}(?P<month>{_PAIR}){_ANY}(?P<day>{_PAIR}){_ANY}{_LAST}")
_SHORT, _LONG = 10, 12
"""Digits of a number whose year has two digits, or four."""
_TIME = late(r"\d\d:\d\d")

_NEAR_LINES, _NEAR = 3, 300
"""So many lines over and under one, and so many characters, may show that it is a row of a table."""
_FIGURE = late(r"[(+‐‑‒–—−-]?\d[\d.,]*[%)]?")
_FEWEST = 3
_TELEPHONE = late(r"(?:\+45 )?\d\d \d\d \d\d \d\d")
_FOUR = late(r"(\d\d) (\d\d) (?:18|19|20)?\d\d \d{4}")

_SIGNS = "(?:[ ._\u00a0+-]|%20){0,2}"
IN_NAME = late(
    rf"(?<!\d)(?P<day>[06][1-9]|[1278]\d|[39][01]){_SIGNS}(?P<month>0[1-9]|1[0-2]){_SIGNS}(?P<century>(?:18|19|20)?)"
    rf"(?P<year>\d\d){_SIGNS}(?P<last>\d{{4}})(?!\d)"
)
"""The shape in a path or file name, which has no tables: day and month decide, and a century where one is given."""


def is_date(day: str, month: str) -> bool:
    """Whether a CPR number's first four digits are a day; in replacement numbers the day is raised by 60."""
    number = int(day) - 60 if int(day) > 60 else int(day)
    return 1 <= int(month) <= 12 and 1 <= number <= (
        29 if int(month) == 2 else 30 if int(month) in {4, 6, 9, 11} else 31
    )


def is_of_year(year: str, last: str) -> bool:
    """Whether the last four digits are given to people born in a year of four digits; masked ones may be."""
    return not last[0].isdecimal() or any(int(year) in years and last[0] in firsts for years, firsts in _FIRST_OF_LAST)


def bare(printed: str) -> str:
    """Digits, or what stands for hidden ones, without the marks between them."""
    return "".join(char for char in printed if char.isalnum() or char in "*•")


def is_spoken_of(text: str, start: int) -> bool:
    """Whether a word of CPR numbers stands before a place, on its line or on the one above."""
    return _on_its_line(text, start) or CPR_WORD.search(_line_above(text, start)) is not None


def _on_its_line(text: str, start: int) -> bool:
    return CPR_WORD.search(text[max(0, start - _SHORTLY) : start].rpartition("\n")[2]) is not None


def _line_above(text: str, start: int) -> str:
    """The line above one, or the one over a blank line above it; "" for none."""
    above = text[max(0, start - _SHORTLY) : start].split("\n")[-3:-1]
    return next((line for line in reversed(above) if line.strip()), "")


def in_boxes(text: str) -> Iterator[re.Match[str]]:
    """Numbers whose digits stand one by one; some may be given twice."""
    yield from (match for match in _BOXED.finditer(text) if _is_dated(match))
    at = 0
    for word in CPR_WORD.finditer(text):
        at, last = max(at, word.end()), word.end() + _SHORTLY
        while at <= last and (match := _SPOKEN.search(text, at, last + _LONGEST)):
            at = match.start() + 1
            if _is_dated(match) and (_on_its_line(text, match.start()) or _is_below_word(text, match)):
                yield match
                at = match.end()


def _is_dated(match: re.Match[str]) -> bool:
    return is_date(bare(match["day"]), bare(match["month"]))


def _is_below_word(text: str, match: re.Match[str]) -> bool:
    """Whether a word of CPR numbers stands above digits that are no part of a longer row."""
    if _ONE_BEFORE.search(text[max(0, match.start() - 8) : match.start()]) or _ONE_AFTER.match(text, match.end()):
        return False
    return CPR_WORD.search(_line_above(text, match.start())) is not None


def in_order(*groups: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """Matches of one text in order; of those that overlap, the one of the earlier group."""
    kept: list[re.Match[str]] = []
    ranked = [(match.start(), rank, match) for rank, group in enumerate(groups) for match in group]
    for _, _, match in sorted(ranked, key=lambda each: each[:2]):
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept


def told_again(text: str, known: Sequence[re.Match[str]], names: Collection[str] = ()) -> list[re.Match[str]]:
    """``known`` and, in any spacing, the places where the digits of one of them stand again, in order.

    ``names``: what was masked in the names of members, as printed; it counts where it is printed in the same way.
    """
    told = {bare(match["day"] + match["month"] + match["year"] + match["last"]) for match in known}
    numbers = {digits for digits in told if digits.isdecimal()}
    named = {bare(printed) for printed in names}
    if not numbers and not named:
        return list(known)
    again = (
        match
        for run in _RUN.finditer(text)
        for match in _in_run(text, [at for at in range(run.start(), run.end()) if text[at].isdecimal()], numbers, names)
    )
    return in_order(known, again)


def _in_run(
    text: str, places: Sequence[int], numbers: Collection[str], names: Collection[str]
) -> Iterator[re.Match[str]]:
    """The numbers among digits at these places that close up to each other."""
    digits = "".join(text[at] for at in places)
    for first, start in enumerate(places[: 1 - _SHORT]):
        if first and places[first - 1] == start - 1:
            continue
        for pattern, length, key in _readings(digits[first : first + _LONG]):
            end = places[first + length - 1] + 1
            whole = first + length == len(places) or places[first + length] != end
            match = pattern.match(text, start) if whole and (key in numbers or text[start:end] in names) else None
            if match and not _TIME.fullmatch(match["last"]):
                yield match
                break


def _readings(digits: str) -> Iterator[tuple[re.Pattern[str], int, str]]:
    """Each way to read digits as a number: its pattern, its length, and its ten digits."""
    yield _AGAIN, _SHORT, digits[:_SHORT]
    if len(digits) < _LONG:
        return
    last = digits[8:]
    if digits[4:6] in {"18", "19", "20"} and is_of_year(digits[4:8], last):
        yield _AGAIN_LONG, _LONG, digits[:4] + digits[6:]
    if digits[:2] in {"18", "19", "20"} and is_of_year(digits[:4], last):
        yield _AGAIN_YEAR_FIRST, _LONG, digits[6:8] + digits[4:6] + digits[2:4] + last


def is_in_table(text: str, start: int, end: int) -> bool:
    """Whether a line near that of a place has a row of figures too, and ends as it does: in figures, or in words."""
    over = text[max(0, start - _NEAR) : start].split("\n")
    under = text[end : end + _NEAR].split("\n")
    worded = any(map(str.isalpha, under[0]))
    above = [line for line in over[-2::-1] if line.strip()][:_NEAR_LINES]
    below = [line for line in under[1:] if line.strip()][:_NEAR_LINES]
    return any(_is_row(line, worded=worded) for line in (*above, *below))


@lru_cache(maxsize=16)  # in a list, each line is near six others
def _is_row(line: str, *, worded: bool) -> bool:
    """Whether three figures follow each other in a line and are neither a CPR number nor a telephone's."""
    run: list[str] = []
    tokens = line.replace("|", " ").split()
    for number, token in enumerate([*tokens, ""]):
        if _FIGURE.fullmatch(token):
            run.append(token)
            continue
        if len(run) >= _FEWEST and not _is_number(" ".join(run)):
            return any(any(map(str.isalpha, word)) for word in tokens[number:]) == worded
        run = []
    return False


def _is_number(figures: str) -> bool:
    four = _FOUR.fullmatch(figures.rstrip(".,"))
    return bool(_TELEPHONE.fullmatch(figures.rstrip(".,")) or (four and is_date(four[1], four[2])))
