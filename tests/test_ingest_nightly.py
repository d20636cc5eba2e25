"""What a nightly job meets: a run that dies, an archive that is not mounted, files that cannot be opened."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from corpus.store.database import open_store, sqlite_url
from corpus.store.lock import workspace_lock
from corpus.store.writer import begin_run, forget_index
from corpus.workspace import Workspace
from index.search import search
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.cli.summary import tell
from pipeline.ingest import keeping
from pipeline.ingest.indexing import update_index
from pipeline.ingest.options import RunOptions
from pipeline.ingest.progress import Progress
from pipeline.ingest.run import ingest
from pipeline.ingest.status import status

NOTE = "Notat om legepladser\n\nUdvalget bevilger {} mio. kr. til legepladser i 2025.\n"


class Killed(BaseException):
    """As kill -9: nothing after it is done."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "arkiv"
    (made / "2025").mkdir(parents=True)
    for number in range(5):
        (made / "2025" / f"{number}.txt").write_text(NOTE.format(number + 1))
    return made


def found(workspace: Workspace) -> int:
    return search(workspace.index_dir, "legepladser").total


def dies_at(number: int) -> Progress:
    def progress(step: str, done: int, total: int | None, path: str) -> None:
        if (step, done) == ("reading", number):
            raise Killed

    return progress


def test_a_run_that_dies_leaves_what_it_read_searchable(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "EVERY", 2)
    with pytest.raises(Killed):
        ingest(workspace, [folder], progress=dies_at(4))

    assert found(workspace) == 4
    assert ingest(workspace, [folder]).indexed == 1
    assert found(workspace) == 5


def test_slow_documents_are_searchable_after_a_while(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "AFTER", 0.0)
    seen: list[int] = []

    def progress(step: str, done: int, total: int | None, path: str) -> None:
        if step == "reading" and done:
            seen.append(found(workspace))

    report = ingest(workspace, [folder], progress=progress)

    assert seen == [1, 2, 3, 4, 5]
    assert report.indexed == 5


@pytest.mark.parametrize("workers", [0, 1])
def test_the_index_of_a_run_over_many_documents_is_kept_by_another_process(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(keeping, "EVERY", 2)
    monkeypatch.setattr(keeping, "index_meanwhile", None)  # what this process would call
    seen: list[int] = []

    def progress(step: str, done: int, total: int | None, path: str) -> None:
        if (step, done) == ("reading", 4) and not workers:  # with a worker, files are given away before others are done
            seen.append(found(workspace))

    report = ingest(workspace, [folder], RunOptions(workers=workers, index_apart=True), progress=progress)

    assert (report.indexed, report.index_troubles, found(workspace)) == (5, [], 5)
    assert workers or seen == [4]


def test_each_document_is_counted_as_indexed_once(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is indexed during the run, and again at its end, for what the index is said to hold is forgotten."""
    monkeypatch.setattr(keeping, "EVERY", 1)

    def forgetful(engine: sa.Engine, index_dir: Path, *rest: object, **more: object) -> int:
        with engine.begin() as connection:
            forget_index(connection)
        return update_index(engine, index_dir, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "update_index", forgetful)
    report = ingest(workspace, [folder])
    assert (report.documents, report.indexed, report.index_troubles) == (5, 5, [])


def test_a_moved_file_is_found_all_through_the_run(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(workspace, [folder])
    (folder / "2025" / "4.txt").rename(folder / "2025" / "z.txt")
    (folder / "2025" / "a.txt").write_text(NOTE.format(9))
    monkeypatch.setattr(keeping, "EVERY", 1)

    with pytest.raises(Killed):
        ingest(workspace, [folder], progress=dies_at(1))

    assert found(workspace) == 6


def test_a_broken_index_does_not_stop_the_reading(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(workspace, [folder])
    for path in workspace.index_dir.glob("*/*"):
        path.write_bytes(b"")
    (folder / "ny.txt").write_text(NOTE.format(77))
    monkeypatch.setattr(keeping, "EVERY", 1)

    report = ingest(workspace, [folder])

    assert (report.new, report.failures) == (1, [])
    assert len(report.index_troubles) == 1
    assert found(workspace) == 6


def test_search_before_the_first_commit_says_that_a_run_is_under_way(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.open(create=True)
    with workspace_lock(workspace.lock_file):
        code = run(["--workspace", str(workspace.root), "search", "legepladser"])

    assert code == ExitCode.BUSY
    assert "Nothing is indexed yet, a run is under way (process" in capsys.readouterr().err
    assert run(["--workspace", str(workspace.root), "search", "legepladser"]) == ExitCode.ERROR
    assert "the first `akt ingest` did not finish: run it again" in capsys.readouterr().err


def last_status(workspace: Workspace) -> str | None:
    """What monitoring reads."""
    last = status(workspace).last_run
    return last.status if last else None


@pytest.mark.parametrize("how", ["emptied", "away", "part of it emptied"])
def test_an_archive_that_is_not_mounted_loses_nothing(folder: Path, workspace: Workspace, how: str) -> None:
    ingest(workspace, [folder])
    named = folder / "2025" if how.startswith("part") else folder
    shutil.rmtree(named)
    if how != "away":
        named.mkdir()

    report = ingest(workspace, [named])

    assert report.emptied == {str(named): 5}
    assert (report.deleted, report.gone) == (0, [])
    assert (found(workspace), status(workspace).documents) == (5, 5)
    assert (report.status, last_status(workspace)) == ("folder-emptied", "folder-emptied")

    report = ingest(workspace, [named], RunOptions(gone=True))

    assert (report.emptied, report.deleted) == ({}, 5)
    assert (report.status, last_status(workspace)) == ("done", "done")
    assert (found(workspace), status(workspace).gone) == (0, 5)


def test_other_folders_are_ingested_beside_one_that_is_not_mounted(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    shutil.rmtree(folder)
    other = folder.with_name("andet")
    other.mkdir()
    (other / "b.txt").write_text(NOTE.format(50))

    report = ingest(workspace, [folder, other])

    assert (report.new, report.emptied) == (1, {str(folder): 5})
    assert found(workspace) == 6


def test_a_folder_named_with_its_new_place_has_moved(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    moved = folder.rename(folder.with_name("nyt"))

    report = ingest(workspace, [folder, moved])

    assert (report.moved, report.new, report.emptied) == (5, 0, {})


def test_the_command_says_so_with_code_1(
    folder: Path, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--workspace", str(workspace.root), "ingest", str(folder)]
    assert run(given) == ExitCode.DONE
    shutil.rmtree(folder / "2025")
    capsys.readouterr()

    assert run(given) == ExitCode.ERROR
    told = capsys.readouterr().err
    assert f"{folder} is empty now and held 5 files at the last run: is it mounted?" in told
    assert "--gone" in told
    assert run([*given, "--gone"]) == ExitCode.DONE


def test_every_file_is_accounted_for(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = Path.open

    def refuse(path: Path, *how: Any, **named: Any) -> Any:
        if path.name == "3.txt":
            raise PermissionError(13, "Permission denied")
        return real(path, *how, **named)

    monkeypatch.setattr(Path, "open", refuse)
    asked = iter([False, False, False, False, True])
    report = ingest(workspace, [folder], should_stop=lambda: next(asked))
    tell(report, workspace, by_paths=True)

    assert "5 files: 3 new, 1 unreadable, 1 not reached." in capsys.readouterr().err


def test_a_run_that_was_killed_is_not_running(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.begin() as connection:
        begin_run(connection)
    with workspace_lock(workspace.lock_file):
        running = status(workspace).last_run
    killed = status(workspace).last_run

    assert running is not None
    assert killed is not None
    assert (running.status, killed.status) == ("running", "died")
