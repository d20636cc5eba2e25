"""Everything that the store holds of contents, some contents at a time: for whoever compares it with itself.

A question for each content and each table costs many times what the answer does.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
import sqlalchemy as sa

from corpus.store.integrity import all_contents
from corpus.store.queries import some_at_once
from corpus.store.rows import COLUMNS
from corpus.store.schema import contents, metadata, stages

AT_ONCE = 200
"""Contents at most; fewer where they are large."""


class _Some:
    """The rows of a few contents that follow each other in the order of the hashes, each table asked for once."""

    def __init__(self, connection: sa.Connection, found: list[str]) -> None:
        self._connection, self.found = connection, found
        self._tables: dict[str, dict[str, list[tuple[Any, ...]]]] = {}

    def among(self, table: sa.Table) -> sa.ColumnElement[bool]:
        return table.c.sha256.between(self.found[0], self.found[-1])

    def rows(self, name: str, sha256: str) -> list[tuple[Any, ...]]:
        if name not in self._tables:
            table = metadata.tables[name]
            query = sa.select(table.c.sha256, *(table.c[column] for column in COLUMNS[name])).where(self.among(table))
            by_content = self._tables[name] = {}
            for key, *row in self._connection.execute(query):
                by_content.setdefault(key, []).append(tuple(row))
        return self._tables[name].get(sha256, [])


class Held(msgspec.Struct):
    """A content: its row of the table contents, and the version that did each stage of it."""

    row: sa.Row[Any]
    versions: dict[str, str]
    some: _Some

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """Its rows in another table, the columns that :data:`corpus.store.rows.COLUMNS` says, in any order."""
        return self.some.rows(table, self.row.sha256)


def all_held(connection: sa.Connection) -> Iterator[Held]:
    """Every content, in the order of the hashes."""
    for found in in_lots(connection):
        some = _Some(connection, found)
        versions: dict[str, dict[str, str]] = {}
        query = sa.select(stages.c.sha256, stages.c.stage, stages.c.version).where(some.among(stages))
        for sha256, stage, version in connection.execute(query):
            versions.setdefault(sha256, {})[stage] = version
        packed = sa.select(contents).where(some.among(contents)).order_by(contents.c.sha256)
        for row in connection.execute(packed):
            yield Held(row, versions.get(row.sha256, {}), some)


def in_lots(connection: sa.Connection) -> Iterator[list[str]]:
    """Every content, in the order of the hashes, as many at a time as may be held."""
    waiting = all_contents(connection)
    while found := list(islice(waiting, AT_ONCE)):
        size = sa.func.length(contents.c.reading) + sa.func.length(contents.c.document)
        query = sa.select(contents.c.sha256, size).where(contents.c.sha256.between(found[0], found[-1]))
        yield from some_at_once(found, {sha256: int(packed) for sha256, packed in connection.execute(query)})
