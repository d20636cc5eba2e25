"""Two versions of a table, cell by cell: the printed figures that no line holds (percentages, unread tables)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from corpus.model import Cell, Table
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
    read = _Read(table)
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
            if cell is not named and not read.takes(label, cell):
                found[fold(label), rows[fold(label)], fold(heading), columns[heading]] = (cell, label, heading)
    return found


def _headings(table: Table) -> dict[int, str]:
    """By column, the headings over it from the top down."""
    found: dict[int, list[str]] = defaultdict(list)
    for cell in (cell for cells in table.cells for cell in cells if cell.header and cell.text):
        for column in range(cell.column, cell.column + cell.column_span):
            found[column].append(" ".join(cell.text.split()))
    return {column: " ".join(dict.fromkeys(texts)) for column, texts in found.items()}


class _Read:
    """The figures of a table's lines, each of which is one cell."""

    def __init__(self, table: Table) -> None:
        values = [(line, value) for line in table.lines for value in line.values]
        self._boxes = {value.bbox for _, value in values if value.bbox is not None}
        self._printed = Counter((fold(line.label), _plain(value.raw)) for line, value in values)

    def takes(self, label: str, cell: Cell) -> bool:
        """Whether the cell is a figure of a line: by its box, else by the words of its row and what it prints."""
        if cell.bbox is not None and cell.bbox in self._boxes:
            return True
        key = fold(label), _plain(cell.text)
        if self._printed[key] > 0:
            self._printed[key] -= 1
            return True
        return False


def _has_figure(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _plain(text: str) -> str:
    return "".join(text.split())
