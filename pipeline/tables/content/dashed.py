"""Labels that go on with a dash on the next line: "Sundhedshus", "- projektering og 1. etape"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.columns import Layout
from pipeline.tables.content.grid import Grid, GridCell
from pipeline.tables.content.labels import counts_people, is_part_of, measure_of, role_of
from pipeline.tables.content.rows import DASHES, is_dashed, is_known_row
from pipeline.tables.content.units import is_note, is_statement


@dataclass(frozen=True, slots=True)
class Begun:
    """The beginning of a label: its row and its text. ``anew``: the rows above it are dash lines of a group."""

    number: int
    text: str
    anew: bool


def begun_above(grid: Grid, layout: Layout, body: Sequence[int], is_summed: Callable[[str], bool]) -> dict[int, Begun]:
    """By the number of a row with figures whose name begins with a dash: what the line above it begins that name with.

    ``body``: the rows that are read, in order. The line above has no figures and is no heading of a group: one that has
    several dash lines, or lines that other groups have too, or that is known or summed (``is_summed``).
    """
    figures = {column.column for column in layout.columns}
    names = {n: _name(grid.rows[n], layout) for n in body}
    valued = {n for n in body if any(cell.column in figures for cell in grid.rows[n])}
    times = Counter(cell.text for cell in names.values() if cell is not None)
    found: dict[int, Begun] = {}
    grouped = False
    for position, (upper, lower) in enumerate(pairwise(body), 2):
        above, below = names[upper], names[lower]
        if upper in valued or above is None or below is None:
            continue
        after = names[body[position]] if position < len(body) else None
        several = after is not None and is_dashed(after.text)
        alone = not several and times[below.text] == 1 and upper not in layout.sections and lower in valued
        if alone and _may_go_on(above, below, grid.rows[lower], layout) and not is_summed(above.text):
            found[lower] = Begun(upper, above.text, grouped)
            grouped = False
        else:
            grouped = is_dashed(below.text)
    return found


def _name(row: Sequence[GridCell], layout: Layout) -> GridCell | None:
    """The one cell that names a row; None where there are more, or it reaches over several rows."""
    cells = [cell for cell in row if cell.column in layout.labels]
    return cells[0] if len(cells) == 1 and cells[0].row_span == 1 else None


def _may_go_on(above: GridCell, below: GridCell, row: Sequence[GridCell], layout: Layout) -> bool:
    """Whether a name may begin on the line above its dash; a row with a number of its own is one by itself."""
    own = above.column != below.column or any(cell.column in layout.aside for cell in row)
    return not own and _goes_on(below) and not _heads(above.text)


def _goes_on(cell: GridCell) -> bool:
    """Whether a name begins with a dash and a small letter, and says nothing by itself: "- indtægter" is a row."""
    rest = cell.text[1:].lstrip()
    own = role_of(cell.text) is not None or measure_of(cell.text) != "unsaid" or is_part_of(cell.text)
    return is_dashed(cell.text) and rest[0].islower() and not own and not is_known_row(rest)


def _heads(label: str) -> bool:
    """Whether a line without figures is a heading wherever it stands, a remark, or a dash line itself."""
    known = is_known_row(label) or counts_people(measure_of(label)) or is_note(label) or is_statement(label)
    return known or label.endswith(":") or label[:1] in DASHES or read_cell(label).kind is not Kind.TEXT
