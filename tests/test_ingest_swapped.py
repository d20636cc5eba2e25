"""Files that look as they did and hold something else: a wrong figure under a file's name is the worst there is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.store.database import open_store, sqlite_url
from corpus.store.schema import file_stamps
from corpus.workspace import Workspace
from pipeline.export.records import found_rows
from pipeline.ingest import snapshot
from pipeline.ingest import work as ingest_work
from pipeline.ingest.run import ingest

NOON = 1_735_732_800_000_000_000
NOTE = "Udvalget bevilger {} kr. til legepladser i 2025.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sager"
    made.mkdir()
    for name, kroner in (("a", "100.000"), ("b", "200.000")):
        write(made / f"{name}.txt", kroner)
    return made


def write(file: Path, kroner: str) -> None:
    file.write_text(NOTE.format(kroner))
    os.utime(file, ns=(NOON, NOON))


def figures(workspace: Workspace) -> dict[str, str]:
    with found_rows(workspace, "amount") as rows:
        return {str(row["path"]): str(row["value"]) for row, _ in rows}


def forget_stamps(workspace: Workspace) -> None:
    """As a store that an Akt without stamps has written."""
    with open_store(sqlite_url(workspace.store_file)) as engine:
        file_stamps.drop(engine)


def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(*arguments: object) -> None:
        raise AssertionError("a file was read again")

    monkeypatch.setattr(ingest_work, "work", work)


def never_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    def holds(location: Path, _size: int, _sha256: str | None) -> bool:
        pytest.fail(f"{location} was hashed twice")

    monkeypatch.setattr(snapshot, "holds", holds)


def test_files_that_swap_names_swap_their_figures(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    for old, new in (("a.txt", "c"), ("b.txt", "a.txt"), ("c", "b.txt")):
        (folder / old).rename(folder / new)

    report = ingest(workspace, [folder])

    assert figures(workspace) == {"a.txt": "200000", "b.txt": "100000"}
    assert (report.changed, report.unchanged, report.documents) == (2, 0, 0)


def test_an_edit_in_place_with_its_date_put_back_is_read(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    write(folder / "a.txt", "300.000")

    report = ingest(workspace, [folder])

    assert figures(workspace) == {"a.txt": "300000", "b.txt": "200000"}
    assert (report.changed, report.unchanged) == (1, 1)


def test_another_file_in_the_place_of_one_that_was_gone(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    (folder / "a.txt").unlink()
    ingest(workspace, [folder])
    write(folder / "a.txt", "300.000")

    ingest(workspace, [folder])

    assert figures(workspace) == {"a.txt": "300000", "b.txt": "200000"}


def test_a_copied_archive_is_hashed_once_and_not_read(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(workspace, [folder])
    for name in ("a", "b"):
        (folder / f"{name}.txt").rename(folder.parent / name)
        write(folder / f"{name}.txt", {"a": "100.000", "b": "200.000"}[name])
    no_work(monkeypatch)

    report = ingest(workspace, [folder])

    assert (report.unchanged, report.changed, report.indexed) == (2, 0, 0)
    never_hashed(monkeypatch)
    assert ingest(workspace, [folder]).unchanged == 2


def test_a_store_of_an_older_akt_opens_and_hashes_once(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(workspace, [folder])
    forget_stamps(workspace)
    no_work(monkeypatch)

    assert ingest(workspace, [folder]).unchanged == 2
    never_hashed(monkeypatch)
    assert ingest(workspace, [folder]).unchanged == 2


def test_a_swap_that_an_older_akt_did_not_see_is_mended(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    forget_stamps(workspace)
    write(folder / "a.txt", "300.000")

    ingest(workspace, [folder])

    assert figures(workspace) == {"a.txt": "300000", "b.txt": "200000"}
