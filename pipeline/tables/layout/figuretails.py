"""Figures that go on below in their cell, "3.577.01" over "5": no half of one is given, and their row is refused.

A writer breaks a figure that is wider than its cell anywhere. Its tail has no name beside it, stands in columns of the
figures above, and is one figure with these; one of the two is none alone, or they stand closer than rows do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median

from pipeline.tables.content.cells import NUMBER_KIND, REFUSED_KIND, read_cell
from pipeline.tables.content.rows import continues
from pipeline.tables.layout.halves import NEAR, WHY, L, halves_joined, level_joined
from pipeline.tables.layout.spacing import JUMP
from pipeline.tables.layout.words import PageLine, Segment

LEVEL = 0.25
"""A name whose middle is nearer than this share of its height to that of figures stands beside them."""
SAME_EDGE = 1.0
TOUCHING = 0.3
"""Less than this share of a line's height parts two lines of a cell."""


def broken_joined(lines: Sequence[L], merged: Callable[[Sequence[L]], L], *, within: bool) -> list[L]:
    """The lines, those that stand level made one, and those of a row with broken figures, which is refused.

    ``within``: they stand between two rules, so that all of them may be of one row.
    """
    return halves_joined(_tails_joined(level_joined(lines, merged), merged, within=within), merged)


def _tails_joined(lines: Sequence[L], merged: Callable[[Sequence[L]], L], *, within: bool) -> list[L]:
    """The lines, those of a row whose figures go on below made one."""
    found: list[L] = []
    number = 0
    while number < len(lines):
        count = next((n for n in (2, 3) if _is_row(lines, number, n, within=within)), 1)
        group = lines[number : number + count]
        found.append(merged(group) if count > 1 else group[0])
        if count > 1:
            found[-1].refused = found[-1].refused or WHY
        number += count
    return found


def _is_row(lines: Sequence[L], first: int, count: int, *, within: bool) -> bool:
    """Whether so many lines are one row: figures, perhaps a line between with others, and the tails of the first."""
    if len(lines) < first + count:
        return False
    upper, *between, lower = lines[first : first + count]
    if not _is_named_once(upper, between, lower):  # asked first: it is cheap, and most rows have names of their own
        return False
    if _level(lower) - _level(upper) >= NEAR * upper.height:
        return False
    head, tail = dict(_figures(upper)), dict(_figures(lower))
    if not tail or not tail.keys() <= head.keys() or len(tail) < len(_behind(lower)):
        return False
    if any(not head.keys().isdisjoint(_behind(line)) for line in between):
        return False
    if any(read_cell(head[n] + tail[n]).kind is not NUMBER_KIND for n in tail):
        return False
    if all(REFUSED_KIND in (read_cell(head[n]).kind, read_cell(tail[n]).kind) for n in tail):
        return True
    whole = all(len(tail[n]) < len(head[n]) for n in tail)
    return whole and _is_close(lines, first, count, within=within)


def _is_named_once(upper: L, between: Sequence[L], lower: L) -> bool:
    """Whether the lines have no more than one name, and the tails none that stands level with them."""
    names = [line for line in (upper, *between, lower) if line.label]
    if len(names) > 1:
        return len(names) == 2 and not between and continues(upper.label, lower.label)
    if not names or names[0] is not lower:
        return True
    boxes = [piece.box for piece in lower.cells[lower.label_column] if piece.box]
    return bool(boxes) and all(_level(lower) - (b[1] + b[3]) / 2 > LEVEL * lower.height for b in boxes)


def _is_close(lines: Sequence[L], first: int, count: int, *, within: bool) -> bool:
    """Whether tails stand nearer to their row than the rows before and after it do."""
    last = first + count - 1
    step = _level(lines[last]) - _level(lines[first])
    around = [(n, n + 1) for n in (first - 1, last) if 0 <= n < len(lines) - 1]
    if not around:
        return within
    return all(_level(lines[b]) - _level(lines[a]) > step + JUMP * lines[first].height for a, b in around)


def _behind(line: L) -> set[int]:
    """The columns behind the name of a line in which something stands."""
    return {column for column in line.cells if column > line.label_column}


def _figures(line: L) -> Iterator[tuple[int, str]]:
    """What stands behind the name of a line and has digits, by column."""
    for column in _behind(line):
        text = " ".join(piece.text for piece in line.cells[column])
        if any(map(str.isdigit, text)):
            yield column, text


def _level(line: L) -> float:
    """The height of the middle of a line's figures, where a name may stand higher or lower."""
    boxes = [piece.box for column in _behind(line) for piece in line.cells[column] if piece.box]
    return median((box[1] + box[3]) / 2 for box in boxes) if boxes else line.centre


def tails_below(lines: Sequence[PageLine], last: int) -> int:
    """How many lines right below a row end its figures, with the name that stands between the two lines perhaps."""
    for number in (last + 1, last + 2):
        between = lines[last + 1 : number]
        if number < len(lines) and not any(line.values for line in between) and _are_tails(lines[last], lines[number]):
            return number - last
    return 0


def _are_tails(row: PageLine, line: PageLine) -> bool:
    """Whether all of a line ends figures of the row right above it."""
    if line.values != len(line.segments) or line.box[1] - row.box[3] >= TOUCHING * line.height:
        return False
    return all(any(_goes_on(upper, lower) for upper in row.segments if upper.is_value) for lower in line.segments)


def _goes_on(upper: Segment, lower: Segment) -> bool:
    """Whether what stands below a figure, at the same right edge, is one figure with it, and its shorter part."""
    near = abs(upper.x1 - lower.x1) < SAME_EDGE and len(lower.text) < len(upper.text)
    return near and read_cell(upper.text + lower.text).kind is NUMBER_KIND
