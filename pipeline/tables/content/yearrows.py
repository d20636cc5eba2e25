"""Which rows of a table are headings of years, and which are amounts that look like them: "Hal", 2024, 2025.

Below headings in words of money a row of years may be their second line ("Budget" over 2024, "Regnskab" over 2025), or
a row with bare amounts. It is a heading where no name of a row stands before it and its years are near each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, pairwise

from pipeline.tables.content.cells import NIL_KIND, NUMBER_KIND, TEXT_KIND, read_cell
from pipeline.tables.content.grid import GridCell
from pipeline.tables.content.headings import RANGE, bracketed_years, is_total_heading, is_year_heading, leveled_years
from pipeline.tables.content.labels import role_of
from pipeline.tables.content.naming import heads_labels, is_naming
from pipeline.tables.content.reheaded import says_money
from pipeline.tables.content.units import KEPT, is_statement, unit_note
from pipeline.tables.content.yearlike import are_amounts_below, are_marked, names_row, sums_from, telling
from pipeline.tables.content.years import are_far_apart, are_figures, years_in

Rows = Sequence[Sequence[GridCell]]
DOUBTFUL = "whether these are years or amounts is not said"
FEWEST_SAME = 3
FEWEST_AGAIN, NAME_AND_YEAR = 2, 2
"""Cells of a row with one year behind a name."""


@dataclass(frozen=True, slots=True)
class YearRows:
    """Numbers of rows: ``headings`` of years, and those that are ``doubtful``, as they may be amounts as well."""

    headings: frozenset[int]
    doubtful: frozenset[int]


class _Beside:
    """What all rows of a table say of those that read like years: asked once, and not for each of these."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._telling: dict[frozenset[int], list[str]] = {}
        self._sums: dict[int, list[tuple[int, bool]]] = {}

    def telling(self, columns: frozenset[int]) -> list[str]:
        """Figures that tell how those of some columns are printed, "1.200" or "1200"."""
        if columns not in self._telling:
            beside = (cell.text for row in self._rows for cell in row if cell.column in columns)
            self._telling[columns] = telling(filter(is_figure, beside))
        return self._telling[columns]

    def are_summed(self, first: int, number: int) -> bool:
        """Whether the next sum below a row adds its figures to all others from row ``first`` on, in each column."""
        if first not in self._sums:
            self._sums[first] = sums_from(self._rows, first)
        sums = self._sums[first]
        at = bisect_right(sums, (number, True))
        return at < len(sums) and sums[at][1]

    @cached_property
    def first_figure(self) -> int:
        """The first row with a figure."""
        rows = self._rows
        return next((n for n, row in enumerate(rows) if any(is_figure(cell.text) for cell in row)), len(rows))


def years_among(rows: Rows) -> YearRows:
    """The rows of years among those of a table. Below a heading of years those behind a name may be amounts."""
    headings: list[int] = []
    doubtful: list[int] = []
    beside = _Beside(rows)
    sections = _year_sections(rows)
    for number, row in enumerate(rows):
        if number in sections or not (is_year_row(row) or _is_again(rows, number, beside)):
            continue
        told: bool | None = True  # 2029, -2030, -2031 are no amounts
        if len(bracketed_years([cell.text for cell in row])) < 2:
            headed = not headings and _is_below_words(rows, number)
            told = _is_heading(rows, number, beside) if headed else _heads_anew(rows, number, headings, beside)
        if told is None:
            doubtful.append(number)
        elif told:
            headings.append(number)
    bracketed = _bracketed_row(rows) if not headings else None
    if bracketed is not None:
        names = [cell for cell in rows[bracketed] if not cell.column]
        told = all(_heads_names(cell, _top(rows, bracketed, cell.column)) for cell in names)
        (headings if told else doubtful).append(bracketed)
    return YearRows(frozenset(headings), frozenset(doubtful))


def _heads_anew(rows: Rows, number: int, headings: Sequence[int], beside: _Beside) -> bool | None:
    """Whether a row of years below the last heading of years is one, not amounts; None where it may be either."""
    row = rows[number]
    if not headings or row[0].column:
        return True
    last = headings[-1]
    if len(rows[last]) == NAME_AND_YEAR and names_row(rows[last][0].text, []) and _dated(rows[last]):
        return True  # "Hal", 2024 may be a row itself
    figures = beside.telling(frozenset([cell.column for cell in row[1:]]))
    told = are_amounts_below([cell.text for cell in row], [cell.text for cell in rows[last]], figures)
    if told is None and (_follows_amounts(rows, number, last) or beside.are_summed(last + 1, number)):
        told = True
    return None if told is None else not told


def _is_again(rows: Rows, number: int, beside: _Beside) -> bool:
    """Whether a row without a name, above all figures, says one year again and again below words of its own: "Budget"
    and "Regnskab" over 2026 and 2026.
    """
    cells = [cell for cell in rows[number] if cell.text]
    if len(cells) < FEWEST_AGAIN or cells[-1].text != cells[-2].text:
        return False
    if not cells[0].column and _heads_names(cells[0], _top(rows, number, 0)):
        del cells[0]
    if len(cells) < FEWEST_AGAIN or not cells[0].column or len({cell.text for cell in cells}) > 1:
        return False
    return is_year_heading(cells[0].text) and number <= beside.first_figure and _is_below_words(rows, number)


def _follows_amounts(rows: Rows, number: int, last: int) -> bool:
    """Whether a row of years stands right above or below another one behind a name: no heading follows another."""
    heads = [cell.text for cell in rows[last]]
    near = [n for n in (number - 1, number + 1) if last < n < len(rows) and is_year_row(rows[n])]
    return any(not rows[n][0].column and names_row(rows[n][0].text, heads) for n in near)


def _year_sections(rows: Rows) -> set[int]:
    """Rows of one year over all columns, each above rows of its own, two years at least: each is that of a section."""
    alone = [n for n, row in enumerate(rows) if len(row) == 1 and not row[0].column and is_year_heading(row[0].text)]
    between = all(any(is_figure(cell.text) for row in rows[a:b] for cell in row) for a, b in pairwise(alone))
    return {*alone} if between and len({rows[n][0].text for n in alone}) > 1 else set()


def _bracketed_row(rows: Rows) -> int | None:
    """The first row with figures, if words stand over all and they are years in brackets: "(2029)", "(2030)"."""
    for number, row in enumerate(rows):
        right = [cell for cell in row if cell.column and read_cell(cell.text).kind is not NIL_KIND]
        if any(is_figure(cell.text) for cell in right):
            words = all(read_cell(_top(rows, number, cell.column)).kind is TEXT_KIND for cell in right)
            bracketed = bracketed_years([cell.text for cell in right])
            return number if words and len(bracketed) == len(right) else None
    return None


def is_year_row(cells: Sequence[GridCell]) -> bool:
    """True for a row whose figures are all years, two at least (one where it is the only one beside a label)."""
    if len(cells) == 1 and cells[0].column == 0 and cells[0].column_span == 1:
        return False  # it heads the rows below it
    return _are_years(tuple([cell.text for cell in cells]))


@lru_cache(maxsize=KEPT)
def _are_years(texts: tuple[str, ...]) -> bool:
    bracketed = bracketed_years(texts)
    years = sum([is_year_heading(text) for text in texts]) + len(leveled_years(texts)) + len(bracketed)
    if not years or (years > 1 and set(texts[-years:]) == {texts[-1]} and read_cell(texts[-1]).kind is NUMBER_KIND):
        return False  # the same again: figures, "2010-"
    others = [text for text in texts[1:] if not is_year_heading(text) and not is_total_heading(text)]
    figures = any(is_figure(text) for text in texts if text not in bracketed)
    few = len(texts) <= 2 or any(RANGE.fullmatch(text.strip()) for text in texts[1:])
    return not figures and (years >= 2 or (years == 1 and not others and few))


def are_amounts(texts: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether what reads like years on a line or row is figures under a heading of years, ``heads``.

    None is near those of the heading; or one and the same stands under each of three different years at least, behind
    the name of a row: "Leje", 2035, 2035, 2035.
    """
    years, headed = years_in(texts), years_in(heads)
    if are_figures(years, headed):
        return True
    if len({*years}) != 1 or not FEWEST_SAME <= len(years) <= len(headed) == len({*headed}):
        return False
    year = next((text for text in texts if is_year_heading(text)), "")
    return year.isdecimal() and any(_is_name(text) for text in texts[: texts.index(year)] if text not in heads)


def _is_name(text: str) -> bool:
    return read_cell(text).kind is TEXT_KIND and not (heads_labels(text) or is_statement(text))


def is_figure(text: str) -> bool:
    """True for a figure that is neither a year nor a unit: "1.200", but not "2024" or "1.000 kr."."""
    return read_cell(text).kind is NUMBER_KIND and not is_year_heading(text) and unit_note(text) is None


def _dated(row: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a row that are a bare year, which may be an amount: "2024", but not "B2024"."""
    cells = [cell for cell in row if cell.column and is_year_heading(cell.text)]
    return [cell for cell in cells if read_cell(cell.text).kind is NUMBER_KIND]


def _is_below_words(rows: Rows, number: int) -> bool:
    """Whether words of their own, one at least of money, stand over each of the years of a row, and all are bare.

    The same word over several leaves it to the years to tell these columns apart.
    """
    dated = _dated(rows[number])
    if len(dated) < sum(cell.column > 0 and is_year_heading(cell.text) for cell in rows[number]) or not dated:
        return False
    over = [_top(rows, number, cell.column) for cell in dated]
    words = [text for text in over if read_cell(text).kind is TEXT_KIND and not is_statement(text)]
    return len({*words}) == len(dated) and any(map(says_money, words))


def _top(rows: Rows, number: int, column: int) -> str:
    """The first text that stands over a column alone, above a row."""
    texts = (
        cell.text for row in islice(rows, number) for cell in row if cell.column == column and cell.column_span == 1
    )
    return next(texts, "")


def _is_heading(rows: Rows, number: int, beside: _Beside) -> bool | None:
    """Whether a row of bare years below words of money is a heading, not amounts; None where it may be either.

    One year alone may be a heading only where no figures stand above it.
    """
    dated = _dated(rows[number])
    above = (cell.text for row in islice(rows, number) for cell in row if cell.column)
    if len(dated) == 1 and any(read_cell(text).kind is NUMBER_KIND and unit_note(text) is None for text in above):
        return False
    before = [c for c in rows[number] if c.column < dated[0].column and not _is_over_figures(rows, number, c)]
    named = any(not _heads_names(cell, _top(rows, number, cell.column)) for cell in before)
    if named and _follows_amounts(rows, number, 0):
        return False
    if are_far_apart(years_in(cell.text for cell in dated)):
        return False if named else None
    if not named:
        return True
    return True if are_marked(beside.telling(frozenset([cell.column for cell in dated]))) else None


def _is_over_figures(rows: Rows, number: int, cell: GridCell) -> bool:
    """Whether a text is the second line of the heading of a column of figures: "Samlet" over "bevilling"."""
    if not cell.column or not cell.text[:1].islower() or _top(rows, number, cell.column) == "":
        return False
    below = [c.text for row in islice(rows, number + 1, None) for c in row if c.column == cell.column]
    return sum(map(is_figure, below)) > len(below) / 2


def _heads_names(cell: GridCell, over: str) -> bool:
    """Whether a text before years is a heading: a unit, "År", "Konto", the corner printed again; not "I alt".

    "Projekt" is one, too, where the corner, ``over``, is empty above it.
    """
    text = cell.text
    if is_total_heading(text):
        return False
    if text == over or is_naming(text) or is_statement(text) or is_year_heading(f"{text} 2000"):
        return True
    return not over and role_of(text) is None and heads_labels(text)
