"""What papers are filed under and what they point to: rows of their own, so that a link needs no scan.

The keys of a document depend on that document alone, never on what else is there or came first; which paper a
reference means is asked when it is shown (pipeline.links).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from corpus.model import AnyRecord
from corpus.store.entries import LinkKeys
from corpus.store.schema import (
    contents,
    link_amounts,
    link_numbers,
    link_papers,
    link_pointers,
    link_words,
    messages,
    metadata,
    occurrences,
    parts,
    records,
    stages,
)

WITHOUT_LINKS = ("akt-extract/1", "akt-extract/2")
"""The versions of the extraction that wrote no rows here: links of what they left are not known yet."""

AT_ONCE = 100  # look-ups in one statement; databases limit its length

_OWN = ("part", "kind", "title", "body", "body_key", "day", "year", "status", "decision")
_record_decoder = msgspec.json.Decoder(AnyRecord)


class PaperRow(msgspec.Struct, frozen=True, kw_only=True):
    """A stored paper that lies somewhere now. ``text``: the number it was looked up by, as printed there."""

    sha256: str
    part: int
    kind: str
    title: str | None
    body: str | None
    body_key: str | None
    day: str | None
    year: int | None
    status: str | None
    decision: int | None
    municipality: str | None
    page: int | None
    text: str | None = None


class PointerRow(msgspec.Struct, frozen=True, kw_only=True):
    """A stored reference in a content that lies somewhere now. ``minute``: of the message it stands in."""

    sha256: str
    ordinal: int
    part: int
    start: int
    kind: str
    key: str
    title: str | None
    year: int | None
    body_key: str | None
    day: str | None
    municipality: str | None
    date: str | None
    minute: int | None
    printed: str
    quote: str


def link_rows(sha256: str, keys: LinkKeys) -> dict[sa.Table, list[dict[str, object]]]:
    """The rows of a document by table."""
    return {
        link_papers: [{"sha256": sha256, **{name: getattr(paper, name) for name in _OWN}} for paper in keys.papers],
        link_numbers: [
            {"sha256": sha256, "part": paper.part, **msgspec.structs.asdict(number)}
            for paper in keys.papers
            for number in {(number.kind, number.key): number for number in reversed(paper.numbers)}.values()
        ],
        link_words: [
            {"sha256": sha256, "part": paper.part, "word": word}
            for paper in keys.papers
            for word in dict.fromkeys(paper.words)
        ],
        link_amounts: [
            {"sha256": sha256, "part": paper.part, **msgspec.structs.asdict(amount)}
            for paper in keys.papers
            for amount in {(amount.value, amount.currency): amount for amount in reversed(paper.amounts)}.values()
        ],
        link_pointers: [{"sha256": sha256, **msgspec.structs.asdict(pointer)} for pointer in keys.pointers],
    }


# --- look-ups: each goes over one index, gives live contents only, and at most ``limit`` rows -------------------


def papers_of(connection: sa.Connection, sha256: str) -> list[PaperRow]:
    """The papers of one content in printed order."""
    query = _papers().where(link_papers.c.sha256 == sha256).order_by(link_papers.c.part)
    return [_paper(row) for row in connection.execute(query)]


def papers_at(connection: sa.Connection, places: Iterable[tuple[str, int]]) -> list[PaperRow]:
    """The papers that are these parts."""
    return [
        _paper(row)
        for sha256, part in places
        for row in connection.execute(_papers().where(link_papers.c.sha256 == sha256, link_papers.c.part == part))
    ]


def papers_with(
    connection: sa.Connection,
    kind: str,
    key: str,
    limit: int,
    *,
    municipality: str | None = None,
    days: tuple[str, str] | None = None,
) -> list[PaperRow]:
    """The papers that are filed under this number, the latest first.

    ``municipality``: only those of it and of none. ``days``: only those of a day from the first to the last.
    """
    joined = sa.and_(link_numbers.c.sha256 == link_papers.c.sha256, link_numbers.c.part == link_papers.c.part)
    query = _papers(link_numbers.c.text).join(link_numbers, joined)
    query = query.where(link_numbers.c.kind == kind, link_numbers.c.key == key, *_of(municipality))
    if days:
        query = query.where(link_papers.c.day.between(*days))
    latest = (link_papers.c.year.desc(), link_papers.c.day.desc(), link_papers.c.sha256, link_papers.c.part)
    return [_paper(row) for row in connection.execute(query.order_by(*latest).limit(limit))]


def numbers_of(connection: sa.Connection, sha256: str, part: int | None) -> list[tuple[int, str, str]]:
    """Part, kind and key of every number that a content, or one part of it, is filed under."""
    query = sa.select(link_numbers.c.part, link_numbers.c.kind, link_numbers.c.key)
    query = query.where(link_numbers.c.sha256 == sha256, *([] if part is None else [link_numbers.c.part == part]))
    return [(row.part, row.kind, row.key) for row in connection.execute(query.order_by(*query.selected_columns))]


def with_words(connection: sa.Connection, words: Sequence[str], limit: int) -> dict[str, list[tuple[str, int]]]:
    """The parts that have each word in their title, at most ``limit`` of each."""
    found: dict[str, list[tuple[str, int]]] = {word: [] for word in words}
    asked = [
        _limited(sa.select(link_words.c.word, link_words.c.sha256, link_words.c.part), link_words.c.word == word, limit)
        for word in words
    ]
    for row in _united(connection, asked):
        found[row.word].append((row.sha256, row.part))
    return found


def with_amounts(
    connection: sa.Connection, amounts: Sequence[tuple[str, str]], limit: int
) -> dict[tuple[str, str], list[tuple[str, int, str]]]:
    """The parts that name each (value, currency), at most ``limit`` of each, with the amount as printed there."""
    found: dict[tuple[str, str], list[tuple[str, int, str]]] = {amount: [] for amount in amounts}
    asked = [
        _limited(
            sa.select(link_amounts),
            sa.and_(link_amounts.c.value == value, link_amounts.c.currency == currency),
            limit,
        )
        for value, currency in amounts
    ]
    for row in _united(connection, asked):
        found[row.value, row.currency].append((row.sha256, row.part, row.text))
    return found


def words_of(connection: sa.Connection, sha256: str, part: int) -> list[str]:
    """The words of a paper's title."""
    query = sa.select(link_words.c.word).where(link_words.c.sha256 == sha256, link_words.c.part == part)
    return [str(word) for word in connection.scalars(query.order_by(link_words.c.word))]


def pointers_of(connection: sa.Connection, sha256: str, limit: int | None = None) -> list[PointerRow]:
    """The references of one content in printed order."""
    query = _pointers().where(link_pointers.c.sha256 == sha256).order_by(link_pointers.c.ordinal)
    return [_pointer(row) for row in connection.execute(query.limit(limit))]


def pointers_to(
    connection: sa.Connection, kind: str, key: str, limit: int, *, municipality: str | None = None
) -> list[PointerRow]:
    """The references to what is filed under this number; ``municipality`` as in :func:`papers_with`."""
    query = _pointers().where(link_pointers.c.kind == kind, link_pointers.c.key == key, *_of(municipality))
    query = query.order_by(link_pointers.c.sha256, link_pointers.c.ordinal)
    return [_pointer(row) for row in connection.execute(query.limit(limit))]


def records_of_part(connection: sa.Connection, sha256: str, part: int, types: Sequence[str]) -> list[AnyRecord]:
    """The records of these types in one part, in printed order."""
    query = sa.select(records.c.payload).where(
        records.c.sha256 == sha256, records.c.part == part, records.c.type.in_(types)
    )
    return [_record_decoder.decode(payload) for payload in connection.scalars(query.order_by(records.c.ordinal))]


def waits_for_links(connection: sa.Connection, sha256: str | None = None) -> bool:
    """Whether this content, or anything live, was extracted before these tables were there."""
    live = sa.exists().where(occurrences.c.sha256 == stages.c.sha256, occurrences.c.deleted.is_(False))
    query = sa.select(stages.c.sha256).where(stages.c.stage == "extract", stages.c.version.in_(WITHOUT_LINKS), live)
    if sha256 is not None:
        query = query.where(stages.c.sha256 == sha256)
    return connection.scalar(query.limit(1)) is not None


def has_tables(connection: sa.Connection) -> bool:
    """Whether the store has these tables: one that may only be read may be older than they are."""
    there = sa.inspect(connection)
    return all(there.has_table(name) for name in metadata.tables if name.startswith("link_"))


def _papers(*more: sa.ColumnElement[Any]) -> sa.Select[Any]:
    title = sa.func.coalesce(link_papers.c.title, contents.c.title).label("title")
    own = [link_papers.c[name] for name in _OWN if name != "title"]
    return (
        sa.select(link_papers.c.sha256, *own, title, contents.c.municipality, parts.c.page_first.label("page"), *more)
        .select_from(link_papers)
        .join(contents, contents.c.sha256 == link_papers.c.sha256)
        .outerjoin(parts, sa.and_(parts.c.sha256 == link_papers.c.sha256, parts.c.part == link_papers.c.part))
        .where(_is_live(link_papers.c.sha256))
    )


def _pointers() -> sa.Select[Any]:
    record = sa.and_(records.c.sha256 == link_pointers.c.sha256, records.c.ordinal == link_pointers.c.ordinal)
    message = sa.and_(messages.c.sha256 == link_pointers.c.sha256, messages.c.part == link_pointers.c.part)
    return (
        sa.select(
            link_pointers,
            contents.c.municipality,
            contents.c.date,
            messages.c.minute,
            records.c.text.label("printed"),
            records.c.quote,
        )
        .select_from(link_pointers)
        .join(contents, contents.c.sha256 == link_pointers.c.sha256)
        .join(records, record)
        .outerjoin(messages, message)
        .where(_is_live(link_pointers.c.sha256))
    )


def _is_live(sha256: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return sa.exists().where(occurrences.c.sha256 == sha256, occurrences.c.deleted.is_(False))


def _of(municipality: str | None) -> list[sa.ColumnElement[bool]]:
    if municipality is None:
        return []
    return [sa.or_(contents.c.municipality.is_(None), contents.c.municipality == municipality)]


def _limited(query: sa.Select[Any], where: sa.ColumnElement[bool], limit: int) -> sa.Select[Any]:
    """A limit for each of several queries that are put together: only as a query of its own it may have one."""
    return sa.select(query.where(where).limit(limit).subquery())


def _united(connection: sa.Connection, asked: Sequence[sa.Select[Any]]) -> Iterable[sa.Row[Any]]:
    for first in range(0, len(asked), AT_ONCE):
        yield from connection.execute(sa.union_all(*asked[first : first + AT_ONCE]))


def _paper(row: sa.Row[Any]) -> PaperRow:
    fields = {name: getattr(row, name) for name in PaperRow.__struct_fields__ if name != "text"}
    return PaperRow(**fields, text=getattr(row, "text", None))


def _pointer(row: sa.Row[Any]) -> PointerRow:
    return PointerRow(**{name: getattr(row, name) for name in PointerRow.__struct_fields__})
