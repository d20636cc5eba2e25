"""Which files are found, and that nothing is left out without a word."""

from __future__ import annotations

import os
from pathlib import Path

from unprivileged import unprivileged

from pipeline.ingest.discover import FoundFile, NotTaken, discover


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def paths(folder: Path, start: Path | None = None, exclude: Path | None = None) -> list[str]:
    return [found.path for found in discover(folder, start or folder, exclude) if isinstance(found, FoundFile)]


def left_out(folder: Path) -> dict[str, NotTaken]:
    return {found.path: found for found in discover(folder, folder) if isinstance(found, NotTaken)}


def test_files_are_found_in_order_with_hidden_ones(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.txt", ".skjult/brev.eml", ".brev.eml", "ø.txt")

    assert paths(tmp_path) == [".brev.eml", ".skjult/brev.eml", "a/z.txt", "b.txt", "ø.txt"]


def test_what_systems_leave_behind_is_no_document(tmp_path: Path) -> None:
    make(tmp_path, ".git/HEAD", ".DS_Store", "x/Thumbs.db", "~$notat.docx", "notat.docx")

    assert paths(tmp_path) == ["notat.docx"]


def test_a_single_file_and_a_folder_below_the_root(tmp_path: Path) -> None:
    make(tmp_path, "a/1.txt", "a/2.txt", "b.txt")

    assert paths(tmp_path, tmp_path / "a") == ["a/1.txt", "a/2.txt"]
    assert paths(tmp_path, tmp_path / "a" / "2.txt") == ["a/2.txt"]


def test_the_workspace_itself_is_not_read(tmp_path: Path) -> None:
    make(tmp_path, "sag/akt.sqlite", "brev.txt")

    assert paths(tmp_path, exclude=tmp_path / "sag") == ["brev.txt"]


def test_links_out_of_the_root_and_broken_ones_are_named(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    make(root, "her.txt")
    make(outside, "der.txt")
    (root / "ud.txt").symlink_to(outside / "der.txt")
    (root / "ind.txt").symlink_to(root / "her.txt")
    (root / "brudt.txt").symlink_to(root / "findes-ikke")
    (root / "mappe").symlink_to(outside)
    (root / "ring").symlink_to(root)

    assert paths(root) == ["her.txt", "ind.txt"]
    assert set(left_out(root)) == {"ud.txt", "brudt.txt", "mappe", "ring"}
    assert not any(found.failed for found in left_out(root).values())


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rør")

    assert "no file of bytes" in left_out(tmp_path)["rør"].reason


def test_a_folder_that_cannot_be_listed_is_a_failure() -> None:
    with unprivileged() as folder:
        make(folder, "lukket/a.txt", "b.txt")
        (folder / "lukket").chmod(0)

        assert left_out(folder)["lukket"].failed
        assert paths(folder) == ["b.txt"]


def test_a_name_that_is_no_utf8_is_shown_and_can_be_opened(tmp_path: Path) -> None:
    name = os.fsdecode(b"s\xf8rgeligt.txt")
    (tmp_path / name).write_text("x")

    (found,) = discover(tmp_path, tmp_path)

    assert isinstance(found, FoundFile)
    assert found.path == "s\\xf8rgeligt.txt"
    assert found.location.read_text() == "x"


def test_a_maildir_gives_its_mails_only(tmp_path: Path) -> None:
    make(tmp_path, "post/cur/1.a:2,S", "post/new/2.b", "post/tmp/3.c", "post/dovecot.index", "post/subscriptions")
    make(tmp_path, "post/.Sendt/cur/4.d:2,", "post/.Sendt/maildirfolder", "Indbakke.msf", "sag/tmp/notat.txt")
    for folder in ("post/.Sendt/new", "post/.Sendt/tmp"):
        (tmp_path / folder).mkdir()

    assert paths(tmp_path) == ["post/.Sendt/cur/4.d:2,", "post/cur/1.a:2,S", "post/new/2.b", "sag/tmp/notat.txt"]
    assert set(left_out(tmp_path)) == {"post/tmp/3.c"}


def test_the_books_of_mail_programs_are_no_documents(tmp_path: Path) -> None:
    make(tmp_path, "Indbakke.mbox/mbox", "Indbakke.mbox/table_of_contents", "sag/table_of_contents")
    make(tmp_path, ".Sendt/cur/1.a:2,S", ".Sendt/maildirfolder")

    assert paths(tmp_path) == [".Sendt/cur/1.a:2,S", "Indbakke.mbox/mbox", "sag/table_of_contents"]
