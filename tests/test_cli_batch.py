"""`akt ingest` as a nightly job uses it: a plan, what failed, what is dropped."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from email.message import EmailMessage
from pathlib import Path

import pytest
from nightly import NOTE, akt, ingested, notes
from unprivileged import unprivileged

from corpus.store.lock import workspace_lock
from corpus.workspace import Workspace
from index import manifest
from index.search import search
from pipeline.cli.exits import ExitCode
from pipeline.ingest.dry import plan
from pipeline.ingest.run import ingest
from pipeline.ingest.status import status
from pipeline.ingest.verify import verify


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return notes(tmp_path / "sager", 4)


def found(workspace: Workspace, query: str = "legepladser") -> int:
    return search(workspace.index_dir, query).total


def state_of(root: Path) -> dict[str, str]:
    """Every file below, by its bytes."""
    files = [path for path in sorted(root.rglob("*")) if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("inside", ["", "index"])
@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_the_workspace_is_not_read_as_documents(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str], inside: str, more: list[str]
) -> None:
    ingested(workspace, folder)
    before = state_of(workspace.root)

    assert ingested(workspace, workspace.root / inside, *more) == ExitCode.USAGE

    assert "lies in the workspace" in capfd.readouterr().err
    assert state_of(workspace.root) == before


# --- what would be done -----------------------------------------------------------------------------------------


def test_a_dry_run_of_a_new_workspace_makes_none(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ingested(workspace, folder, "--dry-run") == ExitCode.DONE

    told = capfd.readouterr()
    assert [line.split() for line in told.out.splitlines()] == [["new", f"{folder}/{n}.txt"] for n in range(4)]
    assert "4 files: 4 new." in told.err
    assert "Nothing was written." in told.err
    assert not workspace.root.exists()


def test_a_dry_run_says_what_the_run_then_does_and_writes_nothing(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "tilbage.txt").write_text(NOTE.format(70))
    ingested(workspace, folder)
    (folder / "tilbage.txt").rename(tmp_path / "tilbage.txt")
    ingested(workspace, folder)
    (tmp_path / "tilbage.txt").rename(folder / "tilbage.txt")
    (folder / "0.txt").rename(folder / "flyttet.txt")
    (folder / "1.txt").unlink()
    (folder / "2.txt").write_text("Noget andet.\n")
    (folder / "ny.txt").write_text("Noget nyt.\n")
    (folder / "lænke").symlink_to("/etc/hostname")
    before = state_of(workspace.root)
    capfd.readouterr()

    assert ingested(workspace, folder, "--dry-run", "--prune", "--report", str(tmp_path / "plan.json")) == ExitCode.DONE

    assert state_of(workspace.root) == before
    plan = json.loads((tmp_path / "plan.json").read_text())
    steps = {step["path"]: step["action"] for step in plan["steps"]}
    assert {step["root"] for step in plan["steps"]} == {str(folder)}
    back = steps.pop("tilbage.txt")
    assert back in ("back", "compare", "new")  # by its stamp, which a file system may change with a name
    assert steps == {
        "flyttet.txt": "moved", "1.txt": "gone", "2.txt": "changed", "ny.txt": "new", "lænke": "left-out",
    }  # fmt: skip
    report = ingest(workspace, [folder])
    assert (report.moved, report.changed, report.deleted) == (1, 1, 1)
    assert [(left.root, left.path) for left in report.not_taken] == [(str(folder), "lænke")]
    capfd.readouterr()
    assert ingested(workspace, folder, "--dry-run") == ExitCode.DONE
    assert "5 unchanged" in capfd.readouterr().err


def test_a_dry_run_of_an_emptied_folder_counts_no_files(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ingested(workspace, folder) == ExitCode.DONE
    for file in folder.iterdir():
        file.unlink()
    capfd.readouterr()

    assert ingested(workspace, folder, "--dry-run") == ExitCode.ERROR

    told = capfd.readouterr().err
    assert told.startswith("0 files.\nNothing was written.\n")
    assert "is empty or not there now: is it mounted?" in told


def test_a_dry_run_says_what_the_run_may_not_read(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with unprivileged() as place:
        sager, workspace = notes(place / "sager", 3), Workspace(place / "rum")
        (sager / "0.txt").chmod(0)
        assert ingested(workspace, sager, "--dry-run") == ExitCode.DONE
        first = capfd.readouterr()
        report = ingest(workspace, [sager])
        (sager / "1.txt").chmod(0)
        (sager / "2.txt").chmod(0o644)
        assert ingested(workspace, sager, "--dry-run") == ExitCode.DONE
        second = capfd.readouterr()

    assert "3 files: 2 new, 1 unreadable." in first.err
    reason = "The file cannot be opened: Permission denied."
    assert first.out.splitlines()[0] == f"unreadable {sager}/0.txt ({reason})"
    assert [(failed.path, failed.reason) for failed in report.failures] == [("0.txt", reason)]
    assert (report.new, report.unreadable) == (2, 1)
    assert [line.split()[0] for line in second.out.splitlines()] == ["unreadable", "unreadable", "compare"]


def test_a_dry_run_counts_a_folder_that_cannot_be_listed_as_the_run_does(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ingested(Workspace(tmp_path / "rum"), notes(tmp_path / "sager", 1))  # so that all is imported
    with unprivileged() as place:
        sager, workspace = notes(place / "sager", 3), Workspace(place / "rum")
        (sager / "lukket").mkdir(mode=0)
        (sager / "0.txt").chmod(0)
        for _ in range(2):
            capfd.readouterr()
            planned = plan(workspace, [sager])
            assert ingested(workspace, sager, "--dry-run") == ExitCode.DONE
            said = [line for line in capfd.readouterr().err.splitlines() if line.startswith("4 files: ")]
            report = ingest(workspace, [sager])
            figures = [("new", report.new), ("unreadable", report.unreadable), ("unchanged", report.unchanged)]
            assert said == [f"4 files: {', '.join(f'{count} {name}' for name, count in figures if count)}."]
            assert (planned.seen, planned.counts.get("unreadable")) == (report.seen, report.unreadable) == (4, 2)
        (sager / "lukket").chmod(0o700)


def test_a_dry_run_names_what_an_older_version_made(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ingested(workspace, folder)
    capfd.readouterr()
    monkeypatch.setattr("pipeline.ingest.dry.kept_version", lambda connection: "akt-extract/999")
    monkeypatch.setattr("pipeline.ingest.dry.index_version", lambda: "999")

    assert ingested(workspace, folder, "--dry-run") == ExitCode.DONE

    told = capfd.readouterr().err
    assert "4 documents would be extracted anew" in told
    assert "4 documents would be indexed" in told


def test_a_dry_run_waits_for_no_run(folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    ingested(workspace, folder)
    with workspace_lock(workspace.lock_file):
        assert ingested(workspace, folder, "--dry-run") == ExitCode.BUSY
    assert f"process {os.getpid()}" in capfd.readouterr().err


# --- what is dropped --------------------------------------------------------------------------------------------


def test_prune_drops_what_lies_nowhere_and_nothing_else(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "karen@fjordby.example", "Bilag"
    mail.set_content("Hermed bilaget.\n")
    mail.add_attachment("Der anlægges cykelstier.\n", filename="bilag.txt")
    mail.add_attachment(NOTE.format(1), filename="note.txt")
    (folder / "brev.eml").write_bytes(mail.as_bytes())
    (folder / "kopi.txt").write_text(NOTE.format(2))
    ingested(workspace, folder)
    (folder / "brev.eml").unlink()
    (folder / "kopi.txt").unlink()
    (folder / "3.txt").unlink()
    ingested(workspace, folder)
    assert status(workspace).gone == 2

    assert akt(workspace, "ingest", "--prune") == ExitCode.DONE

    assert "Dropped for good: 3 documents without a file, and 3 places where a file lay." in capfd.readouterr().err
    state = status(workspace)
    assert (state.documents, state.gone, state.files.seen) == (3, 0, 3)
    assert (found(workspace), found(workspace, "cykelstier"), manifest.read(workspace.index_dir).documents) == (3, 0, 3)
    assert verify(workspace, full=True).faults == []
    assert ingest(workspace, [folder]).unchanged == 3


def test_what_is_only_out_of_sight_is_not_pruned(folder: Path, workspace: Workspace) -> None:
    ingested(workspace, folder)
    folder.rename(folder.with_name("andetsteds"))

    assert ingested(workspace, folder, "--prune") == ExitCode.ERROR

    assert status(workspace).documents == 4


def test_what_lay_in_a_folder_that_is_empty_now_is_not_pruned(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    """As a disk that is mounted in the folder on other nights."""
    inner = folder / "disk" / "2024"
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text("Notat om skøjtebanen.\n")
    (folder / "disk" / "b.txt").write_text("Notat om parkeringspladser.\n")
    (folder / "disk" / "1.txt").write_text(NOTE.format(1))  # lies elsewhere, too
    ingested(workspace, folder)
    shutil.rmtree(folder / "disk")
    (folder / "disk").mkdir()
    capfd.readouterr()

    for _ in range(2):
        assert ingested(workspace, folder, "--prune") == ExitCode.ERROR
        said = f"nothing was dropped: {folder / 'disk'} is empty now, and 2 documents to drop lay there"
        assert said in capfd.readouterr().err
        assert status(workspace).gone

    assert ingested(workspace, folder, "--prune", "--gone") == ExitCode.DONE
    assert (status(workspace).gone, status(workspace).documents) == (0, 4)


def test_a_folder_whose_documents_have_moved_or_that_is_gone_is_no_reason_not_to_prune(
    folder: Path, workspace: Workspace
) -> None:
    for name in ("ind", "ud"):
        (folder / name).mkdir()
        (folder / name / "sag.txt").write_text(f"Notat om skøjtebanen, {name}.\n")
    ingested(workspace, folder)
    (folder / "ind" / "sag.txt").rename(folder / "sag.txt")
    shutil.rmtree(folder / "ud")

    assert ingested(workspace, folder, "--prune") == ExitCode.DONE
    assert (status(workspace).gone, status(workspace).documents) == (0, 5)


@pytest.mark.parametrize("empty", [True, False])
def test_a_dry_run_says_what_the_run_would_drop(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str], empty: bool
) -> None:
    """Nothing where a folder is empty; else what is gone today as well, but not what lies elsewhere or is back."""
    disk = folder / "disk"
    disk.mkdir()
    for name in ("blivende", "borte", "flyttet", "tilbage"):
        (disk / f"{name}.txt").write_text(f"Notat om skøjtebanen, {name}.\n")
    (folder / "tidligere.txt").write_text("Notat om parkeringspladser.\n")
    ingested(workspace, folder)
    (folder / "tidligere.txt").unlink()
    (disk / "tilbage.txt").rename(tmp_path / "tilbage.txt")
    ingested(workspace, folder)
    (disk / "borte.txt").unlink()
    (disk / "flyttet.txt").rename(folder / "flyttet.txt")
    (tmp_path / "tilbage.txt").rename(folder / "tilbage.txt")
    if empty:
        (disk / "blivende.txt").rename(folder / "blivende.txt")
    capfd.readouterr()

    code = ingested(workspace, folder, "--dry-run", "--prune")
    named, planned = capfd.readouterr()
    drops = [line for line in named.splitlines() if line.startswith("drop ")]
    assert ingested(workspace, folder, "--prune") == code
    said = capfd.readouterr().err

    if empty:
        assert code == ExitCode.ERROR
        assert f"nothing would be dropped: {disk} is empty now, and 1 document to drop lay there" in planned
        assert f"nothing was dropped: {disk} is empty now, and 1 document to drop lay there" in said
        assert "for good." not in planned.replace("are gone for good.", "")
        assert drops == []
    else:
        assert code == ExitCode.DONE
        assert "2 documents would be dropped for good." in planned
        assert [line.split("/sager/")[1].split(" (")[0] for line in drops] == ["disk/borte.txt", "tidligere.txt"]
        assert "Dropped for good: 2 documents without a file" in said


def test_a_dry_run_says_that_what_changed_files_held_would_be_dropped(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    ingested(workspace, folder)
    (folder / "0.txt").write_text("Noget andet.\n")

    assert ingested(workspace, folder, "--dry-run", "--prune") == ExitCode.DONE

    assert "0 documents would be dropped for good, and what files that are changed held before." in (
        capfd.readouterr().err
    )


def test_a_dry_run_names_an_earlier_version_that_would_be_dropped(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "0.txt").write_text("Notat om skøjtebanen\n\nDen lukkes.\n")
    ingested(workspace, folder)
    (folder / "0.txt").write_text("Noget andet.\n")
    ingested(workspace, folder)
    capfd.readouterr()

    assert ingested(workspace, folder, "--dry-run", "--prune") == ExitCode.DONE

    (line,) = capfd.readouterr().out.splitlines()
    kind, sha256, *title = line.split()
    assert (kind, len(sha256), " ".join(title)) == ("drop", 12, "(Notat om skøjtebanen)")


def test_a_pruned_text_is_not_left_in_the_file(folder: Path, workspace: Workspace) -> None:
    (folder / "hemmelig.txt").write_text("Notat om Hvidkløverengen.\n\nDer bevilges 3 mio. kr. til Hvidkløverengen.\n")
    ingested(workspace, folder)
    assert "Hvidkløverengen".encode() in workspace.store_file.read_bytes()
    (folder / "hemmelig.txt").unlink()

    ingested(workspace, folder, "--prune")

    assert not any("Hvidkløverengen".encode() in path.read_bytes() for path in workspace.root.glob("akt.sqlite*"))
