"""Rows told by the room between lines: what is one row stands closer together than two rows do, in all columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from pipeline.tables.content.rows import continues

JUMP = 0.18
"""Gaps inside rows and between them differ by more than this share of a line's height."""


class Lined(Protocol):
    """A printed line with the height of its middle, and whether it has figures."""

    @property
    def centre(self) -> float: ...
    @property
    def height(self) -> float: ...
    @property
    def valued(self) -> bool: ...
    @property
    def label(self) -> str: ...


L = TypeVar("L", bound=Lined)


def spaced_rows(
    lines: Sequence[L], goes_on: Callable[[L, L, bool], bool], cuts: Callable[[Sequence[L], Sequence[L]], bool]
) -> list[list[L]] | None:
    """The lines in rows, None where their gaps are not of two kinds.

    No row has two lines of figures. ``goes_on`` tells whether the second of two lines with a label may belong to
    that of the first, which itself goes on with one above it or not; where it may not, the gap between them parts
    rows, however small it is. ``cuts`` tells whether a label is cut in two between two rows.
    """
    gaps = [_gap(a, b) for a, b in pairwise(lines)]
    if not gaps:
        return None
    apart = min((gap for gap, (a, b) in zip(gaps, pairwise(lines), strict=True) if a.valued and b.valued), default=None)
    near = sorted(gap for gap in gaps if apart is None or gap <= apart)
    jumps = sorted(((high - low, (low + high) / 2) for low, high in pairwise(near) if high - low > JUMP), reverse=True)
    for _, limit in jumps:
        rows = _parted(lines, gaps, limit)
        if all(_is_row(row, goes_on) for row in rows) and not any(cuts(a, b) for a, b in pairwise(rows)):
            return rows
    return None


def _gap(upper: Lined, lower: Lined) -> float:
    """Between two lines, in heights of a line; nothing where they stand beside each other."""
    height = (upper.height + lower.height) / 2
    return max(lower.centre - upper.centre - height, 0.0) / max(height, 1e-6)


def _parted(lines: Sequence[L], gaps: Sequence[float], limit: float) -> list[list[L]]:
    rows = [[lines[0]]]
    for line, gap in zip(lines[1:], gaps, strict=True):
        if gap > limit:
            rows.append([])
        rows[-1].append(line)
    return rows


def _is_row(row: Sequence[L], goes_on: Callable[[L, L, bool], bool]) -> bool:
    labels = [line for line in row if line.label]
    pairs = enumerate(pairwise(labels))
    return sum(line.valued for line in row) <= 1 and all(goes_on(a, b, number > 0) for number, (a, b) in pairs)


def is_rest_of_another(chains: Sequence[Sequence[Lined]], line: Lined) -> bool:
    """Whether the lines above a row are the rest of a name with figures that goes on in words, and not on to the row.

    One line may stand a hair further below the one above it than two rows do.
    """
    if len(chains) < 2 or not line.valued or any(upper.valued for upper in chains[-1]):
        return False
    cut = continues(chains[-2][-1].label, chains[-1][0].label) and any(upper.valued for upper in chains[-2])
    return cut and line.label != "" and not continues(chains[-1][-1].label, line.label)
