"""Mailboxes from end to end: read a mail at a time, found again, and only what is new is worked on the next night."""

from __future__ import annotations

import json
import mailbox
import os
import shutil
import sys
from contextlib import suppress
from email.message import EmailMessage
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from pst_writer import Folder, Message, Person, write_pst
from unprivileged import unprivileged

from corpus.limits import Limits
from corpus.readers import mbox
from corpus.store.database import open_store, sqlite_url
from corpus.store.schema import occurrences, stages
from corpus.workspace import Workspace
from index.search import search
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.cli.summary import tell
from pipeline.extract import extract_bytes
from pipeline.ingest import keeping
from pipeline.ingest import work as ingest_work
from pipeline.ingest.options import RunOptions
from pipeline.ingest.progress import Progress
from pipeline.ingest.report import Report
from pipeline.ingest.run import ingest
from pipeline.ingest.status import standing_failures, status
from pipeline.ingest.verify import verify


def mail(number: int, *, attachment: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Karen Holm <karen@fjordby.example>", "udvalg@fjordby.example"
    message["Subject"], message["Date"] = f"Svømmehal {number}", "Mon, 03 Mar 2025 10:00:00 +0100"
    message["Message-ID"] = f"<{number}@fjordby.example>"
    message.set_content(f"Kære udvalg\n\nSvømmehallen koster {number + 1} mio. kr. i 2025.\n\nVenlig hilsen\nKaren\n")
    if attachment is not None:
        message.add_attachment(attachment, filename="bilag.txt")
    return message


def write(path: Path, *mails: EmailMessage) -> None:
    """Put mails behind those that are in the mailbox already."""
    box = mailbox.mbox(path)
    for each in mails:
        box.add(each)
    box.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "post"
    made.mkdir()
    return made


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_work, "BATCH", 4)


def paths(workspace: Workspace, query: str) -> list[str]:
    return sorted(hit.path for hit in search(workspace.index_dir, query, limit=100).hits)


def test_every_mail_and_attachment_is_found_by_its_place(folder: Path, workspace: Workspace) -> None:
    write(folder / "indbakke", *(mail(n, attachment="Bilag om vandrutsjebanen.\n") for n in range(10)))
    report = ingest(workspace, [folder])

    assert (report.seen, report.new, report.failures) == (1, 1, [])
    assert report.documents == 12  # ten mails, one attachment, the mailbox
    assert paths(workspace, "svømmehal") == sorted(f"indbakke!{n}.eml" for n in range(1, 11))
    (hit,) = search(workspace.index_dir, "vandrutsjebane").hits
    assert len(hit.also_in) == 9
    assert {hit.path, *hit.also_in} == {f"indbakke!{n}.eml!bilag.txt" for n in range(1, 11)}


def test_of_a_mailbox_that_has_grown_only_the_new_mails_are_worked_on(folder: Path, workspace: Workspace) -> None:
    write(folder / "indbakke", *(mail(n, attachment="Bilag.\n") for n in range(10)))
    ingest(workspace, [folder])
    write(folder / "indbakke", mail(10), mail(11))
    report = ingest(workspace, [folder])

    assert (report.changed, report.new) == (1, 0)
    assert report.documents == 3  # two mails and the mailbox
    assert report.indexed <= 4  # and the old mailbox, which leaves the index
    assert len(paths(workspace, "svømmehal")) == 12
    assert ingest(workspace, [folder]).documents == 0


def test_mails_that_are_gone_from_a_mailbox_leave_the_index(folder: Path, workspace: Workspace) -> None:
    write(folder / "indbakke", *(mail(n) for n in range(6)))
    ingest(workspace, [folder])
    (folder / "indbakke").unlink()
    write(folder / "indbakke", mail(0), mail(5))
    ingest(workspace, [folder])

    assert paths(workspace, "svømmehal") == ["indbakke!1.eml", "indbakke!2.eml"]
    titles = {hit.title for hit in search(workspace.index_dir, "svømmehal", limit=9).hits}
    assert titles == {"Svømmehal 0", "Svømmehal 5"}


class Killed(BaseException):
    """As kill -9: nothing after it is done."""


def dies_at(number: int) -> Progress:
    def progress(step: str, done: int, total: int | None, path: str) -> None:
        if step == "unpacking" and done >= number:
            raise Killed

    return progress


def test_a_run_that_dies_in_a_mailbox_goes_on_where_it_was(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(keeping, "EVERY", 4)
    write(folder / "indbakke", *(mail(n, attachment=f"Bilag {n}.\n") for n in range(20)))
    with pytest.raises(Killed):
        ingest(workspace, [folder], progress=dies_at(12))
    assert len(paths(workspace, "svømmehal")) >= 8
    assert status(workspace).files.stale == 1
    report = ingest(workspace, [folder])

    assert report.documents == 2 * (20 - 12) + 1
    assert (report.new, report.continued, report.unended) == (report.seen, 1, 1)
    tell(report, workspace, by_paths=True)
    assert "Gone on with: 1 file that an earlier run had read in part.\n" in capsys.readouterr().err
    assert ingest(workspace, [folder]).continued == 0
    assert len(paths(workspace, "svømmehal")) == 20
    assert len(paths(workspace, "bilag kind:other")) == 20


def test_a_mailbox_that_a_killed_run_has_not_read_to_its_end_is_no_damage(folder: Path, workspace: Workspace) -> None:
    write(folder / "indbakke", *(mail(n) for n in range(20)))
    with pytest.raises(Killed):
        ingest(workspace, [folder], progress=dies_at(12))

    seen = verify(workspace)
    assert (seen.damaged, [fault.code for fault in seen.sources]) == ([], ["source-unfinished"])
    assert run(["--workspace", str(workspace.root), "verify"]) == ExitCode.SOME_FAILED

    (folder / "indbakke").unlink()
    write(folder / "indbakke", *(mail(n) for n in range(3)))
    ingest(workspace, [folder])
    assert verify(workspace).faults == []  # what was begun lies nowhere now


def test_what_an_old_mailbox_holds_stays_found_while_the_new_one_is_read(folder: Path, workspace: Workspace) -> None:
    write(folder / "indbakke", *(mail(n) for n in range(20)))
    ingest(workspace, [folder])
    write(folder / "indbakke", mail(20))
    with pytest.raises(Killed):
        ingest(workspace, [folder], progress=dies_at(4))
    assert len(paths(workspace, "svømmehal")) == 20

    assert ingest(workspace, [folder]).documents == 2
    assert len(paths(workspace, "svømmehal")) == 21


def test_ctrl_c_in_a_mailbox_keeps_what_is_done(folder: Path, workspace: Workspace) -> None:
    write(folder / "indbakke", *(mail(n) for n in range(20)))
    answers = iter([False, False, True])
    report = ingest(workspace, [folder], should_stop=lambda: next(answers, True))

    assert report.interrupted
    assert 0 < report.documents < 20
    assert len(paths(workspace, "svømmehal")) == report.documents - 1, "the mailbox itself counts from when it is begun"
    assert ingest(workspace, [folder]).documents == 22 - report.documents, "and is told again when it is read whole"


def test_mail_that_arrives_while_a_mailbox_is_read_waits_for_the_next_run(folder: Path, workspace: Workspace) -> None:
    box = folder / "indbakke"
    write(box, *(mail(n) for n in range(8)))

    def grows(step: str, done: int, total: int | None, path: str) -> None:
        if step == "unpacking" and done == 4:
            write(box, mail(99))

    assert ingest(workspace, [folder], progress=grows).failures == []
    assert len(paths(workspace, "svømmehal")) == 8

    assert ingest(workspace, [folder]).documents == 2
    assert len(paths(workspace, "svømmehal")) == 9


def test_a_mailbox_that_is_written_anew_while_it_is_read_is_read_again_next_time(
    folder: Path, workspace: Workspace, tmp_path: Path
) -> None:
    box = folder / "indbakke"
    write(box, *(mail(n) for n in range(8)), mail(8, attachment="x\n" * mbox.CHUNK))
    rewritten = tmp_path / "kun en"
    write(rewritten, mail(50))

    def rewrites(step: str, done: int, total: int | None, path: str) -> None:
        if step == "unpacking" and done == 4:
            box.write_bytes(rewritten.read_bytes())

    report = ingest(workspace, [folder], progress=rewrites)
    assert [(failed.path, failed.code) for failed in report.failures] == [("indbakke", "cannot-open")]
    assert "changed while it was read" in report.failures[0].reason

    assert ingest(workspace, [folder]).failures == []
    assert paths(workspace, "svømmehal") == ["indbakke!1.eml"]


def test_an_old_state_stays_searchable_when_a_mailbox_cannot_be_read() -> None:
    with unprivileged() as place:
        folder, workspace = place / "post", Workspace(place / "rum")
        folder.mkdir()
        write(folder / "indbakke", mail(1), mail(2))
        ingest(workspace, [folder])
        (folder / "indbakke").chmod(0)
        os.utime(folder / "indbakke")
        report = ingest(workspace, [folder])

        assert [(failed.path, failed.code) for failed in report.failures] == [("indbakke", "cannot-open")]
        assert len(paths(workspace, "svømmehal")) == 2


def test_a_mailbox_deleted_and_put_back_is_found_again(folder: Path, workspace: Workspace) -> None:
    path = folder / "indbakke"
    write(path, mail(1), mail(2))
    (folder / "andet.txt").write_text("Andet.\n")
    ingest(workspace, [folder])
    kept = path.read_bytes()
    path.unlink()
    ingest(workspace, [folder])
    assert paths(workspace, "svømmehal") == []

    path.write_bytes(kept)
    assert ingest(workspace, [folder]).documents == 0
    assert len(paths(workspace, "svømmehal")) == 2


def test_an_unreadable_attachment_in_a_mailbox_is_listed_and_the_others_are_read(
    folder: Path, workspace: Workspace
) -> None:
    odd = mail(3)
    odd.add_attachment(b"\x00\x01\x02" * 99, maintype="application", subtype="x-regneark", filename="tal.qqq")
    write(folder / "indbakke", mail(1), odd, mail(2))
    report = ingest(workspace, [folder])

    failed = [("indbakke!2.eml!tal.qqq", "unknown-format")]
    assert [(each.path, each.code) for each in standing_failures(workspace)] == failed
    assert (report.failed_files, report.failed_inside) == (0, 1)
    assert len(paths(workspace, "svømmehal")) == 3


def test_a_maildir_is_a_folder_of_mails(folder: Path, workspace: Workspace) -> None:
    box = mailbox.Maildir(folder / "karen")
    read, unread = box.add(mail(1)), box.add(mail(2))
    seen = box[read]
    seen.set_subdir("cur")
    seen.add_flag("S")
    box[read] = seen
    (folder / "karen" / "dovecot-uidlist").write_text("3 V1 N3\n")
    (folder / "karen" / "tmp" / "1614776709.M1.post").write_bytes(b"From: halv")
    report = ingest(workspace, [folder])

    assert report.seen == 2
    assert [found.path for found in report.not_taken] == ["karen/tmp/1614776709.M1.post"]
    assert paths(workspace, "svømmehal") == [f"karen/cur/{read}:2,S", f"karen/new/{unread}"]
    seen.add_flag("R")
    box[read] = seen
    again = ingest(workspace, [folder])
    assert (again.moved, again.documents) == (1, 0)
    assert paths(workspace, "svømmehal") == [f"karen/cur/{read}:2,RS", f"karen/new/{unread}"]


def test_the_places_in_a_mailbox_are_not_limited_as_an_archive_is(folder: Path, workspace: Workspace) -> None:
    write(folder / "indbakke", *(mail(n, attachment=f"Bilag {n}.\n") for n in range(30)))
    ingest(workspace, [folder], RunOptions(limits=Limits(children=5)))

    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        count = connection.scalar(sa.select(sa.func.count()).where(occurrences.c.file.is_not(None)))
    assert count == 60
    assert status(workspace).files.seen == 1


def outlook(folder: Path, count: int) -> None:
    karen = Person("Karen Holm", "karen@fjordby.example")
    notes = [
        Message(subject=f"Svømmehal {n}", sender=karen, plain=f"Den koster {n + 1} mio. kr.") for n in range(count)
    ]
    (folder / "karen.pst").write_bytes(write_pst([Folder("Indbakke", notes), Folder("Sendt post", notes[:1])]))


@pytest.mark.skipif(find_spec("pypff") is None, reason="needs libpff: pip install 'akt[pst]'")
def test_an_outlook_data_file_is_read_once_what_reads_it_is_installed(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlook(folder, 9)
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "pypff", None)
        report = ingest(workspace, [folder])
        assert [(each.path, each.code) for each in report.failures] == [("karen.pst", "reader-missing")]
        assert "akt[pst]" in report.failures[0].hint
        assert ingest(workspace, [folder]).documents == 0
    report = ingest(workspace, [folder])

    assert report.failures == []
    assert len(paths(workspace, "svømmehal")) == 9
    (hit,) = search(workspace.index_dir, '"Svømmehal 0"').hits
    assert [hit.path, *hit.also_in] == ["karen.pst!Indbakke/1.eml", "karen.pst!Sendt post/1.eml"]


@pytest.fixture
def box(folder: Path) -> Path:
    write(folder / "indbakke.mbox", mail(0), mail(1, attachment="Bilag.\n"))
    return folder / "indbakke.mbox"


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_extract_gives_a_mailbox_as_one_document_with_its_mails(
    box: Path, form: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["extract", str(box), "--format", form]) == ExitCode.DONE
    document = json.loads(capfd.readouterr().out)

    assert (document["media_type"], document["reader"], document["parts"]) == ("application/mbox", "mbox/1", [])
    assert [child["name"] for child in document["children"]] == ["1.eml", "2.eml"]
    assert [child["parts"][0]["subject"] for child in document["children"]] == ["Svømmehal 0", "Svømmehal 1"]
    assert document["children"][1]["children"][0]["path"] == f"{box}!2.eml!bilag.txt"


def test_extract_says_the_same_of_a_mailbox_in_memory(box: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["extract", str(box)])
    streamed = json.loads(capfd.readouterr().out)

    assert streamed == json.loads(msgspec.json.encode(extract_bytes(box.read_bytes(), str(box))))


def test_a_message_says_that_it_has_attachments_also_when_it_is_extracted_anew(tmp_path: Path, samples: Path) -> None:
    papers, workspace = tmp_path / "papirer", Workspace(tmp_path / "arbejde")
    papers.mkdir()
    shutil.copy(samples / "mail-med-bilag.eml", papers)
    shutil.copy(samples / "mail-hoering.eml", papers)
    ingest(workspace, [papers])
    assert [hit.path for hit in search(workspace.index_dir, "has:attachment").hits] == ["mail-med-bilag.eml"]
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.begin() as connection:
        connection.execute(stages.update().where(stages.c.stage == "extract").values(version="akt-extract/0"))
    assert ingest(workspace, [papers]).again == 3
    assert [hit.path for hit in search(workspace.index_dir, "har:bilag").hits] == ["mail-med-bilag.eml"]


@pytest.mark.parametrize("ends", ["by an error", "by Ctrl-C", "by itself"])
def test_a_mailbox_in_hand_is_counted_when_the_run_ends(folder: Path, workspace: Workspace, ends: str) -> None:
    """What is counted is what the store holds, however the run ends; a mailbox that is read whole counts once."""
    write(folder / "indbakke", *(mail(n) for n in range(10)))
    report, stopped = Report(), []

    def tell(step: str, done: int, total: int | None, path: str) -> None:
        if step == "unpacking" and ends == "by an error":
            raise RuntimeError("no room")
        if step == "unpacking" and ends == "by Ctrl-C":
            stopped.append(path)

    with suppress(RuntimeError):
        ingest(workspace, [folder], progress=tell, should_stop=lambda: bool(stopped), report=report)

    assert report.documents == status(workspace).documents == {"by itself": 11}.get(ends, 5)
    again = ingest(workspace, [folder])
    assert again.documents == {"by itself": 0}.get(ends, 7)
    assert status(workspace).documents == 11
