"""`akt verify` compares every row that the store keeps of a document with what the document says."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.store import held
from corpus.store.rows import COLUMNS
from corpus.store.schema import metadata
from corpus.workspace import Workspace
from pipeline.ingest.run import ingest
from pipeline.ingest.verify import verify

SAMPLES = ("forslag-fjordby-KFU04-sumfejl.pdf", "mail-hoering-svar.eml", "mail-indlejret-svar.txt", "mail-udskrift.pdf")
BARE = {"table_value_owners"}
"""Tables of which these papers have no rows."""


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with rows in nearly every table."""
    root = tmp_path_factory.mktemp("varied")
    (root / "sager").mkdir()
    for name in SAMPLES:
        shutil.copy(Path("corpus/samples") / name, root / "sager")
    workspace = Workspace(root / "rum")
    ingest(workspace, [root / "sager"])
    return workspace


def differing(workspace: Workspace, statements: list[str]) -> set[str]:
    """The tables that are told to differ after these statements, which are undone."""
    kept = workspace.store_file.with_name("kept")
    shutil.copy(workspace.store_file, kept)
    with closing(sqlite3.connect(workspace.store_file)) as db, db:
        for statement in statements:
            assert db.execute(statement).rowcount == 1
        db.commit()
        db.execute("pragma wal_checkpoint(truncate)")
    faults = verify(workspace).damaged
    os.replace(kept, workspace.store_file)
    for ending in ("-wal", "-shm"):
        Path(f"{workspace.store_file}{ending}").unlink(missing_ok=True)
    assert all(fault.code == "rows-differ" for fault in faults)
    return {fault.message.split(" in the table ")[1].split()[0] for fault in faults}


def changed(table: str, column: str) -> str:
    """Another value in one row."""
    kind = metadata.tables[table].c[column].type
    other = f'1 - "{column}"' if isinstance(kind, sa.Boolean) else f"coalesce(\"{column}\", '') || '77777'"
    return f'update {table} set "{column}" = {other} where rowid = (select min(rowid) from {table})'


def test_every_column_of_every_table_is_compared(varied: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "AT_ONCE", 3)
    tables = COLUMNS.keys() - BARE
    assert differing(varied, []) == set()
    taken_out = [f"delete from {table} where rowid = (select max(rowid) from {table})" for table in tables]
    assert differing(varied, taken_out) == tables
    too_many = "insert into table_value_owners select min(sha256), 700, 'x', null from contents"
    assert differing(varied, [too_many]) == BARE
    for at in range(max(map(len, COLUMNS.values()))):
        wanted = {table: COLUMNS[table][at] for table in tables if at < len(COLUMNS[table])}
        assert differing(varied, [changed(table, column) for table, column in wanted.items()]) == wanted.keys()
