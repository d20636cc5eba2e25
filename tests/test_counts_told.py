"""One of a thing is told as one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import hostile_files as hostile
import pytest
from mixed_folder import mail
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


def test_what_lies_nowhere_any_more_is_in_no_count(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "sager"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Der står {4711 + number} træer i skoven.\n")
    for name in ("brev.pdf", "kopi.pdf"):
        shutil.copy("corpus/samples/brev-fjordby-afslag.pdf", folder / name)
    shutil.copy("corpus/samples/regnskab-fjordby-2024.pdf", folder)
    (folder / "brev.eml").write_bytes(mail(1, "Bilaget har 8123 ord.\n"))

    def counted(room: Path) -> list[object]:
        ingested(Workspace(room), folder)
        capfd.readouterr()
        akt(Workspace(room), "status", "--format", "json")
        told = json.loads(capfd.readouterr().out)
        return [told["coverage"], told["index"]["documents"]]

    before = counted(tmp_path / "rum")
    for name in ("0.txt", "brev.pdf", "regnskab-fjordby-2024.pdf"):
        (folder / name).unlink()
    (folder / "brev.eml").write_bytes(mail(1))

    assert before != counted(tmp_path / "rum") == counted(tmp_path / "nyt rum")
    assert "is up to date" in _said(Workspace(tmp_path / "rum"), "reindex", capfd)


def _said(workspace: Workspace, command: str, capfd: pytest.CaptureFixture[str]) -> str:
    capfd.readouterr()
    akt(workspace, command)
    return capfd.readouterr().err
