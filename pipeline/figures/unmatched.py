"""Rows of a summary that are matched with no proposal, though most of its rows are, and proposals in no row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from corpus.model import STAFF_UNITS, Table
from pipeline.figures.model import GROSS, Figure
from pipeline.figures.structure import levels

FEWEST = 2
"""So many rows must be matched for a table to be a list of proposals."""


class Partly(NamedTuple):
    """A table of which at least half of the rows, ``matched``, are matched with proposals, and ``others`` are not."""

    table: int
    matched: Set[int]
    others: list[int]


def unmatched(table: Sequence[Figure]) -> list[Figure]:
    """The figures of such rows; ``table`` are those of one table. None where it does not list proposals.

    A row whose name was misread is no other than those that are matched: to count it would be to count its proposal
    twice.
    """
    units = {figure.unit for figure in table if figure.lists is not None}
    rows = [figure for figure in table if figure.level in GROSS and figure.unit in units]
    matched = {figure.line for figure in rows if figure.lists is not None}
    if not _lists({figure.line for figure in rows}, matched):
        return []
    return [figure for figure in rows if figure.line not in matched]


def partly_matched(tables: Sequence[Table], lists: Mapping[tuple[int, int], int]) -> list[Partly]:
    """The summaries among the tables of a paper; ``lists`` gives the part of the proposal by table and line."""
    found = []
    for number in sorted({number for number, _ in lists}):
        table = tables[number]
        rows = [
            at
            for at, level in enumerate(levels(table))
            if level in GROSS and table.lines[at].values and table.lines[at].unit not in (None, *STAFF_UNITS)
        ]
        matched = {at for at in rows if (number, at) in lists}
        if _lists(set(rows), matched):
            found.append(Partly(number, matched, [at for at in rows if at not in matched]))
    return found


def proposals_in_no_row(
    tables: Sequence[Table], lists: Mapping[tuple[int, int], int], proposals: Set[int]
) -> list[int]:
    """The parts of ``proposals`` that print figures and stand in no summary, where those of at least half do."""
    known = {table.part for table in tables if any(line.values for line in table.lines)} & proposals
    listed = known & {lists[part.table, at] for part in partly_matched(tables, lists) for at in part.matched}
    return sorted(known - listed) if _lists(known, listed) else []


def _lists(every: Set[int], matched: Set[int]) -> bool:
    return len(matched) >= FEWEST and len(matched) * 2 >= len(every)
