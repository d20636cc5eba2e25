"""Files extracted without a workspace (``akt extract``), within the limits of time and memory.

Of a container that may be too large for memory, the members are extracted while they come by.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from corpus.identity import content_hash
from corpus.limits import DEFAULT_LIMITS, Budget, Limits
from corpus.model import Document, Problem
from corpus.problems import Code, problem
from corpus.readers import HEAD, opened, stream_of
from corpus.readers.streams import Stream, container, holds_itself
from corpus.reading import Child, Reading
from pipeline.extract import DEFAULT_OPTIONS, Options, extract, extract_bytes, file_name, member_names, read_document
from pipeline.masking import mask_name, mask_names, mask_reading
from pipeline.watched import GivenUpError, Watched


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A file to extract, by its place or its bytes; ``depth`` and ``budget`` are of the container in which it lies.

    ``above`` are the hashes of all containers in which it lies. ``alone``: what lies in it is given as it is.
    """

    path: str
    location: Path | None = None
    data: bytes = b""
    depth: int = 0
    budget: Budget | None = None
    above: tuple[str, ...] = ()
    alone: bool = False


_Given = tuple[Document, Budget | None, list[Child]]


class Extractor:
    """Extracts one file after another. What takes too long, or too much memory, is a document that says so."""

    def __init__(self, options: Options = DEFAULT_OPTIONS, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._watched = Watched(self._work, limits)
        self.options = self._telling(options)

    def close(self) -> None:
        """Ends the process in which it is done."""
        self._watched.close()

    def file(self, location: Path, path: str) -> Document:
        """A file with everything inside it. Raises OSError."""
        size = location.stat().st_size
        if size > self._limits.file_size:
            note = f"The file has {size} bytes; the limit is {self._limits.file_size}."
            return self._unread(path, problem(Code.TOO_LARGE, note), hash_of(location))
        return self._given(_Asked(path=path, location=location))

    def bytes_of(
        self, data: bytes, path: str, *, depth: int = 0, budget: Budget | None = None, above: tuple[str, ...] = ()
    ) -> Document:
        """As :func:`pipeline.extract.extract_bytes`. Of bytes over the limit, none of which there may be an end, no
        hash is told.
        """
        if not depth and len(data) > self._limits.file_size:
            note = f"It has more bytes than the limit of {self._limits.file_size}."
            return self._unread(path, problem(Code.TOO_LARGE, note), "")
        return self._given(_Asked(path=path, data=data, depth=depth, budget=budget, above=above))

    def _given(self, asked: _Asked) -> Document:
        """What costs the process is tried once more, without what lies in it, and that one by one."""
        try:
            document, spent, _ = self._watched(asked)
            return _followed(document, asked, spent)
        except GivenUpError:
            pass
        try:
            document, spent, children = self._watched(msgspec.structs.replace(asked, alone=True))
        except GivenUpError as error:
            sha256 = content_hash(asked.data) if asked.location is None else hash_of(asked.location)
            return self._unread(asked.path, error.problem, sha256)
        found, problems = [], document.problems
        above = (*asked.above, document.sha256)
        for name, child in zip(member_names(children), children, strict=True):
            if content_hash(child.data) in above:
                problems = [*problems, holds_itself(name)]
                continue
            path = f"{asked.path}!{name}"
            inner = self._given(_Asked(path=path, data=child.data, depth=asked.depth + 1, budget=spent, above=above))
            found.append(msgspec.structs.replace(inner, name=child.name))
        return _followed(msgspec.structs.replace(document, children=found, problems=problems), asked, spent)

    def _work(self, asked: _Asked) -> _Given:
        data = asked.data if asked.location is None else asked.location.read_bytes()
        if asked.alone:
            return _alone(data, asked, self.options, self._limits)
        document = extract_bytes(
            data,
            asked.path,
            self.options,
            self._limits,
            depth=asked.depth,
            budget=asked.budget,
            above=asked.above,
        )
        return document, asked.budget, []

    def _telling(self, options: Options) -> Options:
        """Pages are counted here, wherever they are read."""
        on_read, on_page = options.reading.on_page, options.on_page
        reading = msgspec.structs.replace(options.reading, on_page=on_read and self._watched.telling(on_read))
        return msgspec.structs.replace(options, reading=reading, on_page=on_page and self._watched.telling(on_page))

    def _unread(self, path: str, note: Problem, sha256: str) -> Document:
        reading = Reading(media_type="application/octet-stream", reader="none", text="", problems=[note])
        return extract(reading, path=path, name=None, sha256=sha256, options=self.options)


def _followed(document: Document, asked: _Asked, spent: Budget | None) -> Document:
    if asked.budget is not None and spent is not None:
        asked.budget.follow(spent)
    return document


def _alone(data: bytes, asked: _Asked, options: Options, limits: Limits) -> _Given:
    """As :func:`pipeline.extract.extract_bytes`, with what lies in it unread."""
    budget = asked.budget or Budget(limits, len(data))
    shared: Budget | None = budget
    found = opened(data, file_name(asked.path), limits, budget, asked.depth)
    if found is not None:
        stream, members = found
        given = list(members)
        problems = [each for each in given if isinstance(each, Problem)]
        reading = container(stream, problems, [each for each in given if not isinstance(each, Problem)])
        reading = reading if options.show_identifiers else mask_reading(reading)
        shared = budget if stream.PACKED or asked.depth else None
    else:
        reading = read_document(data, asked.path, options, limits)
    reading = reading if options.show_identifiers else mask_names(reading)
    document = extract(reading, path=asked.path, name=None, sha256=content_hash(data), options=options)
    if reading.children and found is None and asked.depth >= limits.depth:
        note = problem(Code.TOO_DEEP, f"It lies in {limits.depth} containers; what lies in it was not read.")
        return msgspec.structs.replace(document, problems=[*document.problems, note]), shared, []
    return document, shared, reading.children


def hash_of(location: Path) -> str:
    """The SHA-256 of a file, however large. Raises OSError."""
    with location.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Unpacking:
    """First all of ``children``, one at a time, then ``document``, which has no children itself."""

    def __init__(self, location: Path, path: str, stream: Stream, extractor: Extractor, limits: Limits) -> None:
        self._location, self._path, self._stream = location, path, stream
        self._extractor, self._options, self._limits = extractor, extractor.options, limits
        self._problems: list[Problem] = []

    def children(self) -> Iterator[Document]:
        """The members as documents with ``name``; raises OSError when the file cannot be read any further."""
        masked = str if self._options.show_identifiers else mask_name
        with self._location.open("rb") as file:
            budget = Budget(self._limits, self._location.stat().st_size)
            above = (hash_of(self._location),) if self._stream.PACKED else ()
            for found in self._stream.members(file, self._location.name, self._limits, budget):
                if isinstance(found, Problem):
                    self._problems.append(found)
                    continue
                name = masked(found.name)
                if above and content_hash(found.data) in above:
                    self._problems.append(holds_itself(name))
                    continue
                path = f"{self._path}!{name}"
                shared = budget if self._stream.PACKED else None
                document = self._extractor.bytes_of(found.data, path, depth=1, budget=shared, above=above)
                yield msgspec.structs.replace(document, name=name)

    def document(self) -> Document:
        """The container itself, with the problems that were met on the way."""
        sha256 = hash_of(self._location)
        reading = container(self._stream, self._problems)
        if not self._options.show_identifiers:
            reading = mask_reading(reading)
        return extract(reading, path=self._path, name=None, sha256=sha256, options=self._options)


def unpacking(location: Path, path: str, extractor: Extractor, limits: Limits = DEFAULT_LIMITS) -> Unpacking | None:
    """How to extract this file a member at a time; None for one that is read whole. Raises OSError."""
    with location.open("rb") as file:
        stream = stream_of(file.read(HEAD), location.name)
    return None if stream is None else Unpacking(location, path, stream, extractor, limits)
