"""Names that are of several rows: each stands in the middle of its own, or no rule runs below it between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from pipeline.tables.borderless.wrapping import Printed
from pipeline.tables.content.cells import TEXT_KIND, read_cell
from pipeline.tables.content.found import Heads
from pipeline.tables.content.grid import TextLine, union
from pipeline.tables.content.headings import is_year_heading
from pipeline.tables.layout.middlenames import Band, in_the_middle

Rule = tuple[float, float, float]
Rows = Callable[[list[Printed]], list[Printed]]

FEWEST = 2
MOST_NAMED, FEW_FIGURES = 0.8, 0.2
"""Of the lines, so many at most have a name of their own; and so few a figure where the rows of a name are told."""
RULED = 0.8
"""So large a share of the rows have a rule below them where rules tell of which rows a name is."""


def with_middle_names(lines: Sequence[Printed], rows_of: Rows) -> tuple[list[Printed], dict[int, int]] | None:
    """The rows of lines whose first column names several rows each, and of how many rows each name is, by its first.

    None where its names do not stand in the middle of their rows.
    """
    names = [piece for line in lines for piece in line.cells.get(0, ())]
    if len(names) < FEWEST or sum(0 in line.cells for line in lines) > MOST_NAMED * len(lines):
        return None
    if not all(_is_name(name.text) for name in names):
        return None
    rest = [_without_name(line) for line in lines if max(line.cells) > 0]
    second = [pieces[0].text for line in rest if (pieces := line.cells.get(1))]
    if len(rest) <= FEWEST or sum(map(_is_figure, second)) > FEW_FIGURES * len(rest) or not second:
        return None
    rows = rows_of(rest)
    found = in_the_middle([_band([piece]) for piece in names], [_band(_pieces(row)) for row in rows])
    if found is None:
        return None
    for each in found:
        rows[each.rows[0]].cells[0] = [names[n] for n in each.lines]
    return rows, {each.rows[0]: len(each.rows) for each in found}


def _is_name(text: str) -> bool:
    """Whether it may name several rows: numbers of notes ("3, 4") are of the row that they stand on."""
    return any(map(str.isalpha, text)) or is_year_heading(text)


def _is_figure(text: str) -> bool:
    return read_cell(text).kind is not TEXT_KIND and not is_year_heading(text)


def _without_name(line: Printed) -> Printed:
    cells = {column: list(pieces) for column, pieces in line.cells.items() if column}
    return Printed(line.centre, line.height, cells, line.valued, label_column=max(line.label_column, 1))


def _pieces(row: Printed) -> list[TextLine]:
    return [piece for pieces in row.cells.values() for piece in pieces]


def _band(pieces: Sequence[TextLine]) -> Band:
    _, top, _, bottom = union(piece.box for piece in pieces) or (0.0, 0.0, 0.0, 0.0)
    return Band(top, bottom, pieces[0].text)


def ruled_names(rows: Sequence[Printed], extents: Heads, rules: Sequence[Rule]) -> dict[int, int]:
    """Of how many rows each name in the first column is, by its first row, where rules part the rows but not these."""
    if len(extents) < 3 or len(rows) <= FEWEST:
        return {}
    bands = [_band(_pieces(row)) for row in rows]
    x0, x1 = extents[0]
    middle, second = (x0 + x1) / 2, sum(extents[1]) / 2
    between = [
        [(left, right) for y, left, right in rules if upper.bottom - 1 < y < lower.top + 1]
        for upper, lower in pairwise(bands)
    ]
    ruled = [any(left < second < right for left, right in found) for found in between]
    if sum(ruled) < RULED * len(between):
        return {}
    open_below = [
        own and not any(left < middle < right for left, right in found)
        for own, found in zip(ruled, between, strict=True)
    ]
    found: dict[int, int] = {}
    for number, row in enumerate(rows):
        end = number
        while 0 in row.cells and end < len(open_below) and open_below[end] and 0 not in rows[end + 1].cells:
            end += 1
        if end > number:
            found[number] = end - number + 1
    return found
