"""Calls into pdfium by the thousand: about 0.3 µs each, a twentieth of what a call with objects and checks costs."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

CHUNK = 1024


class Handle(ctypes.c_void_p):
    """A thing of pdfium's. A subclass, for ctypes turns plain pointers into numbers, which it takes back slowly."""


def fast(name: str, restype: Any = None) -> Any:
    """pdfium's function of this name, keeping the interpreter lock.

    It takes ctypes objects and small whole numbers only, and nothing checks them.
    """
    address = ctypes.cast(getattr(pdfium_c, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(restype)(address)


def handle(raw: Any) -> Handle:
    """The handle of a pypdfium2 object's ``raw``."""
    return Handle(ctypes.cast(raw, ctypes.c_void_p).value)


def places_of(wanted: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Where it is true. ``numpy.flatnonzero`` takes ten times as long for a page's few numbers."""
    return wanted.nonzero()[0]


def each(function: Any, parent: Handle, count: int) -> list[Any]:
    """``function(parent, 0)`` and so on."""
    return list(map(function, repeat(parent), range(count)))


class Slots:
    """Rows of numbers that pdfium writes into: one pointer to a row, or one to each number of it.

    pdfium is not thread-safe: the lock of the reader keeps the slots, too, to one page at a time.
    """

    def __init__(self, kind: type[np.generic], width: int, *, pointers: int, empty: int = 0) -> None:
        self._rows = np.zeros((CHUNK, width), dtype=kind)
        start, step, size = self._rows.ctypes.data, self._rows.strides[0], self._rows.itemsize
        self._targets = [
            [ctypes.c_void_p(start + row * step + column * size) for row in range(CHUNK)] for column in range(pointers)
        ]
        self._empty = empty

    def ask(self, function: Any, *arguments: Iterable[Any], count: int) -> npt.NDArray[Any]:
        """(count, width): what the function writes for each of the arguments; ``empty`` where it writes nothing."""
        rows = np.empty((count, self._rows.shape[1]), dtype=self._rows.dtype)
        streams: list[Iterator[Any]] = [iter(argument) for argument in arguments]
        for start in range(0, count, CHUNK):
            size = min(CHUNK, count - start)
            self._rows[:size] = self._empty
            deque(map(function, *(islice(stream, size) for stream in streams), *self._targets), maxlen=0)
            rows[start : start + size] = self._rows[:size]
        return rows
