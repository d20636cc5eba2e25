"""The tables of the store as Parquet, row for row, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from corpus.store.entries import Stage
from corpus.store.schema import metadata, stages

AT_ONCE = 200  # rows: some hold a whole document
ROW_GROUP_BYTES = 32_000_000


def store_tables() -> list[sa.Table]:
    """In an order in which each comes after those that it refers to."""
    return list(metadata.sorted_tables)


def write_table(connection: sa.Connection, table: sa.Table, path: Path) -> int:
    """All rows of a table, by their keys, but what says how the index was made: it is built anew. Returns how many."""
    schema = pa.schema([pa.field(column.name, _type(column)) for column in table.columns])
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(connection, table, schema):
            writer.write_table(batch)
            rows += batch.num_rows
    return rows


def read_table(connection: sa.Connection, table: sa.Table, path: Path) -> int:
    """Put the rows of a file into an empty table. Returns how many.

    Raises ValueError where the file has other columns than the table.
    """
    rows = 0
    with pq.ParquetFile(path) as file:
        names = file.schema_arrow.names
        if set(names) != {column.name for column in table.columns}:
            raise ValueError(f"{path.name} has other columns than this Akt keeps")
        for batch in file.iter_batches(batch_size=AT_ONCE):
            connection.execute(table.insert(), batch.to_pylist())
            rows += batch.num_rows
    return rows


def _type(column: sa.Column[Any]) -> pa.DataType:
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return pa.bool_()
    if isinstance(kind, sa.Integer):
        return pa.int64()
    return pa.large_binary() if isinstance(kind, sa.LargeBinary) else pa.large_string()


def _batches(connection: sa.Connection, table: sa.Table, schema: pa.Schema) -> Iterator[pa.Table]:
    """Some rows at a time, as many as fill a row group: the size of what they hold differs a thousandfold."""
    keys = list(table.primary_key.columns) or list(table.columns)
    wanted = sa.select(table).order_by(*keys)
    if table is stages:
        wanted = wanted.where(stages.c.stage != Stage.INDEX)
    found = connection.execution_options(yield_per=AT_ONCE).execute(wanted)
    waiting: list[pa.RecordBatch] = []
    for rows in found.partitions(AT_ONCE):
        waiting.append(_batch(rows, schema))
        if sum(batch.nbytes for batch in waiting) >= ROW_GROUP_BYTES:
            yield pa.Table.from_batches(waiting)
            waiting = []
    yield pa.Table.from_batches(waiting, schema)


def _batch(rows: Sequence[sa.Row[Any]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    return pa.record_batch([pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)], schema)
