"""Outlook's .msg files: who, when, to whom, about what, and what hangs beside it."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest
from aspose.email_foss import msg as writer
from outlook import (
    EXCHANGE,
    NOTE,
    SENT,
    body,
    children,
    head,
    read,
)
from samples_msg import Message, Value, embedded, file, msg_bytes, recipient, to_bytes

from corpus import readers
from corpus.model import Address
from corpus.model import Message as Part
from corpus.readers import msg
from pipeline.extract import Options, extract_bytes

APPOINTMENT = uuid.UUID("00062002-0000-0000-c000-000000000046")
TASK = uuid.UUID("00062003-0000-0000-c000-000000000046")
PUBLIC_STRINGS = uuid.UUID("00020329-0000-0000-c000-000000000046")


# --- as a program writes it -------------------------------------------------------------------------------------------


def written(*, unicode_strings: bool = True) -> writer.MapiMessage:
    """A message by a writer that this project has no part in."""
    made = writer.MapiMessage.create("SV: Takster", "Kære Anne\r\n\r\nÆØÅ og æøå.\r\n", unicode_strings=unicode_strings)
    kind = 0x1F if unicode_strings else 0x1E
    made.set_property(0x0C1A, kind, "Åse Bøgh")
    made.set_property(0x0C1F, kind, "aase@fjordby.example")
    made.set_property(0x0039, 0x40, SENT)
    made.add_recipient("anne@lyngsoe.example", display_name="Holm, Anne")
    made.add_recipient("per@fjordby.example", display_name="Per Dam", recipient_type=2)
    made.add_recipient("bo@fjordby.example", display_name="Bo Berg", recipient_type=3)
    made.add_attachment("børnetal æøå.csv", b"klub;antal\n", mime_type="text/csv")
    return made


@pytest.mark.parametrize("unicode_strings", [True, False])
def test_a_message_of_another_writer(unicode_strings: bool) -> None:
    made = written(unicode_strings=unicode_strings)
    made.set_property(0x3FFD, 0x03, 1252)

    reading = readers.read(made.to_bytes(), "brev.msg")

    assert reading.text == (
        "From: Åse Bøgh <aase@fjordby.example>\n"
        'To: "Holm, Anne" <anne@lyngsoe.example>\n'
        "Cc: Per Dam <per@fjordby.example>\n"
        "Bcc: Bo Berg <bo@fjordby.example>\n"
        "Date: Fri, 03 May 2024 08:12:00 +0000\n"
        "Subject: SV: Takster\n"
        "\n"
        "Kære Anne\n\nÆØÅ og æøå.\n"
    )
    assert (reading.media_type, reading.reader) == ("application/vnd.ms-outlook", msg.READER)
    assert head(reading).sent == "2024-05-03T08:12:00+00:00"
    assert [(child.name, child.media_type, child.data) for child in reading.children] == [
        ("børnetal æøå.csv", "text/csv", b"klub;antal\n")
    ]
    assert reading.problems == []


def test_an_embedded_message_of_another_writer() -> None:
    """It gives embedded messages a header of 32 bytes, Outlook one of 24."""
    outer, inner = written(), written()
    inner.subject = "Den indre"
    outer.add_embedded_message_attachment(inner)

    reading = readers.read(outer.to_bytes(), "brev.msg")
    attached = readers.read(reading.children[1].data, reading.children[1].name)

    assert children(reading) == [("børnetal æøå.csv", "text/csv"), ("Den indre.eml", "message/rfc822")]
    assert (head(attached).subject, head(attached).sent) == ("Den indre", "2024-05-03T08:12:00+00:00")
    assert children(attached) == [("børnetal æøå.csv", "text/csv")]
    assert reading.problems == attached.problems == []


def test_the_sample_writer_is_read_and_writes_the_same_bytes(tmp_path: Path) -> None:
    def made() -> bytes:
        return msg_bytes(
            subject="Børnetal",
            sender=("Åse Bøgh", "aase@fjordby.example"),
            to=[("Anne Holm", "anne@lyngsoe.example")],
            cc=[("", "bo@fjordby.example")],
            sent=SENT,
            body="Kære Anne\n",
            html="<p>Kære <b>Anne</b></p>",
            message_id="<1@fjordby.example>",
            in_reply_to="<0@lyngsoe.example>",
            attachments=[("tal.csv", "text/csv", b"1;2\n")],
        )

    reading = readers.read(made(), "brev.msg")

    assert made() == made()
    assert head(reading).to == [Address(name="Anne Holm", address="anne@lyngsoe.example")]
    assert (head(reading).message_id, head(reading).in_reply_to) == ("<1@fjordby.example>", "<0@lyngsoe.example>")
    assert (body(reading), children(reading)) == ("Kære Anne\n", [("tal.csv", "text/csv")])
    (tmp_path / "brev.msg").write_bytes(made())
    with writer.MapiMessage.from_file(tmp_path / "brev.msg") as theirs:
        assert (theirs.subject, theirs.body) == ("Børnetal", "Kære Anne\r\n")


def test_a_document_comes_out_with_its_children() -> None:
    inner = Message({**NOTE, 0x0037: "Indre"}, [], [file("dybt.txt", "text/plain", b"Dybt nede\n")])
    outer = Message({**NOTE, 0x0C1A: "Åse Bøgh", 0x0C1F: "aase@fjordby.example"}, [], [embedded("Indre", inner)])

    document = extract_bytes(to_bytes(outer), "brev.msg", Options())

    part = document.parts[0]
    assert isinstance(part, Part)
    assert (document.kind, part.subject) == ("email", "Takster på børneområdet")
    assert part.sender == Address(name="Åse Bøgh", address="aase@fjordby.example")
    assert [child.name for child in document.children] == ["Indre.eml"]
    assert [child.name for child in document.children[0].children] == ["dybt.txt"]
    assert document.children[0].children[0].parts[0].text == "Dybt nede\n"


# --- who, when, about what --------------------------------------------------------------------------------------------


def test_on_behalf_of_another() -> None:
    reading = read(
        {
            0x0C1A: "Åse Bøgh",
            0x0C1F: "aase@fjordby.example",
            0x0042: "Borgmesteren (BUF)",
            0x0065: "borgmesteren@fjordby.example",
        }
    )

    assert head(reading).sender == Address(name="Borgmesteren (BUF)", address="borgmesteren@fjordby.example")
    assert reading.metadata["sender"] == "Åse Bøgh <aase@fjordby.example>"


@pytest.mark.parametrize(
    "represented",
    [
        {0x0042: "Åse Bøgh", 0x0065: "AASE@fjordby.example"},
        {0x0042: "Bøgh, Åse", 0x0065: "aase@fjordby.example"},
        {0x0042: "Åse Bøgh", 0x0064: "EX", 0x0065: EXCHANGE},
        {0x0042: "Åse Bøgh"},
    ],
)
def test_one_who_represents_herself_stands_once(represented: dict[int, Value]) -> None:
    reading = read({0x0C1A: "Åse Bøgh", 0x0C1F: "aase@fjordby.example", **represented})

    sender = head(reading).sender
    assert sender is not None
    assert (sender.address or "").lower() == "aase@fjordby.example"
    assert "sender" not in reading.metadata


def test_exchange_addresses_give_way_to_those_of_the_internet() -> None:
    message = Message(
        NOTE | {0x0C1A: "Åse Bøgh", 0x0C1E: "EX", 0x0C1F: EXCHANGE, 0x5D01: "aase@fjordby.example"},
        [
            {0x0C15: 1, 0x3001: "Bo Berg", 0x3002: "EX", 0x3003: EXCHANGE, 0x39FE: "bo@fjordby.example"},
            {0x0C15: 2, 0x3001: "Dam, Per (BUF)", 0x3002: "EX", 0x3003: EXCHANGE},
            {0x0C15: 2, 0x3002: "EX", 0x3003: EXCHANGE},
            {0x0C15: 2, 0x3001: "Øster Å", 0x3003: "oester@fjordby.example"},
        ],
    )

    reading = read(message)

    assert head(reading).sender == Address(name="Åse Bøgh", address="aase@fjordby.example")
    assert head(reading).to == [Address(name="Bo Berg", address="bo@fjordby.example")]
    assert head(reading).cc == [
        Address(name="Dam, Per (BUF)"),
        Address(name="aabo"),
        Address(name="Øster Å", address="oester@fjordby.example"),
    ]
    assert "/o=" not in reading.text.lower()


def test_only_an_exchange_address_of_the_sender_leaves_the_name() -> None:
    reading = read({0x0C1A: "Bøgh, Åse", 0x0C1E: "EX", 0x0C1F: EXCHANGE})

    assert head(reading).sender == Address(name="Bøgh, Åse")
    assert reading.text.startswith("From: ")


def test_a_draft_has_neither_sender_nor_date() -> None:
    reading = readers.read(
        to_bytes(Message(NOTE | {0x0E07: 0x9}, [recipient("Anne Holm", "anne@lyngsoe.example")])), "x.msg"
    )

    assert (head(reading).sender, head(reading).sent) == (None, None)
    assert head(reading).to == [Address(name="Anne Holm", address="anne@lyngsoe.example")]
    assert reading.metadata["unsent"] == "yes"
    assert reading.problems == []


@pytest.mark.parametrize("unset", [dt.datetime(1601, 1, 1, tzinfo=dt.UTC), dt.datetime(4501, 1, 1, tzinfo=dt.UTC)])
def test_an_unset_time_is_none(unset: dt.datetime) -> None:
    assert head(read({0x0039: unset})).sent is None


def test_the_time_of_delivery_stands_in_for_that_of_sending() -> None:
    assert (
        head(read({0x0039: dt.datetime(1601, 1, 1, tzinfo=dt.UTC), 0x0E06: SENT})).sent == "2024-05-03T08:12:00+00:00"
    )


def test_recipients_without_rows_are_those_shown() -> None:
    reading = read({0x0E04: "Holm, Anne; Per Dam", 0x0E03: "Økonomi"})

    assert head(reading).to == [Address(name="Holm, Anne"), Address(name="Per Dam")]
    assert head(reading).cc == [Address(name="Økonomi")]


def test_headers_of_transport_come_first_and_properties_complete_them() -> None:
    came = (
        "Microsoft Mail Internet Headers Version 2.0\r\n"
        "Received: from mx.fjordby.example\r\n\tby post.lyngsoe.example; Fri, 3 May 2024 10:12:09 +0200\r\n"
        "From: =?utf-8?q?=C3=85se_B=C3=B8gh?= <aase@fjordby.example>\r\n"
        "To: Anne Holm\r\n\t<anne@lyngsoe.example>\r\n"
        "Date: Fri, 3 May 2024 10:12:00 +0200\r\n"
        'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
    )
    message = Message(
        NOTE
        | {0x007D: came, 0x0C1A: "En anden", 0x0C1F: "anden@fjordby.example", 0x0039: SENT, 0x1035: "<1@x.example>"},
        [recipient("Anne", "anne@lyngsoe.example"), recipient("Bo Berg", "bo@fjordby.example", 3)],
    )

    reading = read(message)

    assert head(reading).sender == Address(name="Åse Bøgh", address="aase@fjordby.example")
    assert head(reading).to == [Address(name="Anne Holm", address="anne@lyngsoe.example")]
    assert head(reading).sent == "2024-05-03T10:12:00+02:00"
    assert (head(reading).subject, head(reading).message_id) == ("Takster på børneområdet", "<1@x.example>")
    assert "Bcc: Bo Berg <bo@fjordby.example>\n" in reading.text
    assert body(reading) == "Kære Anne\n\nTaksten stiger.\n"


@pytest.mark.parametrize("came", ["", "\r\n", "Fra Åse til Anne\r\n", "\x00\x00"])
def test_headers_of_transport_that_are_none(came: str) -> None:
    reading = read({0x007D: came or "\0", 0x0C1A: "Åse Bøgh", 0x0C1F: "aase@fjordby.example"})

    assert head(reading).sender == Address(name="Åse Bøgh", address="aase@fjordby.example")
    assert head(reading).subject == "Takster på børneområdet"


def test_line_breaks_in_properties_make_no_headers() -> None:
    reading = read(
        {0x0037: "Takster\r\nBcc: x@y.example\r\n\r\nHej", 0x0C1A: "A\nTo: b@c.example", 0x0C1F: "a@b.example"}
    )

    assert head(reading).subject == "Takster Bcc: x@y.example Hej"
    assert (head(reading).to, "Bcc: x" in reading.text.splitlines()) == ([], False)


def test_importance_and_threads_are_kept() -> None:
    reading = read({0x0017: 2, 0x0036: 3, 0x1042: "<1@a.example>", 0x1039: "<0@a.example> <1@a.example>"})

    assert (reading.metadata["importance"], reading.metadata["sensitivity"]) == ("high", "Company-Confidential")
    assert head(reading).in_reply_to == "<1@a.example>"
    assert head(reading).references == ["<0@a.example>", "<1@a.example>"]


# --- other items ------------------------------------------------------------------------------------------------------


def test_a_meeting() -> None:
    named: dict[tuple[uuid.UUID, int | str], Value] = {
        (APPOINTMENT, 0x820D): SENT,
        (PUBLIC_STRINGS, "Keywords"): "Økonomi",
        (APPOINTMENT, 0x820E): SENT + dt.timedelta(hours=1),
        (APPOINTMENT, 0x8208): "Rådhuset, lokale 3",
    }
    reading = read(Message(NOTE | {0x001A: "IPM.Appointment"}, named=named))

    assert body(reading) == (
        "Start: 2024-05-03 08:12 UTC\nEnd: 2024-05-03 09:12 UTC\nLocation: Rådhuset, lokale 3\n"
        "\nKære Anne\n\nTaksten stiger.\n"
    )
    assert reading.metadata["message-class"] == "IPM.Appointment"
    assert reading.problems == []


def test_a_task_and_a_contact() -> None:
    task = read(Message(NOTE | {0x001A: "IPM.Task"}, named={(TASK, 0x8105): SENT}))
    contact = read({0x001A: "IPM.Contact", 0x3001: "Åse Bøgh", 0x3A16: "Fjordby Kommune", 0x3A08: "+45 00 00 00 00"})

    assert body(task).startswith("Due: 2024-05-03 08:12 UTC\n\nKære Anne")
    assert body(contact).startswith("Name: Åse Bøgh\nCompany: Fjordby Kommune\nBusiness phone: +45 00 00 00 00\n")


def test_a_note() -> None:
    reading = read({0x001A: "IPM.StickyNote", 0x0037: "Husk", 0x1000: "Ring til Anne"})

    assert reading.text == "Subject: Husk\n\nRing til Anne\n"
