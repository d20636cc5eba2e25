"""Contents that a run with workers wrote while files in front of theirs were still in hand.

Where a content is met first decides what is said of it: its path, and whether a picture is a file or a mail's ornament.
Of a run that was killed, the next one works again on those of them that it meets in front of where they are.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from corpus.store.rows import batched
from corpus.store.schema import ahead, occurrences

Position = tuple[int, tuple[str, ...]]
"""Where a file stands in the order in which files are worked on: its root, and the names on its path."""


def position(root: int, path: str) -> Position:
    """Of a file by its path under the root."""
    return root, tuple(path.split("/"))


def put_ahead(connection: sa.Connection, found: Collection[str]) -> None:
    """Note these contents, which are in the store."""
    drop_ahead(connection, found)
    for some in batched({"sha256": sha256} for sha256 in found):
        connection.execute(ahead.insert(), some)


def drop_ahead(connection: sa.Connection, found: Collection[str]) -> None:
    """The files in front of theirs are done."""
    for some in batched(sorted(found)):
        connection.execute(ahead.delete().where(ahead.c.sha256.in_(some)))


def all_ahead(connection: sa.Connection) -> dict[str, Position | None]:
    """The noted contents, and the first file that each lies in; None where that file was not written yet."""
    if connection.execute(sa.text("select 1 from ahead limit 1")).first() is None:
        return {}
    file = occurrences.alias()
    places = (
        sa.select(ahead.c.sha256, file.c.root, file.c.path)
        .outerjoin(occurrences, (occurrences.c.sha256 == ahead.c.sha256) & occurrences.c.deleted.is_(False))
        .outerjoin(file, file.c.id == sa.func.coalesce(occurrences.c.file, occurrences.c.id))
    )
    found: dict[str, Position | None] = {}
    for row in connection.execute(places):
        if row.path is None:
            found.setdefault(row.sha256, None)
            continue
        here, before = position(row.root, row.path), found.get(row.sha256)
        found[row.sha256] = here if before is None else min(here, before)
    return found
