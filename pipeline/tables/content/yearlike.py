"""Rows below a heading of years whose own figures read like years: "Dagtilbud", 2000, 2025 under 2026, 2027.

A heading printed further down has its years one after the other; of amounts three are so by chance only, and two of
them may be either. Who looks at a line alone is told what it may be; the whole table says more by its sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.tables.content.cells import NIL_KIND, NUMBER_KIND, TEXT_KIND, read_cell
from pipeline.tables.content.grid import GridCell
from pipeline.tables.content.headings import is_total_heading, is_year_heading
from pipeline.tables.content.labels import role_of
from pipeline.tables.content.naming import heads_labels, is_naming
from pipeline.tables.content.units import is_statement
from pipeline.tables.content.years import are_figures, years_in

THOUSAND = 4
"""Digits of a figure that may have a mark between its groups."""
NEXT = 2
"""Years side by side in a heading are so many years apart at most, or all as far."""
SUMS = frozenset({"total", "net"})
NOTHING = Decimal(0)


def are_marked(figures: Sequence[str]) -> bool:
    """Whether all figures of four digits or more have marks between groups of digits ("1.200"): bare ones are years."""
    long = _long(figures)
    return bool(long) and not any(map(_is_bare, long))


def are_amounts_below(texts: Sequence[str], heads: Sequence[str], figures: Sequence[str]) -> bool | None:
    """Whether the years of a row below those of ``heads`` are amounts, behind a name; None where it cannot be told.

    ``figures``: what else stands in their columns.
    """
    name, *printed = texts
    bare = [text for text in printed if read_cell(text).kind is not NIL_KIND]
    years, headed = years_in(bare), years_in(heads)
    if len(years) < len(bare) or not 0 < len(years) <= len(headed) or not all(map(str.isdecimal, bare)):
        return False
    if not names_row(name, heads) or are_marked(figures) or _are_again(years, headed):
        return False
    if are_figures(years, headed) or _names_sum(name) or len(bare) < len(printed):
        return True
    steps = [after - before for before, after in pairwise(years)]
    if len(steps) < NEXT:
        return steps == [0] or (steps not in ([1], [-1]) and any(map(_is_bare, _long(figures)))) or None
    if len({*steps}) == 1 and steps[0]:
        return False  # years in even steps: three figures are so by chance only
    return True if any(abs(step) > NEXT or not step for step in steps) else None


def _are_again(years: Sequence[int], headed: Sequence[int]) -> bool:
    """Whether years are some of those of the heading, in their order: 2027, 2028 under 2026, 2027, 2028."""
    return len({*years}) == len(years) and [year for year in headed if year in years] == [*years]


def names_row(name: str, heads: Sequence[str]) -> bool:
    """Whether a text before years is the name of a row, and no heading of names: "Dagtilbud", but not "Projekt"."""
    if name in heads or read_cell(name).kind is not TEXT_KIND or is_year_heading(name):
        return False
    return not (is_naming(name) or heads_labels(name) or is_statement(name)) or is_total_heading(name)


def _names_sum(name: str) -> bool:
    return is_total_heading(name) or role_of(name) == "total"


def telling(figures: Iterable[str]) -> list[str]:
    """Of figures of four digits or more one with marks and one without, where there are such: they say what all do."""
    return [*{_is_bare(text): text for text in _long(figures)}.values()]


def _long(figures: Iterable[str]) -> list[str]:
    return [text for text in figures if sum(map(str.isdigit, text.partition(",")[0])) >= THOUSAND]


def _is_bare(figure: str) -> bool:
    return figure.partition(",")[0].strip("-+()* ").isdigit()


def sums_from(rows: Sequence[Sequence[GridCell]], first: int) -> list[tuple[int, bool]]:
    """The rows that are sums, from row ``first`` on, and whether each adds up all others before it in each column."""
    found: list[tuple[int, bool]] = []
    whole: dict[int, Decimal] = {}
    count = 0
    for at, row in enumerate(rows[first:], first):
        figures = _figures(row)
        if figures and row[0].column == 0 and role_of(row[0].text) in SUMS:
            off = [whole.get(column, NOTHING) - said for column, said in figures.items()]
            found.append((at, len(figures) > 1 and all(2 * abs(each) <= count for each in off)))
        count += bool(figures)
        for column, figure in figures.items():
            whole[column] = whole.get(column, NOTHING) + figure
    return found


def _figures(row: Sequence[GridCell]) -> dict[int, Decimal]:
    cells = [(cell.column, read_cell(cell.text)) for cell in row if cell.column]
    if any(value.kind not in {NUMBER_KIND, NIL_KIND} for _, value in cells):
        return {}
    return {column: value.number or NOTHING for column, value in cells}
