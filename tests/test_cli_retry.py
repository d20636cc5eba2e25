"""What failed: stopping at it, trying it again (``failures --retry``, ``ingest --reread``), and how it is listed."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from nightly import NOTE, akt, ingested, notes
from unprivileged import unprivileged

from corpus.workspace import Workspace
from index.search import search
from pipeline.cli.exits import ExitCode
from pipeline.ingest import workers
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest
from pipeline.ingest.status import standing_failures, status
from pipeline.ingest.verify import verify


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return notes(tmp_path / "sager", 4)


def found(workspace: Workspace, query: str = "legepladser") -> int:
    return search(workspace.index_dir, query).total


def test_failfast_stops_at_the_first_that_fails(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "0.txt").write_bytes(b"")

    assert ingested(workspace, folder, "--failfast") == ExitCode.ERROR

    assert "stopped at the first document that failed" in capfd.readouterr().err
    assert status(workspace).documents == 1
    assert ingested(workspace, folder, "--failfast") == ExitCode.SOME_FAILED  # it has failed before
    assert status(workspace).documents == 4


def test_retry_works_on_what_failed_and_on_nothing_else(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "lang.txt").write_text(NOTE.format(8) * 40)
    (folder / "010190-1234.txt").write_bytes(b"")
    (folder / "010190-5678.txt").write_bytes(b"\0\1\2\3" * 40)
    assert ingested(workspace, folder, "--limit", "file_size=1000") == ExitCode.SOME_FAILED
    (folder / "ny.txt").write_text("Noget nyt.\n")
    capfd.readouterr()

    assert akt(workspace, "failures", "--retry", "--format", "jsonl") == ExitCode.SOME_FAILED

    told = capfd.readouterr()
    assert "3 failed before, 2 do now." in told.err
    left = [json.loads(line) for line in told.out.splitlines()]
    assert [(failed["code"], failed["tries"]) for failed in left] == [("empty-file", 2), ("unknown-format", 2)]
    assert len({failed["path"] for failed in left}) == 2
    assert all(failed["path"].startswith("010190-xxxx.txt (no. ") for failed in left)
    assert (found(workspace), status(workspace).documents) == (5, 7)

    (folder / "010190-1234.txt").unlink()
    (folder / "010190-5678.txt").unlink()
    ingested(workspace, folder)
    assert akt(workspace, "failures", "--retry") == ExitCode.NOTHING_FOUND
    assert "Nothing failed." in capfd.readouterr().err


def test_retry_with_a_higher_limit_reads_what_was_cut_and_never_less(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "lang.txt").write_text(f"{NOTE.format(8) * 40}\nSlutteligen.\n")
    with zipfile.ZipFile(folder / "arkiv.zip", "w") as archive:
        archive.writestr("inde.txt", f"{NOTE.format(9) * 40}\nIndeni.\n")
    assert ingested(workspace, folder, "--limit", "text_length=500") == ExitCode.DONE
    capfd.readouterr()
    assert akt(workspace, "records", "problems", "--format", "csv") == ExitCode.DONE
    assert capfd.readouterr().out.count("(--limit text_length=500)") == 2

    for lower in ("text_length=400", "text_length=500"):
        assert akt(workspace, "failures", "--retry", "--limit", lower) == ExitCode.NOTHING_FOUND
    capfd.readouterr()
    assert akt(workspace, "failures", "--retry", "--limit", "text_length=20000") == ExitCode.DONE

    assert "2 documents read in part before were read anew" in capfd.readouterr().err
    for word, path in (("Slutteligen", "lang.txt"), ("Indeni", "arkiv.zip!inde.txt")):
        assert akt(workspace, "search", word) == ExitCode.DONE
        assert path in capfd.readouterr().out
    assert akt(workspace, "failures", "--retry", "--limit", "text_length=40000") == ExitCode.NOTHING_FOUND


def test_retry_looks_into_a_folder_that_could_not_be_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workers, "usual_workers", lambda: 0)  # that user may start none, nor import anything
    ingested(Workspace(tmp_path / "rum"), notes(tmp_path / "sager", 1))
    with unprivileged() as place:
        folder, workspace = notes(place / "sager", 2), Workspace(place / "rum")
        for name in ("lukket", "lukket stadig"):
            (folder / name).mkdir()
            (folder / name / "inde.txt").write_text(NOTE.format(f"7 {name}"))
            (folder / name).chmod(0o000)
        assert ingested(workspace, folder) == ExitCode.SOME_FAILED
        (folder / "lukket").chmod(0o700)
        (folder / "lukket" / "tom.txt").write_bytes(b"")
        (folder / "ny.txt").write_text(NOTE.format(9))

        assert akt(workspace, "failures", "--retry") == ExitCode.SOME_FAILED

        assert "2 failed before, 2 do now." in capfd.readouterr().err
        left = {failed.path: failed.tries for failed in standing_failures(workspace)}
        assert left == {"lukket stadig": 2, "lukket/tom.txt": 1}
        assert (found(workspace), status(workspace).files.seen) == (3, 5)

        (folder / "lukket stadig").chmod(0o700)
        (folder / "lukket" / "tom.txt").unlink()
        report = ingest(workspace, [folder])
        assert (report.new, report.failures) == (3, [])  # what the retry has found, it has told in no report
        (folder / "lukket").chmod(0o700)


def test_retry_with_a_higher_limit_reads_what_lies_deeper(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    inner = NOTE.format("7 gravet ned").encode()
    for number in range(4):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("inde.txt" if not number else f"{number}.zip", inner)
        inner = made.getvalue()
    (folder / "dyb.zip").write_bytes(inner)
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "karen@fjordby.example", "Yderst"
    mail.set_content("Hermed.\n")
    mail.add_attachment(inner, maintype="application", subtype="zip", filename="bilag.zip")
    (folder / "brev.eml").write_bytes(mail.as_bytes())
    ingested(workspace, folder, "--limit", "depth=2")
    before = status(workspace).documents

    assert akt(workspace, "failures", "--retry", "--limit", "depth=2") == ExitCode.NOTHING_FOUND
    capfd.readouterr()
    assert akt(workspace, "failures", "--retry") == ExitCode.DONE

    assert "read in part before" in capfd.readouterr().err
    assert status(workspace).documents > before
    assert akt(workspace, "search", '"gravet ned"') == ExitCode.DONE
    assert "too-deep" not in status(workspace).problems


def test_reread_reads_anew_what_is_named_and_nothing_else(
    folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("lang", "længere"):
        (folder / f"{name}.txt").write_text(f"{NOTE.format(8) * 40}\nSlutteligen {name}.\n")
    ingested(workspace, folder, "--limit", "text_length=500")
    capfd.readouterr()
    assert ingested(workspace, folder) == ExitCode.DONE  # more is allowed now, and nothing has changed
    assert "2 of these were cut at a limit that this run goes beyond: `akt failures --retry`" in capfd.readouterr().err

    assert ingested(workspace, folder / "lang.txt", "--reread", "--dry-run") == ExitCode.DONE
    planned = capfd.readouterr()
    assert planned.out == f"read-again {folder}/lang.txt\n"
    assert "1 file: 1 to read again." in planned.err

    report = tmp_path / "nat.json"
    assert ingested(workspace, folder / "lang.txt", "--reread", "--report", str(report)) == ExitCode.DONE
    told = json.loads(report.read_text())
    assert (told["unchanged"], told["again"], told["documents"], told["in_part"]) == (1, 1, 1, [])
    assert (found(workspace, '"Slutteligen lang"'), found(workspace, '"Slutteligen længere"')) == (1, 0)
    assert verify(workspace, full=True).faults == []
    assert akt(workspace, "ingest", "--reread") == ExitCode.USAGE


def test_retry_counts_the_tries_of_a_container(folder: Path, workspace: Workspace) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("brev.txt", NOTE.format(1) * 20)
    (folder / "afbrudt.zip").write_bytes(made.getvalue()[:200])
    ingested(workspace, folder)
    for tries in (2, 3):
        ingest(workspace, [], RunOptions(retry=True))
        (failed,) = standing_failures(workspace)
        assert (failed.path, failed.tries) == ("afbrudt.zip", tries)


def test_a_variable_is_named_when_it_is_wrong(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AKT_WORKERS", "to")
    assert akt(workspace, "ingest", folder) == ExitCode.USAGE
    assert "AKT_WORKERS" in capfd.readouterr().err


def test_retry_of_an_attachment_leaves_its_mail_as_it_is(folder: Path, workspace: Workspace) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "karen@fjordby.example", "Bilag"
    mail.set_content("Hermed bilaget.\n")
    mail.add_attachment(b"\0\1\2\3" * 40, maintype="application", subtype="octet-stream", filename="bilag.bin")
    (folder / "brev.eml").write_bytes(mail.as_bytes())
    ingested(workspace, folder)

    report = ingest(workspace, [], RunOptions(retry=True))

    (failed,) = standing_failures(workspace)
    assert (failed.path, failed.tries, report.seen) == ("brev.eml!bilag.bin", 2, 1)
    assert verify(workspace, full=True).faults == []


def test_paths_are_shown_as_they_are_when_asked_for(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "010190-1234.txt").write_bytes(b"")
    ingested(workspace, folder)
    capfd.readouterr()

    akt(workspace, "failures", "--show-identifiers")

    assert "010190-1234.txt" in capfd.readouterr().out
