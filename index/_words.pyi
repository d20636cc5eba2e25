"""The compiled part of analysis (``native/words.c``), which is not always there: see :mod:`index.quick`."""

from collections.abc import Callable
from mmap import mmap
from typing import TypeVar

INTERFACE: int
W = TypeVar("W")

class Words:
    def __init__(
        self,
        file: mmap | bytes,
        places: tuple[int, int, int, int, int],
        entries: list[tuple[bytes, int, bytes, int, float, int, float]],
        rules: tuple[int, int, int, int, int, int, int, int, int, int, int, int, int, float, float, float],
        /,
    ) -> None: ...
    def words(
        self,
        forms: list[str],
        make: Callable[[str, tuple[str, ...], tuple[str, ...], int], W],
        related: set[str],
        /,
    ) -> list[W | None]: ...
