"""Zip files (APPNOTE 6.3), read by their directory; one whose directory is lost, by what stands before each member."""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from corpus.counts import counted
from corpus.junk import is_junk_path
from corpus.limits import Budget, Limits
from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.readers.archive_kinds import office_kind, office_note
from corpus.readers.archive_names import DOS, Names, decoded, told
from corpus.readers.archive_unpack import (
    CHUNK,
    DamagedError,
    Section,
    Unpacked,
    bzip2_stream,
    deflate_stream,
)
from corpus.reading import Child

MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK\x03\x04")
_LOCAL, _ENTRY, _END, _END_64, _PLACE_64 = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_FULL_32, _FULL_16 = 0xFFFFFFFF, 0xFFFF
_ENCRYPTED, _SIZE_BEHIND, _UTF_8, _HIDDEN = 0x0001, 0x0008, 0x0800, 0x2000
_UNIX, _MACOS = 3, 19
_ZIP_64, _UNICODE_PATH = 0x0001, 0x7075
_METHODS = {8: deflate_stream, 12: bzip2_stream}
_STORED, _LZMA, _AES = 0, 14, 99
_OTHER_METHODS = {1: "Shrink", 6: "Implode", 9: "Deflate64", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
SMALLEST = 22
"""Of a zip that holds nothing: its end alone."""
_LONGEST_END = SMALLEST + 0xFFFF


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A member as the directory has it. ``packed_size`` is None where only its end tells."""

    raw_name: str
    flags: int
    method: int
    crc: int | None
    packed_size: int | None
    size: int
    place: int
    mode: int = 0

    @property
    def is_folder(self) -> bool:
        return self.raw_name.endswith(("/", "\\")) and not self.size


class _Directory(msgspec.Struct, frozen=True, kw_only=True):
    """Where the list of members lies. ``shift``: bytes in front of the archive that its places do not count."""

    place: int
    size: int
    count: int
    shift: int
    volume: int


class _NoDirectoryError(Exception):
    """It is missing or broken; the message is a sentence."""


def members(file: BinaryIO, name: str, limits: Limits, budget: Budget) -> Iterator[Child | Problem]:
    """What lies in the archive in the order of its directory. Raises OverLimitError."""
    reader = _Members(file, limits, budget)
    try:
        directory = _directory(file, reader.length)
        if directory.volume:
            note = f"'{name}' is one piece of an archive in several; put them together with their own program first."
            yield problem(Code.UNREAD_ARCHIVE, note)
            return
        entries = _entries(file, directory)
        if kind := _office_kind_of(file, directory):
            yield problem(Code.UNKNOWN_FORMAT, office_note(name, kind))
            return
        for entry in entries:
            yield from reader.give(entry)
    except _NoDirectoryError as error:
        yield problem(Code.DAMAGED_ARCHIVE, f"{error} What was found without it is given.")
        for entry in _walked(file, reader):
            yield from reader.give(entry)


def local_names(head: bytes) -> list[bytes]:
    """The names of the members that begin in these first bytes and whose sizes stand in front of them."""
    names: list[bytes] = []
    place = head.find(_LOCAL)
    while 0 <= place <= len(head) - 30 and head[place : place + 4] == _LOCAL:
        flags, packed, length, extra = struct.unpack_from("<6xH10xI4xHH", head, place)
        names.append(head[place + 30 : place + 30 + length])
        behind = place + 30 + length + extra + packed
        place = head.find(_LOCAL, behind) if flags & _SIZE_BEHIND else behind
    return names


class _Members:
    """Gives members as children or problems; no more than one is in memory."""

    def __init__(self, file: BinaryIO, limits: Limits, budget: Budget) -> None:
        self._file, self._limits, self._budget = file, limits, budget
        self._names = Names()
        self._places: set[int] = set()
        self.length = file.seek(0, 2)
        self._packed_left = self.length

    def knows(self, place: int) -> bool:
        return place in self._places

    def give(self, entry: Entry) -> Iterator[Child | Problem]:
        """Nothing for a folder and for junk, else a child or a problem, and what was wrong with its name."""
        if entry.is_folder or is_junk_path(entry.raw_name):
            return
        self._budget.count()
        name, wrong = self._names.give(entry.raw_name)
        if wrong:
            yield problem(Code.UNSAFE_NAME, f"The name of a member {wrong}; it is shown as '{name}'.")
        refused = self._refused(entry, told(name))
        self._places.add(entry.place)
        if refused is not None:
            yield refused
            return
        try:
            data = self._data(entry)
        except DamagedError as error:
            yield problem(Code.UNREADABLE, f"The member '{told(name)}' is damaged and was not read: {error}.")
            return
        yield Child(name=name, media_type="application/octet-stream", data=data)

    def _refused(self, entry: Entry, name: str) -> Problem | None:
        kind = stat.S_IFMT(entry.mode)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            return problem(Code.NO_FILE, f"The member '{name}' is a link or a device and was not followed.")
        if entry.flags & (_ENCRYPTED | _HIDDEN) or entry.method == _AES:
            return problem(Code.ENCRYPTED_ARCHIVE, f"The member '{name}' asks for a password and was not read.")
        if entry.method != _STORED and entry.method not in _METHODS:
            method = _OTHER_METHODS.get(entry.method, f"the unknown method {entry.method}")
            note = f"The member '{name}' is packed by {method}, which is not read; unpack the archive, or pack it anew."
            return problem(Code.UNREAD_ARCHIVE, note)
        if entry.size > self._limits.file_size:
            note = f"The member '{name}' has {counted(entry.size, 'byte')}; the limit is {self._limits.file_size}."
            return problem(Code.TOO_LARGE, note)
        if entry.place in self._places:
            return problem(Code.DAMAGED_ARCHIVE, f"The member '{name}' lies in the bytes of another; it was not read.")
        return None

    def _data(self, entry: Entry) -> bytes:
        """Raises DamagedError, and OverLimitError."""
        start = _start_of_data(self._file, entry.place, self.length)
        packed_size = self.length - start if entry.packed_size is None else entry.packed_size
        if start + packed_size > self.length:
            raise DamagedError("it is cut off")
        if entry.packed_size is not None:
            self._packed_left -= packed_size
            if self._packed_left < 0:
                raise DamagedError("it lies in the bytes of others")
        section = Section(self._file, start, packed_size)
        data = self._unpacked(section, entry)
        if entry.crc is not None and zlib.crc32(data) != entry.crc:
            raise DamagedError("its check sum is not that of its bytes")
        return data

    def _unpacked(self, section: Section, entry: Entry) -> bytes:
        most = self._limits.file_size if entry.packed_size is None else entry.size
        if entry.method == _STORED:
            if section.size != entry.size:
                raise DamagedError("its size is not what its bytes have")
            return section.read()
        data = bytearray()
        unpacked = Unpacked(section, _METHODS[entry.method], self._budget)  # type: ignore[arg-type]
        while piece := unpacked.read(min(CHUNK, most + 1 - len(data))):
            data += piece
            if len(data) > most:
                raise DamagedError(f"it unpacks to more than the {most} bytes that it may have")
        if entry.packed_size is not None and len(data) != entry.size:
            raise DamagedError(f"it unpacks to {len(data)} bytes and not to {entry.size}")
        return bytes(data)


# --- the directory --------------------------------------------------------------------------------------------------


def _directory(file: BinaryIO, length: int) -> _Directory:
    start = max(length - _LONGEST_END, 0)
    file.seek(start)
    tail = file.read(_LONGEST_END)
    found = tail.rfind(_END)
    while found >= 0 and len(tail) - found < 22:
        found = tail.rfind(_END, 0, found)
    if found < 0:
        raise _NoDirectoryError("The archive is cut off: its directory is missing.")
    volume, _, _, count, size, place = struct.unpack_from("<4x4H2I", tail, found)
    end = start + found
    if _FULL_32 in (size, place) or count == _FULL_16:
        volume, count, size, place, end = _directory_64(file, end) or (volume, count, size, place, end)
    volume = 0 if volume == _FULL_16 else volume
    shift = end - size - place
    if not volume and (shift < 0 or (count and not size)):
        raise _NoDirectoryError("The directory of the archive is not where it should be.")
    return _Directory(place=place + shift, size=size, count=count, shift=shift, volume=volume)


def _directory_64(file: BinaryIO, end: int) -> tuple[int, int, int, int, int] | None:
    """The same five of the larger form, of which the place stands before the end."""
    file.seek(max(end - 20, 0))
    locator = file.read(20)
    if len(locator) < 20 or locator[:4] != _PLACE_64:
        return None
    (place,) = struct.unpack_from("<8xQ", locator)
    for candidate in (place, end - 20 - 56):
        if not 0 <= candidate <= end:
            continue
        file.seek(candidate)
        record = file.read(56)
        if len(record) == 56 and record[:4] == _END_64:
            volume, count, size, start = struct.unpack_from("<16xI12xQQQ", record)
            return volume, count, size, start, candidate
    return None


def _entries(file: BinaryIO, directory: _Directory) -> Iterator[Entry]:
    """Raises _NoDirectoryError where an entry is none, or fewer are there than it says."""
    place, end, count = directory.place, directory.place + directory.size, 0
    while place < end:
        file.seek(place)
        fixed = file.read(46)
        if len(fixed) < 46 or fixed[:4] != _ENTRY:
            break
        lengths = struct.unpack_from("<28x3H", fixed)
        variable = file.read(sum(lengths))
        place += 46 + sum(lengths)
        count += 1
        yield _entry(fixed, variable[: lengths[0]], variable[lengths[0] : lengths[0] + lengths[1]], directory.shift)
    if count & _FULL_16 < directory.count & _FULL_16 or (place < end and not count):
        raise _NoDirectoryError(f"The directory of the archive is broken behind its member {count}.")


def _office_kind_of(file: BinaryIO, directory: _Directory) -> str | None:
    """By the names in the beginning of the directory, which may put the telling ones first though they lie last."""
    file.seek(directory.place)
    names: list[bytes] = []
    listed = file.read(min(directory.size, 4 * CHUNK))
    place = 0
    while place + 46 <= len(listed) and listed[place : place + 4] == _ENTRY:
        lengths = struct.unpack_from("<28x3H", listed, place)
        names.append(listed[place + 46 : place + 46 + lengths[0]])
        place += 46 + sum(lengths)
    return office_kind(names)


def _entry(fixed: bytes, raw_name: bytes, extra: bytes, shift: int) -> Entry:
    made, flags, method, crc, packed, size, mode, place = struct.unpack_from("<4xH2xHH4x3I12xHI", fixed)
    fields = _extra_fields(extra)
    wide = fields.get(_ZIP_64, b"")
    numbers = []
    for number in (size, packed, place):
        if number == _FULL_32 and len(wide) >= 8:
            number, wide = int.from_bytes(wide[:8], "little"), wide[8:]
        numbers.append(number)
    system = made >> 8
    return Entry(
        raw_name=_name(raw_name, flags, system, fields.get(_UNICODE_PATH, b"")),
        flags=flags,
        method=method,
        crc=crc,
        size=numbers[0],
        packed_size=numbers[1],
        place=numbers[2] + shift,
        mode=mode if system in (_UNIX, _MACOS) else 0,
    )


def _extra_fields(extra: bytes) -> dict[int, bytes]:
    fields: dict[int, bytes] = {}
    place = 0
    while place + 4 <= len(extra):
        tag, size = struct.unpack_from("<HH", extra, place)
        fields.setdefault(tag, extra[place + 4 : place + 4 + size])
        place += 4 + size
    return fields


def _name(raw: bytes, flags: int, system: int, unicode_path: bytes) -> str:
    """The name: of an Info-ZIP Unicode Path field if it is of this name, else UTF-8, else of the system that packed."""
    if len(unicode_path) > 5 and int.from_bytes(unicode_path[1:5], "little") == zlib.crc32(raw):
        return unicode_path[5:].decode("utf-8", "backslashreplace")
    return decoded(raw, "cp1252" if system in (_UNIX, _MACOS) or flags & _UTF_8 else DOS)


# --- without the directory ------------------------------------------------------------------------------------------


def _walked(file: BinaryIO, reader: _Members) -> Iterator[Entry]:
    """The members by what stands before each, but for those that were given already."""
    place = _next_local(file, 0)
    while place is not None:
        file.seek(place)
        fixed = file.read(30)
        if len(fixed) < 30:
            return
        flags, method, crc, packed, size, length, more = struct.unpack("<6xHH4x3IHH", fixed)
        raw_name, extra = file.read(length), file.read(more)
        fields = _extra_fields(extra)
        wide = fields.get(_ZIP_64, b"")
        if len(wide) >= 16 and _FULL_32 in (packed, size):
            size, packed = struct.unpack_from("<QQ", wide)
        behind = bool(flags & _SIZE_BEHIND) and not packed
        if not reader.knows(place):
            yield Entry(
                raw_name=_name(raw_name, flags, 0, fields.get(_UNICODE_PATH, b"")),
                flags=flags,
                method=method,
                crc=None if behind else crc,
                size=size,
                packed_size=None if behind else packed,
                place=place,
            )
        place = _next_local(file, place + 30 + length + more + (0 if behind else packed))


def _next_local(file: BinaryIO, place: int) -> int | None:
    """The next place, here or behind, where a member begins."""
    while True:
        file.seek(place)
        data = file.read(CHUNK)
        found = data.find(_LOCAL)
        if found >= 0:
            return place + found
        if len(data) < CHUNK:
            return None
        place += len(data) - 3


def _start_of_data(file: BinaryIO, place: int, length: int) -> int:
    file.seek(place)
    fixed = file.read(30)
    if place >= length or len(fixed) < 30 or fixed[:4] != _LOCAL:
        raise DamagedError("it is not where the directory says")
    name, extra = struct.unpack_from("<26xHH", fixed)
    return place + 30 + int(name) + int(extra)
