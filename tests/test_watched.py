"""``akt extract`` and ``akt tables`` of files: no document takes more than its time and memory, nor others along."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import hostile_files as hostile
import pytest

from corpus.limits import Limits
from corpus.reading import Reading
from pipeline import extract, unpacking
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.extract import Options

_read = extract.read_document


def tight() -> tuple[str, ...]:
    """Two seconds, and 900 MB beside what this process has taken: the one that is watched is a copy of it."""
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return ("--limit", "seconds=2", "--limit", f"memory={taken + 900_000_000}")


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading certain words has the faults of parsers."""

    def read(data: bytes, path: str, options: Options, limits: Limits) -> Reading:
        if data.startswith(b"CRASH"):
            os.kill(os.getpid(), signal.SIGKILL)
        if data.startswith(b"EXIT"):
            os._exit(0)
        if data.startswith(b"HANG"):
            time.sleep(3600)
        if data.startswith(b"MEMORY"):
            bytearray(limits.memory)
        return _read(data, path, options, limits)

    monkeypatch.setattr(extract, "read_document", read)
    monkeypatch.setattr(unpacking, "read_document", read)


def mail_with(*attachments: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Bo Lund <bo@lyngsoe.example>", "Anna Holm <anna@lyngsoe.example>"
    message["Date"], message["Subject"] = "Mon, 03 Mar 2025 10:00:00 +0100", "Bilag"
    message["Message-ID"] = "<1@lyngsoe.example>"
    message.set_content("Se bilag om 3 mio. kr.")
    for number, data in enumerate(attachments):
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"{number}.txt")
    return bytes(message)


def codes(document: dict[str, Any]) -> dict[str, list[str]]:
    """The problems of a document and of all in it, by path."""
    own = {Path(document["path"]).name: [told["code"] for told in document["problems"]]}
    return {**own, **{path: told for child in document["children"] for path, told in codes(child).items()}}


def test_what_costs_the_process_costs_no_other_document(
    tmp_path: Path, faulty: None, capfd: pytest.CaptureFixture[str]
) -> None:
    """In files, in an attachment, in an archive in an archive."""
    inner = hostile.zipped(("0.txt", b"CRASH"), ("1.txt", hostile.TEXT))
    files = {
        "a.txt": hostile.TEXT,
        "b.txt": b"CRASH",
        "c.eml": mail_with(b"HANG", hostile.TEXT),
        "d.txt": b"EXIT",
        "e.zip": hostile.zipped(("f.zip", inner), ("g.txt", b"MEMORY"), ("h.txt", hostile.TEXT)),
        "i.txt": hostile.TEXT,
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)

    assert run(["extract", *tight(), *(str(tmp_path / name) for name in files)]) == ExitCode.SOME_FAILED

    shown = capfd.readouterr()
    documents = [json.loads(line) for line in shown.out.splitlines()]
    assert [Path(document["path"]).name for document in documents] == list(files)
    assert [document["sha256"] for document in documents] == [
        hashlib.sha256(data).hexdigest() for data in files.values()
    ]
    told = {path: found for document in documents for path, found in codes(document).items() if found}
    assert told == {
        "b.txt": ["worker-died"],
        "c.eml!0.txt": ["timed-out"],
        "d.txt": ["worker-died"],
        "e.zip!f.zip!0.txt": ["worker-died"],
        "e.zip!g.txt": ["out-of-memory"],
    }
    assert all(f"{path}: " in shown.err for path in told)
    assert documents[2]["parts"]
    assert documents[2]["children"][1]["records"] == documents[0]["records"]
    assert documents[4]["children"][0]["children"][1]["records"] == documents[0]["records"]
    assert documents[4]["children"][2]["records"]


def test_a_pdf_whose_forms_lie_in_forms_is_given_up(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    bad, good = tmp_path / "ond.pdf", tmp_path / "god.txt"
    bad.write_bytes(hostile.forms_of_forms(40))
    good.write_bytes(hostile.TEXT)

    for command in ("extract", "tables"):
        assert run([command, *tight(), str(bad), str(good), "--format", "jsonl"]) == ExitCode.SOME_FAILED
        shown = capfd.readouterr()
        # pdfium runs on for ever, or aborts where it gets no more memory.
        assert (
            f"{bad}: It was not done after 2 seconds and was given up." in shown.err
            or f"{bad}: The process" in shown.err
        )
        assert command == "tables" or [json.loads(line)["path"] for line in shown.out.splitlines()] == [
            str(bad),
            str(good),
        ]


def test_the_size_and_hash_of_what_is_too_large_are_its_own(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data = hostile.TEXT * 100
    (tmp_path / "stor.txt").write_bytes(data)

    assert run(["extract", "--limit", "file_size=1000", str(tmp_path / "stor.txt")]) == ExitCode.SOME_FAILED

    document = json.loads(capfd.readouterr().out)
    assert document["sha256"] == hashlib.sha256(data).hexdigest()
    assert str(len(data)) in document["problems"][0]["message"]
    assert run(["extract", "--limit", "file_size=1000", "/dev/zero"]) == ExitCode.SOME_FAILED
    assert json.loads(capfd.readouterr().out)["sha256"] == ""


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_an_archive_that_holds_itself_is_told_and_not_followed(
    tmp_path: Path, form: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "r.gz").write_bytes(hostile.gzip_quine())

    run(["extract", "--format", form, str(tmp_path / "r.gz")])

    document = json.loads(capfd.readouterr().out)
    assert document["children"] == []
    assert [told["code"] for told in document["problems"]] == ["too-deep"]
    assert "It holds itself" in document["problems"][0]["message"]
