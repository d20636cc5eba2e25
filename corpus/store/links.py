"""What papers are filed under and what they point to: rows of their own, so that a link needs no scan.

The keys of a document depend on that document alone, never on what else is there or came first; which paper a
reference means is asked when it is shown (pipeline.links).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from corpus.model import AnyRecord
from corpus.store.rows import AT_ONCE, COLUMNS, batched
from corpus.store.schema import (
    contents,
    link_amounts,
    link_numbers,
    link_papers,
    link_pointers,
    link_word_counts,
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

_OWN = COLUMNS["link_papers"]
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


# --- look-ups: each goes over one index, gives live contents only, and at most ``limit`` rows -------------------


def papers_of(connection: sa.Connection, sha256: str) -> list[PaperRow]:
    """The papers of one content in printed order."""
    query = _papers().where(link_papers.c.sha256 == sha256).order_by(link_papers.c.part)
    return [_paper(row) for row in connection.execute(query)]


def papers_at(connection: sa.Connection, places: Sequence[tuple[str, int]]) -> list[PaperRow]:
    """The papers that are these parts."""
    query = _papers().where(_at(link_papers, places)).order_by(link_papers.c.sha256, link_papers.c.part)
    return [_paper(row) for row in connection.execute(query)] if places else []


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


def count_words(connection: sa.Connection, new: Counter[str], replaced: Iterable[str] = ()) -> None:
    """Keep the counts of words right while the ``new`` ones, by their titles, take the place of those of the contents
    ``replaced``; to be called before they do.
    """
    change = Counter(new)
    for some in batched(sorted(replaced)):
        change.subtract(connection.scalars(sa.select(link_words.c.word).where(link_words.c.sha256.in_(some))))
    wanted = sorted(word for word, more in change.items() if more)
    known = word_counts(connection, wanted)
    added = [{"word": word, "papers": change[word]} for word in wanted if word not in known]
    if added:
        connection.execute(link_word_counts.insert(), added)
    changed = [{"known": word, "more": change[word]} for word in wanted if word in known]
    if changed:
        same = link_word_counts.c.word == sa.bindparam("known")
        more = link_word_counts.c.papers + sa.bindparam("more")
        connection.execute(link_word_counts.update().where(same).values(papers=more), changed)
    forget_uncounted(connection, [word for word in wanted if change[word] < 0])


def forget_uncounted(connection: sa.Connection, words: Sequence[str] | None = None) -> None:
    """Drop the words, of these or of all, that stand in no title any more: they may be words of what was pruned."""
    none_left = link_word_counts.delete().where(link_word_counts.c.papers <= 0)
    if words is None:
        connection.execute(none_left)
    for some in batched(words or ()):
        connection.execute(none_left.where(link_word_counts.c.word.in_(some)))


def word_counts(connection: sa.Connection, words: Sequence[str]) -> dict[str, int]:
    """In how many titles each word stands; those of no title are left out."""
    query = sa.select(link_word_counts).where(link_word_counts.c.word.in_(sa.bindparam("words", expanding=True)))
    return {
        row.word: row.papers
        for first in range(0, len(words), AT_ONCE)
        for row in connection.execute(query, {"words": list(words[first : first + AT_ONCE])})
    }


def live_counts(connection: sa.Connection, words: Sequence[str], most: int, widest: int) -> dict[str, int]:
    """In how many titles of contents that lie somewhere now each word stands, where these are at most ``most``.

    A word of more than ``widest`` stored titles is not looked at, for the titles of files that are gone are stored too.
    """
    some = sa.select(sa.literal(1)).where(link_words.c.word == sa.bindparam("word"), _is_live(link_words.c.sha256))
    query = sa.select(sa.func.count()).select_from(some.limit(most + 1).subquery())
    stored = word_counts(connection, words)
    told = ((word, connection.scalar(query, {"word": word}) or 0) for word, count in stored.items() if count <= widest)
    return {word: count for word, count in told if 0 < count <= most}


def with_words(connection: sa.Connection, words: Sequence[str]) -> list[tuple[str, str, int]]:
    """Word, content and part of every title with one of these words; the caller knows that they are rare."""
    query = sa.select(link_words.c.word, link_words.c.sha256, link_words.c.part)
    query = query.where(link_words.c.word.in_(words), _is_live(link_words.c.sha256)).order_by(
        link_words.c.word, link_words.c.sha256, link_words.c.part
    )
    return [(row.word, row.sha256, row.part) for row in connection.execute(query)] if words else []


def with_amount(connection: sa.Connection, value: str, currency: str, limit: int) -> list[tuple[str, int, str]]:
    """The parts that name an amount, with the amount as printed there."""
    query = sa.select(link_amounts.c.sha256, link_amounts.c.part, link_amounts.c.text)
    query = query.where(
        link_amounts.c.value == value, link_amounts.c.currency == currency, _is_live(link_amounts.c.sha256)
    )
    ordered = query.order_by(link_amounts.c.sha256, link_amounts.c.part).limit(limit)
    return [(row.sha256, row.part, row.text) for row in connection.execute(ordered)]


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


def _at(table: sa.Table, places: Sequence[tuple[str, int]]) -> sa.ColumnElement[bool]:
    """The first condition is what goes over an index: SQLite scans for pairs alone."""
    contents_there = table.c.sha256.in_(sorted({sha256 for sha256, _ in places}))
    return sa.and_(contents_there, sa.tuple_(table.c.sha256, table.c.part).in_(places))


def _paper(row: sa.Row[Any]) -> PaperRow:
    fields = {name: getattr(row, name) for name in PaperRow.__struct_fields__ if name != "text"}
    return PaperRow(**fields, text=getattr(row, "text", None))


def _pointer(row: sa.Row[Any]) -> PointerRow:
    return PointerRow(**{name: getattr(row, name) for name in PointerRow.__struct_fields__})
