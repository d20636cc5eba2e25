"""Sheets printed with a rule around every cell: titles, sentences and notes are ruled like the tables between them.

A row of one cell over all columns says something of a table, and an empty row ends one. They part the tables of a sheet
where one of them is a sentence, or where an empty row stands beside one, and headings stand below them. A row over all
columns alone is the name of a section, and a sentence between two rows is a remark. So does an empty row between
figures and a title in one cell, with other headings below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.tables.content.grid import join_lines
from pipeline.tables.content.rows import is_prose
from pipeline.tables.drawn.stretched import Laid

MOST_TITLES = 3
"""So many rows of one cell at most, its title and its unit, stand between an empty row and the headings of a table."""
Part = tuple[list[Laid], list[float]]
"""Cells of a table, and the rules around its rows."""


def tables_of(cells: list[Laid], ys: list[float], columns: int) -> Iterator[Part]:
    """The tables of a drawn grid; all of it where no rows part it. ``ys``: the rules around its rows."""
    count = len(ys) - 1
    level: list[list[Laid]] = [[] for _ in range(count)]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            level[row].append(cell)
    said = [_said(row, columns) for row in level]
    runs = [list(run) for _, run in groupby(range(count), key=lambda n: said[n] is not None)]
    apart = [run for run in runs if said[run[0]] is not None and _parts([said[n] or "" for n in run])]
    apart = [run for run in apart if run[0] == 0 or run[-1] == count - 1 or _heads(level[run[-1] + 1])]
    apart += [run for run in runs if not any(said[n] != "" for n in run) and _ends_table(level, run)]
    if not apart:
        yield cells, ys
        return
    gone = {n for run in apart for n in run}
    for kept, run in groupby(range(count), key=lambda n: n not in gone):
        rows = list(run)
        if kept:
            own = [_moved(cell, rows) for cell in cells if rows[0] <= cell.row <= rows[-1]]
            yield own, ys[rows[0] : rows[-1] + 2]


def _said(row: Sequence[Laid], columns: int) -> str | None:
    """What the one cell of a row says that reaches over all columns; "" for an empty row, None for one of a table."""
    filled = [cell for cell in row if cell.parts]
    if not filled:
        return ""
    wide = len(filled) == 1 and filled[0].row_span == 1 and filled[0].column_span == columns
    return join_lines(part.piece.text for part in filled[0].parts) if wide else None


def _moved(cell: Laid, rows: Sequence[int]) -> Laid:
    return replace(cell, row=cell.row - rows[0], row_span=min(cell.row_span, rows[-1] + 1 - cell.row))


def _heads(row: Sequence[Laid]) -> bool:
    """Whether a row may be the headings of a table: words or years in two cells at least, and no figures."""
    filled = [cell for cell in row if cell.parts]
    return len(filled) > 1 and not any(part.is_value for cell in filled for part in cell.parts)


def _ends_table(level: Sequence[Sequence[Laid]], empty: Sequence[int]) -> bool:
    """Whether rows of figures stand above empty rows, and below them a title, a unit perhaps, and other headings."""
    first = empty[-1] + 1
    head = next((n for n in range(first, len(level)) if sum(bool(cell.parts) for cell in level[n]) != 1), len(level))
    if not 0 < head - first <= MOST_TITLES or head + 1 >= len(level) or not _heads(level[head]):
        return False
    above = level[: empty[0]]
    other = all(_texts(row) != _texts(level[head]) for row in above)
    return other and _has_figures(level[head + 1]) and any(map(_has_figures, above))


def _texts(row: Sequence[Laid]) -> set[str]:
    return {join_lines(part.piece.text for part in cell.parts) for cell in row if cell.parts}


def _has_figures(row: Sequence[Laid]) -> bool:
    return sum(any(part.is_value for part in cell.parts) for cell in row) > 1


def _parts(said: Sequence[str]) -> bool:
    """Whether rows part tables: with a sentence, or with an empty row beside what is said."""
    return any(map(is_prose, said)) or ("" in said and any(said))
