"""The file of `akt ingest --report`: known to be writable before the run, and left alone by a run that never began."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nightly import NOTE, ingested, notes
from unprivileged import unprivileged

from corpus.store.lock import workspace_lock
from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sager"
    made.mkdir()
    (made / "0.txt").write_text(NOTE.format(1))
    return made


def test_a_report_that_cannot_be_written_is_told_before_the_run(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "findes ikke" / "r.json"

    assert ingested(workspace, folder, "--report", str(target)) == ExitCode.USAGE

    told = capfd.readouterr().err
    assert str(target.parent) in told
    assert "Make it first" in told
    assert not workspace.root.exists()


def test_a_report_in_a_folder_that_may_not_be_written_is_told_before_the_run() -> None:
    with unprivileged() as place:
        folder, workspace = notes(place / "sager", 1), Workspace(place / "rum")
        (place / "låst").mkdir(mode=0o500)

        assert ingested(workspace, folder, "--report", str(place / "låst" / "r.json")) == ExitCode.USAGE
        assert not workspace.root.exists()


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_run_that_is_refused_leaves_the_report_of_the_other_one(
    folder: Path, workspace: Workspace, tmp_path: Path, more: tuple[str, ...]
) -> None:
    target = tmp_path / "r.json"
    assert ingested(workspace, folder, "--report", str(target)) == ExitCode.DONE
    before = target.read_bytes()

    with workspace_lock(workspace.lock_file):
        assert ingested(workspace, folder, *more, "--report", str(target)) == ExitCode.BUSY

    assert target.read_bytes() == before
    assert json.loads(before)["status"] == "done"


def test_an_unmounted_folder_is_in_the_report(folder: Path, workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "r.json"
    ingested(workspace, folder)
    (folder / "0.txt").unlink()

    assert ingested(workspace, folder, "--report", str(target)) == ExitCode.ERROR

    report = json.loads(target.read_text())
    assert (report["status"], report["exit_code"], report["emptied"]) == ("folder-emptied", 1, {str(folder): 1})


def test_a_path_that_does_not_exist_is_in_the_report(folder: Path, workspace: Workspace, tmp_path: Path) -> None:
    target, absent = tmp_path / "r.json", tmp_path / "findes ikke"

    assert ingested(workspace, folder, str(absent), "--report", str(target)) == ExitCode.SOME_FAILED

    told = json.loads(target.read_text())
    assert (told["missing"], told["new"], told["exit_code"]) == ([str(absent)], 1, ExitCode.SOME_FAILED)
