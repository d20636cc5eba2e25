"""What comes of a file, piece by piece: the words between those who work and the one who writes."""

from __future__ import annotations

import msgspec

from corpus.store.entries import CANNOT_OPEN, Failure, Member, Stage
from corpus.store.rows import Packed


class WorkResult(msgspec.Struct, frozen=True, kw_only=True, tag="result"):
    """What came of a file. ``sha256`` is None and ``failure`` is given when it could not be opened.

    ``contents``: what is new or stale in it and was in no piece before, members before the containers that hold them.
    """

    sha256: str | None
    size: int = 0
    contents: list[Packed] = []
    failure: Failure | None = None


class Started(msgspec.Struct, frozen=True, kw_only=True, tag="started"):
    """A large container that is about to be read: itself, without its members, of which batches follow."""

    content: Packed


class Some(msgspec.Struct, frozen=True, kw_only=True, tag="some"):
    """Some of what is new or stale in a file, members before the containers that hold them."""

    contents: list[Packed]


class Batch(msgspec.Struct, frozen=True, kw_only=True, tag="batch"):
    """Some of what the content ``container`` holds: its next members, the first of them at ``position``.

    ``contents`` are what is new or stale in them, as in :class:`Some`; they must be known (``known`` of the terms)
    before the next batch is asked for.
    """

    container: str
    contents: list[Packed]
    position: int
    members: list[Member]


Piece = Started | Some | Batch | WorkResult


def has_failed(piece: Piece) -> bool:
    """Whether a document in it failed, or the file could not be opened."""
    if isinstance(piece, Started):
        return False
    failed = any(content.failure is not None for content in piece.contents)
    return failed or (isinstance(piece, WorkResult) and piece.failure is not None)


def cannot_open(error: OSError) -> str:
    """Why a file could not be opened or read, in a sentence."""
    return f"The file cannot be opened: {error.strerror or error}."


def unopened(reason: str, code: str = CANNOT_OPEN) -> WorkResult:
    """The result of a file of which nothing is known."""
    return WorkResult(sha256=None, failure=Failure(stage=Stage.READ, code=code, reason=reason))
