"""The lower floors of a PST file for the tests: blocks, b-trees, heaps, properties and tables ([MS-PST] 2.2, 2.3).

Unicode (version 23). A :class:`NodeFile` takes nodes and gives the bytes of the file; nothing is random.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

PAGE, BLOCK, LARGEST, HEAP_LARGEST = 512, 64, 8176, 3580
FIRST_AMAP, AMAP_REACH, AMAPS_PER_PMAP = 0x4400, 496 * 8 * 64, 8
BBT, NBT, PMAP, AMAP = 0x80, 0x81, 0x83, 0x84
INTEGER, BOOLEAN, OBJECT, TEXT, TIME, BINARY = 0x03, 0x0B, 0x0D, 0x1F, 0x40, 0x102
PROPERTIES, TABLE = 0xBC, 0x7C

PLAIN = bytes.fromhex(
    "47f1b4e60b6a7248854e9eebe2f89453e0bba002e85a09abdbe3bac67cc310dd39059630f53760828cc9134a6b1df3fb8f2697ca"
    "911701c4322d6e3195ffd923d1005e79dc443b1a28c5615720903d83b943be67d2464276c06d5b7eb20f16293ca903540dda5ddf"
    "f6b7c762cd8d06d3695c86d614f7a56675acb1e94521700c879f74a4224c6fbf1f56aa2eb3783350b0a392bccf191ca763cb1e4d"
    "3e4b1b9b4fe7f0eead3ab55904ea40552551e57a893868527bfc27aed7bdfa07f4cc8e5fef359c842b15d5773449b6120a7f7188"
    "fd9d18417d93d8582ccefe24afdeb836c8a180a69998a82f0e816573e4c2a28ad4e111d0088b2af2ed9a643fc16cf9ec"
)
"""The scrambling that Outlook calls compressible encryption: what each byte stands for, [MS-PST] 5.1."""
SCRAMBLED = bytes(PLAIN.index(byte) for byte in range(256))

Value = int | bool | str | bytes
Props = dict[tuple[int, int], Value]
"""Values by property number and type. A TIME is a FILETIME (100 ns since 1601); an OBJECT is node number and size."""


def crc(data: bytes) -> int:
    """The checksum of [MS-PST] 5.3: CRC-32 that begins at zero and is not inverted at the end."""
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


def signature(place: int, number: int) -> int:
    mixed = (place ^ number) & 0xFFFFFFFF
    return (mixed >> 16) ^ (mixed & 0xFFFF)


class NodeFile:
    """A file that grows at its end. Blocks and pages get their place when they are given."""

    def __init__(self, *, scrambled: bool = False) -> None:
        self._scrambled = scrambled
        self._data = bytearray(FIRST_AMAP)
        self._blocks: list[tuple[int, int, int]] = []
        self._nodes: list[tuple[int, int, int, int]] = []
        self._next_block = 4
        self._next_page = 1
        self._next_index = 0x400

    # --- blocks -----------------------------------------------------------------------------------------------

    def new_node(self, kind: int) -> int:
        """A node number that no other node has; ``kind`` is its type ([MS-PST] 2.2.2.1)."""
        self._next_index += 1
        return self._next_index << 5 | kind

    def add_node(self, number: int, parent: int, chunks: Sequence[bytes], subnodes: Subnodes | None = None) -> None:
        self._nodes.append((number, self.add_data(chunks), self.add_subnodes(subnodes), parent))

    def add_data(self, chunks: Sequence[bytes]) -> int:
        """A data tree of blocks; more than one block gets an XBLOCK over it. Returns its block number, 0 for none."""
        numbers = [self._add_block(chunk) for chunk in chunks]
        if len(numbers) < 2:
            return numbers[0] if numbers else 0
        size = sum(len(chunk) for chunk in chunks)
        return self._add_block(struct.pack("<BBHI", 1, 1, len(numbers), size) + _numbers(numbers), internal=True)

    def add_subnodes(self, subnodes: Subnodes | None) -> int:
        if not subnodes or not subnodes.entries:
            return 0
        entries = sorted(subnodes.entries)
        data = b"".join(struct.pack("<QQQ", *entry) for entry in entries)
        return self._add_block(struct.pack("<BBHI", 2, 0, len(entries), 0) + data, internal=True)

    def _add_block(self, data: bytes, *, internal: bool = False) -> int:
        assert 0 < len(data) <= LARGEST, len(data)
        if self._scrambled and not internal:
            data = data.translate(SCRAMBLED)
        number = self._next_block | (2 if internal else 0)
        self._next_block += 4
        whole = -(-(len(data) + 16) // BLOCK) * BLOCK
        place = self._allocate(whole)
        tail = struct.pack("<HHIQ", len(data), signature(place, number), crc(data), number)
        self._data[place : place + whole] = data.ljust(whole - 16, b"\0") + tail
        self._blocks.append((number, place, len(data)))
        return number

    def _allocate(self, size: int) -> int:
        """The next free place for ``size`` bytes that no allocation map lies across."""
        place = -(-len(self._data) // (PAGE if size == PAGE else BLOCK)) * (PAGE if size == PAGE else BLOCK)
        into = (place - FIRST_AMAP) % AMAP_REACH
        if into == 0 or into + size > AMAP_REACH:
            index = -(-(place - FIRST_AMAP) // AMAP_REACH)
            place = FIRST_AMAP + index * AMAP_REACH + PAGE * (1 + (index % AMAPS_PER_PMAP == 0))
        self._data.extend(bytes(place + size - len(self._data)))
        return place

    # --- pages ------------------------------------------------------------------------------------------------

    def _add_page(self, kind: int, content: bytes) -> tuple[int, int]:
        number, place = self._next_page, self._allocate(PAGE)
        self._next_page += 1
        self._data[place : place + PAGE] = _page(kind, content, number, signature(place, number))
        return number, place

    def _add_tree(self, kind: int, entries: list[tuple[int, bytes]], size: int) -> tuple[int, int]:
        """A b-tree over sorted (key, entry), ``size`` bytes per entry in a leaf. Gives the root's number and place."""
        level = 0
        while True:
            most = 488 // size
            above: list[tuple[int, bytes]] = []
            for start in range(0, len(entries), most):
                leaf = entries[start : start + most]
                body = b"".join(entry for _, entry in leaf).ljust(488, b"\0")
                page = self._add_page(kind, body + struct.pack("<BBBBI", len(leaf), most, size, level, 0))
                above.append((leaf[0][0], struct.pack("<QQQ", leaf[0][0], *page)))
            if len(above) == 1:
                return page
            entries, size, level = above, 24, level + 1

    def to_bytes(self) -> bytes:
        nodes = [(n[0], struct.pack("<QQQII", *n, 0)) for n in sorted(self._nodes)]
        node_tree = self._add_tree(NBT, nodes, 32)
        blocks = [(n, struct.pack("<QQHHI", n, place, size, 2, 0)) for n, place, size in sorted(self._blocks)]
        block_tree = self._add_tree(BBT, blocks, 24)
        last = self._add_maps()
        self._data[:564] = self._header(node_tree, block_tree, last)
        return bytes(self._data)

    def _add_maps(self) -> int:
        """The allocation maps: a bit for every 64 bytes; what is written is taken, up to the end of the file."""
        end = len(self._data)
        count = -(-(end - FIRST_AMAP) // AMAP_REACH)
        assert count <= 128, "Beyond this the file would need FMap pages."
        for index in range(count):
            place = FIRST_AMAP + index * AMAP_REACH
            taken = min(AMAP_REACH, end - place) // BLOCK
            bits = ((1 << taken) - 1 << (496 * 8 - taken)).to_bytes(496, "big")
            self._data[place : place + PAGE] = _page(AMAP, bits, place, 0)
            if index % AMAPS_PER_PMAP == 0:
                self._data[place + PAGE : place + 2 * PAGE] = _page(PMAP, b"\xff" * 496, place + PAGE, 0)
        return place

    def _header(self, node_tree: tuple[int, int], block_tree: tuple[int, int], last: int) -> bytes:
        root = struct.pack("<IQQQQQQQQBBH", 0, len(self._data), last, 0, 0, *node_tree, *block_tree, 2, 0, 0)
        head = struct.pack("<HHHBBIIQQI", 0x4D53, 23, 19, 1, 1, 0, 0, 0, self._next_page, 1)
        indexes = struct.pack("<32I", *[self._next_index + 1] * 32)
        body = head + indexes + bytes(8) + root + bytes(4) + b"\xff" * 256
        body += struct.pack("<BBHQ", 0x80, int(self._scrambled), 0, self._next_block)
        return b"!BDN" + struct.pack("<I", crc(body[:471])) + body + struct.pack("<I", crc(body[:516])) + bytes(36)


class Subnodes:
    """The nodes inside a node; ``entries`` are number, data block and subnode block."""

    def __init__(self, file: NodeFile) -> None:
        self.entries: list[tuple[int, int, int]] = []
        self._file = file

    def add(self, number: int, chunks: Sequence[bytes], subnodes: Subnodes | None = None) -> int:
        self.entries.append((number, self._file.add_data(chunks), self._file.add_subnodes(subnodes)))
        return number

    def add_value(self, data: bytes) -> int:
        return self.add(self._file.new_node(0x1F), [data[at : at + LARGEST] for at in range(0, len(data), LARGEST)])


class Heap:
    """A heap-on-node ([MS-PST] 2.3.1): small allocations with a map at the end of each block."""

    def __init__(self, client: int) -> None:
        self._client = client
        self._blocks: list[list[bytes]] = [[]]
        self.root = 0

    def add(self, data: bytes) -> int:
        assert 0 < len(data) <= HEAP_LARGEST, len(data)
        items = self._blocks[-1]
        if 66 + sum(map(len, items)) + len(data) + 1 + 4 + 2 * (len(items) + 2) > LARGEST:
            items = []
            self._blocks.append(items)
        items.append(data)
        return len(self._blocks) - 1 << 16 | len(items) << 5

    def chunks(self) -> list[bytes]:
        return [self._block(index, items) for index, items in enumerate(self._blocks)]

    def _block(self, index: int, items: list[bytes]) -> bytes:
        if index == 0:
            rest = struct.pack("<BBII", 0xEC, self._client, self.root, 0)
        else:
            rest = bytes(64) if index % 128 == 8 else b""
        offsets = [2 + len(rest)]
        for item in items:
            offsets.append(offsets[-1] + len(item))
        body = rest + b"".join(items)
        body += b"\0" * (len(body) % 2)
        placed = struct.pack(f"<HH{len(offsets)}H", len(items), 0, *offsets)
        return struct.pack("<H", 2 + len(body)) + body + placed

    def add_tree(self, key: int, entry: int, records: list[bytes]) -> int:
        """A BTH of one level; returns the number of its header."""
        root = self.add(b"".join(records)) if records else 0
        return self.add(struct.pack("<BBBBI", 0xB5, key, entry, 0, root))

    def add_value(self, kind: int, value: Value, subnodes: Subnodes) -> int:
        """Where a value stands: in the four bytes themselves, in the heap, or in a subnode when it is long."""
        if isinstance(value, int) and kind != TIME:
            return int(value) & 0xFFFFFFFF
        if isinstance(value, int):
            data = struct.pack("<Q", value)
        else:
            data = value.encode("utf-16-le") if isinstance(value, str) else value
        if not data:
            return 0
        return self.add(data) if len(data) <= 1000 else subnodes.add_value(data)


def property_context(props: Props, subnodes: Subnodes) -> list[bytes]:
    heap = Heap(PROPERTIES)
    records = [
        struct.pack("<HHI", number, kind, heap.add_value(kind, value, subnodes))
        for (number, kind), value in sorted(props.items(), key=lambda item: item[0])
    ]
    heap.root = heap.add_tree(2, 6, records)
    return heap.chunks()


def table_context(columns: list[tuple[int, int]], rows: list[tuple[int, Props]], subnodes: Subnodes) -> list[bytes]:
    """A table: ``rows`` are the number of the row (a node's) and its values; a value may be missing."""
    heap = Heap(TABLE)
    fixed = [(0x67F2, INTEGER), (0x67F3, INTEGER)]
    wide = sorted(columns, key=lambda column: (column[1] == BOOLEAN, column[1] != TIME))
    order, places, at = fixed + wide, {}, 0
    for bit, (number, kind) in enumerate(order):
        size = {TIME: 8, BOOLEAN: 1}.get(kind, 4)
        places[number, kind] = (at, size, bit)
        at += size
    flags = sum(1 for _, kind in order if kind == BOOLEAN)
    ends = (at - flags, at - flags, at, at + -(-len(order) // 8))
    matrix = [_row(places, ends[3], ends[2], number, props, heap, subnodes) for number, props in rows]
    index = heap.add_tree(4, 4, [struct.pack("<II", n, i) for n, i in sorted((r[0], i) for i, r in enumerate(rows))])
    data = b"".join(matrix)
    if len(data) <= HEAP_LARGEST:
        place = heap.add(data) if data else 0
    else:
        per = LARGEST // ends[3]
        blocks = [b"".join(matrix[start : start + per]) for start in range(0, len(matrix), per)]
        place = subnodes.add(0x1F | 1 << 5, [block.ljust(LARGEST, b"\0") for block in blocks[:-1]] + blocks[-1:])
    described = b"".join(struct.pack("<HHHBB", kind, number, *places[number, kind]) for number, kind in sorted(order))
    info = struct.pack("<BB4HIII", TABLE, len(order), *ends, index, place, 0)
    heap.root = heap.add(info + described)
    return heap.chunks()


def _row(
    places: dict[tuple[int, int], tuple[int, int, int]],
    width: int,
    flags_at: int,
    number: int,
    props: Props,
    heap: Heap,
    subnodes: Subnodes,
) -> bytes:
    row = bytearray(width)
    for key, value in {(0x67F2, INTEGER): number, (0x67F3, INTEGER): 1, **props}.items():
        at, size, bit = places[key]
        stored = int(value) if key[1] == TIME else heap.add_value(key[1], value, subnodes)
        row[at : at + size] = stored.to_bytes(size, "little")
        row[flags_at + bit // 8] |= 0x80 >> bit % 8
    return bytes(row)


def _page(kind: int, content: bytes, number: int, sign: int) -> bytes:
    assert len(content) == 496, len(content)
    return content + struct.pack("<BBHIQ", kind, kind, sign, crc(content), number)


def _numbers(numbers: list[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}Q", *numbers)
