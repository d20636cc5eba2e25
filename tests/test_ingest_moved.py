"""Folders that are moved or deleted between two runs, copies, failures counted alike, and CPR numbers in file names."""

from __future__ import annotations

import os
import shutil
from email.message import EmailMessage
from pathlib import Path

import pytest
from runs import NOTE, counted, two_notes

from corpus.workspace import Workspace
from index.search import search
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.cli.summary import tell
from pipeline.export.records import found_rows
from pipeline.export.shown import find
from pipeline.export.state import status_lines
from pipeline.ingest.dry import plan
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest
from pipeline.ingest.scope import known_places
from pipeline.ingest.status import standing_failures, status

CPR = "010190-1234"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_notes(tmp_path / "sager")


def rows(workspace: Workspace, kind: str, query: str | None = None) -> list[dict[str, object]]:
    with found_rows(workspace, kind, query) as found:
        return [row for row, _ in found]


def test_a_moved_folder_is_followed(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    moved = folder.rename(folder.with_name("arkiv"))

    assert plan(workspace, [moved]).left == {}
    report = ingest(workspace, [moved])

    assert (counted(report), report.left) == ({"moved": 2}, {})
    state = status(workspace)
    assert (state.files.seen, state.documents, state.gone, state.missing) == (2, 2, 0, [])
    assert [hit.also_in for hit in search(workspace.index_dir, "svømmehal").hits] == [[]]


def test_a_moved_folder_that_lost_files_keeps_them_until_it_is_named(
    folder: Path, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was changed meanwhile stays in its old state, too: how many of them there are is told."""
    (folder / "c.txt").write_text(NOTE.replace("legepladser", "haller"))
    ingest(workspace, [folder])
    moved = folder.rename(folder.with_name("arkiv"))
    (moved / "a.txt").unlink()
    (moved / "c.txt").write_text(NOTE.replace("legepladser", "stier"))

    assert plan(workspace, [moved]).left == {str(folder): 2}
    assert run(["--workspace", str(workspace.root), "ingest", "--dry-run", str(moved)]) == ExitCode.DONE
    assert f"{folder} is not there now, and 2 files of it were not found in what was named" in capsys.readouterr().err
    report = ingest(workspace, [moved])

    assert (counted(report), report.left) == ({"moved": 1, "new": 1}, {str(folder): 2})
    tell(report, workspace, by_paths=True)
    assert f"{folder} is not there now, and 2 files of it were not found in what was named" in capsys.readouterr().err
    assert plan(workspace, [moved]).left == ingest(workspace, [moved]).left == {str(folder): 2}
    assert ingest(workspace, [], RunOptions(prune=True)).left == {}, "nothing is named, nothing looked at"

    state = status(workspace)
    assert (state.files.seen, state.gone, state.missing) == (4, 0, [str(folder)])

    report = ingest(workspace, [folder], RunOptions(gone=True))

    assert (report.gone, counted(report), report.left) == ([str(folder)], {"deleted": 2}, {})
    state = status(workspace)
    assert (state.files.seen, state.gone, state.missing) == (2, 2, [])


@pytest.mark.parametrize(("gone", "left"), [("", 0), ("2025", 1), ("a.txt", 1)])
def test_a_known_place_that_is_gone_is_marked_and_comes_back(
    folder: Path, workspace: Workspace, gone: str, left: int
) -> None:
    ingest(workspace, [folder])
    aside = shutil.move(folder / gone, folder.with_name("andetsteds"))

    assert known_places(workspace, [folder / gone, folder / "aldrig"]) == [folder / gone]
    ingest(workspace, [folder / gone], RunOptions(gone=gone != "a.txt"))

    assert (status(workspace).documents, status(workspace).gone) == (left, 2 - left)

    shutil.move(aside, folder / gone)
    ingest(workspace, [folder])

    assert (status(workspace).documents, status(workspace).gone) == (2, 0)


def test_a_file_of_its_own_is_named_before_its_copy_in_a_container(folder: Path, workspace: Workspace) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "karen@fjordby.example", "Kopi"
    message.set_content("Hermed en kopi.\n")
    message.add_attachment(NOTE.encode(), maintype="text", subtype="plain", filename="kopi.txt")
    (folder / "m.eml").write_bytes(message.as_bytes())
    (folder / "2025" / "a.txt").write_text(NOTE)

    ingest(workspace, [folder])

    found = [row for row in rows(workspace, "amount") if "legepladser" in str(row["quote"])]
    assert [row["path"] for row in found] == ["a.txt"]
    assert found[0]["also_in"] == ["2025/a.txt", "m.eml!kopi.txt"]


def test_ingest_status_and_failures_count_alike(folder: Path, workspace: Workspace) -> None:
    for name in ("tom.txt", "2025/tom.txt"):
        (folder / name).write_bytes(b"")

    report = ingest(workspace, [folder])

    listed = standing_failures(workspace)
    assert report.failed_files == status(workspace).files.failed == len(listed) == 2
    assert {(found.root, found.file) for found in listed} == {(str(folder), "tom.txt"), (str(folder), "2025/tom.txt")}


def test_a_mail_is_read_though_its_attachment_failed(
    folder: Path, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "karen@fjordby.example", "Bilag"
    message.set_content("Hermed bilaget.\n")
    unknown = b"\x00\x01\x02\x03" * 20
    message.add_attachment(unknown, maintype="application", subtype="octet-stream", filename="bilag.bin")
    (folder / "m.eml").write_bytes(message.as_bytes())
    before = len([file for file in folder.rglob("*") if file.is_file()])

    report = ingest(workspace, [folder])
    tell(report, workspace, by_paths=True)

    files = status(workspace).files
    assert (files.seen, files.read, files.failed, files.failed_inside) == (before, before, 0, 1)
    assert (report.failed_files, report.failed_inside) == (0, 1)
    assert "\n1 document inside files failed:\n" in capsys.readouterr().err
    assert f"{before} seen, {before} read, 0 failed; 1 inside files failed\n" in status_lines(status(workspace))
    (folder / "tom.txt").write_bytes(b"")
    tell(ingest(workspace, [folder]), workspace, by_paths=True)
    assert "\n1 file and 1 document inside files failed, 1 of them new:\n" in capsys.readouterr().err


def test_problems_are_counted_by_code_and_listed(folder: Path, workspace: Workspace) -> None:
    (folder / "tom.txt").write_bytes(b"")

    report = ingest(workspace, [folder])

    state = status(workspace)
    assert state.problems["empty-file"] == 1
    assert report.problems == state.with_problems
    assert ("tom.txt", "empty-file") in {(row["path"], row["code"]) for row in rows(workspace, "problem")}


def test_no_cpr_number_of_a_path_is_shown_or_indexed(tmp_path: Path, workspace: Workspace) -> None:
    folder = tmp_path / f"sag {CPR}"
    folder.mkdir()
    (folder / f"Klage_{CPR}_svar.txt").write_text(NOTE)
    (folder / f"tom {CPR}.txt").write_bytes(b"")

    report = ingest(workspace, [folder])
    again = ingest(workspace, [folder])

    (hit,) = search(workspace.index_dir, "legeplads").hits
    said = [
        str(hit),
        str(rows(workspace, "amount")),
        str(rows(workspace, "problem")),
        str(find(workspace, hit.id)),
        str(report.failures),
        str(standing_failures(workspace)),
        str(status(workspace)),
    ]
    assert hit.path == "Klage_010190-xxxx_svar.txt"
    assert not [text for text in said if "1234" in text]
    assert counted(again) == {"unchanged": 2}


def test_masked_paths_of_problems_are_told_apart_as_those_of_failures_are(tmp_path: Path, workspace: Workspace) -> None:
    """Two files and a copy that differ in nothing but the CPR number; in a snapshot there are no such numbers."""
    folder = tmp_path / "sager"
    folder.mkdir()
    for name, text in (("010190-1234", b""), ("010190-5678", b""), ("010190-9012", b"\0\1\2\3" * 40)):
        (folder / f"{name}.txt").write_bytes(text)

    report = ingest(workspace, [folder])

    found = rows(workspace, "problem")
    empty = next(row for row in found if row["code"] == "empty-file")
    told = [str(place) for row in found for place in (row["path"], *row["also_in"])]  # type: ignore[misc]
    assert len(told) == len(set(told)) == 3
    assert all(path.startswith("010190-xxxx.txt (no. ") for path in told)
    assert len(empty["also_in"]) == 1  # type: ignore[arg-type]
    assert sorted(told) == sorted(failed.path for failed in report.failures)


def test_what_was_gone_and_is_there_again_is_counted_as_back(
    folder: Path, workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where it has another time; one that holds something else is new."""
    (folder / "c.txt").write_text(NOTE.replace("legepladser", "haller"))
    ingest(workspace, [folder])
    aside = [shutil.move(folder / name, tmp_path) for name in ("a.txt", "c.txt", "2025/b.txt")]
    assert counted(ingest(workspace, [folder], RunOptions(gone=True))) == {"deleted": 3}
    for path in map(Path, aside):
        shutil.move(path, folder / ("2025" if path.name == "b.txt" else "") / path.name)
    os.utime(folder / "2025" / "b.txt", ns=(1, 1))
    (folder / "c.txt").write_text("Noget andet.\n")

    planned = plan(workspace, [folder])
    report = ingest(workspace, [folder])

    assert {step.path: step.action for step in planned.steps}["2025/b.txt"] == "back"
    assert counted(report) == {"back": 2, "new": 1}
    assert report.seen == report.back + report.new
    tell(report, workspace, by_paths=True)
    assert "3 files: 1 new, 2 back." in capsys.readouterr().err
    assert "3 seen, 1 new, 2 back" in status_lines(status(workspace))


def test_a_file_that_is_gone_has_moved_to_one_place(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    shutil.copy(folder / "a.txt", folder / "kopi.txt")
    (folder / "a.txt").rename(folder / "flyttet.txt")

    planned = plan(workspace, [folder])
    report = ingest(workspace, [folder])

    assert planned.counts == {"moved": 1, "new": 1}
    assert counted(report) == {"moved": 1, "new": 1, "unchanged": 1}
