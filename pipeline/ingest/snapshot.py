"""A file as long as it was when a run came to it, though it may grow meanwhile (a mailbox that mail arrives in)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

from corpus.readers.streams import Placed

CHUNK = 1 << 20


class Snapshot(Placed):
    """The first ``size`` bytes of a file; what is read in order is digested on the way."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        super().__init__(size)
        self._file = file
        self._digest = hashlib.sha256()
        self._digested = 0

    def read(self, size: int = -1) -> bytes:
        left = max(self._size - self._at, 0)
        self._file.seek(self._at)
        data = self._file.read(left if size is None or size < 0 else min(size, left))
        if self._at == self._digested:
            self._digest.update(data)
            self._digested += len(data)
        self._at += len(data)
        return data

    def sha256(self) -> str | None:
        """Of all bytes, if they were read in order from the first to the last; else None."""
        return self._digest.hexdigest() if self._digested == self._size else None


def digest(file: BinaryIO, size: int) -> str:
    """The SHA-256 of the first ``size`` bytes."""
    snapshot = Snapshot(file, size)
    while snapshot.read(CHUNK):
        pass
    return snapshot.sha256() or ""


def holds(location: Path, size: int, sha256: str | None) -> bool:
    """Whether the file's bytes are those of this content; False when it cannot be opened, for the reading to say so."""
    try:
        with location.open("rb") as file:
            return digest(file, size) == sha256
    except OSError:
        return False
