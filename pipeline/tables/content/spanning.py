"""How far a heading reaches that stands over several columns: "2020" over "Budget" and "Regnskab", then "2019".

A drawn grid says it by its cells. Where a heading is given only the column it is printed in, its reach is told by its
place: centred over its columns (with boxes), or at the first of them (in text).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from msgspec.structs import replace

from corpus.model import Box
from pipeline.tables.content.firstlines import are_first_lines, are_over_years
from pipeline.tables.content.grid import GridCell, join_lines, union
from pipeline.tables.content.headings import is_of_other_years, is_part_of_year, is_year_heading, year_of
from pipeline.tables.content.units import is_statement, unit_note

Row = dict[int, GridCell]
OFF_CENTRE = 0.3
"""A heading is centred over its columns if it is not further off than this part of a column's width."""
SAME_EDGE = 1.5


def with_reach(top: Sequence[Row], columns: Sequence[int], body: Sequence[Row] = ()) -> list[Row]:
    """The heading rows, where headings over columns that have others below them span all they are over.

    ``body``: the rows of figures. A row whose reach cannot be told loses the headings that may be of more than one
    column, but for those that leave the year below them no year of the figures ("Afholdt t.o.m.").
    """
    parted = [part for row in top for part in _parted(row, top, columns)]
    return [_reaching(row, parted[number + 1 :], columns, body) for number, row in enumerate(parted)]


def _parted(row: Row, top: Sequence[Row], columns: Sequence[int]) -> list[Row]:
    """The years printed over other words of their cells as a row of their own, where some columns have no year.

    A unit below a year is no heading under it.
    """
    years = {n for n, cell in row.items() if len(cell.pieces) > 1 and is_year_heading(cell.pieces[0].text)}
    years -= {n for n in years if _is_unit(join_lines(piece.text for piece in row[n].pieces[1:]))}
    if not years or all(_is_dated(column, top) for column in columns):
        return [row]
    upper = {n: replace(row[n], pieces=row[n].pieces[:1]) for n in years}
    return [upper, {n: replace(cell, pieces=cell.pieces[1:]) if n in years else cell for n, cell in row.items()}]


def _reaching(row: Row, below: Sequence[Row], columns: Sequence[int], body: Sequence[Row]) -> Row:
    high = {n: cell for n, cell in row.items() if cell.row_span > len(below) > 0}
    if high:  # these reach down to the figures, over their own columns
        taken = {n for cell in high.values() for n in range(cell.column, cell.column + cell.column_span)}
        rest = {n: cell for n, cell in row.items() if n not in high}
        return high | _reaching(rest, below, [n for n in columns if n not in taken], body)
    over = [cell for column, cell in row.items() if column in columns]
    bare = [column for column in columns if not _covered(row, column)]
    headed = [column for column in columns if any(_covered(each, column) for each in below)]
    upper = [cell for cell in over if cell.column in headed]
    told = all(cell.column_span > 1 for cell in upper) and (
        len(upper) > 1 or any(_is_in_middle(upper, rows) for rows in (below, [*below, *body]))
    )
    if not upper or told or not set(bare) & set(headed) or (len(upper) == 1 and _is_unit(upper[0].text)):
        return row  # the only unit over the columns is that of all, wherever it stands
    if are_first_lines(over, columns, set(bare), below) or are_over_years(over, set(bare), below):
        return row
    runs = _over_parts(over, columns, below)
    if runs is None and len(headed) == len(columns):
        boxed = all(cell.box for cell in over)
        runs = _over_repeated(over, columns, below) if boxed else _from_the_left(over, columns, below)
        if runs is None and boxed:
            runs = _over_middles(over, columns, below, body)
    kept = {n: cell for n, cell in row.items() if n not in columns or (runs is None and _takes_year(cell, below))}
    for cell, run in zip(over, runs or [], strict=False):
        kept[run[0]] = replace(cell, column=run[0], column_span=run[-1] - run[0] + 1)
    return kept


def _over_parts(over: Sequence[GridCell], columns: Sequence[int], below: Sequence[Row]) -> list[list[int]] | None:
    """The months or quarters under the only year, which stands over one of them: it is that of all of them."""
    parts = [n for n in columns if any(n in row and is_part_of_year(row[n].text) for row in below)]
    whole = len(parts) > 1 and parts[-1] - parts[0] + 1 == len(parts)
    told = len(over) == 1 and is_year_heading(over[0].text) and over[0].column in parts
    return [parts] if whole and told else None


def _takes_year(cell: GridCell, below: Sequence[Row]) -> bool:
    """Whether the heading below a cell is of no one year with its words before it: "2026" below "Afholdt t.o.m."."""
    under = next((row[cell.column].text for row in below if cell.column in row), "")
    return year_of(under) is not None and is_of_other_years(f"{cell.text} {under}")


def _is_in_middle(upper: Sequence[GridCell], below: Sequence[Row]) -> bool:
    """Whether the only heading over some of the columns stands in the middle over those that it spans."""
    for cell in upper:
        span = range(cell.column, cell.column + cell.column_span)
        boxes = [
            union(c.box for row in below for c in row.values() if c.column == n and c.column_span == 1) for n in span
        ]
        known = [(box[0], box[2]) for box in boxes if box is not None]
        if cell.box is None or len(known) < len(boxes):
            return False
        if not _is_over(cell, known, (known[-1][1] - known[0][0]) / len(known)):
            return False
    return bool(upper)


def _is_unit(text: str) -> bool:
    return is_statement(text) and unit_note(text) is not None


def _covered(row: Row, column: int) -> bool:
    return any(cell.column <= column < cell.column + cell.column_span for cell in row.values())


def _from_the_left(over: Sequence[GridCell], columns: Sequence[int], below: Sequence[Row]) -> list[list[int]] | None:
    """Each heading reaches to the next one, over years or over words; told where the first column has one."""
    if over[0].column != columns[0]:
        return None
    starts = [columns.index(cell.column) for cell in over]
    ends = [*starts[1:], len(columns)]
    runs = [columns[start:end] for start, end in zip(starts, ends, strict=True)]
    return [[n for n in run if _is_dated(n, below) == _is_dated(run[0], below)] for run in runs]


def _is_dated(column: int, below: Sequence[Row]) -> bool:
    return any(column in row and year_of(row[column].text) is not None for row in below)


def _over_middles(
    over: Sequence[GridCell], columns: Sequence[int], below: Sequence[Row], body: Sequence[Row]
) -> list[list[int]] | None:
    """The runs of columns by the room of the words below the headings, and by that of the figures, which is wider.

    Where these differ, it is the one with the same words below each heading: "Udgift", "Netto" twice.
    """
    found = _centred(over, columns, below)
    wider = _centred(over, columns, [*below, *body]) if body and len(over) < len(columns) else found
    if found is None or wider is None or found == wider:
        return found or wider
    words = {n: [row[n].text for row in below if n in row] for n in columns}
    alike = [
        runs for runs in (found, wider) if all([*map(words.get, run)] == [*map(words.get, runs[0])] for run in runs)
    ]
    return alike[0] if len(alike) == 1 else None


def _centred(over: Sequence[GridCell], columns: Sequence[int], below: Sequence[Row]) -> list[list[int]] | None:
    """The one way to part the columns into runs, each with its heading over its middle; None for none or several.

    Where there is none, each may stand over its own column only.
    """
    extents = []
    for column in columns:
        box = union(c.box for row in below for c in row.values() if c.column == column and c.column_span == 1)
        if box is None:
            return None
        extents.append((box[0], box[2]))
    width = (extents[-1][1] - extents[0][0]) / len(columns)
    found = [
        [list(columns[start:end]) for start, end in runs]
        for runs in _partings(len(columns), len(over))
        if all(_is_over(cell, extents[start:end], width) for cell, (start, end) in zip(over, runs, strict=True))
    ]
    if len(found) == 1:
        return found[0]
    alone = [columns.index(cell.column) for cell in over]
    single = all(_is_over(cell, extents[n : n + 1], width) for cell, n in zip(over, alone, strict=True))
    return [[columns[n]] for n in alone] if single and not found else None


def _over_repeated(over: Sequence[GridCell], columns: Sequence[int], below: Sequence[Row]) -> list[list[int]] | None:
    """The runs of columns where the same words stand below each of several years: "Udgift", "Indtægt", "Netto".

    Each year stands over columns of its own run alone. Where all keep to one column that is not the middle one of
    their run, they may be of that column alone.
    """
    size, left = divmod(len(columns), len(over))
    years = {cell.text for cell in over if is_year_heading(cell.text)}
    if size < 2 or left or len(years) < max(len(over), 2):
        return None
    runs = [list(columns[n : n + size]) for n in range(0, len(columns), size)]
    words = [[tuple(row[n].text.casefold() for row in below if n in row) for n in run] for run in runs]
    if any(each != words[0] for each in words) or len({*words[0]}) < size:
        return None
    boxes = {n: union(row[n].box for row in below if n in row) for n in columns}
    pairs = list(zip(over, runs, strict=True))
    if any(_is_above(cell, boxes[n]) for cell, run in pairs for n in columns if n not in run):
        return None
    if any(not run[0] <= cell.column <= cell.column + cell.column_span - 1 <= run[-1] for cell, run in pairs):
        return None
    aside = [[n for place, n in enumerate(run) if 2 * place + 1 != size] for run in runs]
    alone = all(any(_keeps_to(cell, boxes[n]) for n in each) for cell, each in zip(over, aside, strict=True))
    return None if alone else runs


def _is_above(cell: GridCell, below: Box | None) -> bool:
    """Whether a heading stands over the words below it, if only in part; so it does where their place is not known."""
    return cell.box is None or below is None or (cell.box[0] < below[2] and below[0] < cell.box[2])


def _keeps_to(cell: GridCell, below: Box | None) -> bool:
    """Whether a heading has an edge or the middle of the words below it; so it does where their place is not known."""
    if cell.box is None or below is None:
        return True
    left, right = cell.box[0] - below[0], cell.box[2] - below[2]
    return min(abs(left), abs(right), abs(left + right) / 2) < SAME_EDGE


def _partings(columns: int, parts: int) -> Iterator[list[tuple[int, int]]]:
    for cuts in combinations(range(1, columns), parts - 1):
        yield list(zip((0, *cuts), (*cuts, columns), strict=True))


def _is_over(cell: GridCell, extents: Sequence[tuple[float, float]], width: float) -> bool:
    assert cell.box is not None
    middle = (cell.box[0] + cell.box[2]) / 2
    return abs(middle - (extents[0][0] + extents[-1][1]) / 2) <= OFF_CENTRE * width
