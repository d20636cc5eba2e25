"""What goes into the store and what comes out of it, as plain values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Generic, TypeVar

import msgspec

from corpus.model import AnyRecord, Document, Problem, Table
from corpus.reading import Reading


class Stage(StrEnum):
    """The steps whose version is kept per content, so that only what is stale is done again.

    ``REBUILD`` is what ``INDEX`` will be when the index that is built beside the other takes its place.
    """

    READ = "read"
    EXTRACT = "extract"
    INDEX = "index"
    REBUILD = "rebuild"


CANNOT_OPEN = "cannot-open"
"""The code of a file that could not be opened: nothing is known of its content."""


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a content or a file is not (wholly) in the store. ``code`` is a problem code, or ``cannot-open``."""

    stage: Stage
    code: str
    reason: str


class Unread(msgspec.Struct, frozen=True):
    """What is not read is told by: problems with these codes; ``containers`` are the media types of archives and such,
    whose own problems stand in the place of a member.
    """

    codes: Collection[str]
    containers: Collection[str]


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One member of a container. ``name`` is unique inside it."""

    name: str
    sha256: str


class Quote(msgspec.Struct, frozen=True):
    """The sentence around a record; the record is at ``text[start:end]`` of it."""

    text: str
    start: int
    end: int


class MessageKeys(msgspec.Struct, frozen=True, kw_only=True):
    """What a message can be found by beside its header: corpus.store.messages says how.

    ``words``: a hash of its words, None where they are few; ``quoted``: what :func:`corpus.store.messages.utc_minute`
    gives for each message that it quotes between its own lines and whose time it prints.
    """

    part: int
    words: str | None = None
    quoted: list[tuple[int, bool]] = []


class FiledUnder(msgspec.Struct, frozen=True):
    """A number under which a paper is filed: its kind, the key it is looked up by, and how it is printed."""

    kind: str
    key: str
    text: str


class PaperAmount(msgspec.Struct, frozen=True):
    """An amount of a paper by which it can be known, without sign."""

    value: str
    currency: str
    text: str


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A part that other papers may point to: corpus.store.schema says what its fields are."""

    part: int
    kind: str
    title: str | None = None
    body: str | None = None
    body_key: str | None = None
    day: str | None = None
    year: int | None = None
    status: str | None = None
    decision: int | None = None
    numbers: list[FiledUnder] = []
    words: list[str] = []
    amounts: list[PaperAmount] = []


class Pointer(msgspec.Struct, frozen=True, kw_only=True):
    """A record of type reference, by its ordinal, with the key of what it points to and what is named with it."""

    ordinal: int
    part: int
    start: int
    kind: str
    key: str
    title: str | None = None
    year: int | None = None
    body_key: str | None = None
    day: str | None = None


class LinkKeys(msgspec.Struct, frozen=True, kw_only=True):
    """By what a document is pointed to, and what it points to itself."""

    papers: list[Paper] = []
    pointers: list[Pointer] = []


class FigureOwner(msgspec.Struct, frozen=True, kw_only=True):
    """What the row of a figure prints of itself: the figure by its ordinal among all of the document's tables.

    ``number`` and ``committee`` stand in columns of their own, as in a list of proposals; None where none is printed.
    """

    ordinal: int
    number: str | None = None
    committee: str | None = None


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """A content that was worked on. ``reading`` and ``document`` are without children; ``quotes`` is one per record.

    ``members`` None: leave the stored ones as they are (only the extraction was done again).
    """

    sha256: str
    size: int
    reading: Reading
    document: Document
    quotes: Sequence[Quote]
    members: list[Member] | None
    read_version: str
    extract_version: str
    failure: Failure | None = None
    message_keys: list[MessageKeys] = []
    link_keys: LinkKeys = LinkKeys()
    owners: Sequence[FigureOwner] = ()


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """What tells a file from one that was put in its place with the same size and time: a program may set those.

    ``inode`` is its number in decimal digits, ``ctime_ns`` when it was last changed in any way, its name too, in
    nanoseconds since 1970. Some file systems give other numbers at each mount: another stamp proves nothing.
    """

    inode: str
    ctime_ns: int


class FileState(msgspec.Struct, frozen=True, kw_only=True):
    """A file as the last run left it. ``sha256`` is None for a file that never could be opened."""

    id: int
    path: str
    sha256: str | None
    mtime_ns: int | None
    size: int | None
    deleted: bool
    failed: bool


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a content lies: the absolute root, and the path under it."""

    root: str
    path: str


class Root(msgspec.Struct, frozen=True, kw_only=True):
    """A folder that documents were ingested from; not ``whole`` when only single files of it were named."""

    id: int
    path: str
    whole: bool


class PartOutline(msgspec.Struct, frozen=True, kw_only=True):
    """A stored part without its text. ``number`` and ``committee`` are a proposal's or an agenda item's.

    ``fingerprint`` is a message's: the same in every thread that quotes it.
    """

    index: int
    kind: str
    title: str | None = None
    number: str | None = None
    committee: str | None = None
    fingerprint: str | None = None


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """A stored document without its text and records: what is read to export what is in it."""

    kind: str = "other"
    extractor_version: str | None = None
    title: str | None = None
    date: str | None = None
    municipality: str | None = None
    parts: list[PartOutline] = []
    problems: list[Problem] = []


class TablesOutline(Outline, frozen=True, kw_only=True):
    """The same with its tables."""

    tables: Sequence[Table] = []


Form_co = TypeVar("Form_co", bound=Outline, covariant=True)


class Origin(msgspec.Struct, Generic[Form_co], frozen=True, kw_only=True):
    """A content and where it lies: the best path of it, and the others."""

    sha256: str
    path: str
    also_in: list[str]
    outline: Form_co


class StoredRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record with what is needed to export it."""

    origin: Origin[Outline]
    record: AnyRecord
    quote: Quote


class FailedFile(msgspec.Struct, frozen=True, kw_only=True):
    """One line of ``akt failures``: ``tries`` counts the attempts, ``last`` is the time of the last one (ISO 8601).

    ``path`` is relative to the folder ``root`` (absolute); ``file`` is that of the file on disk it lies in.
    """

    path: str
    root: str
    file: str
    stage: str
    code: str
    reason: str
    hint: str
    tries: int
    last: str


class PartlyRead(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was read in part only, at one of its places, and the first problem that says what is missing.

    ``path`` is relative to the folder ``root`` (absolute).
    """

    path: str
    root: str
    code: str
    reason: str


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Files on disk: each seen file is read or failed; a stale one is one of these that wants a new run.

    ``waiting``: not stale, for what is in them is read and extracted; some of it waits for the index only.

    ``failed_inside`` counts what lies in files (attachments, members of containers) and failed, whatever became of the
    file itself.
    """

    seen: int
    read: int
    failed: int
    failed_inside: int
    stale: int
    waiting: int
