"""Shaded columns that make no grid: the column of the current year on a ground of its own, below hairlines.

Where rules reach further than the shading does, and no upright line is drawn beside it, the sides of the shading part
one or two columns from the others and say nothing of these: the rows and columns are those of the words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
SAME, JOIN, MEET = 2.0, 3.0, 3.0
"""Points: between sides in one place, between cells of one column, between a rule and what it crosses."""
TALL = 24.0
"""A shaded column is higher than two rows are."""
BESIDE = 12.0
"""A rule that reaches so many points further than the shading is that of another column, too."""
MOST = 1000
"""More shaded cells than so many are a drawing."""
_Sides = list[float]


def without_columns(fills: Floats, drawn: Callable[[], tuple[Floats, Floats]]) -> Floats:
    """The shaded cells (left, top, right, bottom) but those of columns that stand in a table without a grid.

    ``drawn`` gives the upright and the level lines of the page, each by its place and its ends, pieces of one joined;
    it is asked only where shading is as high as a column.
    """
    if len(fills) > MOST:
        return fills
    cells = fills.tolist()
    stacks = _stacks(cells)
    sides = [_around([cells[n] for n in stack]) for stack in stacks]
    if not any(side[3] - side[1] > TALL for side in sides):
        return fills
    lines, rules = (edges.tolist() for edges in drawn())
    gone = [
        number
        for stack, side in zip(stacks, sides, strict=True)
        if side[3] - side[1] > TALL and _is_alone(side, sides, lines, rules)
        for number in stack
    ]
    return np.delete(fills, gone, axis=0) if gone else fills


def _around(cells: Sequence[_Sides]) -> _Sides:
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return [min(lefts), min(tops), max(rights), max(bottoms)]


def _stacks(fills: Sequence[_Sides]) -> list[list[int]]:
    """The numbers of the cells that stand upon each other, from the top down."""
    found: list[list[int]] = []
    order = sorted(range(len(fills)), key=lambda n: (round(fills[n][0] / SAME), round(fills[n][2] / SAME), fills[n][1]))
    for number in order:
        last = fills[found[-1][-1]] if found else None
        x0, top, x1, _ = fills[number]
        if last and abs(last[0] - x0) <= SAME and abs(last[2] - x1) <= SAME and abs(top - last[3]) <= JOIN:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _is_alone(side: _Sides, sides: Sequence[_Sides], lines: Sequence[_Sides], rules: Sequence[_Sides]) -> bool:
    """Whether rules across a shaded column reach past it and all shading beside it, and no upright line is there."""
    x0, top, x1, bottom = side
    across = [rule for rule in rules if top - MEET < rule[0] < bottom + MEET and rule[1] < x1 and x0 < rule[2]]
    if not across:
        return False
    left, right = min(rule[1] for rule in across), max(rule[2] for rule in across)
    if any(left - MEET < x < right + MEET and y0 < bottom - MEET and top + MEET < y1 for x, y0, y1 in lines):
        return False
    beside = [s for s in sides if s[1] < bottom - MEET and top + MEET < s[3] and s[0] < right and left < s[2]]
    return left < min(s[0] for s in beside) - BESIDE or right > max(s[2] for s in beside) + BESIDE
