"""Which stretches of words may be members of compounds, looked up for many words at once.

A word of twenty letters has some two hundred stretches, of which five are members. Here all stretches of a length are
looked up in one step, by hashes that follow from sums of letters: with ``s`` the running sum of letter times
``BASE ** place``, the stretch from ``a`` to ``b`` has the hash ``(s[b] - s[a]) / BASE ** a`` wherever it stands
(modulo 2**64, where one divides by any odd number). What is found may be a member; what is not found is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from typing import Any, NamedTuple

import numpy as np

Numbers = np.ndarray[Any, np.dtype[np.uint64]]
Places_ = np.ndarray[Any, np.dtype[np.int64]]

MODULUS = 1 << 64
BASE = 0x9E3779B97F4A7C15
SPREAD = 0xD6E8FEB86659FD93
# Each string sets so many bits of a table that has room for so many strings more.
PROBES = (1, 0xC2B2AE3D27D4EB4F, 0xFF51AFD7ED558CCD)
ROOM = 24
FEWEST_BITS = 6
# Letters looked at in one go: what is held meanwhile is some hundred bytes for each.
LETTERS_AT_ONCE = 1 << 16
SHORTEST = 2


class Places(NamedTuple):
    """Where members may stand in a word: the starts of last ones, and the ends of first ones by their start; all
    ascending."""

    lasts: list[int]
    firsts: dict[int, list[int]]


def marks(strings: Iterable[str]) -> bytes:
    """A table of bits, as :class:`Stretches` takes it, in which these strings are. Its size is a power of two."""
    words = [word for word in strings if word]
    size = max(FEWEST_BITS, (len(words) * ROOM).bit_length())
    bits = np.zeros(1 << size, np.bool_)
    for lot in _lots(words):
        laid = _Laid(lot)
        hashes = laid.hashes(laid.first, laid.after)
        for probe in PROBES:
            bits[_slots(hashes, probe, 64 - size)] = True
    return np.packbits(bits, bitorder="little").tobytes()


def _slots(hashes: Numbers, probe: int, shift: int) -> Places_:
    return ((hashes * np.uint64(probe)) >> np.uint64(shift)).astype(np.int64)


def _lots(words: Iterable[str]) -> Iterator[list[str]]:
    """The words in order, some letters at a time."""
    lot: list[str] = []
    size = 0
    for word in words:
        lot.append(word)
        size += len(word)
        if size >= LETTERS_AT_ONCE:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


@lru_cache(maxsize=1)
def _powers(count: int) -> tuple[Numbers, Numbers]:
    """The powers of BASE from 0, and SPREAD divided by them."""
    found = []
    for first, factor in ((1, BASE), (SPREAD, pow(BASE, -1, MODULUS))):
        factors = np.full(count, factor, np.uint64)
        factors[0] = first
        found.append(np.multiply.accumulate(factors))
    return found[0], found[1]


class _Laid:
    """Words laid end to end: ``first`` and ``after`` are where each begins and ends among all the letters."""

    def __init__(self, words: Sequence[str]) -> None:
        letters = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)
        self.sizes = np.fromiter(map(len, words), np.int64, len(words))
        self.after = np.cumsum(self.sizes)
        self.first = self.after - self.sizes
        powers, self.undo = _powers(1 << len(letters).bit_length())
        self.sums = np.zeros(len(letters) + 1, np.uint64)
        np.cumsum(letters * powers[: len(letters)], out=self.sums[1:])

    def hashes(self, start: Places_, stop: Places_) -> Numbers:
        """Of the stretches from each start to each stop."""
        return (self.sums[stop] - self.sums[start]) * self.undo[start]

    def hashes_of_length(self, length: int, count: int) -> Numbers:
        """Of the stretches of a length that begin at each of the first ``count`` letters."""
        return (self.sums[length : length + count] - self.sums[:count]) * self.undo[:count]


class _Table:
    """A table of :func:`marks`."""

    def __init__(self, bits: bytes | memoryview) -> None:
        self._bits = np.frombuffer(bits, np.uint8)
        self._shift = 64 - (len(bits) * 8).bit_length() + 1

    def found(self, hashes: Numbers) -> Places_:
        """Which of them may be in it: their places, ascending."""
        left = np.arange(len(hashes))
        for probe in PROBES:
            slots = _slots(hashes, probe, self._shift)
            kept = np.flatnonzero(self._bits[slots >> 3] >> (slots & 7).astype(np.uint8) & 1)
            left, hashes = left[kept], hashes[kept]
        return left


class Stretches:
    """``firsts`` and ``lasts`` are tables of :func:`marks` that hold every member of the kind."""

    def __init__(self, firsts: bytes | memoryview, lasts: bytes | memoryview) -> None:
        self._firsts, self._lasts = _Table(firsts), _Table(lasts)

    def places(self, words: Sequence[str]) -> list[Places]:
        """Where members may stand in each of the words, all of letters; before any last member, there are no first
        ones where no other last member stands behind."""
        order = sorted(range(len(words)), key=lambda number: -len(words[number]))
        found: list[Places] = [Places([], {}) for _ in words]
        numbers = iter(order)
        for lot in _lots(words[number] for number in order):
            self._find(lot, [found[number] for number in islice(numbers, len(lot))])
        return found

    def _find(self, words: Sequence[str], found: list[Places]) -> None:
        """Fills the places of words, which come longest first."""
        laid = _Laid(words)
        owners = np.repeat(np.arange(len(words)), laid.sizes)
        offsets = np.arange(len(owners)) - laid.first[owners]
        left = laid.after[owners] - np.arange(len(owners))
        ends = np.flatnonzero((offsets >= SHORTEST) & (left >= SHORTEST))
        lasts = ends[self._lasts.found(laid.hashes(ends, laid.after[owners[ends]]))]
        for owner, offset in zip(owners[lasts].tolist(), offsets[lasts].tolist(), strict=True):
            found[owner].lasts.append(offset)
        stop = np.zeros(len(words), np.int64)
        stop[owners[lasts]] = lasts
        reach = np.where((offsets == 0) | (offsets >= SHORTEST), stop[owners], 0)
        starts, lengths = self._first_members(laid, reach)
        owner_of = owners[starts].tolist()
        for owner, start, length in zip(owner_of, offsets[starts].tolist(), lengths.tolist(), strict=True):
            found[owner].firsts.setdefault(start, []).append(start + length)

    def _first_members(self, laid: _Laid, reach: Places_) -> tuple[Places_, Places_]:
        """Starts and lengths of what may be first members and ends at the ``reach`` of its first letter or before."""
        places = np.arange(len(reach))
        starts, lengths = [places[:0]], [places[:0]]
        begun = list(accumulate(laid.sizes.tolist(), initial=0))
        sizes = laid.sizes[::-1]
        for length in range(SHORTEST, int(sizes[-1]) - SHORTEST + 1):
            long_enough = len(sizes) - int(np.searchsorted(sizes, length + SHORTEST))
            count = min(begun[long_enough], len(reach) + 1 - length)
            fitting = np.flatnonzero(reach[:count] - length >= places[:count])
            hashes = laid.hashes_of_length(length, count)[fitting]
            starts.append(fitting[self._firsts.found(hashes)])
            lengths.append(np.full(len(starts[-1]), length))
        return np.concatenate(starts), np.concatenate(lengths)
