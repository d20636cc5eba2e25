"""An index that is built during a run: what the run writes meanwhile is no fault of either."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from nightly import notes

from corpus.store.database import open_store, sqlite_url
from corpus.store.places import file_states, mark_deleted
from corpus.store.writer import forget_index
from corpus.workspace import Workspace
from index.build import IndexWriter
from index.search import search
from pipeline.cli.summary import tell
from pipeline.ingest import indexing
from pipeline.ingest.report import Report
from pipeline.ingest.run import ingest

NOTES = 6


@pytest.fixture
def read(tmp_path: Path, workspace: Workspace) -> Workspace:
    """Notes in the store, and no index."""
    ingest(workspace, [notes(tmp_path / "sager", NOTES)])
    shutil.rmtree(workspace.index_dir)
    return workspace


def found(workspace: Workspace) -> int:
    return search(workspace.index_dir, "legepladser").total


def at_the_last_moment(monkeypatch: pytest.MonkeyPatch, engine: sa.Engine, *, gone: int, copied: int) -> None:
    """When all is in the new index and before it is held against the store, so many notes go and get a copy."""
    join = IndexWriter.join_pieces

    def joined(writer: IndexWriter) -> None:
        with engine.begin() as connection:
            states = [state for _, state in sorted(file_states(connection, 1).items())]
            for state in states[:gone]:
                mark_deleted(connection, state.id)
            forget_index(connection, [str(state.sha256) for state in states[gone : gone + copied]])
        join(writer)

    monkeypatch.setattr(IndexWriter, "join_pieces", joined)


@pytest.mark.parametrize(("gone", "copied"), [(0, 2), (1, 0), (2, 3)])
def test_what_a_run_writes_after_the_last_look_does_not_keep_the_index_back(
    read: Workspace, monkeypatch: pytest.MonkeyPatch, gone: int, copied: int
) -> None:
    with open_store(sqlite_url(read.store_file)) as engine:
        with monkeypatch.context() as patch:
            at_the_last_moment(patch, engine, gone=gone, copied=copied)
            assert indexing.index_meanwhile(engine, read.index_dir) is None
        assert found(read) == NOTES

        assert indexing.update_index(engine, read.index_dir) == gone + copied
        assert indexing.is_whole(engine, read.index_dir)
    assert found(read) == NOTES - gone


def test_an_index_that_lacks_what_is_noted_is_not_put_in_place_and_told_of_in_words(
    read: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is said of damage: the end of the run builds it, and would say so itself."""

    def lost(writer: IndexWriter, documents: object) -> dict[str, Exception]:
        return {}

    with open_store(sqlite_url(read.store_file)) as engine:
        with monkeypatch.context() as patch:
            patch.setattr(IndexWriter, "replace_all", lost)
            trouble = indexing.index_meanwhile(engine, read.index_dir)
        assert trouble == "the new index holds 0 documents where the store has 6, and was not put in place"

        report = Report()
        report.take_troubles([trouble])
        tell(report, read, by_paths=False)
        assert f"during the run ({trouble}): it was at its end." in capsys.readouterr().err

        indexing.update_index(engine, read.index_dir)
    assert found(read) == NOTES
