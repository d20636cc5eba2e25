"""Whether tantivy's files are as they were written: each ends with a sum of its bytes, which tantivy itself never asks.

The end of a file is a JSON object with the sum (``crc``), its length, and a magic number, both of 32 bits.
"""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

META = "meta.json"
MAGIC = 1337
_END = struct.Struct("<II")
AT_ONCE = 1 << 20


def rotten(folder: Path) -> list[str]:
    """The names of the files of the index, deleted entries among them, whose bytes are not those that were written.

    Reads every file to its end. Raises OSError or ValueError where it cannot be told what belongs to the index.
    """
    segments = [
        segment["segment_id"].replace("-", "") for segment in json.loads((folder / META).read_bytes())["segments"]
    ]
    files = sorted(path for segment in segments for path in folder.glob(f"{segment}.*"))
    return [path.name for path in files if not _is_sound(path)]


def _is_sound(path: Path) -> bool:
    try:
        left, told = _end(path)
        with path.open("rb") as file:
            found = 0
            while left and (piece := file.read(min(left, AT_ONCE))):
                found, left = zlib.crc32(piece, found), left - len(piece)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return not left and found == told


def _end(path: Path) -> tuple[int, int]:
    """How many bytes the sum is of, and the sum."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if size < _END.size:
            raise ValueError("too short")
        file.seek(size - _END.size)
        length, magic = _END.unpack(file.read())
        if magic != MAGIC or length > size - _END.size:
            raise ValueError("no sum")
        file.seek(size - _END.size - length)
        return size - _END.size - length, int(json.loads(file.read(length))["crc"])
