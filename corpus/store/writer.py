"""Writing to the store. Every function works inside the transaction that the caller has begun."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache

import sqlalchemy as sa

from corpus.store.database import now
from corpus.store.entries import Content, Failure, Member, Stage
from corpus.store.links import count_words
from corpus.store.rows import COLUMNS, Packed, batched, pack
from corpus.store.schema import contents, link_words, members, metadata, occurrences, roots, runs, stages, told_failures

_CONTENT = tuple(contents.c.keys())
_STAGE = ("sha256", "stage", "version", "status", "code", "reason", "tries", "at")
_OF_CONTENT = tuple(metadata.tables[name] for name in COLUMNS)


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
    for table in (occurrences, told_failures):
        connection.execute(
            table.update()
            .where(table.c.root == inner)
            .values(root=outer, path=sa.literal(prefix, sa.String) + table.c.path)
        )
    connection.execute(roots.delete().where(roots.c.id == inner))


def put_content(connection: sa.Connection, content: Content) -> None:
    """Write a content with everything found in it, in place of what was there; it then waits for the index."""
    put_packed(connection, [pack(content)])


def put_packed(connection: sa.Connection, found: Iterable[Packed], *, counted: bool = True) -> set[str]:
    """Write contents that are ready to be written, as :func:`put_content` does; of two of one hash the last one counts.

    ``counted`` false: it is not counted as another try. Returns which were in the store before.
    """
    packed = {each.sha256: each for each in found}
    if not packed:
        return set()
    stored = _stored(connection, packed)
    added = (_content_row(each) for each in packed.values() if each.sha256 not in stored)
    insert_values(connection, contents, _CONTENT, (tuple(row[name] for name in _CONTENT) for row in added))
    for each in packed.values():
        if each.sha256 in stored:
            connection.execute(contents.update().where(contents.c.sha256 == each.sha256).values(_content_row(each)))
    having: defaultdict[str, list[Packed]] = defaultdict(list)  # most have rows in few of the tables
    for each in packed.values():
        for name in each.blocks:
            having[name].append(each)
    words = Counter(word for each in having[link_words.name] for *_, word in each.values(link_words.name))
    count_words(connection, words, stored)
    for table in _OF_CONTENT:
        for some in batched(sorted(stored)):
            connection.execute(table.delete().where(table.c.sha256.in_(some)))
        rows = (row for each in having[table.name] for row in each.values(table.name))
        insert_values(connection, table, ("sha256", *COLUMNS[table.name]), rows)
    _put_stages(connection, packed.values(), stored, counted=counted)
    return stored


def _stored(connection: sa.Connection, found: Iterable[str]) -> set[str]:
    """Which of these contents are in the store."""
    query = sa.select(contents.c.sha256)
    return {
        str(sha256)
        for some in batched(found)
        for sha256 in connection.scalars(query.where(contents.c.sha256.in_(some)))
    }


def _content_row(packed: Packed) -> dict[str, object]:
    return {"sha256": packed.sha256, **packed.head, "reading": packed.reading, "document": packed.document}


def put_started(connection: sa.Connection, content: Packed) -> int:
    """Write a container that is about to be read, without members; no version has done it until it is put whole.

    Returns how often it was tried, this time included, for :func:`put_tries` to note when it is put whole.
    """
    put_packed(connection, [content])
    tried = sa.select(sa.func.max(stages.c.tries)).where(stages.c.sha256 == content.sha256)
    tries = connection.scalar(tried) or 1
    connection.execute(stages.delete().where(stages.c.sha256 == content.sha256))
    connection.execute(members.delete().where(members.c.parent == content.sha256))
    return tries


def put_tries(connection: sa.Connection, sha256: str, tries: int) -> None:
    """Note how often a content was tried."""
    tried = stages.c.stage.in_([Stage.READ.value, Stage.EXTRACT.value])
    connection.execute(stages.update().where(stages.c.sha256 == sha256, tried).values(tries=tries))


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


def _put_stages(connection: sa.Connection, found: Iterable[Packed], stored: Container[str], *, counted: bool) -> None:
    added: list[tuple[object, ...]] = []
    at = now()
    for each in found:
        for stage, version in ((Stage.READ, each.read_version), (Stage.EXTRACT, each.extract_version)):
            failure = each.failure if each.failure and each.failure.stage == stage else None
            if each.sha256 in stored:
                put_stage(connection, each.sha256, stage, version, failure, counted=counted)
            else:
                added.append(tuple(_stage_row(each.sha256, stage, version, failure, at).values()))
        if each.sha256 in stored:
            forget_index(connection, [each.sha256])
    insert_values(connection, stages, _STAGE, added)


def put_stage(
    connection: sa.Connection,
    sha256: str,
    stage: Stage,
    version: str,
    failure: Failure | None = None,
    *,
    counted: bool = True,
) -> None:
    """Note that a stage was done, or failed, by this version; the tries are counted on unless ``counted`` is false."""
    where = (stages.c.sha256 == sha256, stages.c.stage == stage.value)
    row = _stage_row(sha256, stage, version, failure, now())
    changed = connection.execute(
        stages.update().where(*where).values({**row, "tries": stages.c.tries + (1 if counted else 0)})
    )
    if not changed.rowcount:
        connection.execute(stages.insert().values(row))


def _stage_row(sha256: str, stage: Stage, version: str, failure: Failure | None, at: str) -> dict[str, object]:
    """By the names of ``_STAGE``, in that order."""
    return {
        "sha256": sha256,
        "stage": stage.value,
        "version": version,
        "status": "failed" if failure else "done",
        "code": failure.code if failure else None,
        "reason": failure.reason if failure else None,
        "tries": 1,
        "at": at,
    }


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


def insert_row(connection: sa.Connection, table: sa.Table, row: dict[str, object]) -> int:
    """The id that the database gave the new row."""
    key = connection.execute(table.insert().values(row)).inserted_primary_key
    if key is None:
        raise TypeError(f"{table.name} has no counted key")
    return int(key[0])


def insert_values(
    connection: sa.Connection, table: sa.Table, names: tuple[str, ...], rows: Iterable[tuple[object, ...]]
) -> None:
    """Insert rows of values for the columns ``names``, which are in the table's order; keys that count are not needed.

    A driver that takes values by their place gets the rows as they are, in half the time.
    """
    statement, places = _by_place(table, connection.dialect, names)
    for batch in batched(rows):
        if places == names:
            connection.exec_driver_sql(statement, batch)
        else:
            connection.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in batch])


@lru_cache(maxsize=64)
def _by_place(table: sa.Table, dialect: sa.Dialect, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """An insert in the words of the driver, and the columns whose values it takes in order; none if it takes names."""
    compiled = table.insert().compile(dialect=dialect, column_keys=names)
    return str(compiled), tuple(getattr(compiled, "positiontup", None) or ())


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, object]]) -> None:
    for batch in batched(rows):
        connection.execute(table.insert(), batch)
