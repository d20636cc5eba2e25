"""What a search says of documents that a run has read and the index does not have yet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from runs import NOTE

from corpus.store.lock import workspace_lock
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

KILLED = """
import os, sys
from pathlib import Path
from pipeline.ingest import keeping, run
keeping.Keeper.finish = lambda *_, **__: os._exit(9)
from corpus.workspace import Workspace
run.ingest(Workspace(Path(sys.argv[1])), [Path(sys.argv[2])])
"""
WAIT = "2 documents wait for the index and cannot be found yet:"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """One note is in the index; two more were read by a run that was killed before they came there."""
    sager = tmp_path / "sager"
    sager.mkdir()
    (sager / "a.txt").write_text(NOTE)
    assert run(["--workspace", str(tmp_path / "rum"), "ingest", str(sager)]) == ExitCode.DONE
    for name in ("b", "c"):
        (sager / f"{name}.txt").write_text(NOTE.replace("legepladser", f"cykelstier {name}"))
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "rum"), str(sager)], check=False)
    assert killed.returncode == 9
    return tmp_path / "rum"


def _told(workspace: Path, capfd: pytest.CaptureFixture[str], *command: str) -> tuple[int, str]:
    capfd.readouterr()
    return run(["--workspace", str(workspace), *command]), capfd.readouterr().err


def test_searches_say_what_waits_until_it_is_indexed(
    workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.txt").write_text("cykelstier\n")
    assert _told(workspace, capfd, "saved", "add", "stier", "cykelstier")[0] == ExitCode.DONE
    searches = (
        ["search", "cykelstier"],
        ["search", "cykelstier", "--count"],
        ["batch-search", str(tmp_path / "q.txt")],
        ["saved", "run", "--keep"],
    )
    for command in searches:
        code, told = _told(workspace, capfd, *command)
        assert (code, told.count(WAIT)) == (ExitCode.NOTHING_FOUND, 1), command
        assert "`akt ingest` brings it up to date" in told
    assert _told(workspace, capfd, "ingest", str(tmp_path / "sager"))[0] == ExitCode.DONE
    for command in searches:
        code, told = _told(workspace, capfd, *command)
        assert (code, "wait" in told) == (ExitCode.DONE, False), command


def test_reindex_takes_in_what_waits(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert WAIT in _told(workspace, capfd, "search", "cykelstier")[1]
    assert _told(workspace, capfd, "reindex")[0] == ExitCode.DONE
    code, told = _told(workspace, capfd, "search", "cykelstier")
    assert (code, "wait" in told) == (ExitCode.DONE, False)


def test_while_a_run_goes_on_nobody_is_sent_to_begin_one(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with workspace_lock(workspace / "lock"):
        told = _told(workspace, capfd, "search", "cykelstier")[1]
    assert f"{WAIT} the run that goes on takes them in." in told


def test_it_loads_no_store_and_leaves_no_log_beside_one(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for left in ("akt.sqlite-wal", "akt.sqlite-shm"):  # the killed run has left them; a status takes them in
        assert _told(workspace, capfd, "status")[0] == ExitCode.DONE
        assert not (workspace / left).exists()
    program = f"""
import sys
from pipeline.cli.app import run
run(["--workspace", {str(workspace)!r}, "search", "cykelstier"])
sys.exit("sqlalchemy" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert WAIT in done.stderr
    assert not list(workspace.glob("akt.sqlite-*"))


def test_hits_of_what_is_gone_or_changed_since_are_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sager, room = tmp_path / "sager", tmp_path / "rum"
    sager.mkdir()
    for name in ("slettet", "rettet", "flyttet", "urørt"):
        (sager / f"{name}.txt").write_text(NOTE.replace("legepladser", f"cykelstier ved {name}"))
    assert run(["--workspace", str(room), "ingest", str(sager)]) == ExitCode.DONE
    assert _told(room, capfd, "saved", "add", "stier", "cykelstier")[0] == ExitCode.DONE
    (sager / "slettet.txt").unlink()
    (sager / "rettet.txt").write_text(NOTE.replace("legepladser", "skøjtebaner"))
    (sager / "flyttet.txt").rename(sager / "andetsteds.txt")
    assert subprocess.run([sys.executable, "-c", KILLED, str(room), str(sager)], check=False).returncode == 9

    for command in (["search", "cykelstier"], ["saved", "run", "--keep"]):
        code, told = _told(room, capfd, *command)
        assert code == ExitCode.DONE
        assert "2 documents were deleted or have changed, and may still be found as before: `akt ingest`" in told
        old = [line for line in told.splitlines() if line.startswith("Out of date: ")]
        assert {line.split("(")[1].split(".")[0] for line in old} == {"slettet", "rettet", "flyttet"}
    told = _told(room, capfd, "search", "cykelstier", "--count")[1]
    assert "2 documents were deleted or have changed" in told

    assert _told(room, capfd, "ingest", str(sager))[0] == ExitCode.DONE
    assert "since" not in _told(room, capfd, "search", "cykelstier")[1]
