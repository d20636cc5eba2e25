"""Makes the reading of documents with certain words do what a fault in a parser does. Imported by workers of tests."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from corpus.limits import Limits
from corpus.reading import Reading
from pipeline import extract
from pipeline.describe import Description, describe
from pipeline.extract import Options
from pipeline.ingest import work

_describe = describe
_read = extract.read_document


def read_document(data: bytes, path: str, options: Options, limits: Limits) -> Reading:
    """Reads as ever what has none of the words."""
    if b"SEGFAULT" in data:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"EXIT" in data:
        os._exit(0)
    if b"HANG" in data:
        time.sleep(3600)
    if b"MEMORY" in data:
        bytearray(limits.memory)
    return _read(data, path, options, limits)


def described(reading: Reading, *more: Any, **named: Any) -> Description:
    """A step that gets no more memory."""
    if "FYLDT" in reading.text:
        raise MemoryError
    return _describe(reading, *more, **named)


vars(work)["read_document"] = read_document
vars(extract)["describe"] = described
