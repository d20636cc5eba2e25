"""Where another table begins right below one without years: a title in words, or headings of other columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, pairwise

from pipeline.tables.borderless.shapes import hangs, is_label, is_source
from pipeline.tables.content.cells import TEXT_KIND
from pipeline.tables.layout.words import PageLine

SAME_EDGE = 2.5
APART, APART_HEADS, WIDER = 1.2, 1.8, 2.0
"""A title, or headings without one, stand so many line heights below the last row at least, and so many times as far
as the rows stand apart."""
FEWEST_HEADS, FEWEST_LETTERS = 3, 2
SHARE = 0.5
"""So large a share of the rows above headings without a title has figures."""


def heads_below(lines: Sequence[PageLine], first: int, number: int) -> bool:
    """Whether a line is the title of another table, or its headings, below the rows from ``first`` on.

    The headings below a title stand in other columns than the rows do, or are those of the rows once more. Headings
    without a title may stand in the same ones; they are words below figures.
    """
    line, before, below = lines[number], lines[number - 1], lines[number + 1]
    gap = line.box[1] - before.box[3]
    if gap < APART * min(line.height, before.height) or line.values or line.years:
        return False
    rows = lines[first:number]
    usual = sorted(b.box[1] - a.box[3] for a, b in pairwise(rows))
    if len(rows) < FEWEST_HEADS or gap < WIDER * usual[len(usual) // 2]:
        return False
    if len(line.segments) == 1:
        again = [s.text for s in below.segments] in [[s.text for s in row.segments] for row in rows[:2]]
        return is_label(line) and _are_heads(below) and (again or not _stand_over(below, rows))
    body = [*dropwhile(lambda row: not row.values, rows)]
    tall = gap > APART_HEADS * line.height and sum(row.values > 0 for row in body) > SHARE * len(body)
    return tall and _are_heads(line) and len(below.segments) > 1


def _are_heads(line: PageLine) -> bool:
    """Whether a line is of words alone, beside each other: three at least, each of several letters."""
    if len(line.segments) < FEWEST_HEADS or line.values or line.years or not hangs(line):
        return False
    return all(s.kind is TEXT_KIND and sum(map(str.isalpha, s.text)) >= FEWEST_LETTERS for s in line.segments)


def _stand_over(heads: PageLine, rows: Sequence[PageLine]) -> bool:
    """Whether two of the headings begin where something does in the rows, or end where figures do."""
    starts = {s.x0 for row in rows for s in row.segments}
    ends = {s.x1 for row in rows for s in row.segments if s.is_value}
    level = (
        any(abs(s.x0 - x) <= SAME_EDGE for x in starts) or any(abs(s.x1 - x) <= SAME_EDGE for x in ends)
        for s in heads.segments
    )
    return sum(level) > 1


def ends_in_source(lines: Sequence[PageLine], number: int) -> bool:
    """Whether a line says where the figures above it are from, and stands apart from what is below it."""
    line = lines[number]
    if len(line.segments) > 1 or not is_source(line.text):
        return False
    return number + 1 == len(lines) or lines[number + 1].box[1] - line.box[3] > line.height


def shares_columns(rows: Sequence[PageLine], line: PageLine) -> bool:
    """Whether two stretches of a line at least begin or end where those of the rows do."""
    starts = {round(s.x0) for row in rows[-6:] for s in row.segments}
    ends = {round(s.x1) for row in rows[-6:] for s in row.segments}
    near = sum(
        any(abs(s.x0 - x) <= SAME_EDGE for x in starts) or any(abs(s.x1 - x) <= SAME_EDGE for x in ends)
        for s in line.segments
    )
    return near >= 2
