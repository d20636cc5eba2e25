"""Readers of containers that may be too large for memory: what they hold comes one at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Protocol

from corpus import formats
from corpus.limits import Budget, Limits, at_limit
from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.reading import Child, Reading


class Stream(Protocol):
    """A module with a reader's name and ``claims``, and ``members`` in the place of ``read``.

    A reader that is not ``is_installed`` (the library it stands on is optional) claims its files all the same, and its
    ``members`` are one problem, ``reader-missing``.

    ``members`` gives each member under a name that is unique in the container and stays when the container grows, or a
    problem in its place; it never raises for what is wrong with the bytes. What is ``PACKED`` may hold more than its
    own bytes: its ``budget`` is that of the file in which it lies, however deep.
    """

    @property
    def READER(self) -> str: ...  # noqa: N802

    @property
    def MEDIA_TYPE(self) -> str: ...  # noqa: N802

    @property
    def PACKED(self) -> bool: ...  # noqa: N802

    def claims(self, head: bytes, name: str) -> bool: ...

    def is_installed(self) -> bool: ...

    def members(
        self, file: BinaryIO, name: str, limits: Limits, budget: Budget | None = None
    ) -> Iterator[Child | Problem]: ...


class Placed(io.RawIOBase):
    """A file with a position of its own in its ``size`` bytes; what reads them is added by a subclass."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        self._at = 0

    @property
    def size(self) -> int:
        """In bytes."""
        return self._size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(base + offset, 0)
        return self._at


def container(stream: Stream, problems: list[Problem], children: list[Child] | None = None) -> Reading:
    """The reading of a container itself: it has no text of its own."""
    missing = any(found.code == Code.READER_MISSING for found in problems)
    reader = formats.without_its_library(stream.READER) if missing else stream.READER
    return Reading(media_type=stream.MEDIA_TYPE, reader=reader, text="", children=children or [], problems=problems)


def holds_itself(name: str) -> Problem:
    """In the place of a member, so called, that is one of the containers in which it lies."""
    return problem(Code.TOO_DEEP, f"It holds itself, as {name!r}, without end; that was not read.")


def read_whole(stream: Stream, data: bytes, name: str, limits: Limits) -> Reading:
    """A container that is in memory already, with all its members, so many as the attachments of a mail may be."""
    children: list[Child] = []
    problems: list[Problem] = []
    size = 0
    for found in stream.members(BytesIO(data), name, limits):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        size += len(found.data)
        if len(children) >= limits.children or size > limits.children_size:
            note = f"Members beyond {limits.children} or {limits.children_size} bytes were not read."
            problems.append(problem(Code.TRUNCATED, at_limit(note, limits, "children", "children_size")))
            break
        children.append(found)
    return container(stream, problems, children)
