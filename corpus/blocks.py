"""Long lists of structs, kept small: a paper of 500 pages has 40,000 records, and as objects they take ten times the
room of their JSON and thirty times that of their JSON compressed.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar, overload

import msgspec

LEVEL = 1

T = TypeVar("T")


class Blocks(Sequence[T]):
    """A list of which only a block at a time is made: going through it gives new, equal items every time.

    ``blocks``: the items as JSON objects with commas between, compressed, each with their number. ``item``: their type.
    It equals every sequence of equal items. Asking for the items by number, one after another, is slow.
    """

    __slots__ = ("_item", "blocks")

    def __init__(self, item: Any, blocks: Sequence[tuple[int, bytes]]) -> None:
        self._item, self.blocks = item, tuple(blocks)

    def __len__(self) -> int:
        return sum(count for count, _ in self.blocks)

    def __iter__(self) -> Iterator[T]:
        for _, packed in self.blocks:
            yield from unpacked(self._item, packed)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return list(self)[index]
        at = index + len(self) if index < 0 else index
        for count, packed in self.blocks:
            if 0 <= at < count:
                found: T = unpacked(self._item, packed)[at]
                return found
            at -= count
        raise IndexError(index)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != len(self):
            return NotImplemented if not isinstance(other, Sequence) else False
        return all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} items in {len(self.blocks)} blocks>"

    def changed(self, items: Mapping[int, T]) -> Blocks[T]:
        """With these in the place of what has their numbers."""
        blocks, first = [], 0
        for count, block in self.blocks:
            mine = {number - first: item for number, item in items.items() if first <= number < first + count}
            if mine:
                block = packed([mine.get(at, item) for at, item in enumerate(unpacked(self._item, block))])
            blocks.append((count, block))
            first += count
        return Blocks(self._item, blocks)

    def json(self) -> Iterator[bytes]:
        """The items as JSON, some at a time, with commas between the items of one piece."""
        for _, packed in self.blocks:
            yield zlib.decompress(packed)


class Gathered(Generic[T]):
    """Items that come one after another; those beyond ``at_once`` are kept as blocks of so many, if it is given."""

    def __init__(self, item: Any, at_once: int | None) -> None:
        self._item, self._at_once = item, at_once
        self._blocks: list[tuple[int, bytes]] = []
        self._open: list[T] = []

    def add(self, items: Iterable[T]) -> None:
        for item in items:
            if self._at_once is not None and len(self._open) >= self._at_once:
                self._blocks.append((len(self._open), packed(self._open)))
                self._open = []
            self._open.append(item)

    def all(self) -> Sequence[T]:
        """Everything so far: a plain list if it is short."""
        if not self._blocks:
            return self._open
        return Blocks(self._item, [*self._blocks, (len(self._open), packed(self._open))])


def packed(items: Sequence[object]) -> bytes:
    """Their JSON without the brackets around it, compressed."""
    return zlib.compress(msgspec.json.encode(items)[1:-1], LEVEL)


def unpacked(item: Any, data: bytes) -> list[Any]:
    """The items of a block. Raises zlib.error or msgspec.DecodeError for damaged bytes."""
    found: list[Any] = _decoder(item).decode(b"[" + zlib.decompress(data) + b"]")
    return found


@cache
def _decoder(item: Any) -> msgspec.json.Decoder[list[Any]]:
    return msgspec.json.Decoder(list[item])


def with_changed(values: Sequence[T], items: Mapping[int, T]) -> Sequence[T]:
    """A sequence with these items in the place of what has their numbers."""
    if not items:
        return values
    if isinstance(values, Blocks):
        return values.changed(items)
    return [items.get(number, value) for number, value in enumerate(values)]
