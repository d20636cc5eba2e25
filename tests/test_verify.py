"""`akt verify` finds real damage, and `--repair` heals what can be healed."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest
from test_index_build import body, document

from corpus.model import Document
from corpus.workspace import Workspace
from index import manifest
from index.build import IndexWriter
from index.search import search
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.ingest.run import ingest
from pipeline.ingest.verify import Verified, verify

NOTE = "Notat om legepladser\n\nUdvalget bevilger {} mio. kr. til legepladser i 2025.\n"
NOTES = 3


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with documents, and a workspace into which they were read."""
    root = tmp_path_factory.mktemp("first")
    folder = root / "sager"
    folder.mkdir()
    for number in range(NOTES):
        (folder / f"{number}.txt").write_text(NOTE.format(number + 1))
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Date"] = "mette@fjordby.dk", "ole@fjordby.dk", "Mon, 3 Mar 2025 10:00:00 +0100"
    mail["Subject"] = "Cykelstier"
    mail.set_content("Se bilaget om cykelstier, jf. sag 2025-001234.\n")
    mail.add_attachment("Der spares 500.000 kr. på cykelstier i 2026.\n", filename="bilag.txt")
    (folder / "brev.eml").write_bytes(mail.as_bytes())
    ingest(Workspace(root / "rum"), [folder])
    return root


@pytest.fixture
def workspace(first: Path) -> Iterator[Workspace]:
    """The workspace, as it was after each test."""
    kept = first / "kept"
    shutil.copytree(first, kept)
    yield Workspace(first / "rum")
    for name in ("rum", "sager"):
        shutil.rmtree(first / name, ignore_errors=True)
        shutil.copytree(kept / name, first / name)
    shutil.rmtree(kept)


@contextmanager
def store(workspace: Workspace) -> Iterator[sqlite3.Connection]:
    """The database by itself: nothing keeps its rows in order."""
    with closing(sqlite3.connect(workspace.store_file)) as db, db:
        yield db


def sha_of(db: sqlite3.Connection, path: str) -> str:
    (sha256,) = db.execute("select sha256 from occurrences where path = ?", (path,)).fetchone()
    return str(sha256)


def codes(found: Verified) -> list[str]:
    return sorted({fault.code for fault in found.damaged})


def dump(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """All that the store says of contents, but for when and how often."""
    tables = ("contents", "members", "parts", "records", "problems", "message_keys", "link_pointers", "coverage")
    with store(workspace) as db:
        found = {name: sorted(db.execute(f"select * from {name}"), key=repr) for name in tables}
        places = "select path, sha256, parent, deleted from occurrences"
        stages = "select sha256, stage, version, status from stages"
        views = sorted(db.execute("select name, sql from sqlite_master where type = 'view'"))
        found |= {"occurrences": sorted(db.execute(places), key=repr), "stages": sorted(db.execute(stages))}
        return found | {"views": views}


def found(workspace: Workspace, query: str = "legepladser") -> int:
    return search(workspace.index_dir, query).total


def test_a_whole_workspace(workspace: Workspace) -> None:
    seen = verify(workspace, full=True)

    assert (seen.faults, seen.contents, seen.files, seen.waiting) == ([], NOTES + 2, NOTES + 1, 0)


def flip(db: sqlite3.Connection, column: str, sha256: str) -> None:
    (packed,) = db.execute(f"select {column} from contents where sha256 = ?", (sha256,)).fetchone()
    middle = len(packed) // 2
    spoiled = packed[:middle] + bytes([packed[middle] ^ 0xFF]) + packed[middle + 1 :]
    db.execute(f"update contents set {column} = ? where sha256 = ?", (spoiled, sha256))


def flip_both(db: sqlite3.Connection, sha256: str) -> None:
    flip(db, "document", sha256)
    flip(db, "reading", sha256)


DAMAGE: dict[str, tuple[str, Callable[[sqlite3.Connection, str], object]]] = {
    "a byte of a document": ("document-broken", lambda db, sha: flip(db, "document", sha)),
    "a byte of a reading": ("reading-broken", lambda db, sha: flip(db, "reading", sha)),
    "bytes of both": ("reading-broken", flip_both),
    "a record": ("rows-differ", lambda db, sha: db.execute("delete from records where sha256 = ?", (sha,))),
    "a figure in a record": (
        "rows-differ",
        lambda db, sha: db.execute("update records set payload = replace(payload, '000', '001') where type = 'amount'"),
    ),
    "the parts": ("rows-differ", lambda db, sha: db.execute("delete from parts where sha256 = ?", (sha,))),
    "what it is": (
        "rows-differ",
        lambda db, sha: db.execute(
            "update contents set kind = 'email', date = '1999-01-01', municipality = 'Fjordby', title = 'Andet'"
        ),
    ),
    "a view": ("views-lost", lambda db, sha: db.execute("drop view amounts")),
    "another view of its name": (
        "views-lost",
        lambda db, sha: db.executescript("drop view amounts; create view amounts as select 1 as id"),
    ),
    "a key of a message": ("rows-differ", lambda db, sha: db.execute("update message_keys set fingerprint = 'x'")),
    "a pointer": ("rows-differ", lambda db, sha: db.execute("delete from link_pointers")),
    "its stages": ("stage-lost", lambda db, sha: db.execute("delete from stages where sha256 = ?", (sha,))),
    "the content": ("content-lost", lambda db, sha: db.execute("delete from contents where sha256 = ?", (sha,))),
    "all of two": (
        "content-lost",
        lambda db, sha: db.execute("delete from contents where sha256 in (?, ?)", (sha, sha_of(db, "1.txt"))),
    ),
    "a member's place": ("places-differ", lambda db, sha: db.execute("delete from occurrences where path like '%!%'")),
    "rows of nothing": (
        "orphan-rows",
        lambda db, sha: db.execute("insert into parts (sha256, part, kind) values ('f', 0, 'body')"),
    ),
}


INSIDE = ("bytes of both", "the content")
"""Damage that is healed from the file a content lies in, which is another thing for a member."""


@pytest.mark.parametrize(
    ("damage", "path"),
    [
        *((damage, "0.txt") for damage in DAMAGE),
        *((damage, f"brev.eml{end}") for damage in INSIDE for end in ("", "!bilag.txt")),
    ],
)
def test_damage_to_the_store_is_found_and_healed(workspace: Workspace, damage: str, path: str) -> None:
    before = dump(workspace)
    code, break_it = DAMAGE[damage]
    with store(workspace) as db:
        break_it(db, sha_of(db, path))

    seen = verify(workspace)
    assert code in codes(seen)

    healed = verify(workspace, repair=True)

    assert (healed.damaged, [fault for fault in healed.faults if not fault.healed]) == ([], [])
    assert code in {fault.code for fault in healed.faults}
    assert verify(workspace, full=True).faults == []
    assert dump(workspace) == before
    assert (found(workspace), found(workspace, "cykelstier")) == (NOTES, 2)


def test_what_cannot_be_healed_is_told(workspace: Workspace, first: Path) -> None:
    (first / "sager" / "0.txt").unlink()
    with store(workspace) as db:
        flip_both(db, sha_of(db, "0.txt"))
        flip(db, "document", sha_of(db, "1.txt"))

    seen = verify(workspace, repair=True)

    assert codes(seen) == ["document-broken", "reading-broken"]
    assert all("nothing can be made of it again" in fault.message for fault in seen.damaged)
    assert [fault.path for fault in seen.faults if fault.healed] == ["1.txt"]
    assert [fault.code for fault in seen.sources] == ["source-missing"]
    assert found(workspace) == NOTES


def test_a_broken_table_wants_a_repair(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    with store(workspace) as db:
        (page,) = db.execute("select rootpage from sqlite_master where name = 'records'").fetchone()
        (size,) = db.execute("pragma page_size").fetchone()
        db.execute("pragma wal_checkpoint(truncate)")
    with workspace.store_file.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)

    assert run(["--workspace", str(workspace.root), "verify"]) == ExitCode.DAMAGED
    assert "`akt verify --repair` puts right what can be" in capsys.readouterr().err

    with store(workspace) as db:
        (sager,) = db.execute("select path from roots").fetchone()
    assert run(["--workspace", str(workspace.root), "ingest", "--quiet", sager]) == ExitCode.DAMAGED
    assert "run `akt verify --repair`; where that does not help, put back a copy" in capsys.readouterr().err


def test_an_index_of_the_database_is_made_again(workspace: Workspace) -> None:
    with store(workspace) as db:
        (page,) = db.execute("select rootpage from sqlite_master where name = 'records_type'").fetchone()
        (size,) = db.execute("pragma page_size").fetchone()
        db.execute("pragma wal_checkpoint(truncate)")
    with workspace.store_file.open("r+b") as file:
        file.seek((page - 1) * size + size - 40)
        file.write(b"\x07" * 20)

    found = verify(workspace)
    assert (codes(found), found.beyond_repair) == (["store-file"], False)
    assert verify(workspace, repair=True).damaged == []
    assert verify(workspace).faults == []


# --- the index --------------------------------------------------------------------------------------------------


def files(workspace: Workspace, ending: str) -> list[Path]:
    return list((workspace.index_dir / manifest.read(workspace.index_dir).folder).glob(f"*{ending}"))


def broken_index(workspace: Workspace, how: str) -> None:
    with store(workspace) as db:
        sha256 = sha_of(db, "0.txt")
    if how == "a document taken out":
        with IndexWriter(workspace.index_dir) as writer:
            writer.delete(sha256)
    elif how == "a document too many":
        with IndexWriter(workspace.index_dir) as writer:
            writer.replace(stranger(), ["fremmed.txt"])
    elif how == "a file deleted":
        files(workspace, ".term")[0].unlink()
    elif how == "a file cut":
        os.truncate(files(workspace, ".store")[0], 10)
    elif how == "the places of words":
        overwritten(files(workspace, ".pos")[0])
    elif how == "the table of words":
        files(workspace, "terms.sqlite")[0].write_bytes(b"\xff" * 4096)
    elif how == "all of it":
        shutil.rmtree(workspace.index_dir)


def overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 4, len(data) // 4 * 3):
        data[at] ^= 0x55
    path.write_bytes(data)


def stranger() -> Document:
    return document("fremmed.txt", body("legepladser"))


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("a document taken out", "index-differs"),
        ("a document too many", "index-surplus"),
        ("a file deleted", "index-broken"),
        ("a file cut", "index-broken"),
        ("the places of words", "index-broken"),
        ("the table of words", "index-broken"),
        ("all of it", "index-broken"),
    ],
)
def test_damage_to_the_index_is_found_and_healed(workspace: Workspace, how: str, code: str) -> None:
    broken_index(workspace, how)

    seen = verify(workspace)
    assert codes(seen) == [code]
    assert (how == "all of it") == ("There is no index; nothing is lost" in seen.faults[0].message)
    assert verify(workspace, repair=True).damaged == []
    assert verify(workspace, full=True).faults == []
    assert found(workspace) == NOTES


# --- the files --------------------------------------------------------------------------------------------------


def test_files_that_are_not_what_they_were_are_told(workspace: Workspace, first: Path) -> None:
    folder = first / "sager"
    (folder / "0.txt").unlink()
    (folder / "1.txt").write_text("Noget helt andet.\n")
    rotten = folder / "2.txt"
    before = rotten.stat()
    rotten.write_bytes(b"x" * before.st_size)
    os.utime(rotten, ns=(before.st_atime_ns, before.st_mtime_ns))

    seen = verify(workspace)
    assert sorted(fault.code for fault in seen.sources) == ["source-changed", "source-missing"]
    assert seen.damaged == []
    assert "source-rotten" in {fault.code for fault in verify(workspace, full=True).sources}
    assert run(["--workspace", str(workspace.root), "verify"]) == ExitCode.SOME_FAILED

    folder.rename(first / "andetsteds")
    assert [fault.code for fault in verify(workspace).sources] == ["folder-missing"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_whose_name_is_no_utf8_is_looked_at(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "sager")
    os.mkdir(folder)
    with open(folder + b"/bl\xe5.txt", "wb") as file:
        file.write(NOTE.format(1).encode())
    workspace = Workspace(tmp_path / "rum")
    ingest(workspace, [tmp_path / "sager"])

    assert (verify(workspace).files, verify(workspace, full=True).faults) == (1, [])


# --- the command ------------------------------------------------------------------------------------------------


def test_the_command(workspace: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    place = ["--workspace", str(workspace.root), "verify"]
    assert run(place) == ExitCode.DONE
    assert "all is well" in capfd.readouterr().err
    with store(workspace) as db:
        flip(db, "document", sha_of(db, "0.txt"))

    assert run([*place, "--format", "jsonl"]) == ExitCode.DAMAGED
    told = capfd.readouterr()
    (fault,) = map(json.loads, told.out.splitlines())
    assert (fault["area"], fault["code"], fault["path"], fault["healed"]) == (
        "content",
        "document-broken",
        "0.txt",
        False,
    )
    assert "`akt verify --repair` puts right what can be" in told.err

    assert run([*place, "--repair"]) == ExitCode.DONE
    told = capfd.readouterr()
    assert "0.txt: Its stored document cannot be unpacked" in told.out
    assert "(put right)" in told.out
    steps = ["Found 1 fault", "Making 1 document anew", "Looking at everything once more", "1 fault put right"]
    assert [step for step in steps if step in told.err] == steps


def test_the_next_opening_makes_a_lost_view_again(workspace: Workspace) -> None:
    with store(workspace) as db:
        db.execute("drop view amounts")

    assert run(["--workspace", str(workspace.root), "status"]) == ExitCode.DONE

    with store(workspace) as db:
        assert db.execute("select count(*) from amounts").fetchone() == (NOTES + 1,)
