"""A disk without room, a workspace that may only be read, and a store that is gone: each with its own advice."""

from __future__ import annotations

import errno
import os
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.store.database import open_store, sqlite_url, translated_errors
from corpus.store.lock import holder, workspace_lock
from corpus.workspace import (
    Workspace,
    WorkspaceBusyError,
    WorkspaceDamagedError,
    WorkspaceError,
    WorkspaceFullError,
    is_full,
)
from pipeline.cli.app import explain
from pipeline.cli.exits import ExitCode

AKT = Path(sys.executable).with_name("akt")
NOTE = "Notat om legepladser\n\nUdvalget bevilger 2 mio. kr. til legepladser i 2025.\n"


def run(*arguments: str | Path) -> tuple[int, str, str]:
    done = subprocess.run([str(AKT), *map(str, arguments)], capture_output=True, check=False, text=True)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with one document."""
    (tmp_path / "sager").mkdir()
    (tmp_path / "sager" / "a.txt").write_text(NOTE)
    assert run("--workspace", tmp_path / "rum", "ingest", tmp_path / "sager")[0] == ExitCode.DONE
    return Workspace(tmp_path / "rum")


@pytest.mark.parametrize(
    ("said", "kind", "code", "advice"),
    [
        ("database or disk is full", WorkspaceFullError, ExitCode.ERROR, "nothing that was stored is lost"),
        ("attempt to write a readonly database", WorkspaceError, ExitCode.ERROR, "cannot be written"),
        ("unable to open database file", WorkspaceError, ExitCode.ERROR, "check that you may read"),
        ("database is locked", WorkspaceBusyError, ExitCode.BUSY, "wait until it is done"),
        ("disk I/O error", WorkspaceDamagedError, ExitCode.DAMAGED, "check the disk"),
        ("database disk image is malformed", WorkspaceDamagedError, ExitCode.DAMAGED, "put back a copy"),
        ("file is not a database", WorkspaceDamagedError, ExitCode.DAMAGED, "put back a copy"),
    ],
)
def test_each_fault_of_the_database_has_its_advice(
    tmp_path: Path, said: str, kind: type[WorkspaceError], code: ExitCode, advice: str
) -> None:
    with pytest.raises(WorkspaceError, match=advice) as told, translated_errors(sqlite_url(tmp_path / "akt.sqlite")):
        raise sa.exc.OperationalError("INSERT", {}, sqlite3.OperationalError(said))

    assert type(told.value) is kind
    assert explain(told.value)[1] == code
    assert ("put back a copy" in str(told.value)) == (code == ExitCode.DAMAGED)


def outgrow(url: str) -> None:
    """Write more than SQLite is allowed to."""
    with open_store(url) as engine, engine.begin() as connection:
        pages = connection.execute(sa.text("PRAGMA page_count")).scalar_one()
        connection.execute(sa.text(f"PRAGMA max_page_count={pages}"))
        connection.execute(sa.text("INSERT INTO meta VALUES ('after', :big)"), {"big": "x" * 100_000})


def test_a_store_that_outgrows_its_room_says_so_and_stays_whole(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "akt.sqlite")
    with open_store(url) as engine, engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO meta VALUES ('before', 'kept')"))

    with pytest.raises(WorkspaceFullError, match="make room"):
        outgrow(url)

    with open_store(url) as engine, engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT key FROM meta ORDER BY key")).scalars().all()
        assert kept == ["before", "schema", "views"]


def test_a_full_disk_is_told_from_what_it_caused(tmp_path: Path) -> None:
    caused = ValueError("the index could not be written")
    caused.__cause__ = OSError(errno.ENOSPC, "No space left on device")

    assert is_full(caused, tmp_path)
    assert is_full(ValueError("Failed to open file for write: No space left on device (os error 28)"), tmp_path)
    assert not is_full(ValueError("No such file"), tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on file size")
def test_a_limit_on_file_size_is_no_damage(workspace: Workspace, tmp_path: Path) -> None:
    words = " ".join(f"legeplads{number}" for number in range(60_000))
    (tmp_path / "sager" / "b.txt").write_text(f"{NOTE}\n{words}\n")
    command = [AKT, "--workspace", workspace.root, "ingest", "--workers", "0", tmp_path / "sager"]
    limited = f"ulimit -f 700; exec {shlex.join(map(str, command))}"
    done = subprocess.run(["bash", "-c", limited], capture_output=True, check=False, text=True)

    assert (done.returncode, "(716800 bytes; `ulimit -f`): raise it" in done.stderr) == (ExitCode.ERROR, True)
    assert "put back a copy" not in done.stderr
    assert run("--workspace", workspace.root, "ingest", tmp_path / "sager")[0] == ExitCode.DONE
    assert "b.txt" in run("--workspace", workspace.root, "search", "legeplads59999")[1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on file size")
def test_a_fault_of_the_disk_is_one_below_a_limit_on_file_size_too(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = sqlite3.OperationalError("disk I/O error")
    size = workspace.store_file.stat().st_size
    for limit, full in ((size * 1000, False), (size, True)):
        monkeypatch.setattr("resource.getrlimit", lambda which, soft=limit: (soft, soft))
        assert is_full(fault, workspace.root) is full


@pytest.mark.parametrize("name", ["rum", "rum med % og æ?#"])
def test_a_workspace_that_may_only_be_read_is_read(
    tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    root = workspace.root.rename(tmp_path / name)
    url = sqlite_url(root / "akt.sqlite")
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)  # root may write wherever it likes
    before = sorted(path.name for path in root.iterdir())

    with open_store(url) as engine, engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM contents")).scalar_one() == 1
    with (
        pytest.raises(WorkspaceError, match="cannot be written") as told,
        open_store(url) as engine,
        engine.begin() as connection,
    ):
        connection.execute(sa.text("INSERT INTO meta VALUES ('a', 'b')"))

    assert explain(told.value)[1] == ExitCode.ERROR
    assert sorted(path.name for path in root.iterdir()) == before


@pytest.mark.parametrize(
    ("how", "asked"),
    [
        ("emptied, its log is left", ["ingest", "{}"]),
        ("emptied", ["ingest", "--dry-run", "{}"]),
        ("removed", ["ingest", "--dry-run", "{}"]),
        ("emptied", ["ingest", "{}", "{}/ukendt"]),
    ],
)
def test_an_index_without_its_store_is_damage(workspace: Workspace, tmp_path: Path, how: str, asked: list[str]) -> None:
    log = workspace.store_file.with_name("akt.sqlite-wal")
    if how == "removed":
        workspace.store_file.unlink()
    else:
        workspace.store_file.write_bytes(b"")
        log.write_bytes(b"\0" * 8192 if "log" in how else b"")

    for arguments in (asked, ["verify"]):
        words = [word.format(tmp_path / "sager") for word in arguments]
        code, _, told = run("--workspace", workspace.root, *words)

        assert code == ExitCode.DAMAGED
        assert "empty or missing though there is an index" in told
        assert "put back a copy" in told
    assert not workspace.holds_something()


@pytest.mark.parametrize(("name", "code"), [("lock", ExitCode.ERROR), ("index", ExitCode.DAMAGED)])
def test_a_thing_of_the_wrong_kind_is_named(workspace: Workspace, tmp_path: Path, name: str, code: ExitCode) -> None:
    thing = workspace.root / name
    thing.rename(tmp_path / "andet")
    if name == "lock":
        thing.mkdir()
    else:
        thing.write_text("")

    got, _, told = run("--workspace", workspace.root, "ingest", tmp_path / "sager")

    assert (got, str(thing) in told, "remove it" in told) == (code, True, True)


def test_who_holds_the_lock_can_be_asked(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    assert holder(lock) is None
    with workspace_lock(lock):
        assert f"process {os.getpid()}" in (holder(lock) or "")
    assert holder(lock) is None
