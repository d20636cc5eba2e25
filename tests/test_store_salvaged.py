"""`akt verify --repair` of a store of which pages are overwritten: a new one holds all that can be read again."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from nightly import akt, notes

from corpus.workspace import Workspace, WorkspaceDamagedError
from index.search import search
from pipeline.cli.exits import ExitCode
from pipeline.ingest.run import ingest
from pipeline.ingest.verify import verify

NOTES, GONE = 40, 10
TABLES = ("contents", "occurrences", "parts", "part_contents", "records", "roots", "stages", "file_stamps", "runs")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Notes, of which some are gone: of these the store has all there is."""
    root = tmp_path_factory.mktemp("akt")
    folder, workspace = notes(root / "sager", NOTES), Workspace(root / "rum")
    ingest(workspace, [folder])
    for number in range(GONE):
        (folder / f"{number}.txt").unlink()
    ingest(workspace, [folder])
    return root


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Workspace:
    return Workspace(shutil.copytree(made / "rum", tmp_path / "rum"))


def texts(workspace: Workspace) -> set[str]:
    with closing(sqlite3.connect(workspace.store_file)) as store:
        return {text for (text,) in store.execute("select text from part_contents")}


def overwrite(workspace: Workspace, names: tuple[str, ...], *, leaf: bool = False) -> None:
    """The first page of these tables and indexes, or the page behind that where their first rows stand."""
    with closing(sqlite3.connect(workspace.store_file)) as store:
        size = store.execute("pragma page_size").fetchone()[0]
        pages = [
            number
            for name in names
            for (number,) in store.execute("select rootpage from sqlite_master where name = ?", (name,))
        ]
    assert len(pages) == len(names)
    with workspace.store_file.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * size)
            head = file.read(14)
            if leaf and head[0] == 5:  # the right-most child of an inner page is named in its head
                page = int.from_bytes(head[8:12], "big")
            file.seek((page - 1) * size)
            file.write(random.Random(page).randbytes(size))


@pytest.mark.parametrize("leaf", [False, True])
@pytest.mark.parametrize("name", [*TABLES, "occurrences_path", "sqlite_autoindex_contents_1"])
def test_a_page_that_is_overwritten_costs_nothing_that_is_elsewhere(
    made: Path, workspace: Workspace, name: str, *, leaf: bool
) -> None:
    before = texts(workspace)
    overwrite(workspace, (name,), leaf=leaf)

    assert akt(workspace, "verify") == ExitCode.DAMAGED
    seen = verify(workspace, repair=True)

    assert verify(workspace).damaged == []
    assert texts(workspace) == before
    assert search(workspace.index_dir, "legepladser").total == NOTES - GONE
    assert {fault.code for fault in seen.damaged} <= {"reading-broken", "document-broken"}
    assert {fault.path for fault in seen.damaged} <= {f"{number}.txt" for number in range(GONE)}
    assert all("Only its text was saved" in fault.message for fault in seen.damaged)
    report = ingest(workspace, [made / "sager"])
    assert (report.new, report.changed, report.deleted, report.failures) == (0, 0, 0, [])


def test_what_is_lost_for_good_is_named(made: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    overwrite(workspace, ("contents", "part_contents"))

    assert akt(workspace, "verify", "--repair") == ExitCode.DAMAGED

    told = capfd.readouterr()
    for number in range(GONE):
        assert f"Lost: {number}.txt." in told.err
        assert f"content: {number}.txt: " in told.out
    assert told.out.count("Nothing of it can be read, and no file holds it now") == 2 * GONE
    assert f"The damaged store is kept as {workspace.root / 'akt.damaged.sqlite'}." in told.err
    assert verify(workspace).faults == []
    assert search(workspace.index_dir, "legepladser").total == NOTES - GONE
    assert ingest(workspace, [made / "sager"]).unchanged == NOTES - GONE


def test_each_damaged_store_is_kept(workspace: Workspace) -> None:
    for _ in range(2):
        overwrite(workspace, ("records",))
        verify(workspace, repair=True)
    assert sorted(path.name for path in workspace.root.glob("akt.damaged*")) == [
        "akt.damaged.2.sqlite",
        "akt.damaged.sqlite",
    ]


def test_a_store_without_its_beginning_is_left_as_it_is(workspace: Workspace) -> None:
    with workspace.store_file.open("r+b") as file:
        file.write(b"\xff" * 4096)
    before = workspace.store_file.read_bytes()

    with pytest.raises(WorkspaceDamagedError, match=r"Nothing of the store .* can be read"):
        verify(workspace, repair=True)

    assert workspace.store_file.read_bytes() == before
    assert not list(workspace.root.glob("akt.sqlite.new*"))


@pytest.mark.parametrize("kept", [0.9, 0.5])
def test_a_store_that_is_cut_short_is_read_to_where_it_was_cut(
    made: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str], kept: float
) -> None:
    size = workspace.store_file.stat().st_size
    with workspace.store_file.open("r+b") as file:
        file.truncate(int(size * kept) // 4096 * 4096)

    assert akt(workspace, "verify") == ExitCode.DAMAGED
    akt(workspace, "verify", "--repair")

    told = capfd.readouterr().err
    assert "Run `akt ingest` with your folders next" in told
    assert not list(workspace.root.glob("*.padded*"))
    ingest(workspace, [made / "sager"])
    assert verify(workspace).faults == []
    assert search(workspace.index_dir, "legepladser").total == NOTES - GONE
