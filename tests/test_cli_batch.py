"""`akt ingest` as a nightly job uses it: a plan, a report, a log for machines, what failed, what is dropped."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.store.lock import workspace_lock
from corpus.store.places import put_new_files
from corpus.workspace import Workspace
from index import manifest
from index.search import search
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.cli.logs import speaking
from pipeline.cli.progress import Lines
from pipeline.ingest import filing
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest
from pipeline.ingest.status import standing_failures, status
from pipeline.ingest.verify import verify

NOTE = "Notat om legepladser\n\nUdvalget bevilger {} mio. kr. til legepladser i 2025.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sager"
    made.mkdir()
    for number in range(4):
        (made / f"{number}.txt").write_text(NOTE.format(number + 1))
    return made


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "rum")


def akt(workspace: Workspace, *arguments: str | Path) -> int:
    return run(["--workspace", str(workspace.root), *map(str, arguments)])


def ingested(workspace: Workspace, folder: Path, *more: str) -> int:
    return akt(workspace, "ingest", "--workers", "0", *more, folder)


def found(workspace: Workspace, query: str = "legepladser") -> int:
    return search(workspace.index_dir, query).total


def state_of(root: Path) -> dict[str, str]:
    """Every file below, by its bytes."""
    files = [path for path in sorted(root.rglob("*")) if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


# --- what would be done -----------------------------------------------------------------------------------------


def test_a_dry_run_of_a_new_workspace_makes_none(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ingested(workspace, folder, "--dry-run") == ExitCode.DONE

    told = capfd.readouterr()
    assert [line.split() for line in told.out.splitlines()] == [["new", f"{folder}/{n}.txt"] for n in range(4)]
    assert "4 files: 4 new." in told.err
    assert "Nothing was written." in told.err
    assert not workspace.root.exists()


def test_a_dry_run_says_what_the_run_then_does_and_writes_nothing(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "tilbage.txt").write_text(NOTE.format(70))
    ingested(workspace, folder)
    (folder / "tilbage.txt").rename(tmp_path / "tilbage.txt")
    ingested(workspace, folder)
    (tmp_path / "tilbage.txt").rename(folder / "tilbage.txt")
    (folder / "0.txt").rename(folder / "flyttet.txt")
    (folder / "1.txt").unlink()
    (folder / "2.txt").write_text("Noget andet.\n")
    (folder / "ny.txt").write_text("Noget nyt.\n")
    (folder / "lænke").symlink_to("/etc/hostname")
    before = state_of(workspace.root)
    capfd.readouterr()

    assert ingested(workspace, folder, "--dry-run", "--prune", "--report", str(tmp_path / "plan.json")) == ExitCode.DONE

    assert state_of(workspace.root) == before
    plan = json.loads((tmp_path / "plan.json").read_text())
    steps = {step["path"]: step["action"] for step in plan["steps"]}
    assert {step["root"] for step in plan["steps"]} == {str(folder)}
    back = steps.pop("tilbage.txt")
    assert back in ("back", "compare", "new")  # by its stamp, which a file system may change with a name
    assert steps == {
        "flyttet.txt": "moved", "1.txt": "gone", "2.txt": "changed", "ny.txt": "new", "lænke": "left-out",
    }  # fmt: skip
    report = ingest(workspace, [folder])
    assert (report.moved, report.changed, report.deleted) == (1, 1, 1)
    assert [(left.root, left.path) for left in report.not_taken] == [(str(folder), "lænke")]
    capfd.readouterr()
    assert ingested(workspace, folder, "--dry-run") == ExitCode.DONE
    assert "5 unchanged" in capfd.readouterr().err


def test_a_dry_run_names_what_an_older_version_made(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ingested(workspace, folder)
    capfd.readouterr()
    monkeypatch.setattr("pipeline.ingest.dry.kept_version", lambda connection: "akt-extract/999")
    monkeypatch.setattr("pipeline.ingest.dry.index_version", lambda: "999")

    assert ingested(workspace, folder, "--dry-run") == ExitCode.DONE

    told = capfd.readouterr().err
    assert "4 documents would be extracted anew" in told
    assert "4 documents would be indexed" in told


def test_a_dry_run_waits_for_no_run(folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    ingested(workspace, folder)
    with workspace_lock(workspace.lock_file):
        assert ingested(workspace, folder, "--dry-run") == ExitCode.BUSY
    assert f"process {os.getpid()}" in capfd.readouterr().err


# --- what is dropped --------------------------------------------------------------------------------------------


def test_prune_drops_what_lies_nowhere_and_nothing_else(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "karen@fjordby.example", "Bilag"
    mail.set_content("Hermed bilaget.\n")
    mail.add_attachment("Der anlægges cykelstier.\n", filename="bilag.txt")
    mail.add_attachment(NOTE.format(1), filename="note.txt")
    (folder / "brev.eml").write_bytes(mail.as_bytes())
    (folder / "kopi.txt").write_text(NOTE.format(2))
    ingested(workspace, folder)
    (folder / "brev.eml").unlink()
    (folder / "kopi.txt").unlink()
    (folder / "3.txt").unlink()
    ingested(workspace, folder)
    assert status(workspace).gone == 2

    assert akt(workspace, "ingest", "--prune") == ExitCode.DONE

    assert "Dropped for good: 3 documents without a file, and 3 places where a file lay." in capfd.readouterr().err
    state = status(workspace)
    assert (state.documents, state.gone, state.files.seen) == (3, 0, 3)
    assert (found(workspace), found(workspace, "cykelstier"), manifest.read(workspace.index_dir).documents) == (3, 0, 3)
    assert verify(workspace, full=True).faults == []
    assert ingest(workspace, [folder]).unchanged == 3


def test_what_is_only_out_of_sight_is_not_pruned(folder: Path, workspace: Workspace) -> None:
    ingested(workspace, folder)
    folder.rename(folder.with_name("andetsteds"))

    assert ingested(workspace, folder, "--prune") == ExitCode.ERROR

    assert status(workspace).documents == 4


def test_a_pruned_text_is_not_left_in_the_file(folder: Path, workspace: Workspace) -> None:
    (folder / "hemmelig.txt").write_text("Notat om Hvidkløverengen.\n\nDer bevilges 3 mio. kr. til Hvidkløverengen.\n")
    ingested(workspace, folder)
    assert "Hvidkløverengen".encode() in workspace.store_file.read_bytes()
    (folder / "hemmelig.txt").unlink()

    ingested(workspace, folder, "--prune")

    assert not any("Hvidkløverengen".encode() in path.read_bytes() for path in workspace.root.glob("akt.sqlite*"))


# --- what failed ------------------------------------------------------------------------------------------------


def test_failfast_stops_at_the_first_that_fails(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "0.txt").write_bytes(b"")

    assert ingested(workspace, folder, "--failfast") == ExitCode.ERROR

    assert "stopped at the first document that failed" in capfd.readouterr().err
    assert status(workspace).documents == 1
    assert ingested(workspace, folder, "--failfast") == ExitCode.SOME_FAILED  # it has failed before
    assert status(workspace).documents == 4


def test_retry_works_on_what_failed_and_on_nothing_else(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "lang.txt").write_text(NOTE.format(8) * 40)
    (folder / "010190-1234.txt").write_bytes(b"")
    (folder / "010190-5678.txt").write_bytes(b"\0\1\2\3" * 40)
    assert ingested(workspace, folder, "--limit", "file_size=1000") == ExitCode.SOME_FAILED
    (folder / "ny.txt").write_text("Noget nyt.\n")
    capfd.readouterr()

    assert akt(workspace, "failures", "--retry", "--format", "jsonl") == ExitCode.SOME_FAILED

    told = capfd.readouterr()
    assert "3 failed before, 2 do now." in told.err
    left = [json.loads(line) for line in told.out.splitlines()]
    assert [(failed["code"], failed["tries"]) for failed in left] == [("empty-file", 2), ("unknown-format", 2)]
    assert len({failed["path"] for failed in left}) == 2
    assert all(failed["path"].startswith("010190-xxxx.txt (no. ") for failed in left)
    assert (found(workspace), status(workspace).documents) == (5, 7)

    (folder / "010190-1234.txt").unlink()
    (folder / "010190-5678.txt").unlink()
    ingested(workspace, folder)
    assert akt(workspace, "failures", "--retry") == ExitCode.NOTHING_FOUND
    assert "Nothing failed." in capfd.readouterr().err


def test_retry_counts_the_tries_of_a_container(folder: Path, workspace: Workspace) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("brev.txt", NOTE.format(1) * 20)
    (folder / "afbrudt.zip").write_bytes(made.getvalue()[:200])
    ingested(workspace, folder)
    for tries in (2, 3):
        ingest(workspace, [], RunOptions(retry=True))
        (failed,) = standing_failures(workspace)
        assert (failed.path, failed.tries) == ("afbrudt.zip", tries)


def test_a_variable_is_named_when_it_is_wrong(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AKT_WORKERS", "to")
    assert akt(workspace, "ingest", folder) == ExitCode.USAGE
    assert "AKT_WORKERS" in capfd.readouterr().err


def test_retry_of_an_attachment_leaves_its_mail_as_it_is(folder: Path, workspace: Workspace) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "karen@fjordby.example", "Bilag"
    mail.set_content("Hermed bilaget.\n")
    mail.add_attachment(b"\0\1\2\3" * 40, maintype="application", subtype="octet-stream", filename="bilag.bin")
    (folder / "brev.eml").write_bytes(mail.as_bytes())
    ingested(workspace, folder)

    report = ingest(workspace, [], RunOptions(retry=True))

    (failed,) = standing_failures(workspace)
    assert (failed.path, failed.tries, report.seen) == ("brev.eml!bilag.bin", 2, 1)
    assert verify(workspace, full=True).faults == []


def test_paths_are_shown_as_they_are_when_asked_for(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "010190-1234.txt").write_bytes(b"")
    ingested(workspace, folder)
    capfd.readouterr()

    akt(workspace, "failures", "--show-identifiers")

    assert "010190-1234.txt" in capfd.readouterr().out


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
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "010190-1234\x1b[31m\u202e.txt").write_bytes(b"")

    assert ingested(workspace, folder, "--log-format", "json") == ExitCode.SOME_FAILED

    told = capfd.readouterr().err
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "1234" not in told
    events = [json.loads(line) for line in told.splitlines()]
    assert all({"time", "level", "event", "message"} <= set(event) for event in events)
    assert events[0]["event"] == "run-started"
    (failed,) = [event for event in events if event["event"] == "failed"]
    assert (failed["level"], failed["code"]) == ("warning", "empty-file")
    ended = events[-1]
    assert (ended["event"], ended["exit_code"], ended["figures"]["new"]) == ("run-ended", 3, 5)


def test_what_ends_a_run_is_an_event_and_in_the_report(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ingested(workspace, folder)
    capfd.readouterr()
    with workspace_lock(workspace.lock_file):
        code = ingested(workspace, folder, "--log-format", "json", "--report", str(tmp_path / "r.json"))

    assert code == ExitCode.BUSY
    (*_, ended) = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert (ended["event"], ended["level"], ended["exit_code"]) == ("broken", "error", 5)
    report = json.loads((tmp_path / "r.json").read_text())
    assert "is being written to by" in report["error"]
    assert (report["status"], report["exit_code"], report["documents"]) == ("broken", 5, 0)


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
