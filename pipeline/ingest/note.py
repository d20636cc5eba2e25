"""Which content a worker has in hand, written where it can be read after the worker died."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_SERIAL = 16
_LONGEST = 128


class Note:
    """A few bytes at the beginning of a file that two processes have open."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._serial = 0
        self._open: list[str] = []

    @contextmanager
    def in_hand(self, sha256: str) -> Iterator[None]:
        """The content is worked on; what is inside it may be in hand meanwhile. What is broken off stays noted."""
        self._open.append(sha256)
        self._write()
        yield
        self._open.pop()
        self._write()

    def _write(self) -> None:
        self._serial += 1
        hand = self._open[-1] if self._open else ""
        os.pwrite(self.descriptor, f"{self._serial:0{_SERIAL}}{hand:<64}".encode(), 0)


def read_note(descriptor: int) -> tuple[int, str | None]:
    """A number that is another one whenever something else is in hand, and the content in hand."""
    written = os.pread(descriptor, _LONGEST, 0).decode()
    return int(written[:_SERIAL] or 0), written[_SERIAL:].strip() or None
