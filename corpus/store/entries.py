"""What goes into the store and what comes out of it, as plain values."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from corpus.model import AnyRecord, Document
from corpus.reading import Reading


class Stage(StrEnum):
    """The steps whose version is kept per content, so that only what is stale is done again."""

    READ = "read"
    EXTRACT = "extract"
    INDEX = "index"


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a content or a file is not (wholly) in the store. ``code`` is a problem code, or ``cannot-open``."""

    stage: Stage
    code: str
    reason: str


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One member of a container. ``name`` is unique inside it."""

    name: str
    sha256: str


class Quote(msgspec.Struct, frozen=True):
    """The sentence around a record; the record is at ``text[start:end]`` of it."""

    text: str
    start: int
    end: int


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """A content that was worked on. ``reading`` and ``document`` are without children; ``quotes`` is one per record.

    ``members`` None: leave the stored ones as they are (only the extraction was done again).
    """

    sha256: str
    size: int
    reading: Reading
    document: Document
    quotes: list[Quote]
    members: list[Member] | None
    read_version: str
    extract_version: str
    failure: Failure | None = None


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


class StoredRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record with what is needed to export it."""

    sha256: str
    record: AnyRecord
    quote: Quote
    path: str
    document: str | None
    document_date: str | None
    municipality: str | None
    part_kind: str
    part_title: str | None


class FailedFile(msgspec.Struct, frozen=True, kw_only=True):
    """One line of ``akt failures``: ``tries`` counts the attempts, ``last`` is the time of the last one (ISO 8601)."""

    path: str
    stage: str
    code: str
    reason: str
    hint: str
    tries: int
    last: str


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Files on disk: each seen file is read or failed; a stale one is one of these that wants a new run."""

    seen: int
    read: int
    failed: int
    stale: int


class RunInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A run of ``akt ingest``: times are ISO 8601 with offset, ``status`` is running, done or interrupted."""

    started: str
    finished: str | None
    status: str
