"""Tar archives (POSIX ustar and pax, GNU), read in order, so that packed ones can be read, too."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from corpus.counts import counted
from corpus.junk import is_junk_path
from corpus.limits import Budget, Limits
from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.readers.archive_names import Names, decoded, told
from corpus.readers.archive_unpack import CHUNK, exactly
from corpus.reading import Child

BLOCK = tarfile.BLOCKSIZE
_FILES = (b"0", b"\0", b"7")
_FOLDERS = (b"5", b"D")
_LINKS = (b"1", b"2", b"3", b"4", b"6")
_HARD_LINK = b"1"
_LONG_NAME, _LONG_LINK, _LABEL, _SPARSE = b"L", b"K", b"V", b"S"
_PAX, _PAX_OF_ALL = (b"x", b"X"), b"g"
LONGEST_HEADER = 1 << 20
"""Of a header in front of a member (its long name, its pax fields)."""


class _Header(msgspec.Struct, frozen=True, kw_only=True):
    kind: bytes
    name: str
    size: int
    block: bytes


def is_tar(head: bytes) -> bool:
    """Whether these bytes begin with the header of a member, which carries its own check sum."""
    return len(head) >= BLOCK and _header(head[:BLOCK]) is not None


def members(file: BinaryIO, limits: Limits, budget: Budget) -> Iterator[Child | Problem]:
    """The files in the order of the archive; links and devices are problems.

    Blocks of zeros end an archive; one that is put behind another is read as well. Raises OverLimitError, and
    DamagedError when the archive is packed and its bytes are broken.
    """
    reader = _Members(file, limits, budget)
    lost, is_ended = 0, False
    while len(block := exactly(file, BLOCK)) == BLOCK:
        header = _header(block)
        if header is None:
            lost += any(block)
            is_ended = is_ended or not any(block)
            continue
        yield from _lost(lost)
        lost = 0
        yield from reader.give(header)
        if reader.is_cut:
            return
    yield from _lost(lost + bool(block.strip(b"\0")))
    if not is_ended:
        yield problem(Code.DAMAGED_ARCHIVE, "The archive has no end: it may have been cut off behind its last member.")


def _lost(blocks: int) -> Iterator[Problem]:
    if blocks:
        note = f"{blocks * BLOCK} bytes of the archive belong to no member; a header is broken."
        yield problem(Code.DAMAGED_ARCHIVE, note)


class _Members:
    def __init__(self, file: BinaryIO, limits: Limits, budget: Budget) -> None:
        self._file, self._limits, self._budget = file, limits, budget
        self._names = Names()
        self._fields: dict[str, str] = {}
        self.is_cut = False

    def give(self, header: _Header) -> Iterator[Child | Problem]:
        """A member with what stands in front of it; nothing for a folder and for what only says something of others."""
        if header.kind in (*_PAX, _PAX_OF_ALL, _LONG_NAME, _LONG_LINK):
            yield from self._take_fields(header)
            return
        fields, self._fields = self._fields, {}
        size = _number(fields.get("size", "")) or header.size
        if header.kind in (*_FOLDERS, _LABEL) or is_junk_path(fields.get("path", header.name)):
            self._skip(_blocks(size))
            return
        self._budget.count()
        name, wrong = self._names.give(fields.get("path", header.name))
        if wrong:
            yield problem(Code.UNSAFE_NAME, f"The name of a member {wrong}; it is shown as '{name}'.")
        is_sparse = header.kind == _SPARSE or any(field.startswith("GNU.sparse") for field in fields)
        if header.kind in _LINKS:
            yield problem(Code.NO_FILE, f"The member '{told(name)}' is a link or a device and was not followed.")
            self._skip(_blocks(size) if header.kind == _HARD_LINK else 0)
        elif header.kind not in _FILES or is_sparse:
            yield problem(
                Code.UNREAD_ARCHIVE, f"The member '{told(name)}' is stored with holes, or in another odd way."
            )
            self._skip_sparse(header, size)
        else:
            yield self._file_of(name, size)

    def _file_of(self, name: str, size: int) -> Child | Problem:
        if size > self._limits.file_size:
            self._skip(_blocks(size))
            note = f"The member '{told(name)}' has {counted(size, 'byte')}; the limit is {self._limits.file_size}."
            return problem(Code.TOO_LARGE, note)
        data = exactly(self._file, size)
        if len(data) < size:
            self.is_cut = True
            return problem(Code.UNREADABLE, f"The archive is cut off in the member '{told(name)}', which was not read.")
        self._skip(-size % BLOCK)
        return Child(name=name, media_type="application/octet-stream", data=data)

    def _take_fields(self, header: _Header) -> Iterator[Problem]:
        if header.size > LONGEST_HEADER:
            yield problem(Code.DAMAGED_ARCHIVE, f"A header of {header.size} bytes in the archive was not read.")
            self._skip(_blocks(header.size))
            return
        data = exactly(self._file, header.size)
        self._skip(-header.size % BLOCK)
        if header.kind == _LONG_NAME:
            self._fields["path"] = decoded(data.partition(b"\0")[0], "cp1252")
        elif header.kind in _PAX:
            self._fields |= _pax_fields(data)

    def _skip(self, size: int) -> None:
        while size > 0 and (piece := self._file.read(min(size, CHUNK))):
            size -= len(piece)

    def _skip_sparse(self, header: _Header, size: int) -> None:
        more = header.kind == _SPARSE and header.block[482:483] != b"\0"
        while more and len(block := exactly(self._file, BLOCK)) == BLOCK:
            more = block[504:505] != b"\0"
        self._skip(_blocks(size))


def _blocks(size: int) -> int:
    """With the zeros that fill the last block."""
    return size + -size % BLOCK


def _header(block: bytes) -> _Header | None:
    """None for a block that is no header, or one of zeros."""
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError, OverflowError):
        return None
    if info.size < 0:
        return None
    name = decoded(info.name.encode("utf-8", "surrogateescape"), "cp1252")
    return _Header(kind=info.type, name=name, size=info.size, block=block)


def _pax_fields(data: bytes) -> dict[str, str]:
    """The records "LENGTH KEY=VALUE", as far as they are whole."""
    fields: dict[str, str] = {}
    place = 0
    while (blank := data.find(b" ", place, place + 20)) > 0:
        length = _number(data[place:blank].decode("latin-1"))
        key, mark, value = data[blank + 1 : place + length].rstrip(b"\n").partition(b"=")
        if not mark or length <= blank - place:
            break
        fields[key.decode("utf-8", "replace")] = decoded(value, "cp1252")
        place += length
    return fields


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 20 else 0
