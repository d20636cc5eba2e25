"""The first lines of headings of two lines, of which other columns have one: "Forbrug pr." over "31.8.2023"."""

from __future__ import annotations

from collections.abc import Sequence, Set

from pipeline.tables.content.grid import GridCell
from pipeline.tables.content.headings import read_heading, year_of
from pipeline.tables.content.rows import HANGING
from pipeline.tables.content.units import is_statement

SAME_EDGE = 1.5
CLOSE = 0.75
"""Two lines of a heading are parted by less than this share of their height."""
Row = dict[int, GridCell]


def are_first_lines(over: Sequence[GridCell], columns: Sequence[int], bare: Set[int], below: Sequence[Row]) -> bool:
    """Whether each heading is the first line of the one right below it, and none stands over several columns.

    Each keeps to the end or the middle of the words below it. What stands over several columns may end where the last
    of them does: beside a column without a first line (of ``bare``) on its left, a heading must go on in words there,
    and that column have a name of its own.
    """
    first = below[0] if below else {}
    return len(over) > 1 and all(
        cell.column_span == 1 and cell.column in first and _is_first(cell, columns, bare, first) for cell in over
    )


def are_over_years(over: Sequence[GridCell], bare: Set[int], below: Sequence[Row]) -> bool:
    """Whether each heading stands over a bare year, or nothing, and all columns beside name their own year.

    "Forbrug" at the top of a cell and "2025" at its foot, beside "Opr. budget 2025": it is of none of the others.
    """
    first = below[0] if len(below) == 1 else {}
    under = [(cell, first[cell.column]) for cell in over if cell.column in first]
    named = [first[column] for column in bare if column in first]
    return (
        bool(under and named)
        and len(named) == len(bare)
        and all(cell.column_span == 1 and year_of(cell.text) is None for cell in over)
        and all(_is_bare_year(year.text) and _keeps_edge(cell, year) for cell, year in under)
        and all(_names_year(cell.text) for cell in named)
    )


def _is_bare_year(text: str) -> bool:
    return text.isdecimal() and year_of(text) is not None


def _keeps_edge(cell: GridCell, under: GridCell) -> bool:
    if cell.box is None or under.box is None:
        return False
    left, right = cell.box[0] - under.box[0], cell.box[2] - under.box[2]
    return min(abs(left), abs(right), abs(left + right) / 2) < SAME_EDGE


def _names_year(text: str) -> bool:
    heading = read_heading(text)
    return heading.year is not None and heading.role is not None


def _is_first(cell: GridCell, columns: Sequence[int], bare: Set[int], lower: Row) -> bool:
    under = lower[cell.column]
    if cell.box is None or under.box is None or under.box[1] - cell.box[3] > CLOSE * (cell.box[3] - cell.box[1]):
        return False
    left, right = cell.box[0] - under.box[0], cell.box[2] - under.box[2]
    if abs(left - right) < SAME_EDGE:
        return False  # of one width: any edge may be the one they share
    if abs(left + right) / 2 < SAME_EDGE:
        return True
    place = columns.index(cell.column)
    before = columns[place - 1] if place else -1
    return abs(right) < SAME_EDGE and (before not in bare or (_goes_on(cell, under) and _is_own(lower.get(before))))


def _goes_on(cell: GridCell, under: GridCell) -> bool:
    return under.text[:1].islower() or cell.text.split()[-1].casefold() in HANGING


def _is_own(cell: GridCell | None) -> bool:
    """Whether a heading of one line says by itself what its figures are: "Forskel", but not "Kr." or "i pct."."""
    return (
        cell is not None
        and cell.text[:1].isupper()
        and not (is_statement(cell.text) or read_heading(cell.text).measure != "unsaid")
    )
