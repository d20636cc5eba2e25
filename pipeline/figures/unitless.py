"""How many figures a table prints of which no unit is known, as its own cells tell: its problem names only a row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.model import Cell, Problem, Table
from corpus.problems import Code
from pipeline.export.grids import read_values
from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.labels import counts_people, measure_of

CODES = frozenset({Code.UNIT_UNKNOWN, Code.UNIT_CONFLICT})
_ROW = re.compile(r'with the row "(?P<row>.*)"', re.DOTALL)
_NAMELESS = re.compile(r'whose first figure is "')
_Place = tuple[str, str, int, int | None]


def figures_without_unit(problems: Sequence[Problem], tables: Sequence[Table]) -> dict[int, int]:
    """By position of the problem, the figures of the table that it is about; it is missing where that cannot be told.

    Tables of one part and page that a problem fits alike are taken in their order, all that are left by the last one.
    """
    alike: dict[_Place, list[int]] = defaultdict(list)
    for at, problem in enumerate(problems):
        if problem.code in CODES:
            alike[problem.code, problem.message, problem.part or 0, problem.page].append(at)
    found: dict[int, int] = {}
    for (_, message, part, page), places in alike.items():
        row = _ROW.search(message)
        first = row["row"] if row else "" if _NAMELESS.search(message) else None
        here = [table for table in tables if (table.part, table.page) == (part, page)]
        counts = [count for table in here if (count := _figures(table, first))]
        for at in places[:-1]:
            found |= {at: counts.pop(0)} if counts else {}
        found |= {places[-1]: sum(counts)} if counts else {}
    return found


def _figures(table: Table, first: str | None) -> int:
    """The figures of rows without a unit; none in a table in which another row than ``first`` is the first of these."""
    names = {" ".join(line.label.split()) for line in table.lines if line.unit is None and not line.values}
    rows = [(cells, at) for cells in table.cells if (at := _named(cells, names)) is not None]
    read, headed = read_values(table), _of_money(table)
    count, begun = 0, first is None
    for cells, at in rows:
        printed = [c for c in cells if c.column > at and c.column in headed and (c.row, c.column) not in read]
        figures = sum(map(_is_money, printed))
        if figures and not begun:
            name = next(" ".join(cell.text.split()) for cell in cells if cell.column == at)
            if name != " ".join((first or "").split()):
                return 0
            begun = True
        count += figures
    return count


def _named(cells: Sequence[Cell], names: set[str]) -> int | None:
    """The column in which a row is called by one of the names."""
    return next((cell.column for cell in cells if not cell.header and " ".join(cell.text.split()) in names), None)


def _of_money(table: Table) -> set[int]:
    """The columns that are read, as far as their headings are known; none that says it counts something else."""
    headings: dict[int, list[str]] = defaultdict(list)
    columns = set[int]()
    for cell in (cell for row in table.cells for cell in row):
        columns.add(cell.column)
        for column in range(cell.column, cell.column + cell.column_span) if cell.header and cell.text else ():
            headings[column].append(" ".join(cell.text.split()))
    labels = {" ".join((column.label or "").split()) for column in table.columns} - {""}
    known = {column for column, texts in headings.items() if labels & {*texts, " ".join(texts)}}
    return {column for column in known or columns if not any(map(_is_other, headings[column]))}


def _is_other(heading: str) -> bool:
    measure = measure_of(heading, heading=True)
    return counts_people(measure) or measure in {"percent", "hours", "count"}


def _is_money(cell: Cell) -> bool:
    value = read_cell(cell.text)
    return value.kind in (Kind.NUMBER, Kind.REFUSED) and (value.unit is None or value.unit.kind == "money")
