"""Tables that take a figure of another table apart: a specification under a proposal, a note to the accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.figures.model import NET, Figure, Level, Reason

TELLING = 4
"""Digits of a figure by which it is known in another part of the paper; a round one stands in many tables."""
SHORTEST = 2
"""Digits of figures that together are known: 3.500 and 3.700 in two years."""
FEWEST = 2
"""Rows of a table that are added up where it prints no sum."""
SUMMED = frozenset({"net", "total"})
ADDED = frozenset({Level.FREE, Level.PART})

Said = frozenset[tuple[str, int | None, str | None, Decimal]]
"""What a row prints: stage, year, column and value of each of its figures."""


def leave_out_details(figures: Sequence[Figure]) -> None:
    """Marks the figures of a table whose sum is a row, or the sum, of an earlier or wider table of the same paper.

    In a proposal within its own part. Elsewhere within the document, if one of the figures is not round, or those of
    several years together are as telling, also where the sum is not printed. Where two tables have one sum, the first
    counts that prints it.
    """
    papers: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.left_out is None:
            own = figure.part if figure.part_kind in ("proposal", "message") else None
            papers[figure.sha256, own, figure.unit].append(figure)
    for paper in papers.values():
        _mark(paper, telling=TELLING if paper[0].part_kind not in ("proposal", "message") else 1)


def _mark(figures: Sequence[Figure], telling: int) -> None:
    tables: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        tables[figure.table].append(figure)
    if len(tables) < 2:
        return
    printed: dict[Said, list[Figure]] = defaultdict(list)
    for row in _rows(figures):
        printed[_said(row)].append(row[0])
    for number, table in tables.items():
        printed_sum = _sum_of(table)
        whole = printed_sum or (_added(table) if telling > 1 else None)
        if whole is None or _telling(whole) < telling:
            continue
        elsewhere = [row for row in printed.get(whole, ()) if row.table != number and row.left_out is None]
        wider = next((row for row in elsewhere if not printed_sum or row.level not in NET or row.table < number), None)
        if wider is not None:
            for figure in table:
                figure.left_out, figure.told = Reason.DETAIL, f"{wider.spot}: {wider.label}"


def _telling(row: Said) -> int:
    """The digits by which a row is known: those of its longest figure, or of all that say different things."""
    counts = [_digits(value) for value in {abs(value) for *_, value in row}]
    return max(*counts, sum(count for count in counts if count >= SHORTEST), 0)


def _rows(figures: Iterable[Figure]) -> Iterator[list[Figure]]:
    rows: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in figures:
        rows[figure.table, figure.line].append(figure)
    yield from rows.values()


def _said(row: Iterable[Figure]) -> Said:
    return frozenset((figure.stage.value, figure.year, figure.column, figure.value) for figure in row)


def _sum_of(table: Sequence[Figure]) -> Said | None:
    """What the one row says that sums a table up; None where it has none, or several, or that is 0."""
    tops = [row for row in _rows(table) if row[0].level is Level.SUM]
    return _said(tops[0]) if len(tops) == 1 and any(figure.value for figure in tops[0]) else None


def _added(table: Sequence[Figure]) -> Said | None:
    """What the rows of a table without a sum that counts add up to, if each says something of the same years."""
    rows = [*_rows(table)]
    columns = [{(f.stage.value, f.year, f.column): f.value for f in row} for row in rows]
    plain = all(row[0].level in ADDED and row[0].role not in SUMMED for row in rows)
    if len(rows) < FEWEST or not plain or any(each.keys() != columns[0].keys() for each in columns):
        return None
    return frozenset((*key, sum((each[key] for each in columns), Decimal(0))) for key in columns[0])


def digits(figure: Figure) -> int:
    """The digits of a figure without the noughts at its ends."""
    return _digits(figure.value)


def _digits(value: Decimal) -> int:
    return len(format(abs(value), "f").replace(".", "").strip("0"))
