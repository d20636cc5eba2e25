"""Runs after what broke, broke off or is of an older version: it is healed, and nothing is done twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from nightly import notes
from runs import NOTE, counted, hits, two_notes

import pipeline.extract
from corpus.store.database import open_store, sqlite_url
from corpus.store.schema import stages
from corpus.store.writer import forget_index
from corpus.workspace import Workspace
from pipeline.ingest import filing, indexing, keeping, versions
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest
from pipeline.ingest.status import status


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_notes(tmp_path / "sager")


def test_a_step_that_breaks_fails_one_document(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.ingest import work

    extract = pipeline.extract.extract

    def breaks(*args: object, **kwargs: object) -> object:
        if kwargs["path"] == "a.txt":
            raise ZeroDivisionError("in a step")
        return extract(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "extract", breaks)
    report = ingest(workspace, [folder])

    assert [(failed.path, failed.code, failed.stage) for failed in report.failures] == [
        ("a.txt", "stage-failed", "extract")
    ]
    assert hits(workspace, "svømmehal") == ["2025/b.txt"]


def test_a_new_extractor_does_not_read_files_again(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.ingest import work

    ingest(workspace, [folder])
    monkeypatch.setattr(versions, "EXTRACTOR_VERSION", "akt-extract/next")
    monkeypatch.setattr(work, "read_document", lambda *_: pytest.fail("a file was read again"))

    report = ingest(workspace, [folder])

    assert counted(report) == {"unchanged": 2}
    assert (report.again, report.indexed) == (2, 2)
    assert ingest(workspace, [folder]).again == 0


def test_a_new_reader_reads_its_files_again(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(workspace, [folder])
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.begin() as connection:
        older = stages.update().where(stages.c.stage == "read").values(version="text/0")
        connection.execute(older)

    report = ingest(workspace, [folder])

    assert counted(report) == {"unchanged": 2}
    assert report.documents == 2
    assert ingest(workspace, [folder]).documents == 0


def test_a_death_between_store_and_index_is_healed(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.begin() as connection:
        forget_index(connection)  # as after a kill between the index's commit and the store's note

    report = ingest(workspace, [folder])

    assert (report.documents, report.indexed) == (0, 2)
    assert hits(workspace, "legeplads") == ["a.txt"]


def test_a_death_before_the_index_is_healed(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "update_index", dies)
        with pytest.raises(KeyboardInterrupt):
            ingest(workspace, [folder])

    report = ingest(workspace, [folder])

    assert (report.documents, report.indexed) == (0, 2)
    assert hits(workspace, "legeplads") == ["a.txt"]


@pytest.mark.parametrize(
    "harm",
    [
        lambda index: shutil.rmtree(index),
        lambda index: (index / "manifest.json").write_text("{"),
        lambda index: [path.unlink() for path in index.glob("*/meta.json")],
    ],
    ids=["gone", "manifest broken", "engine's files broken"],
)
def test_a_broken_index_is_built_anew(folder: Path, workspace: Workspace, harm: Callable[[Path], object]) -> None:
    ingest(workspace, [folder])
    harm(workspace.index_dir)

    report = ingest(workspace, [folder])

    assert report.indexed == 2
    assert hits(workspace, "legeplads") == ["a.txt"]


def test_an_index_that_holds_less_than_the_store_says_is_built_anew(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    older = folder.parent / "ældre-indeks"
    shutil.copytree(workspace.index_dir, older)
    (folder / "c.txt").write_text(NOTE.replace("legepladser", "biblioteker"))
    ingest(workspace, [folder])
    shutil.rmtree(workspace.index_dir)
    shutil.copytree(older, workspace.index_dir)

    ingest(workspace, [folder])

    assert hits(workspace, "bibliotek") == ["c.txt"]


def test_reindex_needs_no_files(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    shutil.rmtree(folder)

    report = ingest(workspace, [], RunOptions(reindex=True))

    assert (report.documents, report.indexed) == (0, 2)
    assert hits(workspace, "legeplads") == ["a.txt"]


def test_an_interrupted_run_keeps_what_is_done_and_goes_on(folder: Path, workspace: Workspace) -> None:
    asked = iter([False, True])

    report = ingest(workspace, [folder], should_stop=lambda: next(asked))

    assert report.interrupted
    assert report.documents == 1
    assert hits(workspace, "svømmehal") == ["2025/b.txt"]
    last = status(workspace).last_run
    assert last is not None
    assert last.status == "interrupted"

    assert counted(ingest(workspace, [folder])) == {"new": 1, "unchanged": 1}


class Killed(BaseException):
    """Like a signal: nothing catches it."""


def test_runs_that_die_early_one_after_another_leave_no_more_and_more_for_the_index(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each comes to fewer documents than there are between two commits of the index."""
    folder = tmp_path / "mange"
    folder.mkdir()
    for number in range(24):
        (folder / f"{number:02}.txt").write_text(f"Notat {number} om legepladser.\n")
    monkeypatch.setattr(keeping, "EVERY", 5)
    monkeypatch.setattr(filing, "AT_ONCE", 1)
    waiting = []
    for _ in range(5):
        read: list[str] = []

        def dies(step: str, done: int, total: int | None, path: str, read: list[str] = read) -> None:
            read += [path] if step == "reading" else []
            if len(read) > 4:
                raise Killed

        with pytest.raises(Killed):
            ingest(workspace, [folder], progress=dies)
        waiting.append(status(workspace).index.waiting)

    assert status(workspace).documents >= 12
    assert max(waiting) <= 9
    ingest(workspace, [folder])
    assert (status(workspace).index.documents, status(workspace).index.waiting) == (24, 0)


@pytest.mark.parametrize("apart", [False, True])
def test_what_waits_is_taken_in_before_anything_is_read_and_step_by_step(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, apart: bool
) -> None:
    """The index of a run that reads nothing because it is killed too early gets on all the same."""
    ingest(workspace, [notes(tmp_path / "en", 1)])
    folder = notes(tmp_path / "mange", 300)
    steps: list[str] = []

    def finish(*_: object, **__: object) -> None:
        raise Killed

    def dies_indexing(step: str, done: int, total: int | None, path: str) -> None:
        steps.append(step)
        if step == "indexing":
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(keeping.Keeper, "finish", finish)
        with pytest.raises(Killed):
            ingest(workspace, [folder])
    (folder / "ny.txt").write_text("Notat om skøjtebaner.\n")
    waiting = [status(workspace).index.waiting]
    for _ in range(2):
        with pytest.raises(Killed):
            ingest(workspace, [folder], RunOptions(index_apart=apart), progress=dies_indexing)
        waiting.append(status(workspace).index.waiting)

    most = [300 - step * indexing.FIRST_CHUNK for step in range(3)]
    assert all(left <= wanted for left, wanted in zip(waiting, most, strict=True))
    assert apart or waiting == most
    assert "reading" not in steps
    ingest(workspace, [folder])
    assert (status(workspace).index.documents, status(workspace).index.waiting) == (301, 0)
