"""Compound files ([MS-CFB]), opened for python-oxmsg so that broken and hostile ones cost no more than honest ones."""

from __future__ import annotations

import io
from typing import Any

import olefile

from corpus.model import Problem
from corpus.problems import Code, problem


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
        open_entries = [("", self.root)]
        while open_entries:
            prefix, entry = open_entries.pop()
            for kid in entry.kids:
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
