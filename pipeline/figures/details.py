"""Tables that take a figure of another table apart: a specification under a proposal, a note to the accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.figures.model import NET, Figure, Level, Reason

TELLING = 4
"""Digits of a figure by which it is known in another part of the paper; a round one stands in many tables."""

Said = frozenset[tuple[str, int | None, str | None, Decimal]]
"""What a row prints: stage, year, column and value of each of its figures."""


def leave_out_details(figures: Sequence[Figure]) -> None:
    """Marks the figures of a table whose sum is a row, or the sum, of an earlier or wider table of the same paper.

    In a proposal within its own part. Elsewhere within the document, if one of the figures is not round. Where two
    tables have one sum, the first counts.
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
        whole = _sum_of(table)
        if whole is None or max(map(digits, whole)) < telling:
            continue
        elsewhere = [row for row in printed[_said(whole)] if row.table != number and row.left_out is None]
        wider = next((row for row in elsewhere if row.level not in NET or row.table < number), None)
        if wider is not None:
            for figure in table:
                figure.left_out, figure.told = Reason.DETAIL, f"{wider.path}, page {wider.page}: {wider.label}"


def _rows(figures: Iterable[Figure]) -> Iterator[list[Figure]]:
    rows: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in figures:
        rows[figure.table, figure.line].append(figure)
    yield from rows.values()


def _said(row: Iterable[Figure]) -> Said:
    return frozenset((figure.stage.value, figure.year, figure.column, figure.value) for figure in row)


def _sum_of(table: Sequence[Figure]) -> list[Figure] | None:
    """The one row that sums a table up; None where it has none, or several, or that is 0."""
    tops = [row for row in _rows(table) if row[0].level is Level.SUM]
    return tops[0] if len(tops) == 1 and any(figure.value for figure in tops[0]) else None


def digits(figure: Figure) -> int:
    """The digits of a figure without the noughts at its ends."""
    return len(format(abs(figure.value), "f").replace(".", "").strip("0"))
