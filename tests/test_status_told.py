"""`akt status` after what went wrong, in words that say what to do."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from nightly import akt, ingested, notes

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "rum")
    assert ingested(made, notes(tmp_path / "sager", 1)) == ExitCode.DONE
    return made


def test_what_was_being_indexed_when_a_run_ended_waits_and_is_of_no_old_index(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(workspace.store_file)) as db, db:
        db.execute("update stages set version = 'pending', status = 'pending' where stage = 'index'")
    capfd.readouterr()

    assert akt(workspace, "status") == ExitCode.DONE

    told = capfd.readouterr().out
    assert "old index" not in told
    assert "1 document waits (run `akt reindex`)" in told


@pytest.mark.parametrize(
    ("damage", "code"),
    [("its files", ExitCode.DAMAGED), ("its manifest", ExitCode.DAMAGED), ("all of it", ExitCode.ERROR)],
)
def test_one_command_makes_a_bad_index_again(
    workspace: Workspace, capfd: pytest.CaptureFixture[str], damage: str, code: ExitCode
) -> None:
    if damage == "all of it":
        shutil.rmtree(workspace.index_dir)
    elif damage == "its manifest":
        (workspace.index_dir / "manifest.json").write_text("{")
    else:
        for path in workspace.index_dir.glob("*/*"):
            path.write_bytes(b"")
    capfd.readouterr()

    assert akt(workspace, "search", "legepladser") == code
    assert "`akt reindex`" in capfd.readouterr().err
    assert akt(workspace, "reindex") == ExitCode.DONE
    assert akt(workspace, "search", "legepladser") == ExitCode.DONE
