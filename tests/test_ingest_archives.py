"""Archives from end to end: found by their places, worked on once, and no bomb costs more than itself."""

from __future__ import annotations

import gzip
from pathlib import Path

import hostile_files as hostile
import pytest
import sqlalchemy as sa

from corpus.limits import Limits
from corpus.store.database import open_store, sqlite_url
from corpus.store.schema import occurrences, problems
from corpus.workspace import Workspace
from index.search import search
from pipeline.ingest.options import RunOptions
from pipeline.ingest.pieces import Started
from pipeline.ingest.run import ingest
from pipeline.ingest.status import standing_failures
from pipeline.ingest.verify import verify
from pipeline.ingest.work import BATCH, Terms, work

TEXT = hostile.TEXT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sager"
    made.mkdir()
    return made


def paths(workspace: Workspace, query: str) -> list[str]:
    hits = search(workspace.index_dir, query, limit=100).hits
    return sorted(path for hit in hits for path in (hit.path, *hit.also_in))


def test_what_lies_in_archives_is_found_by_its_place_and_worked_on_once(folder: Path, workspace: Workspace) -> None:
    mail = hostile.mail_with(body=b"Hej Anne, vandrutsjebanen er aaben.\n")
    inner = hostile.zipped(("brev.eml", mail), ("notat.txt", TEXT))
    (folder / "sag.zip").write_bytes(hostile.zipped(("mappe/bilag.zip", inner), ("notat.txt", TEXT)))
    (folder / "sag.tgz").write_bytes(hostile.tarred(("brev.eml", mail), packed="gz"))
    report = ingest(workspace, [folder])

    assert report.failures == []
    assert report.documents == 5  # a mail, a text, and three archives
    assert paths(workspace, "vandrutsjebanen") == ["sag.tgz!brev.eml", "sag.zip!mappe/bilag.zip!brev.eml"]
    assert paths(workspace, "svommehallen kind:other") == ["sag.zip!mappe/bilag.zip!notat.txt", "sag.zip!notat.txt"]
    assert ingest(workspace, [folder]).documents == 0


def test_of_an_archive_that_has_grown_only_the_new_members_are_worked_on(folder: Path, workspace: Workspace) -> None:
    members = [(f"{number}.txt", b"Svommehal %d\n" % number) for number in range(6)]
    (folder / "sag.zip").write_bytes(hostile.zipped(*members[:5]))
    ingest(workspace, [folder])
    (folder / "sag.zip").write_bytes(hostile.zipped(*members))

    assert ingest(workspace, [folder]).documents == 2  # the new member and the archive
    assert len(paths(workspace, "svommehal")) == 6


def problems_of(workspace: Workspace, path: str) -> dict[str, str]:
    """What is said of the content of a file, by code."""
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        content = sa.select(occurrences.c.sha256).where(occurrences.c.path == path).scalar_subquery()
        rows = connection.execute(sa.select(problems).where(problems.c.sha256 == content))
        return {row.code: row.message for row in rows}


@pytest.mark.parametrize("workers", [0, 1])
def test_an_archive_that_holds_itself_is_read_once(folder: Path, workspace: Workspace, workers: int) -> None:
    quine = hostile.gzip_quine()
    assert gzip.decompress(quine) == quine
    (folder / "r.gz").write_bytes(quine)
    (folder / "sag.zip").write_bytes(hostile.zipped(("mappe/r.gz", quine), ("notat.txt", TEXT)))
    report = ingest(workspace, [folder], RunOptions(workers=workers))

    assert (report.documents, report.new) == (3, 2)
    assert [(each.path, each.code) for each in report.failures] == []
    assert "'r', without end" in problems_of(workspace, "r.gz")["too-deep"]
    assert problems_of(workspace, "sag.zip") == {}
    assert paths(workspace, "svommehallen") == ["sag.zip!notat.txt"]
    assert verify(workspace).faults == []
    assert ingest(workspace, [folder]).documents == 0


def test_bombs_are_listed_with_their_reason_and_the_others_are_read(folder: Path, workspace: Workspace) -> None:
    (folder / "a.txt").write_bytes(TEXT)
    (folder / "bombe.gz").write_bytes(hostile.gzip_bomb(110_000_000))
    (folder / "dyb.zip").write_bytes(hostile.zip_in_zip(20))
    (folder / "flad.zip").write_bytes(hostile.flat_bomb(20, 100_000))
    (folder / "laast.zip").write_bytes(hostile.raw_zip((b"hemmelig.txt", TEXT), flags=1))
    (folder / "sag.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(100))
    report = ingest(workspace, [folder], RunOptions(limits=Limits(ratio=1)))

    failed = {failure.path: failure.code for failure in standing_failures(workspace)}
    assert failed["bombe.gz"] == "too-large"
    assert failed["laast.zip"] == "encrypted-archive"
    assert failed["sag.7z"] == "unread-archive"
    assert {found.code for found in report.in_part if found.path.startswith("dyb.zip!")} == {"too-deep"}
    assert paths(workspace, "svommehallen") == ["a.txt"]


def test_of_an_archive_in_an_archive_a_batch_at_a_time_is_in_hand(folder: Path, workspace: Workspace) -> None:
    """What it shares with the archive around it is written before it."""
    same = b"Det samme brev om 7 mio. kr.\n"
    notes = [(f"{number}.txt", b"Sag %d koster %d kr.\n" % (number, number)) for number in range(2 * BATCH)]
    deep = hostile.zipped(("foerst.txt", same), *notes, ("sidst.txt", same))
    whole = hostile.zipped(("brev.txt", same), ("midt.zip", hostile.zipped(("dyb.zip", deep), ("brev.txt", same))))
    (folder / "sag.zip").write_bytes(whole)

    pieces = list(work(folder / "sag.zip", "sag.zip", Terms()))
    held = [len(piece.contents) for piece in pieces if not isinstance(piece, Started)]
    assert max(held) <= BATCH
    assert sum(held) == len(notes) + 4  # with the letter, two archives, and the result

    ingest(workspace, [folder])
    assert verify(workspace).faults == []
