"""What an earlier run has left: failures that are known, readings under another limit, an older Akt's store."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from nightly import NOTE, akt, ingested, notes

from corpus.workspace import Workspace
from index import manifest
from index.search import search
from pipeline import extract
from pipeline.cli.exits import ExitCode
from pipeline.ingest import versions, work
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest
from pipeline.ingest.status import standing_failures, status
from pipeline.ingest.verify import verify

CPR = "0101904433"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return notes(tmp_path / "sager", 2)


def known(workspace: Workspace, folder: Path) -> dict[str, bool]:
    report = ingest(workspace, [folder])
    assert report.new_failures == sum(not failed.known for failed in report.failures)
    return {failed.path: failed.known for failed in report.failures}


# --- failures that are known --------------------------------------------------------------------------------------


def test_a_failure_is_known_from_the_second_run_on(folder: Path, workspace: Workspace) -> None:
    (folder / "tom.txt").write_bytes(b"")
    assert known(workspace, folder) == {"tom.txt": False}
    assert known(workspace, folder) == {"tom.txt": True}

    (folder / "billede.bin").write_bytes(b"\0\1\2\3" * 40)

    assert known(workspace, folder) == {"billede.bin": False, "tom.txt": True}


def test_a_moved_file_fails_as_before_and_a_copy_of_it_anew(folder: Path, workspace: Workspace) -> None:
    (folder / "tom.txt").write_bytes(b"")
    known(workspace, folder)

    (folder / "tom.txt").rename(folder / "flyttet.txt")
    assert known(workspace, folder) == {"flyttet.txt": True}

    (folder / "kopi.txt").write_bytes(b"")
    assert known(workspace, folder) == {"flyttet.txt": True, "kopi.txt": False}


def test_another_failure_at_the_same_place_is_new(folder: Path, workspace: Workspace) -> None:
    (folder / "sag.txt").write_bytes(b"")
    known(workspace, folder)

    (folder / "sag.txt").write_bytes(b"\0\1\2\3" * 40)

    assert known(workspace, folder) == {"sag.txt": False}


def test_what_is_new_is_told_before_what_failed_before(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.txt").write_bytes(b"")
    ingested(workspace, folder)
    assert "1 file failed:\n  a.txt: The file holds no bytes.\n" in capfd.readouterr().err.replace("sager/", "")

    ingested(workspace, folder)
    assert "1 file failed, as before:\n" in capfd.readouterr().err

    (folder / "b.bin").write_bytes(b"\0\1\2\3" * 40)
    ingested(workspace, folder, "--report", str(tmp_path / "nat.json"))
    lines = capfd.readouterr().err.replace("sager/", "").splitlines()
    first = lines.index("2 files failed, 1 of them new:")
    assert [line.split(":")[0] for line in lines[first + 1 : first + 3]] == ["  b.bin", "  a.txt"]
    assert lines[first + 2].endswith("(failed before)")
    assert not lines[first + 1].endswith("(failed before)")
    report = json.loads((tmp_path / "nat.json").read_text())
    assert report["new_failures"] == 1
    assert [(each["path"], each["known"]) for each in report["failures"]] == [("a.txt", True), ("b.bin", False)]


def test_failfast_stops_at_bytes_that_failed_before(folder: Path, workspace: Workspace) -> None:
    (folder / "tom.txt").write_bytes(b"")
    ingested(workspace, folder)
    assert ingested(workspace, folder, "--failfast") == ExitCode.SOME_FAILED  # it is as it was

    (folder / "0 kopi.txt").write_bytes(b"")
    assert ingested(workspace, folder, "--failfast") == ExitCode.ERROR

    (folder / "0 kopi.txt").unlink()
    with zipfile.ZipFile(folder / "0.zip", "w") as archive:
        archive.writestr("inde.txt", b"")
        archive.writestr("ny.txt", NOTE.format(7))
    assert ingested(workspace, folder, "--failfast") == ExitCode.ERROR
    shutil.copy(folder / "0.zip", folder / "0 igen.zip")
    assert ingested(workspace, folder, "--failfast") == ExitCode.ERROR


# --- readings under another limit ---------------------------------------------------------------------------------


def test_a_lower_limit_leaves_what_was_read(folder: Path, workspace: Workspace) -> None:
    (folder / "lang.txt").write_text(NOTE.format(8) * 40)
    ingested(workspace, folder)
    before = status(workspace).parts
    lang = folder / "lang.txt"
    shutil.copy(lang, folder / "kopi.txt")
    lang.rename(folder / "flyttet.txt")
    os.utime(folder / "flyttet.txt", (1, 1))

    assert ingested(workspace, folder, "--limit", "file_size=1000") == ExitCode.DONE
    assert (standing_failures(workspace), status(workspace).parts) == ([], before)

    (folder / "ny.txt").write_text(NOTE.format(9) * 40)
    assert ingested(workspace, folder, "--limit", "file_size=1000") == ExitCode.SOME_FAILED
    assert [failed.path for failed in standing_failures(workspace)] == ["ny.txt"]


# --- an index that is lost ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("reindex",), ("verify", "--repair"), ("ingest", "--workers", "0")])
def test_a_lost_index_is_made_by_the_engine_that_it_had(
    command: tuple[str, ...], folder: Path, workspace: Workspace
) -> None:
    ingested(workspace, folder, "--engine", "whoosh")
    shutil.rmtree(workspace.index_dir)

    akt(workspace, *command, *([folder] if command[0] == "ingest" else []))

    assert manifest.read(workspace.index_dir).engine == "whoosh"
    assert search(workspace.index_dir, "legepladser").total == 2


def test_the_engine_of_the_index_that_is_there_is_the_one_remembered(folder: Path, workspace: Workspace) -> None:
    ingested(workspace, folder, "--engine", "whoosh")
    ingested(workspace, folder, "--engine", "tantivy")
    shutil.rmtree(workspace.index_dir)

    ingested(workspace, folder)

    assert manifest.read(workspace.index_dir).engine == "tantivy"


# --- a store of an older Akt --------------------------------------------------------------------------------------


@contextmanager
def an_older_akt() -> Iterator[None]:
    """One that masks nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "EXTRACTOR_VERSION", "akt-extract/0")
        for module in (extract, work):
            patch.setattr(module, "mask_reading", lambda reading: reading)
        yield


@pytest.mark.parametrize("workers", [0, 2])
def test_what_an_older_akt_did_not_mask_is_masked_by_the_next_run(
    folder: Path, workspace: Workspace, workers: int
) -> None:
    (folder / "tabel.txt").write_text(
        "Budget (1.000 kr.)\n\n"
        "Område                    2024         2025\n"
        f"Skoler               {CPR}         1.200\n"
        "Veje                     1.300         1.400\n\n"
        f"Borgeren {CPR[:6]}-{CPR[6:]} får 413.000 kr. i støtte.\n"
    )
    with an_older_akt():
        ingest(workspace, [folder])
    kept = (CPR.encode(), f"{CPR[:6]}-{CPR[6:]}".encode())
    assert any(number in workspace.store_file.read_bytes() for number in kept)

    report = ingest(workspace, [folder], RunOptions(workers=workers))

    assert (report.unchanged, report.again) == (3, 3)
    assert not [path for path in workspace.root.glob("akt.sqlite*") if any(n in path.read_bytes() for n in kept)]
    assert verify(workspace).faults == []
