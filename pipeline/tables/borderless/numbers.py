"""Rows with a number in front of their names: on which of their lines it stands, and whether it is that of a group."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.tables.content.rows import continues, is_known_row
from pipeline.tables.layout.labelroom import Labelled, Room, had_room

FARTHEST = 2.2
"""A line further below than this many line heights never goes on with the label above."""
SAME_STEP = 0.1
"""The steps from line to line are alike if they differ by less than this share of a line's height."""
IN_TURN = 3
"""So many numbers at least, each with one line of figures, are those of rows."""


def is_numbered(row: Labelled) -> bool:
    return row.label_column > 0 and bool(row.cells) and min(row.cells) < row.label_column


def are_in_turn(lines: Sequence[Labelled]) -> bool:
    """Whether a number and a line of figures take turns, for three numbers at least: each number is of one row.

    Known rows may stand below the last one: a total, årsværk.
    """
    starts = [n for n, line in enumerate(lines) if is_numbered(line)]
    if len(starts) < IN_TURN:
        return False
    own = [lines[a:b] for a, b in pairwise([*starts, len(lines)])]
    own[-1] = [line for n, line in enumerate(own[-1]) if n < 2 or not is_known_row(line.label)]
    return all(sum(line.valued for line in stretch) == 1 for stretch in own)


def ends_numbered(upper: Labelled, lower: Labelled) -> bool:
    """Whether the number and the figures of a row stand on the second of two lines only."""
    return lower.valued and is_numbered(lower) and not upper.valued and not is_numbered(upper)


def is_numbered_low(row: Labelled) -> bool:
    """Whether the number in front of a label of several lines stands beside its last line."""
    label = row.cells.get(row.label_column, [])
    numbers = [piece.box for column, pieces in row.cells.items() if column < row.label_column for piece in pieces]
    last = label[-1].box if len(label) > 1 else None
    return last is not None and any(box is not None and box[3] > last[1] + 0.5 * row.height for box in numbers)


def is_begun(upper: Labelled, lower: Labelled, after: Labelled | None, room: Room) -> bool:
    """Whether a row whose number stands on the line above has its figures on this one.

    Below a name that had room for the next word a capital letter begins a row of its own, and the number is that of a
    group; so it is where the next row (``after``) has no number either, and stands no further below than this one does.
    """
    near = lower.centre - upper.last < FARTHEST * lower.height
    if not (near and is_numbered(upper) and not upper.valued and lower.valued and not is_numbered(lower)):
        return False
    if not _begins_anew(upper, lower):
        return True
    return not (had_room(upper, lower, room) or _goes_on_alike(upper, lower, after))


def heads_rows(upper: Labelled, lower: Labelled, after: Labelled | None) -> bool:
    """Whether a number and a name without figures are those of a group: rows without numbers follow in equal steps."""
    if not is_numbered(upper) or upper.valued or not lower.valued or is_numbered(lower):
        return False
    return _begins_anew(upper, lower) and _goes_on_alike(upper, lower, after)


def _begins_anew(upper: Labelled, lower: Labelled) -> bool:
    """Whether a line begins with a capital letter, and goes on with no words of the one above."""
    return lower.label[:1].isupper() and upper.label != "" and not continues(upper.label, lower.label)


def _goes_on_alike(upper: Labelled, lower: Labelled, after: Labelled | None) -> bool:
    """Whether the next row has a name and no number, as this one, and the three lines stand equally far apart."""
    if after is None or not after.valued or is_numbered(after) or is_known_row(after.label):
        return False
    steps = lower.centre - upper.last, after.centre - lower.last
    return after.label[:1].isupper() and abs(steps[0] - steps[1]) < SAME_STEP * lower.height
