"""Outlook's .msg files: who, when, to whom, about what, and what hangs beside it; sound, odd and broken ones."""

from __future__ import annotations

import datetime as dt
import struct
import uuid
from collections.abc import Iterable
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from aspose.email_foss import msg as writer
from aspose.email_foss.cfb import CFBDocument, CFBStorage, CFBStream, CFBWriter
from hypothesis import given, settings
from hypothesis import strategies as st
from samples_msg import Message, Narrow, Value, embedded, file, msg_bytes, recipient, to_bytes

from corpus import readers
from corpus.limits import Limits
from corpus.model import Address
from corpus.model import Message as Part
from corpus.readers import mapi, msg
from corpus.reading import MailHeaders, Reading
from pipeline.extract import Options, extract_bytes

SENT = dt.datetime(2024, 5, 3, 8, 12, tzinfo=dt.UTC)
APPOINTMENT = uuid.UUID("00062002-0000-0000-c000-000000000046")
TASK = uuid.UUID("00062003-0000-0000-c000-000000000046")
PUBLIC_STRINGS = uuid.UUID("00020329-0000-0000-c000-000000000046")
EXCHANGE = "/o=Fjordby Kommune/ou=Exchange Administrative Group/cn=Recipients/cn=aabo"
NOTE: dict[int, Value] = {
    0x001A: "IPM.Note",
    0x0037: "Takster på børneområdet",
    0x1000: "Kære Anne\r\n\r\nTaksten stiger.\r\n",
}


def read(message: Message | dict[int, Value], name: str = "brev.msg") -> Reading:
    if isinstance(message, dict):
        message = Message(NOTE | message)
    return readers.read(to_bytes(message), name)


def head(reading: Reading) -> MailHeaders:
    assert reading.mail is not None
    return reading.mail


def body(reading: Reading) -> str:
    return reading.text[head(reading).end :]


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def children(reading: Reading) -> list[tuple[str, str]]:
    return [(child.name, child.media_type) for child in reading.children]


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


# --- code pages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "codec", "text"),
    [
        (1252, "cp1252", "Æbleø – €"),
        (65001, "utf-8", "Æbleø – €"),
        (850, "cp850", "Æbleø"),
        (28591, "latin-1", "Æbleø"),
        (10000, "mac-roman", "Æbleø"),
        (1251, "cp1251", "Жук"),
        (932, "cp932", "日本"),
    ],
)
def test_narrow_strings_in_their_code_page(page: int, codec: str, text: str) -> None:
    data = Narrow(text.encode(codec))

    reading = read({0x3FFD: page, 0x0037: data, 0x1000: data, 0x0C1A: data, 0x0C1F: Narrow(b"a@b.example")})

    assert (head(reading).subject, body(reading).strip()) == (text, text)
    assert head(reading).sender == Address(name=text, address="a@b.example")
    assert reading.problems == []


def test_the_body_has_the_code_page_of_the_internet() -> None:
    reading = read({0x3FFD: 1252, 0x3FDE: 65001, 0x0037: Narrow("Sø".encode("cp1252")), 0x1000: Narrow("Sø".encode())})

    assert (head(reading).subject, body(reading).strip()) == ("Sø", "Sø")


def test_a_narrow_string_without_a_code_page_is_western() -> None:
    assert head(read({0x0037: Narrow(b"S\xf8g\xe5rd")})).subject == "Søgård"


@pytest.mark.parametrize("page", [20127, 65001, 99999, -1])
def test_a_code_page_that_does_not_fit_is_told_or_known_for_none(page: int) -> None:
    reading = read({0x3FFD: page, 0x0037: Narrow(b"S\xf8g\xe5rd")})

    assert head(reading).subject == "Søgård"
    assert codes(reading) == (["charset-guessed"] if page in (20127, 65001) else [])


# --- bodies -----------------------------------------------------------------------------------------------------------


def without_text(properties: dict[int, Value]) -> Reading:
    return read(Message({0x001A: "IPM.Note", 0x0037: "Takster", **properties}))


def test_html_only() -> None:
    html = '<html><head><meta charset="windows-1252"></head><body><p>Kære Åse</p><p>Hilsen Bo</p></body></html>'

    narrow = without_text({0x1013: html.encode("cp1252"), 0x3FDE: 1252})
    wide = without_text({0x1013: html})

    assert body(narrow) == body(wide) == "Kære Åse\n\nHilsen Bo\n"
    assert narrow.metadata["body"] == "text/html"
    assert narrow.problems == wide.problems == []


def rtf(letters: bytes) -> bytes:
    """Compressed RTF, written the easy way: every letter for itself."""
    runs = [letters[at : at + 8] for at in range(0, len(letters), 8)]
    packed = b"".join(b"\0" + run for run in runs)
    return struct.pack("<II4sI", len(packed) + 12, len(letters), b"LZFu", 0) + packed


RTF_HTML = rb"""{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}
{\f1\fswiss\fcharset204 Arial Cyr;}}
{\colortbl\red0\green0\blue0;}{\*\generator Et program;}
{\*\htmltag19 <html>}{\*\htmltag2 \par }{\*\htmltag50 <body>}{\*\htmltag64 <p>}
\htmlrtf {\htmlrtf0 K\'e6re \u197?se \{5\}
{\*\htmltag84 &lt;}\htmlrtf <\htmlrtf0 7 \f1\'c6\f0{\*\mhtmltag84 borte}{\*\htmltag72 </p>}\htmlrtf \par}\htmlrtf0
{\*\htmltag64 <p>}Hilsen\htmlrtf borte\htmlrtf0{\*\htmltag72 </p>}{\*\htmltag58 </body>}}"""
RTF_TEXT = rb"""{\rtf1\ansi\ansicpg1252\fromtext \deff0{\fonttbl{\f0\fswiss Arial;}}
\f0 K\'e6re \u197?se\par\par Hilsen\tab Bo\par}"""
RTF_PLAIN = rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Times;}}
{\stylesheet{\s0 Normal;}}{\info{\title Titel}}
\pard\f0\fs20 K\'e6re \b \u197\'c5se\b0\par\par Hilsen\tab
{\field{\*\fldinst HYPERLINK "http://x.example"}{\fldrslt Bo}}
{\pict\wmetafile8 0102ff}{\bin3 }}}\par}"""


@pytest.mark.parametrize(
    ("letters", "text", "kind"),
    [
        (RTF_HTML, "Kære Åse {5}<7 Ж\n\nHilsen\n", "text/html"),
        (RTF_TEXT, "Kære Åse\n\nHilsen\tBo\n", "text/plain"),
        (RTF_PLAIN, "Kære Åse\n\nHilsen\tBo\n", "text/plain"),
    ],
    ids=["html", "text", "plain"],
)
def test_rtf_only(letters: bytes, text: str, kind: str) -> None:
    reading = without_text({0x1009: rtf(letters)})

    assert (body(reading), reading.metadata["body"]) == (text, kind)
    assert reading.problems == []


@pytest.mark.parametrize("counted_too_much", [0, 12])
def test_rtf_that_is_not_compressed(counted_too_much: int) -> None:
    size = len(RTF_TEXT)
    kept = struct.pack("<II4sI", size + 12, size + counted_too_much, b"MELA", 0) + RTF_TEXT

    reading = without_text({0x1009: kept})

    assert (body(reading), reading.problems) == ("Kære Åse\n\nHilsen\tBo\n", [])
    assert codes(without_text({0x1009: kept[:-9]})) == ["damaged-mail"]


def test_compressed_rtf_refers_to_its_window() -> None:
    """By [MS-OXRTFCP]: a reference into the text that every window begins with, one that runs into itself, the end."""
    first_free = 207
    letters = rb"{\rtf1 " + b"ab" * 8 + b"}"
    to_the_start = struct.pack(">H", 0 << 4 | 4)
    to_the_last_two_letters = struct.pack(">H", (first_free + 7) << 4 | 12)
    end = struct.pack(">H", (first_free + len(letters) - 1) << 4)
    packed = bytes([0b00110001]) + to_the_start + b" ab" + to_the_last_two_letters + end
    kept = struct.pack("<II4sI", len(packed) + 12, len(letters) - 1, b"LZFu", 0) + packed

    reading = without_text({0x1009: kept})

    assert (body(reading), reading.problems) == ("abababababababab\n", [])


def test_a_body_that_is_cut_off_is_told() -> None:
    reading = without_text({0x1009: rtf(RTF_TEXT)[:-20]})

    assert body(reading).startswith("Kære Åse")
    assert codes(reading) == ["damaged-mail"]


@pytest.mark.parametrize("kept", [b"", b"abc", b"x" * 40, struct.pack("<II4sI", 99, 99, b"LZFu", 0)])
def test_a_body_that_is_no_rtf(kept: bytes) -> None:
    reading = without_text({0x1009: kept})

    assert (head(reading).subject, body(reading)) == ("Takster", "")
    assert codes(reading) == (["damaged-mail"] if kept else [])


def test_plain_text_is_the_body_where_html_and_rtf_say_the_same() -> None:
    reading = read({0x1013: b"<p>Takst</p>", 0x1009: rtf(RTF_HTML)})

    assert (body(reading), reading.metadata["body"]) == ("Kære Anne\n\nTaksten stiger.\n", "text/plain")


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


# --- attachments ------------------------------------------------------------------------------------------------------


def test_names_and_kinds_of_attachments() -> None:
    attachments: list[tuple[dict[int, Value], None]] = [
        file("Børne- og ungdomstal 2024.xlsx", "application/vnd.ms-excel", b"\0\1\2"),
        ({0x3705: 1, 0x3704: "BILAG~1.TXT", 0x3701: b"Hej"}, None),
        (
            {0x3705: 1, 0x3707: "logo.png", 0x3701: b"\x89PNG", 0x370E: "image/png", 0x3712: "logo@x", 0x7FFE: True},
            None,
        ),
        ({0x3705: 1, 0x3701: b"uden navn"}, None),
        ({0x3705: 1, 0x3707: "tom.txt", 0x3701: b"", 0x370E: "text/plain"}, None),
        file("brev.eml", "message/rfc822", b"From: a@b.example\nSubject: x\n\nHej\n"),
        file("underlig.bin", "multipart/mixed\r\nX: y", b"1"),
        file("side.html", "text/html", b"<p>Bilag</p>"),
    ]

    reading = read(Message(NOTE, [], attachments))

    assert children(reading) == [
        ("Børne- og ungdomstal 2024.xlsx", "application/vnd.ms-excel"),
        ("BILAG~1.TXT", "application/octet-stream"),
        ("logo.png", "image/png"),
        ("bilag-4.bin", "application/octet-stream"),
        ("tom.txt", "text/plain"),
        ("brev.eml", "application/octet-stream"),
        ("underlig.bin", "application/octet-stream"),
        ("side.html", "text/html"),
    ]
    assert [child.data for child in reading.children] == [row[0x3701] for row, _ in attachments]
    assert (body(reading), reading.problems) == ("Kære Anne\n\nTaksten stiger.\n", [])


def test_a_linked_file_is_told() -> None:
    linked: dict[int, Value] = {0x3705: 7, 0x3707: "budget.xlsx", 0x370D: "https://drev.fjordby.example/budget.xlsx"}

    reading = read(Message(NOTE, [], [(linked, None), ({0x3705: 1, 0x3707: "væk.txt"}, None)]))

    assert (reading.children, codes(reading)) == ([], ["damaged-mail", "damaged-mail"])
    assert "https://drev.fjordby.example/budget.xlsx" in reading.problems[0].message
    assert "'væk.txt' could not be read" in reading.problems[1].message


def test_messages_within_messages() -> None:
    deep = Message(
        NOTE | {0x0037: "Dybest", 0x0C1A: "Bo", 0x0C1F: "bo@fjordby.example", 0x0039: SENT},
        [recipient("Anne Holm", "anne@lyngsoe.example")],
        [file("dyb.txt", "text/plain", b"dyb")],
    )
    middle = Message(
        {0x001A: "IPM.Note", 0x1000: "Uden emne"}, [], [embedded("Dybest", deep), file("m.txt", "text/plain", b"m")]
    )

    outer = read(Message(NOTE, [], [embedded("Uden navn: 1/2", middle)]))
    second = readers.read(outer.children[0].data, outer.children[0].name)
    third = readers.read(second.children[0].data, second.children[0].name)

    assert children(outer) == [("2.eml", "message/rfc822")]
    assert (second.text, children(second)) == (
        "\nUden emne\n",
        [("Dybest.eml", "message/rfc822"), ("m.txt", "text/plain")],
    )
    assert (head(third).subject, head(third).sent) == ("Dybest", "2024-05-03T08:12:00+00:00")
    assert head(third).to == [Address(name="Anne Holm", address="anne@lyngsoe.example")]
    assert [child.data for child in third.children] == [b"dyb"]
    assert outer.problems == second.problems == third.problems == []


def test_messages_deeper_than_the_limit_are_told() -> None:
    message = Message(NOTE)
    for _ in range(4):
        message = Message(NOTE, [], [embedded("Videre", message)])

    reading = readers.read(to_bytes(message), "brev.msg", Limits(depth=2))

    assert "too-deep" in codes(reading)
    assert [child.name for child in reading.children] == ["Videre.eml"]


def test_what_is_wrong_inside_is_told_with_its_name() -> None:
    inner = Message(NOTE, [], [({0x3705: 1, 0x3707: "væk.txt"}, None)])

    reading = read(Message(NOTE, [], [embedded("Indre", inner)]))

    assert [problem.message for problem in reading.problems] == [
        "In the attached message 'Indre': The attachment 'væk.txt' could not be read."
    ]


# --- bytes that are no message ----------------------------------------------------------------------------------------


def compound(*names: str) -> bytes:
    root = CFBStorage("Root Entry")
    for name in names:
        root.add_stream(CFBStream(name, b"x" * 5000))
    made: bytes = CFBWriter.to_bytes(CFBDocument(root))
    return made


def test_other_compound_files_are_not_claimed() -> None:
    pasted = CFBStorage("Root Entry")
    pasted.add_stream(CFBStream("WordDocument", b"x" * 5000))
    pasted.add_storage(CFBStorage("ObjectPool")).add_stream(CFBStream("__properties_version1.0", bytes(64)))

    for data in (
        compound("WordDocument", "1Table"),
        compound("Workbook"),
        compound("Catalog", "1"),
        CFBWriter.to_bytes(CFBDocument(pasted)),
    ):
        assert codes(readers.read(data, "notat.doc")) == ["unknown-format"]


def test_a_message_is_known_by_its_bytes() -> None:
    assert head(readers.read(to_bytes(Message(NOTE)), "Takster")).subject == "Takster på børneområdet"


@pytest.mark.parametrize(
    "data", [compound("WordDocument"), msg.MAGIC, msg.MAGIC + bytes(600), msg.MAGIC + b"\xff" * 2000]
)
def test_what_only_calls_itself_a_message_is_unreadable(data: bytes) -> None:
    reading = readers.read(data, "brev.msg")

    assert (reading.text, codes(reading)) == ("", ["unreadable"])


def test_a_list_of_properties_that_names_nothing_loses_nothing() -> None:
    """The values that stand in streams of their own are there without it."""
    root = CFBStorage("Root Entry")
    root.add_stream(CFBStream("__properties_version1.0", bytes(32)))
    root.add_stream(CFBStream("__substg1.0_0037001F", "Takster".encode("utf-16-le")))

    assert head(readers.read(CFBWriter.to_bytes(CFBDocument(root)), "brev.msg")).subject == "Takster"


def test_a_stream_that_is_missing_is_told() -> None:
    root = CFBStorage("Root Entry")
    entry = struct.pack("<HHI8s", 0x1F, 0x1000, 6, struct.pack("<I", 10))
    root.add_stream(CFBStream("__properties_version1.0", bytes(32) + entry))
    root.add_stream(CFBStream("__substg1.0_0037001F", "Takster".encode("utf-16-le")))

    assert codes(readers.read(CFBWriter.to_bytes(CFBDocument(root)), "brev.msg")) == ["damaged-mail"]


WHOLE = to_bytes(
    Message(
        NOTE | {0x0C1A: "Åse Bøgh", 0x0C1F: "aase@fjordby.example", 0x1009: rtf(RTF_HTML)},
        [recipient("Anne Holm", "anne@lyngsoe.example")],
        [file("stor.bin", "application/octet-stream", bytes(range(256)) * 40), embedded("Indre", Message(NOTE))],
    )
)


def test_a_message_cut_off_anywhere_is_told() -> None:
    for size in range(1, len(WHOLE), 7):
        assert readers.read(WHOLE[:size], "brev.msg").problems, size


def test_of_a_message_cut_off_what_is_there_is_read() -> None:
    """Outlook writes the tables first and the streams behind them: of such a file something is left."""
    whole = tables_first(WHOLE)
    assert readers.read(whole, "brev.msg") == readers.read(WHOLE, "brev.msg")

    readings = [readers.read(whole[:size], "brev.msg") for size in range(1, len(whole), 31)]

    assert all(reading.problems for reading in readings)
    assert "Subject: Takster på børneområdet\n" in {
        line for reading in readings for line in reading.text.splitlines(True)
    }


def tables_first(data: bytes) -> bytes:
    """The same file with its sectors in another order: allocation table, directory, small streams, the rest."""
    count = len(data) // 512 - 1
    sectors = [data[(at + 1) * 512 : (at + 2) * 512] for at in range(count)]
    table_places = [place for place in struct.unpack_from("<109I", data, 76) if place < count]
    table = struct.unpack(f"<{128 * len(table_places)}I", b"".join(sectors[place] for place in table_places))

    def chain(start: int) -> list[int]:
        return [start, *chain(table[start])] if start < count else []

    directory = chain(struct.unpack_from("<I", data, 48)[0])
    small = struct.unpack_from("<I", sectors[directory[0]], 116)[0]
    first = [*table_places, *directory, *chain(struct.unpack_from("<I", data, 60)[0]), *chain(small)]
    order = [*first, *(at for at in range(count) if at not in first)]
    moved = {old: new for new, old in enumerate(order)}

    def renumbered(block: bytes, places: Iterable[int]) -> bytes:
        changed = bytearray(block)
        for place in places:
            old = struct.unpack_from("<I", block, place)[0]
            struct.pack_into("<I", changed, place, moved.get(old, old))
        return bytes(changed)

    for place in directory:
        entries = [at for at in range(0, 512, 128) if _is_long(sectors[place][at : at + 128])]
        sectors[place] = renumbered(sectors[place], [at + 116 for at in entries])
    table = tuple(moved.get(table[old], table[old]) if old < count else table[old] for old in order)
    table += (0xFFFFFFFF,) * (128 * len(table_places) - count)
    for index, place in enumerate(table_places):
        sectors[place] = struct.pack("<128I", *table[index * 128 : index * 128 + 128])
    return renumbered(data[:512], [48, 60, *range(76, 512, 4)]) + b"".join(sectors[old] for old in order)


def _is_long(entry: bytes) -> bool:
    """The root, whose sectors hold the small streams, or a stream with sectors of its own."""
    return entry[66] == 5 or (entry[66] == 2 and struct.unpack_from("<I", entry, 120)[0] >= 4096)


def test_a_directory_that_points_around_in_a_circle_costs_no_more_than_the_file() -> None:
    root = CFBStorage("Root Entry")
    root.add_stream(CFBStream("__properties_version1.0", bytes(32)))
    for index in range(50):
        root.add_stream(CFBStream(f"__substg1.0_{0x6600 + index:04X}0102", bytes(5000)))
    data = bytearray(CFBWriter.to_bytes(CFBDocument(root)))
    directory = (struct.unpack_from("<I", data, 48)[0] + 1) * 512
    for at in range(directory, len(data) - 127, 128):
        if data[at + 66] == 2:
            struct.pack_into("<II", data, at + 116, struct.unpack_from("<I", data, at + 116)[0], 0x7FFFFFFF)

    reading = readers.read(bytes(data), "brev.msg")

    assert codes(reading)


@pytest.mark.parametrize(("place", "value"), [(30, 31), (32, 40), (44, 1 << 30), (64, 1 << 30), (72, 1 << 30), (56, 1)])
def test_a_header_with_sizes_that_no_program_writes(place: int, value: int) -> None:
    data = bytearray(WHOLE)
    struct.pack_into("<H" if place < 40 else "<I", data, place, value)

    assert codes(readers.read(bytes(data), "brev.msg")) == ["unreadable"]


def test_a_storage_that_holds_itself() -> None:
    data = bytearray(WHOLE)
    directory = (struct.unpack_from("<I", data, 48)[0] + 1) * 512
    inside = next(
        at for at in range(directory, len(data), 128) if data[at : at + 22] == "__recip_ver".encode("utf-16-le")
    )
    struct.pack_into("<I", data, inside + 76, 0)

    assert codes(readers.read(bytes(data), "brev.msg")) == ["unreadable"]


@pytest.mark.parametrize("count", [1, 700])
def test_a_message_to_many(count: int) -> None:
    message = Message(NOTE, [recipient(f"Navn {at}", f"navn{at}@fjordby.example") for at in range(count)])

    assert len(head(read(message)).to) == count


@given(st.binary(max_size=3000))
def test_any_bytes_behind_the_signature(tail: bytes) -> None:
    assert readers.read(msg.MAGIC + tail, "brev.msg").problems


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(8, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=30))
def test_any_bytes_changed(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, value in changes:
        data[at] = value

    assert readers.read(bytes(data), "brev.msg").reader == msg.READER


# --- the way through MIME ---------------------------------------------------------------------------------------------

ITEM = mapi.Item(
    sender=mapi.Person(name="Åse Bøgh", address="aase@fjordby.example"),
    recipients=[mapi.Recipient(name="Holm, Anne", address="anne@lyngsoe.example")],
    subject="Et emne, der er så langt, at det skal foldes over flere linjer på vejen – også med æøå i hver af dem",
    sent=SENT,
    plain="Kære Anne\r\n",
    html="<p>Kære Anne</p>",
    attachments=[mapi.Attachment(name="år.txt", media_type="text/plain", data=b"1\n")],
)


def test_the_same_item_is_the_same_bytes() -> None:
    assert mapi.to_bytes(ITEM) == mapi.to_bytes(ITEM)


def test_another_parser_reads_the_message_without_a_defect() -> None:
    made = BytesParser(policy=policy.default).parsebytes(mapi.to_bytes(ITEM))

    assert (made["Subject"], made["From"]) == (ITEM.subject, "Åse Bøgh <aase@fjordby.example>")
    assert made["To"].addresses[0].display_name == "Holm, Anne"
    assert [part.get_filename() for part in made.iter_attachments()] == ["år.txt"]
    assert [part.get_content_type() for part in made.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/plain",
    ]  # fmt: skip
    assert not any(part.defects for part in made.walk())


words = st.text(st.characters(blacklist_categories=["Cs"]), max_size=40)


@given(words, words, words, words)
def test_any_words_come_through(subject: str, name: str, text: str, file_name: str) -> None:
    item = mapi.Item(
        subject=subject,
        sender=mapi.Person(name=name, address="a@b.example"),
        plain=text,
        attachments=[mapi.Attachment(name=file_name, data=text.encode())],
    )

    reading = readers.read(mapi.to_bytes(item), "brev.eml")

    assert head(reading).sender is not None
    assert [child.data for child in reading.children] == [text.encode()]
    assert "bad-header" not in codes(reading)
