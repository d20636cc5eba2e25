"""The nodes of an Outlook data file that libpff's Python module does not hand out: above all messages in messages.

The module gives an attached message's bytes and not the message. Where a node begins (two block numbers) stands in
tables that are never encrypted, so it is looked up here ([MS-PST] 2.2.2) and shown to libpff as a file with one node.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from corpus.readers.streams import Placed

PAGE = 512
_ENTRIES = 488
_NODE_TREE, _BLOCK_TREE, _SUBNODES = 0x81, 0x80, 2
_FIRST_UNICODE, _FIRST_LARGE_PAGES = 23, 36
"""Versions: older files have 32-bit numbers; newer ones (.ost of Outlook 2013 and later) pages of 4,096 bytes."""
_STORE, _NAMES, ROOT_FOLDER, _SHOWN = 0x21, 0x61, 0x122, 0x1FFFE4
"""Numbers of nodes: those that libpff needs to open a file, and the one under which a node is shown to it."""
_DEEPEST = 16
_LARGEST = 8176


class NodesError(ValueError):
    """The tables do not lead to the node, or the file is of a kind whose tables are not read."""


class Node(NamedTuple):
    """Where a node's data and its subnodes begin (block numbers, 0 for none)."""

    data: int
    subnodes: int


class Nodes:
    """The node tables of a Unicode file (version 23). Nothing is kept but the places of the two roots."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        head = self._read(0, 564)
        self.version = int.from_bytes(head[10:12], "little")
        self._node_root, self._block_root = (struct.unpack_from("<Q", head, at)[0] for at in (224, 240))

    def node(self, number: int) -> Node:
        """The node of this number in the whole file. Raises :class:`NodesError` when there is none."""
        for entry in self._leaf(self._node_root, _NODE_TREE, number, 32):
            key, data, subnodes = struct.unpack_from("<QQQ", entry)
            if key & 0xFFFFFFFF == number:
                return Node(data, subnodes)
        raise NodesError(f"node {number:#x} is not in the file")

    def inside(self, node: Node, number: int) -> Node:
        """The node of this number among the subnodes of another."""
        found = self.find_inside(node, number)
        if found is None:
            raise NodesError(f"node {number:#x} is not where it should be")
        return found

    def find_inside(self, node: Node, number: int) -> Node | None:
        """As :meth:`inside`, None when there is none."""
        block = node.subnodes
        for _ in range(_DEEPEST):
            if not block:
                return None
            data = self._block(block)
            if len(data) < 8 or data[0] != _SUBNODES:
                break
            width, count = (24 if data[1] == 0 else 16), int.from_bytes(data[2:4], "little")
            entries = [data[at : at + width] for at in range(8, min(8 + count * width, len(data) - width + 1), width)]
            keyed = [(int.from_bytes(entry[:8], "little") & 0xFFFFFFFF, entry) for entry in entries]
            if data[1] == 0:
                exact = next((entry for key, entry in keyed if key == number), None)
                return None if exact is None else Node(*struct.unpack_from("<QQ", exact, 8))
            below = [entry for key, entry in keyed if key <= number]
            block = int.from_bytes(below[-1][8:16], "little") if below else 0
        raise NodesError("the table of its parts is damaged")

    def showing(self, node: Node) -> Window:
        """The file as if it held nothing but this node, a message in its root folder."""
        kept = [(number, self.node(number), parent) for number, parent in ((_STORE, 0), (_NAMES, 0))]
        kept += [(ROOT_FOLDER, self.node(ROOT_FOLDER), ROOT_FOLDER), (_SHOWN, node, ROOT_FOLDER)]
        entries = b"".join(struct.pack("<QQQII", number, *node, parent, 0) for number, node, parent in kept)
        tail = self._read(self._node_root, PAGE)[496:]
        page = entries.ljust(_ENTRIES, b"\0") + struct.pack("<BBBBI", len(kept), _ENTRIES // 32, 32, 0, 0) + tail
        return Window(self._file, self._node_root, page)

    # --- pages and blocks -------------------------------------------------------------------------------------

    def _leaf(self, place: int, kind: int, key: int, width: int) -> Iterator[bytes]:
        """The entries of the page that holds a key, if any does."""
        if not _FIRST_UNICODE <= self.version < _FIRST_LARGE_PAGES:
            raise NodesError(f"this is looked up in files of version 23 only, not in those of version {self.version}")
        for _ in range(_DEEPEST):
            page = self._read(place, PAGE)
            count, _most, size, level = page[_ENTRIES : _ENTRIES + 4]
            if page[496] != kind or size != (width if level == 0 else 24) or count * size > _ENTRIES:
                break
            entries = [page[at : at + size] for at in range(0, count * size, size)]
            if level == 0:
                yield from entries
                return
            below = [entry for entry in entries if int.from_bytes(entry[:8], "little") <= key]
            if not below:
                return
            place = int.from_bytes(below[-1][16:24], "little")
        raise NodesError("the tables of the file are damaged")

    def _block(self, number: int) -> bytes:
        """A block of tables by its number; the lowest bit is not part of it."""
        for entry in self._leaf(self._block_root, _BLOCK_TREE, number & ~1, 24):
            key, place, size = struct.unpack_from("<QQH", entry)
            if key & ~1 == number & ~1 and size <= _LARGEST:
                return self._read(place, size)
        raise NodesError(f"block {number:#x} is not in the file")

    def _read(self, place: int, size: int) -> bytes:
        self._file.seek(place)
        data = self._file.read(size)
        if len(data) < size:
            raise NodesError("the file ends before its tables do")
        return data


class Window(Placed):
    """A file with a position of its own, so that two can read it by turns, and with some bytes laid over it."""

    def __init__(self, file: BinaryIO, place: int = 0, patch: bytes = b"") -> None:
        super().__init__(file.seek(0, io.SEEK_END))
        self._file, self._place, self._patch = file, place, patch

    def get_size(self) -> int:
        """Asked by libpff."""
        return self._size

    def read(self, size: int = -1) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(max(self._size - self._at, 0) if size is None or size < 0 else size)
        start, end = max(self._at, self._place), min(self._at + len(data), self._place + len(self._patch))
        if start < end:
            patch = self._patch[start - self._place : end - self._place]
            data = data[: start - self._at] + patch + data[end - self._at :]
        self._at += len(data)
        return data
