"""Bytes that are no Outlook message, or what is left of one."""

from __future__ import annotations

import struct

import pytest
from aspose.email_foss.cfb import CFBDocument, CFBStorage, CFBStream, CFBWriter
from hypothesis import given, settings
from hypothesis import strategies as st
from outlook import (
    NOTE,
    RTF_HTML,
    codes,
    head,
    read,
    rtf,
    tables_first,
)
from oxmsg.storage import Storage
from samples_msg import Message, embedded, file, recipient, to_bytes

from corpus import readers
from corpus.readers import msg
from corpus.readers.compound import open_compound


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


def test_streams_that_share_their_sectors_give_no_more_than_the_file() -> None:
    root = CFBStorage("Root Entry")
    root.add_stream(CFBStream("__properties_version1.0", bytes(300_000)))
    for index in range(50):
        root.add_stream(CFBStream(f"__substg1.0_{0x6600 + index:04X}0102", bytes(5000)))
    data = bytearray(CFBWriter.to_bytes(CFBDocument(root)))
    directory = (struct.unpack_from("<I", data, 48)[0] + 1) * 512
    entries = [at for at in range(directory, len(data) - 127, 128) if data[at + 66] == 2]
    longest = max(entries, key=lambda at: int.from_bytes(data[at + 120 : at + 124], "little"))
    for at in entries:
        data[at + 116 : at + 124] = data[longest + 116 : longest + 124]

    with open_compound(bytes(data)) as container:
        root_read = Storage.from_ole(container)

    assert sum(len(stream.bytes_) for stream in root_read.streams) <= len(data)
    assert codes(readers.read(bytes(data), "brev.msg")) == ["damaged-mail"]


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
