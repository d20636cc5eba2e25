"""Copying what can be read of a damaged SQLite store into a new one, row by row around the pages that are broken.

SQLite's own recovery (`.recover`) is a command of its shell only. Here a table is read from its beginning to the first
page that is broken; behind that, each row is looked up by its number, of which an index of the table has them all. Of a
row that is lost, what the indexes hold of it is kept where that is enough: which folders and files there were.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import msgspec
import sqlalchemy as sa

from corpus.store.database import now, open_store, sqlite_url
from corpus.store.places import MENDED
from corpus.store.rows import batched
from corpus.store.schema import (
    contents,
    file_stamps,
    members,
    meta,
    metadata,
    occurrences,
    parts,
    roots,
    told_failures,
    untold_files,
)

BROKEN = (sqlite3.DatabaseError, UnicodeDecodeError, OverflowError)
FARTHEST = 5_000
"""So many numbers behind the last row that can be read are tried where no index has the numbers of the others."""
AT_ONCE = 500

Row = tuple[object, ...]


class Salvage(msgspec.Struct, kw_only=True):
    """What came over: the rows that were ``read`` of each table, those that were ``mended``, for some of their columns
    could be read, and those that were ``lost``. Of the tables ``unsure`` others may be lost that no index counts."""

    read: dict[str, int] = {}
    mended: dict[str, int] = {}
    lost: dict[str, int] = {}
    unsure: list[str] = []


def salvage(damaged: Path, target: Path) -> Salvage:
    """Make a new store of what can be read of a damaged one, which is not changed.

    Raises sqlite3.DatabaseError where nothing of its list of tables can be read.
    """
    with _as_long_as_it_was(damaged, target) as whole:
        return _salvaged(whole, target)


@contextmanager
def _as_long_as_it_was(damaged: Path, target: Path) -> Iterator[Path]:
    """The store itself; or a copy of it beside ``target`` with noughts behind it, where its last pages are cut off:
    SQLite reads nothing of a file that is shorter than its head says.
    """
    wanted = _length_said(damaged)
    if wanted <= damaged.stat().st_size:
        yield damaged
        return
    copy = target.with_name(f"{target.name}.padded")
    try:
        shutil.copyfile(damaged, copy)
        os.truncate(copy, wanted)
        log = Path(f"{damaged}-wal")
        if log.exists():
            shutil.copyfile(log, f"{copy}-wal")
        yield copy
    finally:
        for ending in ("", "-wal", "-shm"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)


def _length_said(damaged: Path) -> int:
    """The bytes that the file must have by its head (SQLite, "Database File Format", 1.3); 0 where that is none."""
    with damaged.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0") or head[24:28] != head[92:96]:
        return 0
    size = int.from_bytes(head[16:18], "big")
    return int.from_bytes(head[28:32], "big") * (65_536 if size == 1 else size)


def _salvaged(damaged: Path, target: Path) -> Salvage:
    found = Salvage()
    with open_store(sqlite_url(target)) as engine:  # makes the tables
        engine.dispose()
    with closing(sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True)) as old:
        old.execute("pragma cell_size_check = on")
        there, is_whole = _tables(old)
        with closing(sqlite3.connect(target)) as new:
            new.execute("pragma foreign_keys = off")
            new.execute("pragma synchronous = off")  # it is sent to the disk as a whole before it is used
            for table in metadata.sorted_tables:
                if table.name in there:
                    _copy(old, new, table, found)
                elif not is_whole:
                    found.unsure.append(table.name)
            _name_contents(new)
            new.commit()
            new.execute("pragma wal_checkpoint(truncate)")
            new.execute("pragma journal_mode = delete")
    return found


def _tables(old: sqlite3.Connection) -> tuple[set[str], bool]:
    """The tables as far as the list of them can be read, and whether that is to its end. Raises sqlite3.DatabaseError
    where nothing of it can.
    """
    old.execute("pragma writable_schema = on")  # nothing is written: SQLite goes by a list that is read in part then
    there: set[str] = set()
    try:
        for (name,) in old.execute("select name from sqlite_master where type = 'table'"):
            there.add(str(name))
    except BROKEN:
        if not there:
            raise
        return there, False
    return there, True


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: sa.Table, found: Salvage) -> None:
    reader = _Reader(old, table)
    if not reader.names:
        found.unsure.append(table.name)
        return
    columns = ", ".join(f'"{name}"' for name in reader.names)
    marks = ", ".join("?" for _ in reader.names)
    put = f'insert or ignore into "{table.name}" ({columns}) values ({marks})'
    before, offered = new.total_changes, 0
    for some in batched(reader.rows()):
        new.executemany(put, some)
        offered += len(some)
    read = found.read[table.name] = new.total_changes - before
    refused = 0 if table is meta else offered - read  # a page of another table in this one; one row of meta is there
    in_part = reader.in_part()
    mended = _put_mended(new, table, in_part.values())
    lost = len(in_part) - mended + refused
    found.mended |= {table.name: mended} if mended else {}
    found.lost |= {table.name: lost} if lost else {}
    found.unsure += [table.name] * reader.is_unsure


def _name_contents(new: sqlite3.Connection) -> None:
    """A row, with nothing in it, for each content that other rows tell of: it can be made again, or is told as lost.
    Nothing is said of places that are lost: their numbers may be given to others.
    """
    columns = ", ".join(f'"{name}"' for name in ("sha256", *_USUAL[contents.name]))
    marks = ", ".join("?" for _ in _USUAL[contents.name])
    for table, column in ((parts, "sha256"), (occurrences, "sha256"), (members, "parent"), (members, "sha256")):
        told = f'select distinct "{column}", {marks} from "{table.name}" where "{column}" is not null'
        new.execute(f"insert or ignore into contents ({columns}) {told}", list(_USUAL[contents.name].values()))
    for table, column in ((file_stamps, "file"), (untold_files, "file"), (told_failures, "place")):
        new.execute(f'delete from "{table.name}" where "{column}" not in (select id from occurrences)')


_USUAL: Mapping[str, Mapping[str, object]] = {
    roots.name: {"whole": True},
    occurrences.name: {"seen_run": MENDED, "deleted": False, "tries": 1, "at": now()},
    contents.name: {"size": 0, "media_type": "", "kind": "other", "reading": b"", "document": b""},
}
"""What is set for what cannot be read. A file without size and time is looked into by the next run; a content without
its reading or document is broken, and made again by a repair."""


def _put_mended(new: sqlite3.Connection, table: sa.Table, rows: Iterable[Mapping[str, object]]) -> int:
    before = new.total_changes
    for found in rows:
        row = {**_USUAL.get(table.name, {}), **found}
        names = [name for name in row if name in table.c]
        columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" for _ in names)
        put = f'insert or ignore into "{table.name}" ({columns}) values ({marks})'
        with suppress(sqlite3.IntegrityError):  # an index that does not hold enough of it
            new.execute(put, [row[name] for name in names])
    return new.total_changes - before


class _Reader:
    """The rows of one table. ``names``: its columns, none where they cannot be told. When all were asked for:
    ``is_unsure``, whether there may be others that no index counts."""

    def __init__(self, database: sqlite3.Connection, table: sa.Table) -> None:
        self._db, self._table = database, table.name
        self.names: list[str] = []
        self.is_unsure = False
        self._broken: list[int] = []
        with suppress(*BROKEN):
            there = {str(row[1]) for row in database.execute(f'pragma table_info("{table.name}")')}
            self.names = [name for name in table.c.keys() if name in there]  # noqa: SIM118 - of columns
        columns = ", ".join(f'"{name}"' for name in self.names)
        self._select = f'select rowid, {columns} from "{table.name}" not indexed'

    def rows(self) -> Iterator[Row]:
        """All that can be read."""
        last = 0
        try:
            for row in self._db.execute(f"{self._select} order by rowid"):
                last = row[0]
                yield row[1:]
        except BROKEN:
            pass
        else:
            return
        numbers = self._numbers()
        if numbers is not None:
            wanted = sorted(number for number in numbers if number > last)
            yield from self._each(wanted)
            return
        self.is_unsure = True
        behind = yield from self._from_the_end(last)
        yield from self._each(range(last + 1, min(behind, last + FARTHEST)))

    def _from_the_end(self, last: int) -> Generator[Row, None, int]:
        """The rows behind ``last``, from the end to the first that cannot be read. Returns the number of the last one
        that could."""
        at = last + FARTHEST
        with suppress(*BROKEN):
            for row in self._db.execute(f"{self._select} where rowid > ? order by rowid desc", (last,)):
                at = row[0]
                yield row[1:]
        return at

    def _each(self, numbers: Sequence[int]) -> Iterator[Row]:
        for first in range(0, len(numbers), AT_ONCE):
            yield from self._between(numbers[first : first + AT_ONCE])

    def _between(self, numbers: Sequence[int]) -> Iterator[Row]:
        """The rows from the first to the last of these numbers; where one cannot be read, each half by itself."""
        try:
            rows = self._db.execute(f"{self._select} where rowid between ? and ?", (numbers[0], numbers[-1])).fetchall()
        except BROKEN:
            if len(numbers) == 1:
                self._broken.append(numbers[0])
                return
            half = len(numbers) // 2
            yield from self._between(numbers[:half])
            yield from self._between(numbers[half:])
            return
        yield from (row[1:] for row in rows)

    def _numbers(self) -> set[int] | None:
        """The numbers of all rows, by the first index that can be read to its end."""
        for index, _ in self._indexes():
            with suppress(*BROKEN):
                query = f'select rowid from "{self._table}" indexed by "{index}" order by {self._first(index)}'
                return {int(number) for (number,) in self._db.execute(query)}
        return None

    def _first(self, index: str) -> str:
        return f'"{self._columns(index)[0]}"'

    def _indexes(self) -> list[tuple[str, list[str]]]:
        with suppress(*BROKEN):
            named = [str(row[1]) for row in self._db.execute(f'pragma index_list("{self._table}")')]
            return [(name, self._columns(name)) for name in named]
        return []

    def _columns(self, index: str) -> list[str]:
        return [str(row[2]) for row in self._db.execute(f'pragma index_info("{index}")')]

    def in_part(self) -> dict[int, dict[str, object]]:
        """Of the rows that cannot be read as a whole, by their numbers, the columns that can be, and what the indexes
        hold of them; nothing of numbers that there may never have been."""
        found: dict[int, dict[str, object]] = {} if self.is_unsure else {number: {} for number in self._broken}
        lost = set(self._broken)
        for index, columns in self._indexes():
            asked = ", ".join(f'"{name}"' for name in columns)
            query = f'select rowid, {asked} from "{self._table}" indexed by "{index}" order by "{columns[0]}"'
            with suppress(*BROKEN):
                for number, *values in self._db.execute(query):
                    if number in lost:
                        found.setdefault(number, {}).update(zip(columns, values, strict=True))
        for number in () if self.is_unsure else self._broken:
            row = {name: value for name in self.names for value in self._value(number, name)}
            if row:
                found.setdefault(number, {}).update(row)
        if "id" in self.names:
            for number, row in found.items():
                row["id"] = number
        return found

    def _value(self, number: int, name: str) -> list[object]:
        with suppress(*BROKEN):
            row = self._db.execute(
                f'select "{name}" from "{self._table}" not indexed where rowid = ?', (number,)
            ).fetchone()
            return [] if row is None else [row[0]]
        return []
