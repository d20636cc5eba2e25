"""Cells of a page's tables that reach over several columns or rows, and where they stand in the text that was made.

A line of text says which cells stand beside each other, and not over how much each of them reaches.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from corpus.normalise import normalise
from corpus.reading import TableCell

MOST_TRIED = 100
"""So many lines that are as the first of a table are looked at for the others."""

_QUOTE = re.compile(r"(?:> ?)*")


class Reach(msgspec.Struct, frozen=True):
    """A cell with ink of one row: its column, and over how many rows and columns that are printed it reaches."""

    column: int
    row_span: int
    column_span: int


class Spans(msgspec.Struct):
    """A table as it was written: each row's line, and its cells. A row of one cell over all is a line without tabs.

    ``rows`` is empty where no cell reaches over others, or where there are too many.
    """

    lines: list[str] = []
    rows: list[list[Reach]] = []

    @property
    def reaches(self) -> bool:
        """Whether a cell reaches over several rows, or over columns of which others tell apart."""
        return any(cell.row_span > 1 or cell.column_span > 1 for row in self.rows for cell in row)


class Located(msgspec.Struct):
    """Tables in the text that was made: the cells of those that have some reaching, and where each one ends."""

    cells: list[list[TableCell]] = []
    ends: list[int] = []


def located(text: str, tables: Sequence[Spans]) -> Located:
    """Where tables stand by their characters; one whose lines are not in the text as they were is left out."""
    found = Located()
    if not tables:
        return found
    lines = list(_lines(text))
    plain = [_fields(text[start:end]) for start, end in lines]
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, fields in enumerate(plain):
        places[fields].append(number)
    reached = 0
    for table in tables:
        wanted = [_fields(normalise(line)) for line in table.lines]
        first = places.get(wanted[0], [])
        near = first[bisect_left(first, reached) :][:MOST_TRIED]
        at = next((n for n in near if plain[n : n + len(wanted)] == wanted), None)
        if at is not None:
            reached = at + len(wanted)
            found.ends.append(lines[reached - 1][1])
            if table.reaches:
                found.cells.append(list(_cells(text, lines[at:reached], table)))
    return found


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Each line without the marks of quotations before it."""
    start = 0
    for line in text.split("\n"):
        mark = _QUOTE.match(line)
        yield start + (mark.end() if mark else 0), start + len(line)
        start += len(line) + 1


def _fields(line: str) -> tuple[str, ...]:
    return tuple([" ".join(field.split()) for field in line.rstrip().split("\t")])


def _cells(text: str, lines: Sequence[tuple[int, int]], table: Spans) -> Iterator[TableCell]:
    for number, ((start, end), row) in enumerate(zip(lines, table.rows, strict=True)):
        fields = text[start:end].split("\t")
        begins = [start + sum(len(field) + 1 for field in fields[:n]) for n in range(len(fields))]
        for cell in row:
            place = cell.column if len(fields) > 1 else 0
            field = fields[place]
            begin = begins[place] + len(field) - len(field.lstrip())
            yield TableCell(begin, begin + len(field.strip()), number, cell.column, cell.row_span, cell.column_span)
