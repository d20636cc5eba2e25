"""The budget year of columns that do not print it themselves, where the heading beside them or the caption tells it.

"BO1" and "Overslagsår 2" count on from the budget year to their left; a day ("31.12.2023", "Primo 2023", "Forbrug pr.
31.8.2023") gives its year, and "Korrigeret budget" under "Regnskab 2023" is of that year. A column dated here keeps its
heading as ``column`` too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.tables.content.columns import Layout, ValueColumn
from pipeline.tables.content.headings import COUNTED, RANGE
from pipeline.tables.content.labels import speaks_of_money
from pipeline.tables.content.levels import level_spans

_MONTH = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?"
_DAY = re.compile(
    r"(?P<lead>(?:.*?\s)?)(?:(?:opgjort|pr\.?|per|den|d\.)\s){0,2}(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?|"
    rf"\d{{1,2}}\.?\s?{_MONTH}\s|(?:ultimo|primo|medio|slutning(?:en)? af|udgang(?:en)? af)\s(?:{_MONTH}\s)?)"
    r"(?P<year>(?:19|20)\d\d)\.?",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\b(?:til|fra|før|inden|efter|siden|mod|ift|sammenlignet)\b", re.IGNORECASE)
_OTHER_YEAR = re.compile(r"\b(?:sidste|forrige|foregående|tidligere|næste|efterfølgende|før|kommende)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d/]|[.,]\d)")
_OF_YEAR = re.compile(
    r"\b(?:\w*regnskab\w*|\w*budget\w*|\w*forbrug\w*|årsrapport\w*|økonomirapport\w*|resultatopgørelse\w*|året|år)[:,]?\s"
    r"(?:for\s|i\s|pr\.?\s\d{1,2}\.\s?(?:\d{1,2}\.\s?|\w+\s))?((?:19|20)\d\d)(?!\s?[-–—/]\s?\d)",
    re.IGNORECASE,
)


def with_years(layout: Layout, said: Sequence[str]) -> Layout:
    """The layout with the years that can be told. ``said``: the table's titles and the lines that stand over it."""
    columns = [_at_day(column) for column in layout.columns]
    if not any(column.heading.year is not None for column in columns):
        columns = _captioned(columns, said)
    return replace(layout, columns=_counted_on(columns))


def _dated(column: ValueColumn, year: int) -> ValueColumn:
    role = "budget" if COUNTED.fullmatch(column.heading.text) else column.heading.role
    return replace(column, heading=replace(column.heading, year=year, role=role, told=True, total=False))


def _at_day(column: ValueColumn) -> ValueColumn:
    """A column headed by a day, or by what was spent up to one: it is of the year of that day, and of no other."""
    text = column.heading.text
    match = _DAY.fullmatch(text) if column.heading.year is None else None
    if match is None or _MOVED.search(text) or len({found[0] for found in _YEAR.finditer(text)} | {match["year"]}) > 1:
        return column
    lead = match["lead"].strip()
    told = not lead or column.heading.role is not None or speaks_of_money(lead)
    return _dated(column, int(match["year"])) if told else column


def _captioned(columns: list[ValueColumn], said: Sequence[str]) -> list[ValueColumn]:
    """Columns of budget and actual figures under a caption of one year; not where one of them is of another year."""
    year = caption_year(said) or _first_of_range(columns, said)
    compared = [column for column in columns if column.heading.role in {"budget", "actual"}]
    if year is None or not compared or any(_OTHER_YEAR.search(column.heading.text) for column in columns):
        return columns
    first = compared[0] if any(COUNTED.fullmatch(column.heading.text) for column in columns) else None
    return [
        _dated(column, year) if column is first or (first is None and _is_of_year(column)) else column
        for column in columns
    ]


def _first_of_range(columns: Sequence[ValueColumn], said: Sequence[str]) -> int | None:
    """2025 for "Budget 2025-2028" over a column of the budget and one for each year after it, "BO1" to "BO3"."""
    ranges = {match[0] for text in said for match in RANGE.finditer(text)}
    counted = [match[1] for column in columns if (match := COUNTED.fullmatch(column.heading.text))]
    if len(ranges) != 1 or not counted or columns[0].heading.role != "budget":
        return None
    first, last = (int(digits) for digits in re.findall(r"\d+", ranges.pop()))
    years = (last if last > 99 else first // 100 * 100 + last) - first
    return first if counted == [str(number) for number in range(1, years + 1)] else None


def _is_of_year(column: ValueColumn) -> bool:
    heading = column.heading
    return heading.role in {"budget", "actual"} or (not heading.total and speaks_of_money(heading.text))


def caption_year(said: Sequence[str]) -> int | None:
    """The year of "Regnskab 2023" in the lines over a table; None for none, for several, or for a range of years."""
    named: set[int] = set()
    every: set[int] = set()
    for text in said:
        plain = text
        for start, end in level_spans(text):
            plain = plain[:start] + " " * (end - start) + plain[end:]
        if RANGE.search(plain):
            return None
        every |= {int(match[0]) for match in _YEAR.finditer(plain)}
        named |= {int(match[1]) for match in _OF_YEAR.finditer(plain)}
    return named.pop() if len(named) == 1 and named == every else None


def _counted_on(columns: list[ValueColumn]) -> list[ValueColumn]:
    """ "BO1", "BO2" right behind a column of the budget year are the years after it."""
    dated: list[ValueColumn] = []
    base, last = None, 0
    for column in columns:
        match = COUNTED.fullmatch(column.heading.text)
        before = dated[-1] if dated else None
        if match is None or column.heading.year is not None:
            base, last = None, 0
        elif int(match[1]) == 1 and before is not None and before.heading.role != "actual":
            base, last = before.heading.year, 1
        elif int(match[1]) == last + 1:
            last += 1
        else:
            base = None
        dated.append(column if match is None or base is None else _dated(column, base + last))
    return dated
