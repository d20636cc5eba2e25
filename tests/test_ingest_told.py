"""What a run says of itself: why unchanged files were worked on, what is gone, how it ended; and an outdated index."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from nightly import akt, ingested, notes

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.ingest import indexing, keeping
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return notes(tmp_path / "sager", 3)


@pytest.mark.parametrize("workers", ["0", "2"])
def test_failfast_ends_alike_when_what_failed_is_the_last(
    folder: Path, workspace: Workspace, tmp_path: Path, workers: str
) -> None:
    (folder / "å.txt").write_bytes(b"")
    report = tmp_path / "nat.json"
    code = ingested(workspace, folder, "--failfast", "--workers", workers, "--report", str(report))
    found = json.loads(report.read_text())
    assert (code, found["status"], found["stopped_at_failure"]) == (ExitCode.ERROR, "interrupted", True)
    assert ingested(workspace, folder, "--failfast", "--report", str(report)) == ExitCode.SOME_FAILED
    found = json.loads(report.read_text())
    assert (found["status"], found["stopped_at_failure"]) == ("done", False)


def test_unchanged_files_that_are_extracted_anew_are_told(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ingested(workspace, folder)
    assert "anew" not in capfd.readouterr().err
    with closing(sqlite3.connect(workspace.store_file)) as db, db:
        changed = db.execute("update stages set version = 'akt-extract/0' where stage = 'extract'").rowcount
    ingested(workspace, folder, "--report", str(tmp_path / "nat.json"))
    told = capfd.readouterr().err
    assert changed > 1
    assert f"{changed} documents were read or extracted anew: after an update of Akt, or with other settings." in told
    assert json.loads((tmp_path / "nat.json").read_text())["again"] == changed
    ingested(workspace, folder, "--reread")
    assert "read or extracted anew: as asked (--reread)." in capfd.readouterr().err


def test_a_run_that_has_nothing_to_drop_says_so(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    ingested(workspace, folder, "--prune")
    assert "There was nothing to drop." in capfd.readouterr().err
    (folder / "1.txt").unlink()
    ingested(workspace, folder, "--prune")
    told = capfd.readouterr().err
    assert "Dropped for good: 1 document" in told
    assert "nothing to drop" not in told


def test_a_plan_compares_what_was_only_touched(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    ingested(workspace, folder)
    os.utime(folder / "0.txt", (1_700_000_000, 1_700_000_000))
    (folder / "1.txt").write_text("Et andet notat.\n")
    capfd.readouterr()
    ingested(workspace, folder, "--dry-run")
    assert [line.split()[0] for line in capfd.readouterr().out.splitlines()] == ["compare", "changed"]


def test_a_file_that_is_gone_is_called_that(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    ingested(workspace, folder)
    next(iter(sorted(folder.glob("*.txt")))).unlink()
    ingested(workspace, folder)
    akt(workspace, "status", "--runs", "1")
    out, err = capfd.readouterr()
    assert "unchanged, 1 gone." in err
    assert "1 gone" in out
    assert "deleted" not in out + err


def test_each_event_has_a_message(folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "å.txt").write_bytes(b"")
    capfd.readouterr()
    for more in ([], ["--dry-run"], ["--prune"]):
        ingested(workspace, folder, "--log-format", "json", *more)
    events = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert {"run-started", "files", "failed", "plan-ended", "run-ended"} <= {event["event"] for event in events}
    assert [event["event"] for event in events if not event["message"]] == []


def test_an_index_of_another_version_is_told_and_made_anew(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    """A search refuses it, so that all is not well; and nothing is damaged."""
    ingested(workspace, folder)
    manifest = workspace.index_dir / "manifest.json"
    old = json.dumps(json.loads(manifest.read_text()) | {"format": 1})
    manifest.write_text(old)
    assert akt(workspace, "search", "legepladser") == ExitCode.ERROR
    capfd.readouterr()
    assert akt(workspace, "verify") == ExitCode.SOME_FAILED
    out, err = capfd.readouterr()
    assert "was made by another version of Akt" in out
    assert "the workspace is whole; no search works before the index is made anew" in err
    assert akt(workspace, "verify", "--repair") == ExitCode.DONE
    assert akt(workspace, "search", "legepladser") == ExitCode.DONE
    manifest.write_text(old)
    ingested(workspace, folder)
    assert akt(workspace, "verify") == ExitCode.DONE


# --- a stop while the index is brought up to date -----------------------------------------------------------------


@pytest.mark.parametrize("beside", [False, True])
def test_a_stop_does_not_wait_for_all_that_is_to_be_indexed(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], beside: bool
) -> None:
    """All is read when the stop comes. The process beside has no time at all; this one makes one commit."""
    steps: list[str] = []
    monkeypatch.setattr(keeping, "AFTER_STOP", 0.0)
    monkeypatch.setattr(indexing, "CHUNK", 1)
    report = ingest(
        workspace,
        [folder],
        RunOptions(index_apart=beside, workers=0),
        progress=lambda step, done, total, path: steps.append(f"{step} {done} {total}"),
        should_stop=lambda: "reading 3 3" in steps,
    )
    assert (report.new, report.status, report.not_reached) == (3, "interrupted", 0)
    assert report.waiting > 0
    akt(workspace, "status", "--format", "json")
    assert json.loads(capfd.readouterr().out)["index"]["waiting"] == report.waiting
    assert ingest(workspace, [folder], RunOptions(index_apart=beside, workers=0)).waiting == 0
    capfd.readouterr()
    assert akt(workspace, "search", "legepladser", "--count") == ExitCode.DONE
    out, err = capfd.readouterr()
    assert out == "3\n"
    assert "wait" not in err


def test_what_is_left_out_by_its_name_is_counted(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("~$notat.docx", "._notat.txt", "desktop.ini", "indbakke.msf"):
        (folder / name).write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("x")
    for more in ("--dry-run",), ():
        ingested(workspace, folder, *more, "--report", str(tmp_path / "nat.json"))
        assert "5 files or folders are left out by name" in capfd.readouterr().err
        assert json.loads((tmp_path / "nat.json").read_text())["left_by_name"] == 5


def test_what_a_killed_run_has_dropped_is_told_by_the_next(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(workspace, [folder])
    (folder / "1.txt").unlink()
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.ingest.run.end_run", killed)
        with pytest.raises(SystemError):
            ingest(workspace, [folder], RunOptions(prune=True))

    told = ingest(workspace, [folder]).pruned
    assert told is not None
    assert (told.contents, told.files) == (1, 1)
    assert ingest(workspace, [folder]).pruned is None


def killed(*_: object) -> None:
    raise SystemError
