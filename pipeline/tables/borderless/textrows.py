"""Rows of a table of words: its cells wrap, and no figure tells where a row begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.tables.borderless.wrapping import Printed, merged
from pipeline.tables.content.rows import continues

APART = 0.25
"""Rows are set apart where gaps between lines differ by more than this share of a line's height."""


def text_rows(lines: list[Printed], rules: Sequence[float]) -> list[Printed]:
    """Rows by the rules between them, else by the wider gaps, else where the first column begins anew."""
    if not lines:
        return []
    starts = _by_rules(lines, rules) or _by_gaps(lines) or _by_first_column(lines)
    first = min(column for line in lines for column in line.cells)
    groups: list[list[Printed]] = []
    for line, begins in zip(lines, starts, strict=True):
        rest = bool(groups) and first not in line.cells and _small(line)
        if (begins and not rest) or not groups:
            groups.append([])
        groups[-1].append(line)
    return [merged(group) for group in groups]


def _by_rules(lines: Sequence[Printed], rules: Sequence[float]) -> list[bool] | None:
    inside = [rule for rule in rules if lines[0].centre < rule < lines[-1].centre]
    starts = [True, *(any(a.centre < rule < b.centre for rule in inside) for a, b in pairwise(lines))]
    groups = sum(starts)
    return starts if groups >= 3 and groups >= 0.25 * len(lines) else None


def _by_gaps(lines: Sequence[Printed]) -> list[bool] | None:
    """Starts at the wide gaps, if gaps are of two kinds and each wide one is above a line with several cells."""
    if len(lines) < 3:
        return None
    gaps = [(b.centre - a.centre) / max(b.height, 1e-6) for a, b in pairwise(lines)]
    low, high = min(gaps), max(gaps)
    if high - low < APART:
        return None
    limit = (low + min(high, low + 1.0)) / 2
    starts = [True, *(gap > limit for gap in gaps)]
    groups = sum(starts)
    begun = sum(start and len(line.cells) > 1 for start, line in zip(starts, lines, strict=True))
    ended = sum(start and len(line.cells) > 1 for start, line in zip([*starts[1:], True], lines, strict=True))
    return starts if groups >= 2 and max(begun, ended) >= 0.7 * groups else None


def _by_first_column(lines: Sequence[Printed]) -> list[bool]:
    """Starts where the first column has a text that does not go on with the one above."""
    first = min(column for line in lines for column in line.cells)
    filled = [first in line.cells for line in lines]
    most = max(len(line.cells) for line in lines)
    starts = []
    before: Printed | None = None
    for line, has in zip(lines, filled, strict=True):
        if before is None:
            begins = True
        elif has and list(before.cells) == [first] and continues(_text(before, first), _text(line, first)):
            begins = False
        elif not has:
            begins = len(line.cells) == most - 1 and most > 2 and not _goes_on(before, line)
        else:
            begins = not (len(line.cells) < most and _goes_on(before, line))
        starts.append(begins)
        before = line
    return starts


def _goes_on(upper: Printed, lower: Printed) -> bool:
    """Whether every cell of the lower line goes on with the upper one's in grammar, or most do."""
    shared = [c for c in lower.cells if c in upper.cells]
    if not shared:
        return True
    going = sum(continues(_text(upper, c), _text(lower, c)) for c in shared)
    return going * 2 > len(shared) or (going > 0 and len(shared) == len(lower.cells) <= 2)


def _small(line: Printed) -> bool:
    return all(_text(line, column)[0].islower() for column in line.cells)


def _text(line: Printed, column: int) -> str:
    return " ".join(piece.text for piece in line.cells[column])
