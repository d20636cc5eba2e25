"""What a reader gives: the text and where it stands on the page. Nothing is interpreted yet.

A :class:`Reading` is what the store keeps of a file, so that a new extractor never has to read the file again.
"""

from __future__ import annotations

import msgspec

from corpus.model import Address, Problem


class Word(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A printed word: ``reading.text[start:end]``, and its box in points, origin top left of the page as shown."""

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float


class Ruling(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A drawn line, or the side of a filled or stroked rectangle; horizontal when ``bottom - top`` is the smaller."""

    x0: float
    top: float
    x1: float
    bottom: float


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page as shown (rotation and crop box applied): ``reading.text[start:end]``. ``number`` is 1-based."""

    number: int
    width: float
    height: float
    start: int
    end: int
    words: list[Word] = []
    rulings: list[Ruling] = []


class MailHeaders(msgspec.Struct, frozen=True, kw_only=True):
    """The decoded headers of an e-mail file. ``sent`` is ISO 8601 with the offset where one was given.

    ``end`` is where the body begins in ``reading.text``: the reader prints the headers a person sees in front of it.
    """

    sender: Address | None
    to: list[Address]
    cc: list[Address]
    sent: str | None
    subject: str | None
    message_id: str | None
    in_reply_to: str | None
    references: list[str]
    end: int


class Child(msgspec.Struct, frozen=True, kw_only=True):
    """An attachment or a container's member: a file of its own."""

    name: str
    media_type: str
    data: bytes


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One file, read. ``reader`` is name and version ("pdf/1"); ``text`` is normalised.

    ``pages`` is empty where the format has none; else the pages' stretches follow each other and cover ``text``.
    ``metadata`` holds what the file says of itself (title, producer, created), as printed.
    """

    media_type: str
    reader: str
    text: str
    pages: list[Page] = []
    mail: MailHeaders | None = None
    children: list[Child] = []
    problems: list[Problem] = []
    metadata: dict[str, str] = {}
