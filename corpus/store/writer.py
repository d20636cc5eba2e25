"""Writing to the store. Every function works inside the transaction that the caller has begun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import msgspec
import sqlalchemy as sa

from corpus.model import Message
from corpus.store.database import now
from corpus.store.entries import Content, Failure, Member, Stage
from corpus.store.links import count_words, link_rows
from corpus.store.messages import message_rows, quotation_rows, reference_rows, word_rows
from corpus.store.packing import pack_document, pack_reading
from corpus.store.schema import (
    contents,
    link_amounts,
    link_numbers,
    link_papers,
    link_pointers,
    link_words,
    members,
    message_quotations,
    message_references,
    message_words,
    messages,
    occurrences,
    parts,
    problems,
    records,
    roots,
    runs,
    stages,
)

BATCH = 500  # values in one IN (...): databases limit them
_OF_CONTENT = (
    *(parts, records, problems, messages, message_references, message_words, message_quotations),
    *(link_papers, link_numbers, link_words, link_amounts, link_pointers),
)

T = TypeVar("T")


def begin_run(connection: sa.Connection) -> int:
    """The id of a new run."""
    return insert_row(connection, runs, {"started": now(), "status": "running"})


def end_run(connection: sa.Connection, run: int, status: str, counts: str) -> None:
    connection.execute(runs.update().where(runs.c.id == run).values(finished=now(), status=status, counts=counts))


def add_root(connection: sa.Connection, path: str, *, whole: bool) -> int:
    """The id of the root at this absolute path, made if it is new. ``whole``: the folder itself was named."""
    row = connection.execute(sa.select(roots).where(roots.c.path == path)).one_or_none()
    if row is None:
        return insert_row(connection, roots, {"path": path, "whole": whole})
    if whole and not row.whole:
        connection.execute(roots.update().where(roots.c.id == row.id).values(whole=True))
    return int(row.id)


def merge_root(connection: sa.Connection, inner: int, outer: int, prefix: str) -> None:
    """Hang the occurrences of a root under another one that contains it; ``prefix`` ends with "/"."""
    moved = sa.select(occurrences.c.sha256).where(occurrences.c.root == inner, occurrences.c.sha256.is_not(None))
    forget_index(connection, [str(sha) for sha in connection.scalars(moved)])
    connection.execute(
        occurrences.update()
        .where(occurrences.c.root == inner)
        .values(root=outer, path=sa.literal(prefix, sa.String) + occurrences.c.path)
    )
    connection.execute(roots.delete().where(roots.c.id == inner))


def put_content(connection: sa.Connection, content: Content) -> None:
    """Write a content with everything found in it, in place of what was there; it then waits for the index."""
    sha256, document = content.sha256, content.document
    row = {
        "size": content.size,
        "media_type": document.media_type,
        "kind": document.kind,
        "title": document.title,
        "municipality": document.municipality,
        "date": document.date,
        "pages": document.pages,
        "reading": pack_reading(content.reading),
        "document": pack_document(document),
    }
    changed = connection.execute(contents.update().where(contents.c.sha256 == sha256).values(row))
    if not changed.rowcount:
        connection.execute(contents.insert().values(sha256=sha256, **row))
    count_words(connection, sha256, content.link_keys)
    for table in _OF_CONTENT:
        connection.execute(table.delete().where(table.c.sha256 == sha256))
    _insert(connection, parts, _part_rows(content))
    _insert(connection, records, _record_rows(content))
    _insert(connection, problems, _problem_rows(content))
    _insert(connection, messages, message_rows(sha256, document))
    _insert(connection, message_references, reference_rows(sha256, document))
    _insert(connection, message_words, word_rows(sha256, content.message_keys))
    _insert(connection, message_quotations, quotation_rows(sha256, content.message_keys))
    for table, rows in link_rows(sha256, content.link_keys).items():
        _insert(connection, table, rows)
    _put_stages(connection, content)


def put_started(connection: sa.Connection, content: Content) -> None:
    """Write a container that is about to be read, without members; no version has done it until it is put whole."""
    put_content(connection, content)
    connection.execute(stages.delete().where(stages.c.sha256 == content.sha256))
    connection.execute(members.delete().where(members.c.parent == content.sha256))


def add_members(connection: sa.Connection, parent: str, position: int, found: Sequence[Member]) -> None:
    """Write the next members of a container that is being read, the first of them at ``position``."""
    _insert(connection, members, _member_rows(parent, position, found))


def put_members(connection: sa.Connection, parent: str, found: Sequence[Member]) -> bool:
    """Write which contents a container holds, in order; True when that is a change.

    The contents must be in the store already.
    """
    stored = sa.select(members.c.name, members.c.sha256).where(members.c.parent == parent).order_by(members.c.position)
    if [tuple(row) for row in connection.execute(stored)] == [(member.name, member.sha256) for member in found]:
        return False
    connection.execute(members.delete().where(members.c.parent == parent))
    _insert(connection, members, _member_rows(parent, 0, found))
    return True


def _member_rows(parent: str, first: int, found: Sequence[Member]) -> Iterator[dict[str, object]]:
    for position, member in enumerate(found, first):
        yield {"parent": parent, "position": position, "name": member.name, "sha256": member.sha256}


def _part_rows(content: Content) -> list[dict[str, object]]:
    return [
        {
            "sha256": content.sha256,
            "part": part.index,
            "kind": type(part).__struct_config__.tag,
            "title": part.title,
            "page_first": part.page_first,
            "page_last": part.page_last,
            "fingerprint": part.fingerprint if isinstance(part, Message) else None,
        }
        for part in content.document.parts
    ]


def _record_rows(content: Content) -> Iterator[dict[str, object]]:
    for ordinal, (record, quote) in enumerate(zip(content.document.records, content.quotes, strict=True)):
        yield {
            "sha256": content.sha256,
            "ordinal": ordinal,
            "type": type(record).__struct_config__.tag,
            "part": record.part,
            "start": record.start,
            "end": record.end,
            "page": record.page,
            "text": record.text,
            "quote": quote.text,
            "quote_start": quote.start,
            "quote_end": quote.end,
            "payload": msgspec.json.encode(record).decode(),
        }


def _problem_rows(content: Content) -> list[dict[str, object]]:
    return [
        {"sha256": content.sha256, "ordinal": ordinal, **msgspec.structs.asdict(found)}
        for ordinal, found in enumerate(content.document.problems)
    ]


def _put_stages(connection: sa.Connection, content: Content) -> None:
    forget_index(connection, [content.sha256])
    for stage, version in ((Stage.READ, content.read_version), (Stage.EXTRACT, content.extract_version)):
        failure = content.failure if content.failure and content.failure.stage == stage else None
        put_stage(connection, content.sha256, stage, version, failure)


def put_stage(
    connection: sa.Connection, sha256: str, stage: Stage, version: str, failure: Failure | None = None
) -> None:
    """Note that a stage was done, or failed, by this version; the tries are counted on."""
    where = (stages.c.sha256 == sha256, stages.c.stage == stage.value)
    row = {
        "version": version,
        "status": "failed" if failure else "done",
        "code": failure.code if failure else None,
        "reason": failure.reason if failure else None,
        "at": now(),
    }
    changed = connection.execute(stages.update().where(*where).values(tries=stages.c.tries + 1, **row))
    if not changed.rowcount:
        connection.execute(stages.insert().values(sha256=sha256, stage=stage.value, tries=1, **row))


def forget_index(connection: sa.Connection, contents_changed: Iterable[str] | None = None) -> None:
    """These contents (None: all) are no longer known to be in the index, or in one being built, as in the store."""
    at_index = stages.c.stage.in_([Stage.INDEX.value, Stage.REBUILD.value])
    if contents_changed is None:
        connection.execute(stages.delete().where(at_index))
        return
    for waiting in batched(sorted(set(contents_changed))):
        connection.execute(stages.delete().where(at_index, stages.c.sha256.in_(waiting)))


def forget_rebuild(connection: sa.Connection) -> None:
    """Nothing is known to be in an index that is built beside the other."""
    connection.execute(stages.delete().where(stages.c.stage == Stage.REBUILD.value))


def take_rebuilt(connection: sa.Connection) -> None:
    """The index that was built beside is the one that is searched: what is known of it holds from now on."""
    connection.execute(stages.delete().where(stages.c.stage == Stage.INDEX.value))
    rebuilt = stages.c.stage == Stage.REBUILD.value
    connection.execute(stages.update().where(rebuilt).values(stage=Stage.INDEX.value))


def batched(values: Iterable[T]) -> Iterator[list[T]]:
    """As many at a time as one statement takes."""
    waiting = iter(values)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def insert_row(connection: sa.Connection, table: sa.Table, row: dict[str, object]) -> int:
    """The id that the database gave the new row."""
    key = connection.execute(table.insert().values(row)).inserted_primary_key
    if key is None:
        raise TypeError(f"{table.name} has no counted key")
    return int(key[0])


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, object]]) -> None:
    for batch in batched(rows):
        connection.execute(table.insert(), batch)
