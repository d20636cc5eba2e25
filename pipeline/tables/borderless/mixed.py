"""Rows whose words cannot be told apart for certain: a name would have words of another column or another row."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.borderless.stacks import Stack
from pipeline.tables.borderless.wrapping import Printed
from pipeline.tables.content.grid import is_cut_code

REACH = 2.0
"""Points: words that reach so far into a column whose row has words of its own there may be these columns' both."""
MIXED = "the words of two of its columns cannot be told apart"
TORN = "the end of its number stands in another row"


def mixed(row: Printed, labels: Sequence[Stack]) -> str | None:
    """Why the words of a row with figures are not known to be its own, column by column; None where they are."""
    if not row.valued or len(labels) < 2:
        return None
    for column in sorted(row.cells):
        if column >= row.label_column:
            break
        if is_cut_code(row.cells[column][-1].text, "0"):
            return TORN
    for column in [n for n in row.cells if n < len(labels)]:
        boxes = [piece.box for piece in row.cells[column] if piece.box is not None]
        others = [(n, labels[n].x0 + REACH) for n in row.cells if n < len(labels)]
        for other, edge in others if boxes else ():
            onto = max(box[2] for box in boxes) > edge if column < other else min(box[0] for box in boxes) < edge
            if other != column and onto:
                return MIXED
    return None
