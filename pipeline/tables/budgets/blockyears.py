"""The years of rows in a table whose columns have none: each block of rows is headed by its own.

Accounts print "2020" in the corner of the headings, or over all columns, and "2019" further down over the same rows
once more. So do titles that differ in nothing but their year: "Ændringer i 2020", "Ændringer i 2019".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence, Set

from pipeline.tables.content.columns import Layout
from pipeline.tables.content.grid import Grid, GridCell
from pipeline.tables.content.headings import is_year_heading, year_of
from pipeline.tables.content.rows import is_prose
from pipeline.tables.content.units import is_note

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
Marks = Mapping[int, int]
"""By the number of a row, the year that it heads the rows below with; -1 is the headings of the table."""
HEADINGS = -1


class BlockYears:
    """Asked for the year of each row, with the group that it is in."""

    def __init__(self, grid: Grid, layout: Layout) -> None:
        self._years: dict[int, int] = {}
        self._left_out: set[int] = set()
        self._is_dated = layout.has_years
        if self._is_dated:
            return
        names = _names(grid, layout)
        marks = _bare(grid, layout, names) or _titled(grid, layout, names)
        self._is_unsure = any(is_year_heading(piece.text) for piece in grid.again)
        if marks and not self._is_unsure:
            over = {cell.text for cell in _corner(grid, layout)} if HEADINGS in marks else set()
            self._spread(grid, layout, names, marks, _shared(names, marks, over))

    def of(self, row: int, group: str | None) -> int | None:
        """The year that heads a row; ``group``: the name of the rows that it stands among."""
        if self._is_dated or self._is_unsure or row in self._left_out:
            return None
        if row in self._years:
            return self._years[row]
        return year_of(group) if group and is_year_heading(group) else None

    def _spread(
        self, grid: Grid, layout: Layout, names: Mapping[int, GridCell], marks: Marks, shared: Container[str]
    ) -> None:
        """Give each row the year over it. Names of groups do not end a block, if each block has them."""
        year, group = marks.get(HEADINGS), None
        for number in range(len(grid.rows)):
            if number in marks:
                year, group = marks[number], None
            elif number in names:
                group = names[number].text
            elif layout.is_read(number) and year is not None:
                if group is None or group in shared:
                    self._years[number] = year
                else:
                    self._left_out.add(number)


def _names(grid: Grid, layout: Layout) -> dict[int, GridCell]:
    """The names of groups: rows that print nothing under the headings, or these once more."""
    found: dict[int, GridCell] = {}
    for number, row in enumerate(grid.rows):
        if not layout.is_read(number):
            continue
        named = [cell for cell in row if cell.column in layout.labels and cell.text]
        if named and _heads_again(row, layout) and not is_note(named[-1].text) and not is_prose(named[-1].text):
            found[number] = named[-1]
    return found


def _heads_again(row: Sequence[GridCell], layout: Layout) -> bool:
    texts = {cell.column: cell.text for cell in row}
    return all(
        f" {column.heading.text}".endswith(f" {texts[column.column]}")
        for column in layout.columns
        if column.column in texts
    )


def _corner(grid: Grid, layout: Layout) -> list[GridCell]:
    """The headings over the names of the rows."""
    first = min((column.column for column in layout.columns), default=0)
    top = next((n for n in range(len(grid.rows)) if layout.is_read(n)), 0)
    return [cell for row in grid.rows[:top] for cell in row if cell.column_span == 1 and cell.column < first]


def _bare(grid: Grid, layout: Layout, names: Mapping[int, GridCell]) -> Marks:
    """Years alone: that of the headings stands over the names of the rows, or right above another block's table."""
    marks = {n: year for n, cell in names.items() if len(grid.rows[n]) == 1 and (year := _alone(cell.text)) is not None}
    over = [piece.text for cell in _corner(grid, layout) for piece in cell.pieces]
    headed = {year for text in over if (year := _alone(text)) is not None}
    if not headed and (above := _alone(grid.above[-1].text) if grid.above else None) not in {None, *marks.values()}:
        headed = {above} if marks and above is not None else set()
    return {HEADINGS: headed.pop(), **marks} if len(headed) == 1 else {} if headed else marks


def _alone(text: str) -> int | None:
    return year_of(text) if is_year_heading(text) else None


def _titled(grid: Grid, layout: Layout, names: Mapping[int, GridCell]) -> Marks:
    """Titles of blocks, alike but for their years: two at least, each of another year."""
    titles = [(HEADINGS, cell.text) for cell in _corner(grid, layout)] + [(n, cell.text) for n, cell in names.items()]
    alike: dict[str, dict[int, int]] = {}
    for number, text in titles:
        if (year := year_of(text)) is not None:
            alike.setdefault(_YEAR.sub("", text), {})[number] = year
    found = [marks for marks in alike.values() if len(set(marks.values())) == len(marks) > 1]
    return found[0] if len(found) == 1 else {}


def _shared(names: Mapping[int, GridCell], marks: Marks, corner: Set[str]) -> set[str]:
    """The names of groups that stand in each block of rows, and speak of no year themselves.

    That of the first rows may stand in the ``corner`` of the headings.
    Whether those below the only year, in the middle of a table, are of that year is not told.
    """
    starts = sorted(marks)
    if len(starts) == 1 and starts[0] != HEADINGS:
        return set()
    blocks: list[set[str]] = [set() for _ in starts]
    for number, cell in names.items():
        if number > starts[0] and number not in marks:
            blocks[bisect_left(starts, number) - 1].add(cell.text)
    blocks[0] |= corner
    return {text for text in set.intersection(*blocks) if _YEAR.search(text) is None}
