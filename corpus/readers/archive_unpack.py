"""Packed bytes, unpacked as they are read: in bounded memory, and paid for from the budget of the whole file."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

from corpus.limits import Budget
from corpus.readers.streams import Placed

CHUNK = 1 << 18
MOST_MEMORY = 256 << 20
"""For the dictionary of LZMA: the strongest usual setting takes 65 MB, a hostile header asks for 4 GB."""


class DamagedError(Exception):
    """The packed bytes are broken or end early; the message is a clause."""


class Decompressor(Protocol):
    """As ``bz2`` and ``lzma`` have them."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class Inflate:
    """zlib's decompressor under the protocol of the other two. ``bits``: -15 for raw deflate, 31 for gzip."""

    def __init__(self, bits: int) -> None:
        self._object = zlib.decompressobj(bits)
        self._more = False

    @property
    def eof(self) -> bool:
        return self._object.eof

    @property
    def needs_input(self) -> bool:
        return not (self._more or self._object.unconsumed_tail or self._object.eof)

    @property
    def unused_data(self) -> bytes:
        return self._object.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        got = self._object.decompress(self._object.unconsumed_tail + data, max_length)
        self._more = len(got) == max_length
        return got


def gzip_stream() -> Decompressor:
    return Inflate(31)


def deflate_stream() -> Decompressor:
    return Inflate(-15)


def bzip2_stream() -> Decompressor:
    return bz2.BZ2Decompressor()


def xz_stream() -> Decompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MOST_MEMORY)


class Section(Placed):
    """A stretch of a file, with a position of its own."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        super().__init__(size)
        self._file, self._start = file, start

    def read(self, size: int = -1) -> bytes:
        left = max(self._size - self._at, 0)
        self._file.seek(self._start + self._at)
        data = self._file.read(left if size is None or size < 0 else min(size, left))
        self._at += len(data)
        return data


class Unpacked(io.RawIOBase):
    """What a packed stream holds. ``magic``: others that begin with it may follow, as in .gz; ``b""`` for one alone.

    Raises DamagedError, and OverLimitError when the budget is spent.
    """

    def __init__(self, file: BinaryIO, start: Callable[[], Decompressor], budget: Budget, magic: bytes = b"") -> None:
        super().__init__()
        self._file, self._start, self._budget, self._magic = file, start, budget, magic
        self.has_more = False
        """Whether something else stands behind the stream."""
        self._packed = start()
        self._fed = 0
        self._waiting = b""
        self._done = False

    @property
    def end(self) -> int:
        """Bytes that the stream took of the file, when it is read to its end."""
        return self._fed - len(self._packed.unused_data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes, b"" at the end; a negative size is not for streams that may have none."""
        while not self._done:
            try:
                data = self._next(size)
            except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
                raise DamagedError(f"its packed bytes are broken ({error})") from error
            if data:
                self._budget.spend(len(data))
                return data
        return b""

    def _next(self, size: int) -> bytes:
        if self._packed.eof:
            self._go_on()
            return b""
        fresh = self._waiting
        self._waiting = b""
        if not fresh and self._packed.needs_input:
            fresh = self._file.read(CHUNK)
            self._fed += len(fresh)
            if not fresh:
                raise DamagedError("it is cut off")
        return self._packed.decompress(fresh, size)

    def _go_on(self) -> None:
        """To the next stream, if there is one; zeros behind the last fill up a block of a tape."""
        rest = self._packed.unused_data.lstrip(b"\0")
        while self._magic and len(rest) < len(self._magic) and (more := self._file.read(CHUNK)):
            rest = (rest + more).lstrip(b"\0")
        if self._magic and rest.startswith(self._magic):
            self._packed, self._waiting = self._start(), rest
        else:
            self._done, self.has_more = True, bool(rest)


def exactly(file: BinaryIO, size: int) -> bytes:
    """So many bytes, fewer only at the end of the file."""
    pieces: list[bytes] = []
    while size > 0 and (piece := file.read(min(size, CHUNK))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
