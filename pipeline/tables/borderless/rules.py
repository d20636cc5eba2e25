"""The level rules of a page, pieced together, and the edges of its shaded rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter

from corpus.reading import Page
from pipeline.tables.borderless.heads import Rule
from pipeline.tables.layout.words import PageLine

SHORTEST = 6.0
SNAP, JOIN = 1.6, 3.0
WIDE = 0.6
"""A rule over more than this share of a table, or of a column, is one of it."""
FEWEST_ROW_RULES, CLOSE, SAME_EDGE = 3, 0.75, 2.5
"""So many rules at least part rows; lines of one name are so many line heights apart at most, and begin so near."""
NARROWEST, LOWEST, HIGHEST = 100.0, 5.0, 45.0
"""Points: a filled box of this shape is the ground of a row or two, and its edges part rows as rules do."""


def level_rules(page: Page) -> list[Rule]:
    """Height, left and right end of each level rule and edge, from the top down; pieces that touch are one."""
    packed = page.packed
    return list(_rules_of(page)) if packed.rulings or packed.fills else []


@lru_cache(maxsize=4)
def _rules_of(page: Page) -> tuple[Rule, ...]:
    """They are asked for several times while a page is looked at."""
    pieces = _pieces(page)
    heights = [height for height, _, _ in pieces]
    bands: list[list[int]] = []
    last = -math.inf
    for number in sorted(range(len(pieces)), key=heights.__getitem__):
        height = heights[number]
        if height - last > SNAP:
            bands.append([number])
        else:
            bands[-1].append(number)
        last = height
    rules: list[Rule] = []
    for band in bands:
        if len(band) > 1:
            rules += _joined([pieces[n] for n in sorted(band)])
        elif pieces[band[0]][2] - pieces[band[0]][1] >= SHORTEST:
            rules.append(pieces[band[0]])
    return tuple(sorted(rules))


def row_rules(rules: Sequence[Rule], table: tuple[float, float], names: tuple[float, float]) -> list[float]:
    """The heights of the rules that part rows: those over most of a table.

    Where they stop before the column of ``names``, and that one has rules of its own at other heights, these are meant:
    each cell is ruled below its last line, that of the last row perhaps below the table.
    """
    across = [rule for rule in rules if _share(rule, table) > WIDE]
    stopping = [rule for rule in across if _share(rule, names) < WIDE]
    own = [height for height, x0, x1 in rules if _share((height, x0, x1), names) > WIDE]
    if stopping and len(own) + 1 >= len(across):
        return own
    return [height for height, _, _ in across]


def last_ruled(lines: Sequence[PageLine], first: int, last: int, rules: Sequence[Rule]) -> int:
    """The last line of a table whose rows are ruled off: that above the rule that ends them, if ``last`` is higher.

    Only the rest of a name stands between: lines close below, where the names begin, and no wider than their column.
    """
    rows = lines[first : last + 1]
    left, right = min(line.box[0] for line in rows), max(line.box[2] for line in rows)
    own = [rule[0] for rule in rules if _share(rule, (left, right)) > WIDE]
    below = next((height for height in own if height > rows[-1].centre), None)
    if below is None or sum(rows[0].box[1] < height < rows[-1].centre for height in own) < FEWEST_ROW_RULES:
        return last
    ends = [s.x0 for line in rows for s in line.segments[1:]]
    for number in range(last + 1, len(lines)):
        line, upper = lines[number], lines[number - 1]
        if line.centre > below:
            return number - 1
        near = line.box[1] - upper.box[3] < CLOSE * line.height and abs(line.box[0] - left) < SAME_EDGE
        if not near or len(line.segments) > 1 or line.values or line.box[2] > min(ends, default=left):
            break
    return last


def _share(rule: Rule, stretch: tuple[float, float]) -> float:
    """Which share of a stretch a rule runs over."""
    return (min(rule[2], stretch[1]) - max(rule[1], stretch[0])) / max(stretch[1] - stretch[0], 1.0)


def _pieces(page: Page) -> list[Rule]:
    """The level rules, and the upper and lower edges of shaded rows, piece by piece."""
    pieces = [
        ((top + bottom) / 2, x0, x1)
        for x0, top, x1, bottom in page.ruling_boxes.tolist()
        if x1 - x0 > bottom - top and x1 - x0 > 0.5
    ]
    fills = page.fill_boxes
    if len(fills):
        across, down = fills[:, 2] - fills[:, 0], fills[:, 3] - fills[:, 1]
        rows = fills[(across >= NARROWEST) & (down >= LOWEST) & (down <= HIGHEST)].tolist()
        pieces += [(top, x0, x1) for x0, top, x1, _ in rows]
        pieces += [(bottom, x0, x1) for x0, _, x1, bottom in rows]
    return pieces


def _joined(band: list[Rule]) -> Iterator[Rule]:
    """The rules at one height from left to right; pieces no further apart than ``JOIN`` are one."""
    band.sort(key=itemgetter(1))
    height, left, right = band[0]
    for place, x0, x1 in [*band[1:], (0.0, math.inf, math.inf)]:
        if x0 > right + JOIN:
            if right - left >= SHORTEST:
                yield height, left, right
            height, left, right = place, x0, x1
        else:
            right = max(right, x1)
