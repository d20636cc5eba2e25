"""Outlook data files: what is claimed, items of every class, and attachments inside attachments."""

from __future__ import annotations

import datetime as dt
import random
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from pst_nodes import TEXT, TIME
from pst_read import AASE, BO, SENT, found, headers, inbox, needs_libpff, note
from pst_writer import Attached, Folder, Person, filetime, write_pst

from corpus import readers
from corpus.limits import Limits
from corpus.model import Address
from corpus.problems import Code
from corpus.readers import mail, pst
from corpus.reading import Reading


def only(data: bytes) -> Reading:
    """The one item of a sound file, read as a mail."""
    children, problems = found(data)
    assert (len(children), problems) == (1, [])
    return mail.read(children[0].data, children[0].name, Limits())


def body(reading: Reading) -> str:
    return reading.text[headers(reading).end :]


# --- what is claimed --------------------------------------------------------------------------------------------------


def test_a_file_is_claimed_by_its_bytes() -> None:
    head = inbox()[:600]
    assert readers.claimants(head, "uden-endelse") == [pst]
    assert pst.claims(head[:8] + b"SO" + head[10:], "post.ost")
    assert not pst.claims(b"!BDN" + bytes(20), "post.pst")
    assert not pst.claims(b"SM" + head[2:], "post.pst")
    assert not pst.claims(b"", "post.pst")


def test_without_libpff_the_file_says_what_to_install(tmp_path: Path) -> None:
    file = tmp_path / "postkasse.pst"
    file.write_bytes(inbox(note()))
    script = (
        "import sys; sys.modules['pypff'] = None\n"
        "from pathlib import Path\n"
        "from pipeline.ingest.hints import failure_of, hint\n"
        "from pipeline.extract import Options, extract, read_document\n"
        "path = Path(sys.argv[1])\n"
        "reading = read_document(path.read_bytes(), str(path), Options())\n"
        "document = extract(reading, path=path.name, name=None, sha256='0', options=Options())\n"
        "failure = failure_of(document, inside=False)\n"
        "print(reading.reader, [problem.code for problem in reading.problems], failure.code, hint(failure.code))\n"
    )
    root = Path(__file__).resolve().parents[1]
    run = subprocess.run(
        [sys.executable, "-c", script, str(file)], cwd=root, capture_output=True, text=True, check=True, timeout=120
    )
    assert run.stdout.startswith("pst/3 not installed ['reader-missing'] reader-missing ")
    assert "pip install 'akt[pst]'" in run.stdout


# --- one item ---------------------------------------------------------------------------------------------------------


@needs_libpff
def test_people_time_subject_and_body() -> None:
    people = [BO, Person("Per Dam", "per@fjordby.example", "cc"), Person("Else", "else@fjordby.example", "bcc")]
    reading = only(inbox(note(recipients=people, prefix="SV: ", message_id="<1@fjordby.example>")))
    assert headers(reading).sender == Address(name="Åse Bøgh", address="aase@fjordby.example")
    assert headers(reading).to == [Address(name="Bo Østergård", address="bo@lyngsoe.example")]
    assert headers(reading).cc == [Address(name="Per Dam", address="per@fjordby.example")]
    assert headers(reading).subject == "SV: Takster på børneområdet"
    assert headers(reading).message_id == "<1@fjordby.example>"
    assert (headers(reading).sent or "").startswith("2021-03-03T13:05:09")
    assert body(reading).strip() == "Kære Bo\n\nHilsen Åse"
    assert reading.problems == []


@needs_libpff
def test_the_smtp_address_beside_an_exchange_address_is_given() -> None:
    sender = Person("Åse Bøgh", "aase@fjordby.example", exchange=True)
    reading = only(inbox(note(sender=sender, recipients=[Person("Bo", "bo@fjordby.example", exchange=True)])))
    assert headers(reading).sender == Address(name="Åse Bøgh", address="aase@fjordby.example")
    assert headers(reading).to == [Address(name="Bo", address="bo@fjordby.example")]


@needs_libpff
def test_headers_of_transport_and_the_time_of_delivery() -> None:
    raw = (
        "Received: from mx.fjordby.example; Wed, 3 Mar 2021 14:05:11 +0100\r\n"
        "From: Åse Bøgh <aase@fjordby.example>\r\nDate: Wed, 3 Mar 2021 14:05:09 +0100\r\n"
        "In-Reply-To: <0@lyngsoe.example>\r\n"
    )
    reading = only(inbox(note(headers=raw)))
    assert headers(reading).sent == "2021-03-03T14:05:09+01:00"
    assert headers(reading).in_reply_to == "<0@lyngsoe.example>"
    assert headers(reading).to == [Address(name="Bo Østergård", address="bo@lyngsoe.example")]
    late = only(inbox(note(sent=None, delivered=SENT + dt.timedelta(hours=1))))
    assert (headers(late).sent or "").startswith("2021-03-03T14:05:09")


@needs_libpff
def test_a_body_of_html_in_its_code_page() -> None:
    page = "<html><body><p>Kære Bo</p><p>Blåbærgrød til børnene</p></body></html>"
    reading = only(inbox(note(plain=None, html=page.encode("cp1252"), codepage=1252)))
    assert "Kære Bo" in body(reading)
    assert "Blåbærgrød til børnene" in body(reading)
    assert reading.problems == []


@needs_libpff
def test_a_long_body_stands_in_blocks_of_its_own() -> None:
    text = "".join(f"Linje {number}: blåbærgrød\r\n" for number in range(20_000))
    assert body(only(inbox(note(plain=text)))).strip() == text.replace("\r\n", "\n").strip()


@needs_libpff
def test_a_body_that_is_rtf_only() -> None:
    rtf = b"{\\rtf1\\ansi\\ansicpg1252 K\\'e6re Bo\\par Hilsen \\'c5se\\par}"
    stored = struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf
    assert body(only(inbox(note(plain=None, rtf=stored)))).split() == ["Kære", "Bo", "Hilsen", "Åse"]


@needs_libpff
def test_a_meeting_gives_its_place_and_times() -> None:
    when = dt.datetime(2024, 5, 6, 8, 30, tzinfo=dt.UTC)
    meeting = note("Budgetmøde", message_class="IPM.Appointment", more={(0x0060, TIME): filetime(when)})
    meeting.more[0x8000, TEXT] = "Rådhuset, Lyngsø"
    text = body(only(inbox(meeting)))
    assert "2024-05-06 08:30" in text
    assert "Rådhuset, Lyngsø" in text
    assert "Hilsen Åse" in text


CLASSES = [
    "IPM.Note", "IPM.Note.SMIME.MultipartSigned", "REPORT.IPM.Note.NDR", "IPM.Schedule.Meeting.Request", "IPM.Contact",
    "IPM.StickyNote", "IPM.Task", "IPM.Activity", "IPM.Post", "IPM.Egen.Formular", "IPM.Appointment.Egen", "",
]  # fmt: skip


@needs_libpff
@pytest.mark.parametrize("kind", CLASSES)
def test_items_of_every_class_come_with_people_and_attachments(kind: str) -> None:
    inner = note("Indre", message_class=kind, attachments=[Attached("inderst.txt", b"dybt nede")])
    attached = [Attached("bilag.txt", b"tekst " * 500, "text/plain"), Attached("videresendt", message=inner)]
    reading = only(inbox(note("Vedr. høring", message_class=kind, attachments=attached)))
    assert headers(reading).subject == "Vedr. høring"
    assert headers(reading).to == [Address(name="Bo Østergård", address="bo@lyngsoe.example")]
    assert [(child.name, child.media_type) for child in reading.children] == [
        ("bilag.txt", "text/plain"), ("Indre.eml", "message/rfc822")
    ]  # fmt: skip
    assert reading.children[0].data == b"tekst " * 500
    nested = mail.read(reading.children[1].data, "Indre.eml", Limits())
    assert [(child.name, child.data) for child in nested.children] == [("inderst.txt", b"dybt nede")]


# --- attachments ------------------------------------------------------------------------------------------------------


@needs_libpff
def test_attachments_come_through_byte_for_byte() -> None:
    large = random.Random(7).randbytes(700_000)
    picture = Attached("logo.png", b"\x89PNG\r\n\x1a\n", "image/png", content_id="logo@fjordby")
    attached = [Attached("Høringssvar på æøå.pdf", large, "application/pdf"), Attached("tom.txt"), picture]
    children = only(inbox(note(attachments=attached))).children
    assert [(child.name, child.media_type) for child in children] == [
        ("Høringssvar på æøå.pdf", "application/pdf"),
        ("tom.txt", "application/octet-stream"),
        ("logo.png", "image/png"),
    ]
    assert [child.data for child in children] == [large, b"", b"\x89PNG\r\n\x1a\n"]


@needs_libpff
def test_messages_in_messages_are_whole() -> None:
    """libpff's Python module gives the bytes of an attached message and not the message."""
    deepest = note("Tredje", plain="Længst nede " * 900, attachments=[Attached("note.txt", b"x" * 20_000)])
    middle = note("Anden", sender=BO, recipients=[AASE], attachments=[Attached("tredje.msg", message=deepest)])
    reading = only(inbox(note("Første", attachments=[Attached("anden.msg", message=middle)])))
    second = mail.read(reading.children[0].data, "anden.eml", Limits())
    third = mail.read(second.children[0].data, "tredje.eml", Limits())
    assert [headers(r).subject for r in (reading, second, third)] == ["Første", "Anden", "Tredje"]
    assert headers(second).sender == Address(name="Bo Østergård", address="bo@lyngsoe.example")
    assert headers(second).to == [Address(name="Åse Bøgh", address="aase@fjordby.example")]
    assert body(third).strip() == ("Længst nede " * 900).strip()
    assert third.children[0].data == b"x" * 20_000


@needs_libpff
def test_a_scrambled_file_is_read_with_the_messages_in_messages() -> None:
    inner = note("Indre", plain="Blåbærgrød " * 900, attachments=[Attached("a.txt", b"a" * 9_000)])
    data = write_pst([Folder("Indbakke", [note(attachments=[Attached("brev", message=inner)])])], scrambled=True)
    assert "Takster".encode("utf-16-le") not in data
    reading = only(data)
    assert headers(reading).subject == "Takster på børneområdet"
    nested = mail.read(reading.children[0].data, "indre.eml", Limits())
    assert body(nested).strip() == ("Blåbærgrød " * 900).strip()
    assert nested.children[0].data == b"a" * 9_000


@needs_libpff
def test_messages_nested_too_deep_are_told() -> None:
    message = note("Bund")
    for level in range(4):
        message = note(f"Lag {level}", attachments=[Attached(f"lag-{level}.msg", message=message)])
    children, problems = found(inbox(message), Limits(depth=3))
    assert [problem.code for problem in problems] == [Code.TOO_DEEP]
    assert "'lag-0.msg'" in problems[0].message
    assert b"Lag" in children[0].data


@needs_libpff
def test_an_attachment_that_lies_elsewhere_is_told() -> None:
    linked = Attached("budget.xlsx", reference="\\\\fjordby\\fælles\\budget.xlsx")
    children, problems = found(inbox(note(attachments=[linked, Attached("bilag.txt", b"her")])))
    assert len(problems) == 1
    assert problems[0].message.startswith("In 'Indbakke/1.eml': The attachment 'budget.xlsx'")
    reading = mail.read(children[0].data, "1.eml", Limits())
    assert [child.name for child in reading.children] == ["bilag.txt"]


@needs_libpff
def test_attachments_over_the_limits_are_told() -> None:
    attached = [
        Attached("stor.bin", bytes(200_000)),
        Attached("lille.bin", bytes(10)),
        Attached("sidste.bin", bytes(10)),
    ]
    children, problems = found(inbox(note(attachments=attached)), Limits(file_size=100_000, children=2))
    assert [(problem.code, problem.message.split("'")[3]) for problem in problems] == [
        (Code.TRUNCATED, "stor.bin"), (Code.TRUNCATED, "sidste.bin")
    ]  # fmt: skip
    assert [child.name for child in mail.read(children[0].data, "1.eml", Limits()).children] == ["lille.bin"]
