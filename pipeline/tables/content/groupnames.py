"""The name of the first rows of a table, below its headings, where another column stands before the names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.tables.content.cells import NUMBER_KIND, TEXT_KIND, read_cell
from pipeline.tables.content.grid import GridCell
from pipeline.tables.content.units import is_statement


def names_rows(rows: Sequence[Mapping[int, GridCell]], number: int) -> bool:
    """Whether a name stands alone in the column of names, which is not the first one, above a row that has its own.

    So does the name of the first rows behind the numbers of notes, in the column below "Note".
    """
    if len(rows[number]) != 1 or number + 1 >= len(rows):
        return False
    ((column, cell),) = rows[number].items()
    if not column or cell.column_span > 1 or is_statement(cell.text):
        return False
    below = {n: read_cell(c.text).kind for n, c in rows[number + 1].items()}
    headed = any(sum(n > column for n in row) > 1 for row in rows[:number])
    figures = sum(n > column and kind is NUMBER_KIND for n, kind in below.items())
    return headed and below.get(column) is TEXT_KIND and figures > 1
