"""Two versions of a table, cell by cell: the printed figures that no line holds (percentages, unread tables)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from corpus.model import Box, Cell, Line, LineValue, Table
from pipeline.figures.differences import Difference
from pipeline.headings import fold

At = tuple[str, int, str, int]
"""A row by its words and its turn among rows of these words, a column by its heading and its turn."""


def cell_differences(before: Table, after: Table, name: str) -> Iterator[Difference]:
    """Cells with a figure that is in no line of its table and is printed otherwise, by row and heading."""
    old, new = _figures(before), _figures(after)
    for at in dict.fromkeys([*old, *new]):
        one, other = old.get(at), new.get(at)
        if one is not None and other is not None and _plain(one[0].text) == _plain(other[0].text):
            continue
        shown = other or one
        assert shown is not None
        yield Difference(
            "cell",
            "changed" if one and other else "added" if other else "removed",
            name,
            label=shown[1],
            column=shown[2] or None,
            before=one and one[0].text,
            after=other and other[0].text,
            before_page=one and (one[0].page or before.page),
            after_page=other and (other[0].page or after.page),
        )


def _figures(table: Table) -> dict[At, tuple[Cell, str, str]]:
    """The cells with a figure that no line holds: each with the words of its row and its heading."""
    headings = _headings(table)
    read = _read(table, headings)
    rows: Counter[str] = Counter()
    found: dict[At, tuple[Cell, str, str]] = {}
    for cells in table.cells:
        figures = [cell for cell in cells if not cell.header and _has_figure(cell.text)]
        named = next((cell for cell in cells if cell.text and not cell.header), None)
        if named is None or not figures:
            continue
        label = " ".join(named.text.split())
        rows[fold(label)] += 1
        columns: Counter[str] = Counter()
        for cell in figures:
            heading = headings.get(cell.column, "")
            columns[heading] += 1
            if cell is not named and (cell.row, cell.column) not in read:
                found[fold(label), rows[fold(label)], fold(heading), columns[heading]] = (cell, label, heading)
    return found


def _headings(table: Table) -> dict[int, str]:
    """By column, the headings over it from the top down."""
    found: dict[int, list[str]] = defaultdict(list)
    for cell in (cell for cells in table.cells for cell in cells if cell.header and cell.text):
        for column in range(cell.column, cell.column + cell.column_span):
            found[column].append(" ".join(cell.text.split()))
    return {column: " ".join(dict.fromkeys(texts)) for column, texts in found.items()}


def _read(table: Table, headings: Mapping[int, str]) -> set[tuple[int, int]]:
    """The cells that the figures of the lines stand in: row and column of one for each figure."""
    boxed: dict[Box, Cell] = {}
    printed: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cells in table.cells:
        label = fold(" ".join(next((cell.text for cell in cells if cell.text and not cell.header), "").split()))
        for cell in (cell for cell in cells if not cell.header and _has_figure(cell.text)):
            printed[label, _plain(cell.text)].append(cell)
            if cell.bbox is not None:
                boxed.setdefault(cell.bbox, cell)
    read: set[tuple[int, int]] = set()
    unplaced: list[tuple[Line, LineValue]] = []
    for line, value in ((each, value) for each in table.lines for value in each.values):
        place = None if value.bbox is None else boxed.get(value.bbox)
        if place is None:
            unplaced.append((line, value))
        else:
            read.add((place.row, place.column))
    for line, value in unplaced:
        alike = [c for c in printed[fold(line.label), _plain(value.raw)] if (c.row, c.column) not in read]
        if alike:
            nearest = min(alike, key=lambda cell: _distance(cell, value, headings))
            read.add((nearest.row, nearest.column))
    return read


def _distance(cell: Cell, value: LineValue, headings: Mapping[int, str]) -> tuple[bool, bool]:
    """How far a cell with the digits of a figure is from being its own: not under its heading, not printed as it is."""
    heading = fold(headings.get(cell.column, ""))
    own = fold(" ".join(value.column.split())) if value.column is not None else str(value.year)
    return own not in heading, " ".join(cell.text.split()) != " ".join(value.raw.split())


def _has_figure(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _plain(text: str) -> str:
    return "".join(text.split())
