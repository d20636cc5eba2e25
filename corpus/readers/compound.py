"""Compound files ([MS-CFB]), opened for python-oxmsg so that broken and hostile ones cost no more than honest ones."""

from __future__ import annotations

import io
import struct
from typing import Any

import olefile

from corpus.model import Problem
from corpus.problems import Code, problem

BROKEN = (OSError, ValueError, LookupError, ArithmeticError, struct.error, RecursionError, AttributeError, TypeError)
"""What olefile raises on bytes that are no compound file, or a broken one."""

_DEEPEST = 200


def open_compound(data: bytes) -> Container:
    """Raises one of ``BROKEN`` for bytes that are no compound file, or one that cannot be opened."""
    _check_header(data)
    return Container(data)


class Container(olefile.OleFileIO):  # type: ignore[misc]  # olefile has no types
    """olefile walks the whole directory for each stream it opens; here a path is looked up.

    All streams together give no more bytes than the file has: a directory may point at the same sectors a thousand
    times, or around in a circle.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self.root.size = min(self.root.size, len(data))
        self._left = len(data)
        self._cut = 0
        self._entries: dict[str, Any] = {}
        met = {id(self.root)}
        open_entries = [("", self.root)]
        while open_entries:
            prefix, entry = open_entries.pop()
            for kid in entry.kids:
                if id(kid) in met or prefix.count("/") > _DEEPEST:
                    raise ValueError("a directory that goes around in a circle, or without end")
                met.add(id(kid))
                path = f"{prefix}/{kid.name}" if prefix else kid.name
                self._entries[path] = kid
                open_entries.append((path, kid))

    def openstream(self, filename: str) -> io.BytesIO:
        """What there is of a stream."""
        entry = self._entries[filename]
        size = min(entry.size, self._left)
        data = b""
        if size == entry.size or size >= self.minisectorcutoff:
            try:
                data = self._open(entry.isectStart, size).read()
            except (OSError, ValueError, LookupError):
                data = b""
        self._left -= len(data)
        self._cut += len(data) < entry.size
        return io.BytesIO(data)

    def problems(self) -> list[Problem]:
        """Whether all the streams that were opened were whole."""
        if not self._cut:
            return []
        return [problem(Code.DAMAGED_MAIL, f"The file is damaged: {self._cut} of its streams are cut off.")]


def _check_header(data: bytes) -> None:
    """olefile believes the sizes and numbers of sectors in the header, and sets memory aside for them."""
    shift, small_shift, tables = struct.unpack_from("<30xHH10xI", data)
    cutoff, _, small_tables, _, more_tables = struct.unpack_from("<56x5I", data)
    if shift not in (9, 12) or small_shift != 6 or cutoff != 4096:
        raise ValueError("sectors of a size that no program writes")
    sectors = (len(data) >> shift) + 1
    needed = sectors // (1 << shift - 2) + 1
    if tables > 2 * needed + 8 or small_tables > sectors or more_tables > needed:
        raise ValueError("more tables than the file has sectors for")
