"""Members that cannot be taken out of their container are counted among what was not read, each once."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest
from nightly import NOTE, akt, ingested

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode


def packed(members: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def with_a_damaged_member() -> bytes:
    """Two notes, of which the packed bytes of the second are spoiled."""
    data = bytearray(packed({"a.txt": NOTE.format(1).encode(), "b.txt": NOTE.format(2).encode() * 9}))
    start = data.index(b"b.txt") + len(b"b.txt")
    data[start : start + 20] = b"\xff" * 20
    return bytes(data)


def with_a_bomb() -> bytes:
    return packed({"a.txt": NOTE.format(3).encode(), "bombe.txt": b"0" * 3_000_000})


def mailed(data: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "karen@fjordby.example", "Bilag"
    mail.set_content("Hermed bilaget.\n")
    mail.add_attachment(data, maintype="application", subtype="zip", filename="bilag.zip")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("name", "data", "where"),
    [
        ("skadet.zip", with_a_damaged_member(), "skadet.zip"),
        ("bombe.zip", with_a_bomb(), "bombe.zip"),
        ("brev.eml", mailed(with_a_damaged_member()), "brev.eml!bilag.zip"),
        ("ydre.zip", packed({"indre.zip": with_a_damaged_member()}), "ydre.zip!indre.zip"),
        ("hel.zip", packed({"a.txt": NOTE.format(4).encode()}), None),
    ],
)
def test_what_a_container_cannot_give_is_counted_once(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, data: bytes, where: str | None
) -> None:
    folder, workspace = tmp_path / "sager", Workspace(tmp_path / "rum")
    folder.mkdir()
    (folder / name).write_bytes(data)
    ingested(workspace, folder, "--limit", "file_size=1MB")
    capfd.readouterr()

    assert akt(workspace, "status", "--format", "json") == ExitCode.DONE
    assert json.loads(capfd.readouterr().out)["coverage"]["unread_members"] == (1 if where else 0)

    akt(workspace, "status", "--coverage", "--format", "jsonl")
    rows = map(json.loads, capfd.readouterr().out.splitlines())
    assert [row["path"] for row in rows if row["unread_members"]] == ([where] if where else [])
