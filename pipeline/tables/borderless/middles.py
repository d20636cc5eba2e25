"""Rows of one text in the middle of a table: the name of a section is over all columns, and not in the middle one."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.around.surroundings import is_context
from pipeline.tables.borderless.wrapping import Printed
from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.found import Heads
from pipeline.tables.layout.words import PageLine

OFF_CENTRE = 0.7
"""A text is in the middle if it is no further off than so many line heights."""
FARTHER = 2.5
"""Nor so many, if others have the same middle."""
SAME_MIDDLE = 2.0
FEWEST = 3


def over_columns(row: Printed, table: Sequence[Printed], extents: Heads) -> range | None:
    """The columns that a row's only text is over: all of them, or all but that of the labels; None for its own only.

    It is no figure, and stands among figures, or over the gap between two columns.
    """
    if len(extents) < FEWEST or len(row.cells) != 1 or row.valued:
        return None
    ((column, pieces),) = row.cells.items()
    place = _reach(row)
    if place is None or any(read_cell(piece.text).kind is not Kind.TEXT for piece in pieces):
        return None
    if not _is_alone(column, place, table, extents):
        return None
    off = [abs(sum(place) - extents[first][0] - extents[-1][1]) / 2 for first in (0, 1)]
    most = OFF_CENTRE if not column or not _share_middle(row, place, table) else FARTHER
    for first in (0, 1) if off[0] < OFF_CENTRE * row.height else sorted((0, 1), key=lambda n: off[n]):
        if off[first] < most * row.height:
            return range(first, len(extents))
    return None


def _reach(row: Printed) -> tuple[float, float] | None:
    """From where to where the texts of a row reach."""
    boxes = [piece.box for pieces in row.cells.values() for piece in pieces if piece.box]
    return (min(box[0] for box in boxes), max(box[2] for box in boxes)) if boxes else None


def _share_middle(row: Printed, place: tuple[float, float], table: Sequence[Printed]) -> bool:
    """Whether another row is one text of another width with the same middle, as the names of sections are.

    The middle of the table may lie elsewhere than that of what is printed in it.
    """
    others = (_reach(other) for other in table if other is not row and len(other.cells) == 1 and not other.valued)
    return any(
        abs(sum(other) - sum(place)) < SAME_MIDDLE and abs(other[0] - place[0]) > SAME_MIDDLE
        for other in others
        if other is not None
    )


def is_section(line: PageLine, above: PageLine, extents: Heads) -> bool:
    """Whether a line below headings is the name of the first section: alone in the middle of the whole table.

    A unit there is that of the headings, and a text in the middle over the figures one more heading.
    """
    segment = line.segments[0]
    headed = {n for s in above.segments for n, (x0, x1) in enumerate(extents) if n and s.x0 < x1 and x0 < s.x1}
    if len(line.segments) > 1 or segment.kind is not Kind.TEXT or segment.is_year or is_context(segment.text):
        return False
    if len(extents) < FEWEST or 2 * len(headed) < len(extents):
        return False
    whole, right = (abs(segment.x0 + segment.x1 - extents[n][0] - extents[-1][1]) / 2 for n in (0, 1))
    return whole < OFF_CENTRE * line.height and whole < right


def _is_alone(column: int, place: tuple[float, float], table: Sequence[Printed], extents: Heads) -> bool:
    """Whether no cell of a column of words is printed in this place: such a text may be one of them."""
    if sum(place[0] < x1 and x0 < place[1] for x0, x1 in extents) > 1:
        return True
    others = [line.cells[column] for line in table if len(line.cells) > 1 and column in line.cells]
    figures = sum(read_cell(pieces[0].text).kind is not Kind.TEXT for pieces in others)
    return column > 0 and 2 * figures > len(others)
