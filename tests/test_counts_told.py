"""One of a thing is told as one."""

from __future__ import annotations

from pathlib import Path

import hostile_files as hostile
import pytest
from nightly import NOTE, akt, ingested

from corpus import readers
from corpus.limits import Limits
from corpus.workspace import Workspace
from pipeline.extract import extract_bytes


def test_one_byte_and_one_member() -> None:
    (large,) = readers.read(b"ab", "a.txt", Limits(file_size=1)).problems
    assert "has 2 bytes" in large.message

    archive = hostile.zipped(("a.txt", b"En note.\n"), ("b.txt", b"En til.\n"))
    (over,) = extract_bytes(archive, "a.zip", limits=Limits(members=1)).problems
    assert "more than 1 member." in over.message
    assert "1 member was read" in over.message


def test_one_document_in_a_folder_that_is_gone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder, workspace = tmp_path / "sager", Workspace(tmp_path / "rum")
    folder.mkdir()
    (folder / "a.txt").write_text(NOTE.format(1))
    ingested(workspace, folder)
    folder.rename(tmp_path / "væk")
    capfd.readouterr()

    akt(workspace, "verify")

    told = capfd.readouterr()
    assert "with 1 document read in it" in told.out + told.err
