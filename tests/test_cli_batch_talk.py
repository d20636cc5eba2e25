"""What a nightly `akt ingest` says: quiet or not, a log for machines, a line a minute, what is kept of runs."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa
from nightly import akt, ingested, notes

from corpus.store.lock import workspace_lock
from corpus.store.places import put_new_files
from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.logs import speaking
from pipeline.cli.progress import Lines
from pipeline.ingest import filing
from pipeline.ingest.status import status


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return notes(tmp_path / "sager", 4)


# --- how it speaks ----------------------------------------------------------------------------------------------


def test_quiet_says_errors_only_and_the_report_says_all(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "tom.txt").write_bytes(b"")
    (folder / "010190-1234.txt").write_bytes(b"")
    kept = tmp_path / "kørsel.json"

    assert ingested(workspace, folder, "--quiet", "--report", str(kept)) == ExitCode.SOME_FAILED

    told = capfd.readouterr()
    assert (told.out, told.err) == ("", "")
    report = json.loads(kept.read_text())
    assert (report["status"], report["exit_code"], report["seen"], report["new"]) == ("done", 3, 6, 6)
    assert report["codes"] == {"empty-file": 2}
    assert report["coverage"]["unclaimed_numbers"] == 0
    assert report["started"] <= report["finished"]
    assert "1234" not in kept.read_text()
    folder.rename(folder.with_name("andetsteds"))
    assert ingested(workspace, folder, "-q") == ExitCode.ERROR
    assert "is it mounted?" in capfd.readouterr().err


def test_a_log_for_machines_is_one_object_on_a_line(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "010190-1234\x1b[31m\u202e.txt").write_bytes(b"")

    report = tmp_path / "r.json"
    assert ingested(workspace, folder, "--log-format", "json", "--report", str(report)) == ExitCode.SOME_FAILED

    told = capfd.readouterr().err
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "1234" not in told
    events = [json.loads(line) for line in told.splitlines()]
    assert all({"time", "level", "event", "message"} <= set(event) for event in events)
    assert events[0]["event"] == "run-started"
    (failed,) = [event for event in events if event["event"] == "failed"]
    assert (failed["level"], failed["code"]) == ("warning", "empty-file")
    (same,) = json.loads(report.read_text())["failures"]
    assert [failed[name] for name in ("path", "root", "tries")] == [same[name] for name in ("path", "root", "tries")]
    ended = events[-1]
    assert (ended["event"], ended["exit_code"], ended["figures"]["new"]) == ("run-ended", 3, 5)


def test_what_ends_a_run_is_an_event_and_a_run_that_never_began_has_no_report(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ingested(workspace, folder)
    capfd.readouterr()
    with workspace_lock(workspace.lock_file):
        code = ingested(workspace, folder, "--log-format", "json", "--report", str(tmp_path / "r.json"))

    assert code == ExitCode.BUSY
    (*_, ended) = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert (ended["event"], ended["level"], ended["exit_code"]) == ("broken", "error", 5)
    assert "is being written to by" in ended["message"]
    assert not (tmp_path / "r.json").exists()


def test_a_run_that_an_error_ends_counts_what_is_stored(
    folder: Path, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "AT_ONCE", 2)
    written = put_new_files

    def full(connection: sa.Connection, found: Sequence[object], *more: object) -> None:
        written(connection, found, *more)  # type: ignore[arg-type]
        if status(workspace).documents:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(filing, "put_new_files", full)
    code = ingested(workspace, folder, "--workers", "0", "--report", str(tmp_path / "r.json"))

    report = json.loads((tmp_path / "r.json").read_text())
    stored, run = status(workspace), status(workspace).last_run
    assert (report["status"], report["exit_code"], code) == ("broken", ExitCode.ERROR, ExitCode.ERROR)
    assert "make room" in report["error"]
    assert 0 < stored.documents == report["documents"] == report["new"] < report["seen"]
    assert report["not_reached"] == report["seen"] - report["new"]
    assert run is not None
    assert run.figures is not None
    assert (run.figures["new"], run.figures["documents"]) == (stored.documents, stored.documents)
    assert (stored.files.stale, stored.files.waiting) == (0, stored.documents)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds, to be set."""
    now = [0.0]
    monkeypatch.setattr("pipeline.cli.progress.time.monotonic", lambda: now[0])
    return now


def test_a_line_a_minute_where_nobody_watches(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with speaking() as log:
        tell = Lines(log)
        for second in range(0, 200, 10):
            clock[0] = float(second)
            tell("reading", second, 1000, "sager/a.txt")

    said = capsys.readouterr().err.splitlines()
    assert said == [
        "reading: 60 of 1000, 1.0/s, 16 min left (sager/a.txt)",
        "reading: 120 of 1000, 1.0/s, 15 min left (sager/a.txt)",
        "reading: 180 of 1000, 1.0/s, 14 min left (sager/a.txt)",
    ]


# --- what is kept of runs ---------------------------------------------------------------------------------------


def test_status_tells_of_runs_stages_and_what_is_left_out(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "tal.txt").write_text("Se 1234 og 5678 samt 91011.\n")
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "karen@fjordby.example", "Bilag"
    mail.set_content("Hermed bilaget.\n")
    mail.add_attachment(b"\0\1\2\3" * 40, maintype="application", subtype="octet-stream", filename="bilag.bin")
    (folder / "brev.eml").write_bytes(mail.as_bytes())
    ingested(workspace, folder)
    ingested(workspace, folder)
    capfd.readouterr()

    assert akt(workspace, "status", "--runs", "5", "--format", "json") == ExitCode.DONE

    state = json.loads(capfd.readouterr().out)
    assert [run["figures"]["new"] for run in state["runs"]] == [0, 6]
    assert state["last_run"]["figures"]["unchanged"] == 6
    assert state["kinds"] == {"other": 6, "email": 1}
    assert {stage: sum(each["documents"] for each in made) for stage, made in state["stages"].items()} == {
        "read": 7, "extract": 7, "index": 7,
    }  # fmt: skip
    assert not any(each["stale"] for made in state["stages"].values() for each in made)
    assert (state["running"], state["index"]["rebuilding"], state["index"]["engine"]) == (None, False, "tantivy")
    assert state["index"]["bytes"] == sum(
        path.stat().st_size for path in workspace.index_dir.rglob("*") if path.is_file()
    )
    assert (state["coverage"]["unclaimed_numbers"], state["coverage"]["unread_members"]) == (3, 1)

    assert akt(workspace, "status", "--coverage", "--format", "jsonl") == ExitCode.DONE
    rows = {row["path"]: row for row in map(json.loads, capfd.readouterr().out.splitlines())}
    assert rows["tal.txt"]["unclaimed_numbers"] == 3
    assert rows["brev.eml"]["unread_members"] == 1
    assert akt(workspace, "status", "--format", "csv") == ExitCode.USAGE


def test_status_says_that_a_run_goes_on(folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    ingested(workspace, folder)
    with workspace_lock(workspace.lock_file):
        akt(workspace, "status")

    told = capfd.readouterr().out
    assert f"process {os.getpid()}" in told
    assert "run `akt ingest` again" not in told
