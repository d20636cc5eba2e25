"""What the tests of Outlook's messages share: a message to start from, RTF bodies, and what was read, in short."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterable

from samples_msg import Message, Value, to_bytes

from corpus import readers
from corpus.reading import MailHeaders, Reading

SENT = dt.datetime(2024, 5, 3, 8, 12, tzinfo=dt.UTC)
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


def without_text(properties: dict[int, Value]) -> Reading:
    return read(Message({0x001A: "IPM.Note", 0x0037: "Takster", **properties}))


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
