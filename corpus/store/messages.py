"""The messages of the store by the keys that join them: rows of their own, so that a conversation needs no scan.

The keys depend on no list of words: what a subject's "SV:" is, is asked when a conversation is put together, so that
a new word needs no new extraction. They are casefolded, and masked like everything that is stored.
"""

from __future__ import annotations

import zlib
from typing import Any

import msgspec
import sqlalchemy as sa

from corpus.model import Message
from corpus.reading import Page
from corpus.store.keys import MINUTES_A_DAY
from corpus.store.packing import unpack_as
from corpus.store.schema import (
    contents,
    members,
    message_quotations,
    message_references,
    message_words,
    messages,
    occurrences,
    stages,
)

FEW_OF_EACH = 2
WITHOUT_MESSAGES = ("akt-extract/1",)
"""The versions of the extraction that wrote no rows here: what they left is not in any conversation yet."""


class MessageRow(msgspec.Struct, frozen=True, kw_only=True):
    """A stored message by its keys.

    ``minute`` counts the minutes since year 1 in UTC; with ``clock`` false only the day was printed, and it is that
    day's first minute. ``media_type`` is that of the content the message stands in.
    """

    sha256: str
    part: int
    quoted: bool
    inline: bool
    fingerprint: str
    message_id: str | None
    subject_key: str | None
    minute: int | None
    clock: bool
    sender_name: str | None
    sender_address: str | None
    media_type: str


class Referring(msgspec.Struct, frozen=True, kw_only=True):
    """A message that names another by its Message-ID: ``answer`` in In-Reply-To, else in References."""

    row: MessageRow
    answer: bool


class _PageSpan(msgspec.Struct, frozen=True):
    number: int
    start: int
    end: int


class _Messages(msgspec.Struct, frozen=True):
    parts: list[msgspec.Raw] = []


class _Kind(msgspec.Struct, frozen=True):
    kind: str


class _Pages(msgspec.Struct, frozen=True):
    pages: list[_PageSpan] = []


# --- look-ups: each goes over one index, gives live contents only, and at most ``limit`` rows -------------------


def of_content(connection: sa.Connection, sha256: str) -> list[MessageRow]:
    """The messages of one content in printed order; none for a content that lies nowhere now."""
    return _rows(connection, _query().where(messages.c.sha256 == sha256), None)


def with_message_id(connection: sa.Connection, key: str, limit: int) -> list[MessageRow]:
    """The messages that have this Message-ID."""
    return _rows(connection, _query().where(messages.c.message_id == key), limit)


def with_fingerprint(connection: sa.Connection, fingerprint: str, limit: int) -> list[MessageRow]:
    return _rows(connection, _query().where(messages.c.fingerprint == fingerprint), limit)


def around_minute(connection: sa.Connection, minute: int, limit: int) -> list[MessageRow]:
    """The messages of that minute and of the two beside it, of identical copies a few."""
    return _few_of_each(connection, messages.c.minute.between(minute - 1, minute + 1), limit)


def with_subject(
    connection: sa.Connection, key: str, first: int, last: int, limit: int, *, inline: bool = False
) -> list[MessageRow]:
    """The messages of that subject key sent between two minutes, of identical copies a few.

    ``inline``: only those that answer between the lines of another.
    """
    where = sa.and_(messages.c.subject_key == key, messages.c.minute.between(first, last))
    return _few_of_each(connection, sa.and_(where, messages.c.inline) if inline else where, limit)


def with_words(connection: sa.Connection, words: str, limit: int) -> list[MessageRow]:
    """The messages of exactly these words, whoever sent them and when."""
    joined = sa.and_(message_words.c.sha256 == messages.c.sha256, message_words.c.part == messages.c.part)
    return _rows(connection, _query().join(message_words, joined).where(message_words.c.words == words), limit)


def quoting(connection: sa.Connection, minute: int, limit: int, *, clock: bool) -> list[MessageRow]:
    """The messages that quote between their lines what was sent at that minute, or on that day.

    ``clock`` false: the minute is the first of a day, and only what is quoted by the day alone is wanted.
    """
    printed = message_quotations.c
    joined = sa.and_(printed.sha256 == messages.c.sha256, printed.part == messages.c.part)
    exact = sa.and_(printed.minute.between(minute - 1, minute + 1), printed.clock.is_(clock))
    day = sa.and_(printed.minute.between(minute - MINUTES_A_DAY + 1, minute), printed.clock.is_(False))
    found: dict[tuple[str, int], MessageRow] = {}
    for where in (exact, day) if clock else (exact,):
        query = _query().join(message_quotations, joined).where(where).distinct()
        found |= {(row.sha256, row.part): row for row in _rows(connection, query, limit)}
    return list(found.values())


def referring_to(connection: sa.Connection, key: str, limit: int) -> list[Referring]:
    """The messages that name this Message-ID."""
    query = _query(message_references.c.answer).join(
        message_references,
        sa.and_(message_references.c.sha256 == messages.c.sha256, message_references.c.part == messages.c.part),
    )
    query = query.where(message_references.c.reference == key).order_by(messages.c.sha256, messages.c.part)
    return [Referring(row=_row(row), answer=row.answer) for row in connection.execute(query.limit(limit))]


def attached_to(connection: sa.Connection, sha256: str) -> list[tuple[bool, str]]:
    """The contents that a content holds (True) and those that hold it (False)."""
    inside = sa.select(members.c.sha256).where(members.c.parent == sha256)
    around = sa.select(members.c.parent).where(members.c.sha256 == sha256)
    found = {
        (is_inside, str(other))
        for is_inside, query in ((True, inside), (False, around))
        for other in connection.scalars(query)
        if other != sha256
    }
    return sorted(found)


def count_inside(connection: sa.Connection, sha256: str) -> int:
    """How many files a container holds."""
    return connection.scalar(sa.select(sa.func.count()).where(members.c.parent == sha256)) or 0


def first_inside(connection: sa.Connection, sha256: str) -> MessageRow | None:
    """The first message among what a container holds; None where there is none."""
    query = _query().join(members, members.c.sha256 == messages.c.sha256).where(members.c.parent == sha256)
    found = connection.execute(query.order_by(members.c.position, messages.c.part).limit(1)).one_or_none()
    return None if found is None else _row(found)


def media_type_of(connection: sa.Connection, sha256: str) -> str | None:
    return connection.scalar(sa.select(contents.c.media_type).where(contents.c.sha256 == sha256))


def load_messages(connection: sa.Connection, sha256: str) -> dict[int, Message]:
    """The messages of a stored document by the index of their part, and nothing else of it."""
    packed = connection.scalar(sa.select(contents.c.document).where(contents.c.sha256 == sha256))
    if packed is None:
        return {}
    parts = unpack_as(packed, _Messages).parts
    found = [
        msgspec.json.decode(part, type=Message)
        for part in parts
        if msgspec.json.decode(part, type=_Kind).kind == "message"
    ]
    return {message.index: message for message in found}


def load_pages(connection: sa.Connection, sha256: str) -> list[Page]:
    """The pages of a stored reading by their place in its text, without words; none where the format has no pages."""
    packed = connection.scalar(sa.select(contents.c.reading).where(contents.c.sha256 == sha256))
    spans = [] if packed is None else msgspec.msgpack.decode(zlib.decompress(packed), type=_Pages).pages
    return [Page(number=span.number, width=0, height=0, start=span.start, end=span.end) for span in spans]


def waits_for_messages(connection: sa.Connection) -> bool:
    """Whether something live was extracted before these tables were there, and waits for the next run."""
    live = sa.exists().where(occurrences.c.sha256 == stages.c.sha256, occurrences.c.deleted.is_(False))
    query = sa.select(stages.c.sha256).where(stages.c.stage == "extract", stages.c.version.in_(WITHOUT_MESSAGES), live)
    return connection.scalar(query.limit(1)) is not None


def is_live(connection: sa.Connection, sha256: str) -> bool:
    """Whether a content lies somewhere now."""
    query = sa.select(occurrences.c.id).where(occurrences.c.sha256 == sha256, occurrences.c.deleted.is_(False))
    return connection.scalar(query.limit(1)) is not None


def has_tables(connection: sa.Connection) -> bool:
    """Whether the store has these tables: one that may only be read may be older than they are."""
    there = sa.inspect(connection)
    return all(there.has_table(table.name) for table in (messages, message_words, message_quotations))


def _query(*more: sa.ColumnElement[Any]) -> sa.Select[Any]:
    live = sa.exists().where(occurrences.c.sha256 == messages.c.sha256, occurrences.c.deleted.is_(False))
    columns = [messages.c[name] for name in MessageRow.__struct_fields__ if name != "media_type"]
    return (
        sa.select(*columns, contents.c.media_type, *more)
        .select_from(messages)
        .join(contents, contents.c.sha256 == messages.c.sha256)
        .where(live)
    )


def _few_of_each(connection: sa.Connection, where: sa.ColumnElement[bool], limit: int) -> list[MessageRow]:
    rank = sa.func.row_number().over(
        partition_by=(messages.c.fingerprint, messages.c.message_id), order_by=(messages.c.sha256, messages.c.part)
    )
    ranked = _query(rank.label("rank")).where(where).subquery()
    query = sa.select(ranked).where(ranked.c.rank <= FEW_OF_EACH).order_by(ranked.c.sha256, ranked.c.part)
    return [_row(row) for row in connection.execute(query.limit(limit))]


def _rows(connection: sa.Connection, query: sa.Select[Any], limit: int | None) -> list[MessageRow]:
    ordered = query.order_by(messages.c.sha256, messages.c.part).limit(limit)
    return [_row(row) for row in connection.execute(ordered)]


def _row(row: sa.Row[Any]) -> MessageRow:
    return MessageRow(**{name: getattr(row, name) for name in MessageRow.__struct_fields__})
