"""Rows of a table of words: its cells wrap, and no figure tells where a row begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.tables.borderless.wrapping import Printed, merged
from pipeline.tables.content.rows import continues

APART = 0.25
"""Rows are set apart where gaps between lines differ by more than this share of a line's height."""
FEWEST_SECTIONS = 2
FEWEST_COUNTED, FEWEST_BEHIND = 3, 2
FEWEST_CELLS, FEWEST_AGAIN = 3, 3
_COUNT = re.compile(r"\d{1,3}[.)]")


def text_rows(lines: list[Printed], rules: Sequence[float]) -> list[Printed]:
    """Rows by the rules between them, else by the wider gaps, else where the first column begins anew."""
    if not lines:
        return []
    starts = _by_rules(lines, rules) or _by_gaps(lines) or _by_first_column(lines)
    starts = _anew(lines, _below_sections(lines, starts))
    first = min(column for line in lines for column in line.cells)
    groups: list[list[Printed]] = []
    for line, begins in zip(lines, starts, strict=True):
        rest = bool(groups) and first not in line.cells and _small(line)
        if (begins and not rest) or not groups:
            groups.append([])
        groups[-1].append(line)
    return [merged(group) for group in groups]


def counted_rows(lines: list[Printed]) -> list[Printed] | None:
    """The rows of a table of words that are counted from line to line ("1.", "2.", …), None for any other table.

    No figure stands on a line without a number, and on several of these cells behind the names go on.
    """
    first = min((column for line in lines for column in line.cells), default=0)
    starts = [n for n, line in enumerate(lines) if first in line.cells and _COUNT.fullmatch(_text(line, first))]
    if len(starts) < FEWEST_COUNTED or starts[0] != 0 or len(starts) == len(lines):
        return None
    numbers = [int(_text(lines[n], first).rstrip(".)")) for n in starts]
    rest = [line for n, line in enumerate(lines) if n not in starts]
    behind = sum(max(line.cells) > line.label_column > first for line in rest)
    if numbers != [*range(numbers[0], numbers[0] + len(numbers))] or behind < FEWEST_BEHIND:
        return None
    if any(line.valued or first in line.cells for line in rest):
        return None
    return [merged(lines[n:end]) for n, end in pairwise([*starts, len(lines)])]


def _below_sections(lines: Sequence[Printed], starts: Sequence[bool]) -> list[bool]:
    """The starts, with one below each name of a section that no rule and no room parts from its first row.

    It stands alone, and had room for the first word of the full line below it; there are two at least.
    """
    columns = sorted({column for line in lines for column in line.cells})
    if len(columns) < 3:
        return list(starts)
    first, second = columns[:2]
    begun = [box[0] for line in lines if second in line.cells if (box := line.cells[second][0].box)]
    below = [
        n + 1
        for n, (line, lower) in enumerate(pairwise(lines))
        if starts[n] and not starts[n + 1] and list(line.cells) == [first] and len(lower.cells) == len(columns)
        and _had_room(line, lower, first, min(begun, default=0.0))
    ]  # fmt: skip
    if len(below) < FEWEST_SECTIONS:
        return list(starts)
    return [start or n in below for n, start in enumerate(starts)]


def _anew(lines: Sequence[Printed], starts: Sequence[bool]) -> list[bool]:
    """The starts, with one at each line that has a cell in every column, three at least, and goes on with none above.

    A cell of the line above had room for the next word, or the two are words that stand in their column again and
    again: "yes", "no".
    """
    most = max(len(line.cells) for line in lines)
    doubtful = [n for n, start in enumerate(starts) if n and not start and len(lines[n].cells) == most]
    if most < FEWEST_CELLS or not doubtful:
        return list(starts)
    ends: dict[int, float] = {}
    often: Counter[tuple[int, str]] = Counter()
    for line in lines:
        for column, pieces in line.cells.items():
            ends[column] = max(ends.get(column, 0.0), *(piece.box[2] for piece in pieces if piece.box))
            often[column, _text(line, column)] += 1
    begun = list(starts)
    for n in doubtful:
        upper, lower = lines[n - 1], lines[n]
        shared = [column for column in lower.cells if column in upper.cells]
        again = [c for c in shared if min(often[c, _text(line, c)] for line in (upper, lower)) >= FEWEST_AGAIN]
        rest = [c for c in shared if c not in again]
        if not any(continues(_text(upper, c), _text(lower, c)) for c in rest):
            begun[n] = bool(again) or any(_had_room(upper, lower, c, ends[c] + upper.height) for c in rest)
    return begun


def _had_room(upper: Printed, lower: Printed, column: int, limit: float) -> bool:
    """Whether the first word of a cell, which begins with a capital or a digit, fits on the line above it."""
    above, below = upper.cells[column][-1].box, lower.cells[column][0].box
    text = lower.cells[column][0].text
    if above is None or below is None or text[0].islower() or continues(_text(upper, column), text):
        return False
    word = (below[2] - below[0]) * (len(text.split()[0]) + 1) / len(text)
    return above[2] + word < limit - upper.height


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
    going = sum(continues(_text(upper, c), _text(lower, c)) for c in shared if len(_text(lower, c)) > 1)
    return going * 2 > len(shared) or (going > 0 and len(shared) == len(lower.cells) <= 2)


def _small(line: Printed) -> bool:
    return all(_text(line, column)[0].islower() for column in line.cells)


def _text(line: Printed, column: int) -> str:
    return " ".join(piece.text for piece in line.cells[column])
