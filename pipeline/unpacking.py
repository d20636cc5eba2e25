"""A container that may be too large for memory, extracted while its members come by (``akt extract mailbox.mbox``)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from corpus.limits import DEFAULT_LIMITS, Budget, Limits
from corpus.model import Document, Problem
from corpus.readers import HEAD, stream_of
from corpus.readers.streams import Stream, container
from pipeline.extract import DEFAULT_OPTIONS, Options, extract, extract_bytes
from pipeline.masking import mask_name, mask_reading


class Unpacking:
    """First all of ``children``, one at a time, then ``document``, which has no children itself."""

    def __init__(self, location: Path, path: str, stream: Stream, options: Options, limits: Limits) -> None:
        self._location, self._path, self._stream = location, path, stream
        self._options, self._limits = options, limits
        self._problems: list[Problem] = []

    def children(self) -> Iterator[Document]:
        """The members as documents with ``name``; raises OSError when the file cannot be read any further."""
        masked = str if self._options.show_identifiers else mask_name
        with self._location.open("rb") as file:
            budget = Budget(self._limits, self._location.stat().st_size)
            for found in self._stream.members(file, self._location.name, self._limits, budget):
                if isinstance(found, Problem):
                    self._problems.append(found)
                    continue
                name = masked(found.name)
                path = f"{self._path}!{name}"
                document = extract_bytes(
                    found.data,
                    path,
                    self._options,
                    self._limits,
                    depth=1,
                    budget=budget if self._stream.PACKED else None,
                )
                yield msgspec.structs.replace(document, name=name)

    def document(self) -> Document:
        """The container itself, with the problems that were met on the way."""
        with self._location.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        reading = container(self._stream, self._problems)
        if not self._options.show_identifiers:
            reading = mask_reading(reading)
        return extract(reading, path=self._path, name=None, sha256=sha256, options=self._options)


def unpacking(
    location: Path, path: str, options: Options = DEFAULT_OPTIONS, limits: Limits = DEFAULT_LIMITS
) -> Unpacking | None:
    """How to extract this file a member at a time; None for one that is read whole. Raises OSError."""
    with location.open("rb") as file:
        stream = stream_of(file.read(HEAD), location.name)
    return None if stream is None else Unpacking(location, path, stream, options, limits)
