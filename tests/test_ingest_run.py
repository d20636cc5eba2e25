"""Whole runs over real files: only what is new is worked on, and nothing is lost."""

from __future__ import annotations

import os
import shutil
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa
from runs import NOTE, counted, hits, two_notes

from corpus import formats
from corpus.store.database import open_store, sqlite_url
from corpus.store.queries import contents_with_prefix, load_document, places_of
from corpus.store.schema import records
from corpus.workspace import Workspace, WorkspaceBusyError
from index.search import search
from pipeline.export.records import found_rows
from pipeline.ingest import versions
from pipeline.ingest.run import ingest
from pipeline.ingest.status import standing_failures, status


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_notes(tmp_path / "sager")


def mail(subject: str, **attachments: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Karen Holm <karen@fjordby.example>", "udvalg@fjordby.example"
    message["Subject"], message["Date"] = subject, "Mon, 03 Mar 2025 10:00:00 +0100"
    message.set_content(f"Kære udvalg\n\nSe bilaget om {subject}.\n\nVenlig hilsen\nKaren\n")
    for name, text in attachments.items():
        message.add_attachment(text, filename=f"{name}.txt")
    return message.as_bytes()


def test_a_run_reads_stores_and_indexes(folder: Path, workspace: Workspace) -> None:
    report = ingest(workspace, [folder])

    assert counted(report) == {"new": 2}
    assert report.records["amount"] == 2
    assert report.failures == []
    assert hits(workspace, "svømmehal") == ["2025/b.txt"]


def test_a_second_run_does_nothing(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])

    report = ingest(workspace, [folder])

    assert counted(report) == {"unchanged": 2}
    assert (report.documents, report.again, report.indexed) == (0, 0, 0)


def test_a_changed_file_is_read_again_and_the_old_text_is_not_found(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    (folder / "a.txt").write_text("Notat om cykelstier\n\nDer afsættes 3 mio. kr. til cykelstier.\n")

    report = ingest(workspace, [folder])

    assert counted(report) == {"changed": 1, "unchanged": 1}
    assert hits(workspace, "legeplads") == []
    assert hits(workspace, "cykelsti") == ["a.txt"]


def test_a_file_that_is_only_touched_keeps_its_content(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    os.utime(folder / "a.txt", ns=(1, 1))

    report = ingest(workspace, [folder])

    assert counted(report) == {"unchanged": 2}
    assert report.documents == 0


def test_a_deleted_file_is_not_found_and_comes_back(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    aside = shutil.move(folder / "a.txt", folder.parent / "a.txt")

    assert counted(ingest(workspace, [folder])) == {"unchanged": 1, "deleted": 1}
    assert hits(workspace, "legeplads") == []

    shutil.move(aside, folder / "a.txt")
    report = ingest(workspace, [folder])

    assert report.documents == 0
    assert hits(workspace, "legeplads") == ["a.txt"]


def test_a_moved_file_is_not_worked_on(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    (folder / "a.txt").rename(folder / "2025" / "ny.txt")

    report = ingest(workspace, [folder])

    assert counted(report) == {"moved": 1, "unchanged": 1}
    assert report.documents == 0
    assert hits(workspace, "legeplads") == ["2025/ny.txt"]


def test_the_same_attachment_on_two_mails_is_worked_on_once(folder: Path, workspace: Workspace) -> None:
    (folder / "1.eml").write_bytes(mail("budget", bilag="Bilag: Der spares 4 mio. kr. på rengøring.\n"))
    (folder / "2.eml").write_bytes(mail("økonomi", bilag="Bilag: Der spares 4 mio. kr. på rengøring.\n"))

    report = ingest(workspace, [folder])

    assert report.seen == 4
    assert report.documents == 5
    (hit,) = search(workspace.index_dir, "rengøring").hits
    assert [hit.path, *hit.also_in] == ["1.eml!bilag.txt", "2.eml!bilag.txt"]


def test_an_attachment_stays_while_one_of_its_mails_goes(folder: Path, workspace: Workspace) -> None:
    for name in ("1", "2"):
        (folder / f"{name}.eml").write_bytes(mail(name, bilag="Bilag: Der spares 4 mio. kr. på rengøring.\n"))
    ingest(workspace, [folder])
    (folder / "1.eml").unlink()

    ingest(workspace, [folder])

    (hit,) = search(workspace.index_dir, "rengøring").hits
    assert (hit.path, hit.also_in) == ("2.eml!bilag.txt", [])


def test_a_file_of_blanks_is_an_empty_file_and_nothing_else(folder: Path, workspace: Workspace) -> None:
    (folder / "blank.txt").write_text(" \n\t\n")
    ingest(workspace, [folder])

    failed = [(failure.path, failure.code) for failure in standing_failures(workspace)]
    assert failed == [("blank.txt", "empty-file")]
    with found_rows(workspace, "problem") as rows:
        assert [row["code"] for row, _ in rows] == ["empty-file"]


def test_a_bad_document_costs_only_itself(folder: Path, workspace: Workspace) -> None:
    (folder / "tom.txt").write_bytes(b"")
    (folder / "brudt.pdf").write_bytes(b"%PDF-1.7\nno pdf at all")

    report = ingest(workspace, [folder])

    assert counted(report) == {"new": 4}
    assert {failed.path for failed in report.failures} == {"tom.txt", "brudt.pdf"}
    assert all(failed.reason and failed.hint for failed in report.failures)
    assert hits(workspace, "legeplads") == ["a.txt"]
    found = status(workspace)
    assert (found.files.seen, found.files.read, found.files.failed) == (4, 2, 2)
    assert found.records["amount"] == 2


def test_failures_stand_until_they_are_mended(folder: Path, workspace: Workspace) -> None:
    (folder / "tom.txt").write_bytes(b"")
    ingest(workspace, [folder])

    assert [failed.path for failed in ingest(workspace, [folder]).failures] == ["tom.txt"]

    (folder / "tom.txt").write_text(NOTE)

    assert ingest(workspace, [folder]).failures == []
    assert standing_failures(workspace) == []


def test_a_file_that_vanishes_during_the_run_is_a_failure_of_that_file(folder: Path, workspace: Workspace) -> None:
    def vanish(step: str, done: int, total: int | None, path: str) -> None:
        if path == "a.txt":
            (folder / "a.txt").unlink()

    report = ingest(workspace, [folder], progress=vanish)

    assert [(failed.path, failed.code) for failed in report.failures] == [("a.txt", "cannot-open")]
    assert hits(workspace, "svømmehal") == ["2025/b.txt"]


def test_a_second_run_at_the_same_time_is_refused(folder: Path, workspace: Workspace) -> None:
    def at_once(step: str, done: int, total: int | None, path: str) -> None:
        with pytest.raises(WorkspaceBusyError, match="process"):
            ingest(workspace, [folder])

    ingest(workspace, [folder], progress=at_once)


def test_a_subfolder_belongs_to_the_root_it_lies_in(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    (folder / "a.txt").unlink()

    report = ingest(workspace, [folder / "2025"])

    assert counted(report) == {"unchanged": 1}
    assert hits(workspace, "svømmehal") == ["2025/b.txt"]
    assert hits(workspace, "legeplads") == ["a.txt"]


def test_a_folder_takes_in_what_was_ingested_of_it_before(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder / "2025"])
    assert hits(workspace, "svømmehal") == ["b.txt"]

    report = ingest(workspace, [folder])

    assert counted(report) == {"new": 1, "unchanged": 1}
    assert hits(workspace, "svømmehal") == ["2025/b.txt"]


def test_a_single_file_marks_nothing_beside_it(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder / "a.txt"])
    ingest(workspace, [folder / "2025" / "b.txt"])

    assert hits(workspace, "legeplads") == ["a.txt"]
    assert hits(workspace, "svømmehal") == ["b.txt"]


def test_names_that_cover_each_other_are_worked_on_once(folder: Path, workspace: Workspace) -> None:
    report = ingest(workspace, [folder, folder / "2025", folder])

    assert report.seen == 2


def test_no_cpr_number_is_written_anywhere(folder: Path, workspace: Workspace) -> None:
    (folder / "sag.txt").write_text("Sagen om Karen Holm, cpr 010190-1234, er afgjort d. 3. marts 2025.\n")

    ingest(workspace, [folder])

    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        for sha256 in contents_with_prefix(connection, ""):
            document = load_document(connection, sha256)
            assert document is not None
            assert not any("010190-1234" in part.text for part in document.parts)
        written = connection.execute(sa.select(records.c.payload, records.c.quote, records.c.text)).all()
    assert "1234" not in str(written)
    assert hits(workspace, "010190-1234") == []


def test_a_document_has_its_present_place(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])

    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        places = {
            place.path for sha256 in contents_with_prefix(connection, "") for place in places_of(connection, sha256)
        }

    assert places == {"a.txt", "2025/b.txt"}


def test_what_no_reader_knew_is_stale_when_a_reader_is_new() -> None:
    nobody = versions.read_version("none")

    assert nobody in versions.fresh_read_versions()
    assert nobody not in formats.ALL
