"""Files and messages that hang on Outlook's messages."""

from __future__ import annotations

from outlook import (
    NOTE,
    SENT,
    body,
    children,
    codes,
    head,
    read,
)
from samples_msg import Message, Value, embedded, file, recipient, to_bytes

from corpus import readers
from corpus.limits import Limits
from corpus.model import Address


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
