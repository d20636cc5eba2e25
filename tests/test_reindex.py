"""A new index is built beside the one that is searched: searches never see an error or half an answer."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.store.database import open_store, sqlite_url
from corpus.store.lock import workspace_lock
from corpus.store.writer import forget_index
from corpus.workspace import Workspace
from index import generations, manifest
from index.engines.base import EngineName
from index.engines.faults import EngineError, sound
from index.search import Searcher, search
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.ingest import indexing, loading
from pipeline.ingest.options import RunOptions
from pipeline.ingest.reindex import reindex
from pipeline.ingest.run import ingest
from pipeline.ingest.status import status

LONG = os.environ.get("AKT_LONG_TESTS") == "1"
KILLS = 25 if LONG else 2
NOTES = 60 if LONG else 12
both = pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
ROOT = Path(__file__).resolve().parents[1]

# Builds anew in steps of two documents, and says when each one is done.
SLOWLY = """
import sys
from pathlib import Path
from corpus.workspace import Workspace
from pipeline.ingest import indexing, loading
from pipeline.ingest.reindex import reindex
indexing.CHUNK = 2
def told(step, done, total, path):
    print(done, flush=True)
reindex(Workspace(Path(sys.argv[1])), everything=True, progress=told)
"""


def note(number: int) -> str:
    return f"Notat {number} om legepladser\n\nUdvalget bevilger {number + 1} mio. kr. til legepladser i 2025.\n"


def made(root: Path, engine: EngineName = "tantivy") -> Workspace:
    folder = root / "sager"
    folder.mkdir()
    for number in range(NOTES):
        (folder / f"{number:02}.txt").write_text(note(number))
    workspace = Workspace(root / "rum")
    ingest(workspace, [folder], RunOptions(index_engine=engine))
    return workspace


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return made(tmp_path_factory.mktemp("first"))


@pytest.fixture
def workspace(first: Workspace, tmp_path: Path) -> Workspace:
    """A copy of its own."""
    return Workspace(shutil.copytree(first.root, tmp_path / "rum"))


def half_built(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A building that was stopped after six documents."""
    with monkeypatch.context() as patch:
        patch.setattr(indexing, "CHUNK", 3)
        asked = iter([False, True])
        done = reindex(workspace, everything=True, should_stop=lambda: next(asked))
    assert (done.interrupted, done.indexed, found(workspace)) == (True, 6, NOTES)


def found(workspace: Workspace, query: str = "legepladser") -> int:
    return search(workspace.index_dir, query).total


def test_long_documents_are_committed_sooner(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "LETTERS_AT_ONCE", 1)
    monkeypatch.setattr(indexing, "LETTERS_PER_COMMIT", 2 * len(note(0)))
    told: list[int] = []
    reindex(workspace, everything=True, progress=lambda step, done, total, path: told.append(done))

    assert [done for done in told if done] == [*range(2, NOTES, 2), NOTES]
    assert found(workspace) == NOTES


@contextmanager
def searching(workspace: Workspace) -> Iterator[list[object]]:
    """What searches in a thread find all the while: totals, and whatever they raise."""
    seen: list[object] = []
    over = threading.Event()

    def go_on() -> None:
        while not over.is_set():
            try:
                seen.append(found(workspace))
            except Exception as error:
                seen.append(error)
            over.wait(0.01)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


@both
def test_a_killed_reindex_goes_on_and_searches_never_miss_anything(tmp_path: Path, engine: EngineName) -> None:
    workspace = made(tmp_path, engine)
    before = manifest.read(workspace.index_dir).folder
    draw = random.Random(7)

    with searching(workspace) as seen:
        for _ in range(KILLS):
            killed(workspace, draw.randint(1, 3))
        assert indexing.rebuild_begun(workspace.index_dir)
        assert manifest.read(workspace.index_dir).folder == before
        done = reindex(workspace)

    assert set(seen) == {NOTES}
    assert (done.anew, done.went_on, done.documents) == (True, True, NOTES)
    assert done.indexed <= NOTES - 2 * (KILLS - 1) if not LONG else done.indexed < NOTES
    assert not indexing.rebuild_begun(workspace.index_dir)
    assert manifest.read(workspace.index_dir).folder > before
    assert status(workspace).index.waiting == 0


def killed(workspace: Workspace, after: int) -> None:
    """Kill a building after so many steps."""
    command = [sys.executable, "-W", "ignore", "-c", SLOWLY, str(workspace.root)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert all(process.stdout.readline() for _ in range(after))
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


def test_what_changes_between_two_calls_is_right_in_the_new_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = made(tmp_path)
    half_built(workspace, monkeypatch)
    (tmp_path / "sager" / "00.txt").write_text("Notat om svømmehaller\n")
    (tmp_path / "sager" / "01.txt").unlink()
    (tmp_path / "sager" / "ny.txt").write_text("Notat om cykelstier\n")
    ingest(workspace, [tmp_path / "sager"])
    assert indexing.rebuild_begun(workspace.index_dir)

    reindex(workspace)

    assert (found(workspace), found(workspace, "svømmehaller"), found(workspace, "cykelstier")) == (NOTES - 2, 1, 1)
    assert status(workspace).index.waiting == 0


@pytest.mark.parametrize("left", ["the folder", "a file of it", "its marker", "other rules", "another engine"])
def test_a_half_built_index_that_is_of_no_use_is_begun_anew(
    workspace: Workspace, tmp_path: Path, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_built(workspace, monkeypatch)
    marker = workspace.index_dir / generations.BUILDING
    begun = generations.begun(workspace.index_dir)
    assert begun is not None
    folder = workspace.index_dir / begun.folder
    if left == "the folder":
        folder.rename(tmp_path / "væk")
    elif left == "a file of it":
        for path in folder.glob("*.term"):
            path.unlink()
    elif left == "its marker":
        marker.write_text("{")
    elif left == "other rules":
        marker.write_text(marker.read_text().replace('"analysis": "', '"analysis": "x'))

    done = reindex(workspace, everything=True, index_engine="whoosh" if left == "another engine" else None)

    assert (done.indexed, done.documents, found(workspace)) == (NOTES, NOTES, NOTES)
    assert len([path for path in workspace.index_dir.iterdir() if path.is_dir()]) == 1


def test_a_process_that_dies_between_the_swap_and_the_note_of_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(indexing, "take_rebuilt", dies)
        with pytest.raises(KeyboardInterrupt):
            reindex(workspace, everything=True)
    assert found(workspace) == NOTES

    assert reindex(workspace).indexed == 0
    assert (found(workspace), status(workspace).index.waiting) == (NOTES, 0)
    assert len([path for path in workspace.index_dir.iterdir() if path.is_dir()]) == 1


def dies(connection: object) -> None:
    raise KeyboardInterrupt


@both
def test_who_has_the_old_index_open_goes_on_with_it(tmp_path: Path, engine: EngineName) -> None:
    workspace = made(tmp_path, engine)
    old = workspace.index_dir / manifest.read(workspace.index_dir).folder
    reader = Searcher(workspace.index_dir)
    try:
        for _ in range(2):
            reindex(workspace, everything=True)
            assert reader.search("legepladser", sort="date", facets=["kind"]).total == NOTES
        assert old.is_dir()
    finally:
        reader.close()

    reindex(workspace, everything=True)

    assert not old.exists()
    assert found(workspace) == NOTES


def test_an_index_of_another_version_is_built_beside_and_only_once(tmp_path: Path) -> None:
    workspace = made(tmp_path)
    file = workspace.index_dir / "manifest.json"
    file.write_text(file.read_text().replace('"lexicon": "', '"lexicon": "x'))

    report = ingest(workspace, [tmp_path / "sager"])

    assert (report.documents, report.indexed, found(workspace)) == (0, NOTES, NOTES)
    assert ingest(workspace, [tmp_path / "sager"]).indexed == 0


def test_only_what_waits_is_indexed_without_all(workspace: Workspace) -> None:
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.begin() as connection:
        (sha256, *_) = connection.exec_driver_sql("select sha256 from contents order by sha256 limit 1").one()
        forget_index(connection, [sha256])
    before = manifest.read(workspace.index_dir).folder

    done = reindex(workspace)

    assert (done.indexed, done.anew, done.went_on) == (1, False, False)
    assert manifest.read(workspace.index_dir).folder == before


def test_what_a_run_changes_while_its_index_is_built_does_not_keep_it_back(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A further copy of a paper is found meanwhile: the paper is put in again, and counts once."""
    monkeypatch.setattr(indexing, "CHUNK", 3)
    shutil.rmtree(workspace.index_dir)
    changed = iter([1, 2])

    with open_store(sqlite_url(workspace.store_file)) as engine:

        def told(done: int, total: int) -> None:
            if next(changed, None):
                with engine.begin() as connection:
                    (sha256, *_) = connection.exec_driver_sql(
                        "select sha256 from stages where stage = 'rebuild' limit 1"
                    ).one()
                    forget_index(connection, [sha256])

        assert indexing.index_meanwhile(engine, workspace.index_dir, on_content=told) is None
    assert found(workspace) == NOTES


def test_the_command(workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--workspace", str(workspace.root)]
    capsys.readouterr()

    assert run([*place, "reindex"]) == ExitCode.DONE
    assert "up to date: nothing was to be done" in capsys.readouterr().err
    assert run([*place, "reindex", "--all", "--engine", "whoosh"]) == ExitCode.DONE
    said = capsys.readouterr().err
    assert f"Looked at {NOTES} documents of the store; the index was built anew: {NOTES} documents in" in said
    assert "can be found in it" in said
    assert manifest.read(workspace.index_dir).engine == "whoosh"
    assert run(["--workspace", str(tmp_path / "ingen"), "reindex"]) == ExitCode.ERROR
    with workspace_lock(workspace.lock_file):
        assert run([*place, "reindex"]) == ExitCode.BUSY
    assert "run `akt ingest PATH` first" in capsys.readouterr().err


def test_what_was_stopped_is_gone_on_with(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    half_built(workspace, monkeypatch)

    done = reindex(workspace)

    assert (done.indexed, done.went_on, done.documents, found(workspace)) == (NOTES - 6, True, NOTES, NOTES)


PHRASE = '"legepladser i"'


def searched_index(workspace: Workspace) -> Path:
    return workspace.index_dir / manifest.read(workspace.index_dir).folder


def with_damage(workspace: Workspace) -> None:
    """One bit of the places of words is another than was written."""
    for path in searched_index(workspace).glob("*.pos"):
        data = bytearray(path.read_bytes())
        data[len(data) // 4] ^= 1
        path.write_bytes(data)


def test_reindex_notices_damage_that_nobody_has_met(workspace: Workspace) -> None:
    assert not reindex(workspace).anew
    with_damage(workspace)

    assert reindex(workspace).anew
    assert found(workspace, PHRASE) == NOTES


@both
def test_a_search_that_meets_damage_has_the_next_run_build_anew(tmp_path: Path, engine: EngineName) -> None:
    workspace = made(tmp_path, engine)
    searcher = Searcher(workspace.index_dir)
    before, folder = searched_index(workspace), tmp_path / "sager"
    with pytest.raises(EngineError, match="run `akt reindex`"), sound(before):
        raise EOFError  # what an engine's decoder runs into
    searcher.close()

    ingest(workspace, [folder])

    assert searched_index(workspace) != before
    assert found(workspace, PHRASE) == NOTES
    ingest(workspace, [folder])
    assert searched_index(workspace).name == "0002"


def test_too_many_open_files_are_no_damage(workspace: Workspace) -> None:
    before = searched_index(workspace)
    with pytest.raises(EngineError), sound(before):
        raise OSError(errno.EMFILE, "Too many open files")

    update_index_of(workspace)

    assert searched_index(workspace) == before


def update_index_of(workspace: Workspace) -> None:
    with open_store(sqlite_url(workspace.store_file)) as store:
        indexing.update_index(store, workspace.index_dir)
