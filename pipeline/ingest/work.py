"""The work on one file: bytes in, contents out. Pure, so that it can run in any process; it writes nothing.

What a large container holds comes in batches, so that no more than one batch is in memory.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from corpus.counts import counted
from corpus.identity import content_hash
from corpus.limits import DEFAULT_LIMITS, Budget, Limits, at_limit
from corpus.model import Document, Problem
from corpus.problems import Code, problem
from corpus.readers import HEAD, opened, stream_of
from corpus.readers.streams import Stream, container, holds_itself
from corpus.reading import Child, Reading
from corpus.store.entries import Content, FigureOwner, LinkKeys, Member, MessageKeys
from corpus.store.rows import Packed, pack
from pipeline.catalogues.owners import figure_owners
from pipeline.conversations.keys import message_keys
from pipeline.extract import extract, file_name, member_names, read_document
from pipeline.ingest.hints import failure_of
from pipeline.ingest.pieces import Batch, Piece, Some, Started, WorkResult, cannot_open, unopened
from pipeline.ingest.quotes import quotes
from pipeline.ingest.snapshot import Snapshot, digest
from pipeline.ingest.versions import lost_version, read_version, version_of
from pipeline.links.keys import link_keys
from pipeline.masking import mask_name, mask_names, mask_reading
from pipeline.options import DEFAULT_OPTIONS, Options

BATCH = 100  # members or contents written in one transaction while a large container is read
BATCH_BYTES = 32_000_000
PIECE_BYTES = 8_000_000  # packed contents of one file that are given away before the file is done
ATTACHED = Child(name="", media_type="", data=b"")  # a member that is a content of its own


def _unwatched(_sha256: str) -> AbstractContextManager[None]:
    return nullcontext()


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """On what terms files are worked on. What is ``known`` is left out.

    ``lost`` are the contents that are not to be tried (they cost a worker), with the problem to put in their place;
    ``in_hand`` is entered with the hash of each content while it is worked on, so that it is known what to blame.
    """

    known: Container[str] = frozenset()
    limits: Limits = DEFAULT_LIMITS
    options: Options = DEFAULT_OPTIONS
    lost: Mapping[str, Problem] = {}
    in_hand: Callable[[str], AbstractContextManager[None]] = _unwatched


def work(location: Path, path: str, terms: Terms) -> Iterator[Piece]:
    """Read and extract a file with everything inside it, but for the contents that are known already.

    The result comes last; before it, of a large container, that it was started and what it holds in batches. Who stops
    asking gets no result: what was in the pieces is then known the next time. Raises MemoryError, and what a stream
    reader raises by a fault of ours.
    """
    try:
        before = location.stat()
        with location.open("rb") as file:
            head = file.read(min(HEAD, before.st_size + 1))
            stream = stream_of(head, location.name)
            if stream is not None:
                yield from _Flow(location, path, stream, terms).run(file, before)
                return
            if before.st_size > terms.limits.file_size:
                yield _too_large(location, path, before.st_size, terms)
                return
            data = head + file.read()
    except OSError as error:
        yield unopened(cannot_open(error))
        return
    bench = _Bench(terms, Budget(terms.limits, len(data)))
    sha256 = yield from bench.take(data, path, depth=0)
    yield WorkResult(sha256=sha256, size=len(data), contents=bench.given_away())


def extract_again(
    sha256: str, size: int, reading: Reading, path: str, terms: Terms, *, inside: bool, attached: int
) -> Packed:
    """A content extracted anew from its stored reading; its members, ``attached`` of them, stay as they are.

    The reading is masked again: what has the shape of a CPR number may have become more since it was stored.
    """
    with terms.in_hand(sha256):
        if sha256 in terms.lost:
            return _lost(sha256, size, path, None, terms, inside=inside)
        return _content(sha256, size, mask_reading(reading), path, None, terms, inside=inside, attached=attached)


def given_up(location: Path, path: str, terms: Terms, why: Problem) -> WorkResult:
    """A file that costs a worker before any content of it is in hand (it is larger than memory): nothing, and why."""
    try:
        size = location.stat().st_size
        with location.open("rb") as file:
            sha256 = digest(file, size)
    except OSError as error:
        return unopened(cannot_open(error))
    if sha256 in terms.known:
        return WorkResult(sha256=sha256, size=size)
    content = _content(sha256, size, _nothing(why), path, None, terms, inside=False, made_by=lost_version())
    return WorkResult(sha256=sha256, size=size, contents=[content])


class _Flow:
    """A large container while its members come by, one at a time."""

    def __init__(self, location: Path, path: str, stream: Stream, terms: Terms) -> None:
        self._location, self._path, self._stream, self._terms = location, path, stream, terms
        self._members: list[Member] = []
        self._problems: list[Problem] = []

    def run(self, file: BinaryIO, before: os.stat_result) -> Iterator[Piece]:
        """Reads the file twice, and no further than it was at the beginning: the first time to know it.

        A mailbox to which mail is added meanwhile is read as it was. One that is written anew, or a container that is
        not read in order (.pst) and changes, is no whole: that is said, and the next run reads it again.
        """
        size = before.st_size
        sha256 = digest(file, size)
        if sha256 in self._terms.known:
            yield WorkResult(sha256=sha256, size=size)
            return
        if sha256 in self._terms.lost:  # its members so far stay
            lost = _lost(sha256, size, self._path, None, self._terms, inside=False)
            yield WorkResult(sha256=sha256, size=size, contents=[lost])
            return
        yield Started(content=self._content(sha256, size))
        snapshot = Snapshot(file, size)
        with self._terms.in_hand(sha256):
            yield from self._batches(snapshot, sha256)
        after = self._location.stat()
        unchanged = (after.st_size, after.st_mtime_ns) == (size, before.st_mtime_ns)
        if not unchanged and snapshot.sha256() != sha256:
            yield unopened("The file changed while it was read; run `akt ingest` again.")
            return
        yield WorkResult(sha256=sha256, size=size, contents=[self._content(sha256, size)])

    def _content(self, sha256: str, size: int) -> Packed:
        reading = mask_reading(container(self._stream, self._problems))
        return _content(sha256, size, reading, self._path, self._members, self._terms, inside=False)

    def _batches(self, file: Snapshot, sha256: str) -> Iterator[Piece]:
        contents: list[Packed] = []
        position = size = 0
        limits = self._terms.limits
        budget = Budget(limits, file.size)
        for found in self._stream.members(cast("BinaryIO", file), self._location.name, limits, budget):
            if isinstance(found, Problem):
                self._problems.append(found)
                continue
            name = mask_name(found.name)
            inner = content_hash(found.data)
            if inner == sha256:
                self._problems.append(holds_itself(name))
                continue
            waiting = {content.sha256 for content in contents}
            shared = budget if self._stream.PACKED else Budget(limits, len(found.data))
            bench = _Bench(self._terms, shared, waiting, above=sha256)
            taking = bench.take(found.data, f"{self._path}!{name}", depth=1)
            while (some := next(taking, None)) is not None:
                if contents:  # what it holds may be among them
                    yield self._batch(sha256, contents, position)
                    contents, size, position = [], 0, len(self._members)
                yield some
            self._members.append(Member(name=name, sha256=inner))
            contents += bench.given_away()
            size += len(found.data)
            if len(self._members) - position >= BATCH or len(contents) >= BATCH or size >= BATCH_BYTES:
                yield self._batch(sha256, contents, position)
                contents, size, position = [], 0, len(self._members)
        if position < len(self._members):
            yield self._batch(sha256, contents, position)

    def _batch(self, sha256: str, contents: list[Packed], position: int) -> Batch:
        return Batch(container=sha256, contents=contents, position=position, members=self._members[position:])


Taking = Generator[Some, None, str]


class _Bench:
    """The contents of one file, or of one member of a large container, while they are worked on.

    ``waiting`` are those of the batch that is not known yet; ``above`` is the container.
    """

    def __init__(self, terms: Terms, budget: Budget, waiting: Container[str] = (), above: str | None = None) -> None:
        self._terms, self._budget, self._waiting = terms, budget, waiting
        self._members_left = terms.limits.children
        self._bytes_left = terms.limits.children_size
        self._open = [] if above is None else [above]
        self._met = set(self._open)
        self._ready: list[Packed] = []
        self._ready_size = 0

    def given_away(self) -> list[Packed]:
        """What is ready and was not given away yet."""
        ready, self._ready, self._ready_size = self._ready, [], 0
        return ready

    def take(self, data: bytes, path: str, depth: int) -> Taking:
        """Work on these bytes unless they are known, done, or being worked on above. Returns their hash."""
        sha256 = content_hash(data)
        if sha256 in self._met or sha256 in self._waiting or sha256 in self._terms.known:
            return sha256
        self._met.add(sha256)
        self._open.append(sha256)
        with self._terms.in_hand(sha256):
            content = yield from self._worked_on(data, sha256, path, depth)
        self._open.pop()
        self._ready.append(content)
        self._ready_size += content.size
        if self._ready_size >= PIECE_BYTES or len(self._ready) >= BATCH:
            yield Some(contents=self.given_away())
        return sha256

    def _worked_on(self, data: bytes, sha256: str, path: str, depth: int) -> Generator[Some, None, Packed]:
        terms, inside = self._terms, depth > 0
        if sha256 in terms.lost:
            return _lost(sha256, len(data), path, [], terms, inside=inside)
        found = opened(data, file_name(path), terms.limits, self._budget, depth)
        if found is not None:
            reading, members = yield from self._take_container(*found, path, depth)
        else:
            reading, members = yield from self._take_members(_read(data, path, terms), path, depth)
        return _content(sha256, len(data), reading, path, members, terms, inside=inside)

    def _take_container(
        self, stream: Stream, found: Iterator[Child | Problem], path: str, depth: int
    ) -> Generator[Some, None, tuple[Reading, list[Member]]]:
        """What a container inside this file holds; one member at a time is unpacked."""
        members: list[Member] = []
        problems: list[Problem] = []
        for each in found:
            if isinstance(each, Problem):
                problems.append(each)
            else:
                name = mask_name(each.name)
                sha256 = yield from self.take(each.data, f"{path}!{name}", depth + 1)
                if sha256 in self._open:
                    problems.append(holds_itself(name))
                else:
                    members.append(Member(name=name, sha256=sha256))
        return mask_reading(container(stream, problems)), members

    def _take_members(
        self, reading: Reading, path: str, depth: int
    ) -> Generator[Some, None, tuple[Reading, list[Member]]]:
        members: list[Member] = []
        reading, limits = mask_names(reading), self._terms.limits
        for name, child in zip(member_names(reading.children), reading.children, strict=True):
            left = len(reading.children) - len(members)
            if depth >= limits.depth:
                note = problem(
                    Code.TOO_DEEP, f"Members that lie deeper than {limits.depth} containers: {left}, not read."
                )
                return _with_problem(reading, note), members
            self._members_left -= 1
            self._bytes_left -= len(child.data)
            if self._members_left < 0 or self._bytes_left < 0:
                said = f"{counted(left, 'member is', 'members are')} over the limit on number or size; not read."
                note = problem(Code.TRUNCATED, at_limit(said, limits, "children", "children_size"))
                return _with_problem(reading, note), members
            sha256 = yield from self.take(child.data, f"{path}!{name}", depth + 1)
            if sha256 in self._open:
                reading = _with_problem(reading, holds_itself(name))
            else:
                members.append(Member(name=name, sha256=sha256))
        return reading, members


def _read(data: bytes, path: str, terms: Terms) -> Reading:
    try:
        return read_document(data, path, terms.options, terms.limits)
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours must cost this document, not the run
        return _nothing(problem(Code.STAGE_FAILED, f"The reader broke ({type(error).__name__}: {error})."))


def _content(
    sha256: str,
    size: int,
    reading: Reading,
    path: str,
    members: list[Member] | None,
    terms: Terms,
    *,
    inside: bool,
    made_by: str | None = None,
    attached: int = 0,
) -> Packed:
    """Extracted and packed. ``made_by``: the version of the reading, where that is not its reader's.

    ``attached``: how many members it has, where they are not given: a message says which are its attachments.
    """
    reading = msgspec.structs.replace(reading, children=[ATTACHED] * (attached if members is None else len(members)))
    version = version_of(terms.options)
    name = path.rpartition("!")[2] if inside else None
    document, keys, links, owners = _extracted(sha256, reading, path, name, version, terms)
    content = Content(
        sha256=sha256,
        size=size,
        reading=msgspec.structs.replace(reading, children=[]),
        document=document,
        quotes=quotes(document.parts, document.records),
        members=members,
        read_version=made_by or read_version(reading.reader),
        extract_version=version,
        failure=failure_of(document, inside=inside),
        message_keys=keys,
        link_keys=links,
        owners=owners,
    )
    return pack(content)


def _lost(sha256: str, size: int, path: str, members: list[Member] | None, terms: Terms, *, inside: bool) -> Packed:
    """In the place of a content that is not tried again: nothing of it, and why."""
    reading = _nothing(terms.lost[sha256])
    return _content(sha256, size, reading, path, members, terms, inside=inside, made_by=lost_version())


def _extracted(
    sha256: str, reading: Reading, path: str, name: str | None, version: str, terms: Terms
) -> tuple[Document, list[MessageKeys], LinkKeys, list[FigureOwner]]:
    """The document with what the store keeps beside it; without parts and records where the extraction broke."""
    try:
        document = extract(reading, path=path, name=name, sha256=sha256, options=terms.options)
        return document, message_keys(document, reading.pages), link_keys(document), figure_owners(document)
    except MemoryError:
        raise
    except Exception as error:  # as above
        return _unextracted(sha256, reading, path, version, error), [], LinkKeys(), []


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


def _too_large(location: Path, path: str, size: int, terms: Terms) -> WorkResult:
    """Nothing, and why; but what was read under another limit, and only lies elsewhere now, stays."""
    with location.open("rb") as file:
        sha256 = digest(file, size)
    if sha256 in terms.known:
        return WorkResult(sha256=sha256, size=size)
    note = problem(Code.TOO_LARGE, f"The file has {counted(size, 'byte')}; the limit is {terms.limits.file_size}.")
    content = _content(sha256, size, _nothing(note), path, [], terms, inside=False)
    return WorkResult(sha256=sha256, size=size, contents=[content])


def _nothing(note: Problem) -> Reading:
    return Reading(media_type="application/octet-stream", reader="none/1", text="", problems=[note])


def _with_problem(reading: Reading, note: Problem) -> Reading:
    return msgspec.structs.replace(reading, problems=[*reading.problems, note])
