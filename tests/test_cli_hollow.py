"""Folders that may be out of sight: `akt ingest` names them, and `--prune` drops nothing for their sake."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from nightly import NOTE, akt, ingested, notes

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.ingest.status import status


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two notes, and two more in a folder below."""
    made = notes(tmp_path / "sager", 2)
    (made / "post").mkdir()
    for number in (7, 8):
        (made / "post" / f"{number}.txt").write_text(NOTE.format(number))
    return made


def empty(folder: Path) -> Path:
    for path in folder.iterdir():
        path.unlink()
    return folder


def reported(path: Path) -> dict[str, object]:
    read: dict[str, object] = json.loads(path.read_text())
    return {name: read[name] for name in ("hollow", "not_pruned")}


@pytest.mark.parametrize("how", ["empty", "away"])
def test_nothing_is_pruned_below_an_archive_that_is_away(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str], how: str
) -> None:
    """Neither what was gone before in a folder below, of which nothing can be told now, nor any other."""
    ingested(workspace, folder)
    empty(folder / "post")
    (folder / "1.txt").unlink()
    ingested(workspace, folder)
    assert status(workspace).gone == 3
    folder.rename(folder.with_name("væk"))
    if how == "empty":
        folder.mkdir()
    capfd.readouterr()

    state = "is empty now" if how == "empty" else "is empty or not there now"
    for more, said in ((["--dry-run"], "would be"), ([], "was")):
        assert ingested(workspace, folder, "--prune", *more) == ExitCode.ERROR
        told = capfd.readouterr().err
        assert f"nothing {said} dropped: {folder} {state}, and 3 documents to drop lay there" in told
        assert "Dropped for good" not in told
        assert "would be dropped for good" not in told
    assert akt(workspace, "ingest", "--prune") == ExitCode.ERROR
    assert (status(workspace).documents, status(workspace).gone) == (1, 3)

    shutil.rmtree(folder, ignore_errors=True)
    folder.with_name("væk").rename(folder)
    (folder / "post").rmdir()
    assert ingested(workspace, folder, "--prune") == ExitCode.DONE
    assert (status(workspace).documents, status(workspace).gone) == (1, 0)


def test_an_archive_that_is_gone_for_good_is_pruned(folder: Path, workspace: Workspace) -> None:
    ingested(workspace, folder)
    other = notes(folder.with_name("andre"), 1)
    ingested(workspace, other)
    shutil.rmtree(folder)

    assert ingested(workspace, folder, "--gone") == ExitCode.DONE
    assert akt(workspace, "ingest", "--prune") == ExitCode.DONE
    assert status(workspace).documents == 1


def test_what_was_gone_in_a_folder_that_is_away_by_itself_is_not_pruned(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    ingested(workspace, folder)
    (folder / "post" / "7.txt").unlink()
    ingested(workspace, folder)
    shutil.rmtree(folder / "post")
    capfd.readouterr()

    assert ingested(workspace, folder / "post", "--prune") == ExitCode.ERROR
    assert f"nothing was dropped: {folder / 'post'} is empty or not there now" in capfd.readouterr().err
    assert (status(workspace).documents, status(workspace).gone) == (3, 1)


def test_a_folder_below_that_is_empty_now_is_named(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ingested(workspace, folder)
    empty(folder / "post")
    report, post = tmp_path / "r.json", str(folder / "post")
    capfd.readouterr()

    assert ingested(workspace, folder, "--dry-run", "--report", str(report)) == ExitCode.DONE
    assert f"{post} is empty now and held 2 files at the last run: is it mounted?" in capfd.readouterr().err
    assert reported(report) == {"hollow": {post: 2}, "not_pruned": []}

    assert ingested(workspace, folder, "--log-format", "json", "--report", str(report)) == ExitCode.DONE
    events = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    (event,) = [event for event in events if event["event"] == "folder-hollow"]
    assert (event["level"], event["path"], event["files"]) == ("warning", post, 2)
    assert reported(report) == {"hollow": {post: 2}, "not_pruned": []}
    assert status(workspace).gone == 2

    assert ingested(workspace, folder, "--report", str(report)) == ExitCode.DONE  # it is said once
    assert reported(report) == {"hollow": {}, "not_pruned": []}
    assert ingested(workspace, folder, "--prune", "--report", str(report)) == ExitCode.ERROR
    assert reported(report) == {"hollow": {post: 2}, "not_pruned": [post]}


@pytest.mark.parametrize(("held", "is_told"), [(5, True), (4, False)])
def test_a_folder_that_held_some_files_is_named_though_the_run_is_quiet(
    tmp_path: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str], held: int, is_told: bool
) -> None:
    top = notes(tmp_path / "sager", 1)
    post = notes(top / "post", held)
    ingested(workspace, top)
    empty(post)
    capfd.readouterr()

    assert ingested(workspace, top, "--quiet") == ExitCode.DONE
    said = f"{post} is empty now and held {held} files at the last run: is it mounted?"
    lines = capfd.readouterr().err.splitlines()
    assert [line.startswith(said) for line in lines] == [True] * is_told


@pytest.mark.parametrize("how", ["moved", "deleted with its folder", "said to be gone"])
def test_a_folder_that_is_not_out_of_sight_is_not_named(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str], how: str
) -> None:
    ingested(workspace, folder)
    if how == "moved":
        for path in (folder / "post").iterdir():
            path.rename(folder / path.name)
    else:
        empty(folder / "post")
        if how.startswith("deleted"):
            (folder / "post").rmdir()
    more = ["--gone"] if how.startswith("said") else []
    for given in (["--dry-run", *more], more):
        capfd.readouterr()
        assert ingested(workspace, folder, *given) == ExitCode.DONE
        assert "is it mounted" not in capfd.readouterr().err
