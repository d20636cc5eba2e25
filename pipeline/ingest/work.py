"""The work on one file: bytes in, contents out. Pure, so that it can run in any process; it writes nothing.

What a large container holds comes in batches, so that no more than one batch is in memory.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from corpus.identity import content_hash
from corpus.limits import DEFAULT_LIMITS, Budget, Limits
from corpus.model import Document, Problem
from corpus.problems import Code, problem
from corpus.readers import HEAD, opened, stream_of
from corpus.readers.streams import Stream, container
from corpus.reading import Child, Reading
from corpus.store.entries import Content, Failure, LinkKeys, Member, Stage
from corpus.store.overview import CANNOT_OPEN
from pipeline.conversations.keys import message_keys
from pipeline.extract import DEFAULT_OPTIONS, Options, extract, file_name, member_names, read_document
from pipeline.ingest.hints import failure_of
from pipeline.ingest.options import version_of
from pipeline.ingest.quotes import quotes
from pipeline.ingest.snapshot import Snapshot, digest
from pipeline.ingest.versions import read_version
from pipeline.links.keys import link_keys
from pipeline.masking import mask_name, mask_names, mask_reading

BATCH = 100  # members or contents written in one transaction while a large container is read
BATCH_BYTES = 32_000_000


class WorkResult(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a file. ``sha256`` is None and ``failure`` is given when it could not be opened.

    ``contents``: what is new or stale in it and was in no batch, members before the containers that hold them.
    """

    sha256: str | None
    size: int = 0
    contents: list[Content] = []
    failure: Failure | None = None


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """A large container that is about to be read: itself, without its members, of which batches follow."""

    content: Content


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Some of what the content ``container`` holds: its next members, the first of them at ``position``.

    ``contents`` are what is new or stale in them, members before the containers that hold them; they must be known
    (``known`` of :func:`work`) before the next batch is asked for.
    """

    container: str
    contents: list[Content]
    position: int
    members: list[Member]


def work(
    location: Path,
    path: str,
    known: Container[str],
    limits: Limits = DEFAULT_LIMITS,
    options: Options = DEFAULT_OPTIONS,
) -> Iterator[Started | Batch | WorkResult]:
    """Read and extract a file with everything inside it, but for the contents that are ``known`` already.

    The result comes last; before it, of a large container, that it was started and what it holds in batches. Who stops
    asking gets no result: what was in the batches is then known the next time.
    """
    try:
        before = location.stat()
        with location.open("rb") as file:
            stream = stream_of(file.read(HEAD), location.name)
            if stream is not None:
                yield from _Flow(location, path, known, limits, stream, options).run(file, before)
                return
        if before.st_size > limits.file_size:
            yield _too_large(location, path, before.st_size, limits, options)
            return
        data = location.read_bytes()
    except OSError as error:
        yield _unopened(f"The file cannot be opened: {error.strerror or error}.")
        return
    bench = _Bench(known, limits, options, Budget(limits, len(data)))
    sha256 = bench.take(data, path, depth=0)
    yield WorkResult(sha256=sha256, size=len(data), contents=list(bench.done.values()))


def extract_again(
    sha256: str, size: int, reading: Reading, path: str, *, inside: bool, options: Options = DEFAULT_OPTIONS
) -> Content:
    """A content extracted anew from its stored reading; its members stay as they are."""
    return _content(sha256, size, reading, path, None, options, inside=inside)


class _Flow:
    """A large container while its members come by, one at a time."""

    def __init__(
        self, location: Path, path: str, known: Container[str], limits: Limits, stream: Stream, options: Options
    ) -> None:
        self._location, self._path, self._known, self._limits, self._stream = location, path, known, limits, stream
        self._options = options
        self._members: list[Member] = []
        self._problems: list[Problem] = []

    def run(self, file: BinaryIO, before: os.stat_result) -> Iterator[Started | Batch | WorkResult]:
        """Reads the file twice, and no further than it was at the beginning: the first time to know it.

        A mailbox to which mail is added meanwhile is read as it was. One that is written anew, or a container that is
        not read in order (.pst) and changes, is no whole: that is said, and the next run reads it again.
        """
        size = before.st_size
        sha256 = digest(file, size)
        if sha256 in self._known:
            yield WorkResult(sha256=sha256, size=size)
            return
        yield Started(content=self._content(sha256, size))
        snapshot = Snapshot(file, size)
        yield from self._batches(snapshot, sha256)
        after = self._location.stat()
        unchanged = (after.st_size, after.st_mtime_ns) == (size, before.st_mtime_ns)
        if not unchanged and snapshot.sha256() != sha256:
            yield _unopened("The file changed while it was read; run `akt ingest` again.")
            return
        yield WorkResult(sha256=sha256, size=size, contents=[self._content(sha256, size)])

    def _content(self, sha256: str, size: int) -> Content:
        reading = mask_reading(container(self._stream, self._problems))
        return _content(sha256, size, reading, self._path, self._members, self._options, inside=False)

    def _batches(self, file: Snapshot, sha256: str) -> Iterator[Batch]:
        contents: list[Content] = []
        position = size = 0
        budget = Budget(self._limits, file.size)
        for found in self._stream.members(cast("BinaryIO", file), self._location.name, self._limits, budget):
            if isinstance(found, Problem):
                self._problems.append(found)
                continue
            name = mask_name(found.name)
            waiting = {content.sha256 for content in contents}
            shared = budget if self._stream.PACKED else Budget(self._limits, len(found.data))
            bench = _Bench(self._known, self._limits, self._options, shared, waiting)
            self._members.append(Member(name=name, sha256=bench.take(found.data, f"{self._path}!{name}", depth=1)))
            contents += bench.done.values()
            size += len(found.data)
            if len(self._members) - position >= BATCH or len(contents) >= BATCH or size >= BATCH_BYTES:
                yield self._batch(sha256, contents, position)
                contents, size, position = [], 0, len(self._members)
        if position < len(self._members):
            yield self._batch(sha256, contents, position)

    def _batch(self, sha256: str, contents: list[Content], position: int) -> Batch:
        return Batch(container=sha256, contents=contents, position=position, members=self._members[position:])


class _Bench:
    """The contents of one file, or of one member of a large container, while they are worked on.

    ``waiting`` are those of the batch that is not known yet.
    """

    def __init__(
        self,
        known: Container[str],
        limits: Limits,
        options: Options,
        budget: Budget,
        waiting: Container[str] = (),
    ) -> None:
        self._known, self._budget = known, budget
        self._options = options
        self._waiting = waiting
        self._limits = limits
        self._members_left = limits.children
        self._bytes_left = limits.children_size
        self._open: set[str] = set()
        self.done: dict[str, Content] = {}

    def take(self, data: bytes, path: str, depth: int) -> str:
        """Work on these bytes unless they are known, done, or being worked on above. Returns their hash."""
        sha256 = content_hash(data)
        if sha256 in self._known or sha256 in self._waiting or sha256 in self.done or sha256 in self._open:
            return sha256
        self._open.add(sha256)
        found = opened(data, file_name(path), self._limits, self._budget, depth)
        if found is not None:
            reading, members = self._take_container(*found, path, depth)
        else:
            reading, members = self._take_members(_read(data, path, self._limits, self._options), path, depth)
        self.done[sha256] = _content(sha256, len(data), reading, path, members, self._options, inside=depth > 0)
        return sha256

    def _take_container(
        self, stream: Stream, found: Iterator[Child | Problem], path: str, depth: int
    ) -> tuple[Reading, list[Member]]:
        """What a container inside this file holds; one member at a time is unpacked."""
        members: list[Member] = []
        problems: list[Problem] = []
        for each in found:
            if isinstance(each, Problem):
                problems.append(each)
            else:
                name = mask_name(each.name)
                members.append(Member(name=name, sha256=self.take(each.data, f"{path}!{name}", depth + 1)))
        return mask_reading(container(stream, problems)), members

    def _take_members(self, reading: Reading, path: str, depth: int) -> tuple[Reading, list[Member]]:
        members: list[Member] = []
        reading = mask_names(reading)
        for name, child in zip(member_names(reading.children), reading.children, strict=True):
            left = len(reading.children) - len(members)
            if depth >= self._limits.depth:
                note = problem(
                    Code.TOO_DEEP, f"Members that lie deeper than {self._limits.depth} containers: {left}, not read."
                )
                return _with_problem(reading, note), members
            self._members_left -= 1
            self._bytes_left -= len(child.data)
            if self._members_left < 0 or self._bytes_left < 0:
                note = problem(
                    Code.TRUNCATED, f"{left} members are over the limit on number or size and were not read."
                )
                return _with_problem(reading, note), members
            members.append(Member(name=name, sha256=self.take(child.data, f"{path}!{name}", depth + 1)))
        return reading, members


def _read(data: bytes, path: str, limits: Limits, options: Options) -> Reading:
    try:
        return read_document(data, path, options, limits)
    except Exception as error:  # a fault of ours must cost this document, not the run
        return _nothing(problem(Code.STAGE_FAILED, f"The reader broke ({type(error).__name__}: {error})."))


def _content(
    sha256: str,
    size: int,
    reading: Reading,
    path: str,
    members: list[Member] | None,
    options: Options,
    *,
    inside: bool,
) -> Content:
    reading = msgspec.structs.replace(reading, children=[])
    version = version_of(options)
    name = path.rpartition("!")[2] if inside else None
    try:
        document = extract(reading, path=path, name=name, sha256=sha256, options=options)
        keys, links = message_keys(document, reading.pages), link_keys(document)
    except Exception as error:  # as above
        document, keys, links = _unextracted(sha256, reading, path, version, error), [], LinkKeys()
    return Content(
        sha256=sha256,
        size=size,
        reading=reading,
        document=document,
        quotes=quotes(document.parts, document.records),
        members=members,
        read_version=read_version(reading.reader),
        extract_version=version,
        failure=failure_of(document, inside=inside),
        message_keys=keys,
        link_keys=links,
    )


def _unextracted(sha256: str, reading: Reading, path: str, version: str, error: Exception) -> Document:
    note = problem(Code.STAGE_FAILED, f"The extraction broke ({type(error).__name__}: {error}).")
    return Document(
        path=mask_name(path),
        sha256=sha256,
        media_type=reading.media_type,
        reader=reading.reader,
        extractor_version=version,
        problems=[*reading.problems, note],
    )


def _too_large(location: Path, path: str, size: int, limits: Limits, options: Options) -> WorkResult:
    with location.open("rb") as file:
        sha256 = digest(file, size)
    reading = _nothing(problem(Code.TOO_LARGE, f"The file has {size} bytes; the limit is {limits.file_size}."))
    return WorkResult(
        sha256=sha256, size=size, contents=[_content(sha256, size, reading, path, [], options, inside=False)]
    )


def _unopened(reason: str) -> WorkResult:
    return WorkResult(sha256=None, failure=Failure(stage=Stage.READ, code=CANNOT_OPEN, reason=reason))


def _nothing(note: Problem) -> Reading:
    return Reading(media_type="application/octet-stream", reader="none/1", text="", problems=[note])


def _with_problem(reading: Reading, note: Problem) -> Reading:
    return msgspec.structs.replace(reading, problems=[*reading.problems, note])
