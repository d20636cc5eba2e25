"""Headings that were cut where no column ends: "Elever" over nothing and "2030" over figures are "Elever 2030".

Words over no figures that stand a blank before the rest of a heading belong to it. Where they stand further away, it is
not told whether the year is that of the table's money or of what the words say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.tables.content.grid import Grid, GridCell
from pipeline.tables.content.headings import Heading, is_total_heading, is_year_heading, says_change
from pipeline.tables.content.labels import is_rate, speaks_of_money
from pipeline.tables.content.naming import heads_labels
from pipeline.tables.content.units import is_statement

DEEPEST = 4
BLANK = 0.5
"""Words of one heading stand no further apart than this share of a line's height."""


def with_whole_heads(grid: Grid) -> Grid:
    """The same grid, with each heading over nothing made one with what stands a blank behind it, over figures."""
    if grid.ruled:
        return grid
    near = [(a, b) for row in grid.rows[:DEEPEST] for a, b in pairwise(row) if a.column and _goes_on(a, b)]
    if not near or any(cell.row_span > 1 or cell.column_span > 1 for cell in grid.cells()):
        return grid
    filled = Counter(cell.column for cell in grid.cells())
    for before, after in reversed(near):
        if filled[before.column] == 1 and filled[after.column] > 1:
            after.put([*before.pieces, *after.pieces])
            grid.rows[before.row].remove(before)
            for cell in grid.cells():
                cell.column -= cell.column > before.column
            grid.width -= 1
    return grid


def _goes_on(before: GridCell, after: GridCell) -> bool:
    """Whether a cell stands a blank behind words in the next column and does not begin a heading of its own."""
    first = after.text[:1]
    if after.column != before.column + 1 or not (first.isdigit() or first.islower()):
        return False
    if not _is_named(before.text) and not says_change(before.text):
        return False
    if _is_bare_year(after.text) and not _is_words(before.text):
        return False  # it may speak of the years behind it, too
    left, right = before.box, after.box
    if left is None or right is None or len(before.pieces) > 1 or len(after.pieces) > 1:
        return False
    return left[1] < right[3] and right[1] < left[3] and right[0] - left[2] < BLANK * (right[3] - right[1])


def loose_years(found: Sequence[Heading], body: Sequence[Mapping[int, GridCell]]) -> set[int]:
    """The columns headed by a bare year, right of words over no figures that say neither money nor a unit."""
    bare = [n for n in range(2, len(found)) if _is_bare_year(found[n].text) and _is_words(found[n - 1].text)]
    return {n for n in bare if not any(n - 1 in row for row in body) and any(n in row for row in body)}


def _is_bare_year(text: str) -> bool:
    return text.isdigit() and is_year_heading(text)


def _is_words(text: str) -> bool:
    """Whether a heading may be of what is counted: it says nothing of money, or is of money for each of something."""
    return _is_named(text) and (is_rate(text) or not speaks_of_money(text))


def _is_named(text: str) -> bool:
    """Whether a heading is of words that head figures: not "Note", "I alt", "Mio. kr."."""
    if not text[:1].isalpha() or is_year_heading(text) or is_total_heading(text):
        return False
    return not heads_labels(text) and not is_statement(text)
