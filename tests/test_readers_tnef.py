"""winmail.dat: Outlook's wrapping of attachments and formatted bodies, inside mails and as a file of its own."""

from __future__ import annotations

import datetime as dt
import struct
import uuid
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples_msg import Narrow
from samples_tnef import (
    MAGIC,
    MESSAGE,
    STORAGE,
    Object,
    Row,
    attached,
    attribute,
    old_text,
    packed,
    sender,
    sent,
    tnef,
)

from corpus import readers
from corpus.model import Address
from corpus.reading import MailHeaders, Reading
from pipeline.extract import Options, extract_bytes

APPOINTMENT = uuid.UUID("00062002-0000-0000-c000-000000000046")
PUBLIC_STRINGS = uuid.UUID("00020329-0000-0000-c000-000000000046")
SENT = dt.datetime(2024, 5, 3, 8, 12, tzinfo=dt.UTC)
RTF = rb"{\rtf1\ansi\ansicpg1252\fromtext \deff0{\fonttbl{\f0\fswiss Arial;}}\f0 K\'e6re \'c5se\par Fra winmail\par}"
PACKED_RTF = struct.pack("<II4sI", len(RTF) + 12, len(RTF), b"MELA", 0) + RTF
EXCEL = attached({0x3705: 1, 0x3707: "Børnetal æøå 2024.xlsx", 0x3704: "BRNETA~1.XLS", 0x3701: b"\0\1tal\0\0"})


def mail(winmail: bytes, text: str = "Kære Åse\n", *, kind: str = "ms-tnef", name: str = "winmail.dat") -> bytes:
    made = EmailMessage()
    made["From"] = "Bo Berg <bo@fjordby.example>"
    made["To"] = "aase@fjordby.example"
    made["Subject"] = "Børnetal"
    made["Date"] = "Fri, 3 May 2024 10:12:00 +0200"
    made["Message-ID"] = "<1@fjordby.example>"
    made.set_content(text)
    made.add_attachment(winmail, maintype="application", subtype=kind, filename=name)
    return bytes(made)


def head(reading: Reading) -> MailHeaders:
    assert reading.mail is not None
    return reading.mail


def body(reading: Reading) -> str:
    return reading.text[head(reading).end :]


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


# --- inside a mail ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["ms-tnef", "vnd.ms-tnef", "octet-stream"])
def test_its_attachments_are_those_of_the_mail(kind: str) -> None:
    data = mail(
        tnef({0x1009: PACKED_RTF}, attachments=[EXCEL, attached(title=b"notat.txt", data=b"Notat\n")]), kind=kind
    )

    reading = readers.read(data, "brev.eml")

    assert [(child.name, child.data) for child in reading.children] == [
        ("Børnetal æøå 2024.xlsx", b"\0\1tal\0\0"),
        ("notat.txt", b"Notat\n"),
    ]
    assert (body(reading), reading.problems) == ("Kære Åse\n", [])
    assert head(reading).sender == Address(name="Bo Berg", address="bo@fjordby.example")


@pytest.mark.parametrize(
    "properties",
    [
        {0x1009: PACKED_RTF},
        {0x1000: "Kære Åse\r\nFra winmail\r\n"},
        {0x1013: "<p>Kære Åse<br>Fra winmail</p>".encode("cp1252"), 0x3FDE: 1252},
        {0x1000: Narrow("Kære Åse\r\nFra winmail".encode("cp1252"))},
    ],
    ids=["rtf", "plain", "html", "narrow"],
)
def test_its_text_stands_in_where_the_mail_has_none(properties: Row) -> None:
    reading = readers.read(mail(tnef(properties), text="\n"), "brev.eml")

    assert (body(reading), reading.children, reading.problems) == ("Kære Åse\nFra winmail\n", [], [])


def test_a_mail_that_is_nothing_else() -> None:
    head_only = b"From: bo@fjordby.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nMessage-ID: <1@x.example>\r\n"
    data = head_only + b"Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"

    reading = readers.read(data + tnef({0x1000: "Fra winmail"}, attachments=[EXCEL]), "brev.eml")

    assert body(reading) == "Fra winmail\n"
    assert [child.name for child in reading.children] == ["Børnetal æøå 2024.xlsx"]


def test_a_meeting_is_told_beside_the_text_of_the_mail() -> None:
    named: Row = {(APPOINTMENT, 0x8208): "Rådhuset", (PUBLIC_STRINGS, "Keywords"): "x", (APPOINTMENT, 0x820D): SENT}
    reading = readers.read(mail(tnef({0x001A: "IPM.Appointment", **named})), "brev.eml")

    assert body(reading) == "Kære Åse\n\nStart: 2024-05-03 08:12 UTC\nLocation: Rådhuset\n"


def test_a_document_has_its_attachments_as_children() -> None:
    inner = tnef(
        {0x0037: "Indre", 0x1000: "Inde i winmail", 0x0C1A: "Åse Bøgh", 0x0C1F: "aase@fjordby.example", 0x0039: SENT},
        attachments=[attached(title="dybt æøå.txt".encode("cp1252"), data=b"Dybt nede\n")],
        recipients=[
            {0x0C15: 1, 0x3001: "Anne Holm", 0x39FE: "anne@lyngsoe.example"},
            {0x0C15: 2, 0x3001: "Per Dam", 0x3003: "per@fjordby.example"},
        ],
    )
    embedded = attached({0x3705: 5, 0x3001: "Indre", 0x3701: Object(MESSAGE.bytes_le + inner)})

    document = extract_bytes(mail(tnef({}, attachments=[embedded])), "brev.eml", Options())

    assert [child.name for child in document.children] == ["Indre.eml"]
    assert [child.name for child in document.children[0].children] == ["dybt æøå.txt"]
    assert document.children[0].children[0].parts[0].text == "Dybt nede\n"
    reading = readers.read(mail(tnef({}, attachments=[embedded])), "brev.eml")
    attached_mail = head(readers.read(reading.children[0].data, "Indre.eml"))
    assert attached_mail.sender == Address(name="Åse Bøgh", address="aase@fjordby.example")
    assert attached_mail.to == [Address(name="Anne Holm", address="anne@lyngsoe.example")]
    assert attached_mail.cc == [Address(name="Per Dam", address="per@fjordby.example")]


def test_one_that_cannot_be_read_stays_a_file_and_is_told() -> None:
    broken = MAGIC + b"\x01" + bytes(40)

    reading = readers.read(mail(broken), "brev.eml")

    assert [(child.name, child.data) for child in reading.children] == [("winmail.dat", broken)]
    assert codes(readers.read(broken, "winmail.dat")) == ["unreadable"]


def test_one_inside_another_stays_a_file_to_be_read_on_its_own() -> None:
    inner = tnef({0x1000: "Inderst"})

    reading = readers.read(mail(tnef({}, attachments=[attached(title=b"winmail.dat", data=inner)])), "brev.eml")

    assert [(child.name, child.data) for child in reading.children] == [("winmail.dat", inner)]
    assert readers.read(inner, "winmail.dat").text.endswith("Inderst\n")


# --- as a file of its own ---------------------------------------------------------------------------------------------


def test_a_file_is_the_mail_that_it_holds() -> None:
    data = tnef(
        {0x1013: b"<p>Hej</p>", 0x1035: "<1@fjordby.example>"},
        old=[
            old_text(0x00078008, b"IPM.Microsoft Mail.Note"),
            old_text(0x00018004, "Takster på sø".encode("cp850")),
            sent((2024, 5, 3, 8, 12, 0)),
            sender("Åse Bøgh".encode("cp850"), b"SMTP:aase@fjordby.example"),
        ],
        codepage=850,
    )

    reading = readers.read(data, "winmail.dat")

    assert (reading.media_type, reading.reader) == ("application/ms-tnef", "tnef/4")
    assert (head(reading).subject, head(reading).sent) == ("Takster på sø", "2024-05-03T08:12:00+00:00")
    assert head(reading).sender == Address(name="Åse Bøgh", address="aase@fjordby.example")
    assert (body(reading), head(reading).message_id) == ("Hej\n", "<1@fjordby.example>")
    assert reading.problems == []


def test_the_old_body() -> None:
    data = tnef(old=[old_text(0x0002800C, "Kære Åse".encode("cp1252"))])

    assert body(readers.read(data, "winmail.dat")) == "Kære Åse\n"


@pytest.mark.parametrize("moment", [(0, 0, 0, 0, 0, 0), (2024, 13, 40, 1, 1, 1), (1601, 1, 1, 0, 0, 0)])
def test_a_time_that_is_none(moment: tuple[int, int, int, int, int, int]) -> None:
    assert head(readers.read(tnef({0x0037: "x"}, old=[sent(moment)]), "winmail.dat")).sent is None


def test_trailing_zero_bytes_of_a_file_are_its_own() -> None:
    data = bytes(range(256)) + bytes(400)
    by_property = attached({0x3705: 1, 0x3707: "a.bin", 0x3701: data})
    by_attribute = attached({0x3707: "b.bin"}, data=data)

    reading = readers.read(tnef({}, attachments=[by_property, by_attribute]), "winmail.dat")

    assert [(child.name, child.data) for child in reading.children] == [("a.bin", data), ("b.bin", data)]


def test_an_object_of_another_program_is_a_file() -> None:
    odd = attached({0x3705: 6, 0x3001: "Tegning", 0x3701: Object(STORAGE.bytes_le + b"\xd0\xcf\x11\xe0tegning")})

    reading = readers.read(tnef({}, attachments=[odd]), "winmail.dat")

    assert [(child.name, child.data) for child in reading.children] == [("Tegning", b"\xd0\xcf\x11\xe0tegning")]


def test_properties_of_many_values_are_passed_over() -> None:
    several = struct.pack("<2H", 0x1003, 0x6601) + struct.pack("<4I", 3, 1, 2, 3)
    words = struct.pack("<2H", 0x101F, 0x6602) + struct.pack("<I", 2) + (struct.pack("<I", 4) + b"a\0\0\0") * 2
    subject = packed({0x0037: "Efter dem"})[4:]
    data = MAGIC + attribute(0x00069003, struct.pack("<I", 3) + several + words + subject)

    reading = readers.read(data, "winmail.dat")

    assert (head(reading).subject, reading.problems) == ("Efter dem", [])


@pytest.mark.parametrize("tail", [b"", b"\0\0\0", b"\r\n"])
def test_blanks_behind_the_last_attribute_are_nothing(tail: bytes) -> None:
    assert readers.read(tnef({0x0037: "x"}) + tail, "winmail.dat").problems == []


def test_foreign_bytes_behind_the_last_attribute_are_told() -> None:
    assert codes(readers.read(tnef({0x0037: "x"}) + b"Sendt fra en mobil, med venlig hilsen", "winmail.dat")) == [
        "damaged-mail"
    ]


def test_a_wrong_checksum_is_told_and_the_value_kept() -> None:
    data = bytearray(tnef(None, attachments=[attached(title=b"a.txt", data=b"Hej med dig")]))
    at = data.index(b"Hej med dig")
    data[at] = ord("N")

    reading = readers.read(bytes(data), "winmail.dat")

    assert [child.data for child in reading.children] == [b"Nej med dig"]
    assert codes(reading) == ["damaged-mail"]


def test_messages_embedded_without_end_are_told() -> None:
    inner = tnef({0x0037: "Inderst"})
    for _ in range(30):
        inner = tnef({0x0037: "x"}, attachments=[attached({0x3705: 5, 0x3701: Object(MESSAGE.bytes_le + inner)})])

    assert "too-deep" in codes(readers.read(inner, "winmail.dat"))


WHOLE = tnef(
    {0x0037: "Takster", 0x1000: "Kære Åse", 0x1009: PACKED_RTF, (APPOINTMENT, 0x8208): "Rådhuset"},
    attachments=[EXCEL, attached({0x3705: 5, 0x3701: Object(MESSAGE.bytes_le + tnef({0x0037: "Indre"}))})],
    recipients=[{0x0C15: 1, 0x3001: "Anne Holm", 0x39FE: "anne@lyngsoe.example"}],
    old=[sent((2024, 5, 3, 8, 12, 0)), sender(b"Bo", b"SMTP:bo@fjordby.example")],
)


def test_one_cut_off_anywhere_is_told_where_it_lost_something() -> None:
    whole = readers.read(WHOLE, "winmail.dat")
    assert whole.problems == []

    for size in range(7, len(WHOLE)):
        reading = readers.read(WHOLE[:size], "winmail.dat")
        kept = (reading.text, [child.data for child in reading.children])
        assert reading.problems or kept == (whole.text, [child.data for child in whole.children]) or _at_an_end(size), (
            size
        )


def _at_an_end(size: int) -> bool:
    """Whether whole attributes end here, with or without a checksum: nothing says how many there are."""
    at = 6
    while at < size:
        at += 9 + struct.unpack_from("<I", WHOLE, at + 5)[0]
        if at <= size <= at + 2:
            return True
        at += 2
    return at == size


@given(st.binary(max_size=400))
def test_any_bytes_behind_the_signature(tail: bytes) -> None:
    readers.read(MAGIC + b"\x01" + tail, "winmail.dat")
    assert readers.read(mail(MAGIC + b"\x01" + tail), "brev.eml").mail is not None


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(6, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=20))
def test_any_bytes_changed(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, value in changes:
        data[at] = value

    readers.read(bytes(data), "winmail.dat")
