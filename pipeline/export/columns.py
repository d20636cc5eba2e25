"""What a table of rows is made of: columns with a name, a kind, a meaning and a unit.

From one such description come the headings of a CSV, the types of a Parquet file, the cells of a workbook, the
descriptor beside a file and the data dictionary. :mod:`pipeline.export.sheets` has those of Akt itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from operator import itemgetter

import msgspec

AT_ONCE = 1000
"""Rows that are turned into columns at a time."""


class Kind(StrEnum):
    """What the cells of a column are, as Python values; each may be None where the column is not ``required``."""

    TEXT = "text"  # str
    WHOLE = "whole number"  # int
    DECIMAL = "decimal"  # decimal.Decimal
    DAY = "day"  # datetime.date
    YES_NO = "yes or no"  # bool
    BOX = "box"  # (x0, top, x1, bottom) as floats: points from the top left of the page
    TEXTS = "list of texts"
    WHOLES = "list of whole numbers"
    EVIDENCE = "list of evidence"  # {field, text, start, end}
    LINKS = "list of links"  # {type, start, end, text}


class Column(msgspec.Struct, frozen=True):
    """One column. ``meaning`` is a sentence for the data dictionary; ``choices`` are all values it can have."""

    name: str
    kind: Kind
    meaning: str
    unit: str | None = None
    required: bool = False
    choices: tuple[str, ...] = ()


class Sheet(msgspec.Struct, frozen=True):
    """A table of rows: its name in the plural, what one row is, and its columns in their order."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def batches(
    sheet: Sheet, rows: Iterable[Mapping[str, object]], size: int = AT_ONCE
) -> Iterator[list[Sequence[object]]]:
    """The values of at most ``size`` rows at a time, column by column in the order of the sheet.

    Raises KeyError for a row without one of the columns: a misspelt name is not to become an empty column.
    """
    names = sheet.names
    values = itemgetter(*names) if len(names) > 1 else (lambda row: (row[names[0]],))
    coming = iter(rows)
    while some := list(islice(coming, size)):
        yield list(zip(*map(values, some), strict=True))
