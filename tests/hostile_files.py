"""Files made to break a reader: bombs, names that lead elsewhere, mails and PDFs without end.

``python tests/hostile_files.py`` writes the small ones to ``tests/hostile/``, for trying them by hand.
"""

from __future__ import annotations

import base64
import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

FOLDER = Path(__file__).parent / "hostile"
WHEN = (2025, 3, 3, 10, 0, 0)
TEXT = b"Svommehallen koster 3 mio. kr. i 2025.\n"


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these names and bytes, the same on every machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, WHEN), data, method, 9)
    return buffer.getvalue()


def raw_zip(*members: tuple[bytes, bytes], flags: int = 0, system: int = 0, mode: int = 0, method: int = 0) -> bytes:
    """A zip with names of any bytes; ``mode`` is the Unix mode, ``method`` is declared and not applied."""
    body, directory = b"", b""
    for name, data in members:
        sizes = struct.pack("<3I", zlib.crc32(data), len(data), len(data))
        common = struct.pack("<HHHH", flags, method, 0, 0x5A63) + sizes + struct.pack("<HH", len(name), 0)
        place = struct.pack("<HHHII", 0, 0, 0, mode << 16, len(body))
        directory += b"PK\x01\x02" + struct.pack("<BBH", 20, system, 20) + common + place + name
        body += b"PK\x03\x04" + struct.pack("<H", 20) + common + name + data
    return body + _end(directory, len(members), len(body))


def zip_in_zip(depth: int, data: bytes = TEXT) -> bytes:
    """A text in so many zips."""
    made = data
    for level in range(depth):
        made = zipped(("brev.txt" if level == 0 else f"{level}.zip", made))
    return made


def nested_bomb(levels: int = 4, wide: int = 8, size: int = 20_000_000) -> bytes:
    """Each zip holds several of the next; at the bottom lie zeros. Every copy differs, so that none is known."""
    made = zipped(("nul.bin", bytes(size)))
    for level in range(levels):
        made = zipped(*((f"{level}-{number}.zip", made + bytes(number)) for number in range(wide)))
    return made


def flat_bomb(count: int = 200, size: int = 1_000_000) -> bytes:
    """One stretch of packed zeros that every member of the directory claims as its own."""
    packed = zipped(("0", bytes(size)))
    local = packed[: packed.index(b"PK\x01\x02")]
    entry = packed[len(local) : packed.index(b"PK\x05\x06")]
    start, end = entry[:28] + struct.pack("<H", 5), entry[30:46]
    return local + _end(b"".join(start + end + b"%05d" % number for number in range(count)), count, len(local))


def overlapping_bomb(count: int = 50, size: int = 5_000) -> bytes:
    """Members that begin a little later each and all run to the end, over the headers of the next ones."""
    made, directory = bytes(size), []
    for number in reversed(range(count)):
        name = b"%04d.txt" % number
        facts = struct.pack("<4H3I2H", 0, 0, 0, 0x5A63, zlib.crc32(made), len(made), len(made), len(name), 0)
        directory.append((facts, name, len(made) + 30 + len(name)))
        made = b"PK\x03\x04" + struct.pack("<H", 20) + facts + name + made
    entries = [
        b"PK\x01\x02" + struct.pack("<2H", 20, 20) + facts + struct.pack("<3H2I", 0, 0, 0, 0, len(made) - back) + name
        for facts, name, back in directory
    ]
    return made + _end(b"".join(entries), count, len(made))


def _end(directory: bytes, count: int, place: int) -> bytes:
    return directory + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, count, count, len(directory), place, 0)


def gzip_bomb(size: int) -> bytes:
    """Zeros, packed a thousandfold."""
    buffer = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, buffer, mtime=0) as file:
        for _ in range(size // 1_000_000):
            file.write(bytes(1_000_000))
    return buffer.getvalue()


def gzip_quine(name: bytes = b"r.gz") -> bytes:
    """A .gz that holds itself, byte for byte. The name has four letters, for all pieces to have their length.

    It is a program of two operations of five bytes each: "the next bytes are" (a stored block) and "the last bytes
    once more" (a block of two copies), which prints itself; then the check sum is sought that is its own.
    """
    head = b"\x1f\x8b\x08\x08" + bytes(6) + name + b"\0"
    tail_size = 5 + 8  # the last block, which is empty, check sum, size

    def stored(size: int) -> bytes:
        return b"\0" + struct.pack("<2H", size, size ^ 0xFFFF)

    def repeated(size: int) -> bytes:
        """A block in the fixed code, forty bits: twice half of it, each from ``size`` back (17 to 20)."""
        bits = "010"  # not the last block; fixed code, its two bits from the lower one
        for length in (size - size // 2, size // 2):
            bits += f"{length - 2:07b}" + "01000" + f"{size - 17:03b}"[::-1]  # RFC 1951, 3.2.5 and 3.2.6
        return int((bits + "0000000")[::-1], 2).to_bytes(5, "little")

    front, four, back = repeated(len(head) + 5), repeated(20), repeated(tail_size + 5)
    print_front, print_one, print_four = stored(len(head) + 5), stored(5), stored(20)
    nothing, print_back = stored(0), stored(tail_size + 5)
    body = head + print_front + head + print_front + front + print_one + front + print_one + print_one
    body += print_four + front + print_one + print_one + print_four + four
    body += print_four + four + print_four + four + print_four + four
    body += print_four + four + nothing + nothing + print_back + four + nothing + nothing

    def with_sum(value: int) -> bytes:
        size = len(body) + 5 + 2 * (5 + tail_size)
        tail = back + b"\1\0\0\xff\xff" + struct.pack("<2I", value, size)
        return body + print_back + tail + tail

    return with_sum(_own_sum(with_sum))


def _own_sum(with_sum: Callable[[int], bytes]) -> int:
    """The check sum of a file that holds it: each of its bits turns some bits of that sum, whatever the others are."""
    start = zlib.crc32(with_sum(0))
    rows = [(zlib.crc32(with_sum(1 << bit)) ^ start ^ (1 << bit), 1 << bit) for bit in range(32)]
    value, wanted = 0, start
    for bit in range(32):
        at = next((row for row in rows if row[0] >> bit & 1), None)
        if at is None:
            continue
        rows.remove(at)
        rows = [(turned ^ at[0], bits ^ at[1]) if turned >> bit & 1 else (turned, bits) for turned, bits in rows]
        if wanted >> bit & 1:
            wanted, value = wanted ^ at[0], value ^ at[1]
    if wanted:
        raise ValueError("no check sum is its own: take another name")
    return value


def tarred(*members: tuple[str, bytes], packed: str = "", links: Sequence[tuple[str, bytes, str]] = ()) -> bytes:
    """A tar, packed by "gz", "bz2" or "xz", with ``links`` (name, type, target) behind the members."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=f"w:{packed}", format=tarfile.GNU_FORMAT) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, kind, target in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
    return buffer.getvalue()


# --- mails ----------------------------------------------------------------------------------------------------------

MAIL = (
    b"From: Bo Berg <bo@fjordby.example>\nTo: anne@lyngsoe.example\nSubject: Takster\n"
    b"Date: Mon, 03 Mar 2025 10:00:00 +0100\nMessage-ID: <1@fjordby.example>\nMIME-Version: 1.0\n"
)


def mail_with(headers: bytes = b"", body: bytes = TEXT) -> bytes:
    return MAIL + headers + b"\n" + body


LETTER = "Kære Anne\nSvømmehallen koster 3 mio. kr. på et år.\nHilsen Bo\n".encode()


def called_base64(body: bytes = LETTER) -> bytes:
    """Words that the headers call base64."""
    return mail_with(b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", body)


def not_called_base64() -> bytes:
    """Base64 whose header was lost on the way."""
    return mail_with(b"Content-Type: text/plain; charset=utf-8\n", base64.encodebytes(LETTER * 3))


def called_utf_16() -> bytes:
    """Words in UTF-8 that the headers call UTF-16."""
    return mail_with(b"Content-Type: text/plain; charset=utf-16\n", LETTER)


def cut_within_a_letter() -> bytes:
    """A text in UTF-8 that ends in the middle of an "å"."""
    return LETTER * 3 + "Vi ses på".encode()[:-1]


def deep_mime(depth: int) -> bytes:
    """A multipart in a multipart in a multipart …"""
    opening = b"".join(
        b"Content-Type: multipart/mixed; boundary=d%d\n\n--d%d\n" % (level, level) for level in range(depth)
    )
    closing = b"".join(b"\n--d%d--\n" % level for level in reversed(range(depth)))
    return MAIL + opening + b"Content-Type: text/plain\n\n" + TEXT + closing


def deep_messages(depth: int) -> bytes:
    """A mail attached to a mail attached to a mail …"""
    made = mail_with()
    for level in range(depth):
        made = (
            MAIL
            + b"Content-Type: multipart/mixed; boundary=m%d\n\n--m%d\nContent-Type: message/rfc822\n\n" % (level, level)
            + made
            + b"\n--m%d--\n" % level
        )
    return made


# --- PDFs -----------------------------------------------------------------------------------------------------------


def pdf(*objects: str, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with its table of places."""
    body, places = b"%PDF-1.7\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{written}\nendobj\n".encode("latin-1")
    lines = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{lines}"
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root {root} 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + table.encode() + trailer.encode()


def stream(text: str, more: str = "") -> str:
    return f"<< /Length {len(text)} {more}>>\nstream\n{text}\nendstream"


SHOWN = "BT /F1 12 Tf 50 700 Td (Svommehallen koster 3 mio. kr.) Tj ET"
FONT = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
PAGE = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {FONT} /Contents 4 0 R >>"
CATALOG, PAGES = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def page_tree_loop() -> bytes:
    """A page tree whose branch holds itself."""
    return pdf(CATALOG, "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>", PAGE, stream(SHOWN))


def deep_page_tree(depth: int) -> bytes:
    branches = [f"<< /Type /Pages /Kids [{5 + level} 0 R] /Count 1 >>" for level in range(depth)]
    return pdf(CATALOG, "<< /Type /Pages /Kids [5 0 R] /Count 1 >>", PAGE, stream(SHOWN), *branches[1:], PAGE)


def outline_loop() -> bytes:
    """Bookmarks that follow each other around."""
    return pdf(
        "<< /Type /Catalog /Pages 2 0 R /Outlines 5 0 R >>",
        PAGES,
        PAGE,
        stream(SHOWN),
        "<< /Type /Outlines /First 6 0 R /Last 6 0 R /Count 2 >>",
        "<< /Title (Budget) /Parent 5 0 R /Next 7 0 R /First 7 0 R /Dest [3 0 R /Fit] >>",
        "<< /Title (Budget) /Parent 5 0 R /Next 6 0 R /First 6 0 R /Dest [3 0 R /Fit] >>",
    )


def form_loop() -> bytes:
    """A drawing that draws itself."""
    form = "/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /X 5 0 R >> >> "
    page = PAGE.replace("/Resources <<", "/Resources << /XObject << /X 5 0 R >>")
    return pdf(CATALOG, PAGES, page, stream(f"{SHOWN} /X Do"), stream("/X Do /X Do", form))


def forms_of_forms(levels: int, wide: int = 10) -> bytes:
    """A drawing that draws ten others that draw ten others …: ``wide`` ** ``levels`` of them."""
    page = PAGE.replace("/Resources <<", "/Resources << /XObject << /X 5 0 R >>")
    forms = []
    for level in range(levels):
        inner = f"/XObject << /X {6 + level} 0 R >> " if level < levels - 1 else ""
        more = f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << {inner}{FONT[3:]} "
        forms.append(stream("/X Do " * wide if inner else SHOWN, more))
    return pdf(CATALOG, PAGES, page, stream(f"{SHOWN} /X Do"), *forms)


def huge_page(size: str) -> bytes:
    return pdf(CATALOG, PAGES, PAGE.replace("595 842", f"{size} {size}"), stream(SHOWN))


def pdf_bomb(size: int) -> bytes:
    """A page whose drawing unpacks a thousandfold."""
    packed = zlib.compress(b"0 0 m 1 1 l S\n" * (size // 14), 9).decode("latin-1")
    return pdf(CATALOG, PAGES, PAGE, stream(packed, "/Filter /FlateDecode "))


def packed_page(change: Callable[[bytes], bytes] = bytes) -> bytes:
    """A page of many lines, packed; ``change`` is done to what is packed."""
    lines = "".join(
        f"1 0 0 1 50 {800 - 9 * number} Tm (Takst {number}: {number * 1357} kr.) Tj " for number in range(80)
    )
    packed = change(zlib.compress(f"BT /F1 8 Tf {lines}ET".encode())).decode("latin-1")
    return pdf(CATALOG, PAGES, PAGE, stream(packed, "/Filter /FlateDecode "))


def broken_streams(count: int) -> bytes:
    """A page that is whole, and beside it so many packed streams that do not unpack and have no end."""
    begun = "9 0 obj << /Filter /FlateDecode >> stream\nxxxx\n"
    return pdf(CATALOG, PAGES, PAGE, stream(SHOWN), stream(count * begun))


def bitten(packed: bytes) -> bytes:
    """With one byte in the middle that is another one."""
    middle = len(packed) // 2
    return packed[:middle] + bytes([packed[middle] ^ 0x55]) + packed[middle + 1 :]


def mangled(packed: bytes) -> bytes:
    """As where a program took it for text in UTF-8 and wrote it anew."""
    return packed.decode("utf-8", "replace").encode()


def page_without(content: str, *further: str) -> bytes:
    """Two pages, of which the second one has ``content`` in its dictionary; ``further`` objects begin with number 7."""
    pages = "<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>"
    return pdf(CATALOG, pages, PAGE, stream(SHOWN), PAGE.replace("/Contents 4 0 R", content), stream("q Q"), *further)


def unnamed_letters(words: str) -> bytes:
    """Words whose letters are drawings, of which the font only says the numbers: 1 for the first one, and so on."""
    letters = sorted({*words} - {" "})
    codes = {letter: number for number, letter in enumerate(letters, 1)} | {" ": 32}
    drawings = "".join(f"/g{number} 6 0 R " for number in range(1, len(letters) + 1))
    names = "".join(f"/g{number} " for number in range(1, len(letters) + 1))
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 700 700] /FontMatrix [0.001 0 0 0.001 0 0] "
        f"/FirstChar 1 /LastChar {len(letters)} /Widths [{'700 ' * len(letters)}] /CharProcs << {drawings}>> "
        f"/Encoding << /Type /Encoding /Differences [1 {names}] >> >>"
    )
    shown = "".join(f"{codes[letter]:02x}" for letter in words)
    text = f"BT /F1 12 Tf 50 700 Td (Svommehallen koster 3 mio. kr.) Tj /F2 12 Tf 0 -20 Td <{shown}> Tj ET"
    page = PAGE.replace("/Font << ", "/Font << /F2 5 0 R ")
    return pdf(CATALOG, PAGES, page, stream(text), font, stream("700 0 0 0 700 700 d1 0 0 650 700 re f"))


def metadata_laughs() -> bytes:
    """Metadata in XML whose entities grow tenfold nine times."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a9;</x>'
    catalog = "<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R >>"
    return pdf(catalog, PAGES, PAGE, stream(SHOWN), stream(xml, "/Type /Metadata /Subtype /XML "))


def html_laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE html [<!ENTITY a0 "ha">{entities}]><html><body><p>Takster &a9;</p></body></html>'.encode()


def marks(count: int) -> bytes:
    """A letter with so many marks, half of them in the wrong order: to compose it takes the square of that."""
    return f"<html><body><p>a{'&#x315;' * (count // 2)}{'&#x300;' * (count // 2)} {TEXT.decode()}</p>".encode()


SMALL: dict[str, Callable[[], bytes]] = {
    "indlejret-50.zip": lambda: zip_in_zip(50),
    "flad-bombe.zip": flat_bomb,
    "overlappende-bombe.zip": overlapping_bomb,
    "sig-selv.gz": gzip_quine,
    "bombe.gz": lambda: gzip_bomb(110_000_000),
    "navne.zip": lambda: zipped(("../../etc/passwd", TEXT), ("/abs.txt", TEXT), ("C:\\Windows\\x.txt", TEXT)),
    "lænker.tar": lambda: tarred(("a.txt", TEXT), links=[("b.txt", tarfile.SYMTYPE, "/etc/passwd")]),
    "sidetræ-i-ring.pdf": page_tree_loop,
    "bogmærker-i-ring.pdf": outline_loop,
    "tegning-i-sig-selv.pdf": form_loop,
    "tegninger-i-tegninger.pdf": lambda: forms_of_forms(12),
    "kæmpe-side.pdf": lambda: huge_page("1000000000"),
    "entiteter.pdf": metadata_laughs,
    "entiteter.html": html_laughs,
    "mærker.html": lambda: marks(20_000),
    "navn-som-sted.zip": lambda: zipped(("ind.zip", zipped(("brev.txt", TEXT))), ("ind.zip!brev.txt", TEXT * 2)),
    "dyb.eml": lambda: deep_mime(300),
    "kaldt-base64.eml": called_base64,
    "ikke-kaldt-base64.eml": not_called_base64,
    "kaldt-utf-16.eml": called_utf_16,
    "afskåret.txt": cut_within_a_letter,
    "bidt-side.pdf": lambda: packed_page(bitten),
    "forvansket-side.pdf": lambda: packed_page(mangled),
    "side-uden-indhold.pdf": lambda: page_without("/Contents 99 0 R"),
    "bogstaver-uden-navn.pdf": lambda: unnamed_letters("Takst 1.357 kr."),
}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, make in SMALL.items():
        (FOLDER / name).write_bytes(make())
