"""The workspace as a whole: who may read it, who writes to it, and what is said when it cannot be used."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.store.database import open_store, sqlite_url
from corpus.store.lock import workspace_lock
from corpus.workspace import (
    Workspace,
    WorkspaceBusyError,
    WorkspaceDamagedError,
    WorkspaceError,
    WorkspaceMissingError,
    default_root,
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_workspace_is_for_its_owner_only(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "ny" / "sag").open(create=True)
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.begin():
        pass

    assert mode(workspace.root) == 0o700
    assert mode(workspace.store_file) == 0o600
    assert mode(workspace.index_dir) == 0o700


def test_a_missing_workspace_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceMissingError, match="akt ingest PATH"):
        Workspace(tmp_path / "ingen").open(create=False)

    assert not (tmp_path / "ingen").exists()


def test_a_folder_of_other_things_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "billede.png").write_bytes(b"x")
    before = mode(tmp_path)

    with pytest.raises(WorkspaceError, match="not empty"):
        Workspace(tmp_path).open(create=True)

    assert mode(tmp_path) == before


def test_the_place_can_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AKT_WORKSPACE", str(tmp_path))

    assert default_root() == tmp_path


def test_a_second_writer_is_told_who_holds_the_workspace(tmp_path: Path) -> None:
    code = f"""
import sys, pathlib
from corpus.store.lock import workspace_lock
with workspace_lock(pathlib.Path({str(tmp_path / "lock")!r})):
    print("held", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with (
            pytest.raises(WorkspaceBusyError, match=f"process {other.pid} on .* since 20"),
            workspace_lock(tmp_path / "lock"),
        ):
            pass
        other.kill()
    with workspace_lock(tmp_path / "lock"):
        assert str(os.getpid()) in (tmp_path / "lock").read_text()


def test_a_file_that_is_no_database_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "akt.sqlite"
    path.write_bytes(b"this is not a database, but long enough to be asked about" * 50)

    with pytest.raises(WorkspaceDamagedError, match=r"akt\.sqlite"), open_store(sqlite_url(path)):
        pass


def test_a_store_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "akt.sqlite"
    with open_store(sqlite_url(path)):
        pass
    database = sqlite3.connect(path)
    with database:
        database.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    database.close()

    with pytest.raises(WorkspaceError, match="format 99"), open_store(sqlite_url(path)):
        pass


def test_foreign_keys_hold(tmp_path: Path) -> None:
    import sqlalchemy as sa

    from corpus.store.places import put_file
    from corpus.store.writer import add_root, begin_run

    with open_store(sqlite_url(tmp_path / "akt.sqlite")) as engine, engine.connect() as connection:
        begin_run(connection)
        root = add_root(connection, "/r", whole=True)
        with pytest.raises(sa.exc.IntegrityError):
            put_file(connection, root=root, path="a", sha256="0" * 64, mtime_ns=1, size=1, run=1)
