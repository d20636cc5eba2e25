"""Calls into pdfium by the thousand: about 0.3 µs each, a twentieth of what a call with objects and checks costs."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice, repeat, starmap
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

CHUNK = 4096
"""Rows that are asked for at once."""
FIRST_TARGETS = 256
LONGEST, END = 100_000, 2
"""Characters of a string; bytes of the zero at its end."""


class Handle(ctypes.c_void_p):
    """A thing of pdfium's. A subclass, for ctypes turns plain pointers into numbers, which it takes back slowly."""


def fast(name: str, restype: Any = None, *, release: bool = False) -> Any:
    """pdfium's function of this name, keeping the interpreter lock unless it takes long and is to ``release`` it.

    It takes ctypes objects and small whole numbers only, and nothing checks them.
    """
    address = ctypes.cast(getattr(pdfium_c, name), ctypes.c_void_p).value or 0
    prototype = ctypes.CFUNCTYPE(restype) if release else ctypes.PYFUNCTYPE(restype)
    return prototype(address)


def handle(raw: Any) -> Handle:
    """The handle of a pypdfium2 object's ``raw``."""
    return Handle(ctypes.cast(raw, ctypes.c_void_p).value)


def passed(address: int | None) -> Any:
    """An address made ready to be passed on many times: a call takes a quarter less than with an object around it."""
    return ctypes.c_void_p.from_param(address)


def places_of(wanted: npt.NDArray[np.bool_ | np.uint8]) -> npt.NDArray[np.intp]:
    """Where it is true, or not zero. ``numpy.flatnonzero`` takes ten times as long for a page's few numbers."""
    return wanted.nonzero()[0]


def rows_of(sides: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], ...]:
    """Its four rows: to unpack an array takes seven times as long, for that ends with an error."""
    return sides[0], sides[1], sides[2], sides[3]


def lasts_of(firsts: npt.NDArray[np.intp], count: int) -> npt.NDArray[np.intp]:
    """The last place of each stretch, of which these are the first ones, among ``count`` places."""
    lasts = np.empty_like(firsts)
    np.subtract(firsts[1:], 1, out=lasts[:-1])
    lasts[-1] = count - 1
    return lasts


def some(wanted: npt.NDArray[np.bool_]) -> bool:
    """Whether any is true. For a page's few numbers ``any`` takes five times as long as to look for the byte."""
    return b"\1" in wanted.tobytes()


def wide_string(call: Any) -> str:
    """A string that pdfium writes as UTF-16 into a buffer of which it first says the size; "" for none."""
    size = min(call(None, 0), 2 * LONGEST)
    if size <= END:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR)), size)
    return buffer.raw[: size - END].decode("utf-16-le", errors="replace")


def calls(function: Any, *arguments: Iterable[Any]) -> Iterator[Any]:
    """As ``map``, and a sixth faster: ctypes takes arguments as a tuple, and ``zip`` has only one, which it refills."""
    return starmap(function, zip(*arguments, strict=False))


def each(function: Any, parent: Handle, count: int) -> list[Any]:
    """``function(parent, 0)`` and so on."""
    return list(calls(function, repeat(passed(parent.value)), range(count)))


class Slots:
    """Rows of numbers that pdfium writes into: one pointer to a row, or one to each number of it.

    pdfium is not thread-safe: the lock of the reader keeps the slots, too, to one page at a time.
    """

    def __init__(self, kind: type[np.generic], width: int, *, pointers: int, empty: int = 0) -> None:
        self._rows = np.zeros((CHUNK, width), dtype=kind)
        self._kind = np.float64 if issubclass(kind, np.floating) else np.int64
        self._targets: list[list[Any]] = [[] for _ in range(pointers)]
        self._empty = empty

    def ask(self, function: Any, *arguments: Iterable[Any], count: int) -> npt.NDArray[Any]:
        """(width, count): what the function writes for each of the arguments; ``empty`` where it writes nothing.

        Each column of what is written is a row here, float64 or int64: so numpy runs through it fastest.
        """
        if count > len(self._targets[0]):
            self._grow(count)
        if count <= CHUNK:
            return self._asked(function, arguments, count)
        streams: list[Iterator[Any]] = [iter(argument) for argument in arguments]
        sizes = [min(CHUNK, count - start) for start in range(0, count, CHUNK)]
        pieces = [self._asked(function, [islice(stream, size) for stream in streams], size) for size in sizes]
        return np.concatenate(pieces, axis=1)

    def written(self, function: Any, *arguments: Iterable[Any], count: int) -> npt.NDArray[Any]:
        """(count, width): the same as it is written, a row for each of the arguments; good until the next question."""
        if count > CHUNK:
            return self.ask(function, *arguments, count=count).T
        if count > len(self._targets[0]):
            self._grow(count)
        rows = self._rows[:count]
        rows.fill(self._empty)
        deque(calls(function, *arguments, *self._targets), maxlen=0)
        return rows

    def _asked(self, function: Any, arguments: Iterable[Iterable[Any]], count: int) -> npt.NDArray[Any]:
        rows = self._rows[:count]
        rows.fill(self._empty)
        deque(calls(function, *arguments, *self._targets), maxlen=0)
        return np.array(rows.T, dtype=self._kind, order="C")

    def _grow(self, count: int) -> None:
        start, step, size = self._rows.ctypes.data, self._rows.strides[0], self._rows.itemsize
        wanted = min(CHUNK, max(count, FIRST_TARGETS, 2 * len(self._targets[0])))
        for column, targets in enumerate(self._targets):
            targets += [passed(start + row * step + column * size) for row in range(len(targets), wanted)]
