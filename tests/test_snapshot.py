"""`akt export` and `akt import`: a workspace as files that can be checked, and back."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from corpus.store.lock import workspace_lock
from corpus.workspace import Workspace
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.export.records import found_rows
from pipeline.snapshot import reading, writing
from pipeline.snapshot.manifest import NAME, digest, read_manifest
from pipeline.snapshot.reading import checked, import_workspace
from pipeline.snapshot.writing import export_workspace

PAPERS = ("forslag-fjordby-BSU07.pdf", "mail-med-bilag.eml", "referat-fjordby-KFU-2024-06-04.pdf", "indbakke.mbox")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Workspace:
    folder = tmp_path_factory.mktemp("snapshot")
    papers = folder / "papirer"
    papers.mkdir()
    for name in PAPERS:
        shutil.copy(samples / name, papers)
    found = Workspace(folder / "arbejde")
    assert _akt(found, "ingest", str(papers)) == ExitCode.DONE
    assert _akt(found, "saved", "add", "skole", "skole*") == ExitCode.DONE
    return found


@pytest.fixture(scope="module")
def snapshot(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ud") / "snapshot"
    assert _akt(workspace, "export", str(folder)) == ExitCode.DONE
    return folder


def _akt(workspace: Workspace, *arguments: str) -> int:
    return run(["--workspace", str(workspace.root), *arguments])


def test_a_run_under_way_is_told(workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with workspace_lock(workspace.lock_file):
        assert _akt(workspace, "export", str(tmp_path / "ud")) == ExitCode.DONE
    assert "A run is under way (process " in capfd.readouterr().err
    assert _akt(workspace, "export", str(tmp_path / "igen")) == ExitCode.DONE
    assert "under way" not in capfd.readouterr().err


def _dump(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, but what the index and the format say of themselves."""
    left_out = {"views", "schema"}
    with closing(sqlite3.connect(workspace.store_file)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: sorted(database.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}
    rows["meta"] = [row for row in rows["meta"] if row[0] not in left_out]
    rows["stages"] = [row for row in rows["stages"] if row[1] != "index"]
    return rows


def test_a_snapshot_of_an_akt_that_had_fewer_tables_is_read(
    workspace: Workspace, snapshot: Path, tmp_path: Path
) -> None:
    older, copy = tmp_path / "ældre", Workspace(tmp_path / "kopi")
    shutil.copytree(snapshot, older)
    (older / "store" / "ahead.parquet").unlink()
    manifest = read_manifest(older)
    files = [file for file in manifest.files if file.path != "store/ahead.parquet"]
    assert len(files) == len(manifest.files) - 1
    fewer = msgspec.structs.replace(manifest, files=files, sha256=digest(files))
    (older / NAME).write_bytes(msgspec.json.encode(fewer))

    assert _akt(copy, "import", str(older)) == ExitCode.DONE
    assert _dump(copy) == _dump(workspace)


def test_what_is_read_back_is_the_workspace(
    workspace: Workspace, snapshot: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    copy = Workspace(tmp_path / "kopi")
    assert _akt(copy, "import", str(snapshot)) == ExitCode.DONE
    assert _dump(copy) == _dump(workspace)
    capfd.readouterr()
    answers = []
    for one in (workspace, copy):
        assert _akt(one, "search", "besparelse skole*", "--format", "jsonl", "--limit", "100") == ExitCode.DONE
        answers.append(capfd.readouterr().out)
    assert answers[0] == answers[1] != ""
    assert _akt(copy, "saved", "list") == ExitCode.DONE
    assert "skole*" in capfd.readouterr().out


def test_the_checksum_names_the_workspace(
    workspace: Workspace, snapshot: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Written twice it is the same; it is that of the list that sha256sum would make."""
    capfd.readouterr()
    assert _akt(workspace, "export", str(tmp_path / "igen")) == ExitCode.DONE
    printed = capfd.readouterr().out.strip()
    manifest = json.loads((snapshot / "manifest.json").read_bytes())
    assert printed == manifest["sha256"] == json.loads((tmp_path / "igen" / "manifest.json").read_bytes())["sha256"]
    listed = "".join(
        f"{hashlib.sha256((snapshot / file['path']).read_bytes()).hexdigest()}  {file['path']}\n"
        for file in sorted(manifest["files"], key=lambda file: str(file["path"]))
    )
    assert hashlib.sha256(listed.encode()).hexdigest() == printed


def test_the_checksum_is_that_of_the_contents_whoever_made_the_index(
    workspace: Workspace, snapshot: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    copy = Workspace(tmp_path / "kopi")
    assert _akt(copy, "import", str(snapshot)) == ExitCode.DONE
    capfd.readouterr()
    assert _akt(copy, "export", str(tmp_path / "igen")) == ExitCode.DONE
    assert capfd.readouterr().out.strip() == json.loads((snapshot / "manifest.json").read_bytes())["sha256"]


@pytest.mark.parametrize(("name", "record_type"), [("amounts", "amount"), ("lines", "line"), ("decisions", "decision")])
def test_the_tables_for_people_hold_what_is_exported_elsewhere(
    workspace: Workspace, snapshot: Path, name: str, record_type: str
) -> None:
    written = pq.read_table(snapshot / "data" / f"{name}.parquet").to_pylist()
    with found_rows(workspace, record_type) as found:
        exported = [row for row, _ in found]
    assert [row["id"] for row in written] == [row["id"] for row in exported]
    for field in {"value", "value_kr", "label", "year", "from", "body", "raw"} & set(written[0]):
        assert [row[field] for row in written] == [row[field] for row in exported]
    assert len(written) > 3


def test_every_record_leads_to_a_document_and_a_part(snapshot: Path) -> None:
    data = snapshot / "data"
    documents = {row["sha256"]: row for row in pq.read_table(data / "documents.parquet").to_pylist()}
    parts = {row["id"]: row for row in pq.read_table(data / "parts.parquet").to_pylist()}
    amounts = pq.read_table(data / "amounts.parquet").to_pylist()
    for row in amounts:
        part = parts[row["id"].rsplit(".", 2)[0]]
        assert row["sha256"] in documents
        assert part["text"][row["start"] : row["end"]] == row["text"]
    assert any(isinstance(row["value"], Decimal) for row in amounts)
    messages = pq.read_table(data / "messages.parquet").to_pylist()
    assert {row["id"] for row in messages} <= set(parts)
    assert any(row["quoted"] for row in messages)


@pytest.mark.parametrize("what", ["byte", "missing", "manifest", "outside"])
def test_a_changed_snapshot_is_refused(
    snapshot: Path, tmp_path: Path, what: str, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "snapshot"
    shutil.copytree(snapshot, folder)
    place, manifest = folder / "store" / "records.parquet", folder / "manifest.json"
    if what == "byte":
        data = bytearray(place.read_bytes())
        data[len(data) // 2] ^= 1
        place.write_bytes(data)
    elif what == "missing":
        place.unlink()
    elif what == "manifest":
        told = json.loads(manifest.read_bytes())
        told["files"][0]["sha256"] = "0" * 64
        manifest.write_text(json.dumps(told))
    else:
        told = json.loads(manifest.read_bytes())
        told["files"][0]["path"] = "../snapshot/data/documents.parquet"
        manifest.write_text(json.dumps(told))
    copy = Workspace(tmp_path / "kopi")
    capfd.readouterr()
    assert _akt(copy, "import", "--check", str(folder)) == ExitCode.DAMAGED
    assert _akt(copy, "import", str(folder)) == ExitCode.DAMAGED
    assert "is not the snapshot that was written" in capfd.readouterr().err
    assert not copy.root.exists()


def test_nothing_is_written_over(workspace: Workspace, snapshot: Path, tmp_path: Path) -> None:
    (tmp_path / "noget").mkdir()
    (tmp_path / "noget" / "fil").write_text("min")
    assert _akt(workspace, "export", str(tmp_path / "noget")) == ExitCode.USAGE
    assert _akt(workspace, "import", str(snapshot)) == ExitCode.USAGE
    assert _akt(Workspace(tmp_path / "ny"), "import", str(tmp_path / "noget")) == ExitCode.USAGE
    assert [path.name for path in tmp_path.iterdir()] == ["noget"]


def test_an_imported_workspace_goes_on_with_its_folder(
    workspace: Workspace, snapshot: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    copy = Workspace(tmp_path / "kopi")
    assert _akt(copy, "import", str(snapshot)) == ExitCode.DONE
    papers = workspace.root.with_name("papirer")
    (papers / "ny.txt").write_text("En besparelse på 3 mio. kr. i 2027.\n", encoding="utf-8")
    try:
        capfd.readouterr()
        assert _akt(copy, "ingest", str(papers)) == ExitCode.DONE
        assert "1 new" in capfd.readouterr().err
    finally:
        (papers / "ny.txt").unlink()


def test_a_snapshot_without_its_manifest_is_damaged(snapshot: Path, tmp_path: Path) -> None:
    lacking = tmp_path / "uden"
    shutil.copytree(snapshot, lacking)
    (lacking / NAME).unlink()

    assert _akt(Workspace(tmp_path / "ny"), "import", str(lacking)) == ExitCode.DAMAGED


def _dies(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing can be killed in the middle here")
@pytest.mark.parametrize("moment", ["at its tables", "before its index", "before it takes its place"])
def test_an_import_that_is_killed_leaves_no_workspace_and_is_given_again(
    workspace: Workspace,
    snapshot: Path,
    tmp_path: Path,
    moment: str,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy, manifest = Workspace(tmp_path / "et [rum]"), checked(snapshot)
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(reading, "put_in_place", _dies)
        tables = _dies if "tables" in moment else lambda name, rows: None
        import_workspace(copy, snapshot, manifest, tables, _dies if "index" in moment else lambda: None)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert not copy.root.exists()
    assert len(list(tmp_path.iterdir())) == 1

    assert _akt(copy, "import", str(snapshot)) == ExitCode.DONE
    assert [path.name for path in tmp_path.iterdir()] == ["et [rum]"]
    assert _dump(copy) == _dump(workspace)
    capfd.readouterr()
    assert _akt(copy, "search", "--count", "skole*") == ExitCode.DONE


def test_an_import_leaves_alone_what_another_one_makes(snapshot: Path, tmp_path: Path) -> None:
    other = Workspace(tmp_path / ".rum.1.partial").open(create=True)
    with workspace_lock(other.lock_file):
        assert _akt(Workspace(tmp_path / "rum"), "import", str(snapshot)) == ExitCode.DONE

    assert other.store_file.is_file()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing can be killed in the middle here")
@pytest.mark.parametrize("moment", ["at its tables", "before it takes its place"])
def test_what_an_export_that_is_killed_leaves_is_removed_by_the_next(
    workspace: Workspace, tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(writing, "sync_tree", _dies)
        export_workspace(workspace, tmp_path / "fredag", _dies if "tables" in moment else lambda name, rows: None)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert [path.name for path in tmp_path.iterdir()] == [f".fredag.{child}.partial"]

    assert _akt(workspace, "export", str(tmp_path / "lørdag")) == ExitCode.DONE

    assert [path.name for path in tmp_path.iterdir()] == ["lørdag"]
    assert sorted(path.name for path in (tmp_path / "lørdag").iterdir()) == ["data", "manifest.json", "store"]


def test_an_export_leaves_alone_what_another_one_writes_and_what_is_nobodys(
    workspace: Workspace, tmp_path: Path
) -> None:
    alive, foreign = tmp_path / ".uge 7.1.partial", tmp_path / ".film.2.partial"
    for name in ("data", "store"):
        (alive / name).mkdir(parents=True)
    foreign.mkdir()
    (foreign / "lock").touch()

    with workspace_lock(alive / "lock"):
        assert _akt(workspace, "export", str(tmp_path / "uge 8")) == ExitCode.DONE

    assert (alive / "data").is_dir()
    assert foreign.is_dir()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB of its own, in a place of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_an_import_onto_a_full_disk_leaves_nothing_and_says_what_to_do(
    snapshot: Path, disk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _akt(Workspace(disk), "import", str(snapshot)) == ExitCode.USAGE
    assert "name a folder in it" in capfd.readouterr().err
    (disk / "fyld").write_bytes(bytes(1_700_000))
    room = Workspace(disk / "rum")

    assert _akt(room, "import", str(snapshot)) == ExitCode.ERROR
    assert f"There is no room left on the disk of {room.root}" in capfd.readouterr().err
    assert [path.name for path in disk.iterdir()] == ["fyld"]

    (disk / "fyld").unlink()
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
    assert _akt(room, "import", str(snapshot)) == ExitCode.DONE
