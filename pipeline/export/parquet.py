"""Rows as Parquet: decimals are decimals, days are days, a box is four named numbers. Written in row groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.export.columns import AT_ONCE, Column, Kind, Sheet, batches

DIGITS, DECIMALS = 38, 10
"""A decimal column holds 28 digits before the point and 10 behind it."""
ROW_GROUP = 50 * AT_ONCE
SIDES = ("x0", "top", "x1", "bottom")


class NumberTooLongError(ValueError):
    """A figure with more digits than a decimal column holds; it is not rounded."""


TYPES: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.WHOLE: pa.int64(),
    Kind.DECIMAL: pa.decimal128(DIGITS, DECIMALS),
    Kind.DAY: pa.date32(),
    Kind.YES_NO: pa.bool_(),
    Kind.BOX: pa.struct([(side, pa.float64()) for side in SIDES]),
    Kind.TEXTS: pa.list_(pa.string()),
    Kind.WHOLES: pa.list_(pa.int64()),
    Kind.EVIDENCE: pa.list_(
        pa.struct([("field", pa.string()), ("text", pa.string()), ("start", pa.int64()), ("end", pa.int64())])
    ),
    Kind.LINKS: pa.list_(
        pa.struct([("type", pa.string()), ("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())])
    ),
}


def schema_of(sheet: Sheet, about: Mapping[str, str] | None = None) -> pa.Schema:
    """The Arrow schema: each field with its meaning and unit as metadata. ``about`` is metadata of the file."""
    return pa.schema([_field(column) for column in sheet.columns], metadata=dict(about or {}))


def _field(column: Column) -> pa.Field:
    told = {"description": column.meaning} | ({"unit": column.unit} if column.unit else {})
    return pa.field(column.name, TYPES[column.kind], nullable=not column.required, metadata=told)


def write_parquet(
    sheet: Sheet, rows: Iterable[Mapping[str, object]], stream: IO[bytes], about: Mapping[str, str] | None = None
) -> None:
    """The rows to ``stream``, which need not be able to go back.

    Raises NumberTooLongError for a figure of more than 28 digits before the point or 10 behind it.
    """
    schema = schema_of(sheet, about)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        waiting: list[pa.RecordBatch] = []
        for columns in batches(sheet, rows):
            waiting.append(record_batch(sheet, schema, columns))
            if sum(batch.num_rows for batch in waiting) >= ROW_GROUP:
                writer.write_table(pa.Table.from_batches(waiting))
                waiting = []
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting))


def record_batch(sheet: Sheet, schema: pa.Schema, columns: Sequence[Sequence[object]]) -> pa.RecordBatch:
    """Columns of values as Arrow arrays. Raises NumberTooLongError."""
    arrays = [_array(column, cells) for column, cells in zip(sheet.columns, columns, strict=True)]
    return pa.record_batch(arrays, schema=schema)


def _array(column: Column, cells: Sequence[object]) -> pa.Array:
    if column.kind is Kind.BOX:
        cells = [None if cell is None else dict(zip(SIDES, _four(cell), strict=True)) for cell in cells]
    try:
        return pa.array(cells, TYPES[column.kind])
    except pa.ArrowInvalid as error:
        if column.kind is not Kind.DECIMAL:
            raise
        longest = max((cell for cell in cells if cell is not None), key=lambda cell: len(str(cell)))
        raise NumberTooLongError(
            f"{column.name} is {longest} in one row: Parquet holds {DIGITS - DECIMALS} digits before the point and "
            f"{DECIMALS} behind it here, and nothing is rounded. Write csv or jsonl, which hold every figure."
        ) from error


def _four(cell: object) -> Sequence[float]:
    assert isinstance(cell, Sequence)
    return cell
