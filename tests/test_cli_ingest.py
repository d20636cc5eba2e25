"""`akt ingest`, `status` and `failures` as they are started: who writes, what is damaged, how a run is ended."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from installed import AKT, NOTE, ROOT, ingested, run

from pipeline.cli.exits import ExitCode


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingested(tmp_path_factory.mktemp("sager"), tmp_path_factory.mktemp("rum") / "rum")


def test_ingest_says_what_it_did_on_stderr_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTE)

    done = run("--workspace", tmp_path / "rum", "ingest", tmp_path / "a.txt")

    assert (done.returncode, done.stdout) == (ExitCode.DONE, "")
    assert "1 file: 1 new." in done.stderr
    assert "1 amount" in done.stderr


def test_failed_documents_are_listed_and_given_a_code(workspace: Path) -> None:
    done = run("--workspace", workspace, "failures", "--format", "jsonl")

    (failure,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert set(failure) == {"path", "stage", "code", "reason", "hint", "tries", "last", "root", "file"}
    assert (failure["path"], failure["code"], failure["tries"]) == ("tom.txt", "empty-file", 1)
    assert done.returncode == ExitCode.DONE


def test_a_folder_without_documents_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()

    done = run("--workspace", tmp_path / "rum", "ingest", tmp_path / "tom")

    assert done.returncode == ExitCode.NOTHING_FOUND
    assert "there are no documents in" in done.stderr


def test_a_path_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    done = run("--workspace", tmp_path / "rum", "ingest", tmp_path / "findes-ikke")

    assert done.returncode == ExitCode.USAGE
    assert "does not exist" in done.stderr
    assert not (tmp_path / "rum").exists()


def test_status_has_the_fields_of_the_contract(workspace: Path) -> None:
    done = run("--workspace", workspace, "status", "--format", "json")

    found = json.loads(done.stdout)
    assert {"files", "documents", "parts", "records", "index", "last_run"} <= set(found)
    assert found["files"] == {"seen": 3, "read": 2, "failed": 1, "failed_inside": 0, "stale": 0, "waiting": 0}
    assert found["documents"] == 3
    assert found["records"]["amount"] == 2
    assert found["last_run"]["status"] == "done"


def test_a_second_writer_gets_code_5_and_a_name(tmp_path: Path) -> None:
    (tmp_path / "rum").mkdir()
    code = f"""
import sys, pathlib
from corpus.store.lock import workspace_lock
with workspace_lock(pathlib.Path({str(tmp_path / "rum" / "lock")!r})):
    print("held", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        done = run("--workspace", tmp_path / "rum", "ingest", ROOT / "LICENSE")
        other.kill()

    assert done.returncode == ExitCode.BUSY
    assert f"process {other.pid}" in done.stderr


def test_a_damaged_store_gets_code_6_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "akt.sqlite").write_bytes(b"not a database at all, whatever its name says " * 100)

    done = run("--workspace", tmp_path, "status")

    assert done.returncode == ExitCode.DAMAGED
    assert "is damaged" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_index_is_no_damage(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "akt.sqlite").write_bytes((workspace / "akt.sqlite").read_bytes())

    done = run("--workspace", tmp_path, "search", "legeplads")

    assert done.returncode == ExitCode.ERROR
    assert "akt reindex" in done.stderr


@pytest.mark.parametrize("command", [("search", "legeplads"), ("records", "amounts", "legeplads")])
def test_an_index_of_another_version_is_not_called_damaged(
    workspace: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    rum = shutil.copytree(workspace, tmp_path / "rum")
    manifest = rum / "index" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 1}))

    done = run("--workspace", rum, *command)

    assert done.returncode == ExitCode.ERROR
    assert "was made by another version of Akt (format 1, now " in done.stderr
    assert "`akt ingest` of any folder makes it anew, or `akt reindex` by itself" in done.stderr
    assert run("--workspace", rum, "reindex").returncode == ExitCode.DONE
    assert run("--workspace", rum, *command).returncode == ExitCode.DONE


def test_a_manifest_that_cannot_be_read_gets_code_6(workspace: Path, tmp_path: Path) -> None:
    rum = shutil.copytree(workspace, tmp_path / "rum")
    (rum / "index" / "manifest.json").write_text("{")

    done = run("--workspace", rum, "search", "legeplads")

    assert done.returncode == ExitCode.DAMAGED
    assert "is not readable" in done.stderr


def test_a_missing_workspace_says_what_to_do(tmp_path: Path) -> None:
    for command in (["search", "x"], ["status"], ["records", "amounts"], ["show", "abcd"], ["failures"]):
        done = run("--workspace", tmp_path / "ingen", *command)

        assert (done.returncode, done.stdout) == (ExitCode.ERROR, ""), command
        assert "run `akt ingest PATH` first" in done.stderr


def test_the_first_ctrl_c_finishes_the_document_and_keeps_it(tmp_path: Path) -> None:
    folder = tmp_path / "mange"
    folder.mkdir()
    for number in range(1000):
        (folder / f"{number:04}.txt").write_text(f"{NOTE}\nSag {number}\n")
    running = subprocess.Popen(
        [str(AKT), "--workspace", str(tmp_path / "rum"), "ingest", str(folder)], stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    store = tmp_path / "rum" / "akt.sqlite-wal"
    while time.monotonic() < deadline and not (store.exists() and store.stat().st_size > 1_000_000):
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=120)

    assert running.returncode == ExitCode.INTERRUPTED, said
    assert b"goes on from here" in said
    state = json.loads(run("--workspace", tmp_path / "rum", "status", "--format", "json").stdout)
    assert 0 < state["documents"] < 1000
    assert state["index"]["waiting"] == 0
    assert run("--workspace", tmp_path / "rum", "search", "legepladser").returncode == ExitCode.DONE
