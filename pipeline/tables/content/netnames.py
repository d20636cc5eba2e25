"""Rows that are called net inside a longer name: "Anlægsudgift netto", "Nettoudgift".

Such a name is that of an area as often as that of a sum ("Nettoudgifter til skoler"), so the figures must say it: most
columns are the sum of rows above. The others are then told to be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from pipeline.tables.content.columns import ValueColumn
from pipeline.tables.content.entries import Entry, Figure
from pipeline.tables.content.labels import plain

NETTED = re.compile(r"netto[^\W\d_]+|(?:.*\W)?netto", re.DOTALL)
"""One word that begins with "netto", or a name that ends in it."""
SUMS = frozenset({"net", "total"})
STOCKS = frozenset({"budget", "actual"})
MOST_ROWS = 40


def with_net_names(entries: Sequence[Entry], columns: Sequence[ValueColumn]) -> tuple[list[Entry], set[int]]:
    """The rows, of which those called net that sum up the rows since the last sum, or the last of these, are net.

    With them, where in the text the figures of these stand.
    """
    found: list[Entry] = []
    nets: set[int] = set()
    for entry in entries:
        line = entry.line
        named = line.role not in SUMS | STOCKS and line.unit is not None and NETTED.fullmatch(plain(line.label))
        if named and _sums_up(entry, _rows_before(entry, found), columns):
            found.append(replace(entry, line=msgspec.structs.replace(line, role="net")))
            nets |= {value.start for value in line.values if value.start is not None}
        else:
            found.append(entry)
    return found, nets


def _rows_before(entry: Entry, above: Sequence[Entry]) -> list[Entry]:
    """The rows of money right above, back to the last sum."""
    rows: list[Entry] = []
    for other in reversed(above[-MOST_ROWS:]):
        if other.line.role in SUMS:
            break
        if other.line.unit == entry.line.unit and other.figures and not other.part_of:
            rows.insert(0, other)
    return rows


def _sums_up(entry: Entry, rows: Sequence[Entry], columns: Sequence[ValueColumn]) -> bool:
    """Whether some of the last rows, two at least, add up in more than half of the columns, two or all of them.

    One column at least must add two figures; a nought says nothing.
    """
    told = [c.column for c in columns if c.column in entry.figures and entry.figures[c.column].value.value]
    for first in range(len(rows) - 1):
        parts = [_parts(rows[first:], column) for column in told]
        held = [_adds_up(of, entry.figures[column]) for of, column in zip(parts, told, strict=True)]
        added = [len(of) > 1 and ok for of, ok in zip(parts, held, strict=True)]
        if any(added) and 2 * sum(held) > len(told) and sum(held) >= min(2, len(told)):
            return True
    return False


def _parts(rows: Sequence[Entry], column: int) -> list[Figure]:
    return [row.figures[column] for row in rows if column in row.figures]


def _adds_up(parts: Sequence[Figure], found: Figure) -> bool:
    quantum = max(part.quantum for part in (*parts, found))
    slack = quantum * (len(parts) + 1) / 2 if len(parts) > 1 else 0
    return bool(parts) and abs(sum(part.value.value for part in parts) - found.value.value) <= slack
