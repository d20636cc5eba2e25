"""Where the lines of labels end and begin, and so whether one had room for the word that the next one begins with."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from corpus.model import Box
from pipeline.tables.content.grid import TextLine
from pipeline.tables.content.labels import role_of
from pipeline.tables.content.rows import continues

TALLEST_STEP = 1.6
"""Lines of one label that goes on with a capital are at most so many line heights apart."""
FEWEST = 3
"""So many rows at least have numbers where all have."""
ALIKE = 2
"""Labels that begin with the same words, so many of them, are two."""
OUTDENT, SAME_EDGE, INDENT = -2.0, 1.0, 4.0
"""No line of a label begins further left than the one above, in points; further right than the second it is indented;
rows of a group begin further right than its name by the third."""


class Labelled(Protocol):
    """A line or a row with its pieces by column, its label, and whether it has figures; ``last`` is its last line."""

    last: float
    label: str
    label_column: int
    height: float

    @property
    def cells(self) -> Mapping[int, Sequence[TextLine]]: ...
    @property
    def valued(self) -> bool: ...
    @property
    def centre(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Room:
    """How far the labels with figures reach, and where those begin that stand right below one, to the point.

    ``hung``: where indented lines begin that go on in words, and no rows do.
    """

    limit: float
    starts: frozenset[int]
    hung: frozenset[int]


def room_of(rows: Sequence[Labelled]) -> Room:
    starts: set[int] = set()
    hung: set[int] = set()
    named = [row.cells.get(row.label_column) for row in rows]
    firsts = [pieces[0].box if pieces else None for pieces in named]
    for (upper, lower), (above, below) in zip(pairwise(rows), pairwise(firsts), strict=True):
        if above is None or below is None:
            continue
        if upper.valued and lower.valued:
            starts.add(round(below[0]))
        elif below[0] > above[0] + SAME_EDGE and " " in upper.label and continues(upper.label, lower.label):
            hung.add(round(below[0]))
    reached = [pieces for row, pieces in zip(rows, named, strict=True) if pieces and row.valued]
    limit = max([piece.box[2] for pieces in reached for piece in pieces if piece.box], default=0.0)
    return Room(limit, frozenset(starts), frozenset(hung - starts))


def first_box(row: Labelled) -> Box | None:
    pieces = row.cells.get(row.label_column)
    return pieces[0].box if pieces else None


def has_no_room(
    upper: Labelled, lower: Labelled, room: Room, step: float = TALLEST_STEP, *, begun: bool = False
) -> bool:
    """Whether the first word of the lower label would have gone beyond the others at the end of the upper one.

    The name of a group stands below a total with its figures: that goes on in words only. So does a single word, which
    may be as long as the labels with figures are, unless a label that has ``begun`` above it goes on with it. What is
    indented as other rows of the group are is a row.
    """
    if (upper.valued and role_of(upper.label) == "total") or (len(upper.label.split()) < 2 and not begun):
        return False
    above, below = upper.cells.get(upper.label_column), lower.cells.get(lower.label_column)
    box = above[-1].box if above else None
    if box is None or not below or not below[0].box:
        return False
    if lower.centre - upper.last > step * lower.height or _is_named_alike(upper.label, lower.label):
        return False
    x0 = below[0].box[0]
    if x0 - box[0] > SAME_EDGE and round(x0) in room.starts:
        return False
    return OUTDENT < x0 - box[0] < lower.height and not had_room(upper, lower, room)


def had_room(upper: Labelled, lower: Labelled, room: Room) -> bool:
    """Whether the first word of the lower label would have ended no further right than others on the upper one."""
    above, below = upper.cells.get(upper.label_column), first_box(lower)
    if not above or above[-1].box is None or below is None:
        return False
    text = lower.cells[lower.label_column][0].text
    word = (below[2] - below[0]) * (len(text.split()[0]) + 1) / len(text)
    return above[-1].box[2] + word <= room.limit + 1


def _is_named_alike(upper: str, lower: str) -> bool:
    """Whether two labels begin with the same words: "Rengøring på Åsen Skole", "Rengøring på …" are two rows."""
    return upper.split()[:ALIKE] == lower.split()[:ALIKE] and len(lower.split()) >= ALIKE


def inside_groups(rows: Sequence[Labelled], alone: set[int], room: Room) -> set[int]:
    """The lines without figures that begin where rows do, in a table whose groups' names begin further left."""
    begun = [box[0] if (box := first_box(row)) is not None else 0.0 for row in rows]
    heads = [n for n in alone if n + 1 < len(rows) and begun[n + 1] > begun[n] + INDENT]
    left = max([begun[n] for n in heads], default=math.inf)
    return {n for n in alone if begun[n] > left + INDENT and round(begun[n]) in room.starts}


def rest_of_names(rows: Sequence[Labelled], alone: set[int], inner: set[int], room: Room) -> set[int]:
    """The lines without figures that are the rest of the name above them, also where that is a single word.

    Those ``inside_groups``; and those below numbered rows, where the names of groups stand in the column of numbers.
    """
    found = {n for n in inner if n and has_no_room(rows[n - 1], rows[n], room, begun=True)}
    if not any(row.cells and max(row.cells) < row.label_column for row in rows):
        return found
    numbered = {n for n, row in enumerate(rows) if row.valued and min(row.cells) < row.label_column}
    totals = {n for n, row in enumerate(rows) if row.valued and role_of(row.label) is not None}
    if len(numbered) < FEWEST or any(row.valued and n not in numbered | totals for n, row in enumerate(rows)):
        return found
    return found | {n for n in alone if n - 1 in numbered and not had_room(rows[n - 1], rows[n], room)}
