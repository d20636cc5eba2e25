"""Columns that count the people of a table of staff, where no heading and no line over it says so.

In a table without a unit the last row may say what it adds up ("Årsværk i alt" below "Lærere", "Pædagoger"): in most
columns; in one, where the groups of staff are headed as such and the figures are parts of people, "43,8". Or the groups
are headed as such ("Stillingsgruppe"), or by nothing where they are known ("Lærere"), what they cost stands in a column
of its own with its own unit ("Lønsum (1.000 kr.)"), and the figures beside it are parts of people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.tables.content.cells import Value
from pipeline.tables.content.columns import Layout, ValueColumn
from pipeline.tables.content.grid import Grid
from pipeline.tables.content.labels import People, counts_people, is_part_of, is_staff, measure_of, plain, role_of
from pipeline.tables.content.naming import heads_staff
from pipeline.tables.content.units import unit_note

FEWEST = 2
"""So many rows at least make up a sum, and so many columns bear it out."""
FEWEST_STAFF, MOST_WORDS = 3, 3
"""So many rows at least are kinds of employees, whose names have so many words at most."""
MOST_PEOPLE = 20_000
_PAY = "løn"
_WORD = re.compile(r"[^\W\d_]+")


class _Row(NamedTuple):
    label: str
    figures: Mapping[int, Value]


def people_columns(grid: Grid, layout: Layout) -> dict[int, People]:
    """By column, what its figures count, in a table for which no unit is known; empty where that is not told."""
    bare = [column.column for column in layout.columns if _is_bare(column)]
    body = _rows(grid, layout)
    if not bare or len(body) < FEWEST or any(counts_people(c.heading.measure) for c in layout.columns):
        return {}
    total = body[-1]
    counted = measure_of(total.label)
    if counts_people(counted):
        sure = _heads_staff(layout) and _are_parts(body, bare)
        told = _adds_up(body[:-1], total, bare, least=1) if sure else _adds_up(body[:-1], total, bare)
        return dict.fromkeys(bare, counted) if told else {}
    beside = any(c.unit is not None and _is_pay(c.heading.text) for c in layout.columns)
    staff = _heads_staff(layout) or (not _is_headed(layout) and _names_staff(body))
    return dict.fromkeys(bare, "fte") if beside and staff and _are_parts(body, bare) else {}


def _is_bare(column: ValueColumn) -> bool:
    """Whether a heading says a year and nothing of what is counted: "2027", "B 2027", "Budget 2027"; not "Løn 2027"."""
    heading = column.heading
    if heading.year is None or column.unit is not None or heading.measure != "unsaid":
        return False
    words = [word.casefold() for word in _WORD.findall(heading.text) if len(word) > len("år")]
    return not words or (heading.role in {"actual", "budget"} and not any(word.startswith(_PAY) for word in words))


def _rows(grid: Grid, layout: Layout) -> list[_Row]:
    """The rows with figures, by their labels."""
    found = []
    for number, cells in enumerate(grid.rows):
        if layout.is_read(number) and number not in grid.refused:
            values = layout.values(number, {cell.column: cell for cell in cells})
            figures = {n: value for n, value in values.items() if value.number is not None}
            label = " ".join(cell.text for cell in cells if cell.column in layout.labels)
            found += [_Row(label, figures)] if figures else []
    return found


def _adds_up(body: Sequence[_Row], total: _Row, columns: Sequence[int], least: int = 0) -> bool:
    """Whether most columns of a total, or ``least``, are the sum of the rows above it that are no sums themselves."""
    parts = [row for row in body if role_of(row.label) not in {"net", "total"} and not is_part_of(row.label)]
    tried = [n for n in columns if n in total.figures and any(n in row.figures for row in parts)]
    held = sum(_holds(parts, total.figures[n], n) for n in tried)
    return len(parts) >= FEWEST and (held >= least if least else held >= FEWEST and 2 * held > len(tried))


def _holds(parts: Sequence[_Row], total: Value, column: int) -> bool:
    added = [row.figures[column] for row in parts if column in row.figures]
    slack = max(each.quantum for each in (total, *added)) * len(added) / 2
    found = sum((each.number for each in added if each.number is not None), Decimal(0))
    return len(added) >= FEWEST and total.number is not None and abs(found - total.number) <= slack


def _heads_staff(layout: Layout) -> bool:
    """Whether the names stand under "Stillingsgruppe" or the like."""
    return any(heads_staff(cell.text) for cell in layout.titles if cell.column in layout.labels)


def _is_headed(layout: Layout) -> bool:
    """Whether anything stands over the names."""
    return any(cell.text for cell in layout.titles if cell.column in layout.labels)


def _names_staff(body: Sequence[_Row]) -> bool:
    """Whether half of the rows at least are kinds of employees, and none is of anything that is known to be money."""
    parts = [row.label for row in body if role_of(row.label) not in {"net", "total"}]
    staff = sum(map(_is_kind_of_staff, parts))
    return staff >= FEWEST_STAFF and 2 * staff >= len(parts) and all(role_of(label) is None for label in parts)


def _is_kind_of_staff(label: str) -> bool:
    """Whether a name is of employees: "Lærere", "Ergo- og fysioterapeuter", "Teknisk personale"."""
    words = label.split()
    last = words[-1] if 0 < len(words) <= MOST_WORDS and not label.casefold().startswith(_PAY) else ""
    return is_staff(label) or is_staff(last) or last.endswith("personale")


def _is_pay(heading: str) -> bool:
    """Whether a heading is of pay in a unit that it prints: "Lønsum (1.000 kr.)"."""
    note = unit_note(heading)
    name = plain(heading[: note.start] if note is not None else heading).strip(" (,")
    return name.startswith(_PAY)


def _are_parts(body: Sequence[_Row], columns: Sequence[int]) -> bool:
    """Whether most figures have decimals, as people that work part-time do, and none is of more than there are."""
    values = [row.figures[n] for row in body for n in columns if n in row.figures]
    small = all(value.number is None or 0 <= value.number < MOST_PEOPLE for value in values)
    return small and 2 * sum(value.quantum < 1 for value in values) > len(values)
