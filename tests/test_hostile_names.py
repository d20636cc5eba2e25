"""Names that somebody chose to break a reader, and what lies in a folder and is no file: read, or listed with why."""

from __future__ import annotations

import os
import socket
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.workspace import Workspace
from index.search import search
from pipeline.cli.app import akt
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest
from pipeline.ingest.verify import verify

TEXT = "Udvalget bevilger {} mio. kr. til legepladser.\n"
NAMES = {
    "255 bytes": ("å" * 125 + "b.txt").encode(),
    "NFC": unicodedata.normalize("NFC", "blåbærgrød.txt").encode(),
    "NFD": unicodedata.normalize("NFD", "blåbærgrød.txt").encode(),
    "no UTF-8": "rødgrød.txt".encode("latin-1"),
    "new line": b"a\nb.txt",
    "colours": b"\x1b[31mr\x1b]0;x\x07.txt",
    "direction": "\u202etxt.fdp\u202c.txt".encode(),
    "dash": b"-rf.txt",
    "formula": b"=cmd|'calc'!A1.txt",
    "percent": b"%s%n%x.txt",
    "exclamation": b"a!b!c.txt",
    "blanks": b"  .txt",
    "quotes": b"\"';--.txt",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A file of each name; not every system takes all of them."""
    made = tmp_path / "sager"
    made.mkdir()
    try:
        for number, name in enumerate(NAMES.values()):
            Path(os.fsdecode(bytes(made) + b"/" + name)).write_text(TEXT.format(number + 2))
    except OSError as error:
        pytest.skip(f"this system does not take such names: {error}")
    return made


@pytest.mark.parametrize("workers", [0, 1])
def test_a_file_of_whatever_name_is_read_and_found(folder: Path, tmp_path: Path, workers: int) -> None:
    workspace = Workspace(tmp_path / "rum")
    report = ingest(workspace, [folder], RunOptions(workers=workers))

    assert (report.new, report.failures) == (len(NAMES), [])
    assert search(workspace.index_dir, "legepladser", limit=50).total == len(NAMES)
    assert verify(workspace).faults == []
    again = ingest(workspace, [folder], RunOptions(workers=workers))
    assert (again.unchanged, again.documents) == (len(NAMES), 0)


@pytest.mark.parametrize(
    "command",
    [
        ["search", "legepladser", "--limit", "50"],
        ["status", "--coverage"],
        ["failures"],
        ["records", "amount"],
        ["ingest", "--dry-run", "."],
    ],
)
def test_no_name_reaches_a_terminal_as_it_is(folder: Path, tmp_path: Path, command: list[str]) -> None:
    ingest(Workspace(tmp_path / "rum"), [folder])
    with chdir(folder):
        done = CliRunner().invoke(akt, ["--workspace", str(tmp_path / "rum"), *command])

    assert done.exit_code in (0, 4), done.output
    assert not set(done.output) & set("\x1b\x07\u202e\u202c")


@pytest.fixture
def special(tmp_path: Path) -> Iterator[Path]:
    """A pipe, a socket, a link to a device and one in a circle, beside a note."""
    made = tmp_path / "særlige"
    made.mkdir()
    (made / "a.txt").write_text(TEXT.format(1))
    os.mkfifo(made / "rør")
    (made / "enhed").symlink_to("/dev/zero")
    (made / "ring").symlink_to("ring")
    with chdir(made), socket.socket(socket.AF_UNIX) as listening:  # a socket's address is short
        listening.bind("stik")
        yield made


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such things")
def test_what_is_no_file_is_listed_and_never_opened(special: Path, tmp_path: Path) -> None:
    report = ingest(Workspace(tmp_path / "rum"), [special], RunOptions(workers=1))

    assert report.documents == 1
    said = {left.path: left.reason for left in report.not_taken} | {bad.path: bad.reason for bad in report.failures}
    assert set(said) == {"rør", "stik", "enhed", "ring"}
    assert "pipe, socket or device" in said["rør"]
    assert said["stik"] == said["rør"]
